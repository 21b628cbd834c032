package progress

// A Case is what an assessment reads: where the value began, where it is and
// where it should be.
type Case struct {
	Direction   Direction
	Baseline    Point
	HasBaseline bool
	Latest      Point // the value that is judged
	HasLatest   bool
	Target      Target
	HasTarget   bool
	Milestones  []Point // of the path, by month

	Over     bool // the target's period has ended
	Final    bool // Latest is the whole value of the target's own period
	Stale    bool // Latest is too old to stand in for a final value
	Partial  bool // Latest is the figure so far of a target's period that is summed or averaged
	Averaged bool // the target is a mean: it is asked for from the first period on

	// Covered is the share of the target's period that Latest is the sum of, where
	// the baseline is the sum of another period: v ÷ Covered is then held against
	// it. Else 0; a sum that begins at zero follows the path as it is.
	Covered float64

	// Stages says that the levels are reached or not, such as yes and no, or stages of
	// a scale: there is no share of a way between them.
	Stages bool
	// Broken says that baseline and value are of different definitions.
	Broken bool

	// Course is what the yearly methods read. Off says why none of them applies, Scale
	// is the whole that shares are of, 0 where the values are no shares.
	Course Course
	Off    Reason
	Scale  float64

	// Ceiling is the same share where a sum that begins at zero must stay below the
	// target: by now it may be T × Ceiling. Else 0.
	Ceiling float64
}

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
	case c.Broken:
		return Verdict{Status: NotAssessable, Reason: BrokenSeries}
	}
	v := Verdict{}
	if c.Stages {
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
	met := c.Target.met(c.value(), c.Direction)
	switch b, t := c.Baseline.Value, &c.Target; {
	case (t.Range || t.Comparison != "") && t.met(b, c.Direction):
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

// staged judges levels that are reached or not: by the last milestone that was due
// by the time of the value; before any is due there is nothing to judge.
func (c *Case) staged() Verdict {
	v, t := c.Latest.Value, &c.Target
	away := func(from float64) bool { // from the target, seen from a level
		if t.Upward(c.Direction) {
			return v < from
		}
		return t.downward(c.Direction) && v > from
	}
	asked, due := 0.0, false
	for _, m := range c.Milestones {
		if m.Month <= c.Latest.Month && m.Month < t.Month {
			asked, due = m.Value, true
		}
	}
	r := Verdict{Status: NotAssessable, Reason: NotDue}
	if due {
		r.ExpectedValue = Num(asked)
	}
	switch {
	case c.HasBaseline && c.Latest.Month <= c.Baseline.Month:
		r.Reason = NoValueSinceBaseline
	case t.met(v, c.Direction):
		r.Status, r.Reason = Achieved, TargetMet
	case c.HasBaseline && away(c.Baseline.Value):
		r.Status, r.Reason = Regressed, MovedAway
	case due && !away(asked):
		r.Status, r.Reason = OnTrack, AbovePath
	case due && c.HasBaseline && v != c.Baseline.Value:
		r.Status, r.Reason = Behind, BelowPath
	case due:
		r.Status, r.Reason = FarBehind, BelowPath
	case c.Over:
		r.Reason = AwaitingFinalValue
	}
	return r
}

// atHorizon applies what the end of the target's period changes.
func (c *Case) atHorizon(v Verdict) Verdict {
	switch {
	case c.Over && c.Final && c.Target.met(c.Latest.Value, c.Direction):
		v.Status = Achieved
		if v.Reason != MetAtBaseline && v.Reason != BaselineEqualsTarget {
			v.Reason = TargetMet
		}
		return v
	case c.Over && c.Final:
		v.Status, v.Reason = Missed, HorizonPassed
		return v
	case c.Over && c.Partial && c.settled(): // what is missing can only add to it
		v.Status, v.Reason = Achieved, TargetMet
		return v
	case c.Over && c.Stale:
		return Verdict{Status: NotAssessable, Reason: NoValueAtHorizon}
	case v.Status == NotAssessable:
		return v
	case c.Over:
		v.Reason = AwaitingFinalValue
	case c.Partial:
		v.Reason = PartialPeriod
	}
	if c.Partial && v.Status == Achieved && !c.settled() {
		v.Status = OnTrack
	}
	return v
}

// settled tells whether nothing to come can undo that the figure so far meets the
// target: true of a sum that has grown to what is asked for at least.
func (c *Case) settled() bool {
	return !c.Averaged && c.Target.Upward(c.Direction) && c.Target.met(c.Latest.Value, c.Direction)
}
