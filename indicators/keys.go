package indicators

import (
	"cmp"
	"slices"
	"strings"
)

// An Entry is a row of a table of definitions. Its key tells it from all others
// of the table; two live rows never share one, whatever the case.
type Entry interface{ EntryKey() string }

// EntryKey is the code.
func (o Organisation) EntryKey() string { return o.Code }

// EntryKey is the code.
func (f Framework) EntryKey() string { return f.Code }

// EntryKey is the framework and the code: "sdg2030:10.c".
func (r Result) EntryKey() string { return r.Ref() }

// EntryKey is the code.
func (a Action) EntryKey() string { return a.Code }

// EntryKey is the action and the code.
func (m Milestone) EntryKey() string { return m.Action + ":" + m.Code }

// EntryKey is all but the amount, so that a corrected amount is a new version.
func (f Funding) EntryKey() string {
	return strings.Join([]string{f.Action, f.Donor, f.Kind, f.Currency, f.Date.String(), string(f.Reference)}, ":")
}

// EntryKey is the code.
func (i Indicator) EntryKey() string { return i.Code }

// EntryKey is what the value is for and when it was decided, so that values
// announced one after the other stand side by side.
func (t Target) EntryKey() string {
	return strings.Join([]string{t.Indicator, string(t.Framework), t.Kind, t.Period.String(), t.Breakdown.Key(), t.Decided.String()}, ":")
}

// EntryKey is the code.
func (g Group) EntryKey() string { return g.Code }

// EntryKey is the setting's name.
func (s Setting) EntryKey() string { return s.Key }

// EntryKey is the category as it stands in a breakdown: "milieu=U".
func (c Category) EntryKey() string { return c.Dimension + "=" + c.Code }

// SortEntries sorts rows by key, as the slices of Definitions are. Each key is put
// together once: with thousands of targets that is most of the work.
func SortEntries[T Entry](rows []T) {
	type keyed struct {
		key string
		row int
	}
	order, sorted := make([]keyed, len(rows)), make([]T, len(rows))
	for n := range rows {
		order[n] = keyed{rows[n].EntryKey(), n}
	}
	slices.SortStableFunc(order, func(a, b keyed) int { return cmp.Compare(a.key, b.key) })
	for n := range order {
		sorted[n] = rows[order[n].row]
	}
	copy(rows, sorted)
}
