package progress

import "math"

// logitVersion counts the editions of project_logit_ols that give other figures.
const logitVersion = 1

// LogitOptions are the options of project_logit_ols.
type LogitOptions struct {
	PredictYear int     `json:"predict_year"` // 0: the target's year
	Scale       float64 `json:"scale"`        // the whole of a share: 100 of a percentage, 1 of a fraction
}

// Logit is the answer of project_logit_ols.
type Logit struct {
	Prediction
	Slope        Number `json:"slope"` // of the logit, per year
	DurbinWatson Number `json:"durbin_watson"`
}

// ProjectLogit extends the growth of a share that slows down near 0 and near the
// whole: project_ols on the logits, turned back.
//
//	logit y = ln(y ÷ (K − y)) = a + c·t,  ŷ = K ÷ (1 + e^−(a + c·tp))     K the scale
//
// ŷ is the median of what is expected, and all of the interval lies strictly
// between 0 and K. Values must lie so too, else there is no answer. A target at 0
// or K, which such a curve never quite reaches, has no probability.
func ProjectLogit(s Series, t *Target, d Direction, o LogitOptions) Logit {
	l := logitLine(s.samples(), o.Scale)
	return Logit{l.predict(yearOf(o.PredictYear, t), aim{t, d}), Num(l.slope), Num(l.watson)}
}

func logitLine(s samples, whole float64) line {
	if !(whole > 0) || math.IsInf(whole, 0) {
		return noLine(BadOption)
	}
	return s.along(logistic(whole), OutsideScale)
}

// logistic is the scale of shares of a whole; beyond its ends lie −∞ and ∞.
func logistic(whole float64) scale {
	return scale{
		to:   func(v float64) float64 { return math.Log(max(0, v) / max(0, whole-v)) },
		from: func(z float64) float64 { return whole / (1 + math.Exp(-z)) },
	}
}
