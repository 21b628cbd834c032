package indicators

import "jalon/indicators/progress"

// Projection is where the trend leads by the target's period, if it goes on: beside
// the status, never in it. Nil where there is no target to come or nothing to
// measure; where it is refused, its reason says why.
func (a *Assessment) Projection() *progress.Projection {
	if a.lazy == nil {
		return nil
	}
	a.lazy.projected.Do(func() { a.lazy.projection = a.project() })
	return a.lazy.projection
}

func (a *Assessment) project() *progress.Projection {
	target := inForce(a.goal.finals, a.AsOf.Date)
	i := a.goal.indicator
	if target == nil || i.Staged() || target.Period.End() <= a.AsOf.Date {
		return nil
	}
	past, options, mixed := a.past(target)
	if gathers(target.Period, i) && target.Period.IsSpan() {
		return &progress.Projection{Model: options.ModelOf(), Warnings: []progress.Warning{}, Reason: progress.SpanTarget}
	}
	t := aim(target)
	p := progress.Project(past.Past, &t, direction(i), options)
	if past.broken {
		p.Warnings = append(p.Warnings, progress.SeriesBreak)
	}
	if mixed {
		p.Warnings = append(p.Warnings, progress.SeasonsMixed)
	}
	return &p
}

// A brokenPast is what a projection extends; broken tells that earlier values, of
// another definition, were left out.
type brokenPast struct {
	progress.Past
	broken bool
}

// past is the values that a projection of the goal extends, as known on the day: whole
// years of a flow, one season a year where there are enough such values, else every
// value, which mixes the seasons.
func (a *Assessment) past(target *Target) (p brokenPast, o progress.ProjectionOptions, mixed bool) {
	i := a.goal.indicator
	o = i.projectionOptions()
	j := newJudge(a.lazy.ds, a.AsOf)
	j.book.breaks = true
	known := j.known(a.goal, target)
	p.broken = known.earlier
	j.yearly.read(&known, nil)
	byYear := len(j.yearly.readings)
	if i.Frequency == Yearly || known.flow && known.yearSums || byYear >= o.MinPoints {
		for n := range j.yearly.from {
			p.Points = append(p.Points, progress.Point{Month: j.yearly.from[n].month, Value: j.yearly.readings[n].Value})
		}
		return p, o, false
	}
	for n := range known.figures {
		if f := &known.figures[n]; known.counts(f) && f.Period.Months() == known.months {
			p.Points = append(p.Points, progress.Point{Month: f.Period.EndMonth(), Value: f.Value.Float()})
		}
	}
	return p, o, true
}

// projectionOptions are those of what the indicator can be.
func (i *Indicator) projectionOptions() progress.ProjectionOptions {
	low, _ := i.Bounds()
	switch whole := i.whole(); {
	case whole > 0:
		return progress.DefaultProjection(progress.Share, whole)
	case low.IsSet() && low.Float() >= 0:
		o := progress.DefaultProjection(progress.Positive, 0)
		if i.Accumulation == Cumulative { // a total grows by what is added to it, not by a rate
			o.Model = progress.Linear
		}
		return o
	}
	return progress.DefaultProjection(progress.Other, 0)
}

// Backtest is how the models of projection would have done on the values that the
// assessment rests on, by rolling origin; vintages are the series as it really was
// known at earlier times, if it was revised.
func (a *Assessment) Backtest(vintages []progress.Vintage) []progress.Track {
	i := a.goal.indicator
	if i.Staged() || a.lazy == nil {
		return nil
	}
	target := inForce(a.goal.finals, a.AsOf.Date)
	past, options, _ := a.past(target)
	q := progress.Trial{Direction: direction(i)}
	if c := a.Course(); c.HasPath {
		q.Path, q.HasPath = c.Path, true
	}
	if target != nil {
		q.Comparison = progress.Comparison(target.Comparison)
	}
	if len(vintages) > 1 {
		return progress.BacktestVintages(vintages, q, options)
	}
	return progress.Backtest(past.Past, q, options)
}
