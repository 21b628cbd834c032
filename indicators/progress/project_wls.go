package progress

import "math"

// wlsVersion counts the editions of project_wls_time that give other figures.
const wlsVersion = 1

// WLSOptions are the options of project_wls_time.
type WLSOptions struct {
	PredictYear int       `json:"predict_year"`
	Weights     []float64 `json:"weights,omitempty"` // by year, all above 0; none: those of timeWeights
}

// WLS is the answer of project_wls_time. It has no interval: the weights say which
// years matter, not how exactly their values are known.
type WLS struct {
	Value    Number `json:"predicted_value"`
	Slope    Number `json:"slope"`                  // units a year
	AtMean   Number `json:"intercept_at_mean_year"` // the line at the plain mean of the years
	SlopeSE  Number `json:"slope_se"`
	SlopeP   Number `json:"slope_p_value"` // two-sided, of "no trend"
	Scatter  Number `json:"residual_sd"`
	RSquared Number `json:"r_squared"` // by weight
	DF       int    `json:"df"`
	Reason   Reason `json:"reason,omitempty"`
}

// ProjectWLS extends a line that follows recent years more closely.
//
//	minimise Σ w·(y − a − c·t)²           t̄w the mean year by weight
//	s² = Σ w·e² ÷ (n−2),  SE(c) = s ÷ √(Σ w·(t − t̄w)²)
//
// Source: UN ESCAP, SD/WP/05 (2017), whose weights are those of timeWeights. The same line,
// errors and p-value come from R's lm with weights.
func ProjectWLS(s Series, o WLSOptions) WLS {
	return weightedLine(s.samples(), yearOf(o.PredictYear, nil), o.Weights)
}

func weightedLine(s samples, x float64, weights []float64) WLS {
	if math.IsNaN(x) {
		return WLS{Reason: NoTarget}
	}
	if weights == nil {
		weights = timeWeights(s.x, x)
	}
	if len(weights) != s.len() {
		return WLS{Reason: BadOption}
	}
	for _, w := range weights {
		if !(w > 0) || math.IsInf(w, 0) {
			return WLS{Reason: BadOption}
		}
	}
	r := regress(s, weights)
	p := WLS{
		Value: Num(r.at(x)), Slope: Num(r.slope), AtMean: Num(r.at(r.plainMean)),
		SlopeSE: Num(r.slopeError()), SlopeP: Num(r.slopeP()),
		Scatter: Num(r.scatter), RSquared: Num(r.rSquared), DF: r.df(),
	}
	switch {
	case r.n < 2:
		p.Reason = TooFewValues
	case math.IsNaN(r.slope):
		p.Reason = OnePeriod
	case !p.Value.Valid:
		p.Reason = OutOfRange
	}
	return p
}

// timeWeights grow towards the year predicted: (tp − t1) ÷ (tp − t), t1 the first
// year; 1 for that one. They suppose that tp is later than all of them.
func timeWeights(x []float64, predicted float64) []float64 {
	weights := make([]float64, len(x))
	for n := range x {
		weights[n] = (predicted - x[0]) / (predicted - x[n])
	}
	return weights
}
