package progress

// A Working is the arithmetic behind a judgement: the formulas of the method, the
// numbers that one indicator puts in them and the thresholds the outcome is held
// against. It names no language: symbols are those of the method's doc comment.
type Working struct {
	Steps   []Step
	Symbols []Symbol
	Cuts    []Cut // best status first; none where levels alone decide
}

// A Step is one line of a working, such as "A = (v − b) ÷ (T − b)". The names to the
// right of the first "=" are Symbols, or results of steps before.
type Step struct {
	Formula string
	Result  Symbol // what stands to the left of "="
}

// A Symbol is a number of a working by its name.
type Symbol struct {
	Name     string
	Value    Number
	Quantity Quantity
}

// A Cut is the least number, of the last step's kind, that gives a status.
type Cut struct {
	Status Status
	Least  float64
	// Most is set instead where less is better.
	Most     float64
	Upward   bool // Least counts, else Most
	Strict   bool // Most itself gives a worse status
	Quantity Quantity
}

// A Quantity says what a number counts, and so how it is written.
type Quantity string

// The quantities.
const (
	InUnit  Quantity = "unit"   // the indicator's unit
	PerYear Quantity = "change" // the indicator's unit per year
	Growth  Quantity = "growth" // a fraction per year
	Ratio   Quantity = "ratio"  // a share or quotient
	Percent Quantity = "percent"
	Years   Quantity = "years"
	Sign    Quantity = "sign" // +1 or -1
)

// sheet is a working in the making.
type sheet struct{ Working }

func (s *sheet) symbol(name string, value float64, q Quantity) {
	s.Symbols = append(s.Symbols, Symbol{name, Num(value), q})
}

func (s *sheet) step(name string, q Quantity, formula string, result Number) {
	s.Steps = append(s.Steps, Step{name + " = " + formula, Symbol{name, result, q}})
}

func (s *sheet) least(status Status, x float64, q Quantity) {
	s.Cuts = append(s.Cuts, Cut{Status: status, Least: x, Upward: true, Quantity: q})
}

func (s *sheet) most(status Status, x float64, q Quantity) {
	s.Cuts = append(s.Cuts, Cut{Status: status, Most: x, Quantity: q})
}

// below is most, that number itself excluded.
func (s *sheet) below(status Status, x float64, q Quantity) {
	s.Cuts = append(s.Cuts, Cut{Status: status, Most: x, Strict: true, Quantity: q})
}

func workAchievement(c *Case, o *AchievementOptions) Working {
	v := AchievementRate(*c, *o)
	var s sheet
	s.least(OnTrack, o.OnTrack, Ratio)
	s.least(Behind, o.Behind, Ratio)
	s.least(FarBehind, 0, Ratio)
	switch {
	case c.Stages:
		s.Cuts = nil
		return s.Working
	case c.Ceiling > 0:
		s.symbol("v", c.Latest.Value, InUnit)
		s.symbol("T", c.Target.Value, InUnit)
		s.symbol("k", c.Ceiling, Ratio)
		s.step("e", InUnit, "T × k", v.ExpectedValue)
		s.step("S", Ratio, "e ÷ v", v.OnSchedule)
		return s.Working
	case !v.Achievement.Valid:
		s.Cuts = nil
		return s.Working
	}
	b := c.Baseline.Value
	s.symbol("b", b, InUnit)
	if c.Covered > 0 {
		s.symbol("w", c.Latest.Value, InUnit)
		s.symbol("k", c.Covered, Ratio)
		s.step("v", InUnit, "w ÷ k", Num(c.value()))
	} else {
		s.symbol("v", c.Latest.Value, InUnit)
	}
	if c.Target.Range {
		s.symbol("D0", c.Target.distance(b), InUnit)
		s.symbol("D", c.Target.distance(c.value()), InUnit)
		s.step("A", Ratio, "1 − D ÷ D0", v.Achievement)
		if v.Expected.Valid {
			s.symbol("E", v.Expected.Value, Ratio)
		}
	} else {
		s.symbol("T", c.Target.Value, InUnit)
		s.step("A", Ratio, "(v − b) ÷ (T − b)", v.Achievement)
		if e := c.expectedNow(v); e.Valid && v.Expected.Valid {
			s.symbol("e", e.Value, InUnit)
			s.step("E", Ratio, "(e − b) ÷ (T − b)", v.Expected)
		}
	}
	if v.OnSchedule.Valid {
		s.step("S", Ratio, "A ÷ E", v.OnSchedule)
	}
	return s.Working
}

// expectedNow is e, comparable with v: of a sum so far, for its whole period.
func (c *Case) expectedNow(v Verdict) Number {
	if c.Covered > 0 && v.ExpectedValue.Valid {
		return Num(v.ExpectedValue.Value / c.Covered)
	}
	return v.ExpectedValue
}

// growthSteps writes the base, the last reading and the growth between them.
func (s *sheet) growthSteps(base, last Reading, g Number) {
	s.symbol("b", base.Value, InUnit)
	s.symbol("v", last.Value, InUnit)
	s.symbol("n", float64(last.Year-base.Year), Years)
	s.step("g", Growth, "(v ÷ b)^(1 ÷ n) − 1", g)
}

// requiredStep writes the growth that would meet the target in its year.
func (s *sheet) requiredStep(c *Course, base Reading, r Number) {
	s.symbol("T", c.Target.Value, InUnit)
	s.symbol("m", c.yearsTo(base), Years)
	s.step("r", Growth, "(T ÷ b)^(1 ÷ m) − 1", r)
}

