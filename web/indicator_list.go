package web

import (
	"fmt"
	"html/template"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"jalon/indicators"
)

// listFilters are the parameters by which the list of indicators shows a part of them; those
// of the API, and a few more.
func listFilters() []string {
	return []string{"q", "group", "framework", "status", "kind", "key", "breakdown"}
}

// listShown is how many indicators a page of the list has.
const listShown = 100

// An indicatorListPage is all indicators, or those that filters let through.
type indicatorListPage struct {
	Action   string
	AsOf     string
	Query    string
	Cut      bool
	Lead     template.HTML
	Invented template.HTML
	Fields   []filter
	Key      bool
	Active   []activeFilter
	Clear    string // the list without filters; empty: there are none
	Rows     []indicatorRow
	Next     string
	Before   string
	Table    string // as CSV
}

// Most is how many characters of a search are read.
func (p indicatorListPage) Most() int { return searchLetters }

// An activeFilter is a filter that is set, with the address of the list without it.
type activeFilter struct {
	Word template.HTML
	Href string
}

func showIndicators(v *view, r *http.Request) (sheet, error) {
	v.passing = true
	chosen, err := v.choose(r.URL.Query())
	if err != nil {
		return sheet{}, err
	}
	first := 0
	if text := r.URL.Query().Get("page"); text != "" {
		n, err := strconv.Atoi(text)
		if err != nil || n < 1 {
			return sheet{}, fmt.Errorf("%w: page=%q is no number of a page", indicators.ErrInvalid, text)
		}
		first = min(n-1, len(chosen.list)/listShown) * listShown
	}
	page := v.indicatorList(chosen, first)
	params := chosen.params
	if first > 0 {
		params = withParam(params, "page", strconv.Itoa(first/listShown+1))
	}
	return sheet{template: "indicators", path: "indicators", params: params, title: v.l.T("sieve.title"), main: page}, nil
}

// A sifted is the indicators that filters let through, each by the assessment that the
// filters are about.
type sifted struct {
	params url.Values // the filters that are set
	cut    bool
	list   []*indicators.Assessment
}

// choose filters the indicators. A filter that names what there is not lets nothing through;
// words that are none of a few are refused.
func (v *view) choose(q url.Values) (sifted, error) {
	c := sifted{params: url.Values{}}
	for _, name := range listFilters() {
		if value := strings.TrimSpace(q.Get(name)); value != "" {
			c.params.Set(name, value)
		}
	}
	for name, words := range map[string][]string{"status": statuses(), "kind": indicators.IndicatorKinds(), "key": {"yes"}} {
		if value := c.params.Get(name); value != "" && !slices.Contains(words, value) {
			return c, fmt.Errorf("%w: %s=%q: write one of %v", indicators.ErrInvalid, name, value, words)
		}
	}
	var found map[string]bool
	if text := c.params.Get("q"); text != "" {
		text, c.cut = typed(text)
		c.params.Set("q", text)
		found = v.foundIndicators(text)
	}
	group, framework, status := c.params.Get("group"), c.params.Get("framework"), c.params.Get("status")
	kind, breakdown, key := c.params.Get("kind"), c.params.Get("breakdown"), c.params.Get("key")
	for n := range v.p.Indicators {
		i := &v.p.Indicators[n]
		a := v.speaksFor(i, framework)
		if a != nil && has(v.p.GroupsOf(i), group) && is(status, string(a.Status)) && is(kind, i.Kind) && has(i.Breakdowns, breakdown) &&
			(key == "" || i.Key) && (found == nil || found[i.Code]) {
			c.list = append(c.list, a)
		}
	}
	slices.SortStableFunc(c.list, func(a, b *indicators.Assessment) int { return indicators.CompareCodes(a.Indicator, b.Indicator) })
	return c, nil
}

// speaksFor is the assessment of an indicator against a framework, or the one that speaks
// for it where none is asked for; nil: there is none.
func (v *view) speaksFor(i *indicators.Indicator, framework string) *indicators.Assessment {
	if framework == "" {
		return v.p.Principal(i.Code)
	}
	for _, a := range v.p.Of(i.Code) {
		if string(a.Framework) == framework && a.Breakdown.IsTotal() {
			return a
		}
	}
	return nil
}

func (v *view) foundIndicators(text string) map[string]bool {
	found := map[string]bool{}
	for _, hit := range v.p.Finder().FindOnly(indicators.ParseQuery(text), indicators.HitIndicator) {
		found[hit.Key] = true
	}
	return found
}

func (v *view) indicatorList(c sifted, first int) indicatorListPage {
	last := min(first+listShown, len(c.list))
	page := indicatorListPage{
		Action: "/" + v.l.Code + "/indicators", AsOf: v.asOf, Query: c.params.Get("q"), Cut: c.cut, Key: c.params.Get("key") != "",
		Lead: plural(v.l, "sieve.count", len(c.list), len(v.p.Indicators)), Fields: v.questions(c.params),
		Rows: v.rows(c.list[first:last]), Table: v.address("indicators.csv", c.params),
	}
	page.Invented = v.inventedAmong(v.indicatorsOf(c.list[first:last]), nil)
	if last < len(c.list) {
		page.Next = v.address("indicators", withParam(c.params, "page", strconv.Itoa(last/listShown+1)))
	}
	if first >= listShown {
		page.Before = v.address("indicators", withParam(c.params, "page", strconv.Itoa(first/listShown)))
	}
	if len(c.params) > 0 {
		page.Clear = v.href("indicators")
		page.Active = v.activeFilters(c.params, page.Fields)
	}
	return page
}

// withParam is a query with one parameter more, or other.
func withParam(params url.Values, name, value string) url.Values {
	with := url.Values{}
	for known, values := range params {
		with[known] = values
	}
	if with.Del(name); value != "" {
		with.Set(name, value)
	}
	return with
}
