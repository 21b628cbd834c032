package table

import (
	"fmt"
	"io"

	"jalon/indicators"
)

// A part is a table of definitions, whatever its rows are.
type part interface {
	form() form
	read(*reader, *indicators.Workbook) ([]indicators.Problem, error)
	write(io.Writer, *indicators.Definitions) (rows int, err error)
	find(d *indicators.Definitions, words string) []string
	cells(d *indicators.Definitions, key string) (map[string]string, bool)
	uses(d *indicators.Definitions, names, code string) int
	put(*indicators.Workbook, Entry) (key string, problems []indicators.Problem)
}

// A kept table is one of which it is known where its rows are.
type kept[T indicators.Entry] struct {
	table[T]
	rows  func(*indicators.Definitions) []T
	edits func(*indicators.Workbook) *[]indicators.Edit[T]
}

func (k kept[T]) read(r *reader, w *indicators.Workbook) ([]indicators.Problem, error) {
	return edits(r, k.table, k.edits(w))
}

func (k kept[T]) write(w io.Writer, d *indicators.Definitions) (int, error) {
	return write(w, k.table, each(k.rows(d)))
}

// partOf is the one list of where the rows of each table of definitions are.
func partOf(name string) (part, error) {
	type definitions = indicators.Definitions
	type workbook = indicators.Workbook
	switch name {
	case "settings":
		return kept[indicators.Setting]{settings(), func(d *definitions) []indicators.Setting { return d.Settings }, func(w *workbook) *[]indicators.Edit[indicators.Setting] { return &w.Settings }}, nil
	case "categories":
		return kept[indicators.Category]{categories(), func(d *definitions) []indicators.Category { return d.Categories }, func(w *workbook) *[]indicators.Edit[indicators.Category] { return &w.Categories }}, nil
	case "organisations":
		return kept[indicators.Organisation]{organisations(), func(d *definitions) []indicators.Organisation { return d.Organisations }, func(w *workbook) *[]indicators.Edit[indicators.Organisation] { return &w.Organisations }}, nil
	case "groups":
		return kept[indicators.Group]{groups(), func(d *definitions) []indicators.Group { return d.Groups }, func(w *workbook) *[]indicators.Edit[indicators.Group] { return &w.Groups }}, nil
	case "frameworks":
		return kept[indicators.Framework]{frameworks(), func(d *definitions) []indicators.Framework { return d.Frameworks }, func(w *workbook) *[]indicators.Edit[indicators.Framework] { return &w.Frameworks }}, nil
	case "results":
		return kept[indicators.Result]{results(), func(d *definitions) []indicators.Result { return d.Results }, func(w *workbook) *[]indicators.Edit[indicators.Result] { return &w.Results }}, nil
	case "actions":
		return kept[indicators.Action]{actions(), func(d *definitions) []indicators.Action { return d.Actions }, func(w *workbook) *[]indicators.Edit[indicators.Action] { return &w.Actions }}, nil
	case "milestones":
		return kept[indicators.Milestone]{milestones(), func(d *definitions) []indicators.Milestone { return d.Milestones }, func(w *workbook) *[]indicators.Edit[indicators.Milestone] { return &w.Milestones }}, nil
	case "funding":
		return kept[indicators.Funding]{funding(), func(d *definitions) []indicators.Funding { return d.Funding }, func(w *workbook) *[]indicators.Edit[indicators.Funding] { return &w.Funding }}, nil
	case "indicators":
		return kept[indicators.Indicator]{indicatorsTable(), func(d *definitions) []indicators.Indicator { return d.Indicators }, func(w *workbook) *[]indicators.Edit[indicators.Indicator] { return &w.Indicators }}, nil
	case "targets":
		return kept[indicators.Target]{targets(), func(d *definitions) []indicators.Target { return d.Targets }, func(w *workbook) *[]indicators.Edit[indicators.Target] { return &w.Targets }}, nil
	}
	return nil, fmt.Errorf("%w: %q is no table of definitions", indicators.ErrNotFound, name)
}
