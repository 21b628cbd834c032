package progress

import "math"

// logLinearVersion counts the editions of project_loglinear that give other figures.
const logLinearVersion = 1

// LogLinear is the answer of project_loglinear.
type LogLinear struct {
	Prediction
	AnnualRate   Number `json:"annual_rate"` // a fraction per year: 0.02 is 2 % a year
	DurbinWatson Number `json:"durbin_watson"`
}

// ProjectLogLinear extends constant growth to a year to come: project_ols on the
// logarithms, turned back.
//
//	ln y = a + c·t,  annual rate = e^c − 1,  ŷ = e^(a + c·tp)
//
// ŷ is the median of what is expected, the interval lies unevenly around it, and no
// value is below zero. Without a logarithm (a value of zero or less) there is no
// answer; a target of zero or less has no probability.
func ProjectLogLinear(s Series, t *Target, d Direction, o OLSOptions) LogLinear {
	l := logLine(s.samples())
	return LogLinear{l.predict(yearOf(o.PredictYear, t), aim{t, d}), Num(math.Expm1(l.slope)), Num(l.watson)}
}

func logLine(s samples) line { return s.along(logarithmic(), NotPositive) }

// logarithmic is the scale of what grows by a rate; below it lies −∞.
func logarithmic() scale {
	return scale{func(v float64) float64 { return math.Log(max(0, v)) }, math.Exp}
}
