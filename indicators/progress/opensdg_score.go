package progress

import "math"

// limitCoefficient is C, by which the thresholds shrink where an indicator starts
// near its natural limit L and has little room left:
//
//	C = 1 − (|b| ÷ |L|) ^ 4.44                 for |b| ≤ |L|
//	C = 1 − ((2 |L| − |b|) ÷ |L|) ^ 4.44       for |L| < |b| < 2 |L|
//	C = 1                                      beyond
//
// It is applied whatever the direction is, as the peer does.
func limitCoefficient(base, limit float64) Number {
	b, l := math.Abs(base), math.Abs(limit)
	switch {
	case b >= 2*l:
		return Num(1)
	case b <= l:
		return Num(1 - math.Pow(b/l, 4.44))
	}
	return Num(1 - math.Pow((2*l-b)/l, 4.44))
}

// score brings progress p to the scale from -5 to +5, on which -2.5, 0 and 2.5 are
// where limited, moderate and substantial progress begin.
func (m *openSDG) score(p float64) Number {
	o := &m.options
	if (o.High.Valid || o.Med.Valid || o.Low.Valid) && !o.Compat {
		return m.scoreByThresholds(p)
	}
	if m.course.HasTarget {
		return targetScore(p)
	}
	t, c := &m.result.Thresholds, m.coefficient()
	switch {
	case p < 0:
		return Num(max(125*p-2.5, -5))
	case c == 0:
		return Num(5)
	case atLeast(p, t.High):
		return clip(500*p/c-5, 5)
	case atLeast(p, t.Med):
		return clip(250*p/c-1.25, 5)
	}
	return clip(500*p/c-2.5, 5)
}

// targetScore is the score of a ratio of observed to required growth, with the
// constants as Statistics Canada and Eurostat's editions round them: 1.3, 0.95, 0.6,
// 0 and -0.6 give 5, 2.5, 0, -2.5 and -5 up to that rounding.
func targetScore(ratio float64) Number {
	if ratio > 0.6 {
		return clip(7.1429*ratio-4.2857, 5)
	}
	return clip(4.1667*ratio-2.5, 5)
}

// scoreByThresholds is the score under a programme's own thresholds. The peer keeps
// the slopes of its own, so that status and score disagree; here the lines go through
// the thresholds in use. Beyond them they are as steep, in proportion, as the peer's.
func (m *openSDG) scoreByThresholds(p float64) Number {
	t := &m.result.Thresholds
	up, down := (1.3-0.95)/0.95*math.Abs(t.High), math.Abs(t.Med-t.Low)
	if !m.course.HasTarget {
		up, down = math.Abs(t.High)/3, math.Abs(t.High)*4/3
	}
	switch {
	case atLeast(p, t.High):
		return Num(2.5 + 2.5*share(p-t.High, up))
	case atLeast(p, t.Med):
		return Num(0 + 2.5*share(p-t.Med, t.High-t.Med))
	case atLeast(p, t.Low):
		return Num(-2.5 + 2.5*share(p-t.Low, t.Med-t.Low))
	}
	return Num(-2.5 - 2.5*share(t.Low-p, down))
}

// share is part ÷ whole, cut to 0..1; all of it where there is no whole.
func share(part, whole float64) float64 {
	if !(whole > 0) {
		return 1
	}
	return min(max(part/whole, 0), 1)
}

// clip cuts a number to -limit..limit.
func clip(x, limit float64) Number { return Num(min(max(x, -limit), limit)) }
