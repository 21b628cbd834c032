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
	options := i.projectionOptions()
	j := newJudge(a.lazy.ds, a.AsOf)
	j.book.breaks = true
	known := j.known(a.goal, target)
	if !newestRules().asksOne(target.Period, i) {
		return &progress.Projection{Version: a.lazy.ds.rules.projection, Model: options.ModelOf(), Warnings: []progress.Warning{}, Reason: progress.SpanTarget}
	}
	past := j.past(&known, options.MinPoints)
	t := aim(target)
	p := progress.ProjectBy(a.lazy.ds.rules.projection, past.Past, &t, direction(i), options)
	if known.earlier {
		p.Warnings = append(p.Warnings, progress.SeriesBreak)
	}
	if past.of == allSeasons {
		p.Warnings = append(p.Warnings, progress.SeasonsMixed)
	}
	return &p
}

// A seasonal past is what a projection extends, of one season or of all.
type seasonalPast struct {
	progress.Past
	of season
}

// allSeasons is every value.
const allSeasons season = -2

// past is the values that a projection of a series extends: whole years of a flow, one
// season a year where there are enough such values, else every value, which mixes the
// seasons. The series is one since its newest break.
func (j *judge) past(s *series, least int) seasonalPast {
	of := s.season()
	points := j.points(s, of)
	if of != wholeYears && s.months < 12 && len(points) < least {
		of = allSeasons
		points = j.points(s, of)
	}
	return seasonalPast{progress.Past{Points: points}, of}
}

// newestRules choose the values that projections extend, whatever rules judge.
func newestRules() rulebook { return rulebooks()[NewestRules-1] }

// points are the values of a series of one season, or of all, by time.
func (j *judge) points(s *series, of season) []progress.Point {
	if of == allSeasons {
		var points []progress.Point
		for n := range s.figures {
			if f := &s.figures[n]; s.counts(f) && f.Period.Months() == s.months {
				points = append(points, progress.Point{Month: f.Period.EndMonth(), Value: f.Value.Float()})
			}
		}
		return points
	}
	j.yearly.readOf(s, of, nil)
	points := make([]progress.Point, len(j.yearly.from))
	for n := range points {
		points[n] = progress.Point{Month: j.yearly.from[n].month, Value: j.yearly.readings[n].Value}
	}
	return points
}

// projectionOptions are those of what the indicator can be.
func (i *Indicator) projectionOptions() progress.ProjectionOptions {
	low, high := i.Bounds()
	o := progress.DefaultProjection(progress.Other, 0)
	switch whole := i.whole(); {
	case whole > 0:
		o = progress.DefaultProjection(progress.Share, whole)
	case low.IsSet() && low.Float() >= 0:
		o = progress.DefaultProjection(progress.Positive, 0)
		if i.Accumulation == Cumulative { // a total grows by what is added to it, not by a rate
			o.Model = progress.Linear
		}
	}
	if i.Accumulation == Flow { // the bounds are those of one period, not of a year's sum
		return o
	}
	if low.IsSet() {
		o.Low = progress.Num(low.Float())
	}
	if high.IsSet() {
		o.High = progress.Num(high.Float())
	}
	return o
}
