package web

import (
	"html/template"

	"jalon/indicators"
	"jalon/indicators/progress"
)

// A methodsPage explains how a status comes about.
type methodsPage struct {
	Code     string
	Version  int
	Symbols  []term
	Example  template.HTML
	Statuses []statusRule
	Coverage figure // share below which no score is given
	Reasons  []term
}

// A term is a symbol or code with what it means.
type term struct {
	Code  string
	Words string
}

// A statusRule says when a status is given.
type statusRule struct {
	Status status
	When   template.HTML
}

func (v *view) methods() methodsPage {
	m := methodsPage{Code: "achievement_rate", Version: 1, Coverage: figure(v.l.Percent(indicators.MinCoverage, 0))}
	for _, symbol := range []string{"b", "v", "T", "e", "A", "E", "S"} {
		m.Symbols = append(m.Symbols, term{symbol, v.l.T("methods.symbol." + symbol)})
	}
	bands := progress.DefaultAchievement()
	band := func(x float64) figure { return figure(v.l.Number(x, 2)) }
	for _, s := range progress.Statuses() {
		when := sentence(v.l, "methods.when."+string(s), band(bands.OnTrack), band(bands.Behind))
		m.Statuses = append(m.Statuses, statusRule{v.status(s), when})
	}
	for _, r := range progress.Reasons() {
		m.Reasons = append(m.Reasons, term{string(r), v.l.T("reason." + string(r))})
	}
	m.Example = v.example(bands)
	return m
}

// example works the method through with invented round numbers: from 20 to 10 in
// ten years, 14 after five.
func (v *view) example(bands progress.AchievementOptions) template.HTML {
	c := progress.Case{
		Direction: progress.Decrease, HasBaseline: true, HasLatest: true, HasTarget: true,
		Baseline: progress.Point{Month: 12 * 2021, Value: 20}, Latest: progress.Point{Month: 12 * 2026, Value: 14},
		Target: progress.Target{Month: 12 * 2031, Value: 10},
	}
	r := progress.AchievementRate(c, bands)
	number := func(x float64, decimals int) figure { return figure(v.l.Number(x, decimals)) }
	return sentence(v.l, "methods.example_words", number(c.Baseline.Value, 0), number(c.Target.Value, 0), number(c.Latest.Value, 0),
		number(r.ExpectedValue.Value, 0), number(r.Achievement.Value, 2), number(r.Expected.Value, 2), number(r.OnSchedule.Value, 2),
		v.l.T("status."+string(r.Status)))
}
