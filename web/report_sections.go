package web

import (
	"html/template"
	"slices"

	"jalon/charts"
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
		theme: t, Rows: c.rows(assessments), Deeds: c.actionRows(actions), Gantt: c.chart(c.reportGantt(t.Code, actions)), Reporting: c.reporting(t.Code),
		Comment: c.written(indicators.Comment, t.Code), Risks: c.written(indicators.Risks, t.Code), NextSteps: c.written(indicators.NextSteps, t.Code),
	}
	if g := c.p.Group(t.Code); g != nil && g.Coordinator != "" {
		page.Coordinator = c.organisation(string(g.Coordinator))
	}
	for _, a := range byCode(assessments) {
		if i := c.p.Indicator(a.Indicator); i.Key && a == c.p.Principal(i.Code) {
			page.Courses = append(page.Courses, courseReport{c.linkIndicator(i), c.status(a.Status), c.reason(i, a), c.chart(c.trajectoryPlate(i, a))})
		}
	}
	return page
}

// reportGantt is chart F: the actions of a theme, planned and done.
func (c *composer) reportGantt(group string, actions []*indicators.Action) plate {
	var spans []charts.Span
	for _, a := range actions {
		if a.Start == 0 || a.End == 0 {
			continue
		}
		s := charts.Span{Title: c.phrase(a.Title).Text, Start: a.Start, End: a.End, ActualStart: a.ActualStart, ActualEnd: a.ActualEnd, Status: a.Status}
		s.Late = a.End < c.p.Day && a.Status != "completed" && a.Status != "cancelled"
		for _, m := range c.p.ActionMilestones(a.Code) {
			s.Milestones = append(s.Milestones, charts.Mark{Title: c.phrase(m.Title).Text, Due: m.Due, Done: m.Done})
		}
		spans = append(spans, s)
	}
	p := plate{address: "report/gantt/" + group}
	if len(spans) > 0 {
		p.build = func(f charts.Format) (charts.Chart, error) { return charts.Gantt(c.l, spans, c.p.Day, f) }
	}
	return p
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
	Gaps   []gapRow
	Parts  []partRow
	Places []placeRow
}

// A gapRow is a value of women and of men in the newest period that has both.
type gapRow struct {
	link
	Period          figure
	Women, Men, Gap figure
}

// A partRow is a part of the whole that has a target of its own.
type partRow struct {
	indicatorRow
	Part string
}

// A placeRow is a governorate: its actions, and where their indicators stand.
type placeRow struct {
	tally
	Name    phrase
	Actions int
	Blocked int
}

func (c *composer) territory() territoryReport {
	page := territoryReport{}
	for _, i := range c.allIndicators() {
		if row, found := c.gap(i); found {
			page.Gaps = append(page.Gaps, row)
		}
		for _, a := range c.p.Of(i.Code) {
			if !a.Breakdown.IsTotal() {
				page.Parts = append(page.Parts, partRow{c.row(a), c.breakdown(a.Breakdown)})
			}
		}
	}
	for _, crossing := range c.p.Crossings(indicators.OnGovernorates, "") {
		actions := c.p.Select(indicators.Selection{Governorate: crossing.Code, Status: indicators.Standing})
		row := placeRow{Name: c.governorates(indicators.Codes{crossing.Code})[0], Actions: len(actions)}
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
	slices.SortStableFunc(page.Places, func(a, b placeRow) int { return b.Poor - a.Poor })
	return page
}

// gap compares women and men, where the figures of both are known.
func (c *composer) gap(i *indicators.Indicator) (row gapRow, found bool) {
	women, men := map[indicators.Period]indicators.Decimal{}, map[indicators.Period]indicators.Decimal{}
	for key, series := range c.p.Series {
		if key.Indicator != i.Code {
			continue
		}
		of := map[string]map[indicators.Period]indicators.Decimal{"sex=F": women, "sex=M": men}[key.Breakdown.Key()]
		for _, f := range series {
			if of != nil && f.Value.IsSet() {
				of[f.Period] = f.Value
			}
		}
	}
	newest := indicators.Period(0)
	for period := range women {
		if later := period.End() > newest.End() || period.End() == newest.End() && period > newest; men[period].IsSet() && period.End() <= c.p.Day && (newest == 0 || later) {
			newest = period
		}
	}
	if newest == 0 {
		return row, false
	}
	w, m := women[newest], men[newest]
	return gapRow{
		link: c.linkIndicator(i), Period: c.period(newest), Women: c.stored(i, w).Shown, Men: c.stored(i, m).Shown,
		Gap: c.change(i, progress.Number{Valid: true, Value: w.Float() - m.Float()}),
	}, true
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
