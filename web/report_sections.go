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

// A territoryReport tells of parts: women and men, other parts with a target, governorates.
type territoryReport struct {
	Gaps     []gapRow
	Parts    []aimedPart
	Places   []placeReport
	Rankings []drawn // chart J
}

// A gapRow is a value of women and of men in the newest period that has both.
type gapRow struct {
	link
	Period          figure
	Women, Men, Gap figure
}

// An aimedPart is a part of the whole that has a target of its own.
type aimedPart struct {
	indicatorRow
	Part string
}

// A placeReport is a governorate: its actions, and where their indicators stand.
type placeReport struct {
	tally
	Name    phrase
	Actions int
	Blocked int
}

func (c *composer) territory() territoryReport {
	page := territoryReport{Gaps: c.gaps(), Rankings: c.rankings()}
	for _, i := range c.allIndicators() {
		for _, a := range c.p.Of(i.Code) {
			if !a.Breakdown.IsTotal() {
				page.Parts = append(page.Parts, aimedPart{c.row(a), c.breakdown(a.Breakdown)})
			}
		}
	}
	for _, crossing := range c.p.Crossings(indicators.OnGovernorates, "") {
		actions := c.p.Select(indicators.Selection{Governorate: crossing.Code, Status: indicators.Standing})
		row := placeReport{Name: c.governorates(indicators.Codes{crossing.Code})[0], Actions: len(actions)}
		var list []*indicators.Indicator
		for _, a := range actions {
			if !a.Obstacle.Empty() {
				row.Blocked++
			}
			for _, i := range c.p.ActionIndicators(a.Code) {
				if !slices.Contains(list, i) {
					list = append(list, i)
				}
			}
		}
		row.tally = c.tally(c.p.RollUp(c.p.ForIndicators(list)))
		page.Places = append(page.Places, row)
	}
	slices.SortStableFunc(page.Places, func(a, b placeReport) int { return b.Poor - a.Poor })
	return page
}

// How many indicators the report reads the parts of, which memory does not hold: by sex, and
// by governorate.
const gapsRead, rankingsRead = 12, 3

// gaps compares women and men, for key indicators first.
func (c *composer) gaps() (rows []gapRow) {
	if c.parts == nil {
		return nil
	}
	list := slices.DeleteFunc(c.allIndicators(), func(i *indicators.Indicator) bool { return !i.Breakdowns.Has("sex") })
	slices.SortStableFunc(list, func(a, b *indicators.Indicator) int { return keyRank(a) - keyRank(b) })
	for _, i := range list[:min(len(list), gapsRead)] {
		by := c.parts(i).By("sex")
		for _, period := range c.parts(i).Periods("sex") {
			w, m := indicators.At(by["F"], period), indicators.At(by["M"], period)
			if w == nil || m == nil || !w.Value.IsSet() || !m.Value.IsSet() || period.End() > c.p.Day {
				continue
			}
			rows = append(rows, gapRow{
				link: c.linkIndicator(i), Period: c.period(period), Women: c.stored(i, w.Value).Shown, Men: c.stored(i, m.Value).Shown,
				Gap: c.change(i, progress.Number{Valid: true, Value: w.Value.Float() - m.Value.Float()}),
			})
			break
		}
	}
	return rows
}

func keyRank(i *indicators.Indicator) int {
	if i.Key {
		return 0
	}
	return 1
}

// rankings are the governorates, side by side with the country, for the indicators known of
// most of them.
func (c *composer) rankings() (all []drawn) {
	if c.parts == nil || c.byGovernorate == nil {
		return nil
	}
	counts := c.byGovernorate()
	list := slices.DeleteFunc(c.allIndicators(), func(i *indicators.Indicator) bool { return counts[i.Code] == 0 || !i.Breakdowns.Has("governorate") })
	slices.SortStableFunc(list, func(a, b *indicators.Indicator) int { return counts[b.Code] - counts[a.Code] })
	for _, i := range list[:min(len(list), rankingsRead)] {
		if s, err := c.spread(i, c.parts(i), ""); err == nil && s != nil {
			if shown := c.chart(c.rankingPlate(s)); shown.SVG != "" {
				shown.Title = c.linkIndicator(i)
				all = append(all, shown)
			}
		}
	}
	return all
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
		page.Rows = append(page.Rows, donorReport{row, c.reportingRow(list)})
	}
	for _, currency := range c.currencies(codes) {
		if flows := c.chart(c.flowsPlate(escaped("currencies", currency, "flows"), "donors", codes, currency)); flows.SVG != "" {
			page.Flows = append(page.Flows, flows)
		}
	}
	return page
}

