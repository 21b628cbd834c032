package web

import (
	"html/template"
	"slices"
	"strings"

	"jalon/exchange/table"
	"jalon/indicators"
)

// word is what one of the words of a column means.
func (v *view) word(name, column, word string) string {
	if word == "" {
		return ""
	}
	if key := wordArea(name, column) + word; v.l.T(key) != key {
		return v.l.T(key)
	}
	return word
}

// wordArea is where the catalogue has the words of a column.
func wordArea(name, column string) string {
	switch name + " " + column {
	case "organisations kind":
		return "organisation.kind."
	case "frameworks kind":
		return "framework.kind."
	case "actions status":
		return "action.status."
	case "actions scope":
		return "scope."
	case "funding kind":
		return "funding."
	case "indicators kind":
		return "indicator.kind."
	case "targets kind":
		return "target."
	case "targets sex":
		return "breakdown.sex."
	}
	return column + "." // result_type, direction, accumulation, frequency, comparison
}

// cell shows what a cell holds to whoever reads it.
func (v *view) cell(name string, f table.Field, cell string) template.HTML {
	if cell == "" {
		return ""
	}
	switch f.Kind {
	case table.OneOf:
		return phrase{Text: v.word(name, f.Name, cell)}.HTML()
	case table.Tick:
		return phrase{Text: v.l.T("value.yes")}.HTML()
	case table.Number, table.Whole:
		return figure(v.l.Digits(cell)).HTML()
	case table.Day:
		if d, err := indicators.ParseDate(cell); err == nil {
			return v.date(d).HTML()
		}
	case table.Period:
		if p, err := indicators.ParsePeriod(cell); err == nil {
			return v.period(p).HTML()
		}
	case table.Codes, table.Links:
		return figure(strings.ReplaceAll(cell, "|", ", ")).HTML()
	case table.Line, table.Prose:
		text := phrase{Text: cell}
		if _, lang, _ := cutLast(f.Name, "_"); lang != v.l.Code && slices.Contains([]string{"fr", "ar", "en"}, lang) {
			text.Lang = lang
		}
		return text.HTML()
	}
	return figure(cell).HTML()
}
