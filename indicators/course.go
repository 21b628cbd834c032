package indicators

import "jalon/indicators/progress"

// A Course is the way on which an assessment asks the values to go: what charts
// draw and tables show beside each value.
type Course struct {
	// Path leads from the baseline through the milestones to the target. There is
	// none (HasPath is false) without both ends, towards a band, where the target is
	// a mean, and where only the level decides.
	Path    progress.Path
	HasPath bool

	Milestones []*Target // in force, by period
	Summed     bool      // the values since the target's period began are added up
	Averaged   bool      // their mean counts
}

// Course is the way of an assessment, by what its Dataset knew on its day.
func (a *Assessment) Course() Course {
	i := a.goal.indicator
	c := Course{Milestones: a.goal.milestonesOn(a.AsOf.Date, nil)}
	if gathered := a.Target.IsSet() && a.book().gathers(a.Target.Period, i); gathered {
		c.Summed, c.Averaged = i.Accumulation == Flow, i.Accumulation == Level
	}
	if !a.Baseline.Value.Valid || !a.Target.Value.IsSet() || c.Averaged || !a.Achievement.Valid && a.Latest.Value.Valid {
		return c
	}
	c.HasPath = a.Target.Period.EndMonth() > a.Baseline.month
	c.Path = progress.Path{
		From: progress.Point{Month: a.Baseline.month, Value: a.Baseline.Value.Value},
		To:   progress.Point{Month: a.Target.Period.EndMonth(), Value: a.Target.Value.Float()},
	}
	for _, m := range c.Milestones {
		c.Path.Milestones = append(c.Path.Milestones, progress.Point{Month: m.Period.EndMonth(), Value: m.Value.Float()})
	}
	return c
}

// book is the edition of the rules by which the assessment was made.
func (a *Assessment) book() rulebook { return rulebooks()[max(a.Rules, 1)-1] }

// milestonesOn appends the milestones in force on a day, by period. Of several for
// one period the newest holds; one that does not say when it was decided holds
// before its changeset, too, where there is no other.
func (g *goal) milestonesOn(day Date, to []*Target) []*Target {
	for _, t := range g.milestones {
		last := len(to) - 1
		again := last >= 0 && to[last].Period.EndMonth() == t.Period.EndMonth()
		switch {
		case !t.Value.IsSet() || !t.holds(day) && (again || t.Decided != 0):
		case again:
			to[last] = t.Target
		default:
			to = append(to, t.Target)
		}
	}
	return to
}

// DecidedOn is the day from which a row of targets holds: the one it names, or that
// of its changeset.
func (ds *Dataset) DecidedOn(t *Target) Date {
	if t.Decided != 0 {
		return t.Decided
	}
	return DateOf(ds.KnownAt(t.Since).In(ds.zone))
}
