package web

import (
	"jalon/indicators"
	"jalon/indicators/progress"
)

// statuses are the words for how far an indicator has come.
func statuses() []string {
	var words []string
	for _, status := range progress.Statuses() {
		words = append(words, string(status))
	}
	return words
}

func listAssessments(g *reading) (any, error) {
	status := g.filter("status")
	indicator, group, action, framework, donor := g.filter("indicator"), g.filter("group"), g.filter("action"), g.filter("framework"), g.filter("donor")
	paid := g.paidBy(donor)
	key := func(a *indicators.Assessment) string {
		return a.Indicator + " " + string(a.Framework) + " " + a.Breakdown.Key()
	}
	return page(g, g.Assessments, key, func(a *indicators.Assessment) bool {
		return is(indicator, a.Indicator) && has(a.Groups, group) && has(a.Actions, action) &&
			is(framework, string(a.Framework)) && is(status, string(a.Status)) && (donor == "" || anyOf(a.Actions, paid))
	})
}

func anyOf(codes indicators.Codes, set map[string]bool) bool {
	for _, code := range codes {
		if set[code] {
			return true
		}
	}
	return false
}

// A summary is the roll-up of what an address names.
type summary struct {
	Subject   string              `json:"subject"` // group, action, framework or result
	Framework indicators.Optional `json:"framework"`
	Code      string              `json:"code"`
	AsOf      indicators.AsOf     `json:"as_of"`
	indicators.Rollup
}

func (g *reading) summary(subject string, framework indicators.Optional, of indicators.Rollup) summary {
	return summary{subject, framework, g.part("code"), indicators.AsOf{Date: g.Day, Changeset: g.Newest().Number}, of}
}

func assessGroup(g *reading) (any, error) {
	if _, err := oneGroup(g); err != nil {
		return nil, err
	}
	return g.summary("group", "", g.RollUp(g.ForIndicators(g.GroupIndicators(g.part("code"))))), nil
}

func assessAction(g *reading) (any, error) {
	if _, err := oneAction(g); err != nil {
		return nil, err
	}
	return g.summary("action", "", g.RollUp(g.ForIndicators(g.ActionIndicators(g.part("code"))))), nil
}

func assessFramework(g *reading) (any, error) {
	if _, err := oneFramework(g); err != nil {
		return nil, err
	}
	code := g.part("code")
	return g.summary("framework", indicators.Optional(code), g.RollUpFramework(code)), nil
}

func assessResult(g *reading) (any, error) {
	if _, err := oneResult(g); err != nil {
		return nil, err
	}
	return g.summary("result", indicators.Optional(g.part("framework")), g.RollUpResult(g.ref())), nil
}
