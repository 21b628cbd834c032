package progress

import (
	"cmp"
	"math"
	"slices"
)

// A Prediction is what a line through the past says about one period to come: the
// value (with logarithms and logits the median), the intervals in which a new value
// lies with 80 and 95 % probability, and the probability that it meets the target.
// All of them suppose that the trend goes on and that values scatter around it
// independently, which yearly figures seldom quite do.
type Prediction struct {
	Value       Number `json:"predicted_value"` // in the indicator's unit, as are the intervals
	Low80       Number `json:"pi80_lower"`
	High80      Number `json:"pi80_upper"`
	Low95       Number `json:"pi95_lower"`
	High95      Number `json:"pi95_upper"`
	Probability Number `json:"probability_target_met"`
	DF          int    `json:"df"` // degrees of freedom: n-2
	Reason      Reason `json:"reason,omitempty"`
}

// A scale is the transformation under which a model is a straight line.
type scale struct {
	to, from func(float64) float64
}

func identity(v float64) float64 { return v }

// A line is a straight line through values on a scale, fitted once and read at any
// time. Student's quantiles, which depend only on its degrees of freedom, cost more
// than all the rest of a reading.
type line struct {
	regression
	in       scale
	t80, t95 float64
	refused  Reason // why there is none
}

// along fits the line; refused is the reason where a value has no place on the scale.
func (s samples) along(in scale, refused Reason) line {
	on, ok := s.through(in.to)
	if !ok {
		return noLine(refused)
	}
	l := line{regression: regress(on, nil), in: in}
	df := float64(l.df())
	l.t80, l.t95 = studentQuantile(0.9, df), studentQuantile(0.975, df)
	return l
}

// An aim is what a prediction gives the probability of; the zero one asks for none.
type aim struct {
	target    *Target
	direction Direction
}

func noLine(why Reason) line {
	return line{regression: regression{slope: math.NaN(), watson: math.NaN()}, refused: why}
}

// predict reads the line at time x.
func (l *line) predict(x float64, a aim) Prediction {
	if l.refused != "" {
		return Prediction{Reason: l.refused}
	}
	in := l.in
	p := Prediction{DF: l.df(), Value: Num(in.from(l.at(x)))}
	switch {
	case l.n < 2:
		p.Reason = TooFewValues
		return p
	case math.IsNaN(l.slope):
		p.Reason = OnePeriod
		return p
	case math.IsNaN(x):
		p.Reason = NoTarget
		return p
	case !p.Value.Valid:
		p.Reason = OutOfRange
		return p
	case l.n < 3:
		p.Reason = TooFewValues // for an interval
		return p
	}
	centre, se := l.at(x), l.errorAt(x)
	p.Low80, p.High80 = Num(in.from(centre-l.t80*se)), Num(in.from(centre+l.t80*se))
	p.Low95, p.High95 = Num(in.from(centre-l.t95*se)), Num(in.from(centre+l.t95*se))
	switch {
	case se == 0:
		p.Reason = NoScatter
		return p
	case !p.Low80.Valid || !p.High80.Valid || !p.Low95.Valid || !p.High95.Valid:
		p.Reason = OutOfRange // of the interval
	}
	p.Probability = a.probability(centre, se, float64(l.df()), in)
	return p
}

// probability is the share of Student's distribution around centre that meets the
// target. It is null where the model gives a target no place, such as 0 among
// logarithms, and where one exact value is to be hit.
func (a aim) probability(centre, se, df float64, in scale) Number {
	t := a.target
	if t == nil {
		return Number{}
	}
	upTo := func(v float64) float64 { return studentCDF((in.to(v)-centre)/se, df) }
	place := in.to(t.Value)
	switch {
	case t.Range:
		return Num(upTo(t.High) - upTo(t.Low))
	case math.IsInf(place, 0):
		return Number{}
	case t.Upward(a.direction):
		return Num(studentCDF((centre-place)/se, df))
	case t.downward(a.direction):
		return Num(studentCDF((place-centre)/se, df))
	}
	return Number{}
}

// downward tells whether less is never too much.
func (t *Target) downward(d Direction) bool {
	if t.Range {
		return false
	}
	return t.Comparison == AtMost || t.Comparison == Below || t.Comparison == "" && d == Decrease
}

// samples are the finite values of the series by year. NewSeries leaves nothing to
// sort or drop; a series made by hand may.
func (s Series) samples() samples {
	both := make([]float64, 0, 2*len(s))
	sorted := slices.IsSortedFunc(s, byYear)
	if !sorted {
		s = slices.Clone(s)
		slices.SortStableFunc(s, byYear)
	}
	x, y := both[:0:len(s)], both[len(s):len(s)]
	for _, r := range s {
		if !math.IsNaN(r.Value) && !math.IsInf(r.Value, 0) {
			x, y = append(x, float64(r.Year)), append(y, r.Value)
		}
	}
	return samples{x, y}
}

func byYear(a, b Reading) int { return cmp.Compare(a.Year, b.Year) }

// yearOf is the year to predict: the one asked for, or the target's; NaN is none.
func yearOf(asked int, t *Target) float64 {
	switch {
	case asked != 0:
		return float64(asked)
	case t != nil:
		return inYears(t.Month)
	}
	return math.NaN()
}
