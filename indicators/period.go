package indicators

import (
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
)

// A Period is what a value describes: a month, quarter, semester, year, or, for
// targets, a span of years. It is one number, year, first month and length in
// months, so that periods sort by their start: 202604003 is the second quarter
// of 2026, 201601060 the years 2016 to 2020. The zero value is "no period".
type Period int32

// A Frequency is how often an indicator is reported.
type Frequency string

// The frequencies, by the length of their periods.
const (
	Monthly    Frequency = "month"
	Quarterly  Frequency = "quarter"
	HalfYearly Frequency = "semester"
	Yearly     Frequency = "year"
)

// Months is the length of one period of the frequency, 0 if it is unknown.
func (f Frequency) Months() int {
	switch f {
	case Monthly:
		return 1
	case Quarterly:
		return 3
	case HalfYearly:
		return 6
	case Yearly:
		return 12
	}
	return 0
}

// Year is the period of a calendar year.
func Year(year int) Period { return newPeriod(year, 1, 12) }

// Month is the period of one month, counted as Date.Month does.
func Month(month int) Period { return newPeriod(month/12, month%12+1, 1) }

func newPeriod(year, month, months int) Period {
	return Period(year*100_000 + month*1000 + months)
}

// Containing is the period of the frequency in which a day lies, 0 for an unknown one.
func (f Frequency) Containing(day Date) Period {
	months := f.Months()
	if months == 0 {
		return 0
	}
	start := day.Month() - day.Month()%months
	return newPeriod(start/12, start%12+1, months)
}

// Back is the period of the same length that lies so many before.
func (p Period) Back(n int) Period {
	start := p.StartMonth() - n*p.Months()
	return newPeriod(start/12, start%12+1, p.Months())
}

// ParsePeriod reads "2026", "2026-S1", "2026-Q1", "2026-03" or "2016-2020".
func ParsePeriod(text string) (Period, error) {
	refused := func() (Period, error) {
		return 0, Say("%s is not a period: write 2026, 2026-S1, 2026-Q1, 2026-03 or 2016-2020", Quote(text))
	}
	first, rest, divided := strings.Cut(text, "-")
	year, err := strconv.Atoi(first)
	if err != nil || len(first) != 4 || year < 1900 || year > 2140 {
		return refused()
	}
	if !divided {
		return Year(year), nil
	}
	n := 0
	for _, c := range []byte(strings.TrimLeft(rest, "QS")) {
		if c < '0' || c > '9' {
			return refused()
		}
		n = n*10 + int(c-'0')
	}
	switch {
	case len(rest) == 2 && rest[0] == 'Q' && n >= 1 && n <= 4:
		return newPeriod(year, 3*n-2, 3), nil
	case len(rest) == 2 && rest[0] == 'S' && n >= 1 && n <= 2:
		return newPeriod(year, 6*n-5, 6), nil
	case len(rest) == 2 && rest[0] <= '1' && n >= 1 && n <= 12:
		return newPeriod(year, n, 1), nil
	case len(rest) == 4 && rest[0] <= '9' && n > year && n-year < 50:
		return newPeriod(year, 1, 12*(n-year+1)), nil
	}
	return refused()
}

// Year is the calendar year in which the period begins.
func (p Period) Year() int { return int(p) / 100_000 }

// Months is the length of the period.
func (p Period) Months() int { return int(p) % 1000 }

// StartMonth counts the months from year 0 to the period's first day.
func (p Period) StartMonth() int { return p.Year()*12 + int(p)/1000%100 - 1 }

// EndMonth counts the months from year 0 to the end of the period's last day:
// the time axis of every computation.
func (p Period) EndMonth() int { return p.StartMonth() + p.Months() }

// IsSpan tells whether the period covers more than one year.
func (p Period) IsSpan() bool { return p.Months() > 12 }

// Contains tells whether q lies wholly within p.
func (p Period) Contains(q Period) bool {
	return p.StartMonth() <= q.StartMonth() && q.EndMonth() <= p.EndMonth()
}

// Start is the first day of the period.
func (p Period) Start() Date { return firstOf(p.StartMonth()) }

// End is the last day of the period.
func (p Period) End() Date { return firstOf(p.EndMonth()).AddDays(-1) }

func firstOf(month int) Date { return Date(month/12*10000 + (month%12+1)*100 + 1) }

// String writes the period as it is read, or nothing.
func (p Period) String() string {
	year, month := p.Year(), int(p)/1000%100
	switch p.Months() {
	case 0:
		return ""
	case 1:
		return fmt.Sprintf("%04d-%02d", year, month)
	case 3:
		return fmt.Sprintf("%04d-Q%d", year, (month+2)/3)
	case 6:
		return fmt.Sprintf("%04d-S%d", year, (month+5)/6)
	case 12:
		return fmt.Sprintf("%04d", year)
	}
	return fmt.Sprintf("%04d-%04d", year, year+p.Months()/12-1)
}

// MarshalJSON writes the period as text, or null.
func (p Period) MarshalJSON() ([]byte, error) { return Optional(p.String()).MarshalJSON() }

// UnmarshalJSON reads what MarshalJSON writes.
func (p *Period) UnmarshalJSON(data []byte) error {
	var text Optional
	if err := json.Unmarshal(data, (*string)(&text)); err != nil || text == "" {
		*p = 0
		return err
	}
	period, err := ParsePeriod(string(text))
	*p = period
	return err
}

// Scan reads a nullable integer column.
func (p *Period) Scan(src any) error {
	switch src := src.(type) {
	case nil:
		*p = 0
		return nil
	case int64:
		*p = Period(src)
		return nil
	}
	text, err := scanText(src)
	if err != nil {
		return err
	}
	n, err := strconv.ParseInt(text, 10, 32)
	*p = Period(n)
	return err
}

// Value is the period's number.
func (p Period) Value() (driver.Value, error) { return int64(p), nil }
