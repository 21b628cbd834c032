package web

import (
	"html/template"
	"slices"

	"jalon/indicators"
	"jalon/indicators/progress"
)

// A methodsPage explains how a status comes about.
type methodsPage struct {
	Rules    int // edition of the rules in force
	Defaults []defaultRule
	Example  template.HTML
	Symbols  []term
	Statuses []statusRule
	Kinds    []methodKind
	Mapping  []mappingRow
	Judging  []methodName // columns of the mapping
	Models   []term
	Doubts   []term
	Coverage figure // share below which no score is given
	Stale    template.HTML
	Reasons  []term
}

// A term is a symbol or code with what it means.
type term struct {
	Code  string
	Words template.HTML
}

// term is a code with a text of the catalogue.
func (v *view) term(code, key string) term { return term{code, sentence(v.l, key)} }

// A statusRule says when a status is given.
type statusRule struct {
	Status status
	When   template.HTML
}

// A defaultRule is how a framework is judged.
type defaultRule struct {
	Framework link
	Method    string
	Words     string
}

// A methodKind is the methods of one kind.
type methodKind struct {
	Name    string
	Words   string
	Methods []methodSheet
}

// A methodSheet is a method with what it does and where it comes from.
type methodSheet struct {
	methodName
	Version  int
	Words    string
	Formulas []string
	Source   string
}

// A mappingRow is a status with the categories of each method that become it.
type mappingRow struct {
	Status     status
	Categories [][]string
}

func (v *view) methods() methodsPage {
	m := methodsPage{Rules: v.p.Rules(), Coverage: figure(v.l.Percent(v.p.MinCoverage(), 0))}
	for _, f := range v.frameworksByUse() {
		choice := v.p.MethodOf(f)
		m.Defaults = append(m.Defaults, defaultRule{v.linkFramework(f), choice.Code, v.methodName(choice.Code).Name})
	}
	for _, symbol := range []string{"b", "v", "T", "e", "A", "E", "S", "n", "m", "h", "g", "r", "d", "p", "R", "x", "P", "u", "a", "M", "D", "D0", "k", "w"} {
		m.Symbols = append(m.Symbols, v.term(symbol, "symbol."+symbol))
	}
	bands := progress.DefaultAchievement()
	onTrack, behind := v.l.Number(bands.OnTrack, 2), v.l.Number(bands.Behind, 2)
	words := []any{figure("S ≥ " + onTrack), figure(behind + " ≤ S < " + onTrack), figure("0 ≤ S < " + behind)}
	for _, s := range progress.Statuses() {
		m.Statuses = append(m.Statuses, statusRule{v.status(s), sentence(v.l, "methods.when."+string(s), words...)})
	}
	m.Kinds = v.methodKinds()
	m.Judging, m.Mapping = v.mapping()
	for _, model := range []progress.Model{progress.Linear, progress.LogLinearRate, progress.LogitShare} {
		m.Models = append(m.Models, v.term(v.l.T("model."+string(model)), "model."+string(model)+".words"))
	}
	for _, w := range indicators.Warnings() {
		m.Doubts = append(m.Doubts, v.term(string(w), "doubt.meaning."+string(w)))
	}
	for _, r := range slices.Concat(progress.Reasons(), progress.MethodReasons(), progress.ProjectionReasons()) {
		m.Reasons = append(m.Reasons, v.term(string(r), "reason."+string(r)))
	}
	years, periods := v.p.StaleAfter()
	m.Stale = sentence(v.l, "methods.stale_words", years, periods)
	m.Example = v.example(bands)
	return m
}

// methodKinds lists every method by what it is for.
func (v *view) methodKinds() []methodKind {
	var kinds []methodKind
	for _, d := range progress.All() {
		if len(kinds) == 0 || kinds[len(kinds)-1].Name != v.l.T("method_kind."+string(d.Kind)) {
			kinds = append(kinds, methodKind{Name: v.l.T("method_kind." + string(d.Kind)), Words: v.l.T("method_kind." + string(d.Kind) + ".words")})
		}
		last := &kinds[len(kinds)-1]
		last.Methods = append(last.Methods, methodSheet{v.methodName(d.Code), d.Version, v.l.T("method." + d.Code + ".words"), d.Formulas, d.Source})
	}
	return kinds
}

// mapping is the table by which categories become statuses.
func (v *view) mapping() (judging []methodName, rows []mappingRow) {
	codes := progress.Judging()
	for _, code := range codes {
		judging = append(judging, v.methodName(code))
	}
	for _, s := range progress.Statuses() {
		row := mappingRow{Status: v.status(s), Categories: make([][]string, len(codes))}
		found := false
		for _, m := range progress.Mapping() {
			if m.Status == s {
				at := slices.Index(codes, m.Method)
				row.Categories[at] = append(row.Categories[at], v.l.T("category."+m.Category))
				found = true
			}
		}
		if found {
			rows = append(rows, row)
		}
	}
	return judging, rows
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
	number := func(x float64) figure { return figure(v.l.Number(x, 0)) }
	is := func(symbol string, x progress.Number) figure {
		return figure(symbol + "\u00a0=\u00a0" + v.l.Number(x.Value, 2))
	}
	return sentence(v.l, "methods.example_words", number(c.Baseline.Value), number(c.Target.Value), number(c.Latest.Value),
		number(r.ExpectedValue.Value), is("A", r.Achievement), is("E", r.Expected), is("S", r.OnSchedule),
		v.l.T("status."+string(r.Status)))
}
