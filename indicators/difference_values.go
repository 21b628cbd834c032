package indicators

import (
	"cmp"
	"maps"
	"slices"
)

// A ValueChange is a figure that two pictures do not give alike. A figure whose period had
// not ended by the day of a picture is not there.
type ValueChange struct {
	SeriesKey
	Kind          ValueKind
	Period        Period
	Before, After Figure // the zero Figure where it is not there
}

// A ValueKind is what became of a figure.
type ValueKind string

// The kinds of changes of a figure.
const (
	NewValue       ValueKind = "new"       // there was no value for the period
	RevisedValue   ValueKind = "revised"   // another value than before
	WithdrawnValue ValueKind = "withdrawn" // there is no value any more
	RestatedValue  ValueKind = "restated"  // the same value: provisional no more, for example
)

// ValueKinds lists them.
func ValueKinds() []ValueKind {
	return []ValueKind{NewValue, RevisedValue, WithdrawnValue, RestatedValue}
}

// valueChanges lists what became of the figures of all series, by indicator, breakdown and
// period.
func valueChanges(before, after *Picture) []ValueChange {
	keys := slices.Collect(maps.Keys(after.Series))
	for key := range before.Series {
		if _, found := after.Series[key]; !found {
			keys = append(keys, key)
		}
	}
	slices.SortFunc(keys, func(a, b SeriesKey) int {
		return cmp.Or(CompareCodes(a.Indicator, b.Indicator), cmp.Compare(a.Breakdown.Key(), b.Breakdown.Key()))
	})
	var all []ValueChange
	for _, key := range keys {
		if before.Indicator(key.Indicator) == nil || after.Indicator(key.Indicator) == nil {
			continue // it entered or left with all its figures
		}
		all = append(all, seriesChanges(key, ended(before.Series[key], before.Day), ended(after.Series[key], after.Day))...)
	}
	return all
}

// ended are the figures, by period, of periods that are over by the end of a day.
func ended(figures []Figure, day Date) []Figure {
	limit := day.monthsOver()
	for n := range figures {
		if figures[n].Period.EndMonth() > limit {
			return slices.DeleteFunc(slices.Clone(figures), func(f Figure) bool { return f.Period.EndMonth() > limit })
		}
	}
	return figures
}

// seriesChanges walks along two states of one series.
func seriesChanges(key SeriesKey, before, after []Figure) []ValueChange {
	if len(before) == len(after) && (len(before) == 0 || &before[0] == &after[0]) {
		return nil // the very same, as most are
	}
	var all []ValueChange
	for len(before)+len(after) > 0 {
		var was, is Figure
		first := len(after) == 0 || len(before) > 0 && before[0].Period <= after[0].Period
		last := len(before) == 0 || len(after) > 0 && after[0].Period <= before[0].Period
		if first {
			was, before = before[0], before[1:]
		}
		if last {
			is, after = after[0], after[1:]
		}
		if kind := fateOf(&was, &is); kind != "" {
			all = append(all, ValueChange{key, kind, max(was.Period, is.Period), was, is})
		}
	}
	return all
}

// fateOf tells what became of a figure; nothing where both say the same.
func fateOf(was, is *Figure) ValueKind {
	switch {
	case was.Value.IsSet() != is.Value.IsSet() && is.Value.IsSet():
		return NewValue
	case was.Value.IsSet() != is.Value.IsSet():
		return WithdrawnValue
	case !was.Value.Equal(is.Value):
		return RevisedValue
	case is.Value.IsSet() && (was.Status != is.Status || was.Partial != is.Partial ||
		!was.Numerator.Equal(is.Numerator) || !was.Denominator.Equal(is.Denominator)):
		return RestatedValue
	}
	return ""
}

// corrected is a series in which only what was known already is as it is known later. What
// comes new is left out.
func corrected(before, after []Figure) []Figure {
	all := make([]Figure, 0, len(before))
	for n := range before {
		f := &before[n]
		for len(after) > 0 && after[0].Period < f.Period {
			after = after[1:]
		}
		switch found := len(after) > 0 && after[0].Period == f.Period; {
		case found && fateOf(f, &after[0]) == NewValue:
			all = append(all, *f)
		case found:
			all = append(all, after[0])
		}
	}
	return all
}
