package table

import (
	"slices"

	"jalon/indicators"
)

func groups() table[indicators.Group] {
	type row = indicators.Group
	return table[row]{name: "groups", columns: slices.Concat(
		[]column[row]{text("code", "Code", func(g *row) *string { return &g.Code }).must().keyed()},
		titled("title", "Intitulé", func(g *row) *indicators.Text { return &g.Title }),
		[]column[row]{
			text("coordinator", "Structure coordinatrice", func(g *row) *indicators.Optional { return &g.Coordinator }).of("organisations"),
			whole("order", "Ordre", func(g *row) **int { return &g.Order }),
		},
	)}
}
