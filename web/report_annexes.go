package web

import (
	"bytes"
	"net/http"

	"jalon/exchange/xlsx"
	"jalon/indicators"
	"jalon/indicators/progress"
	"jalon/locale"
)

func (ps *pages) reportAnnexes(w http.ResponseWriter, r *http.Request, l *locale.Language) error {
	e, err := ps.editionFor(r, l)
	if err != nil {
		return err
	}
	body, err := ps.workbook(r, e)
	if err != nil {
		return err
	}
	e.sent(w, r, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "annexes.xlsx", body)
	return nil
}

// workbook writes the annexes, a sheet each. The same snapshot gives the same bytes; those of a
// published one are kept.
func (ps *pages) workbook(r *http.Request, e *edition) ([]byte, error) {
	key := pageKey{address: e.view.l.Code + "/" + e.Number + "/annexes", withheld: ps.server.live.Picture().Protection, before: e.view.before().Snapshot}
	if kept := ps.printer.find(key); kept != nil && e.IsPublished() {
		return kept, nil
	}
	c := &composer{view: e.view, ps: ps, r: r, e: e}
	c.readReceipts()
	at := e.TakenAt
	if e.PublishedAt != nil {
		at = *e.PublishedAt
	}
	book := xlsx.Book{Title: e.title(), Language: c.l.Code, At: at, RightToLeft: c.l.Dir == "rtl", Sheets: []xlsx.Sheet{
		c.aboutSheet(), c.synopticSheet(), c.assessmentSheet(), c.valueSheet(), c.targetSheet(), c.actionSheet(), c.milestoneSheet(),
		c.fundingSheet(), c.reportingSheet(), c.changeSheet(), c.methodSheet(), c.glossarySheet(),
	}}
	var body bytes.Buffer
	if err := book.Write(&body); err != nil {
		return nil, err
	}
	if e.IsPublished() && !e.view.incomplete {
		ps.printer.keep(key, body.Bytes())
	}
	return body.Bytes(), nil
}

// sheet begins a sheet.
func (c *composer) sheet(name string, columns ...string) xlsx.Sheet {
	return c.tableSheet("report.sheet."+name, columns...)
}

// Cells of a kind; nil for none.
func dayCell(d indicators.Date) any {
	if d == 0 {
		return nil
	}
	return xlsx.Day{Time: d.Time()}
}

func decimalCell(d indicators.Decimal) any {
	if !d.IsSet() {
		return nil
	}
	return d.Float()
}

func numberCell(n progress.Number) any {
	if !n.Valid {
		return nil
	}
	return n.Value
}

func periodCell(p indicators.Period) any {
	if p == 0 {
		return nil
	}
	return p.String()
}

func (c *composer) aboutSheet() xlsx.Sheet {
	s := xlsx.Sheet{Name: c.l.T("report.sheet.about"), Heading: []string{c.programme().Text, c.e.title()}}
	add := func(key string, value any) { s.Rows = append(s.Rows, []any{c.l.T("report." + key), value}) }
	add("number", c.e.Number)
	add("cut_off", dayCell(c.e.Judged))
	if c.e.PublishedAt != nil {
		add("published", dayCell(indicators.DateOf(c.e.PublishedAt.In(c.p.Zone()))))
	}
	add("changeset", c.e.Changeset)
	add("sha256", c.e.SHA256)
	if c.e.Chain != "" {
		add("chain", string(c.e.Chain))
	}
	add("address", c.origin+"/"+c.l.Code+"/"+escaped("snapshots", c.e.Number))
	if !c.e.IsPublished() {
		s.Rows = append(s.Rows, []any{c.l.T("report.margin.draft"), nil})
	}
	if c.e.Reason != "" {
		add("reason", string(c.e.Reason))
	}
	return s
}

