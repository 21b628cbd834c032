package progress

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
