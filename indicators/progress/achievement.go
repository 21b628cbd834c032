package progress

// A Verdict is the outcome of a method. Shares are of the way from baseline to
// target: 0 at the baseline, 1 at the target, below 0 when moving away.
type Verdict struct {
	Achievement   Number // share of the way covered, uncapped
	Expected      Number // share that the path asks for at the time of the value
	ExpectedValue Number // the same in the indicator's unit
	OnSchedule    Number // Achievement ÷ Expected
	Status        Status
	Reason        Reason
}

// AchievementOptions are the bands of the on-schedule ratio: from OnTrack on a
// value is on track, from Behind on behind, below far behind.
type AchievementOptions struct {
	OnTrack float64 `json:"on_track"`
	Behind  float64 `json:"behind"`
}

// DefaultAchievement are Eurostat's cuts, re-used: 0.95 and 0.60.
func DefaultAchievement() AchievementOptions { return AchievementOptions{OnTrack: 0.95, Behind: 0.60} }

// AchievementRate is the achievement rate against the path expected by now, the
// language of results frameworks (World Bank, UNDP, EU Cohesion SFC2014).
//
//	A = (v − b) ÷ (T − b)       achievement: b baseline, v value, T target, one unit
//	E = (e − b) ÷ (T − b)       expected: e the path's value at the time of v
//	S = A ÷ E                   on schedule
//
// For a range, A = 1 − D(v) ÷ D(b), D the distance to the band. The signs cancel,
// so one formula serves increase and decrease, and no level is divided by: zero
// and negative values are fine. The ratio is null where the baseline already
// meets a threshold or equals the target: then the level alone decides. Once the
// target's period is over its own value decides, achieved or missed.
func AchievementRate(c Case, o AchievementOptions) Verdict {
	switch {
	case !c.HasTarget:
		return Verdict{Status: NotAssessable, Reason: NoTarget}
	case !c.HasLatest && c.Over:
		return Verdict{Status: NotAssessable, Reason: NoValueAtHorizon}
	case !c.HasLatest:
		return Verdict{Status: NotAssessable, Reason: NoValue}
	}
	v := Verdict{}
	if c.Broken {
		v.Status, v.Reason = NotAssessable, BrokenSeries
	} else if c.Stages {
		v = c.staged()
	} else if c.Ceiling > 0 {
		v = c.underCeiling(o)
	} else if c.HasBaseline && c.Latest.Month > c.Baseline.Month {
		v = c.judge(o)
	} else if v.Status, v.Reason = NotAssessable, NoValueSinceBaseline; !c.HasBaseline {
		v.Reason = NoBaseline
	}
	return c.atHorizon(v)
}

// judge compares the value with baseline, path and target, whatever the day.
func (c *Case) judge(o AchievementOptions) Verdict {
	met := c.Target.Met(c.value(), c.Direction)
	switch b, t := c.Baseline.Value, &c.Target; {
	case (t.Range || t.Comparison != "") && t.Met(b, c.Direction):
		return c.levelOnly(met, MetAtBaseline)
	case !t.Range && b == t.Value:
		return c.levelOnly(met, BaselineEqualsTarget)
	case !t.Range && c.Direction != Maintain && t.Comparison == "" && (t.Value > b) != (c.Direction == Increase):
		return Verdict{Status: NotAssessable, Reason: InvalidTargetDirection}
	}
	v := c.ratios()
	switch {
	case met:
		v.Status, v.Reason = Achieved, TargetMet
	case !v.Achievement.Valid:
		v.Status, v.Reason = NotAssessable, NoValue
	case v.Achievement.Value < 0:
		v.Status, v.Reason = Regressed, MovedAway
	default:
		v.Status, v.Reason = o.band(v.OnSchedule)
	}
	return v
}

// underCeiling holds a sum so far against what it may be by now. There is no way to
// cover, so that no achievement is given.
func (c *Case) underCeiling(o AchievementOptions) Verdict {
	v := Verdict{ExpectedValue: Num(c.Target.Value * c.Ceiling)}
	if c.Latest.Value > 0 && v.ExpectedValue.Valid {
		v.OnSchedule = Num(v.ExpectedValue.Value / c.Latest.Value)
	}
	v.Status, v.Reason = o.band(v.OnSchedule)
	return v
}

// band is the status of an on-schedule ratio; without one, nothing is asked for yet.
func (o AchievementOptions) band(s Number) (Status, Reason) {
	switch {
	case !s.Valid || reaches(s.Value, 1):
		return OnTrack, AbovePath
	case reaches(s.Value, o.OnTrack):
		return OnTrack, NearPath
	case reaches(s.Value, o.Behind):
		return Behind, BelowPath
	}
	return FarBehind, BelowPath
}

// reaches tells whether a ratio is at least a cut. What floating-point arithmetic
// takes off a ratio that is exactly the cut in decimals does not count.
func reaches(ratio, cut float64) bool { return ratio >= cut*(1-1e-12) }

// value is the latest value; of a sum so far, what it comes to at its pace.
func (c *Case) value() float64 {
	if c.Covered > 0 {
		return c.Latest.Value / c.Covered
	}
	return c.Latest.Value
}

func (c *Case) levelOnly(met bool, reason Reason) Verdict {
	switch {
	case met:
		return Verdict{Status: Achieved, Reason: reason}
	case c.value() == c.Baseline.Value: // at the edge that "above" and "below" exclude
		return Verdict{Status: FarBehind, Reason: reason}
	}
	return Verdict{Status: Regressed, Reason: reason}
}

// ratios computes the shares. S is null where the path asks for no way: at the
// baseline, and where milestones lead away from the target for a while.
func (c *Case) ratios() Verdict {
	v := c.wayCovered()
	if c.Averaged || c.Covered > 0 {
		v.Expected = Num(1)
	}
	if c.Covered > 0 && v.ExpectedValue.Valid {
		v.ExpectedValue = Num(v.ExpectedValue.Value * c.Covered)
	}
	if v.Expected.Valid && v.Expected.Value > 0 && v.Achievement.Valid {
		v.OnSchedule = Num(v.Achievement.Value / v.Expected.Value)
	}
	return v
}

// wayCovered is the share of the way that is covered, and the one that is expected.
func (c *Case) wayCovered() Verdict {
	v, b, t := Verdict{}, c.Baseline.Value, &c.Target
	month := c.Latest.Month
	if c.Averaged || c.Covered > 0 {
		month = t.Month // all of the way, from the first period on
	}
	straight := Path{From: Point{c.Baseline.Month, 0}, To: Point{t.Month, 1}}
	v.Expected = straight.At(month)
	if t.Range {
		far := t.distance(b)
		v.Achievement = AttainRange(Num(b), Num(c.value()), t.Low, t.High).Achievement
		if v.Expected.Valid && b < t.Low {
			v.ExpectedValue = Num(t.Low - far*(1-v.Expected.Value))
		} else if v.Expected.Valid {
			v.ExpectedValue = Num(t.High + far*(1-v.Expected.Value))
		}
		return v
	}
	way := Path{From: c.Baseline, To: Point{t.Month, t.Value}, Milestones: c.Milestones}
	v.Achievement = Attain(Num(b), Num(t.Value), Num(c.value()), Maintain).Achievement // judge has looked at the side
	v.ExpectedValue = way.At(month)
	if v.ExpectedValue.Valid && len(c.Milestones) > 0 {
		v.Expected = way.Share(v.ExpectedValue.Value)
	}
	return v
}
