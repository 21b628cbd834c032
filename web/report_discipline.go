package web

import (
	"html/template"

	"jalon/indicators"
)

// A reportingReport is who reported what was due, and when.
type reportingReport struct {
	From, To figure
	Themes   []reportingRow // the last is all of them
	Donors   []reportingRow // of the indicators of what each pays for
	Overdue  []overdueRow
	Heat     []drawn // chart E, one for each theme
}

// A reportingRow counts the reports of some indicators.
type reportingRow struct {
	Of                   link
	Focal                phrase
	Due, Made, InTime    int
	MadeShare, TimeShare figure
	Verified             int    // of those made, before they were published
	VerifiedShare        figure // of those made
	Provisional          int    // indicators whose newest value is provisional
}

// An overdueRow is a value that should be there.
type overdueRow struct {
	link
	Period, Due figure
	Responsible phrase
}

func (c *composer) reportingRow(list []*indicators.Indicator) reportingRow {
	rate := c.p.ReportingRateOf(list, c.receipt)
	row := reportingRow{
		Due: rate.Due, Made: rate.Made, InTime: rate.InTime, Verified: rate.Verified,
		MadeShare: c.part(rate.Made, rate.Due), TimeShare: c.part(rate.InTime, rate.Due), VerifiedShare: c.part(rate.Verified, rate.Made),
	}
	for _, i := range list {
		if f := c.p.NewestFigure(i); f != nil && f.Status == "P" {
			row.Provisional++
		}
	}
	return row
}

// reportsPrinted is how many months of reporting fit on paper.
const reportsPrinted = 12

func (c *composer) reportingReport(donors []donorReport) reportingReport {
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
	all := c.reportingRow(c.allIndicators())
	all.Of = link{Name: phrase{Text: c.l.T("tally.total")}}
	page.Themes = append(page.Themes, all)
	for _, d := range donors {
		if d.Due > 0 {
			page.Donors = append(page.Donors, d.reportingRow)
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
