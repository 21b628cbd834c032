package web

import (
	"cmp"
	"slices"

	"jalon/indicators"
	"jalon/indicators/progress"
)

// A course is where an assessment's values should be at each time: straight from
// the baseline to the target, through the milestones in force. The zero course
// asks for nothing.
type course struct {
	a      *indicators.Assessment
	points []progress.Point // by month
}

// course finds the path of an assessment. There is none where only the level
// counts, towards a band, and where single values are not comparable with a target
// that sums or averages them.
func (v *view) course(a *indicators.Assessment) course {
	combined := a.Latest.Period == a.Target.Period && a.Latest.Period.Months() > v.p.Indicator(a.Indicator).Frequency.Months()
	if !a.Baseline.Value.Valid || !a.Target.Value.IsSet() || !a.Achievement.Valid || combined {
		return course{}
	}
	from := a.Baseline.Period.EndMonth()
	if countsFromZero(a) {
		from = a.Target.Period.StartMonth()
	}
	to := progress.Point{Month: a.Target.Period.EndMonth(), Value: a.Target.Value.Float()}
	points := []progress.Point{{Month: from, Value: a.Baseline.Value.Value}}
	for _, m := range v.milestonesOf(a) {
		if month := m.Period.EndMonth(); month > from && month < to.Month && m.Value.IsSet() {
			points = append(points, progress.Point{Month: month, Value: m.Value.Float()})
		}
	}
	return course{a, append(points, to)}
}

// at is the value asked for at the end of a period, undefined before the baseline.
func (c course) at(period indicators.Period) progress.Number {
	month := period.EndMonth()
	if len(c.points) == 0 || month < c.points[0].Month {
		return progress.Number{}
	}
	for n := 1; n < len(c.points); n++ {
		a, b := c.points[n-1], c.points[n]
		if month <= b.Month {
			return progress.Num(a.Value + (b.Value-a.Value)*float64(month-a.Month)/float64(b.Month-a.Month))
		}
	}
	return progress.Num(c.points[len(c.points)-1].Value)
}

// share is the share of the way that a value has covered.
func (c course) share(x float64) progress.Number {
	if len(c.points) == 0 {
		return progress.Number{}
	}
	from, to := c.points[0].Value, c.points[len(c.points)-1].Value
	return progress.Num((x - from) / (to - from))
}

// milestonesOf lists the milestones on an assessment's way that were decided by
// its day, by period; of several for one period the newest.
func (v *view) milestonesOf(a *indicators.Assessment) []*indicators.Target {
	var all []*indicators.Target
	for n := range v.p.Targets {
		t := &v.p.Targets[n]
		if t.Indicator == a.Indicator && t.Kind == indicators.MilestoneKind && t.Framework == a.Framework &&
			t.Breakdown == a.Breakdown && v.decided(t) <= a.AsOf.Date {
			all = append(all, t)
		}
	}
	slices.SortStableFunc(all, func(a, b *indicators.Target) int {
		return cmp.Or(cmp.Compare(a.Period.EndMonth(), b.Period.EndMonth()), cmp.Compare(v.decided(b), v.decided(a)))
	})
	return slices.CompactFunc(all, func(a, b *indicators.Target) bool { return a.Period.EndMonth() == b.Period.EndMonth() })
}

// decided is the day from which a target holds.
func (v *view) decided(t *indicators.Target) indicators.Date {
	if t.Decided != 0 {
		return t.Decided
	}
	return indicators.DateOf(v.p.KnownAt(t.Since).In(v.p.Zone()))
}

// nextMilestone is the milestone due now: the first whose period is not over.
func (v *view) nextMilestone(a *indicators.Assessment) *indicators.Target {
	for _, m := range v.milestonesOf(a) {
		if m.Period.End() >= a.AsOf.Date && m.Value.IsSet() && (!a.Target.IsSet() || m.Period.EndMonth() < a.Target.Period.EndMonth()) {
			return m
		}
	}
	return nil
}
