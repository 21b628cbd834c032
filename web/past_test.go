package web

import (
	"testing"

	"jalon/indicators"
	"jalon/sql/sqltest"
)

// A page of one indicator is the same whether it was made of that part of an earlier
// state alone or of the whole.
func TestAPartShowsWhatTheWholeShows(t *testing.T) {
	store := sqltest.Open(t)
	women := reported("THREE", "2024", "80")
	women.Breakdown.Sex = "F"
	record(t, store, apiWorkbook(), reported("THREE", "2016", "100"), reported("THREE", "2024", "140.50"), women,
		reported("REM-COST", "2016", "9.48"), reported("REM-COST", "2019", "8"), reported("DELAY", "2026-07", "40"))
	record(t, store, nil, reported("THREE", "2024", "150"), reported("BILLION", "2024", "1.25"))
	record(t, store, &indicators.Workbook{Actions: []indicators.Edit[indicators.Action]{{Key: "A1", Change: func(a *indicators.Action) { a.Title = french("Autre titre") }}}})
	part, whole := serving(t, store), serving(t, store)
	for _, when := range []string{"?as-of=c1", "?as-of=c2"} {
		bodyOf(t, ask(t, whole, "GET", "/fr/"+when))
		for _, code := range []string{"THREE", "REM-COST", "DELAY", "BILLION", "SILENT", "NOBODY"} {
			for _, address := range []string{
				"/fr/indicators/" + code + when, "/ar/indicators/" + code + when, "/charts/fr/indicators/" + code + "/trajectory.svg" + when,
				"/api/v1/indicators/" + code + when, "/api/v1/assessments" + when + "&indicator=" + code, "/api/v1/assessments" + when + "&donor=DON&indicator=" + code,
				"/api/v1/targets" + when + "&indicator=" + code, "/api/v1/observations" + when + "&indicator=" + code, "/api/v1/changesets" + when,
			} {
				one, other := ask(t, part, "GET", address), ask(t, whole, "GET", address)
				a, b := bodyOf(t, one), bodyOf(t, other)
				// What is there is named beside what is not: of the live picture.
				if one.StatusCode != other.StatusCode || one.StatusCode == 200 && a != b {
					t.Errorf("%s answers %d\n%s\nof the part, %d\n%s\nof the whole", address, one.StatusCode, a, other.StatusCode, b)
				}
			}
		}
	}
}
