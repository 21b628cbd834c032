package table

import (
	"strconv"
	"strings"

	"jalon/indicators"
)

// A column of a table whose rows are of type T. An empty cell sets what is absent.
type column[T any] struct {
	heading
	set func(row *T, cell string, decimalComma bool) error
	get func(row *T) string // with a decimal point
}

// A table describes the rows of one sheet.
type table[T any] struct {
	name    string
	columns []column[T]
	figure  []string // columns that are one figure: the first alone, or the others together
}

// must makes an empty cell a problem.
func (c column[T]) must() column[T] {
	c.required = true
	return c
}

// keyed makes the column part of the row's key: it is needed even to remove the row.
func (c column[T]) keyed() column[T] {
	c.key = true
	return c
}

// oneOf allows some words alone.
func (c column[T]) oneOf(words []string) column[T] {
	c.kind, c.words = OneOf, words
	return c
}

// of takes the codes of the column from another table.
func (c column[T]) of(table string) column[T] {
	if c.names = table; c.kind == Line {
		c.kind = Code
	}
	return c
}

// long lets the text have several lines.
func (c column[T]) long() column[T] {
	c.kind = Prose
	return c
}

// text is a column that holds any words.
func text[T any, S ~string](name, french string, at func(*T) *S) column[T] {
	return column[T]{
		heading: heading{name: name, french: french, kind: Line},
		set:     func(row *T, cell string, _ bool) error { *at(row) = S(cell); return nil },
		get:     func(row *T) string { return string(*at(row)) },
	}
}

// texts are the columns of a text in three languages.
func texts[T any](name, french string, at func(*T) *indicators.Text) []column[T] {
	return []column[T]{
		text(name+"_fr", french+" (français)", func(row *T) *indicators.Optional { return &at(row).FR }),
		text(name+"_ar", french+" (arabe)", func(row *T) *indicators.Optional { return &at(row).AR }),
		text(name+"_en", french+" (anglais)", func(row *T) *indicators.Optional { return &at(row).EN }),
	}
}

// prose are the columns of a long text in three languages.
func prose[T any](name, french string, at func(*T) *indicators.Text) []column[T] {
	columns := texts(name, french, at)
	for n := range columns {
		columns[n] = columns[n].long()
	}
	return columns
}

// titled are the columns of a text that is required in French.
func titled[T any](name, french string, at func(*T) *indicators.Text) []column[T] {
	columns := texts(name, french, at)
	columns[0] = columns[0].must()
	return columns
}

// number is a column of exact numbers.
func number[T any](name, french string, at func(*T) *indicators.Decimal) column[T] {
	return column[T]{
		heading: heading{name: name, french: french, kind: Number},
		set: func(row *T, cell string, decimalComma bool) (err error) {
			*at(row), err = ParseNumber(cell, decimalComma)
			return err
		},
		get: func(row *T) string { return at(row).String() },
	}
}

// ParseNumber reads a number as people write it: with a decimal point or, where allowed, a
// comma, and spaces between thousands. Nothing is the absent number.
func ParseNumber(cell string, decimalComma bool) (indicators.Decimal, error) {
	if cell == "" {
		return indicators.Decimal{}, nil
	}
	plain, err := normalNumber(cell, decimalComma)
	if err != nil {
		return indicators.Decimal{}, err
	}
	return indicators.ParseDecimal(plain)
}

// whole is a column of whole numbers that may be absent.
func whole[T any](name, french string, at func(*T) **int) column[T] {
	return column[T]{
		heading: heading{name: name, french: french, kind: Whole},
		set: func(row *T, cell string, decimalComma bool) error {
			n, err := parseWhole(cell, decimalComma)
			*at(row) = n
			return err
		},
		get: func(row *T) string {
			if n := *at(row); n != nil {
				return strconv.Itoa(*n)
			}
			return ""
		},
	}
}

func parseWhole(cell string, decimalComma bool) (*int, error) {
	if cell == "" {
		return nil, nil
	}
	plain, err := normalNumber(cell, decimalComma)
	if err != nil {
		return nil, err
	}
	n, err := strconv.ParseInt(plain, 10, 32)
	if err != nil {
		return nil, indicators.Say("%s is not a whole number that fits here: write one without a fraction, such as 12", indicators.Quote(cell))
	}
	small := int(n)
	return &small, nil
}

// year is a column of calendar years.
func year[T any](name, french string, at func(*T) *int) column[T] {
	return column[T]{
		heading: heading{name: name, french: french, kind: Year},
		set:     func(row *T, cell string, _ bool) (err error) { *at(row), err = parseYear(cell); return err },
		get: func(row *T) string {
			if y := *at(row); y != 0 {
				return strconv.Itoa(y)
			}
			return ""
		},
	}
}

func parseYear(cell string) (int, error) {
	if cell == "" {
		return 0, nil
	}
	p, err := indicators.ParsePeriod(cell)
	if err != nil || p.Months() != 12 {
		return 0, indicators.Say("%s is not a year: write it as 2026", indicators.Quote(cell))
	}
	return p.Year(), nil
}

// day is a column of dates.
func day[T any](name, french string, at func(*T) *indicators.Date) column[T] {
	return column[T]{
		heading: heading{name: name, french: french, kind: Day},
		set: func(row *T, cell string, _ bool) (err error) {
			*at(row) = 0
			if cell != "" {
				*at(row), err = indicators.ParseDate(cell)
			}
			return err
		},
		get: func(row *T) string { return at(row).String() },
	}
}

// period is a column of periods.
func period[T any](name, french string, at func(*T) *indicators.Period) column[T] {
	return column[T]{
		heading: heading{name: name, french: french, kind: Period},
		set: func(row *T, cell string, _ bool) (err error) {
			*at(row) = 0
			if cell != "" {
				*at(row), err = indicators.ParsePeriod(cell)
			}
			return err
		},
		get: func(row *T) string { return at(row).String() },
	}
}

// yes is a column of ticks: yes, or an empty cell.
func yes[T any](name, french string, at func(*T) *bool) column[T] {
	return column[T]{
		heading: heading{name: name, french: french, kind: Tick},
		set:     func(row *T, cell string, _ bool) (err error) { *at(row), err = parseYes(cell); return err },
		get: func(row *T) string {
			if *at(row) {
				return "yes"
			}
			return ""
		},
	}
}

func parseYes(cell string) (bool, error) {
	switch strings.ToLower(cell) {
	case "yes", "oui":
		return true, nil
	case "", "no", "non":
		return false, nil
	}
	return false, indicators.Say("%s is neither yes nor no: write yes, or leave the cell empty", indicators.Quote(cell))
}