// A reportingReport is who reported what was due, and when.
type reportingReport struct {
	From, To figure
	Themes   []reportingRow
	Overdue  []overdueRow
	Heat     []drawn // chart E, one for each theme
}

// A reportingRow counts the reports of some indicators.
type reportingRow struct {
	Of                   link
	Focal                phrase
	Due, Made, InTime    int
	MadeShare, TimeShare figure
	Provisional          int // indicators whose newest value is provisional
}

// An overdueRow is a value that should be there.
type overdueRow struct {
	link
	Period, Due figure
	Responsible phrase
}

func (c *composer) reportingRow(list []*indicators.Indicator) reportingRow {
	rate := c.p.ReportingRateOf(list, c.receipt)
	row := reportingRow{Due: rate.Due, Made: rate.Made, InTime: rate.InTime, MadeShare: c.part(rate.Made, rate.Due), TimeShare: c.part(rate.InTime, rate.Due)}
	for _, i := range list {
		if f := c.p.NewestFigure(i); f != nil && f.Status == "P" {
			row.Provisional++
		}
	}
	return row
}

// reportsPrinted is how many months of reporting fit on paper.
const reportsPrinted = 12

func (c *composer) reportingReport() reportingReport {
	whole := c.p.ReportingRateOf(nil, c.receipt)
	page := reportingReport{From: c.date(whole.From), To: c.date(whole.To)}
	for _, g := range c.groups() {
		row := c.reportingRow(c.p.GroupIndicators(g.Code))
		row.Of = c.linkGroup(g)
		if g.Coordinator != "" {
			row.Focal = c.organisation(string(g.Coordinator))
		}
		page.Themes = append(page.Themes, row)
		rows, months := c.p.ReportingByMonth(g.Code, reportsPrinted, c.receipt)
		if heat := c.chart(c.reportsPlate(g.Code, rows, months)); heat.SVG != "" {
			heat.Title = row.Of
			page.Heat = append(page.Heat, heat)
		}
	}
	for _, i := range c.allIndicators() {
		for _, o := range c.p.Calendar(i, 0, c.receipt) {
			if o.State == indicators.Overdue {
				row := overdueRow{link: c.linkIndicator(i), Period: c.period(o.Period), Due: c.date(o.Due)}
				if i.Responsible != "" {
					row.Responsible = c.organisation(string(i.Responsible))
				}
				page.Overdue = append(page.Overdue, row)
			}
		}
	}
	return page
}

// A qualityReport is what stands against the figures.
type qualityReport struct {
	Lead     template.HTML
	Findings []findingRow
	More     int
	Breaks   []breakRow
}

// A breakRow is a break in a series.
type breakRow struct {
	link
	Period figure
	Source phrase
}

// findingsPrinted is how many findings the report lists; the others are counted.
const findingsPrinted = 40

func (c *composer) qualityReport() (qualityReport, error) {
	findings, accepted, err := c.ps.server.findings(c.r.Context(), c.view)
	if err != nil {
		return qualityReport{}, err
	}
	desk, err := c.quality(findings, accepted, nil, false)
	if err != nil {
		return qualityReport{}, err
	}
	page := qualityReport{Lead: desk.Lead, Findings: desk.Findings, More: desk.More}
	if shown := min(len(desk.Findings), findingsPrinted); shown < len(desk.Findings) {
		page.Findings, page.More = desk.Findings[:shown], desk.More+len(desk.Findings)-shown
	}
	for _, i := range c.allIndicators() {
		for _, f := range c.p.Figures(i.Code) {
			if f.Status == "B" {
				page.Breaks = append(page.Breaks, breakRow{c.linkIndicator(i), c.period(f.Period), c.original(f.Source)})
			}
		}
	}
	return page, nil
}

// Annexes are every indicator with what it is judged by, the methods, the glossary.
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
