package progress

import "math"

// escapVersion counts the editions of the three ESCAP methods that give other figures.
const escapVersion = 1

// CurrentStatus is ESCAP's Current Status Index, on which 0 is the base and 10 the
// target.
//
//	CSI = 10 d (v − b) ÷ |T − b|              d +1 or -1 for a wanted increase or decrease
//	CSI = 10 − 10 |T − v| ÷ |T − b|           to maintain (parity)
//
// b base, v value, T target, in one unit. 10 where the target is met; not floored
// below. Null where b = T and the target is not met. The expected index in year t is
// 10 (t − 2015) ÷ 15. Source: ESCAP SD/WP/05; spalmas/SDG-MENARO 8eae780.
func CurrentStatus(b, t, v float64, d Direction) Number {
	target := Target{Value: t}
	switch {
	case target.Met(v, d):
		return Num(10)
	case b == t:
		return Number{}
	case d == Maintain:
		return Num(10 - 10*math.Abs(t-v)/math.Abs(t-b))
	}
	return Num(10 * float64(d) * (v - b) / math.Abs(t-b))
}

// An EscapAPICategory is a category of escap_api_gap.
type EscapAPICategory string

// The categories.
const (
	EscapOnTrack    EscapAPICategory = "on_track" // or to be maintained
	EscapAccelerate EscapAPICategory = "accelerate"
	EscapReverse    EscapAPICategory = "reverse"
)

// An AnticipatedGap is what AnticipatedProgress finds.
type AnticipatedGap struct {
	Percent  Number           `json:"gap_percent"`
	Category EscapAPICategory `json:"category,omitempty"`
	Reason   Reason           `json:"reason,omitempty"`
}

// AnticipatedProgress is ESCAP's Anticipated Progress Index: how much of the way from
// base to target is predicted to be missing in the target's year.
//
//	P = 100 |T − p| ÷ |T − b|       percent; p predicted, b base, T target, in one unit
//
// 0 where the target is predicted to be met. On track up to 10, to accelerate up to
// 100, beyond that to reverse; to reverse as well where the base met the target and
// the prediction does not. Null where b = T and it is not met. Source: UNECE
// technical notes (the gap); the cuts are those in use.
func AnticipatedProgress(b, t, predicted float64, d Direction) AnticipatedGap {
	target := Target{Value: t}
	if target.Met(predicted, d) {
		return AnticipatedGap{Percent: Num(0), Category: EscapOnTrack}
	}
	if b == t {
		return AnticipatedGap{Reason: BaselineEqualsTarget}
	}
	g := AnticipatedGap{Percent: Num(100 * math.Abs(t-predicted) / math.Abs(t-b))}
	switch p := g.Percent.Value; {
	case !g.Percent.Valid:
		g.Reason = OutOfRange
	case !atLeast(100, p), target.Met(b, d):
		g.Category = EscapReverse
	case !atLeast(10, p):
		g.Category = EscapAccelerate
	default:
		g.Category = EscapOnTrack
	}
	return g
}
