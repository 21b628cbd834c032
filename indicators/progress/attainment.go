package progress

// An AttainmentStatus is a category of achievement_rate and range_target.
type AttainmentStatus string

// The categories.
const (
	AttainmentNoBaseline AttainmentStatus = "no_baseline"
	AttainmentNoTarget   AttainmentStatus = "no_target"
	AttainmentNoValue    AttainmentStatus = "no_value"
	AttainmentInvalid    AttainmentStatus = "invalid_target_direction"
	AttainmentMet        AttainmentStatus = "met"
	AttainmentNotMet     AttainmentStatus = "not_met" // where only the level decides
	AttainmentRegressed  AttainmentStatus = "regressed"
	AttainmentInProgress AttainmentStatus = "in_progress"
)

// An Attainment is the bare achievement rate, of no time and no path.
type Attainment struct {
	Achievement Number           `json:"achievement"` // share of the way, 0 at the baseline, 1 at the target, uncapped
	Capped      Number           `json:"capped"`      // the same cut to 0..1, for display and averages only
	Status      AttainmentStatus `json:"status"`
}

// attainmentVersion counts the editions of Attain and AttainRange that give other figures.
const attainmentVersion = 1

// Attain is the achievement rate without time: AchievementRate holds the same share
// against the path as well.
//
//	A = (v − b) ÷ (T − b)       b baseline, v value, T target, in one unit
//
// The signs cancel, so one formula serves increase and decrease, and no level is
// divided by: zero and negative values are fine. Null where b, T or v is missing, and
// where T lies on the wrong side of b (a mistake in the data, not a percentage).
// Where b = T the level alone decides, met or not, and only the capped share is a
// number. Used by World Bank, UNDP and EU results frameworks (SFC2014, table 2C).
func Attain(b, t, v Number, d Direction) Attainment {
	switch {
	case !b.Valid:
		return Attainment{Status: AttainmentNoBaseline}
	case !t.Valid:
		return Attainment{Status: AttainmentNoTarget}
	case !v.Valid:
		return Attainment{Status: AttainmentNoValue}
	}
	target := Target{Value: t.Value}
	met := target.Met(v.Value, d)
	switch {
	case b.Value == t.Value:
		return levelOnly(met)
	case d != Maintain && (t.Value > b.Value) != (d == Increase):
		return Attainment{Status: AttainmentInvalid}
	}
	way := Path{From: Point{Value: b.Value}, To: Point{Value: t.Value}}
	away := (v.Value < b.Value) == (t.Value > b.Value) && v.Value != b.Value
	return attained(way.Share(v.Value), met, away)
}

// A RangeAttainment is the achievement rate towards a band.
type RangeAttainment struct {
	Inside   bool   `json:"inside"`
	Distance Number `json:"distance"` // of the value from the band, in the indicator's unit
	Attainment
}

// AttainRange is the achievement rate towards a band from low to high, its edges
// included.
//
//	D(x) = max(0, low − x, x − high)      distance, in the indicator's unit
//	A = 1 − D(v) ÷ D(b)                   on either side of the band
//
// Null where b lies in the band already: then the level decides, met or not. No
// source fixes this formula; the parity band 0.97 to 1.03 is that of the Open SDG
// methodology.
func AttainRange(b, v Number, low, high float64) RangeAttainment {
	switch {
	case !(low <= high):
		return RangeAttainment{Attainment: Attainment{Status: AttainmentNoTarget}}
	case !v.Valid && !b.Valid:
		return RangeAttainment{Attainment: Attainment{Status: AttainmentNoBaseline}}
	case !v.Valid:
		return RangeAttainment{Attainment: Attainment{Status: AttainmentNoValue}}
	}
	band := Target{Range: true, Low: low, High: high}
	far := band.distance(v.Value)
	r := RangeAttainment{Inside: far == 0, Distance: Num(far)}
	switch from := band.distance(b.Value); {
	case !b.Valid:
		r.Attainment = Attainment{Status: AttainmentNoBaseline}
	case from == 0:
		r.Attainment = levelOnly(far == 0)
	default:
		r.Attainment = attained(Num(1-far/from), far == 0, far > from)
	}
	return r
}

func levelOnly(met bool) Attainment {
	if met {
		return Attainment{Capped: Num(1), Status: AttainmentMet}
	}
	return Attainment{Capped: Num(0), Status: AttainmentNotMet}
}

func attained(share Number, met, away bool) Attainment {
	a := Attainment{Achievement: share, Status: AttainmentInProgress}
	if share.Valid {
		a.Capped = Num(min(max(share.Value, 0), 1))
	}
	switch {
	case met:
		a.Status = AttainmentMet
	case away:
		a.Status = AttainmentRegressed
	}
	return a
}
