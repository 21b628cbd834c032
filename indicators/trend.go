package indicators

import (
	"slices"

	"jalon/indicators/progress"
)

// A Trend is where a result goes at the pace of its indicators.
type Trend string

// The trends, from best to worst; NoTrend where too little is assessed to say.
const (
	Arriving  Trend = "arriving"  // on the way to its targets in time, or there
	Advancing Trend = "advancing" // forward, too slowly
	Stalling  Trend = "stalling"  // hardly
	Receding  Trend = "receding"  // backward
	Missing   Trend = "missed"    // nowhere any more: its targets' periods are over, and it is not there
	NoTrend   Trend = ""
)

// TrendOf is the trend of a result. In the manner of the SDG Index, each indicator has a rank by its
// status – regressed 0, far behind 1, behind 2, on track or achieved 3; missed 0 where it went
// backward and 1 where not – and their mean, weighted and levelled as the score is, decides:
// from 2.5 on it arrives, from 1.5 it advances, from 0.5 it stalls. What does not arrive has
// missed once all that is assessed is decided for good: it goes neither on nor back. The
// coverage must be enough for a score.
func (p *Picture) TrendOf(ref string) Trend {
	r := p.Result(ref)
	if r == nil {
		return NoTrend
	}
	parts := p.parts(ref, r.Framework, nil)
	if !p.rules.book.levels {
		parts = flat(parts)
	}
	known := covered(parts, (*Assessment).assessed)
	if !known.Valid || known.Value < p.MinCoverage()-rounding {
		return NoTrend
	}
	mean := meanOf(parts, rank, progress.RollupOptions{Rule: progress.WeightedMean})
	switch x := mean.Value + rounding; {
	case !mean.Valid:
		return NoTrend
	case x >= 2.5:
		return Arriving
	case !slices.ContainsFunc(flat(parts), undecided):
		return Missing
	case x >= 1.5:
		return Advancing
	case x >= 0.5:
		return Stalling
	}
	return Receding
}

// rank is what a status counts in a trend.
func rank(a *Assessment) progress.Number {
	switch a.Status {
	case progress.Achieved, progress.OnTrack:
		return progress.Num(3)
	case progress.Behind:
		return progress.Num(2)
	case progress.FarBehind:
		return progress.Num(1)
	case progress.Missed:
		if !a.wentBack() {
			return progress.Num(1)
		}
		return progress.Num(0)
	case progress.Regressed:
		return progress.Num(0)
	}
	return progress.Number{}
}

// undecided tells whether what is assessed may still come out otherwise.
func undecided(one part) bool {
	return one.of.assessed() && one.of.Status != progress.Missed && (one.of.Status != progress.Achieved || !one.of.over())
}

// wentBack tells whether what missed its target is further from it than its baseline was:
// with no way to it, the baseline was there. Without a baseline nobody knows.
func (a *Assessment) wentBack() bool {
	if a.Achievement.Valid {
		return a.Achievement.Value < 0
	}
	return a.noWay()
}
