package indicators

import (
	"cmp"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"time"
)

// A FigureVersion is what was said of a figure from one changeset, its Since, to another.
type FigureVersion struct {
	Observation
	Until int `db:"until"` // changeset that ended it; 0: it still stands
}

// A FigureChange is a figure before and after a changeset; nil where it was not there.
type FigureChange struct {
	Key           FigureKey
	Before, After *Observation
}

// An EntryChange is a row of a table of definitions before and after a changeset; nil
// where it was not there.
type EntryChange struct {
	Table         string // of the workbook
	Key           string
	Before, After Entry
}

// A CellChange is a column of a row that has changed, with both texts as the workbook
// writes them.
type CellChange struct {
	Column        string
	Before, After string
}

// Cells lists the columns that differ; of a row that came or went, those that are filled.
func (c EntryChange) Cells() []CellChange {
	before, after := rowCells(c.Before), rowCells(c.After)
	var all []CellChange
	for n := range max(len(before), len(after)) {
		var cell CellChange
		if n < len(before) {
			cell.Column, cell.Before = before[n].column, before[n].text
		}
		if n < len(after) {
			cell.Column, cell.After = after[n].column, after[n].text
		}
		if cell.Before != cell.After {
			all = append(all, cell)
		}
	}
	return all
}

type cell struct{ column, text string }

// rowCells writes a row as the workbook does, each column once and in the same order for
// all rows of a table; nothing of no row.
func rowCells(row Entry) []cell {
	if row == nil {
		return nil
	}
	return appendCells(nil, reflect.ValueOf(row), "")
}

func appendCells(to []cell, row reflect.Value, prefix string) []cell {
	for n := range row.NumField() {
		name, value := row.Type().Field(n).Tag.Get("db"), row.Field(n)
		if name == "since" {
			continue // who made it known is no column
		}
		if _, plain := value.Interface().(fmt.Stringer); !plain && value.Kind() == reflect.Struct {
			inner := name
			if name == "breakdown" {
				inner = "" // sex, age, governorate and breakdown are columns of their own
			}
			to = appendCells(to, value, inner)
			continue
		}
		to = append(to, cell{strings.TrimPrefix(prefix+"_"+name, "_"), cellText(value)})
	}
	return to
}

// cellText writes a value as the workbook does: a list with bars, yes or nothing.
func cellText(value reflect.Value) string {
	switch {
	case value.Kind() == reflect.Pointer && value.IsNil():
		return ""
	case value.Kind() == reflect.Pointer:
		return cellText(value.Elem())
	case value.Kind() == reflect.Bool && value.Bool():
		return "yes"
	case value.Kind() == reflect.Bool:
		return ""
	}
	return fmt.Sprint(value.Interface())
}

// A DatedChange is a change with the changeset that made it.
type DatedChange struct {
	Changeset int
	EntryChange
}

// SortByChangeset sorts changes by changeset; those of one stay in their order.
func SortByChangeset(all []DatedChange) {
	slices.SortStableFunc(all, func(a, b DatedChange) int { return cmp.Compare(a.Changeset, b.Changeset) })
}

// Pair makes changes of what ended and what began at one changeset, by key.
func Pair[T Entry](table string, ended, begun []T) []EntryChange {
	changes := make(map[string]*EntryChange, len(begun))
	of := func(row T) *EntryChange {
		key := row.EntryKey()
		if changes[key] == nil {
			changes[key] = &EntryChange{Table: table, Key: key}
		}
		return changes[key]
	}
	for _, row := range ended {
		of(row).Before = row
	}
	for _, row := range begun {
		of(row).After = row
	}
	all := make([]EntryChange, 0, len(changes))
	for _, key := range slices.Sorted(maps.Keys(changes)) {
		all = append(all, *changes[key])
	}
	return all
}

// A Trace is a line of the audit trail: a changeset, or what happened to an account.
type Trace struct {
	At       time.Time  `db:"at"`
	Recorded *time.Time `db:"recorded"` // the true time of history carried over
	Number   int        `db:"number"`   // of the changeset; 0: of an account
	Kind     string     `db:"act"`
	Role     Role       `db:"role"`   // of the author, then
	Author   string     `db:"author"` // account-7, or who used the command line
	Name     string     `db:"name"`   // of the author's account, now
	Email    Optional   `db:"email"`
	Reason   string     `db:"reason"`
	Public   bool       `db:"public"`  // changed what the public reads
	Account  int        `db:"account"` // that it happened to

	Definitions int `db:"definitions"` // versions of definitions begun or ended
	Begun       int `db:"begun"`       // versions of figures
	Ended       int `db:"ended"`
}
