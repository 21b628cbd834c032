package web

import (
	"html/template"
	"net/url"

	"jalon/indicators"
)

// A facet narrows the page down, or widens it again.
type facet struct {
	Href     string
	Name     template.HTML
	Code     string
	Severity *severity
	Count    int
	Current  bool
}

// filteredHref is the address of the desk narrowed down; an empty filter is none.
func (v *view) filteredHref(group, severity, rule string) string {
	query := url.Values{}
	for name, word := range map[string]string{"as-of": v.asOf, "group": group, "severity": severity, "rule": rule} {
		if word != "" {
			query.Set(name, word)
		}
	}
	href := "/" + v.l.Code + "/quality"
	if len(query) > 0 {
		href += "?" + query.Encode()
	}
	return href
}

// severityFacets and ruleFacets exclude each other: a rule has one severity.
func (v *view) severityFacets(open []doubted, filters url.Values) []facet {
	group, chosen := filters.Get("group"), filters.Get("severity")
	inGroup := v.chosen(open, url.Values{"group": {group}})
	all := []facet{{Href: v.filteredHref(group, "", ""), Name: sentence(v.l, "quality.all"), Count: len(inGroup), Current: chosen == "" && filters.Get("rule") == ""}}
	for _, s := range indicators.Severities() {
		look, code := v.severity(s), string(s)
		all = append(all, facet{Href: v.filteredHref(group, code, ""), Severity: &look,
			Count: len(v.chosen(inGroup, url.Values{"severity": {code}})), Current: chosen == code})
	}
	return all
}

func (v *view) ruleFacets(open []doubted, filters url.Values) []facet {
	group, chosen := filters.Get("group"), filters.Get("rule")
	inGroup := v.chosen(open, url.Values{"group": {group}})
	var all []facet
	for _, r := range indicators.QualityRules() {
		count, look := len(v.chosen(inGroup, url.Values{"rule": {r.Code}})), v.severity(r.Severity)
		if count == 0 && chosen != r.Code {
			continue
		}
		c := facet{Href: v.filteredHref(group, "", r.Code), Name: sentence(v.l, "rule."+r.Code), Code: r.Code, Severity: &look, Count: count}
		if c.Current = chosen == r.Code; c.Current {
			c.Href = v.filteredHref(group, "", "")
		}
		all = append(all, c)
	}
	return all
}

func (v *view) groupFacets(open []doubted, filters url.Values) []facet {
	chosen, severity, rule := filters.Get("group"), filters.Get("severity"), filters.Get("rule")
	if len(v.p.Groups) == 0 {
		return nil
	}
	rest := v.chosen(open, url.Values{"severity": {severity}, "rule": {rule}})
	all := []facet{{Href: v.filteredHref("", severity, rule), Name: sentence(v.l, "quality.all_groups"), Count: len(rest), Current: chosen == ""}}
	for _, g := range v.groups() {
		all = append(all, facet{Href: v.filteredHref(g.Code, severity, rule), Name: v.phrase(g.Title).HTML(), Code: g.Code,
			Count: len(v.chosen(rest, url.Values{"group": {g.Code}})), Current: chosen == g.Code})
	}
	return all
}
