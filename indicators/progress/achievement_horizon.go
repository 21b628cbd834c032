package progress

// atHorizon applies what the end of the target's period changes.
func (c *Case) atHorizon(v Verdict) Verdict {
	switch {
	case c.Over && c.Final && c.Target.Met(c.Latest.Value, c.Direction):
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
	return !c.Averaged && c.Target.Upward(c.Direction) && c.Target.Met(c.Latest.Value, c.Direction)
}
