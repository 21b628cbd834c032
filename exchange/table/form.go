package table

import (
	"fmt"
	"slices"
	"strings"

	"jalon/indicators"
)

// A form is what may stand in the heading line of a table.
type form struct {
	name     string
	headings []heading // of the columns in their order, then remove
	figure   []string
}

func (t table[T]) form() form {
	f := form{name: t.name, figure: t.figure}
	for _, c := range t.columns {
		f.headings = append(f.headings, c.heading)
	}
	f.headings = append(f.headings, removal())
	return f
}

// formOf is the form of a table of the workbook, by its name.
func formOf(name string) form {
	if p, err := partOf(name); err == nil {
		return p.form()
	}
	return observations().form()
}

// A layout says in which cell of a file's rows each column stands.
type layout struct {
	cells  []int          // per column of the table: its cell, or absent, or emptied
	remove int            // the cell, or absent
	at     map[string]int // the cell by the column's name; what is absent is not in it
}

const (
	absent  = -1 // the column changes nothing
	emptied = -2 // the column is empty in all rows, since others of its figure are given
)

// layout finds the columns in the heading line, and all that is wrong with it. It
// is of use only if it has no problem.
func (f form) layout(c *cellReader) (layout, []indicators.Problem) {
	l := layout{remove: absent, at: map[string]int{}}
	var problems []indicators.Problem
	for n, name := range c.heading {
		if name == "" {
			continue // told with the heading line itself
		}
		h, known := f.find(name)
		earlier, twice := l.at[h.name]
		switch {
		case !known:
			problems = append(problems, c.tell(c.headingAt[n], f.unknown(name)).Problem)
		case twice && !strings.EqualFold(c.heading[earlier], name): // else told already
			problems = append(problems, c.problem(c.headingAt[n], "the headings %q and %q are the same column, %s: delete one", c.heading[earlier], name, h.name).Problem)
		case !twice:
			l.at[h.name] = n
		}
	}
	if len(l.at) == 0 {
		return l, []indicators.Problem{c.problem(c.headingAt[0], "this line names no column of %s: the first line must be the heading, its cells separated by , or ; or tab, with names among %s", f.name, f.names()).Problem}
	}
	for _, name := range f.missing(l.at) {
		problems = append(problems, c.problem(c.headingAt[0], "the column %s of %s is missing: add it, each row needs it", name, f.name).Problem)
	}
	for _, h := range f.headings[:len(f.headings)-1] {
		l.cells = append(l.cells, f.cell(h.name, l.at))
	}
	if cell, found := l.at[removal().name]; found {
		l.remove = cell
	}
	return l, problems
}

// cell is where a column stands.
func (f form) cell(name string, at map[string]int) int {
	if cell, found := at[name]; found {
		return cell
	}
	given := func(part string) bool { _, found := at[part]; return found }
	if slices.Contains(f.figure, name) && slices.ContainsFunc(f.figure, given) {
		return emptied
	}
	return absent
}

// find knows a heading by its name or by that of the French template.
func (f form) find(name string) (heading, bool) {
	word := folded(name)
	for _, h := range f.headings {
		if word == folded(h.name) || word == folded(h.french) {
			return h, true
		}
	}
	return heading{}, false
}

// unknown is the sentence about a heading that is no column.
func (f form) unknown(name string) indicators.Sentence {
	var words []string
	for _, h := range f.headings {
		words = append(words, h.name, h.french)
	}
	if meant := nearest(name, words); meant != "" {
		return indicators.Plain(fmt.Sprintf("%q is no column of %s: did you mean %s? Else delete the column", shortened(name), f.name, meant))
	}
	return indicators.Plain(fmt.Sprintf("%q is no column of %s: delete it, or name it one of %s", shortened(name), f.name, f.names()))
}

func (f form) names() string {
	var words []string
	for _, h := range f.headings {
		words = append(words, h.name)
	}
	return strings.Join(words, ", ")
}

// missing are the columns without which no row can be read. A file that can end
// rows needs the key alone: whether a row that stays lacks a cell is seen there.
func (f form) missing(at map[string]int) []string {
	var names []string
	_, removing := at[removal().name]
	for _, h := range f.headings {
		if _, found := at[h.name]; !found && h.required && (h.key || !removing) {
			names = append(names, h.name)
		}
	}
	if len(f.figure) == 0 || removing {
		return names
	}
	_, whole := at[f.figure[0]]
	for _, part := range f.figure[1:] {
		if _, found := at[part]; !found && !whole {
			return append(names, f.figure[0]+" (or "+strings.Join(f.figure[1:], " and ")+")")
		}
	}
	return names
}

// shortened is a text as a sentence may quote it.
func shortened(text string) string {
	if runes := []rune(text); len(runes) > 60 {
		return string(runes[:59]) + "…"
	}
	return text
}
