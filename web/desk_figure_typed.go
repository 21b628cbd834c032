package web

import (
	"net/http"

	"jalon/indicators"
)

// What is typed beside a figure has at most so many characters, as in the templates.
const (
	maxLine    = 1000
	maxComment = 4000
)

func typedFigure(r *http.Request) (typed figureText, err error) {
	for _, field := range []struct {
		name string
		into *string
		most int
	}{
		{"value", &typed.Value, maxLine}, {"numerator", &typed.Numerator, maxLine}, {"denominator", &typed.Denominator, maxLine},
		{"obs_status", &typed.Status, maxLine}, {"source", &typed.Source, maxLine}, {"comment", &typed.Comment, maxComment},
		{"evidence", &typed.Evidence, maxLine}, {"reason", &typed.Reason, maxReason},
	} {
		if *field.into, err = typedText(r, field.name, field.most); err != nil {
			return typed, err
		}
	}
	typed.Partial = r.PostForm.Get("partial") != ""
	return typed, nil
}

// observation is what was typed, as a draft, or a word on what cannot be read.
func (v *view) observation(i *indicators.Indicator, key indicators.FigureKey, typed figureText) (indicators.Observation, string) {
	o := indicators.Observation{
		Indicator: key.Indicator, Breakdown: key.Breakdown, Review: indicators.Draft,
		Comment: indicators.Optional(typed.Comment), Evidence: indicators.Optional(typed.Evidence),
	}
	o.Period, o.Status, o.Partial, o.Source = key.Period, typed.Status, typed.Partial, indicators.Optional(typed.Source)
	for _, cell := range []struct {
		text string
		into *indicators.Decimal
	}{{typed.Value, &o.Value}, {typed.Numerator, &o.Numerator}, {typed.Denominator, &o.Denominator}} {
		value, err := typedNumber(cell.text)
		if err != nil {
			return o, v.l.T("grid.not_number", cell.text)
		}
		*cell.into = value
	}
	if o.Value.IsSet() {
		return o, v.outside(i, o.Value)
	}
	return o, ""
}
