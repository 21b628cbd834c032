package table

import "jalon/indicators"

func settings() table[indicators.Setting] {
	type row = indicators.Setting
	return table[row]{name: "settings", columns: []column[row]{
		text("key", "Clé", func(s *row) *string { return &s.Key }).must().keyed(),
		text("value", "Valeur", func(s *row) *string { return &s.Value }).must(),
	}}
}
