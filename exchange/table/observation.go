package table

import (
	"slices"
	"strings"

	"jalon/indicators"
)

// normal is the SDMX status of an observation of which nothing else is said.
const normal = "A"

func observations() table[indicators.Observation] {
	type row = indicators.Observation
	return table[row]{name: "observations", figure: []string{"value", "numerator", "denominator"}, columns: slices.Concat(
		[]column[row]{
			text("indicator", "Indicateur", func(o *row) *string { return &o.Indicator }).must().keyed(),
			period("period", "Période", func(o *row) *indicators.Period { return &o.Period }).must().keyed(),
			number("value", "Valeur", func(o *row) *indicators.Decimal { return &o.Value }),
			number("numerator", "Numérateur", func(o *row) *indicators.Decimal { return &o.Numerator }),
			number("denominator", "Dénominateur", func(o *row) *indicators.Decimal { return &o.Denominator }),
		},
		breakdown(func(o *row) *indicators.Breakdown { return &o.Breakdown }),
		[]column[row]{
			observationStatus(),
			yes("partial", "Période incomplète", func(o *row) *bool { return &o.Partial }),
			text("source", "Source", func(o *row) *indicators.Optional { return &o.Source }),
			text("comment", "Commentaire", func(o *row) *indicators.Optional { return &o.Comment }),
			text("evidence", "Pièce justificative", func(o *row) *indicators.Optional { return &o.Evidence }),
			review(),
		},
	)}
}

func observationStatus() column[indicators.Observation] {
	c := text("obs_status", "Statut de l'observation", func(o *indicators.Observation) *string { return &o.Status })
	c.set = func(o *indicators.Observation, cell string, _ bool) error {
		if o.Status = cell; cell == "" {
			o.Status = normal
		}
		return nil
	}
	return c
}

// review is the state of review; the column is called status.
func review() column[indicators.Observation] {
	return column[indicators.Observation]{
		heading: heading{name: "status", french: "État de validation", kind: OneOf, words: indicators.Reviews()},
		set: func(o *indicators.Observation, cell string, _ bool) error {
			if o.Review = indicators.Published; cell == "" {
				return nil
			}
			at := slices.Index(indicators.Reviews(), cell)
			if at < 0 {
				return indicators.Say("%s is no state of review: write one of %s, or leave the cell empty for published", indicators.Quote(cell), strings.Join(indicators.Reviews(), ", "))
			}
			o.Review = indicators.Review(at)
			return nil
		},
		get: func(o *indicators.Observation) string { return o.Review.String() },
	}
}
