package table

import (
	"slices"

	"jalon/indicators"
)

func organisations() table[indicators.Organisation] {
	type row = indicators.Organisation
	return table[row]{name: "organisations", columns: slices.Concat(
		[]column[row]{text("code", "Code", func(o *row) *string { return &o.Code }).must().keyed()},
		titled("name", "Nom", func(o *row) *indicators.Text { return &o.Name }),
		[]column[row]{
			text("kind", "Type", func(o *row) *string { return &o.Kind }).must().oneOf(indicators.OrganisationKinds()),
			text("iati_id", "Identifiant IATI", func(o *row) *indicators.Optional { return &o.IATIID }),
		},
	)}
}
