package web

import (
	"fmt"
	"net/http"

	"jalon/indicators"
	"jalon/locale"
)

// indicatorTable answers with the list of indicators as CSV, all pages of it in one.
func (ps *pages) indicatorTable(l *locale.Language) http.Handler {
	return ps.server.page(func(w http.ResponseWriter, r *http.Request) error {
		v, params, err := ps.publicView(r, l, append([]string{"as-of"}, listFilters()...)...)
		if err != nil {
			return err
		}
		chosen, err := v.choose(params)
		if err != nil {
			return err
		}
		if readerOf(r) != nil {
			w.Header().Set("Cache-Control", "private, no-store")
		} else if ps.unchanged(w, r, v.p) {
			return nil
		}
		body, err := v.tableOf(chosen.list).csv()
		if err != nil {
			return err
		}
		header := w.Header()
		header.Set("Content-Type", "text/csv; charset=utf-8; header=present")
		header.Set("Content-Language", l.Code)
		header.Set("Content-Disposition", fmt.Sprintf(`attachment; filename="indicators-%s.csv"`, v.p.Day))
		send(w, r, http.StatusOK, body, packOnce(r, body))
		return nil
	})
}

// tableOf is what the list shows, with all digits.
func (v *view) tableOf(list []*indicators.Assessment) figures {
	t := figures{heading: v.words("sieve.column.", "code", "title", "unit", "kind", "groups", "key", "framework", "value", "period", "target", "horizon", "achievement", "status")}
	for _, a := range list {
		i := v.p.Indicator(a.Indicator)
		key := ""
		if i.Key {
			key = v.l.T("tag.key")
		}
		row := []string{
			i.Code, v.phrase(i.Title).Text, v.unit(i).Text, v.l.T("indicator.kind." + i.Kind), v.p.GroupsOf(i).String(), key, string(a.Framework),
			raw(a.Latest.Value), "", "", "", raw(a.Achievement), v.l.T("status." + string(a.Status)),
		}
		if a.Latest.Value.Valid {
			row[8] = a.Latest.Period.String()
		}
		if a.Target.IsSet() {
			row[9], row[10] = a.Target.Value.String(), a.Target.Period.String()
		}
		t.rows = append(t.rows, row)
	}
	return t
}
