package web

import (
	"net/http"
	"net/url"
	"slices"

	"jalon/indicators"
)

// An actionsPage lists actions, all or those that the address asks for.
type actionsPage struct {
	Action  string // of the form
	AsOf    string
	Filters []filter
	Count   int
	Rows    []actionRow
	All     string // address of the whole list; empty where nothing is filtered
}

// A filter is one question of the form above a list.
type filter struct {
	Name, Word string
	Options    []option
}

// actionFilters are the parameters by which the list is narrowed down.
func actionFilters() []string {
	return []string{"group", "result", "governorate", "organisation", "donor", "scope", "status"}
}

// selection reads what the address asks for.
func selection(params url.Values) indicators.Selection {
	return indicators.Selection{
		Group: params.Get("group"), Result: params.Get("result"), Governorate: params.Get("governorate"),
		Organisation: params.Get("organisation"), Donor: params.Get("donor"), Scope: params.Get("scope"), Status: params.Get("status"),
	}
}

func showActions(v *view, r *http.Request) (sheet, error) {
	params := only(r.URL.Query(), actionFilters())
	return sheet{template: "actions", path: "actions", params: params, title: v.l.T("actions.title"), main: v.actions(params)}, nil
}

// only is the given ones of the filters that a page takes.
func only(params url.Values, filters []string) url.Values {
	given := url.Values{}
	for _, name := range filters {
		if word := params.Get(name); word != "" {
			given.Set(name, word)
		}
	}
	return given
}

func (v *view) actions(params url.Values) actionsPage {
	found := v.p.Select(selection(params))
	page := actionsPage{
		Action: "/" + v.l.Code + "/actions", AsOf: v.asOf, Count: len(found), Rows: v.actionRows(found),
		Filters: []filter{
			v.groupFilter(params), v.resultFilter(params), v.governorateFilter(params),
			v.organisationFilter(params, "organisation"), v.organisationFilter(params, "donor"),
			v.wordFilter(params, "scope", "scope.", indicators.ActionScopes()),
			v.wordFilter(params, "status", "action.status.", append(indicators.ActionStatuses(), indicators.Standing)),
		},
	}
	if len(params) > 0 {
		page.All = v.href("actions")
	}
	return page
}

// actionsHref is the address of the actions that a Selection picks.
func (v *view) actionsHref(s indicators.Selection) string {
	params := url.Values{}
	for name, word := range map[string]string{
		"as-of": v.asOf, "group": s.Group, "result": s.Result, "governorate": s.Governorate,
		"organisation": s.Organisation, "donor": s.Donor, "scope": s.Scope, "status": s.Status,
	} {
		if word != "" {
			params.Set(name, word)
		}
	}
	href := "/" + v.l.Code + "/actions"
	if len(params) > 0 {
		href += "?" + params.Encode()
	}
	return href
}

func (v *view) newFilter(params url.Values, name string, options []option) filter {
	chosen := params.Get(name)
	all := []option{{Word: v.l.T("actions.any")}}
	known := chosen == ""
	for _, o := range options {
		o.Chosen = o.Value == chosen
		known = known || o.Chosen
		all = append(all, o)
	}
	if !known { // an odd address: what it asks for is said, not dropped
		all = append(all, option{Value: chosen, Word: chosen, Chosen: true})
	}
	return filter{Name: name, Word: v.l.T("actions.filter." + name), Options: all}
}

func (v *view) wordFilter(params url.Values, name, prefix string, words []string) filter {
	var options []option
	for _, word := range words {
		options = append(options, option{Value: word, Word: v.l.T(prefix + word)})
	}
	return v.newFilter(params, name, options)
}

func (v *view) groupFilter(params url.Values) filter {
	var options []option
	for _, g := range v.groups() {
		options = append(options, option{Value: g.Code, Word: g.Code + " " + v.phrase(g.Title).Text})
	}
	return v.newFilter(params, "group", options)
}

// resultFilter offers the results that some action serves, and those above them.
func (v *view) resultFilter(params url.Values) filter {
	var options []option
	for _, f := range v.frameworksByUse() {
		for _, c := range v.p.Crossings(indicators.OnResults, f.Code) {
			if r := v.p.Result(c.Code); r != nil && c.Count() > 0 {
				options = append(options, option{Value: c.Code, Word: v.phrase(f.Title).Text + " – " + r.Code + " " + v.phrase(r.Title).Text})
			}
		}
	}
	return v.newFilter(params, "result", options)
}

func (v *view) governorateFilter(params url.Values) filter {
	var options []option
	for n := range v.p.Categories {
		if c := &v.p.Categories[n]; c.Dimension == "governorate" {
			options = append(options, option{Value: c.Code, Word: v.phrase(c.Title).Text})
		}
	}
	return v.newFilter(params, "governorate", options)
}

// organisationFilter offers the organisations that carry actions, or pay for them.
func (v *view) organisationFilter(params url.Values, name string) filter {
	ground := indicators.OnPartners
	if name == "donor" {
		ground = indicators.OnDonors
	}
	var options []option
	for _, c := range v.p.Crossings(ground, "") {
		options = append(options, option{Value: c.Code, Word: v.organisation(c.Code).Text})
	}
	slices.SortFunc(options, func(a, b option) int { return indicators.CompareCodes(a.Word, b.Word) })
	return v.newFilter(params, name, options)
}
