package progress

import "math"

// An OpenSDGStatus is a category of opensdg_progress and of the roll-up of its scores.
type OpenSDGStatus string

// The categories, best first.
const (
	OpenSDGAchieved      OpenSDGStatus = "target_achieved"
	OpenSDGSubstantial   OpenSDGStatus = "substantial_progress"
	OpenSDGModerate      OpenSDGStatus = "moderate_progress"
	OpenSDGLimited       OpenSDGStatus = "limited_progress"
	OpenSDGDeterioration OpenSDGStatus = "deterioration"
	OpenSDGNotAvailable  OpenSDGStatus = "not_available"
)

// openSDGVersion counts the editions of OpenSDG that give other figures.
const openSDGVersion = 1

// OpenSDGThresholds are the least progress of three categories, in the unit of the
// progress value: a share with a target, a fraction per year without.
type OpenSDGThresholds struct {
	High float64 `json:"high"`
	Med  float64 `json:"med"`
	Low  float64 `json:"low"`
}

// OpenSDGOptions are what a programme may set. Base year 2015 and target year 2030,
// the method's own, are those of a Course here.
type OpenSDGOptions struct {
	High, Med, Low Number // thresholds in place of the method's own; null: its own
	Limit          Number // natural ceiling or floor of the indicator; read without a target only
	Compat         bool   // the peer's own rules where they are defects, for verification
}

// OpenSDGResult is what OpenSDG finds.
type OpenSDGResult struct {
	Base, Current       Reading
	HasBase, HasCurrent bool
	Progress            Number // p
	Score               Number // -5 to +5
	Status              OpenSDGStatus
	Thresholds          OpenSDGThresholds // as used
	LimitCoefficient    Number            // C, where the limit is used
	Reason              Reason            // why there is no progress value
}

// OpenSDG is the progress measure of Open SDG and of Statistics Canada.
//
//	g = (v ÷ b) ^ (1 ÷ (t − t0)) − 1       observed growth, a fraction per year
//	r = (T ÷ b) ^ (1 ÷ (tT − t0)) − 1      required growth
//	p = σ d g ÷ |r|                        with a target (cuts 0.95, 0.60, 0)
//	p = σ d g                              without (cuts 0.015, 0.005, 0, each × C)
//
// b is the reading of the base year t0 (or of the next later one), v the last one,
// of year t, T the target for year tT; d is +1 or -1 for a wanted increase or
// decrease, σ is -1 where b < 0. A met target is target_achieved whatever the trend.
// C narrows the cuts near a natural limit: see limitCoefficient.
//
// Not available: no direction, fewer than two years from the base on, b and v or b
// and T of opposite sign, a base or target of zero (unless the target is met; compat
// puts 0.001 in its place), a target not later than the base. Where b = T the level
// decides. Source: sdg-build 2.4.0, sdg/ProgressMeasure.py (139fede).
func OpenSDG(c Course, o OpenSDGOptions) OpenSDGResult {
	if o.Compat {
		c = c.asThePeer()
	}
	m := openSDG{course: c, options: o}
	m.result.Status = OpenSDGNotAvailable
	m.ends()
	m.thresholds()
	if m.result.Reason = m.obstacle(); m.result.Reason != "" {
		return m.result
	}
	m.measure()
	return m.result
}

// openSDG is one run of the method. It points to nothing: what it would point to would
// have to be allocated, as the result it holds is handed on.
type openSDG struct {
	course  Course
	options OpenSDGOptions
	result  OpenSDGResult
	years   int  // readings from the base on
	met     bool // the target, at the last reading
}

// asThePeer puts in what the peer puts in without a word.
func (c Course) asThePeer() Course {
	if c.Direction == Maintain {
		c.Direction = Decrease
	}
	if c.HasTarget && !c.Target.Range && c.Target.Value == 0 {
		c.Target.Value = 0.001
	}
	return c
}

