package indicators

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// A Place is where something stands in a file.
type Place struct {
	File   string
	Line   int // from 1
	Column int // in characters, from 1
}

// A Problem is something wrong in a file, with what to do about it.
type Problem struct {
	Place
	Message Sentence
}

// String writes the problem as editors and compilers do: file:line:column: message.
// A problem of what was stored before has no place in a file.
func (p Problem) String() string {
	if p.Line == 0 {
		return p.File + ": " + p.Message.String()
	}
	return fmt.Sprintf("%s:%d:%d: %s", p.File, p.Line, p.Column, p.Message)
}

// An Edit is one row of a workbook table: what it changes in the entry of its
// key. Columns that the file does not have are left as they are.
type Edit[T Entry] struct {
	Key    string
	Row    Place          // of its first cell
	Cells  map[string]int // column in characters of each named cell
	Remove bool           // ends the entry
	Change func(*T)       // sets what the row's cells say
}

// Place is where the cell of a column stands, or the row where it has none.
func (e *Edit[T]) Place(column string) Place {
	at := e.Row
	if c, found := e.Cells[column]; found {
		at.Column = c
	}
	return at
}

// A Workbook is the edits of an import, not yet held against what is known. Its
// observations are not in it: they stream.
type Workbook struct {
	Settings      []Edit[Setting]
	Categories    []Edit[Category]
	Organisations []Edit[Organisation]
	Groups        []Edit[Group]
	Frameworks    []Edit[Framework]
	Results       []Edit[Result]
	Actions       []Edit[Action]
	Milestones    []Edit[Milestone]
	Funding       []Edit[Funding]
	Indicators    []Edit[Indicator]
	Targets       []Edit[Target]

	// Ended tells, by table and key as in "groups 9", which entries were there once
	// and are no more: their removal is no mistake, but done already.
	Ended map[string]bool
}

// Apply gives the definitions as they are after the workbook, with what it does to
// each table and every problem found: rows given twice, removals of what never
// was there, references into nothing, values against the rules. The definitions it
// is called on stay as they are.
func (d *Definitions) Apply(w *Workbook) (*Definitions, []Count, []Problem) {
	a := applying{places: map[string]*place{}, ended: w.Ended}
	after := &Definitions{
		Settings:      apply(&a, "settings", d.Settings, d.begun(w)),
		Categories:    apply(&a, "categories", d.Categories, w.Categories),
		Organisations: apply(&a, "organisations", d.Organisations, w.Organisations),
		Groups:        apply(&a, "groups", d.Groups, w.Groups),
		Frameworks:    apply(&a, "frameworks", d.Frameworks, w.Frameworks),
		Results:       apply(&a, "results", d.Results, w.Results),
		Actions:       apply(&a, "actions", d.Actions, w.Actions),
		Milestones:    apply(&a, "milestones", d.Milestones, w.Milestones),
		Funding:       apply(&a, "funding", d.Funding, w.Funding),
		Indicators:    apply(&a, "indicators", d.Indicators, w.Indicators),
		Targets:       apply(&a, "targets", d.Targets, w.Targets),
	}
	a.judge(after.Check())
	counts := make([]Count, len(a.counts))
	for n, count := range a.counts {
		counts[n] = *count
	}
	return after, counts, a.problems
}

// begun are the edits of settings. With the first import, a programme takes the newest
// rules, and keeps them until it says otherwise.
func (d *Definitions) begun(w *Workbook) []Edit[Setting] {
	const key = "rules"
	isNew := len(d.Settings)+len(d.Frameworks)+len(d.Indicators) == 0
	if _, set := d.setting(key); !isNew && !set { // the first edition holds without a row: a row that says so changes nothing
		return slices.DeleteFunc(slices.Clone(w.Settings), func(e Edit[Setting]) bool {
			s := Setting{Key: key}
			if e.Change != nil {
				e.Change(&s)
			}
			return strings.EqualFold(e.Key, key) && !e.Remove && s.Value == "1"
		})
	}
	brings := len(w.Settings)+len(w.Frameworks)+len(w.Indicators) > 0
	if !isNew || !brings || slices.ContainsFunc(w.Settings, func(e Edit[Setting]) bool { return strings.EqualFold(e.Key, key) }) {
		return w.Settings
	}
	return append(slices.Clone(w.Settings), Edit[Setting]{
		Key: key, Row: Place{File: "settings"}, Change: func(s *Setting) { *s = Setting{key, strconv.Itoa(NewestRules)} },
	})
}

