package progress

import "math"

// worldVersion counts the editions of Normalise, NormalisedTrend and Distance that
// give other figures. The three need data of the whole world: they serve to verify
// scores that are published, never to judge an indicator.
const worldVersion = 1

// A NormalisedScore is a score of 0 to 100, and the same before it is cut.
type NormalisedScore struct {
	Raw    Number `json:"score_raw"`
	Score  Number `json:"score"`
	Reason Reason `json:"reason,omitempty"`
}

// Normalise is the score of the SDG Index (SDSN).
//
//	x' = 100 (x − lower) ÷ (optimum − lower)      cut to 0..100
//
// lower is the 2.5th percentile of the world, optimum the best to be had, in the
// indicator's unit; lower may be the larger one. Null where both are the same.
func Normalise(x, lower, optimum float64) NormalisedScore {
	if lower == optimum {
		return NormalisedScore{Reason: NoSpread}
	}
	s := NormalisedScore{Raw: Num(100 * (x - lower) / (optimum - lower))}
	if !s.Raw.Valid {
		s.Reason = OutOfRange
		return s
	}
	s.Score = Num(min(max(s.Raw.Value, 0), 100))
	return s
}

// An SDSNTrend is an arrow of sdsn_trend.
type SDSNTrend string

// The arrows, best first.
const (
	SDSNOnTrack    SDSNTrend = "on_track_or_maintaining"
	SDSNModerate   SDSNTrend = "moderately_improving"
	SDSNStagnating SDSNTrend = "stagnating"
	SDSNDecreasing SDSNTrend = "decreasing"
)

// A TrendOfScores is what NormalisedTrend finds.
type TrendOfScores struct {
	Observed Number    `json:"observed_annual_change"` // points a year
	Required Number    `json:"required_annual_change"` // points a year
	Ratio    Number    `json:"ratio"`
	Category SDSNTrend `json:"category,omitempty"`
	Reason   Reason    `json:"reason,omitempty"`
}

// NormalisedTrend is the trend arrow of the SDG Index (SDSN), of normalised scores.
//
//	observed = (last − first) ÷ years
//	required = max(0, (green − first) ÷ (target year − first year))
//
// A ratio of 1 is on track, 0.5 moderately improving, 0 stagnating, less decreasing;
// null where nothing is required. A last score at the green threshold or above is
// maintaining, whatever moves above it; one that fell below is decreasing.
func NormalisedTrend(scores Series, green float64, targetYear int) TrendOfScores {
	if len(scores) < 2 {
		return TrendOfScores{Reason: TooFewValues}
	}
	first, last := scores[0], scores[len(scores)-1]
	if targetYear <= first.Year {
		return TrendOfScores{Reason: TargetNotAfterBase}
	}
	t := TrendOfScores{
		Observed: Num((last.Value - first.Value) / float64(last.Year-first.Year)),
		Required: Num(max(0, (green-first.Value)/float64(targetYear-first.Year))),
	}
	t.Ratio = quotient(t.Observed, t.Required)
	switch {
	case last.Value >= green:
		t.Category = SDSNOnTrack
	case first.Value >= green:
		t.Category = SDSNDecreasing
	case !t.Ratio.Valid:
		t.Reason = OutOfRange
	case atLeast(t.Ratio.Value, 1):
		t.Category = SDSNOnTrack
	case atLeast(t.Ratio.Value, 0.5):
		t.Category = SDSNModerate
	case t.Ratio.Value >= 0:
		t.Category = SDSNStagnating
	default:
		t.Category = SDSNDecreasing
	}
	return t
}

// A PeerDistance is a distance in standard deviations of the peers; Raw is negative
// beyond the target.
type PeerDistance struct {
	Raw      Number `json:"distance_raw"`
	Distance Number `json:"distance"`
	Reason   Reason `json:"reason,omitempty"`
}

// Distance is the OECD's distance to a target.
//
//	z = max(0, d (T − v) ÷ s)
//
// s is the standard deviation over the peer group, in the indicator's unit, d +1 or
// -1. Null where the peers do not differ, or no direction is wanted. Source: OECD,
// Measuring Distance to the SDG Targets 2019, chapter 3.
func Distance(v, t, s float64, d Direction) PeerDistance {
	switch {
	case d == Maintain:
		return PeerDistance{Reason: NoDirection}
	case !(s > 0) || math.IsInf(s, 0):
		return PeerDistance{Reason: NoSpread}
	}
	z := PeerDistance{Raw: Num(float64(d) * (t - v) / s)}
	if !z.Raw.Valid {
		z.Reason = OutOfRange
		return z
	}
	z.Distance = Num(max(0, z.Raw.Value))
	return z
}
