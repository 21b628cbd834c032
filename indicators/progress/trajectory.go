package progress

import "math"

// A Trajectory is where a value should be, year by year, and how a value stands
// against it.
type Trajectory struct {
	Rate     Number        // constant growth that leads there, a fraction per year; of the geometric one only
	Expected []Expectation // E, for each year that is asked for
	Now      Number        // E in the year of the value
	Gap      Number        // v − E, in the indicator's unit
	Share    Number        // S = (v − b) ÷ (E − b)
	Reason   Reason        // why there is none
}

// An Expectation is where a value should be in a year; null before the baseline.
type Expectation struct {
	Year  int
	Value Number
}

// trajectoryVersion counts the editions of Linear and Geometric that give other figures.
const trajectoryVersion = 1

// LinearTrajectory is the straight line from the baseline to the target, through the
// milestones between them: official milestones are never overridden by one line.
//
//	E(t) = b + (T − b) × (t − t0) ÷ (tT − t0)
//
// t0 and tT are the years of baseline b and target T. E stays T afterwards and is
// not defined before t0, nor where tT is not later than t0. S is null where E = b.
// Source: WHO billionaiRe, calculate_fixed_target.
func LinearTrajectory(from, to Reading, milestones []Reading, years []int, value *Reading) Trajectory {
	way := Path{From: from.point(), To: to.point()}
	for _, m := range milestones {
		way.Milestones = append(way.Milestones, m.point())
	}
	at := func(year int) Number { return way.At(EndOfYear(year)) }
	return trajectory(from, to, at, years, value)
}

// GeometricTrajectory grows by the same rate every year from the baseline to the
// target.
//
//	E(t) = b × (T ÷ b) ^ ((t − t0) ÷ (tT − t0))
//	rate = (T ÷ b) ^ (1 ÷ (tT − t0)) − 1       a fraction per year
//
// Only where b and T are both above zero; outside t0 to tT as the straight line.
// Source: WHO billionaiRe, calculate_aarc.
func GeometricTrajectory(from, to Reading, years []int, value *Reading) Trajectory {
	if !(from.Value > 0 && to.Value > 0) {
		return Trajectory{Reason: NotPositive}
	}
	span := float64(to.Year) - float64(from.Year)
	at := func(year int) Number {
		switch {
		case year < from.Year:
			return Number{}
		case year == from.Year:
			return Num(from.Value)
		case year >= to.Year:
			return Num(to.Value)
		}
		return Num(from.Value * math.Pow(to.Value/from.Value, (float64(year)-float64(from.Year))/span))
	}
	t := trajectory(from, to, at, years, value)
	if t.Reason == "" {
		t.Rate = growth(from.Value, to.Value, float64(to.Year-from.Year))
	}
	return t
}

func trajectory(from, to Reading, at func(year int) Number, years []int, value *Reading) Trajectory {
	t := Trajectory{}
	if to.Year <= from.Year {
		t.Reason = TargetNotAfterBase
		return t
	}
	for _, year := range years {
		t.Expected = append(t.Expected, Expectation{year, at(year)})
	}
	if value == nil {
		return t
	}
	if t.Now = at(value.Year); t.Now.Valid {
		t.Gap = Num(value.Value - t.Now.Value)
		t.Share = Num((value.Value - from.Value) / (t.Now.Value - from.Value))
	}
	return t
}

func (r Reading) point() Point { return Point{Month: EndOfYear(r.Year), Value: r.Value} }
