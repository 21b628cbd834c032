package web

import (
	"fmt"
	"net/http"
	"strings"
)

// findPortfolioTable finds a donor's portfolio as a table: exactly what the page shows, a
// line for each action and currency.
func findPortfolioTable(v *view, r *http.Request) (func() figures, string, error) {
	code := r.PathValue("code")
	f, err := v.portfolioOf(code, only(r.URL.Query(), portfolioFilters()))
	return func() figures { return v.portfolioFigures(f) }, fmt.Sprintf("jalon-%s.csv", code), err
}

func (v *view) portfolioFigures(p *portfolio) figures {
	t := figures{heading: v.words("figures.", "code", "title", "group", "status", "reference", "currency", "promised", "disbursed", "reached", "indicators", "assessed")}
	for _, f := range p.grants {
		about := []string{f.Action.Code, v.phrase(f.Action.Title).Text, f.Action.Group, f.Action.Status, strings.Join(f.References, "|")}
		come := []string{raw(f.Rollup.Score), fmt.Sprint(f.Rollup.Total), fmt.Sprint(f.Rollup.Assessed)}
		for _, m := range f.Money {
			row := append(append([]string{}, about...), m.Currency, plainNumber(m.Promised), plainNumber(m.Disbursed))
			t.rows = append(t.rows, append(row, come...))
		}
	}
	return t
}
