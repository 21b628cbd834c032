package locale

import (
	"fmt"
	"time"
)

// Month is the name of a month, 1 to 12.
func (l *Language) Month(month int) string { return l.T(fmt.Sprintf("month.%d", month)) }

// Date writes a day: "31 octobre 2026".
func (l *Language) Date(t time.Time) string {
	day := fmt.Sprint(t.Day())
	if l.Code == "fr" && t.Day() == 1 {
		day = "1er"
	}
	return fmt.Sprintf("%s %s %d", day, l.Month(int(t.Month())), t.Year())
}

// Moment writes a day and an hour: "31 octobre 2026, 18:05".
func (l *Language) Moment(t time.Time) string {
	return l.Date(t) + l.T("text.comma") + t.Format("15:04")
}

// Period writes a period by its first month and its length in months: "2023",
// "1er trimestre 2026", "mars 2026", "2016–2020".
func (l *Language) Period(year, month, months int) string {
	switch {
	case months == 0:
		return ""
	case months == 1:
		return fmt.Sprintf("%s %d", l.Month(month), year)
	case months == 3:
		return l.T(fmt.Sprintf("quarter.%d", (month+2)/3), year)
	case months == 6:
		return l.T(fmt.Sprintf("semester.%d", (month+5)/6), year)
	case months == 12:
		return fmt.Sprint(year)
	}
	return fmt.Sprintf("%d–%d", year, year+months/12-1)
}

// ShortPeriod writes a period as briefly as a table's column or a chart's axis
// needs it: "03/2026", "T1 2026", "2023".
func (l *Language) ShortPeriod(year, month, months int) string {
	switch months {
	case 1:
		return fmt.Sprintf("%02d/%d", month, year)
	case 3:
		return l.T("quarter.short", (month+2)/3, year)
	case 6:
		return l.T("semester.short", (month+5)/6, year)
	}
	return l.Period(year, month, months)
}
