package progress

// olsVersion counts the editions of project_ols that give other figures.
const olsVersion = 1

// OLSOptions are the options of project_ols, and of project_loglinear.
type OLSOptions struct {
	PredictYear int `json:"predict_year"` // 0: the target's year
}

// OLS is the answer of project_ols.
type OLS struct {
	Prediction
	Slope        Number `json:"slope"`                  // units a year
	AtMean       Number `json:"intercept_at_mean_year"` // the line at the plain mean of the years
	SlopeSE      Number `json:"slope_se"`
	SlopeP       Number `json:"slope_p_value"` // two-sided, of "no trend"
	Scatter      Number `json:"residual_sd"`   // in the indicator's unit
	RSquared     Number `json:"r_squared"`
	DurbinWatson Number `json:"durbin_watson"` // 2 without autocorrelation
}

// ProjectOLS extends the straight line of least squares to a year to come.
//
//	y = a + c·t                 y value in the indicator's unit, t year, c units a year
//	ŷ = a + c·tp                tp the year predicted
//	SE = s·√(1 + 1/n + (tp − t̄)² ÷ Sxx),  s² = Σe² ÷ (n−2),  Sxx = Σ(t − t̄)²
//	interval = ŷ ∓ q·SE         q Student's quantile on n−2 degrees of freedom
//	P(target met) = F(d·(ŷ − T) ÷ SE)   F its distribution, d ±1, T the target
//
// Source: any textbook of regression; R's lm and predict.lm give the same digits.
// Two years give a line without interval; values exactly on a line an interval
// without width and no probability; one year alone nothing. A share may be led out
// of 0 to 100 %: project_logit_ols keeps it inside.
func ProjectOLS(s Series, t *Target, d Direction, o OLSOptions) OLS {
	l := olsLine(s.samples())
	return OLS{
		Prediction: l.predict(yearOf(o.PredictYear, t), aim{t, d}),
		Slope:      Num(l.slope), AtMean: Num(l.at(l.plainMean)),
		SlopeSE: Num(l.slopeError()), SlopeP: Num(l.slopeP()),
		Scatter: Num(l.scatter), RSquared: Num(l.rSquared), DurbinWatson: Num(l.watson),
	}
}

// olsLine is on the scale of values as they are.
func olsLine(s samples) line { return s.along(scale{identity, identity}, OutOfRange) }