// ends finds the first and the last reading that count.
func (m *openSDG) ends() {
	r, c := &m.result, &m.course
	r.Current, r.HasCurrent = c.Series.Last()
	window := c.Series.From(c.BaseYear)
	if m.years = len(window); m.years > 0 {
		r.Base, r.HasBase = window[0], true
		if m.options.Compat && r.Base.Value == 0 {
			r.Base.Value = 0.001
		}
	}
	m.met = c.HasTarget && r.HasCurrent && c.Target.Met(r.Current.Value, c.Direction)
}

// thresholds are the method's own, those without a target scaled by C; the
// programme's stand as they are.
func (m *openSDG) thresholds() {
	r, o := &m.result, &m.options
	r.Thresholds = OpenSDGThresholds{High: 0.95, Med: 0.6}
	if !m.course.HasTarget {
		r.Thresholds = OpenSDGThresholds{High: 0.015, Med: 0.005}
		if o.Limit.Valid && r.HasBase {
			r.LimitCoefficient = limitCoefficient(r.Base.Value, o.Limit.Value)
			r.Thresholds.High *= m.coefficient()
			r.Thresholds.Med *= m.coefficient()
		}
	}
	for _, set := range []struct {
		own  *float64
		want Number
	}{{&r.Thresholds.High, o.High}, {&r.Thresholds.Med, o.Med}, {&r.Thresholds.Low, o.Low}} {
		if set.want.Valid {
			*set.own = set.want.Value
		}
	}
}

// obstacle says why no growth can be measured.
func (m *openSDG) obstacle() Reason {
	r, c := &m.result, &m.course
	b, v := r.Base.Value, r.Current.Value
	switch {
	case m.years < 2:
		return TooFewValues
	case c.Direction == Maintain:
		return NoDirection
	case c.HasTarget && c.Target.Range:
		return RangeTarget
	case b < 0 && v > 0, b > 0 && v < 0:
		return SignChange
	case b == 0:
		return m.unlessMet(ZeroBase)
	case c.HasTarget && c.Target.Value == 0:
		return m.unlessMet(ZeroTarget)
	case c.HasTarget && (b < 0) != (c.Target.Value < 0):
		return SignChange
	case c.HasTarget && c.Target.Month <= c.month(r.Base):
		return m.unlessMet(TargetNotAfterBase)
	}
	return ""
}

// unlessMet is an obstacle to the rate of growth, not to seeing the target met.
func (m *openSDG) unlessMet(why Reason) Reason {
	if m.met {
		m.result.Status, m.result.Score = OpenSDGAchieved, Num(5)
	}
	return why
}

// measure computes p, and status and score from it.
func (m *openSDG) measure() {
	r, c := &m.result, &m.course
	sign := float64(c.Direction)
	if r.Base.Value < 0 {
		sign = -sign
	}
	p := growthBetween(r.Base, r.Current)
	if c.HasTarget {
		required := growth(r.Base.Value, c.Target.Value, c.yearsTo(r.Base))
		if required == Num(0) { // the level decides
			r.Reason = BaselineEqualsTarget
			r.Status, r.Score = OpenSDGDeterioration, Num(-5)
		}
		p = quotient(p, Num(math.Abs(required.Value)))
	}
	if p.Valid {
		r.Progress = Num(sign * p.Value)
		r.Status, r.Score = m.category(r.Progress.Value), m.score(r.Progress.Value)
	} else if r.Reason == "" {
		r.Reason = OutOfRange
	}
	if m.met {
		r.Status, r.Score = OpenSDGAchieved, Num(5)
	}
}

func (m *openSDG) category(p float64) OpenSDGStatus {
	switch t := &m.result.Thresholds; {
	case atLeast(p, t.High):
		return OpenSDGSubstantial
	case atLeast(p, t.Med):
		return OpenSDGModerate
	case atLeast(p, t.Low):
		return OpenSDGLimited
	}
	return OpenSDGDeterioration
}

// coefficient is C; 1 where no limit is used.
func (m *openSDG) coefficient() float64 {
	if c := m.result.LimitCoefficient; c.Valid {
		return c.Value
	}
	return 1
}
