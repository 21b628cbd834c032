package indicators

import (
	"slices"
	"time"
)

// catchUp is how many months are made up for at most, should the clock or the programme
// have stood still.
const catchUp = 12

// A Schedule is when monthly snapshots are taken by themselves.
type Schedule struct {
	Day   int // of the month that follows; a shorter one has its last day for it. 0: never
	Grace int // days after Day on which a month is taken whatever is missing; until then, once nothing is
	Zone  *time.Location
}

// Schedule is what the settings say of snapshots.
func (d *Definitions) Schedule() Schedule {
	return Schedule{Day: int(d.number("snapshot_day", 0)), Grace: int(d.number("snapshot_grace", 0)), Zone: d.Zone()}
}

// A DueSnapshot is a month whose snapshot is to be taken.
type DueSnapshot struct {
	Month Period
	// Known is the moment of whose knowledge it is; zero: now. A month that is made up for
	// after the next one is due, too, is that of its own time.
	Known time.Time
}

// Due lists the months whose snapshot is to be taken now, in their order: those after the
// newest that was ever taken, else the last full one. A month that waits for its reports
// keeps later ones waiting. Begun is when the record began: before it nothing was known.
func (s Schedule) Due(now time.Time, taken []Period, begun time.Time, complete func(Period) bool) []DueSnapshot {
	if s.Day == 0 {
		return nil
	}
	today := DateOf(now.In(s.Zone))
	last := LastFullMonth(today)
	month := last
	if len(taken) > 0 {
		month = max(slices.Max(taken).Back(-1), last.Back(catchUp-1))
	}
	var all []DueSnapshot
	for ; month <= last; month = month.Back(-1) {
		due, latest := s.daysOf(month)
		if today < due || today < latest && !complete(month) {
			break
		}
		d := DueSnapshot{Month: month}
		if next, _ := s.daysOf(month.Back(-1)); today >= next && today > latest {
			d.Known = latest.EndIn(s.Zone)
		}
		if d.Known.IsZero() || !d.Known.Before(begun) {
			all = append(all, d)
		}
	}
	return all
}

// daysOf are the day from which on a month is taken once nothing is missing, and the one
// on which it is in any case.
func (s Schedule) daysOf(month Period) (due, latest Date) {
	next := month.Back(-1)
	due = min(next.Start().AddDays(s.Day-1), next.End())
	return due, due.AddDays(s.Grace)
}

// LastFullMonth is the last month that was over before a day.
func LastFullMonth(today Date) Period { return Monthly.Containing(today).Back(1) }

// Complete tells whether every report of a period that ends with a month has been published.
func (p *Picture) Complete(month Period) bool {
	for n := range p.Indicators {
		i := &p.Indicators[n]
		period := i.Frequency.Containing(month.End())
		if i.DueDays == nil || period == 0 || period.End() != month.End() {
			continue
		}
		if o, owed := p.obligation(i, period, 0, Receipts{}); owed && !o.State.Reported() {
			return false
		}
	}
	return true
}
