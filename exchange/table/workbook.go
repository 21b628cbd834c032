package table

import (
	"context"
	"errors"
	"io"
	"slices"

	"jalon/indicators"
)

// Workbook reads all tables but the observations, in memory. A row with a bad cell
// is among the edits as long as its key is good, so that what refers to it is not
// told to be wrong as well; with any problem, nothing of the workbook may be stored.
func (s *Source) Workbook(ctx context.Context) (*indicators.Workbook, []indicators.Problem, error) {
	w := new(indicators.Workbook)
	var problems []indicators.Problem
	for i := range s.files {
		if s.files[i].unreadable || s.files[i].table == "observations" {
			continue
		}
		found, err := s.define(ctx, &s.files[i], w)
		if err != nil {
			return nil, nil, err
		}
		problems = append(problems, found...)
	}
	return w, problems, nil
}

// define reads one file into its part of the workbook.
func (s *Source) define(ctx context.Context, f *file, w *indicators.Workbook) ([]indicators.Problem, error) {
	r, problems, err := s.read(ctx, f)
	if r == nil {
		return problems, err
	}
	defer r.Close()
	p, err := partOf(f.table)
	if err != nil {
		return nil, err
	}
	return p.read(r, w)
}

// edits reads the rows of a file to the end and adds those whose key is good.
func edits[T indicators.Entry](r *reader, t table[T], to *[]indicators.Edit[T]) ([]indicators.Problem, error) {
	var problems []indicators.Problem
	for {
		raw, err := r.Next()
		if errors.Is(err, io.EOF) {
			return problems, nil
		} else if err != nil {
			found, ok := problemsIn(err)
			if !ok {
				return nil, err
			}
			problems = append(problems, found...)
			continue
		}
		var scratch T
		remove, keyless := t.fill(&scratch, raw, r.layout, &problems)
		if !keyless {
			*to = append(*to, edit(t, scratch.EntryKey(), raw, r.layout, remove))
		}
	}
}

// fill sets what the cells of a row say, and judges each. A row that is to be
// removed needs its key alone, and nothing else of it is read. Keyless is a row
// of whose key a part is bad or empty.
func (t table[T]) fill(to *T, raw row, l layout, problems *[]indicators.Problem) (remove, keyless bool) {
	if l.remove != absent {
		var err error
		if remove, err = parseYes(raw.cells[l.remove]); err != nil {
			*problems = append(*problems, raw.tell(l.remove, indicators.SentenceOf(err)).Problem)
		}
	}
	comma := raw.from.dialect.decimalComma
	for n := range t.columns {
		c, cell := &t.columns[n], l.cells[n]
		if remove && !c.key || cell == absent && !c.required {
			continue
		}
		words := cellOf(raw.cells, cell)
		err := c.set(to, words, comma)
		switch {
		case c.required && words == "":
			*problems = append(*problems, raw.tell(max(cell, 0), indicators.Say("%s is required: fill the cell", c.name)).Problem)
		case err != nil:
			*problems = append(*problems, raw.tell(cell, indicators.SentenceOf(err)).Problem)
		default:
			continue
		}
		keyless = keyless || c.key
	}
	return remove, keyless
}

// cellOf is the text of a cell, "" for one that the file does not have.
func cellOf(cells []string, cell int) string {
	if cell < 0 {
		return ""
	}
	return cells[cell]
}

// edit is a row as an edit of the entry of its key. It knows the columns of the
// cells that begin on the row's first line; the others are told by the row.
func edit[T indicators.Entry](t table[T], key string, raw row, l layout, remove bool) indicators.Edit[T] {
	e := indicators.Edit[T]{Key: key, Row: raw.place(0), Cells: make(map[string]int, len(l.at)), Remove: remove}
	for name, cell := range l.at {
		if at := raw.place(cell); at.Line == e.Row.Line {
			e.Cells[name] = at.Column
		}
	}
	cells, comma := slices.Clone(raw.cells), raw.from.dialect.decimalComma
	e.Change = func(to *T) {
		for n := range t.columns {
			if cell := l.cells[n]; cell != absent {
				_ = t.columns[n].set(to, cellOf(cells, cell), comma) // fill has told of an error
			}
		}
	}
	return e
}

// place is where a cell stands.
func (r row) place(cell int) indicators.Place {
	at := r.at(cell)
	return indicators.Place{File: r.from.file, Line: at.line, Column: at.column}
}
