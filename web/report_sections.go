package web

import (
	"html/template"
	"slices"

	"jalon/indicators"
	"jalon/indicators/progress"
)

// A themeReport is one theme: its results, its actions and what its focal point says.
type themeReport struct {
	theme
	Coordinator phrase
	Reporting   template.HTML
	Rows        []indicatorRow
	Courses     []courseReport // chart D of its key indicators
	Deeds       []actionRow
	Gantt       drawn // chart F
	Comment     []phrase
	Risks       []phrase
	NextSteps   []phrase
}

// A courseReport is a key indicator with the reason why it stands where it does.
type courseReport struct {
	link
	Status status
	Why    template.HTML
	Chart  drawn
}

func (c *composer) theme(t theme) themeReport {
	list, actions := c.p.GroupIndicators(t.Code), c.p.GroupActions(t.Code)
	assessments := c.p.ForIndicators(list)
	page := themeReport{
		theme: t, Rows: c.rows(assessments), Deeds: c.actionRows(actions), Gantt: c.chart(c.schedulePlate("groups", t.Code, actions)), Reporting: c.reportingRate(t.Code, c.receipt),
		Comment: c.written(indicators.Comment, t.Code), Risks: c.written(indicators.Risks, t.Code), NextSteps: c.written(indicators.NextSteps, t.Code),
	}
	if g := c.p.Group(t.Code); g != nil && g.Coordinator != "" {
		page.Coordinator = c.organisation(string(g.Coordinator))
	}
	for _, a := range byCode(assessments) {
		if i := c.p.Indicator(a.Indicator); i.Key && a == c.p.Principal(i.Code) {
			page.Courses = append(page.Courses, courseReport{c.linkIndicator(i), c.status(a.Status), c.reason(i, a), c.chart(c.trajectoryPlate(i, a, c.p.Figures(i.Code)))})
		}
	}
	return page
}

// A frameworkReport is what the programme contributes to the SDGs or to a plan.
type frameworkReport struct {
	link
	tally
	Matrix  drawn // chart L
	Results []resultRow
	Paces   []paceRow
}

// A paceRow is an indicator on its way to a target of a framework: where the present pace
// leads, and which one would be needed.
type paceRow struct {
	link
	Value, Period   figure
	Target, Horizon figure
	Seen, Needed    figure
	Ahead, Chance   figure
	Status          status
}

func (c *composer) frameworkReport(f *indicators.Framework) frameworkReport {
	page := frameworkReport{link: c.linkFramework(f), tally: c.tally(c.p.RollUpFramework(f.Code)), Matrix: c.chart(c.matrixPlate(f))}
	for _, r := range c.p.Children(f.Code) {
		page.Results = append(page.Results, c.resultRow(r, 0))
	}
	for _, a := range byCode(slices.Clone(c.p.ForFramework(f.Code))) {
		if !a.Breakdown.IsTotal() || !a.Target.IsSet() {
			continue
		}
		i := c.p.Indicator(a.Indicator)
		row := paceRow{
			link: c.linkIndicator(i), Value: c.optional(i, a.Latest.Value), Period: c.period(a.Latest.Period),
			Target: c.target(i, &a.Target), Horizon: c.period(a.Target.Period), Status: c.status(a.Status),
			Seen: c.yearly(i, a.Pace.Annual), Needed: c.yearly(i, a.Pace.Required),
		}
		if p := a.Projection(); p != nil && p.Value.Valid {
			row.Ahead = c.optional(i, p.Value)
			if p.Probability.Valid {
				row.Chance = c.probability(p.Probability.Value)
			}
		}
		page.Paces = append(page.Paces, row)
	}
	return page
}

// yearly is a change per year; nothing where none is known.
func (c *composer) yearly(i *indicators.Indicator, n progress.Number) figure {
	if !n.Valid {
		return ""
	}
	return c.change(i, n)
}

// A donorsReport is who pays for what, and what comes of it.
type donorsReport struct {
	Rows  []donorReport
	Flows []drawn // chart I, one for each currency
}

type donorReport struct {
	donorRow
	reportingRow
}

func (c *composer) donorsReport() donorsReport {
	page := donorsReport{}
	var codes []string
	for _, row := range c.donors("").Rows {
		codes = append(codes, row.Code)
		list := indicatorsOfAll(c.p.Portfolio(row.Code, indicators.Selection{}))
		reporting := c.reportingRow(list)
		reporting.Of = row.link
		page.Rows = append(page.Rows, donorReport{row, reporting})
	}
	for _, currency := range c.currencies(codes) {
		if flows := c.chart(c.flowsPlate(escaped("currencies", currency, "flows"), "donors", codes, currency)); flows.SVG != "" {
			page.Flows = append(page.Flows, flows)
		}
	}
	return page
}

type annexes struct {
	Values   []annexRow
	Methods  []methodUse
	Rules    int
	Glossary []termRow
}

// An annexRow is an indicator with everything behind its status.
type annexRow struct {
	indicatorRow
	Baseline, Since figure
	Source          phrase
	TargetSource    phrase
	Method          methodName
	Version         int
	Part            string
	Goal            phrase
}

// A methodUse is a method with its version, and how many assessments it made.
type methodUse struct {
	methodName
	Version, Used int
	Words         string
}

func (c *composer) annexes() annexes {
	page := annexes{Rules: c.p.Rules()}
	uses := map[string]int{}
	for _, i := range c.allIndicators() {
		for _, a := range c.p.Of(i.Code) {
			row := annexRow{
				indicatorRow: c.row(a), Baseline: c.optional(i, a.Baseline.Value), Since: c.period(a.Baseline.Period), Part: c.breakdown(a.Breakdown),
				Source: c.original(i.Source), TargetSource: c.original(a.Target.Source), Method: c.methodName(a.Method.Code), Version: a.Method.Version,
			}
			if f := c.p.Framework(string(a.Framework)); f != nil {
				row.Goal = c.phrase(f.Title)
			}
			if f := c.p.NewestFigure(i); f != nil && f.Source != "" {
				row.Source = c.original(f.Source)
			}
			page.Values = append(page.Values, row)
			uses[a.Method.Code]++
		}
	}
	slices.SortStableFunc(page.Values, func(a, b annexRow) int { return indicators.CompareCodes(a.Code, b.Code) })
	for _, d := range progress.All() {
		if uses[d.Code] > 0 {
			page.Methods = append(page.Methods, methodUse{c.methodName(d.Code), d.Version, uses[d.Code], c.l.T("method." + d.Code + ".words")})
		}
	}
	for n := range c.glossary.all {
		if row := c.termRow(&c.glossary.all[n]); row.Definition != "" {
			page.Glossary = append(page.Glossary, row)
		}
	}
	return page
}
