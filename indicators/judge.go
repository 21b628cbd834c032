package indicators

import "jalon/indicators/progress"

// A judge assesses goals on one day. It holds what would else be allocated for
// each of them.
type judge struct {
	ds    *Dataset
	asOf  AsOf
	month int // months over by the day

	inForce []*Target
	path    []progress.Point
}

func (j *judge) assess(g *goal, a *Assessment) {
	i := g.indicator
	*a = Assessment{
		goal:      g,
		Indicator: i.Code, Breakdown: g.breakdown, Actions: i.Actions, Groups: g.groups,
		Framework: Optional(g.frameworkCode()), Results: g.results, AsOf: j.asOf,
		Method: Method{Code: DefaultMethod, Version: 1}, OtherMethods: []struct{}{},
	}
	target := inForce(g.finals, j.asOf.Date)
	known := j.known(g, target)
	c := progress.Case{Direction: direction(i), HasTarget: target != nil, Stale: true}
	if target == nil {
		a.Latest = known.newest()
	} else {
		a.Target = Aim{target.Period, target.Value, target.Low, target.High, target.Comparison, target.Source}
		c.Target, c.Over = aim(target), target.Period.EndMonth() <= j.month
		gathered := gathers(target.Period, i)
		var covered float64
		a.Latest, covered = known.judged(target.Period, gathered)
		a.Baseline = j.baseline(g, target, known)
		c.Final, c.Partial = covered == 1, gathered && covered < 1
		c.Averaged = gathered && i.Accumulation == Level
		if c.Partial && !c.Averaged && !c.Target.Range {
			scale(&c, a, covered)
		}
	}
	if a.Latest.Value.Valid {
		c.Latest, c.HasLatest = progress.Point{Month: a.Latest.month, Value: a.Latest.Value.Value}, true
		a.Stale = j.stale(a.Latest.month, i.Frequency) && !c.Final
		c.Stale = a.Stale
	}
	if a.Baseline.Value.Valid {
		c.Baseline, c.HasBaseline = progress.Point{Month: a.Baseline.month, Value: a.Baseline.Value.Value}, true
	}
	c.Milestones = j.milestones(g)
	v := progress.AchievementRate(c, progress.DefaultAchievement())
	a.Achievement, a.Expected, a.ExpectedValue, a.OnSchedule = v.Achievement, v.Expected, v.ExpectedValue, v.OnSchedule
	a.Status, a.Reason = v.Status, v.Reason
	if v.Reason == progress.NoValue && target != nil && j.notBegun(g, target, i) {
		a.Reason = progress.NotStarted
	}
	a.Pace = pace(&c)
}

// scale makes a sum so far comparable: with the sum of another period by its pace,
// and, where it must stay below the target, with the part of it that it may be by now.
func scale(c *progress.Case, a *Assessment, covered float64) {
	switch {
	case a.Baseline.Given && a.Baseline.Value.Value != 0:
		c.Covered = covered
	case a.Baseline.Value.Value == 0 && !c.Target.Upward(c.Direction):
		c.Ceiling = covered
	default:
		return
	}
	a.Latest.Covered = progress.Num(covered)
}

// gathers tells whether a target asks for the figures of its whole period
// together: a span of years, or a flow over a period longer than the figures'.
func gathers(target Period, i *Indicator) bool {
	longer := target.Months() > i.Frequency.Months()
	return longer && (i.Accumulation == Flow || target.IsSpan() && i.Accumulation == Level)
}

// baseline is the row in force; else, for what is summed up from the start of the
// target's period, zero; else the figure of the framework's baseline year or the
// first one after it.
func (j *judge) baseline(g *goal, target *Target, known series) Baseline {
	if row := inForce(g.baselines, j.asOf.Date); row != nil {
		return Baseline{row.Period, progress.Num(row.Value.Float()), true, row.Period.EndMonth()}
	}
	i := g.indicator
	zero := Baseline{target.Period, progress.Num(0), false, target.Period.StartMonth()}
	if i.Accumulation == Flow && gathers(target.Period, i) {
		return zero
	}
	observed := Baseline{}
	if g.framework != nil && g.framework.Baseline != nil {
		observed = known.firstFrom(*g.framework.Baseline)
	}
	switch i.Accumulation {
	case Flow:
		if !observed.Value.Valid {
			return zero
		}
	case Cumulative:
		before := observed.Value.Valid && observed.month <= zero.month
		if !before && target.Period.Months() > i.Frequency.Months() && known.beginsIn(target.Period) {
			return zero
		}
	}
	return observed
}

// milestones are the points of the path in force on the day, by month.
func (j *judge) milestones(g *goal) []progress.Point {
	j.inForce = g.milestonesOn(j.asOf.Date, j.inForce[:0])
	j.path = j.path[:0]
	for _, t := range j.inForce {
		j.path = append(j.path, progress.Point{Month: t.Period.EndMonth(), Value: t.Value.Float()})
	}
	return j.path
}

// stale tells whether a value is older, on the day, than three years (yearly
// figures) or two periods (all others).
func (j *judge) stale(month int, frequency Frequency) bool {
	limit := 2 * frequency.Months()
	if frequency == Yearly {
		limit = 36
	}
	return firstOf(month+limit) <= j.asOf.Date
}

func (j *judge) notBegun(g *goal, target *Target, i *Indicator) bool {
	return gathers(target.Period, i) && target.Period.Start() > j.asOf.Date ||
		g.framework != nil && Year(g.framework.Start).Start() > j.asOf.Date
}

func pace(c *progress.Case) Pace {
	var p Pace
	if months := c.Latest.Month - c.Baseline.Month; c.HasBaseline && c.HasLatest && months > 0 && !c.Averaged && c.Covered == 0 {
		p.Annual = progress.Num((c.Latest.Value - c.Baseline.Value) * 12 / float64(months))
	}
	if months := c.Target.Month - c.Latest.Month; c.HasTarget && c.HasLatest && months > 0 && !c.Target.Range && !c.Averaged {
		p.Required = progress.Num((c.Target.Value - c.Latest.Value) * 12 / float64(months))
	}
	return p
}

func direction(i *Indicator) progress.Direction {
	switch i.Direction {
	case Increase:
		return progress.Increase
	case Decrease:
		return progress.Decrease
	}
	return progress.Maintain
}

func aim(t *Target) progress.Target {
	return progress.Target{
		Month: t.Period.EndMonth(), Value: t.Value.Float(), Low: t.Low.Float(), High: t.High.Float(),
		Range: t.IsRange(), Comparison: progress.Comparison(t.Comparison),
	}
}
