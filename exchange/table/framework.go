package table

import (
	"slices"
	"strconv"

	"jalon/indicators"
)

func frameworks() table[indicators.Framework] {
	type row = indicators.Framework
	return table[row]{name: "frameworks", columns: slices.Concat(
		[]column[row]{
			text("code", "Code", func(f *row) *string { return &f.Code }).must().keyed(),
			text("kind", "Type", func(f *row) *string { return &f.Kind }).must().oneOf(indicators.FrameworkKinds()),
		},
		titled("title", "Intitulé", func(f *row) *indicators.Text { return &f.Title }),
		[]column[row]{
			year("start", "Année de début", func(f *row) *int { return &f.Start }).must(),
			year("end", "Année de fin", func(f *row) *int { return &f.End }).must(),
			baselineYear(),
			text("method", "Méthode d'évaluation", func(f *row) *indicators.Optional { return &f.Method }).of("methods"),
		},
	)}
}

// baselineYear differs from the other years in that it may be absent.
func baselineYear() column[indicators.Framework] {
	type row = indicators.Framework
	return column[row]{
		heading: heading{name: "baseline", french: "Année de référence", kind: Year},
		set: func(f *row, cell string, _ bool) error {
			y, err := parseYear(cell)
			if f.Baseline = nil; y != 0 {
				f.Baseline = &y
			}
			return err
		},
		get: func(f *row) string {
			if f.Baseline == nil {
				return ""
			}
			return strconv.Itoa(*f.Baseline)
		},
	}
}

func results() table[indicators.Result] {
	type row = indicators.Result
	return table[row]{name: "results", columns: slices.Concat(
		[]column[row]{
			text("framework", "Cadre", func(r *row) *string { return &r.Framework }).must().keyed().of("frameworks"),
			text("code", "Code", func(r *row) *string { return &r.Code }).must().keyed(),
			text("parent", "Résultat parent", func(r *row) *indicators.Optional { return &r.Parent }),
		},
		titled("title", "Intitulé", func(r *row) *indicators.Text { return &r.Title }),
		[]column[row]{
			text("level", "Niveau", func(r *row) *indicators.Optional { return &r.Level }),
			number("weight", "Poids", func(r *row) *indicators.Decimal { return &r.Weight }),
		},
	)}
}
