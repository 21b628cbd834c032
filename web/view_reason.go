package web

import (
	"html/template"
	"math"
	"slices"

	"jalon/indicators"
	"jalon/indicators/progress"
)

// reason says in one sentence, with its numbers, why an assessment has its status.
// Each text of the catalogue takes the same parts:
//
//	{0} {1} value and its period     {2} {3} target and its period
//	{4} value that the path asks for {5} {6} baseline and its period
//	{7} {8} share of the way covered, share expected   {9} the first over the second
//	{10} {11} pace seen, pace required   {12} the first over the second
//	{13} value that the method expects at the target's period   {14} the method   {15} the reason in words
func (v *view) reason(i *indicators.Indicator, a *indicators.Assessment) template.HTML {
	p := v.paceOf(i, a)
	return sentence(v.l, reasonKey(i, a, p),
		v.optional(i, a.Latest.Value), v.during(a.Latest.Period),
		v.target(i, &a.Target), v.during(a.Target.Period),
		v.optional(i, a.ExpectedValue), v.optional(i, a.Baseline.Value), v.sinceWhen(a),
		v.share(a.Achievement), v.share(a.Expected), v.share(a.OnSchedule),
		p.seen, p.required, p.ratio, p.expected, v.methodName(a.Method.Code).Name, v.l.T("reason."+string(a.Reason)))
}

// A pace is how fast a method that follows a trend finds an indicator to move.
type pace struct{ seen, required, ratio, expected figure }

// paceOf reads the pace from the working of the method that judges; it is empty for
// the achievement rate, which goes by a path.
func (v *view) paceOf(i *indicators.Indicator, a *indicators.Assessment) (p pace) {
	if a.Method.Code == "achievement_rate" || a.Method.Code == "" {
		return p
	}
	w := a.Workings()[0]
	for _, s := range w.Steps {
		switch s.Result.Name {
		case "g":
			p.seen = figure(v.l.T("working.per_year", v.l.SignedPercent(s.Result.Value.Value, 1)))
		case "a":
			p.seen = figure(v.l.T("working.per_year", v.change(i, s.Result.Value)))
		case "r":
			p.required = figure(v.l.T("working.per_year", v.l.SignedPercent(s.Result.Value.Value, 1)))
		case "x":
			p.expected = v.optional(i, s.Result.Value)
		case "p", "R":
			p.ratio = v.share(s.Result.Value)
		}
	}
	for _, s := range w.Symbols {
		if s.Name == "x" {
			p.expected = v.optional(i, s.Value)
		}
	}
	return p
}

// reasonKey picks the text whose numbers are all there.
func reasonKey(i *indicators.Indicator, a *indicators.Assessment, p pace) string {
	key := "why." + string(a.Reason)
	switch a.Reason {
	case progress.AbovePath, progress.BelowPath, progress.TargetMet, progress.HorizonPassed:
		if i.Staged() {
			return key + ".stage"
		}
	case progress.PaceEnough, progress.PaceShort:
		switch {
		case p.required != "":
			return key
		case p.expected != "":
			return key + ".forecast"
		}
		return key + ".plain"
	case progress.TrendWanted, progress.TrendWeak:
		return key
	case progress.MovedAway:
		switch {
		case i.Staged():
			return key + ".stage"
		case !a.Target.IsSet():
			return key + ".no_target"
		case a.Method.Code != "achievement_rate" && p.seen != "":
			return key + ".pace"
		}
	}
	switch a.Reason {
	case progress.MetAtBaseline, progress.BaselineEqualsTarget:
		if a.Status == progress.Achieved || a.Status == progress.OnTrack {
			return key + ".held"
		}
		return key + ".lost"
	case progress.AbovePath, progress.NearPath, progress.BelowPath, progress.MovedAway, progress.NotDue, progress.PartialPeriod, progress.AwaitingFinalValue:
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
	if slices.Contains(progress.MethodReasons(), a.Reason) {
		if a.Target.IsSet() {
			return "why.method"
		}
		return "why.method.no_target"
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
	if a.Method.Code != "achievement_rate" {
		return v.growthOutlook(i, a, years)
	}
	then := a.Latest.Value.Value + years*a.Pace.Annual.Value
	if !possible(i, then) {
		return sentence(v.l, "outlook.required", v.change(i, a.Pace.Required), v.change(i, a.Pace.Annual))
	}
	return sentence(v.l, "outlook.both", v.change(i, a.Pace.Annual), v.amount(i, then), v.during(a.Target.Period), v.change(i, a.Pace.Required))
}

// growthOutlook goes on with the growth that the method has found.
func (v *view) growthOutlook(i *indicators.Indicator, a *indicators.Assessment, years float64) template.HTML {
	for _, s := range a.Workings()[0].Steps {
		if s.Result.Name != "g" {
			continue
		}
		then := progress.Num(a.Latest.Value.Value * math.Pow(1+s.Result.Value.Value, years))
		if then.Valid && possible(i, then.Value) {
			return sentence(v.l, "outlook.growth", v.optional(i, then), v.during(a.Target.Period))
		}
	}
	return ""
}

// possible tells whether a value lies within the natural bounds of an indicator.
func possible(i *indicators.Indicator, x float64) bool {
	low, high := i.Bounds()
	return (!low.IsSet() || x >= low.Float()) && (!high.IsSet() || x <= high.Float())
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
