package progress

import (
	"cmp"
	"math"
	"slices"
)

// A Nature is what an indicator can be, and so which curve it may follow.
type Nature string

// The natures.
const (
	Share    Nature = "share"    // between 0 and a whole: logit
	Positive Nature = "positive" // never below zero: loglinear
	Other    Nature = "other"    // linear
)

// A Model is a curve that a projection follows.
type Model string

// The models, each with the method of its name.
const (
	Linear        Model = "linear"    // project_ols
	LogLinearRate Model = "loglinear" // project_loglinear
	LogitShare    Model = "logit"     // project_logit_ols
)

// Models lists them.
func Models() []Model { return []Model{Linear, LogLinearRate, LogitShare} }

// ModelOf is the model asked for or, where none is, that of the nature.
func (o *ProjectionOptions) ModelOf() Model {
	switch {
	case o.Model != "":
		return o.Model
	case o.Nature == Share:
		return LogitShare
	case o.Nature == Positive:
		return LogLinearRate
	}
	return Linear
}

// model is the one asked for or that of the nature; linear where a value has no
// place in it.
func (o *ProjectionOptions) model(s samples) (m Model, replaced bool) {
	m = o.ModelOf()
	for _, v := range s.y {
		if m == LogitShare && !(v > 0 && v < o.Scale) || m == LogLinearRate && !(v > 0) {
			return Linear, true
		}
	}
	return m, false
}

// A trend is a series and the curve that it follows, ready to be read at any time.
type trend struct {
	samples
	options  ProjectionOptions
	model    Model
	replaced bool // a value has no place in the model asked for
	bounds   limits
	line     line
}

// follow fits the model of a series.
func (o ProjectionOptions) follow(s samples) trend {
	r := trend{samples: s, options: o, bounds: o.limits(s)}
	r.model, r.replaced = o.model(s)
	switch r.model {
	case LogitShare:
		r.line = logitLine(s, o.Scale)
	case LogLinearRate:
		r.line = logLine(s)
	default:
		r.line = olsLine(s)
	}
	return r
}

// limits are what an indicator can be. They are those of its nature, unless a value
// of its own has been beyond them.
type limits struct{ low, high float64 }

func (o *ProjectionOptions) limits(s samples) limits {
	l := limits{math.Inf(-1), math.Inf(1)}
	if o.Nature == Share || o.Nature == Positive {
		l.low = 0
	}
	if o.Nature == Share {
		l.high = o.Scale
	}
	if o.Low.Valid {
		l.low = max(l.low, o.Low.Value)
	}
	if o.High.Valid {
		l.high = min(l.high, o.High.Value)
	}
	for _, v := range s.y {
		if !l.hold(v) {
			return limits{math.Inf(-1), math.Inf(1)}
		}
	}
	return l
}

func (l limits) hold(v float64) bool { return l.low <= v && v <= l.high }

func (l limits) cut(n Number) Number {
	if !n.Valid {
		return n
	}
	return Num(min(max(n.Value, l.low), l.high))
}

// usable are the values since the last break, by time in years.
func (p *Past) usable() (s samples, broken bool) {
	points := byMonth(p.Points)
	from := 0
	for _, month := range p.Breaks {
		first, _ := slices.BinarySearchFunc(points, month, func(v Point, m int) int { return cmp.Compare(v.Month, m) })
		if first < len(points) {
			from = max(from, first)
		}
	}
	points = points[from:]
	s = samples{make([]float64, len(points)), make([]float64, len(points))}
	for n, v := range points {
		s.x[n], s.y[n] = inYears(v.Month), v.Value
	}
	return s, from > 0
}

// inYears is the end of a month in years: that of December 2020 is 2020.
func inYears(month int) float64 { return float64(month)/12 - 1 }

func inMonths(year float64) int { return int(math.Round((year + 1) * 12)) }
