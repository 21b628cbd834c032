package web

import (
	"html/template"

	"jalon/indicators"
)

// A dataPage tells what can be taken away, and by which ways programs read.
type dataPage struct {
	Workbook string
	Tables   []dataTable
	Ways     []dataWay
	Licence  phrase
	Contact  string
	State    template.HTML
}

// A dataTable is one table of the workbook, as CSV. Rows is not told of observations, which
// memory does not hold.
type dataTable struct {
	Name  string
	Title string
	Words string
	Href  string
	Rows  figure
}

// A dataWay is an address for programs.
type dataWay struct {
	Name  string
	Words string
	Href  string
}

func (v *view) data() dataPage {
	page := dataPage{
		Workbook: v.href("data", workbookName), Contact: v.p.Setting("contact", ""), State: v.known(),
		Licence: v.original(indicators.Optional(v.p.Setting("licence", ""))),
	}
	rows := v.rowsOfTables()
	for _, name := range indicators.Tables() {
		t := dataTable{Name: name, Title: v.l.T("table." + name), Words: v.l.T("table." + name + ".words"), Href: v.href("data", name+".csv")}
		if name == "settings" {
			t.Words = v.l.T("data.settings")
		}
		if count, known := rows[name]; known {
			t.Rows = figure(v.l.Integer(count))
		}
		page.Tables = append(page.Tables, t)
	}
	for _, way := range []struct{ key, href string }{
		{"api", "/api/v1/indicators" + v.query()}, {"openapi", "/api/v1/openapi.json"}, {"metrics", "/metrics"}, {"feed", "/" + v.l.Code + "/feed.atom"}, {"history", v.href("history")},
	} {
		page.Ways = append(page.Ways, dataWay{v.l.T("data.way." + way.key), v.l.T("data.way." + way.key + ".words"), way.href})
	}
	return page
}

// rowsOfTables counts the rows of the tables that memory holds.
func (v *view) rowsOfTables() map[string]int {
	d := v.p.WithRules()
	return map[string]int{
		"settings": len(d.Settings), "categories": len(d.Categories), "organisations": len(d.Organisations), "groups": len(d.Groups),
		"frameworks": len(d.Frameworks), "results": len(d.Results), "actions": len(d.Actions), "milestones": len(d.Milestones),
		"funding": len(d.Funding), "indicators": len(d.Indicators), "targets": len(d.Targets),
	}
}
