package web

import (
	"html/template"
	"net/http"
	"net/url"
	"slices"

	"jalon/indicators"
)

// A crossingsPage shows where the groups meet, and where nobody is.
type crossingsPage struct {
	Lead       template.HTML
	Grounds    []choice
	Frameworks []choice
	OnResults  bool
	Groups     []link
	Rows       []crossingRow
	Scopes     []crossingRow
	Gaps       []link
	Meetings   []meetingRow
	Invented   template.HTML
}

// A crossingRow is one line of the matrix: a cell for each group, the last for all.
type crossingRow struct {
	Name  template.HTML
	Depth int
	Cells []crossingCell
	Met   string // that several groups meet here, in words
}

// A crossingCell leads to the actions behind it.
type crossingCell struct {
	Count int
	Href  string
	Words string // for who hears the table
}

// A meetingRow is two actions of different groups and what they have in common.
type meetingRow struct {
	A, B         actionLink
	Results      []link
	Governorates []phrase
	Partners     []phrase
	Donors       []phrase
}

type actionLink struct {
	link
	Group string
}

func showCrossings(v *view, r *http.Request) (sheet, error) {
	params := only(r.URL.Query(), []string{"by", "framework"})
	return sheet{
		template: "crossings", path: "complementarities", params: params, title: v.l.T("crossings.title"), choices: true, main: v.crossings(params),
	}, nil
}

func (v *view) crossings(params url.Values) crossingsPage {
	frameworks := v.frameworksByUse()
	ground, framework := indicators.OnResults, params.Get("framework")
	if by := indicators.Ground(params.Get("by")); slices.Contains(indicators.Grounds(), by) {
		ground = by
	}
	if v.p.Framework(framework) == nil && len(frameworks) > 0 {
		framework = frameworks[0].Code
	}
	page := crossingsPage{OnResults: ground == indicators.OnResults, Scopes: v.scopes(), Invented: v.inventedAmong(nil, v.allActions())}
	for _, g := range indicators.Grounds() {
		page.Grounds = append(page.Grounds, choice{v.crossingsHref(g, ""), v.l.T("crossings.by." + string(g)), g == ground, ""})
	}
	if page.OnResults {
		for _, f := range frameworks {
			page.Frameworks = append(page.Frameworks, choice{v.crossingsHref(ground, f.Code), v.phrase(f.Title).Text, f.Code == framework, ""})
		}
	}
	for _, g := range v.groups() {
		page.Groups = append(page.Groups, v.linkGroup(g))
	}
	all := v.p.Crossings(ground, framework)
	for _, c := range all {
		if c.Count() > 0 || ground == indicators.OnGovernorates || page.OnResults && c.Depth == 0 {
			page.Rows = append(page.Rows, v.crossingRow(ground, c))
		}
	}
	page.Lead = v.crossingsLead(ground, all)
	if page.OnResults {
		page.Gaps = v.gaps(all)
	}
	for _, m := range v.p.Meetings(framework) {
		page.Meetings = append(page.Meetings, v.meeting(m))
	}
	return page
}

func (v *view) crossingsHref(on indicators.Ground, framework string) string {
	params := url.Values{"by": {string(on)}}
	if framework != "" {
		params.Set("framework", framework)
	}
	if v.asOf != "" {
		params.Set("as-of", v.asOf)
	}
	return "/" + v.l.Code + "/complementarities?" + params.Encode()
}

// crossingsLead counts where several groups meet; of results those at the lowest level,
// since the ones above hold them.
func (v *view) crossingsLead(on indicators.Ground, all []indicators.Crossing) template.HTML {
	several, one, none := 0, 0, 0
	for _, c := range all {
		switch {
		case on == indicators.OnResults && len(v.p.Children(c.Code)) > 0:
		case c.Groups() > 1:
			several++
		case c.Groups() == 1:
			one++
		default:
			none++
		}
	}
	return sentence(v.l, "crossings.lead."+string(on), several+one+none, several, one, none)
}

func (v *view) crossingRow(on indicators.Ground, c indicators.Crossing) crossingRow {
	row, pick := crossingRow{Depth: min(c.Depth, 4)}, indicators.Selection{Status: indicators.Standing}
	switch on {
	case indicators.OnResults:
		r := v.p.Result(c.Code)
		l := v.linkResult(r)
		row.Name = markup(`<bdi class="num code">` + template.HTMLEscapeString(r.Code) + `</bdi> ` + string(l.HTML()))
		pick.Result = c.Code
	case indicators.OnGovernorates:
		row.Name, pick.Governorate = v.governorates(indicators.Codes{c.Code})[0].HTML(), c.Code
	case indicators.OnPartners:
		row.Name, pick.Organisation = v.organisation(c.Code).HTML(), c.Code
	case indicators.OnDonors:
		row.Name, pick.Donor = v.organisation(c.Code).HTML(), c.Code
	}
	return v.crossed(row, c, pick)
}

// crossed fills a row's cells, each leading to its actions.
func (v *view) crossed(row crossingRow, c indicators.Crossing, pick indicators.Selection) crossingRow {
	for _, g := range v.groups() {
		pick.Group = g.Code
		n := len(c.Actions[g.Code])
		row.Cells = append(row.Cells, crossingCell{n, v.actionsHref(pick), v.l.N("card.actions", n)})
	}
	pick.Group = ""
	row.Cells = append(row.Cells, crossingCell{c.Count(), v.actionsHref(pick), v.l.N("card.actions", c.Count())})
	if c.Groups() > 1 {
		row.Met = v.l.N("crossings.groups", c.Groups())
	}
	return row
}

// scopes counts each group's actions by how far they reach.
func (v *view) scopes() []crossingRow {
	var rows []crossingRow
	for _, scope := range indicators.ActionScopes() {
		pick := indicators.Selection{Scope: scope, Status: indicators.Standing}
		c := indicators.Crossing{Actions: map[string][]*indicators.Action{}}
		for _, a := range v.p.Select(pick) {
			c.Actions[a.Group] = append(c.Actions[a.Group], a)
		}
		row := v.crossed(crossingRow{Name: phrase{Text: v.l.T("scope." + scope)}.HTML()}, c, pick)
		row.Met = ""
		rows = append(rows, row)
	}
	return rows
}

// gaps are the results that no action serves, each at the highest level where that is so.
func (v *view) gaps(all []indicators.Crossing) []link {
	empty := map[string]bool{}
	var gaps []link
	for _, c := range all {
		r := v.p.Result(c.Code)
		if empty[c.Code] = c.Count() == 0; empty[c.Code] && !empty[r.Framework+":"+string(r.Parent)] {
			gaps = append(gaps, v.linkResult(r))
		}
	}
	return gaps
}

func (v *view) meeting(m indicators.Meeting) meetingRow {
	row := meetingRow{
		A: actionLink{v.linkAction(m.A), m.A.Group}, B: actionLink{v.linkAction(m.B), m.B.Group},
		Governorates: v.governorates(m.Governorates), Partners: v.organisations(m.Partners), Donors: v.organisations(m.Donors),
	}
	for _, ref := range m.Results {
		row.Results = append(row.Results, v.linkResult(v.p.Result(ref)))
	}
	return row
}
