package web

import (
	"html/template"
	"net/http"
	"slices"

	"jalon/indicators"
	"jalon/indicators/progress"
)

// A composer writes one report.
type composer struct {
	*view
	ps      *pages
	r       *http.Request
	e       *edition
	drawn   int // so far
	receipt indicators.Receipts
}

// A monthlyReport is the report in its twelve sections.
type monthlyReport struct {
	Cover      cover
	Contents   []option // anchors and titles
	Message    message
	Synoptic   []synopticRow
	Bars       drawn // chart A
	Changes    changes
	Themes     []themeReport
	Frameworks []frameworkReport
	Territory  territoryReport
	Donors     donorsReport
	Reporting  reportingReport
	Quality    qualityReport
	Late, Soon []milestoneRow
	SoonDays   int
	Annexes    annexes
}

// A cover says which report this is, and how to be sure of it.
type cover struct {
	Programme phrase
	Title     string
	Number    figure
	Draft     bool
	Reason    phrase // of a correction
	CutOff    figure
	Changeset int
	Published figure
	SHA256    string
	Chain     string
	Address   string
	Invented  template.HTML
	Lead      []template.HTML
}

// A message is what its authors want to be known. Where they have written no news, those are
// named that moved most.
type message struct {
	Words     []phrase
	Good      []template.HTML
	Alerts    []template.HTML
	Decisions []phrase
	Blocked   []blockedRow
	Counted   bool // the news are not written by anybody
}

// newsShown is how many good news and how many alerts a message has.
const newsShown = 3

// sections lists the sections in their order, by the anchor of each.
func sections() []string {
	return []string{"message", "synoptic", "changes", "themes", "goals", "territory", "funding", "reporting", "quality", "milestones", "annexes"}
}

// compose writes the report.
func (ps *pages) compose(r *http.Request, e *edition) (*monthlyReport, error) {
	c := &composer{view: e.view, ps: ps, r: r, e: e}
	c.readReceipts()
	m := &monthlyReport{SoonDays: soonDays}
	for _, s := range sections() {
		m.Contents = append(m.Contents, option{Value: s, Word: c.l.T("report.section." + s)})
	}
	m.Late, m.Soon = c.openMilestones()
	themes := c.themes(m.Late)
	m.Cover, m.Message = c.cover(themes, m), c.message()
	m.Synoptic, m.Bars = c.synoptic(themes), c.chart(c.statusPlate(themes))
	m.Changes = c.changes()
	for _, t := range themes {
		m.Themes = append(m.Themes, c.theme(t))
	}
	for _, f := range c.frameworksByUse() {
		m.Frameworks = append(m.Frameworks, c.frameworkReport(f))
	}
	m.Territory, m.Donors = c.territory(), c.donorsReport()
	m.Reporting = c.reportingReport(m.Donors.Rows)
	var err error
	if m.Quality, err = c.qualityReport(); err != nil {
		return nil, err
	}
	m.Annexes = c.annexes()
	return m, nil
}

func (c *composer) cover(themes []theme, m *monthlyReport) cover {
	s := &c.e.Snapshot
	page := cover{
		Programme: c.programme(), Title: c.e.title(), Number: figure(s.Number), Draft: !s.IsPublished(), Reason: c.original(s.Reason),
		CutOff: c.date(s.Judged), Changeset: s.Changeset, SHA256: s.SHA256, Chain: string(s.Chain),
		Address:  c.origin + "/" + c.l.Code + "/" + escaped("snapshots", s.Number),
		Invented: c.inventedAmong(c.allIndicators(), c.allActions()), Lead: c.lead(themes, m.Late, m.Soon),
	}
	if s.PublishedAt != nil {
		page.Published = c.moment(*s.PublishedAt)
	}
	return page
}

// written are the lines of a text beside the snapshot, each a point of its own.
func (c *composer) written(kind indicators.TextKind, group string) []phrase {
	var lines []phrase
	for _, t := range c.e.texts {
		if t.Kind != kind || string(t.Group) != group {
			continue
		}
		lines = append(lines, c.points(t.Text)...)
	}
	return lines
}