func (c *composer) synopticSheet() xlsx.Sheet {
	s := c.sheet("synoptic", "code", "title", "indicators", "reported")
	for _, status := range progress.Statuses() {
		s.Heading = append(s.Heading, c.l.T("status."+string(status)))
	}
	s.Heading = append(s.Heading, c.words("figures.", "due_reports", "made", "in_time", "verified")...)
	for _, g := range c.groups() {
		list := c.p.GroupIndicators(g.Code)
		up := 0
		for _, i := range list {
			if len(c.p.Figures(i.Code)) > 0 && !c.p.Overdue(i) {
				up++
			}
		}
		t, rate := c.p.RollUp(c.p.ForIndicators(list)), c.p.ReportingRateOf(list, c.receipt)
		row := []any{g.Code, c.phrase(g.Title).Text, t.Total, up}
		for _, n := range t.Counts {
			row = append(row, n)
		}
		s.Rows = append(s.Rows, append(row, rate.Due, rate.Made, rate.InTime, rate.Verified))
	}
	return s
}

func (c *composer) assessmentSheet() xlsx.Sheet {
	s := c.sheet("assessments", "code", "title", "part", "framework", "unit", "baseline", "baseline_period", "value", "period", "target", "target_low", "target_high",
		"target_period", "achievement", "expected", "status", "method", "version", "source")
	for _, i := range c.allIndicators() {
		for _, a := range c.p.Of(i.Code) {
			s.Rows = append(s.Rows, []any{
				i.Code, c.phrase(i.Title).Text, c.breakdown(a.Breakdown), string(a.Framework), c.unit(i).Text,
				numberCell(a.Baseline.Value), periodCell(a.Baseline.Period), numberCell(a.Latest.Value), periodCell(a.Latest.Period),
				decimalCell(a.Target.Value), decimalCell(a.Target.Low), decimalCell(a.Target.High), periodCell(a.Target.Period),
				numberCell(a.Achievement), numberCell(a.Expected), c.status(a.Status).Word, c.methodOf(a), a.Method.Version, string(i.Source),
			})
		}
	}
	return s
}

func (v *view) methodOf(a *indicators.Assessment) string {
	if a.Method.Code == "" {
		return ""
	}
	return v.methodName(a.Method.Code).Name
}

// valueSheet is every figure that the snapshot holds, those of parts too, beside what its series
// is judged by; what is withheld has a status and no value.
func (c *composer) valueSheet() xlsx.Sheet {
	s := c.sheet("values", "code", "title", "part", "unit", "period", "value", "numerator", "denominator", "obs_status", "source",
		"baseline", "baseline_period", "target", "target_low", "target_high", "target_period")
	s.Stream = func(yield func([]any, error) bool) {
		judged := c.judgedBy()
		for o, err := range c.ps.published(c.r.Context(), c.p, "") {
			switch i := c.p.Indicator(o.Indicator); {
			case err != nil:
				yield(nil, err)
				return
			case i == nil || o.Period.End() > c.p.Day: // of later periods a snapshot has none
			case !yield(c.valueRow(i, &o, judged[indicators.SeriesKey{Indicator: o.Indicator, Breakdown: o.Breakdown}]), nil):
				return
			}
		}
	}
	return s
}

// judgedBy is what each series is judged by first.
func (c *composer) judgedBy() map[indicators.SeriesKey]*indicators.Assessment {
	all := map[indicators.SeriesKey]*indicators.Assessment{}
	for _, i := range c.allIndicators() {
		for _, a := range c.p.Of(i.Code) {
			key := indicators.SeriesKey{Indicator: i.Code, Breakdown: a.Breakdown}
			if all[key] == nil || a == c.p.Principal(i.Code) {
				all[key] = a
			}
		}
	}
	return all
}

func (c *composer) valueRow(i *indicators.Indicator, o *indicators.Observation, a *indicators.Assessment) []any {
	row := []any{
		i.Code, c.phrase(i.Title).Text, c.breakdown(o.Breakdown), c.unit(i).Text, periodCell(o.Period), decimalCell(o.Value), decimalCell(o.Numerator),
		decimalCell(o.Denominator), o.Status, string(o.Source),
	}
	if a == nil {
		return row
	}
	return append(row, numberCell(a.Baseline.Value), periodCell(a.Baseline.Period), decimalCell(a.Target.Value), decimalCell(a.Target.Low),
		decimalCell(a.Target.High), periodCell(a.Target.Period))
}

