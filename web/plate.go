package web

import (
	"net/http"
	"net/url"
	"strings"

	"jalon/indicators"
)

// A plate is a chart that can be asked for by itself: as a picture, as what the browser draws
// it from, as the table of the figures in it, as a page for other sites to frame. The zero plate is of nothing to show.
type plate struct {
	address string     // below /charts/{language}/, without an ending
	page    string     // the page that it belongs to, likewise below the language
	params  url.Values // of the choices that addresses offer, those that it shows
	build   builder
	subject phrase // what it is of, where its title does not say so
	unit    phrase
	sources []phrase
	// invented tells whether some of it is made up, for a demonstration; nil: it is not.
	invented func() bool
	table    func() figures
}

// figures are a table in a machine's hands: numbers with a point and every digit, periods
// and days as they are written in the workbook, the heading in the reader's language.
type figures struct {
	heading []string
	rows    [][]string
}

// A plateKind is one sort of chart: where the plates of it stand, and how one is found.
type plateKind struct {
	pattern string // of address
	find    func(*view, *http.Request) (plate, error)
}

// plateKinds lists every chart of the site.
func plateKinds() []plateKind {
	return []plateKind{
		{"overview/status", findStatus},
		{"overview/keys", func(v *view, _ *http.Request) (plate, error) { return v.keysPlate(v.keyAssessments()), nil }},
		{"overview/moves", findSlopes},
		{"snapshots/{pair}/moves", findDifferenceSlopes},
		{"indicators/{code}/trajectory", findTrajectory},
		{"indicators/{code}/governorates", findTiles},
		{"indicators/{code}/ranking", findRanking},
		{"indicators/{code}/sex", findPairs},
		{"territory/actions", func(v *view, _ *http.Request) (plate, error) { return v.actionTilesPlate(), nil }},
		{"frameworks/{code}/matrix", findMatrix},
		{"currencies/{currency}/flows", findFlows},
		{"donors/{code}/balance", findPortfolio((*view).balancePlate)},
		{"donors/{code}/outcomes", findPortfolio((*view).outcomesPlate)},
		{"donors/{code}/money", findPortfolio((*view).donorFlows)},
		{"frameworks/{code}/pairs", findAhead},
		{"frameworks/{code}/{result}/pairs", findAhead},
		{"groups/{code}/actions", findGroupSchedule},
		{"groups/{code}/reporting", findReports},
		{"actions/{code}/schedule", findActionSchedule},
	}
}

// plateChoices are the parameters by which an address asks for another period, or another
// part of the whole, than a chart shows by itself.
func plateChoices() []string { return []string{"period", "breakdown"} }

// plateRoutes lists the addresses of all charts in one language.
func (ps *pages) plateRoutes(mux register, lang string) {
	l := ps.server.languages[lang]
	for _, kind := range plateKinds() {
		at := "GET /charts/" + lang + "/" + kind.pattern
		mux.Handle(at+".svg", ps.drawn(l, kind.find, "image/svg+xml", ps.picture))
		mux.Handle(at+".json", ps.drawn(l, kind.find, "application/json", optionOf))
		mux.Handle(at+".csv", ps.figures(l, kind.find))
		mux.Handle(at, ps.framed(l, kind.find))
	}
}

// sourcesOf are the sources of some figures, each once.
func (v *view) sourcesOf(all []indicators.Figure) []phrase {
	var names []phrase
	seen := map[indicators.Optional]bool{"": true}
	for _, f := range all {
		if !seen[f.Source] {
			seen[f.Source] = true
			names = append(names, v.original(f.Source))
		}
	}
	return names
}

// words are texts of the catalogue under one prefix.
func (v *view) words(prefix string, keys ...string) []string {
	all := make([]string, len(keys))
	for n, key := range keys {
		all[n] = v.l.T(prefix + key)
	}
	return all
}

// fileName is what a download of a plate is called.
func (p *plate) fileName(ending string) string {
	return "jalon-" + strings.NewReplacer("/", "-", "%", "-").Replace(p.address) + ending
}