func (c *composer) message() message {
	m := message{Words: c.written(indicators.KeyMessage, ""), Decisions: c.written(indicators.Decision, ""), Blocked: c.blocked()}
	for _, p := range c.written(indicators.GoodNews, "") {
		m.Good = append(m.Good, p.HTML())
	}
	for _, p := range c.written(indicators.Alert, "") {
		m.Alerts = append(m.Alerts, p.HTML())
	}
	if len(m.Good)+len(m.Alerts) > 0 {
		return m
	}
	m.Counted = true
	var risen, fallen []indicators.Move
	if then := c.before(); then.Picture != nil {
		risen, fallen = indicators.Movers(then.Picture, c.p, newsShown)
	}
	m.Good, m.Alerts = c.news(risen), c.news(fallen)
	m.Good = append(m.Good, c.standingNews(newsShown-len(m.Good), risen, progress.Achieved, progress.OnTrack)...)
	m.Alerts = append(m.Alerts, c.standingNews(newsShown-len(m.Alerts), fallen, progress.Missed, progress.Regressed, progress.FarBehind)...)
	return m
}

// news tells of moves, with the reason why each stands where it does now.
func (c *composer) news(moves []indicators.Move) (all []template.HTML) {
	for _, m := range moves {
		i := c.p.Indicator(m.Indicator)
		if _, known := m.Change(); !known {
			all = append(all, sentence(c.l, "report.news.stands", c.linkIndicator(i), c.reason(i, m.After)))
			continue
		}
		all = append(all, sentence(c.l, "report.news.moved", c.linkIndicator(i), c.share(m.Before.Achievement), c.share(m.After.Achievement), c.reason(i, m.After)))
	}
	return all
}

// standingNews fills up with key indicators that stand best, or worst.
func (c *composer) standingNews(most int, told []indicators.Move, statuses ...progress.Status) (all []template.HTML) {
	for _, s := range statuses {
		for _, a := range c.keyAssessments() {
			known := slices.ContainsFunc(told, func(m indicators.Move) bool { return m.Indicator == a.Indicator })
			if a.Status == s && len(all) < most && !known {
				i := c.p.Indicator(a.Indicator)
				all = append(all, sentence(c.l, "report.news.stands", c.linkIndicator(i), c.reason(i, a)))
			}
		}
	}
	return all
}

// A synopticRow is one theme at a glance; the last row is all of them.
type synopticRow struct {
	link
	Indicators, Reported                              int
	Achieved, OnTrack, Behind, FarBehind, NotAssessed int
	Completeness                                      figure
}

func (c *composer) synoptic(themes []theme) []synopticRow {
	row := func(l link, list []*indicators.Indicator, t indicators.Rollup) synopticRow {
		count := func(s progress.Status) int { return t.Counts[s.Index()] }
		row := synopticRow{
			link: l, Indicators: t.Total, Achieved: count(progress.Achieved), OnTrack: count(progress.OnTrack), Behind: count(progress.Behind),
			FarBehind:   count(progress.FarBehind) + count(progress.Regressed) + count(progress.Missed),
			NotAssessed: count(progress.NotAssessable),
		}
		for _, i := range list {
			if len(c.p.Figures(i.Code)) > 0 && !c.p.Overdue(i) {
				row.Reported++
			}
		}
		row.Completeness = c.part(c.p.ReportingRateOf(list, c.receipt).Made, c.p.ReportingRateOf(list, c.receipt).Due)
		return row
	}
	var rows []synopticRow
	for _, t := range themes {
		rows = append(rows, row(t.link, c.p.GroupIndicators(t.Code), t.Rollup))
	}
	all := c.allIndicators()
	return append(rows, row(link{Name: phrase{Text: c.l.T("tally.total")}}, all, c.p.RollUp(c.p.ForIndicators(all))))
}

// part is a share of a number of things; nothing of none.
func (c *composer) part(n, of int) figure {
	if of == 0 {
		return ""
	}
	return figure(c.l.Percent(float64(n)/float64(of), 0))
}

// readReceipts asks once when the reports of the whole programme came in.
func (c *composer) readReceipts() {
	codes, since := c.p.DueAmong(c.allIndicators())
	if len(codes) > 0 && c.receipts != nil {
		c.receipt = c.receipts(codes, min(since, c.p.Day.Time().AddDate(0, -reportsPrinted, 0).Year()))
	}
}
