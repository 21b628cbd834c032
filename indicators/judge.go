package indicators

import "jalon/indicators/progress"

// A judge assesses goals on one day. It holds what would else be allocated for
// each of them.
type judge struct {
	ds    *Dataset
	asOf  AsOf
	month int // months over by the day

	path []progress.Point
}

func (j *judge) assess(g *goal, a *Assessment) {
	i := g.indicator
	*a = Assessment{
		Indicator: i.Code, Breakdown: g.breakdown, Actions: i.Actions, Groups: g.groups,
		Framework: Optional(g.frameworkCode()), Results: g.results, AsOf: j.asOf,
		Method: Method{Code: DefaultMethod, Version: 1},
	}
	target := inForce(g.finals, j.asOf.Date)
	figures := j.usable(j.ds.Series[SeriesKey{i.Code, g.breakdown}])
	c := progress.Case{Direction: direction(i), HasTarget: target != nil, Stale: true}
	if target == nil {
		a.Latest = newest(figures)
	} else {
		a.Target = Aim{target.Period, target.Value, target.Low, target.High, target.Comparison, target.Source}
		c.Target, c.Over = aim(target), target.Period.EndMonth() <= j.month
		c.Averaged = gathers(target.Period, i) && i.Accumulation == Level
		figures = until(figures, target.Period.EndMonth())
		a.Latest, c.Final = judged(figures, target.Period, i)
		c.Partial = gathers(target.Period, i) && !c.Final
		a.Baseline = j.baseline(g, target, figures)
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

// gathers tells whether a target asks for the figures of its whole period
// together: a span of years, or a flow over a period longer than the figures'.
func gathers(target Period, i *Indicator) bool {
	longer := target.Months() > i.Frequency.Months()
	return longer && (i.Accumulation == Flow || target.IsSpan() && i.Accumulation == Level)
}

// usable is the figures of periods that have ended; the last ones of a series
// sorted by period are the ones cut off.
func (j *judge) usable(figures []Figure) []Figure { return until(figures, j.month) }

func until(figures []Figure, month int) []Figure {
	for len(figures) > 0 && figures[len(figures)-1].Period.EndMonth() > month {
		figures = figures[:len(figures)-1]
	}
	return figures
}

// counts tells whether a figure is a value of its whole period.
func (f *Figure) counts() bool { return f.Value.IsSet() && !f.Partial }

func newest(figures []Figure) Latest {
	for n := len(figures) - 1; n >= 0; n-- {
		if f := &figures[n]; f.counts() {
			return f.latest()
		}
	}
	return Latest{}
}

func (f *Figure) latest() Latest {
	return Latest{f.Period, progress.Num(f.Value.Float()), Optional(f.Status), f.Since, f.Period.EndMonth()}
}

// judged is the value that is held against a target, and whether it is the whole
// of the target's own period.
func judged(figures []Figure, period Period, i *Indicator) (Latest, bool) {
	if !gathers(period, i) {
		latest := newest(figures)
		return latest, latest.month == period.EndMonth()
	}
	var sum Latest
	total, count := 0.0, 0
	for n := range figures {
		if f := &figures[n]; f.counts() && period.Contains(f.Period) {
			total, count, sum = total+f.Value.Float(), count+1, f.latest()
		}
	}
	if count == 0 {
		return Latest{}, false
	}
	if i.Accumulation == Level {
		total /= float64(count)
	}
	sum.Period, sum.Value = period, progress.Num(total)
	return sum, count == period.Months()/i.Frequency.Months()
}

// baseline is the row in force; else, for what is summed up from the start of the
// target's period, zero; else the figure of the framework's baseline year or the
// first one after it.
func (j *judge) baseline(g *goal, target *Target, figures []Figure) Baseline {
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
		observed = firstFrom(figures, *g.framework.Baseline)
	}
	fromZero := i.Accumulation == Flow && !observed.Value.Valid ||
		i.Accumulation == Cumulative && target.Period.IsSpan() && (!observed.Value.Valid || observed.month > zero.month)
	if fromZero {
		return zero
	}
	return observed
}

// firstFrom is the last figure of a year, or the first one after it.
func firstFrom(figures []Figure, year int) Baseline {
	var found *Figure
	for n := range figures {
		f := &figures[n]
		if !f.counts() || f.Period.Year() < year || f.Period.Year() > year && found != nil {
			continue
		}
		found = f
		if f.Period.Year() > year {
			break
		}
	}
	if found == nil {
		return Baseline{}
	}
	return Baseline{found.Period, progress.Num(found.Value.Float()), false, found.Period.EndMonth()}
}

// milestones are the points of the path in force on the day, by month. Of several
// for one period the newest holds.
func (j *judge) milestones(g *goal) []progress.Point {
	j.path = j.path[:0]
	for _, t := range g.milestones {
		if t.from > j.asOf.Date || !t.Value.IsSet() {
			continue
		}
		p := progress.Point{Month: t.Period.EndMonth(), Value: t.Value.Float()}
		if last := len(j.path) - 1; last >= 0 && j.path[last].Month == p.Month {
			j.path[last] = p
		} else {
			j.path = append(j.path, p)
		}
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
	if months := c.Latest.Month - c.Baseline.Month; c.HasBaseline && c.HasLatest && months > 0 && !c.Averaged {
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
