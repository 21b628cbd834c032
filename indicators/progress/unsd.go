package progress

import "math"

// A UNSDCategory is a category of unsd_progress_chart_2023.
type UNSDCategory string

// The categories.
const (
	UNSDOnTrack      UNSDCategory = "on_track_or_met"
	UNSDModerate     UNSDCategory = "moderate_progress"
	UNSDStagnation   UNSDCategory = "stagnation_or_regression"
	UNSDInsufficient UNSDCategory = "insufficient_data"
)

// unsdVersion counts the editions of UNSDProgressChart that give other figures.
const unsdVersion = 1

// UNSDOptions say what whole a share is of, 100 for percent, where the indicator is
// a share: then being within 1 % of a target of nothing or of all is meeting it.
type UNSDOptions struct {
	Scale float64 `json:"scale"`
}

// UNSDResult is what UNSDProgressChart finds.
type UNSDResult struct {
	Base     Reading      `json:"-"` // zero without a score
	Last     Reading      `json:"-"`
	Growth   Number       `json:"cagr"`                       // a fraction per year, not signed by direction
	Expected Number       `json:"expected_target_year_value"` // only with a target
	Ratio    Number       `json:"ratio"`                      // only with a target
	Score    Number       `json:"score"`                      // 3, 2 or 1
	Category UNSDCategory `json:"category"`
	Reason   Reason       `json:"reason,omitempty"`
}

// UNSDProgressChart is the assessment behind the SDG progress chart of 2023.
//
//	g = (v ÷ b) ^ (1 ÷ (t − t0)) − 1       a fraction per year
//	x = v (1 + g) ^ (tT − t)               the value expected in the target's year
//	R = (x − b) ÷ (T − b)                  with a target: cuts 0.95 and 0.10
//	d g                                    without: cuts 2 % and 0.5 % a year
//
// b is the reading of the base year t0, v the last one up to the target's year, of
// year t. A base year without a reading gives way to the first later one, else to the
// last earlier one, with which there are two values. A met target scores 3 whatever
// the trend. Where the base is past the target already, R is negative for growth away
// from it. Not computable, hence insufficient data: fewer than two values, b of zero
// or less. Source: EUSTAT's account of UNSD's technical note of 2023.
func UNSDProgressChart(c Course, o UNSDOptions) UNSDResult {
	r := UNSDResult{Category: UNSDInsufficient}
	window := c.Series
	if c.HasTarget {
		window = window.Until(c.Target.Year())
	}
	switch {
	case len(window) < 2:
		r.Reason = TooFewValues
	case c.Direction == Maintain:
		r.Reason = NoDirection
	case c.HasTarget && c.Target.Range:
		r.Reason = RangeTarget
	case c.HasTarget && c.Target.Year() <= c.BaseYear:
		r.Reason = TargetNotAfterBase
	}
	if r.Reason != "" {
		return r
	}
	r.Base = window[min(window.index(c.BaseYear), len(window)-2)]
	r.Last = window[len(window)-1]
	if r.Reason = positive(r.Base, r.Last); r.Reason == "" {
		r.Growth = growthBetween(r.Base, r.Last)
		if !c.HasTarget {
			r.classify(Num(float64(c.Direction)*r.Growth.Value), 0.02, 0.005)
			return r
		}
		r.expect(&c)
		r.classify(r.Ratio, 0.95, 0.10)
	}
	if c.HasTarget && o.met(&c, r.Last.Value) {
		r.Score, r.Category = Num(3), UNSDOnTrack
	}
	return r
}

// expect fills in what the trend comes to in the target's year.
func (r *UNSDResult) expect(c *Course) {
	b, t := r.Base.Value, c.Target.Value
	r.Expected = Num(r.Last.Value * math.Pow(1+r.Growth.Value, c.yearsTo(r.Last)))
	if b == t {
		r.Reason = BaselineEqualsTarget
		r.classify(Num(0), 0.95, 0.10)
		return
	}
	if r.Expected.Valid {
		r.Ratio = Num(float64(c.Direction) * (r.Expected.Value - b) / math.Abs(t-b))
	}
}

// classify gives the score by two cuts.
func (r *UNSDResult) classify(x Number, high, low float64) {
	switch {
	case !x.Valid && r.Reason == "":
		r.Reason = OutOfRange
	case !x.Valid:
	case atLeast(x.Value, high):
		r.Score, r.Category = Num(3), UNSDOnTrack
	case atLeast(x.Value, low):
		r.Score, r.Category = Num(2), UNSDModerate
	default:
		r.Score, r.Category = Num(1), UNSDStagnation
	}
}

// met tells whether the target is reached, or all but reached where it is nothing or
// the whole of a share.
func (o *UNSDOptions) met(c *Course, v float64) bool {
	near := o.Scale > 0 && (c.Target.Value == 0 || c.Target.Value == o.Scale)
	return c.Target.Met(v, c.Direction) || near && atLeast(0.01*o.Scale, math.Abs(v-c.Target.Value))
}