func workOpenSDG(c *Case, o *OpenSDGCuts) Working {
	r := OpenSDG(c.Course, o.options())
	var s sheet
	if !r.Progress.Valid {
		return s.Working
	}
	d := float64(c.Course.Direction)
	if r.Base.Value < 0 {
		d = -d
	}
	q := Growth
	s.growthSteps(r.Base, r.Current, growthBetween(r.Base, r.Current))
	s.symbol("d", d, Sign)
	if c.Course.HasTarget {
		q = Ratio
		s.requiredStep(&c.Course, r.Base, growth(r.Base.Value, c.Course.Target.Value, c.Course.yearsTo(r.Base)))
		s.step("p", q, "d × g ÷ |r|", r.Progress)
	} else {
		s.step("p", q, "d × g", r.Progress)
	}
	s.least(OnTrack, r.Thresholds.High, q)
	s.least(Behind, r.Thresholds.Med, q)
	s.least(FarBehind, r.Thresholds.Low, q)
	return s.Working
}

func workEurostatTarget(c *Case, o *EurostatTargetOptions) Working {
	r := EurostatTarget(c.Course, *o)
	var s sheet
	if !r.Ratio.Valid {
		return s.Working
	}
	base, last, _ := c.Course.ends()
	s.growthSteps(base, last, r.Observed)
	s.requiredStep(&c.Course, base, r.Required)
	s.symbol("d", float64(c.Course.Direction), Sign)
	s.step("R", Ratio, "d × g ÷ |r|", r.Ratio)
	s.least(OnTrack, o.Significant, Ratio)
	s.least(Behind, o.Moderate, Ratio)
	s.least(FarBehind, o.Insufficient, Ratio)
	return s.Working
}

func workEurostatNoTarget(c *Case, o *EurostatNoTargetOptions) Working {
	course := c.Course
	course.HasTarget = false
	r := EurostatNoTarget(course, *o)
	var s sheet
	if !r.Desired.Valid {
		return s.Working
	}
	base, last, _ := course.ends()
	s.growthSteps(base, last, r.Observed)
	s.symbol("d", float64(course.Direction), Sign)
	s.step("p", Growth, "d × g", r.Desired)
	s.least(OnTrack, o.Significant, Growth)
	s.least(Behind, o.Moderate, Growth)
	return s.Working
}

func workGap(c *Case, _ *struct{}) Working {
	base, predicted, g := c.gap()
	var s sheet
	if !g.Percent.Valid || !predicted.Valid {
		return s.Working
	}
	s.symbol("b", base.Value, InUnit)
	s.symbol("x", predicted.Value, InUnit)
	s.symbol("T", c.Course.Target.Value, InUnit)
	if g.Percent.Value == 0 {
		s.step("P", Percent, "0", g.Percent)
	} else {
		s.step("P", Percent, "100 × |T − x| ÷ |T − b|", g.Percent)
	}
	s.most(OnTrack, 10, Percent)
	s.most(Behind, 100, Percent)
	return s.Working
}

func workUNSD(c *Case, _ *struct{}) Working {
	r := UNSDProgressChart(c.Course, UNSDOptions{Scale: c.Scale})
	var s sheet
	if !r.Growth.Valid {
		return s.Working
	}
	s.growthSteps(r.Base, r.Last, r.Growth)
	if !c.Course.HasTarget {
		s.symbol("d", float64(c.Course.Direction), Sign)
		s.step("p", Growth, "d × g", Num(float64(c.Course.Direction)*r.Growth.Value))
		s.least(OnTrack, 0.02, Growth)
		s.least(Behind, 0.005, Growth)
		return s.Working
	}
	if !r.Ratio.Valid {
		return s.Working
	}
	s.symbol("T", c.Course.Target.Value, InUnit)
	s.symbol("h", c.Course.yearsTo(r.Last), Years)
	s.symbol("d", float64(c.Course.Direction), Sign)
	s.step("x", InUnit, "v × (1 + g)^h", r.Expected)
	s.step("R", Ratio, "d × (x − b) ÷ |T − b|", r.Ratio)
	s.least(OnTrack, 0.95, Ratio)
	s.least(Behind, 0.10, Ratio)
	return s.Working
}

func workWeather(c *Case, o *WeatherWindow) Working {
	r := WeatherStatus(c.Course, WeatherOptions{c.Course.Direction == Maintain, o.WindowPoints, o.MinPoints})
	var s sheet
	if !r.Change.Valid {
		return s.Working
	}
	window := c.Course.Series[max(0, len(c.Course.Series)-max(o.WindowPoints, 2)):]
	first, last := window[0], window[len(window)-1]
	s.symbol("u", first.Value, InUnit)
	s.symbol("v", last.Value, InUnit)
	s.symbol("n", float64(last.Year-first.Year), Years)
	s.step("a", PerYear, "(v − u) ÷ n", r.Change)
	if !r.Missed.Valid {
		return s.Working
	}
	d, t := c.Course.edge(last.Value)
	s.symbol("T", t, InUnit)
	s.symbol("h", max(0, c.Course.yearsTo(last)), Years)
	s.symbol("d", d, Sign)
	s.step("x", InUnit, "v + a × h", r.Projected)
	s.step("M", Ratio, "max(0, d × (T − x)) ÷ |T − v|", r.Missed)
	s.below(OnTrack, 0.05, Ratio)
	s.most(Behind, 0.20, Ratio)
	return s.Working
}
