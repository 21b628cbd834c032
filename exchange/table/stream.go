package table

import (
	"context"
	"errors"
	"io"
	"iter"
	"strings"

	"jalon/indicators"
)

// Lines gives the files of observations as streams that the importer takes.
func (s *Source) Lines(ctx context.Context) []*indicators.Lines {
	var all []*indicators.Lines
	for _, o := range s.Observations() {
		all = append(all, &indicators.Lines{File: o.File, Has: o.Has, Each: func(yield func(*indicators.Line, error) bool) {
			var line indicators.Line
			for row, err := range o.Rows(ctx) {
				if err != nil {
					yield(nil, err)
					return
				}
				line = indicators.Line{Observation: row.Observation, Number: row.Line(), Remove: row.Remove, Problems: row.Problems, At: row.Place}
				if !yield(&line, nil) {
					return
				}
			}
		}})
	}
	return all
}

// Observations is one file of observations, to be read as a stream.
type Observations struct {
	File string

	source *Source
	file   *file
	layout layout
}

// Observations lists the files of observations.
func (s *Source) Observations() []*Observations {
	var list []*Observations
	for i := range s.files {
		if f := &s.files[i]; f.table == "observations" && !f.unreadable {
			list = append(list, &Observations{File: f.path, source: s, file: f, layout: f.layout})
		}
	}
	return list
}

// Has tells whether the file has a column, by its name in the contract. One that it
// does not have changes nothing. Value, numerator and denominator are one figure:
// a file that has one of them has all three, and empties what it does not give.
func (o *Observations) Has(column string) bool {
	for n, h := range formOf("observations").headings {
		if h.name == column {
			return n < len(o.layout.cells) && o.layout.cells[n] != absent
		}
	}
	return false
}

// A Row is an observation as a file gives it, with what the row says beside.
type Row struct {
	Observation indicators.Observation
	Remove      bool                 // ends the observation; only its key is filled
	Problems    []indicators.Problem // of its cells; with any, the row is of no use

	raw    row
	layout layout
	lost   indicators.Place // of a row whose cells cannot be told apart
}

// Place is where the cell of a column stands, or the row where it has none. It is
// dear, and meant for problems only.
func (r *Row) Place(column string) indicators.Place {
	if r.raw.from == nil {
		return r.lost
	}
	return r.raw.place(r.layout.at[column]) // the first cell for a column that is absent
}

// Problem is a Problem with the cell of a column.
func (r *Row) Problem(column string, message indicators.Sentence) indicators.Problem {
	return indicators.Problem{Place: r.Place(column), Message: message}
}

// Line is the line of the file on which the row begins.
func (r *Row) Line() int {
	if r.raw.from == nil {
		return r.lost.Line
	}
	return r.raw.line
}

// Rows reads the file from its beginning. The Row is good until the next one; its
// texts may be kept. An error (the file cannot be read, the context has ended) is
// the last thing to come, with a nil Row.
func (o *Observations) Rows(ctx context.Context) iter.Seq2[*Row, error] {
	return func(yield func(*Row, error) bool) {
		r, problems, err := o.source.read(ctx, o.file)
		switch {
		case err != nil:
			yield(nil, err)
			return
		case r == nil: // the file is not the one of before
			yield(&Row{Problems: problems, lost: problems[0].Place}, nil)
			return
		}
		defer r.Close()
		next := &Row{layout: r.layout}
		s := stream{reader: r, table: observations(), known: map[string]string{}}
		for {
			err := s.next(next)
			if errors.Is(err, io.EOF) {
				return
			} else if err != nil {
				yield(nil, err)
				return
			}
			if !yield(next, nil) {
				return
			}
		}
	}
}

// A stream reads rows into the same memory again and again.
type stream struct {
	*reader
	table table[indicators.Observation]
	known map[string]string
}

// maxKnown bounds the words that a stream remembers.
const maxKnown = 1 << 14

// next reads a row; its error is none of the row's.
func (s *stream) next(to *Row) error {
	raw, err := s.Next()
	to.Observation = indicators.Observation{Figure: indicators.Figure{Status: normal}, Review: indicators.Published}
	to.raw, to.Remove, to.Problems = raw, false, to.Problems[:0]
	if problems, ok := problemsIn(err); err != nil && ok {
		to.Problems, to.lost = append(to.Problems, problems...), problems[0].Place
		return nil
	} else if err != nil {
		return err
	}
	o := &to.Observation
	to.Remove, _ = s.table.fill(o, raw, s.layout, &to.Problems)
	for _, word := range []*string{&o.Indicator, (*string)(&o.Source), &o.Status, &o.Breakdown.Sex, &o.Breakdown.Age, &o.Breakdown.Governorate, &o.Breakdown.Other} {
		s.share(word)
	}
	return nil
}

// share lets equal words of all rows be one in memory, so that keeping one does not
// keep the text of its row.
func (s *stream) share(word *string) {
	if *word == "" {
		return
	}
	known, found := s.known[*word]
	if !found {
		known = strings.Clone(*word)
		if len(s.known) < maxKnown {
			s.known[known] = known
		}
	}
	*word = known
}
