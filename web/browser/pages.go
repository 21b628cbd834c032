// Package browser looks at the pages of the demonstration with a real browser, as their
// readers do. All of it is tests, except the list of pages, which the tests of web hold
// against the routes. It knows the site by its addresses only.
package browser

import "strings"

// A Page is an address that the tests look at, in every language.
type Page struct {
	Name string // of its picture
	Path string // behind the language, or with /LANG in it
	As   string // who looks at it: one of the people of the tests; "" is the public
	Main bool   // pictured, walked through by keyboard, and measured
	Not  int    // the status that it answers with, where that is not 200
}

// Address is where the page is in a language.
func (p Page) Address(lang string) string {
	if before, after, found := strings.Cut(p.Path, "/LANG/"); found {
		return before + "/" + lang + "/" + after
	}
	return "/" + lang + p.Path
}

// Pages lists every kind of page at least once. A new page goes here, with an address that
// the demonstration has.
func Pages() []Page {
	return []Page{
		{Name: "overview", Path: "/", Main: true},
		{Name: "overview-past", Path: "/?as-of=2026-03-31"},
		{Name: "group", Path: "/groups/3", Main: true},
		{Name: "action", Path: "/actions/A1-03", Main: true},
		{Name: "actions", Path: "/actions"},
		{Name: "crossings", Path: "/complementarities", Main: true},
		{Name: "territory", Path: "/territory", Main: true},
		{Name: "governorate", Path: "/territory/TN-61"},
		{Name: "donors", Path: "/donors"},
		{Name: "donor", Path: "/donors/DEMO-DONOR-A", Main: true},
		{Name: "donor-of-nothing", Path: "/donors/DEMO-UNIV"},
		{Name: "indicators", Path: "/indicators"},
		{Name: "search", Path: "/search?q=emploi", Main: true},
		{Name: "glossary", Path: "/glossary"},
		{Name: "data", Path: "/data"},
		{Name: "indicator", Path: "/indicators/REM-COST", Main: true},
		{Name: "indicator-monthly", Path: "/indicators/A1-01-1"},
		{Name: "indicator-parts", Path: "/indicators/A1-02-1?breakdown=sex%3DF"},
		{Name: "indicator-method", Path: "/indicators/A1-02-2?method=dns_weather&period=2026-Q2"},
		{Name: "goals", Path: "/frameworks/sdg2030", Main: true},
		{Name: "plan", Path: "/frameworks/plan2026"},
		{Name: "result", Path: "/frameworks/sdg2030/10.c"},
		{Name: "methods", Path: "/methods", Main: true},
		{Name: "styleguide", Path: "/styleguide"},
		{Name: "quality", Path: "/quality", Main: true},
		{Name: "difference", Path: "/snapshots/2026-08...2026-09", Main: true},
		{Name: "framed-difference", Path: "/charts/LANG/snapshots/2026-08...2026-09/moves"},
		{Name: "history", Path: "/history", Main: true},
		{Name: "snapshots", Path: "/snapshots"},
		{Name: "changeset", Path: "/history/26"},
		{Name: "revisions", Path: "/indicators/REM-COST/history"},
		{Name: "figure-history", Path: "/indicators/REM-COST/history/2023"},
		{Name: "documents", Path: "/indicators/REM-COST/documents"},
		{Name: "framed-overview", Path: "/charts/LANG/overview/status"},
		{Name: "framed-keys", Path: "/charts/LANG/overview/keys"},
		{Name: "framed-moves", Path: "/charts/LANG/overview/moves"},
		{Name: "framed-indicator", Path: "/charts/LANG/indicators/REM-COST/trajectory"},
		{Name: "framed-territory", Path: "/charts/LANG/territory/actions"},
		{Name: "framed-governorates", Path: "/charts/LANG/indicators/A1-02-1/governorates"},
		{Name: "framed-ranking", Path: "/charts/LANG/indicators/A1-02-2/ranking"},
		{Name: "framed-sex", Path: "/charts/LANG/indicators/UNEMP/sex"},
		{Name: "framed-money", Path: "/charts/LANG/currencies/EUR/flows"},
		{Name: "framed-donor-money", Path: "/charts/LANG/donors/DEMO-DONOR-A/money"},
		{Name: "framed-balance", Path: "/charts/LANG/donors/DEMO-DONOR-A/balance"},
		{Name: "framed-outcomes", Path: "/charts/LANG/donors/DEMO-DONOR-A/outcomes"},
		{Name: "framed-ahead", Path: "/charts/LANG/frameworks/sdg2030/pairs"},
		{Name: "framed-result-ahead", Path: "/charts/LANG/frameworks/sdg2030/10/pairs"},
		{Name: "framed-schedule", Path: "/charts/LANG/groups/3/actions"},
		{Name: "framed-reporting", Path: "/charts/LANG/groups/3/reporting"},
		{Name: "framed-action", Path: "/charts/LANG/actions/A1-03/schedule"},
		{Name: "framed-goals", Path: "/charts/LANG/frameworks/sdg2030/matrix"},
		{Name: "sign-in", Path: "/sign-in"},
		{Name: "invitation", Path: "/invitation/none", Not: 404},
		{Name: "nothing", Path: "/nothing", Not: 404},

		{Name: "account", Path: "/account", As: "focal"},
		{Name: "desk", Path: "/desk", As: "focal", Main: true},
		{Name: "grid", Path: "/desk/grid", As: "focal", Main: true},
		{Name: "figure", Path: "/desk/figures/A1-01-1?period=2026-10", As: "focal"},
		{Name: "desk-verifier", Path: "/desk", As: "verifier"},
		{Name: "desk-donor", Path: "/desk", As: "donor"},
		{Name: "periods", Path: "/desk/periods", As: "verifier"},
		{Name: "snapshot-desk", Path: "/desk/snapshots/2026-09", As: "verifier"},
		{Name: "snapshots-verifier", Path: "/snapshots", As: "verifier"},
		{Name: "quality-verifier", Path: "/quality", As: "verifier"},
		{Name: "admin", Path: "/admin", As: "admin", Main: true},
		{Name: "settings", Path: "/admin/settings", As: "admin"},
		{Name: "table", Path: "/admin/indicators", As: "admin"},
		{Name: "form", Path: "/admin/indicators/edit?key=REM-COST", As: "admin"},
		{Name: "accounts", Path: "/admin/accounts", As: "admin"},
		{Name: "person", Path: "/admin/accounts/edit?id=1", As: "admin"},
	}
}
