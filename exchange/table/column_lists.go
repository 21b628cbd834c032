package table

import (
	"strings"

	"jalon/indicators"
)

// codes is a column of codes separated by |.
func codes[T any](name, french string, at func(*T) *indicators.Codes) column[T] {
	return column[T]{
		heading: heading{name: name, french: french, kind: Codes},
		set: func(row *T, cell string, _ bool) error {
			*at(row) = nil
			if words := listed(cell); len(words) > 0 {
				*at(row) = indicators.NewCodes(words)
			}
			return nil
		},
		get: func(row *T) string { return at(row).String() },
	}
}

// listed are the words of a list, without those that are empty.
func listed(cell string) []string {
	var words []string
	for word := range strings.SplitSeq(cell, "|") {
		if word = strings.TrimSpace(word); word != "" {
			words = append(words, word)
		}
	}
	return words
}

// links is a column of results, with weights where they are given.
func links[T any](name, french string, at func(*T) *indicators.Links) column[T] {
	return column[T]{
		heading: heading{name: name, french: french, kind: Links, names: "results"},
		set: func(row *T, cell string, decimalComma bool) (err error) {
			if decimalComma { // no code holds a comma, so it belongs to a weight
				cell = strings.ReplaceAll(cell, ",", ".")
			}
			*at(row), err = indicators.ParseLinks(cell)
			return err
		},
		get: func(row *T) string { return at(row).String() },
	}
}

// breakdown are the columns that say which part of the whole a value is about.
func breakdown[T any](at func(*T) *indicators.Breakdown) []column[T] {
	other := text("breakdown", "Autre ventilation", func(row *T) *string { return &at(row).Other }).keyed()
	other.set = func(row *T, cell string, _ bool) error {
		if at(row).Other = ""; cell != "" {
			at(row).Other = indicators.SortBreakdown(strings.Join(listed(cell), "|"))
		}
		return nil
	}
	return []column[T]{
		text("sex", "Sexe", func(row *T) *string { return &at(row).Sex }).keyed().oneOf([]string{"F", "M"}),
		text("age", "Âge", func(row *T) *string { return &at(row).Age }).keyed(),
		text("governorate", "Gouvernorat", func(row *T) *string { return &at(row).Governorate }).keyed().of("governorates"),
		other,
	}
}
