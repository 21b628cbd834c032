package indicators

import "jalon/indicators/progress"

// A Trend is where a result goes at the pace of its indicators.
type Trend string

// The trends, from best to worst; NoTrend where too little is assessed to say.
const (
	Arriving  Trend = "arriving"  // on the way to its targets in time, or there
	Advancing Trend = "advancing" // forward, too slowly
	Stalling  Trend = "stalling"  // hardly
	Receding  Trend = "receding"  // backward
	NoTrend   Trend = ""
)

// TrendOf is the trend of a result. In the manner of the SDG Index, each indicator has a rank by its
// status – regressed or missed 0, far behind 1, behind 2, on track or achieved 3 – and
// their mean, weighted and levelled as the score is, decides: from 2.5 on it arrives, from
// 1.5 it advances, from 0.5 it stalls. The coverage must be enough for a score.
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
	case progress.Regressed, progress.Missed:
		return progress.Num(0)
	}
	return progress.Number{}
}
