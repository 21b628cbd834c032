package indicators

import "time"

// RemindAhead is how many days before it is due a report is first asked for.
const RemindAhead = 7

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
