package indicators

import (
	"maps"
	"slices"
)

// Proposing is the Dataset as it would be if some figures were published: those of the
// series that a Dataset holds. One without a value whose status does not say so is
// withdrawn.
func (ds *Dataset) Proposing(figures []Observation) *Dataset {
	series := maps.Clone(ds.Series)
	for n := range figures {
		o := &figures[n]
		key := SeriesKey{Indicator: o.Indicator, Breakdown: o.Breakdown}
		if _, held := series[key]; !held && !ds.holds(key) {
			continue
		}
		series[key] = with(series[key], o.Figure)
	}
	return ds.With(ds.Changesets, series)
}

// holds tells whether a Dataset has the figures of a series: of totals, and of breakdowns
// that have a target.
func (ds *Dataset) holds(key SeriesKey) bool {
	return key.Breakdown.IsTotal() || slices.ContainsFunc(ds.Targets, func(t Target) bool {
		return t.Indicator == key.Indicator && t.Breakdown == key.Breakdown
	})
}

// with is a list of figures by period in which one takes the place of that of its period.
func with(figures []Figure, f Figure) []Figure {
	gone := !f.Value.IsSet() && !WithoutValue(f.Status)
	at, found := slices.BinarySearchFunc(figures, f.Period, func(have Figure, p Period) int { return int(have.Period) - int(p) })
	after := slices.Clone(figures)
	switch {
	case found && gone:
		return slices.Delete(after, at, at+1)
	case gone:
		return figures
	case found:
		after[at] = f
		return after
	}
	return slices.Insert(after, at, f)
}

// Parts lists the parts of the whole, of one dimension each, by which an indicator is
// broken down: those of the categories, and those that have figures or targets here.
func (ds *Dataset) Parts(i *Indicator) []Breakdown {
	known := map[Breakdown]bool{}
	for _, dimension := range i.Breakdowns {
		if dimension == "sex" {
			known[Breakdown{Sex: "F"}], known[Breakdown{Sex: "M"}] = true, true
		}
	}
	for n := range ds.Categories {
		c := &ds.Categories[n]
		if !i.Breakdowns.Has(c.Dimension) {
			continue
		}
		if part, err := ParseBreakdown(c.EntryKey()); err == nil {
			known[part] = true
		}
	}
	for n := range ds.Targets {
		if t := &ds.Targets[n]; t.Indicator == i.Code && !t.Breakdown.IsTotal() {
			known[t.Breakdown] = true
		}
	}
	all := slices.Collect(maps.Keys(known))
	slices.SortFunc(all, func(a, b Breakdown) int { return CompareCodes(a.Key(), b.Key()) })
	return all
}
