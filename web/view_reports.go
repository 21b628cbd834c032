package web

import (
	"html/template"
	"net/http"
	"slices"

	"jalon/charts"
	"jalon/indicators"
)

// reportedMonths is how many months of reporting a group's page looks back on.
const reportedMonths = 24

// reportsOfGroup is how a group has reported: as a rate, month by month, as a picture.
type reportsOfGroup struct {
	Rate    template.HTML // nothing where no report was due
	Chart   chart         // chart E
	Months  []figure      // the newest first: of a wide table, a screen shows the beginning
	Rows    []reportsRow
	Without int // indicators of which no report is asked for
}

// A reportsRow is the reports of one indicator: a word for each month, the newest first, and
// their numbers.
type reportsRow struct {
	link
	Frequency string
	Cells     []reportCell
	Due, Made int
}

// A reportCell is what became of the report of a month; Word is empty where none was due.
type reportCell struct {
	Code string // names the colour's class
	Word string
}

// reportsOf asks the database once, for all that is said of the reports of a group.
func (v *view) reportsOf(g *indicators.Group) reportsOfGroup {
	r := reportsOfGroup{}
	receipts, asked := v.receiptsOf(g.Code)
	r.Without = len(v.p.GroupIndicators(g.Code)) - asked
	if asked == 0 {
		return r
	}
	r.Rate = v.reportingRate(g.Code, receipts)
	rows, months := v.p.ReportingByMonth(g.Code, reportedMonths, receipts)
	r.Chart = v.picture("reporting-chart", v.reportsPlate(g.Code, rows, months))
	for _, m := range slices.Backward(months) {
		r.Months = append(r.Months, v.period(m))
	}
	for _, row := range rows {
		r.Rows = append(r.Rows, v.reportsRow(row))
	}
	return r
}

// receiptsOf is when the reports of a group came in, as far back as its page looks, and of
// how many indicators reports are asked for.
func (v *view) receiptsOf(group string) (receipts indicators.Receipts, asked int) {
	codes, since := v.p.DueOf(group)
	if len(codes) > 0 && v.receipts != nil {
		back := v.p.Day.Time().AddDate(0, -reportedMonths, 0).Year()
		receipts = v.receipts(codes, min(since, back))
	}
	return receipts, len(codes)
}

// reportingRate says how many reports of a group were made, and in time.
func (v *view) reportingRate(group string, receipts indicators.Receipts) template.HTML {
	rate := v.p.ReportingRate(group, receipts)
	if rate.Due == 0 {
		return ""
	}
	share := func(n int) figure { return figure(v.l.Percent(float64(n)/float64(rate.Due), 0)) }
	return sentence(v.l, "group.reporting", rate.Due, rate.Made, share(rate.Made), rate.InTime, share(rate.InTime))
}

func (v *view) reportsRow(row indicators.ReportingRow) reportsRow {
	shown := reportsRow{link: v.linkIndicator(row.Indicator), Frequency: v.l.T("frequency." + string(row.Indicator.Frequency))}
	for _, o := range slices.Backward(row.Months) {
		cell := reportCell{}
		if code := fateCode(o); code != "" {
			cell = reportCell{code, v.l.T("reports." + code)}
			shown.Due++
			if o.State.Reported() {
				shown.Made++
			}
		}
		shown.Cells = append(shown.Cells, cell)
	}
	return shown
}

// fateCode names what became of a report; nothing where none was due.
func fateCode(o *indicators.Obligation) string {
	switch {
	case o == nil:
		return ""
	case o.Revised:
		return "revised"
	case o.State == indicators.InTime:
		return "in_time"
	case o.State == indicators.Late:
		return "late"
	}
	return "missing"
}

// fate is the same as the chart knows it.
func fate(o *indicators.Obligation) charts.Reporting {
	return map[string]charts.Reporting{
		"revised": charts.Revised, "in_time": charts.InTime, "late": charts.Late, "missing": charts.Missing,
	}[fateCode(o)]
}

func findReports(v *view, r *http.Request) (plate, error) {
	code := r.PathValue("code")
	if v.p.Group(code) == nil {
		return plate{}, notFound("group", code)
	}
	receipts, _ := v.receiptsOf(code)
	rows, months := v.p.ReportingByMonth(code, reportedMonths, receipts)
	return v.reportsPlate(code, rows, months), nil
}

// reportsPlate is chart E: what became of the reports of a group, month by month.
func (v *view) reportsPlate(group string, rows []indicators.ReportingRow, months []indicators.Period) plate {
	p := plate{address: escaped("groups", group, "reporting"), page: escaped("groups", group)}
	if len(rows) == 0 {
		return p
	}
	heat := make([]charts.HeatRow, len(rows))
	for n, row := range rows {
		heat[n].Title = v.phrase(row.Indicator.Title).Text
		for _, o := range row.Months {
			heat[n].Cells = append(heat[n].Cells, fate(o))
		}
	}
	p.sources = v.ours("chart.sources.reports")
	if g := v.p.Group(group); g != nil {
		p.subject = v.phrase(g.Title)
	}
	p.build = func(f charts.Format) (charts.Chart, error) { return charts.HeatMap(v.l, heat, months, f) }
	p.table = func() figures {
		t := figures{heading: v.words("figures.", "code", "title", "period", "due", "report")}
		for _, row := range rows {
			for _, o := range row.Months {
				if o != nil {
					t.rows = append(t.rows, []string{row.Indicator.Code, v.phrase(row.Indicator.Title).Text, o.Period.String(), o.Due.String(), fateCode(o)})
				}
			}
		}
		return t
	}
	return p
}
