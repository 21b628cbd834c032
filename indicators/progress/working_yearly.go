package progress

// growthSteps writes the base, the last reading and the growth between them.
func (s *sheet) growthSteps(base, last Reading, g Number) {
	s.reading("b", base)
	s.reading("v", last)
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
	r := OpenSDG(c.Course, o.options(&c.Course))
	var s sheet
	if !r.Progress.Valid {
		return s.Working
	}
	q, sign := Growth, ""
	s.growthSteps(r.Base, r.Current, growthBetween(r.Base, r.Current))
	s.symbol("d", float64(c.Course.Direction), Sign)
	if r.Base.Value < 0 { // growth of a negative value is movement away from zero
		sign = "σ × "
		s.symbol("σ", -1, Sign)
	}
	if c.Course.HasTarget {
		q = Ratio
		s.requiredStep(&c.Course, r.Base, growth(r.Base.Value, c.Course.Target.Value, c.Course.yearsTo(r.Base)))
		s.step("p", q, sign+"d × g ÷ |r|", r.Progress)
	} else {
		s.step("p", q, sign+"d × g", r.Progress)
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
	s.reading("b", base)
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
	window := c.Course.window(o.WindowPoints)
	first, last := window[0], window[len(window)-1]
	s.reading("u", first)
	s.reading("v", last)
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
