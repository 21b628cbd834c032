package table

import (
	"slices"

	"jalon/indicators"
)

func categories() table[indicators.Category] {
	type row = indicators.Category
	return table[row]{name: "categories", columns: slices.Concat(
		[]column[row]{
			text("dimension", "Dimension", func(c *row) *string { return &c.Dimension }).must().keyed(),
			text("code", "Code", func(c *row) *string { return &c.Code }).must().keyed(),
		},
		titled("title", "Intitulé", func(c *row) *indicators.Text { return &c.Title }),
		[]column[row]{whole("order", "Ordre", func(c *row) **int { return &c.Order })},
	)}
}
