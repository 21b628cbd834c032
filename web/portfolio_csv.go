package web

import (
	"fmt"
	"net/http"
	"strings"

	"jalon/locale"
)

// portfolioTable answers with a donor's portfolio as CSV: exactly what the page shows, a line
// for each action and currency.
func (ps *pages) portfolioTable(l *locale.Language) http.Handler {
	return ps.server.page(func(w http.ResponseWriter, r *http.Request) error {
		v, params, err := ps.publicView(r, l, append([]string{"as-of"}, portfolioFilters()...)...)
		if err != nil {
			return err
		}
		code := r.PathValue("code")
		page, err := v.donor(code, only(params, portfolioFilters()))
		if err != nil {
			return err
		}
		if ps.unchanged(w, r, v.p) {
			return nil
		}
		body, err := v.portfolioFigures(page).csv()
		if err != nil {
			return err
		}
		header := w.Header()
		header.Set("Content-Type", "text/csv; charset=utf-8; header=present")
		header.Set("Content-Language", l.Code)
		header.Set("Content-Disposition", fmt.Sprintf(`attachment; filename="jalon-%s.csv"`, code))
		send(w, r, http.StatusOK, body, packOnce(r, body))
		return nil
	})
}

func (v *view) portfolioFigures(page donorPage) figures {
	t := figures{heading: v.words("figures.", "code", "title", "group", "status", "reference", "currency", "promised", "disbursed", "reached", "indicators", "assessed")}
	for _, row := range page.Rows {
		f := row.of
		about := []string{f.Action.Code, v.phrase(f.Action.Title).Text, f.Action.Group, f.Action.Status, strings.Join(f.References, "|")}
		come := []string{raw(f.Rollup.Score), fmt.Sprint(f.Rollup.Total), fmt.Sprint(f.Rollup.Assessed)}
		for _, m := range f.Money {
			row := append(append([]string{}, about...), m.Currency, plainNumber(m.Promised), plainNumber(m.Disbursed))
			t.rows = append(t.rows, append(row, come...))
		}
	}
	return t
}
