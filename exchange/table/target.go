package table

import (
	"slices"

	"jalon/indicators"
)

func targets() table[indicators.Target] {
	type row = indicators.Target
	return table[row]{name: "targets", figure: []string{"value", "low", "high"}, columns: slices.Concat(
		[]column[row]{
			text("indicator", "Indicateur", func(t *row) *string { return &t.Indicator }).must().keyed().of("indicators"),
			text("kind", "Type", func(t *row) *string { return &t.Kind }).must().keyed().oneOf(indicators.TargetKinds()),
			period("period", "Période", func(t *row) *indicators.Period { return &t.Period }).must().keyed(),
			number("value", "Valeur", func(t *row) *indicators.Decimal { return &t.Value }),
			number("low", "Borne basse", func(t *row) *indicators.Decimal { return &t.Low }),
			number("high", "Borne haute", func(t *row) *indicators.Decimal { return &t.High }),
			text("comparison", "Comparaison", func(t *row) *indicators.Optional { return &t.Comparison }).oneOf(indicators.Comparisons()),
			text("framework", "Cadre", func(t *row) *indicators.Optional { return &t.Framework }).keyed().of("frameworks"),
			day("decided", "Date de décision", func(t *row) *indicators.Date { return &t.Decided }).keyed(),
			text("source", "Source", func(t *row) *indicators.Optional { return &t.Source }),
			text("note", "Note", func(t *row) *indicators.Optional { return &t.Note }).long(),
		},
		breakdown(func(t *row) *indicators.Breakdown { return &t.Breakdown }),
	)}
}
