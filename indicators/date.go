package indicators

import (
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"time"
)

// A Date is a calendar day, written as the number 20261031 so that days compare
// as numbers. The zero value is "no day".
type Date int32

// DateOf is the day of a moment in the moment's own time zone.
func DateOf(t time.Time) Date {
	year, month, day := t.Date()
	return Date(year*10000 + int(month)*100 + day)
}

// ParseDate reads "2026-10-31".
func ParseDate(text string) (Date, error) {
	t, err := time.Parse(time.DateOnly, text)
	if err != nil || t.Year() < 1900 || t.Year() > 2140 {
		return 0, Say("%s is not a day: write it as 2026-10-31", Quote(text))
	}
	return DateOf(t), nil
}

// Time is midnight of the day, UTC.
func (d Date) Time() time.Time {
	return time.Date(int(d)/10000, time.Month(int(d)/100%100), int(d)%100, 0, 0, 0, 0, time.UTC)
}

// EndIn is the last moment of the day in a time zone, to the microsecond that a
// changeset's moment is kept to.
func (d Date) EndIn(zone *time.Location) time.Time {
	t := d.Time()
	return time.Date(t.Year(), t.Month(), t.Day()+1, 0, 0, 0, 0, zone).Add(-time.Microsecond)
}

// AddDays is the day n days later.
func (d Date) AddDays(n int) Date { return DateOf(d.Time().AddDate(0, 0, n)) }

// Month counts months: 12 times the year plus the month from 0. A period that
// ends on a month's last day ends at Month + 1.
func (d Date) Month() int { return int(d)/10000*12 + int(d)/100%100 - 1 }

// String writes "2026-10-31", or nothing.
func (d Date) String() string {
	if d == 0 {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", d/10000, d/100%100, d%100)
}

// MarshalJSON writes the day as text, or null.
func (d Date) MarshalJSON() ([]byte, error) { return Optional(d.String()).MarshalJSON() }

// UnmarshalJSON reads what MarshalJSON writes.
func (d *Date) UnmarshalJSON(data []byte) error {
	var text Optional
	if err := json.Unmarshal(data, (*string)(&text)); err != nil || text == "" {
		*d = 0
		return err
	}
	day, err := ParseDate(string(text))
	*d = day
	return err
}

// Scan reads a nullable date column.
func (d *Date) Scan(src any) error {
	switch src := src.(type) {
	case nil:
		*d = 0
		return nil
	case time.Time:
		*d = DateOf(src)
		return nil
	}
	text, err := scanText(src)
	if err != nil {
		return err
	}
	*d, err = ParseDate(text)
	return err
}

// Value is the day as text, or NULL.
func (d Date) Value() (driver.Value, error) { return Optional(d.String()).Value() }
