package web

import (
	"html/template"
	"math"
	"slices"
	"unicode"
	"unicode/utf8"

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
	p, from := v.paceOf(i, a), a.Baseline
	if a.Method.Code != byRate {
		from = a.Start()
	}
	return sentence(v.l, reasonKey(i, a, p),
		v.optional(i, a.Latest.Value), v.during(a.Latest.Period),
		v.target(i, &a.Target), v.during(a.Target.Period),
		v.optional(i, a.ExpectedValue), v.optional(i, from.Value), v.sinceWhen(from, a),
		v.share(a.Achievement), v.share(a.Expected), v.share(a.OnSchedule),
		p.seen, p.required, p.ratio, p.expected, v.methodName(a.Method.Code).Name, v.because(a.Reason))
}

// byRate is the method that goes by a path; all others follow a trend.
const byRate = "achievement_rate"

// because is a reason in words, as it goes on after a colon.
func (v *view) because(r progress.Reason) string {
	words := v.l.T("reason." + string(r))
	first, size := utf8.DecodeRuneInString(words)
	return string(unicode.ToLower(first)) + words[size:]
}

// A pace is how fast a method that follows a trend finds an indicator to move.
type pace struct{ seen, required, ratio, expected figure }

// paceOf reads the pace from the working of the method that judges; it is empty for
// the achievement rate, which goes by a path.
func (v *view) paceOf(i *indicators.Indicator, a *indicators.Assessment) (p pace) {
	if a.Method.Code == byRate || a.Reason == progress.UnknownMethod {
		return p
	}
	w := a.Workings()[0]
	for _, s := range w.Steps {
		switch s.Result.Name {
		case "g":
			p.seen = v.growth(i, s.Result.Value.Value)
		case "a":
			p.seen = v.worded("working.per_year", string(v.change(i, s.Result.Value)))
		case "r":
			p.required = v.growth(i, s.Result.Value.Value)
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

// growth writes a rate of growth; of a percentage it is told apart from a change in
// points.
func (v *view) growth(i *indicators.Indicator, x float64) figure {
	key := "working.per_year"
	if v.unit(i).Text == "%" {
		key = "working.relative"
	}
	return v.worded(key, v.l.SignedPercent(x, growthDecimals(x, 1)))
}

// reasonKey picks the text whose numbers are all there.
func reasonKey(i *indicators.Indicator, a *indicators.Assessment, p pace) string {
	key := "why." + string(a.Reason)
	staged := i.Staged() && a.Rules > 1
	switch a.Reason {
	case progress.TargetMet:
		return suffixed(key, ".stage", staged)
	case progress.HorizonPassed:
		switch {
		case staged:
			return key + ".stage"
		case a.Achievement.Valid && a.Achievement.Value < 0:
			return key + ".away"
		}
		return suffixed(key, ".no_share", !a.Achievement.Valid)
	case progress.PaceEnough, progress.PaceShort:
		return key + trendEnding(p)
	case progress.MovedAway, progress.TrendAway:
		return awayKey(key, staged, a, p)
	case progress.AbovePath, progress.NearPath, progress.BelowPath, progress.PartialPeriod, progress.AwaitingFinalValue:
		if staged && a.ExpectedValue.Valid && (a.Reason == progress.AbovePath || a.Reason == progress.BelowPath) {
			return key + ".stage"
		}
		return suffixed(key, ".no_path", !a.ExpectedValue.Valid)
	case progress.MetAtBaseline, progress.BaselineEqualsTarget:
		held := a.Status == progress.Achieved || a.Status == progress.OnTrack
		return suffixed(suffixed(key, ".held", held), ".lost", !held)
	case progress.NoTarget, progress.NoBaseline, progress.NoValueAtHorizon, progress.NotStarted:
		return suffixed(key, ".no_value", !a.Latest.Value.Valid)
	}
	if slices.Contains(progress.MethodReasons(), a.Reason) {
		return suffixed("why.method", ".no_target", !a.Target.IsSet())
	}
	return key
}

// trendEnding picks the text about a pace by what the method has: a pace required, a
// value expected, or neither.
func trendEnding(p pace) string {
	switch {
	case p.required != "":
		return ""
	case p.expected != "":
		return ".forecast"
	}
	return ".plain"
}

// awayKey picks the text about a movement away: of stages, without a target, by a pace,
// by a path.
func awayKey(key string, staged bool, a *indicators.Assessment, p pace) string {
	switch {
	case staged && a.Reason == progress.MovedAway:
		return key + ".stage"
	case !a.Target.IsSet():
		return key + ".no_target"
	case a.Reason == progress.TrendAway:
		return suffixed(key, ".forecast", p.expected != "")
	case a.Method.Code != byRate && p.seen != "":
		return key + ".pace"
	}
	return suffixed(key, ".no_path", !a.ExpectedValue.Valid)
}

func suffixed(key, ending string, is bool) string {
	if is {
		return key + ending
	}
	return key
}

// sinceWhen is the period of a baseline; of a count from zero, its beginning.
func (v *view) sinceWhen(from indicators.Baseline, a *indicators.Assessment) string {
	if from.FromZero() {
		return string(v.worded("during.start", string(v.date(a.Target.Period.Start()))))
	}
	return v.during(from.Period)
}

// outlook says where the pace seen so far would lead, and what pace it would take.
// It is a plain continuation, no projection, and is left out where it would leave
// what the indicator can be.
func (v *view) outlook(i *indicators.Indicator, a *indicators.Assessment) template.HTML {
	years := float64(a.Target.Period.EndMonth()-a.Latest.Period.EndMonth()) / 12
	if !a.Pace.Annual.Valid || !a.Pace.Required.Valid || years <= 0 || a.Status == progress.Achieved || a.Status == progress.NotAssessable {
		return ""
	}
	if a.Method.Code != byRate {
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
	steps := a.Workings()[0].Steps
	if !slices.ContainsFunc(steps, func(s progress.Step) bool { return s.Result.Name == "r" }) {
		return "" // the sentence itself says where the trend leads
	}
	for _, s := range steps {
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
	return v.counted(number, unit)
}
