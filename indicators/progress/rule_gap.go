package progress

// firstForecastYear is the first year whose readings ESCAP's predictions use.
const firstForecastYear = 2000

// predicted is the value of the target's year after ESCAP: of shares the line through
// their logits by time weight, of others the pace between first and last reading;
// from the readings since 2000.
func (c *Case) predicted() Extrapolation {
	s := c.Course.Series.From(firstForecastYear)
	last, some := s.Last()
	if !some {
		return Extrapolation{Reason: TooFewValues}
	}
	year := float64(last.Year) + c.Course.yearsTo(last)
	if year <= float64(last.Year) {
		return Extrapolation{Reason: TargetNotAfterBase}
	}
	inside := c.Scale > 0
	for _, r := range s {
		inside = inside && r.Value > 0 && r.Value < c.Scale
	}
	if inside {
		return ExtrapolateLogitWeighted(s, year, c.Scale)
	}
	return ExtrapolateGeometric(s, year)
}

// gap is what ESCAP's Anticipated Progress Index says, with what it reads.
func (c *Case) gap() (base Reading, predicted Number, g AnticipatedGap) {
	base, some := c.Course.Base()
	switch {
	case !some || len(c.Course.Series) < 2:
		return base, predicted, AnticipatedGap{Reason: TooFewValues}
	case !c.Course.HasTarget:
		return base, predicted, AnticipatedGap{Reason: NoTarget}
	case c.Course.Target.Range:
		return base, predicted, AnticipatedGap{Reason: RangeTarget}
	case c.Course.Direction == Maintain:
		return base, predicted, AnticipatedGap{Reason: NoDirection}
	}
	x := c.predicted()
	if !x.Predicted.Valid {
		return base, x.Predicted, AnticipatedGap{Reason: x.Reason}
	}
	return base, x.Predicted, AnticipatedProgress(base.Value, c.Course.Target.Value, x.Predicted.Value, c.Course.Direction)
}

// judgeGap decides by P, the part of the way that is predicted to be missing in the
// target's year, in percent; its value.
func judgeGap(c *Case, _ *struct{}) Judgement {
	_, _, g := c.gap()
	j := Judgement{Category: string(g.Category), Value: g.Percent}
	j.Base, j.HasBase = c.Course.Base()
	j.TrendFrom = firstForecastYear
	last, _ := c.Course.Series.Last()
	switch {
	case c.Course.HasTarget && c.Course.Direction != Maintain && c.Course.Target.Met(last.Value, c.Course.Direction):
		j.Status, j.Reason = Achieved, TargetMet
	case g.Category == EscapOnTrack:
		j.Status, j.Reason = OnTrack, PaceEnough
	case g.Category == EscapAccelerate:
		j.Status, j.Reason = Behind, PaceShort
	case g.Category == EscapReverse:
		j.Status, j.Reason = Regressed, TrendAway
	default:
		j.Status, j.Reason = NotAssessable, g.Reason
	}
	return j
}
