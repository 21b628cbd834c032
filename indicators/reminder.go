package indicators

import (
	"slices"
	"time"
)

// RemindAhead is how many days before it is due a report is first asked for.
const RemindAhead = 7

const week = 7

// RemindOn tells whether somebody who owes some reports, and was reminded last on a day
// (0: never), is to be reminded on another: a week before a report is due, on its due day,
// a week after, and from then on each week, of all that is overdue together. What fell on
// a day on which nobody looked, of the last week, is made up for.
func RemindOn(owing []Obligation, last, day Date) bool {
	after := day.AddDays(-1)
	if last != 0 {
		after = max(last, day.AddDays(-week))
	}
	again := last == 0 || daysBetween(last, day) >= week
	return slices.ContainsFunc(owing, func(o Obligation) bool {
		return remindersBy(o.Due, day) > remindersBy(o.Due, after) || again && daysBetween(o.Due, day) > week
	})
}

// remindersBy counts the reminders of one report, due on a day, that fell by another.
func remindersBy(due, day Date) int {
	const most = 3
	late := daysBetween(due, day)
	if late < -RemindAhead {
		return 0
	}
	return min((late+RemindAhead)/week+1, most)
}

// daysBetween counts the days from one to another, negative if it lies before.
func daysBetween(from, to Date) int { return int(to.Time().Sub(from.Time()) / (24 * time.Hour)) }
