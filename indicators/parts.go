package indicators

import (
	"maps"
	"slices"
	"strings"
)

// Parts are the published figures of an indicator by one dimension each: of women, of a
// governorate; not of the women of a governorate. They are sorted by period.
type Parts map[Breakdown][]Figure

// Alone gives the dimension and the category of a breakdown by one dimension only, and
// nothing for the total and for parts of parts.
func (b Breakdown) Alone() (dimension, category string) {
	key := b.Key()
	if strings.Contains(key, "|") {
		return "", ""
	}
	dimension, category, _ = strings.Cut(key, "=")
	return dimension, category
}

// Dimensions lists those that have figures: sex and governorate, then the others.
func (p Parts) Dimensions() []string {
	found := map[string]bool{}
	for b, figures := range p {
		if dimension, _ := b.Alone(); dimension != "" && len(figures) > 0 {
			found[dimension] = true
		}
	}
	var all []string
	for _, first := range []string{"sex", "governorate"} {
		if found[first] {
			all = append(all, first)
			delete(found, first)
		}
	}
	return append(all, slices.Sorted(maps.Keys(found))...)
}

// By is the figures of a dimension, by category.
func (p Parts) By(dimension string) map[string][]Figure {
	all := map[string][]Figure{}
	for b, figures := range p {
		if of, category := b.Alone(); of == dimension && len(figures) > 0 {
			all[category] = figures
		}
	}
	return all
}

// Periods lists those of which a dimension has figures, the newest first.
func (p Parts) Periods(dimension string) []Period {
	found := map[Period]bool{}
	for _, figures := range p.By(dimension) {
		for n := range figures {
			found[figures[n].Period] = true
		}
	}
	return slices.SortedFunc(maps.Keys(found), newerFirst)
}

// newerFirst sorts by the ends of periods: a year is over with its last month.
func newerFirst(a, b Period) int {
	if a.EndMonth() != b.EndMonth() {
		return b.EndMonth() - a.EndMonth()
	}
	return int(b - a)
}

// At is the figure of a period, or nil.
func At(figures []Figure, period Period) *Figure {
	for n := range figures {
		if figures[n].Period == period {
			return &figures[n]
		}
	}
	return nil
}

// Telling is the newest period of which at least half as many categories have a value as
// of the period that has most: the first reports of a month do not stand for the country.
// 0: no category has any.
func (p Parts) Telling(dimension string) Period {
	counts := map[Period]int{}
	most := 0
	for _, figures := range p.By(dimension) {
		for n := range figures {
			if f := &figures[n]; f.Value.IsSet() {
				counts[f.Period]++
				most = max(most, counts[f.Period])
			}
		}
	}
	for _, period := range slices.SortedFunc(maps.Keys(counts), newerFirst) {
		if 2*counts[period] >= most {
			return period
		}
	}
	return 0
}

// Part assesses a part of an indicator that may have no target of its own: its figures
// are those given.
func (p *Picture) Part(i *Indicator, b Breakdown, figures []Figure) *Assessment {
	for _, a := range p.Of(i.Code) {
		if a.Breakdown == b {
			return a
		}
	}
	ds := p.With(p.Changesets, map[SeriesKey][]Figure{{i.Code, b}: figures})
	g := goal{indicator: i, breakdown: b, groups: ds.GroupsOf(i)}
	g.rule, g.ownRule = ds.rules.of(i, nil)
	g.family = []goal{g}
	return assessOne(ds, &g, p.Day)
}

// By is what an assessment would be by another method, with that method's own options;
// nil where it is not known here, or the assessment is by that one already.
func (a *Assessment) By(method string) *Assessment {
	if a.lazy == nil || a.Method.Code == method {
		return nil
	}
	for _, rule := range a.lazy.ds.rules.beside {
		if rule.Code == method {
			g := *a.goal
			g.rule, g.ownRule = rule, true // nothing stands in for what is asked for
			return assessOne(a.lazy.ds, &g, a.AsOf.Date)
		}
	}
	return nil
}

func assessOne(ds *Dataset, g *goal, day Date) *Assessment {
	a := &Assessment{lazy: &lazy{ds: ds}}
	newJudge(ds, AsOf{Date: day, Changeset: ds.Newest().Number}).assess(g, a)
	return a
}
