package table

import (
	"slices"

	"jalon/indicators"
)

func indicatorsTable() table[indicators.Indicator] {
	type row = indicators.Indicator
	return table[row]{name: "indicators", columns: slices.Concat(
		[]column[row]{text("code", "Code", func(i *row) *string { return &i.Code }).must().keyed()},
		titled("title", "Intitulé", func(i *row) *indicators.Text { return &i.Title }),
		[]column[row]{
			codes("actions", "Actions", func(i *row) *indicators.Codes { return &i.Actions }).of("actions"),
			codes("groups", "Groupes", func(i *row) *indicators.Codes { return &i.Groups }).of("groups"),
			text("result_type", "Type de résultat", func(i *row) *indicators.Optional { return &i.ResultType }).oneOf(indicators.ResultTypes()),
			text("unit", "Unité", func(i *row) *string { return &i.Unit }).must(),
		},
		texts("unit", "Unité affichée", func(i *row) *indicators.Text { return &i.UnitShown }),
		measure(),
		[]column[row]{
			codes("breakdowns", "Ventilations", func(i *row) *indicators.Codes { return &i.Breakdowns }).of("dimensions"),
			codes("additive", "Ventilations additives", func(i *row) *indicators.Codes { return &i.Additive }).of("dimensions"),
			links("results", "Résultats", func(i *row) *indicators.Links { return &i.Results }),
			codes("external", "Codes externes", func(i *row) *indicators.Codes { return &i.External }),
			text("source", "Source", func(i *row) *indicators.Optional { return &i.Source }),
		},
		prose("definition", "Définition", func(i *row) *indicators.Text { return &i.Definition }),
		[]column[row]{yes("illustrative", "Démonstration", func(i *row) *bool { return &i.Illustrative })},
	)}
}

// measure are the columns of what is measured, how, how often and by whom.
func measure() []column[indicators.Indicator] {
	type row = indicators.Indicator
	return []column[row]{
		text("kind", "Type de valeur", func(i *row) *string { return &i.Kind }).must().oneOf(indicators.IndicatorKinds()),
		text("direction", "Sens souhaité", func(i *row) *string { return &i.Direction }).must().oneOf(indicators.Directions()),
		text("accumulation", "Cumul", func(i *row) *string { return &i.Accumulation }).must().oneOf(indicators.Accumulations()),
		text("frequency", "Périodicité", func(i *row) *indicators.Frequency { return &i.Frequency }).must().oneOf(indicators.Frequencies()),
		whole("decimals", "Décimales", func(i *row) **int { return &i.Decimals }),
		number("min", "Minimum", func(i *row) *indicators.Decimal { return &i.Min }),
		number("max", "Maximum", func(i *row) *indicators.Decimal { return &i.Max }),
		number("factor", "Facteur", func(i *row) *indicators.Decimal { return &i.Factor }),
		text("method", "Méthode d'évaluation", func(i *row) *indicators.Optional { return &i.Method }).of("methods"),
		text("responsible", "Structure en charge", func(i *row) *indicators.Optional { return &i.Responsible }).of("organisations"),
		whole("due_days", "Délai en jours", func(i *row) **int { return &i.DueDays }),
		yes("key", "Indicateur clé", func(i *row) *bool { return &i.Key }),
	}
}