// applying collects what Apply has to say. A place is found by table and key.
type applying struct {
	counts   []*Count
	problems []Problem
	places   map[string]*place
	ended    map[string]bool
}

// A place is a row of the file and what became of it.
type place struct {
	of      func(column string) Place
	count   *Count
	outcome *int // the one of count's numbers that the row is in
}

func (p *place) removed() bool { return p.outcome == &p.count.Removed }

// differs tells whether the row adds or changes something.
func (p *place) differs() bool { return p.outcome == &p.count.Added || p.outcome == &p.count.Changed }

// refuse counts the row as refused, once, and no longer as what it would have done.
func (p *place) refuse() {
	*p.outcome--
	p.outcome = &p.count.Refused
	*p.outcome++
}

func apply[T Entry](a *applying, table string, rows []T, edits []Edit[T]) []T {
	if len(edits) == 0 {
		return rows
	}
	count := &Count{Table: table}
	a.counts = append(a.counts, count)
	at := make(map[string]int, len(rows)) // by folded key, so that A1 and a1 are one
	for i := range rows {
		at[strings.ToLower(rows[i].EntryKey())] = i
	}
	after, gone, first := slices.Clone(rows), map[int]bool{}, make(map[string]int, len(edits))
	for i := range edits {
		e := &edits[i]
		folded := strings.ToLower(e.Key)
		if earlier, again := first[folded]; again {
			a.refuse(count, e.Row, twice(e.Key, e.Row, edits[earlier].Row))
			continue
		}
		first[folded] = i
		where, known := at[folded]
		switch {
		case known && after[where].EntryKey() != e.Key:
			a.refuse(count, e.Row, Say("%s differs from %s only in capital letters: write it in the same way", e.Key, after[where].EntryKey()))
			continue
		case e.Remove && !known && a.ended[table+" "+e.Key]:
			count.Unchanged++
			continue
		case e.Remove && !known:
			a.refuse(count, e.Place("remove"), Say("%s is not there to be removed, and never was: correct the row, or leave it out", e.Key))
			continue
		}
		p := &place{of: e.Place, count: count}
		a.places[table+" "+e.Key] = p
		switch {
		case e.Remove:
			gone[where] = true
			p.outcome = &count.Removed
		case known:
			p.outcome = change(&after[where], e.Change, count)
		default:
			var row T
			e.Change(&row)
			after = append(after, row)
			p.outcome = &count.Added
		}
		*p.outcome++
	}
	if len(gone) == 0 && len(after) == len(rows) {
		return after // in the order it had
	}
	return sorted(after, gone)
}

func twice(key string, at, first Place) Sentence {
	if first.File != at.File {
		return Say("%s is given twice, first in %s, line %d: keep one of the two rows", key, first.File, first.Line)
	}
	return Say("%s is given twice, first on line %d: keep one of the two rows", key, first.Line)
}

// change makes the row what an edit says, and tells which number counts it.
func change[T Entry](row *T, edit func(*T), count *Count) *int {
	before := *row
	edit(row)
	if !Same(before, *row) {
		return &count.Changed
	}
	*row = before // the first spelling of a number stays
	return &count.Unchanged
}

// sorted gives the rows that are not gone in the order of their keys.
func sorted[T Entry](rows []T, gone map[int]bool) []T {
	type keyed struct {
		key string
		row int
	}
	order := make([]keyed, 0, len(rows))
	for i := range rows {
		if !gone[i] {
			order = append(order, keyed{rows[i].EntryKey(), i})
		}
	}
	slices.SortFunc(order, func(a, b keyed) int { return strings.Compare(a.key, b.key) })
	kept := make([]T, len(order))
	for n, k := range order {
		kept[n] = rows[k.row]
	}
	return kept
}

func (a *applying) refuse(count *Count, at Place, message Sentence) {
	count.Refused++
	a.problems = append(a.problems, Problem{at, message})
}
