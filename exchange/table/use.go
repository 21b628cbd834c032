package table

import (
	"strings"

	"jalon/indicators"
)

// A Use is how many entries of a table refer to an entry.
type Use struct {
	Table   string
	Entries int
}

// Uses counts what refers to an entry, by its key, table by table.
func Uses(d *indicators.Definitions, name, key string) ([]Use, error) {
	names, code := name, key
	if dimension, category, found := strings.Cut(key, "="); name == "categories" && found && dimension == "governorate" {
		names, code = "governorates", category
	}
	var all []Use
	for _, other := range indicators.Tables() {
		if other == "observations" {
			continue
		}
		p, err := partOf(other)
		if err != nil {
			return nil, err
		}
		if n := p.uses(d, names, code); n > 0 {
			all = append(all, Use{other, n})
		}
	}
	return all, nil
}

// uses counts the rows with a code in any of the columns that take theirs from a table.
func (k kept[T]) uses(d *indicators.Definitions, names, code string) (n int) {
	var columns []*column[T]
	for c := range k.columns {
		if k.columns[c].names == names {
			columns = append(columns, &k.columns[c])
		}
	}
	if len(columns) == 0 {
		return 0
	}
	rows := k.rows(d)
	for i := range rows {
		for _, c := range columns {
			if refersTo(c.get(&rows[i]), code) {
				n++
				break
			}
		}
	}
	return n
}

// refersTo tells whether a cell names a code, alone or in a list, with a weight or without.
func refersTo(cell, code string) bool {
	for word := range strings.SplitSeq(cell, "|") {
		if word, _, _ = strings.Cut(word, "="); word == code {
			return true
		}
	}
	return false
}
