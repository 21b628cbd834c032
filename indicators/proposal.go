package indicators

import (
	"maps"
	"time"
)

// Proposed is the Dataset as it would be if a changeset brought other definitions, at a
// moment. Figures are those of series that the Dataset does not hold: see Lacking.
func (ds *Dataset) Proposed(after *Definitions, at time.Time, figures map[SeriesKey][]Figure) *Dataset {
	next := Changeset{Number: ds.Newest().Number + 1, At: at}
	series := maps.Clone(ds.Series)
	if series == nil {
		series = map[SeriesKey][]Figure{}
	}
	maps.Copy(series, figures)
	definitions := *after
	definitions.Targets = since(ds.Targets, after.Targets, next.Number)
	return NewDataset(&definitions, append(ds.Changesets[:len(ds.Changesets):len(ds.Changesets)], next), series)
}

// since gives the targets that are new or other ones the changeset that brings them: a
// target without a day of decision holds from that of its changeset on.
func since(before, after []Target, number int) []Target {
	known := make(map[string]*Target, len(before))
	for n := range before {
		known[before[n].EntryKey()] = &before[n]
	}
	all := make([]Target, len(after))
	for n := range after {
		all[n] = after[n]
		if was := known[after[n].EntryKey()]; was == nil || !Same(*was, after[n]) {
			all[n].Since = number
		}
	}
	return all
}

// Lacking lists the breakdowns that other definitions have a target for, and these none:
// the Dataset holds no figures of them.
func (ds *Dataset) Lacking(after *Definitions) []SeriesKey {
	held := make(map[SeriesKey]bool, len(ds.Targets))
	for n := range ds.Targets {
		held[SeriesKey{ds.Targets[n].Indicator, ds.Targets[n].Breakdown}] = true
	}
	var all []SeriesKey
	for n := range after.Targets {
		key := SeriesKey{after.Targets[n].Indicator, after.Targets[n].Breakdown}
		if !key.Breakdown.IsTotal() && !held[key] {
			held[key] = true
			all = append(all, key)
		}
	}
	return all
}
