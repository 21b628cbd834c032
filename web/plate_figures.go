package web

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"net/http"
	"slices"
	"strconv"

	"jalon/locale"
)

// figures answers with the table behind a chart, as CSV (RFC 4180): what the picture shows,
// for whoever wants to draw it again.
func (ps *pages) figures(l *locale.Language, find func(*view, *http.Request) (plate, error)) http.Handler {
	return ps.figuresOf(l, func(v *view, r *http.Request) (func() figures, string, error) {
		p, err := find(v, r)
		if err == nil && p.table == nil {
			err = notFound("chart", p.address)
		}
		return p.table, p.fileName(".csv"), err
	})
}

// figuresOf answers with a table of a page as CSV: what the page shows, under a file's name.
func (ps *pages) figuresOf(l *locale.Language, find func(*view, *http.Request) (func() figures, string, error), filters ...string) http.Handler {
	return ps.server.page(func(w http.ResponseWriter, r *http.Request) error {
		v, _, err := ps.publicView(r, l, slices.Concat(plateChoices(), []string{"as-of"}, filters)...)
		if err != nil {
			return err
		}
		table, name, err := find(v, r)
		if err != nil {
			return err
		}
		if ps.unchanged(w, r, v.p) {
			return nil
		}
		body, err := table().csv()
		if err != nil {
			return err
		}
		header := w.Header()
		header.Set("Content-Type", "text/csv; charset=utf-8; header=present")
		header.Set("Content-Language", l.Code)
		header.Set("Content-Disposition", fmt.Sprintf(`attachment; filename=%q`, name))
		send(w, r, http.StatusOK, body, packOnce(r, body))
		return nil
	})
}

// csv writes the table; what people wrote is no formula, whatever program opens the file.
func (t figures) csv() ([]byte, error) {
	var body bytes.Buffer
	rows := csv.NewWriter(&body)
	rows.UseCRLF = true
	for _, row := range append([][]string{t.heading}, t.rows...) {
		cells := make([]string, len(row))
		for n, cell := range row {
			if cells[n] = cell; !numeric(cell) {
				cells[n] = harmless(cell)
			}
		}
		if err := rows.Write(cells); err != nil {
			return nil, fmt.Errorf("writing the figures of a chart: %w", err)
		}
	}
	rows.Flush()
	return body.Bytes(), nil
}

// numeric tells whether a cell is a number, which may begin with a minus.
func numeric(cell string) bool {
	_, err := strconv.ParseFloat(cell, 64)
	return err == nil
}
