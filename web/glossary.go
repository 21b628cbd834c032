package web

import (
	"net/http"
	"slices"
	"strings"

	"jalon/indicators"
	"jalon/locale"
)

// A glossaryPage is the terms of the field: those with a definition first.
type glossaryPage struct {
	Defined []termRow
	Others  []termRow
}

// A termRow is a term with what it is called in the other languages.
type termRow struct {
	Code       string
	Name       string
	Definition string
	Beside     []phrase
}

func showGlossary(v *view, _ *http.Request) (sheet, error) {
	page := glossaryPage{}
	for n := range v.glossary.all {
		row := v.termRow(&v.glossary.all[n])
		if row.Definition != "" {
			page.Defined = append(page.Defined, row)
		} else {
			page.Others = append(page.Others, row)
		}
	}
	for _, rows := range [][]termRow{page.Defined, page.Others} {
		slices.SortFunc(rows, func(a, b termRow) int { return strings.Compare(alphabetical(a.Name), alphabetical(b.Name)) })
	}
	return sheet{template: "glossary", path: "glossary", title: v.l.T("glossary.title"), main: page}, nil
}

func (v *view) termRow(t *locale.Term) termRow {
	row := termRow{Code: t.Code, Name: t.Name[v.l.Code], Definition: t.Definition[v.l.Code]}
	for _, code := range locale.Codes() {
		if code != v.l.Code {
			row.Beside = append(row.Beside, phrase{t.Name[code], code})
		}
	}
	return row
}

// alphabetical is a name as it is sorted: without accents, and in Arabic without the article.
func alphabetical(name string) string {
	return strings.TrimPrefix(indicators.Fold(name), "ال")
}
