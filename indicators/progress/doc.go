// Package progress says how far along a series is towards a target, by published
// methods: numbers go in, numbers and codes come out. It knows no clock, no
// database, no indicator's name and no language, and imports only the standard
// library.
package progress

import (
	"encoding/json"
	"math"
)

// A Number is a result that may not exist. Where it does not, Valid is false and
// JSON shows null: never NaN, never an invented zero.
type Number struct {
	Value float64
	Valid bool
}

// Num is a result that exists, unless arithmetic left the finite numbers.
func Num(x float64) Number {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return Number{}
	}
	return Number{x + 0, true} // -0 becomes 0
}

// MarshalJSON writes the number unrounded, or null.
func (n Number) MarshalJSON() ([]byte, error) {
	if !n.Valid {
		return []byte("null"), nil
	}
	return json.Marshal(n.Value)
}

// A Point is a value at the end of a period. Month counts months from year 0, so
// that time is measured from end of period to end of period.
type Point struct {
	Month int
	Value float64
}

// A Status is the reader's word for progress: one for all methods.
type Status string

// The statuses.
const (
	Achieved      Status = "achieved"
	OnTrack       Status = "on_track"
	Behind        Status = "behind"
	FarBehind     Status = "far_behind"
	Regressed     Status = "regressed"
	Missed        Status = "missed" // the horizon has passed without the target
	NotAssessable Status = "not_assessable"
)

// Statuses lists them, best first.
func Statuses() []Status {
	return []Status{Achieved, OnTrack, Behind, FarBehind, Regressed, Missed, NotAssessable}
}

// Index is the status's place in Statuses, -1 if there is none such.
func (s Status) Index() int {
	switch s {
	case Achieved:
		return 0
	case OnTrack:
		return 1
	case Behind:
		return 2
	case FarBehind:
		return 3
	case Regressed:
		return 4
	case Missed:
		return 5
	case NotAssessable:
		return 6
	}
	return -1
}

// A Reason says why a status is what it is.
type Reason string

// The reasons.
const (
	TargetMet              Reason = "target_met"
	AbovePath              Reason = "above_path" // at the path or better
	NearPath               Reason = "near_path"  // worse than the path, within the tolerance of on_track
	BelowPath              Reason = "below_path"
	MovedAway              Reason = "moved_away" // worse than the baseline
	HorizonPassed          Reason = "horizon_passed"
	AwaitingFinalValue     Reason = "awaiting_final_value"
	NoValueAtHorizon       Reason = "no_value_at_horizon"
	PartialPeriod          Reason = "partial_period"
	MetAtBaseline          Reason = "met_at_baseline"
	BaselineEqualsTarget   Reason = "baseline_equals_target"
	InvalidTargetDirection Reason = "invalid_target_direction"
	NoTarget               Reason = "no_target"
	NoValue                Reason = "no_value"
	NoBaseline             Reason = "no_baseline"
	NoValueSinceBaseline   Reason = "no_value_since_baseline"
	NotStarted             Reason = "not_started"
	NotDue                 Reason = "not_due"      // neither reached nor due: a yes or no has no way between
	BrokenSeries           Reason = "series_break" // baseline and value are of different definitions
	PaceEnough             Reason = "pace_enough"  // the trend leads to the target in time
	PaceShort              Reason = "pace_short"   // towards the target, but not in time
	TrendWanted            Reason = "trend_wanted" // without a target: the wanted way, fast enough
	TrendWeak              Reason = "trend_weak"   // the wanted way, but little, or not lately
	TrendAway              Reason = "trend_away"   // the trend does not go the wanted way, whatever the way covered before
	Slipping               Reason = "slipping"     // the target is met, the trend leads away from it
)

// Reasons lists them.
func Reasons() []Reason {
	return []Reason{
		TargetMet, AbovePath, NearPath, BelowPath, MovedAway, HorizonPassed, AwaitingFinalValue, NoValueAtHorizon,
		PartialPeriod, MetAtBaseline, BaselineEqualsTarget, InvalidTargetDirection, NoTarget, NoValue, NoBaseline,
		NoValueSinceBaseline, NotStarted, NotDue, BrokenSeries, PaceEnough, PaceShort, TrendWanted, TrendWeak, TrendAway, Slipping,
	}
}

// Disagree tells whether two methods' statuses for one goal contradict each other: they
// are more than one step apart, from achieved down to regressed, or one says that the
// target comes in time and the other that it does not. Missed counts as the last step;
// what cannot be assessed contradicts nothing.
func Disagree(a, b Status) bool {
	if a == NotAssessable || b == NotAssessable {
		return false
	}
	place := func(s Status) int { return min(s.Index(), Regressed.Index()) }
	inTime := func(s Status) bool { return place(s) <= OnTrack.Index() }
	return max(place(a)-place(b), place(b)-place(a)) > 1 || inTime(a) != inTime(b)
}
