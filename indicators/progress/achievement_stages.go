package progress

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
	case t.Met(v, c.Direction):
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
