package indicators

import "jalon/indicators/progress"

// An Outlook is how far the indicators of a result have come, how far they should have, and
// where they are led by their targets' periods if each goes on as it does. All are mean
// shares of the way from baseline to target, weighted and levelled as the score of
// RollUpResult is, each share cut to 0..1 first; what has no numeric target, and what is
// reached by stages, is no part of them. A number is null where less than the programme's
// least coverage, by those weights, has what it is the mean of.
type Outlook struct {
	Progress progress.Number `json:"progress"` // the share covered so far
	Expected progress.Number `json:"expected"` // the share that the paths ask for at the latest values' periods
	// Anticipated is the share covered at the horizon, by the projection of each indicator;
	// by its last value, where the horizon has passed or a target is met without one.
	Anticipated progress.Number `json:"anticipated"`
	Pace        progress.Number `json:"pace"`     // share of the way covered a year, since the baselines
	Required    progress.Number `json:"required"` // share a year from now on, to be at the targets in time

	Targets     int `json:"targets"`     // indicators with a numeric target
	Open        int `json:"open"`        // those of them whose target's period is not over
	Until       int `json:"until"`       // the year in which the last of their targets' periods ends
	Anticipable int `json:"anticipable"` // those with a projection or a target met, or whose horizon has passed
	Reachable   int `json:"reachable"`   // those of these that are at their targets, led to them, or beyond
}

// Over tells whether every target's period is over: then nothing is led anywhere.
func (o *Outlook) Over() bool { return o.Targets > 0 && o.Open == 0 }

// OutlookOf is the outlook of a result, or of a framework by its code.
func (p *Picture) OutlookOf(ref string) Outlook {
	framework := ref
	r := p.Result(ref)
	if r != nil {
		framework = r.Framework
	}
	parts := kept(p.parts(ref, framework, nil), (*Assessment).aims)
	if r == nil {
		for _, a := range p.ForFramework(ref) {
			if len(a.Results) == 0 && a.aims() {
				parts = append(parts, part{of: a})
			}
		}
	}
	if !p.rules.book.levels {
		parts = flat(parts)
	}
	var o Outlook
	for _, one := range flat(parts) {
		o.count(one.of)
	}
	mean := func(of func(*Assessment) progress.Number, how progress.RollupOptions) progress.Number {
		known := covered(parts, func(a *Assessment) bool { return of(a).Valid })
		if !known.Valid || known.Value < p.MinCoverage()-rounding {
			return progress.Number{}
		}
		return meanOf(parts, of, how)
	}
	o.Progress, o.Expected = mean(soFar, sharesCut()), mean(asExpected, sharesCut())
	o.Anticipated = mean((*Assessment).Anticipated, sharesCut())
	plain := progress.RollupOptions{Rule: progress.WeightedMean}
	o.Pace, o.Required = mean(paceOf, plain), mean(requiredOf, plain)
	return o
}

func (o *Outlook) count(a *Assessment) {
	o.Targets++
	o.Until = max(o.Until, (a.Target.Period.EndMonth()-1)/12)
	if !a.over() {
		o.Open++
	}
	ahead := a.Anticipated()
	if !ahead.Valid {
		return
	}
	o.Anticipable++
	if ahead.Value >= 1-rounding {
		o.Reachable++
	}
}

// aims tells whether there is a way to a numeric target.
func (a *Assessment) aims() bool { return a.enters(MeanAchievement) && a.Target.IsSet() }

// soFar and asExpected are the shares covered and asked for, of assessments that have both,
// so that the two can be compared, whether or not the method gave a verdict. Where the
// target was met at the baseline already there is no way, and it is to be kept: all of it.
func soFar(a *Assessment) progress.Number {
	switch {
	case a.Achievement.Valid && a.Expected.Valid:
		return a.Achievement
	case a.noWay() && a.assessed():
		return a.share()
	}
	return progress.Number{}
}

func asExpected(a *Assessment) progress.Number {
	switch {
	case !soFar(a).Valid:
		return progress.Number{}
	case a.Achievement.Valid:
		return a.Expected
	}
	return progress.Num(1)
}

// Anticipated is the share of the way from baseline to target that the projection has
// covered at the horizon; after it, the share that was covered. Without a projection, what
// is met is taken to stay so, and of the rest nothing is known.
func (a *Assessment) Anticipated() progress.Number {
	if a.over() {
		return a.share()
	}
	p := a.Projection()
	switch known := p != nil && p.Value.Valid; {
	case !known && a.Target.IsSet() && a.Status == progress.Achieved:
		return progress.Num(max(a.share().Value, 1)) // some methods call it met a little before
	case !known:
		return progress.Number{}
	}
	share := a.shareOfWay(p.Value.Value - a.Baseline.Value.Value)
	switch {
	case a.meets(p.Value.Value):
		return progress.Num(max(share.Value, 1))
	case a.noWay(): // met once, and to be lost
		return progress.Num(0)
	}
	return share
}

// over tells whether the target's period has ended.
func (a *Assessment) over() bool { return a.Target.IsSet() && a.Target.Period.End() <= a.AsOf.Date }

// meets tells whether a value would reach the target.
func (a *Assessment) meets(value float64) bool {
	t := progress.Target{
		Value: a.Target.Value.Float(), Low: a.Target.Low.Float(), High: a.Target.High.Float(),
		Range: !a.Target.Value.IsSet(), Comparison: progress.Comparison(a.Target.Comparison),
	}
	return t.Met(value, direction(a.goal.indicator))
}

// noWay tells whether the target was met at the baseline already.
func (a *Assessment) noWay() bool {
	return a.Baseline.Value.Valid && a.Target.IsSet() && a.meets(a.Baseline.Value.Value)
}

// paceOf is the share of the way that is covered a year, and requiredOf that to be covered:
// none where the target is met already, null once the horizon has passed.
func paceOf(a *Assessment) progress.Number {
	if !a.Pace.Annual.Valid {
		return progress.Number{}
	}
	return a.shareOfWay(a.Pace.Annual.Value)
}

func requiredOf(a *Assessment) progress.Number {
	if !a.Pace.Required.Valid || a.over() {
		return progress.Number{}
	}
	required := a.shareOfWay(a.Pace.Required.Value)
	required.Value = max(required.Value, 0)
	return required
}

// shareOfWay is a change in the indicator's unit as a share of the way from baseline to
// target; null where there is no such way.
func (a *Assessment) shareOfWay(change float64) progress.Number {
	if !a.Baseline.Value.Valid || !a.Target.Value.IsSet() || a.noWay() {
		return progress.Number{}
	}
	way := a.Target.Value.Float() - a.Baseline.Value.Value
	if way == 0 {
		return progress.Number{}
	}
	return progress.Num(change / way)
}
