package web

import (
	"slices"
	"strings"

	"jalon/exchange/table"
)

// A formField is a field as it is drawn.
type formField struct {
	table.Field
	ID       string
	Label    string
	Hint     string
	Value    string
	Lang     string // of what is typed, where the field's name says so
	Dir      string
	Options  []option // to choose from, or to be offered
	Boxes    bool     // the options are ticked
	Offered  bool     // they are too many to choose from
	Wrong    []wrong
	Bare     bool // a plain line: what was typed is none of what the browser would let through
	Explains []option
}

// A wrong is what stands against a field.
type wrong struct {
	ID, Label string
	Text      string
}

// How many options are chosen from, ticked, and offered while a code is typed.
const (
	chosenFrom = 250
	tickedOf   = 120
	offered    = 1500
)

// formField draws a column of a table, filled with a cell.
func (v *view) formField(name string, f table.Field, cell string) formField {
	d := formField{Field: f, ID: "f-" + f.Name, Label: v.columnName(name, f.Name), Hint: v.hint(name, f), Value: cell, Dir: "auto"}
	switch base, lang, _ := cutLast(f.Name, "_"); {
	case base != "" && slices.Contains([]string{"fr", "ar", "en"}, lang):
		if d.Lang, d.Dir = lang, "ltr"; lang == "ar" {
			d.Dir = "rtl"
		}
	case f.Kind != table.Line && f.Kind != table.Prose && f.Kind != table.OneOf && f.Kind != table.Code:
		d.Dir = "ltr"
	}
	if d.Options = v.choices(name, f); len(d.Options) == 0 {
		d.Kind = plainKind(f.Kind)
		return d
	}
	chosen := []string{cell}
	if f.Kind == table.Codes {
		chosen = strings.Split(cell, "|")
	}
	switch {
	case f.Kind == table.Links:
		d.Explains, d.Options = d.Options, nil
		d.Value = strings.ReplaceAll(cell, "|", "\n")
		return d
	case f.Kind == table.Codes && len(d.Options) <= tickedOf:
		if d.Boxes = true; d.Hint == v.l.T("hint.kind.codes") {
			d.Hint = ""
		}
	case f.Kind == table.Codes:
		d.Explains, d.Options = d.Options[:min(len(d.Options), offered)], nil
		return d
	case f.Names == "methods" || len(d.Options) > chosenFrom:
		d.Offered, d.Options = true, d.Options[:min(len(d.Options), offered)]
		return d
	}
	d.Options = choose(d.Options, chosen)
	return d
}

// choose marks what is chosen; what is no option is added, so that nothing typed is lost.
func choose(options []option, chosen []string) []option {
	for _, word := range chosen {
		at := slices.IndexFunc(options, func(o option) bool { return o.Value == word })
		if at >= 0 {
			options[at].Chosen = true
		} else if word != "" {
			options = append(options, option{word, word, true})
		}
	}
	return options
}

// plainKind is how a column is filled that there is nothing to choose for.
func plainKind(k table.Kind) table.Kind {
	if k == table.Code {
		return table.Line
	}
	return k
}

func cutLast(text, sep string) (before, after string, found bool) {
	if n := strings.LastIndex(text, sep); n >= 0 {
		return text[:n], text[n+len(sep):], true
	}
	return text, "", false
}

// columnName is what a column is called, in its table if that has a name of its own for it.
func (v *view) columnName(name, column string) string {
	if key := "column." + name + "." + column; v.l.T(key) != key {
		return v.l.T(key)
	}
	if key := "column." + column; v.l.T(key) != key {
		return v.l.T(key)
	}
	return column
}

// hint tells how a column is to be filled, where that is not plain.
func (v *view) hint(name string, f table.Field) string {
	for _, key := range []string{"hint." + name + "." + f.Name, "hint.of." + f.Names, "hint.kind." + string(f.Kind)} {
		if text := v.l.T(key); text != key {
			return text
		}
	}
	return ""
}
