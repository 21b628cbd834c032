package progress

import "slices"

// ProjectionVersion counts the editions of Project that give other figures.
const ProjectionVersion = 1

// A Past is what a projection extends: the values of whole periods, and the months
// at whose end a value of a new definition begins (SDMX status B).
type Past struct {
	Points []Point
	Breaks []int // months, as of Points
}

// ProjectionOptions say which model a projection follows and when it refuses.
type ProjectionOptions struct {
	Nature     Nature  `json:"nature"`
	Scale      float64 `json:"scale,omitempty"`       // the whole of a share: 100 of a percentage
	Model      Model   `json:"model,omitempty"`       // empty: the one of the nature
	MinPoints  int     `json:"min_points"`            // for an interval
	MaxHorizon float64 `json:"max_horizon_over_span"` // the time ahead over the time known
	Low        Number  `json:"low"`                   // what the indicator can be at least,
	High       Number  `json:"high"`                  // and at most; null: as its nature says
}

// DefaultProjection is the "project" configuration for a nature.
func DefaultProjection(n Nature, scale float64) ProjectionOptions {
	return ProjectionOptions{Nature: n, Scale: scale, MinPoints: 5, MaxHorizon: 1}
}

// A Warning says what makes a projection weaker than it looks.
type Warning string

// The warnings.
const (
	ShortSeries    Warning = "short_series"     // fewer than 10 values
	Autocorrelated Warning = "autocorrelated"   // neighbours err alike: the interval is too narrow
	SeriesBreak    Warning = "break"            // values before a break are left out
	ModelReplaced  Warning = "model_replaced"   // a value at 0 or at the whole: linear in its place
	TargetOffModel Warning = "target_off_model" // a target that the curve never quite reaches: no probability
	SeasonsMixed   Warning = "seasons_mixed"    // values of all seasons: too few of one
)

// Warnings lists them.
func Warnings() []Warning {
	return []Warning{ShortSeries, Autocorrelated, SeriesBreak, ModelReplaced, TargetOffModel, SeasonsMixed}
}

// A Projection is where the trend leads by the target's month. It stands beside the
// status and never feeds it.
type Projection struct {
	Model       Model     `json:"model"`
	Value       Number    `json:"value"` // the median, in the indicator's unit
	Low80       Number    `json:"low80"`
	High80      Number    `json:"high80"`
	Low95       Number    `json:"low95"`
	High95      Number    `json:"high95"`
	Probability Number    `json:"probability"` // of meeting the target, if the trend goes on
	Points      int       `json:"points"`      // values used
	Warnings    []Warning `json:"warnings"`

	// Reason says why there is no value or, where there is one, no interval.
	Reason  Reason  `json:"reason,omitempty"`
	Version int     `json:"version"` // edition of these rules
	Span    int     `json:"-"`       // months from the first value used to the last
	Horizon int     `json:"-"`       // months from there to the target
	Watson  Number  `json:"-"`       // Durbin-Watson, on the scale of the model
	Robust  *Robust `json:"-"`       // nil where the projection is refused
}

// Robust is what methods that one bad survey does not bend say of the same values.
type Robust struct {
	TheilSen    TheilSen
	MannKendall MannKendall
}

const (
	minForLine = 3
	shortBelow = 10

	// A Durbin-Watson below this does not rule out positive autocorrelation: the
	// upper bound of the 5 % test is 1.3 to 1.4 for 8 to 20 values (Savin and White,
	// 1977). Neighbouring values count as neighbours, whatever the gap between them.
	watsonBelow = 1.4
)

// KnowsProjection tells whether ProjectBy can run a version.
func KnowsProjection(version int) bool { return version == ProjectionVersion }

// ProjectBy is Project as a version of it had it. A later version stands beside the earlier
// ones, which stay runnable: what was projected by them can be projected again. One that is
// not known here projects nothing.
func ProjectBy(version int, past Past, t *Target, d Direction, o ProjectionOptions) Projection {
	if version == ProjectionVersion {
		return Project(past, t, d, o)
	}
	return Projection{Version: version, Model: o.ModelOf(), Warnings: []Warning{}}
}

// Project extends the past to the target's month, by the model of the indicator's
// nature, with Theil-Sen and Mann-Kendall beside it. Time is counted in months from
// end of period to end of period. It refuses, with a reason, without a target, with
// two values of one period or fewer than three values, for a target that the values
// have come up with, for a time ahead longer than the time known, and where the
// line leaves what the indicator can be; it gives no interval to fewer than five
// values. Series that swing with the seasons are to be given one season at a time.
func Project(past Past, t *Target, d Direction, o ProjectionOptions) Projection {
	s, broken := past.usable()
	curve := o.follow(s)
	p := curve.forecast(t, d)
	if broken {
		p.Warnings = append(p.Warnings, SeriesBreak)
	}
	if !p.Value.Valid {
		return p
	}
	p.Robust = &Robust{theilSen(s, inYears(t.Month), 0.95), mannKendall(s)}
	if v := &p.Robust.TheilSen; v.Value.Valid && !curve.bounds.hold(v.Value.Value) {
		v.Value, v.Reason = Number{}, BeyondLimits
	}
	return p
}

// forecast is the projection without what stands beside it.
func (r *trend) forecast(t *Target, d Direction) Projection {
	p := Projection{Version: ProjectionVersion, Model: r.model, Points: r.len(), Warnings: []Warning{}}
	if r.replaced {
		p.Warnings = append(p.Warnings, ModelReplaced)
	}
	if p.Reason = p.refusal(r.samples, t, r.options); p.Reason != "" {
		return p
	}
	q, bounds := r.line.predict(inYears(t.Month), aim{t, d}), r.bounds
	p.Value, p.Reason, p.Watson = q.Value, q.Reason, Num(r.line.watson)
	switch {
	case !p.Value.Valid:
		return p
	case !bounds.hold(p.Value.Value):
		p.Value, p.Reason = Number{}, BeyondLimits
		return p
	}
	if p.Points < shortBelow {
		p.Warnings = append(p.Warnings, ShortSeries)
	}
	if p.Watson.Valid && p.Watson.Value < watsonBelow {
		p.Warnings = append(p.Warnings, Autocorrelated)
	}
	switch {
	case p.Points < r.options.MinPoints:
		p.Reason = TooFewValues
	case q.Reason == "":
		p.Low80, p.High80 = bounds.cut(q.Low80), bounds.cut(q.High80)
		p.Low95, p.High95 = bounds.cut(q.Low95), bounds.cut(q.High95)
		p.Probability = q.Probability
		if !p.Probability.Valid && (t.Upward(d) || t.downward(d)) {
			p.Warnings = append(p.Warnings, TargetOffModel)
		}
	}
	return p
}

// refusal says why the values do not bear a line to the target, and fills in how
// far they reach.
func (p *Projection) refusal(s samples, t *Target, o ProjectionOptions) Reason {
	switch {
	case t == nil:
		return NoTarget
	case !slices.Contains(Models(), p.Model):
		return BadOption
	case s.repeated():
		return RepeatedPeriod
	case s.len() < minForLine:
		return TooFewValues
	}
	last := inMonths(s.last())
	p.Span, p.Horizon = last-inMonths(s.x[0]), t.Month-last
	switch {
	case p.Horizon <= 0:
		return HorizonPassed
	case float64(p.Horizon) > o.MaxHorizon*float64(p.Span):
		return HorizonTooLong
	}
	return ""
}
