package web

import (
	"net/url"
	"slices"

	"jalon/indicators"
)

// questions are the filters that take one of a few words, with the words that there are.
func (v *view) questions(params url.Values) []filter {
	field := func(name string, options []option) filter {
		for n := range options {
			options[n].Chosen = options[n].Value == params.Get(name)
		}
		if value := params.Get(name); value != "" && !slices.ContainsFunc(options, func(o option) bool { return o.Chosen }) {
			options = append(options, option{value, value, true}) // what there is not stays to be seen
		}
		return filter{name, v.l.T("sieve." + name), options}
	}
	var groups, frameworks []option
	for _, g := range v.groups() {
		groups = append(groups, option{Value: g.Code, Word: g.Code + " – " + v.phrase(g.Title).Text})
	}
	for _, f := range v.frameworksByUse() {
		frameworks = append(frameworks, option{Value: f.Code, Word: v.phrase(f.Title).Text})
	}
	return []filter{
		field("group", groups), field("framework", frameworks), field("status", v.wordOptions("status.", statuses())),
		field("kind", v.wordOptions("indicator.kind.", v.kindsInUse())), field("breakdown", v.breakdownOptions()),
	}
}

func (v *view) wordOptions(area string, words []string) []option {
	var all []option
	for _, word := range words {
		all = append(all, option{Value: word, Word: v.l.T(area + word)})
	}
	return all
}

// kindsInUse are the kinds that some indicator has.
func (v *view) kindsInUse() []string {
	return slices.DeleteFunc(indicators.IndicatorKinds(), func(kind string) bool {
		return !slices.ContainsFunc(v.p.Indicators, func(i indicators.Indicator) bool { return i.Kind == kind })
	})
}

// breakdownOptions are the dimensions that some indicator is broken down by.
func (v *view) breakdownOptions() []option {
	var names []string
	for n := range v.p.Indicators {
		names = append(names, v.p.Indicators[n].Breakdowns...)
	}
	var all []option
	for _, name := range indicators.NewCodes(names) {
		word := name
		if key := "dimension." + name; v.l.Has(key) {
			word = v.l.T(key)
		}
		all = append(all, option{Value: name, Word: word})
	}
	return all
}

// activeFilters are those that are set, each with the way to do without.
func (v *view) activeFilters(params url.Values, fields []filter) []activeFilter {
	without := func(name string) string { return v.address("indicators", withParam(params, name, "")) }
	var all []activeFilter
	if query := params.Get("q"); query != "" {
		all = append(all, activeFilter{sentence(v.l, "sieve.without.q", query), without("q")})
	}
	for _, f := range fields {
		for _, o := range f.Options {
			if o.Chosen {
				all = append(all, activeFilter{sentence(v.l, "sieve.without", f.Word, o.Word), without(f.Name)})
			}
		}
	}
	if params.Get("key") != "" {
		all = append(all, activeFilter{sentence(v.l, "sieve.without.key"), without("key")})
	}
	return all
}
