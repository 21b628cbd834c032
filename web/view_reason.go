package web

import (
	"html/template"

	"jalon/indicators"
	"jalon/indicators/progress"
)

// reason says in one sentence, with its numbers, why an assessment has its status.
// Each text of the catalogue takes the same parts:
//
//	{0} {1} value and its period     {2} {3} target and its period
//	{4} value that the path asks for {5} {6} baseline and its period
//	{7} {8} share of the way covered, share expected   {9} the first over the second
func (v *view) reason(i *indicators.Indicator, a *indicators.Assessment) template.HTML {
	return sentence(v.l, reasonKey(a),
		v.optional(i, a.Latest.Value), v.during(a.Latest.Period),
		v.target(i, &a.Target), v.during(a.Target.Period),
		v.optional(i, a.ExpectedValue), v.optional(i, a.Baseline.Value), v.sinceWhen(a),
		v.share(a.Achievement), v.share(a.Expected), v.share(a.OnSchedule))
}

// reasonKey picks the text whose numbers are all there.
func reasonKey(a *indicators.Assessment) string {
	key := "why." + string(a.Reason)
	switch a.Reason {
	case progress.MetAtBaseline, progress.BaselineEqualsTarget:
		if a.Status == progress.Achieved || a.Status == progress.OnTrack {
			return key + ".held"
		}
		return key + ".lost"
	case progress.AbovePath, progress.NearPath, progress.BelowPath, progress.MovedAway, progress.PartialPeriod, progress.AwaitingFinalValue:
		if !a.ExpectedValue.Valid {
			return key + ".no_path"
		}
	case progress.HorizonPassed:
		if !a.Achievement.Valid {
			return key + ".no_share"
		}
	case progress.NoTarget, progress.NoBaseline, progress.NoValueAtHorizon, progress.NotStarted:
		if !a.Latest.Value.Valid {
			return key + ".no_value"
		}
	}
	return key
}

// sinceWhen is the period of the baseline; of a count from zero, its beginning.
func (v *view) sinceWhen(a *indicators.Assessment) string {
	if a.Baseline.FromZero() {
		return v.l.T("during.start", v.date(a.Target.Period.Start()))
	}
	return v.during(a.Baseline.Period)
}

// outlook says where the pace seen so far would lead, and what pace it would take.
// It is a plain continuation, no projection, and is left out where it would leave
// what the indicator can be.
func (v *view) outlook(i *indicators.Indicator, a *indicators.Assessment) template.HTML {
	years := float64(a.Target.Period.EndMonth()-a.Latest.Period.EndMonth()) / 12
	if !a.Pace.Annual.Valid || !a.Pace.Required.Valid || years <= 0 || a.Status == progress.Achieved || a.Status == progress.NotAssessable {
		return ""
	}
	then := a.Latest.Value.Value + years*a.Pace.Annual.Value
	low, high := i.Bounds()
	if low.IsSet() && then < low.Float() || high.IsSet() && then > high.Float() {
		return sentence(v.l, "outlook.required", v.change(i, a.Pace.Required), v.change(i, a.Pace.Annual))
	}
	return sentence(v.l, "outlook.both", v.change(i, a.Pace.Annual), v.amount(i, then), v.during(a.Target.Period), v.change(i, a.Pace.Required))
}

// change writes a change per year with its sign; of a percentage, in points.
func (v *view) change(i *indicators.Indicator, n progress.Number) figure {
	places := decimals(i, n.Value)
	if n.Value != 0 && places < 2 && n.Value < 10 && n.Value > -10 {
		places++
	}
	number := v.l.Number(n.Value, places)
	if n.Value > 0 {
		number = "+" + number
	}
	unit := v.unit(i).Text
	if unit == "%" {
		unit = v.l.T("unit.points")
	}
	return figure(number + "\u00a0" + unit)
}

// working writes the arithmetic of the achievement rate with its numbers; nothing
// where the method has none.
func (v *view) working(i *indicators.Indicator, a *indicators.Assessment) template.HTML {
	if !a.Achievement.Valid || !a.Target.Value.IsSet() || !a.OnSchedule.Valid {
		return ""
	}
	bare := func(n progress.Number) figure { return figure(v.l.Number(n.Value, max(decimals(i, n.Value), 2))) }
	target := progress.Num(a.Target.Value.Float())
	ratio := func(n progress.Number) figure { return figure(v.l.Number(n.Value, 3)) }
	value, expected, pace := a.Latest.Value, a.ExpectedValue, template.HTML("")
	if covered := a.Latest.Covered; covered.Valid { // what the sum so far comes to at its pace is judged
		value, expected = progress.Num(value.Value/covered.Value), progress.Num(expected.Value/covered.Value)
		pace = sentence(v.l, "working.pace", bare(a.Latest.Value), figure(v.l.Percent(covered.Value, 0)), bare(value)) + " "
	}
	return pace + sentence(v.l, "working", bare(value), bare(a.Baseline.Value), bare(target),
		ratio(a.Achievement), ratio(a.Expected), ratio(a.OnSchedule), bare(expected))
}