func (c *composer) targetSheet() xlsx.Sheet {
	s := c.sheet("targets", "code", "kind", "part", "framework", "period", "target", "target_low", "target_high", "source")
	for n := range c.p.Targets {
		t := &c.p.Targets[n]
		s.Rows = append(s.Rows, []any{
			t.Indicator, c.l.T("target." + t.Kind), c.breakdown(t.Breakdown), string(t.Framework), periodCell(t.Period),
			decimalCell(t.Value), decimalCell(t.Low), decimalCell(t.High), string(t.Source),
		})
	}
	return s
}

func (c *composer) actionSheet() xlsx.Sheet {
	s := c.sheet("actions", "code", "title", "group", "status", "start", "end", "actual_start", "actual_end", "obstacle")
	for n := range c.p.Actions {
		a := &c.p.Actions[n]
		s.Rows = append(s.Rows, []any{
			a.Code, c.phrase(a.Title).Text, a.Group, c.l.T("action.status." + a.Status), dayCell(a.Start), dayCell(a.End), dayCell(a.ActualStart), dayCell(a.ActualEnd),
			c.phrase(a.Obstacle).Text,
		})
	}
	return s
}

func (c *composer) milestoneSheet() xlsx.Sheet {
	s := c.sheet("milestones", "action", "code", "title", "due", "done")
	for n := range c.p.Milestones {
		m := &c.p.Milestones[n]
		s.Rows = append(s.Rows, []any{m.Action, m.Code, c.phrase(m.Title).Text, dayCell(m.Due), dayCell(m.Done)})
	}
	return s
}

func (c *composer) fundingSheet() xlsx.Sheet {
	s := c.sheet("funding", "action", "donor", "kind", "amount", "currency", "date", "reference")
	for n := range c.p.Funding {
		f := &c.p.Funding[n]
		s.Rows = append(s.Rows, []any{f.Action, c.organisation(f.Donor).Text, c.l.T("funding." + f.Kind), decimalCell(f.Amount), f.Currency, dayCell(f.Date), string(f.Reference)})
	}
	return s
}

func (c *composer) reportingSheet() xlsx.Sheet {
	s := c.sheet("reporting", "code", "title", "due_reports", "made", "in_time", "verified")
	for _, i := range c.allIndicators() {
		if rate := c.p.ReportingRateOf([]*indicators.Indicator{i}, c.receipt); rate.Due > 0 {
			s.Rows = append(s.Rows, []any{i.Code, c.phrase(i.Title).Text, rate.Due, rate.Made, rate.InTime, rate.Verified})
		}
	}
	return s
}

// changeSheet is what the programme's tables say otherwise than in the snapshot before.
func (c *composer) changeSheet() xlsx.Sheet {
	s := c.sheet("changes", "table", "code", "kind", "column", "before_text", "after_text")
	for _, row := range c.changes().Rules {
		if len(row.Cells) == 0 {
			s.Rows = append(s.Rows, []any{row.Table, row.Key, row.Kind})
		}
		for _, cell := range row.Cells {
			s.Rows = append(s.Rows, []any{row.Table, row.Key, row.Kind, cell.Column, cell.Before, cell.After})
		}
	}
	return s
}

func (c *composer) methodSheet() xlsx.Sheet {
	s := c.sheet("methods", "code", "name", "version", "words", "source")
	for _, d := range progress.All() {
		s.Rows = append(s.Rows, []any{d.Code, c.methodName(d.Code).Name, d.Version, c.l.T("method." + d.Code + ".words"), d.Source})
	}
	return s
}

func (c *composer) glossarySheet() xlsx.Sheet {
	s := c.sheet("glossary", "code", "name", "words")
	for n := range c.glossary.all {
		if row := c.termRow(&c.glossary.all[n]); row.Definition != "" {
			s.Rows = append(s.Rows, []any{row.Code, row.Name, row.Definition})
		}
	}
	return s
}
