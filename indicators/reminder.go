package indicators

import (
	"slices"
	"time"
)

// RemindAhead is how many days before it is due a report is first asked for.
const RemindAhead = 7

// RemindOn tells whether somebody who owes some reports, and was reminded last on a day
// (0: never), is to be reminded on another. What fell on a day on which nobody looked, of
// the last week, is made up for.
func RemindOn(owing []Obligation, last, day Date) bool {
	const week = 7
	after := day.AddDays(-1)
	if last != 0 {
		after = max(last, day.AddDays(-week))
	}
	return slices.ContainsFunc(owing, func(o Obligation) bool { return o.RemindsBetween(after, day) })
}

// RemindsBetween tells whether a reminder of the report falls on a day after one and up
// to another: RemindAhead days before it is due, on the day itself, and each week after.
func (o Obligation) RemindsBetween(after, day Date) bool {
	return reminders(o.Due, day) > reminders(o.Due, after)
}

// reminders counts those of what is due on one day that have fallen by another.
func reminders(due, day Date) int {
	const week = 7
	late := int(day.Time().Sub(due.Time()) / (24 * time.Hour))
	if late < -RemindAhead {
		return 0
	}
	return (late+RemindAhead)/week + 1
}
