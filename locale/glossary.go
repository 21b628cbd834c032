package locale

import (
	_ "embed"
	"encoding/csv"
	"fmt"
	"slices"
	"strings"
)

//go:embed glossary.csv
var glossary string

// A Term is an expression of the field, in each language. Most that a reader meets on the
// pages have a definition.
type Term struct {
	Code       string            // names it in addresses: "baseline"
	Name       map[string]string // by language
	Definition map[string]string // by language; empty: none is given
}

// Glossary reads the terms built into the program, by code.
func Glossary() ([]Term, error) {
	rows, err := csv.NewReader(strings.NewReader(glossary)).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("reading the glossary: %w", err)
	}
	heading := []string{"code", "fr", "en", "ar", "definition_fr", "definition_en", "definition_ar"}
	if len(rows) == 0 || !slices.Equal(rows[0], heading) {
		return nil, fmt.Errorf("reading the glossary: its first line must be %s", strings.Join(heading, ","))
	}
	terms := make([]Term, 0, len(rows)-1)
	for _, row := range rows[1:] {
		t := Term{Code: row[0], Name: map[string]string{}, Definition: map[string]string{}}
		for column, name := range heading {
			if lang, is := strings.CutPrefix(name, "definition_"); is {
				t.Definition[lang] = row[column]
			} else if column > 0 {
				t.Name[name] = row[column]
			}
		}
		terms = append(terms, t)
	}
	return terms, nil
}
