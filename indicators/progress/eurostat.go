package progress

import "math"

// An EurostatCategory is a category of eurostat_cagr_target and eurostat_cagr_no_target.
type EurostatCategory string

// The categories: insufficient_progress and movement_away are of the method with a
// target, the other two movements away of the one without.
const (
	EurostatAchieved        EurostatCategory = "target_achieved"
	EurostatSignificant     EurostatCategory = "significant_progress"
	EurostatModerate        EurostatCategory = "moderate_progress"
	EurostatInsufficient    EurostatCategory = "insufficient_progress"
	EurostatAway            EurostatCategory = "movement_away"
	EurostatModerateAway    EurostatCategory = "moderate_movement_away"
	EurostatSignificantAway EurostatCategory = "significant_movement_away"
	EurostatNotAvailable    EurostatCategory = "not_available"
)

// eurostatVersion counts the editions of the two Eurostat methods that give other figures.
const eurostatVersion = 1

// EurostatTargetOptions are the least ratios of three categories.
type EurostatTargetOptions struct {
	Significant  float64 `json:"significant"`
	Moderate     float64 `json:"moderate"`
	Insufficient float64 `json:"insufficient"`
}

// DefaultEurostatTarget are the cuts of the monitoring report.
func DefaultEurostatTarget() EurostatTargetOptions {
	return EurostatTargetOptions{Significant: 0.95, Moderate: 0.60, Insufficient: 0}
}

// EurostatResult is what the two methods find; Required and Ratio need a target,
// Desired is of the method without.
type EurostatResult struct {
	Observed Number           `json:"cagr_observed"`             // growth, a fraction per year
	Required Number           `json:"cagr_required"`             // growth that would meet the target in its year
	Desired  Number           `json:"cagr_in_desired_direction"` // observed growth, positive in the wanted direction
	Ratio    Number           `json:"ratio"`                     // observed ÷ required
	Category EurostatCategory `json:"category"`
	Score    Number           `json:"score"`            // -5 to +5
	Reason   Reason           `json:"reason,omitempty"` // why there is no rate or ratio
}

// EurostatTarget is the trend assessment of the EU SDG monitoring report, for
// indicators with a target.
//
//	g = (v ÷ b) ^ (1 ÷ (t − t0)) − 1       observed growth, a fraction per year
//	r = (T ÷ b) ^ (1 ÷ (tT − t0)) − 1      required growth
//	R = g ÷ r                              cuts 0.95, 0.60, 0
//
// b, v: values of the base year t0 and of the last year t; T the target for tT. A met
// target is target_achieved with score 5, whatever R. Where the base is past the
// target already, R is negative for growth away from it (the plain quotient would
// praise it). Not computable: b or T of zero or less. Where b = T the level decides.
// Source: sdg-build 44027ae and 6d3d128; the score is Statistics Canada's.
func EurostatTarget(c Course, o EurostatTargetOptions) EurostatResult {
	r := EurostatResult{Category: EurostatNotAvailable}
	base, last, why := c.ends()
	if why == "" && !c.HasTarget {
		why = NoTarget
	}
	if why == "" && c.Target.Range {
		why = RangeTarget
	}
	if r.Reason = why; why != "" {
		return r
	}
	met := c.Target.Met(last.Value, c.Direction)
	r.rates(c, base, last)
	switch {
	case r.Ratio.Valid:
		r.Category, r.Score = o.category(r.Ratio.Value), targetScore(r.Ratio.Value)
	case r.Reason == BaselineEqualsTarget:
		r.Category, r.Score = EurostatAway, Num(-5)
	}
	if met {
		r.Category, r.Score = EurostatAchieved, Num(5)
	}
	return r
}

// rates fills in observed and required growth and their ratio.
func (r *EurostatResult) rates(c Course, base, last Reading) {
	if r.Reason = positive(base, last); r.Reason != "" {
		return
	}
	r.Observed = growthBetween(base, last)
	switch {
	case c.Target.Value == 0:
		r.Reason = ZeroTarget
		return
	case !(c.Target.Value > 0):
		r.Reason = NotPositive
		return
	case c.Target.Month <= c.month(base):
		r.Reason = TargetNotAfterBase
		return
	}
	r.Required = growth(base.Value, c.Target.Value, c.yearsTo(base))
	if r.Required == Num(0) {
		r.Reason = BaselineEqualsTarget
		return
	}
	r.Ratio = quotient(r.Observed, Num(float64(c.Direction)*math.Abs(r.Required.Value)))
	if !r.Ratio.Valid {
		r.Reason = OutOfRange
	}
}

func (o *EurostatTargetOptions) category(ratio float64) EurostatCategory {
	switch {
	case atLeast(ratio, o.Significant):
		return EurostatSignificant
	case atLeast(ratio, o.Moderate):
		return EurostatModerate
	case atLeast(ratio, o.Insufficient):
		return EurostatInsufficient
	}
	return EurostatAway
}

// EurostatNoTargetOptions are the least growth, a fraction per year in the wanted
// direction, of three categories.
type EurostatNoTargetOptions struct {
	Significant  float64 `json:"significant"`
	Moderate     float64 `json:"moderate"`
	ModerateAway float64 `json:"moderate_away"`
}

// DefaultEurostatNoTarget are the cuts of the monitoring report: 1 %, 0 and -1 %.
func DefaultEurostatNoTarget() EurostatNoTargetOptions {
	return EurostatNoTargetOptions{Significant: 0.01, Moderate: 0, ModerateAway: -0.01}
}

// EurostatNoTarget is the trend assessment of the EU SDG monitoring report, for
// indicators without a target.
//
//	g = d × ((v ÷ b) ^ (1 ÷ (t − t0)) − 1)      a fraction per year; cuts 1 %, 0, -1 %
//
// d is +1 or -1 for a wanted increase or decrease. Every cut belongs to the better
// category. The score is 250 g, cut to -5..5: 2 % a year is 5. Not computable: b of
// zero or less, v below zero. Source: sdg-build 44027ae.
func EurostatNoTarget(c Course, o EurostatNoTargetOptions) EurostatResult {
	r := EurostatResult{Category: EurostatNotAvailable}
	base, last, why := c.ends()
	if why == "" {
		why = positive(base, last)
	}
	if r.Reason = why; why != "" {
		return r
	}
	r.Observed = growthBetween(base, last)
	if !r.Observed.Valid {
		r.Reason = OutOfRange
		return r
	}
	r.Desired = Num(float64(c.Direction) * r.Observed.Value)
	r.Score = clip(250*r.Desired.Value, 5)
	switch g := r.Desired.Value; {
	case atLeast(g, o.Significant):
		r.Category = EurostatSignificant
	case atLeast(g, o.Moderate):
		r.Category = EurostatModerate
	case atLeast(g, o.ModerateAway):
		r.Category = EurostatModerateAway
	default:
		r.Category = EurostatSignificantAway
	}
	return r
}

// ends are the reading of the base year, or of the next later one, and the last.
func (c *Course) ends() (base, last Reading, why Reason) {
	window := c.Series.From(c.BaseYear)
	switch {
	case len(window) < 2:
		return base, last, TooFewValues
	case c.Direction == Maintain:
		return base, last, NoDirection
	}
	return window[0], window[len(window)-1], ""
}

// positive says why there is no rate of growth between two readings: it needs a base
// above zero, and a last value not below.
func positive(base, last Reading) Reason {
	switch {
	case base.Value == 0:
		return ZeroBase
	case base.Value < 0 || last.Value < 0:
		return NotPositive
	}
	return ""
}
