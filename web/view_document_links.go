package web

import (
	"context"
	"net/http"

	"jalon/indicators"
)

// documentsOf asks the database, once a page, for the files behind an indicator's figures
// that the reader may have. What the public is shown is kept for all of it.
func (ps *pages) documentsOf(r *http.Request, v *view) func(...*indicators.Indicator) []indicators.Document {
	return func(of ...*indicators.Indicator) []indicators.Document {
		ctx, cancel := context.WithTimeout(r.Context(), historyTimeout)
		defer cancel()
		all, err := ps.readable(ctx, v, of...)
		if err != nil {
			v.incomplete = true
			ps.server.cfg.Log.WarnContext(r.Context(), "a page is drawn without the documents of its figures", "indicators", len(of), "err", err)
		}
		return all
	}
}

// fillDocuments leads from each value to the files behind it, and gives the page of all of
// them: of parts of the whole, too, which have no row.
func (v *view) fillDocuments(rows []valueRow, i *indicators.Indicator) (all string) {
	if v.documents == nil {
		return ""
	}
	counts, documents := map[indicators.Period]int{}, v.documents(i)
	for n := range documents {
		if d := &documents[n]; d.Breakdown.IsTotal() {
			counts[d.Period]++
		}
	}
	may := v.asOf == "" && v.reader.May(indicators.Propose, v.p.SubjectOf(i))
	for n, f := range v.p.Figures(i.Code) {
		row := &rows[len(rows)-1-n] // the newest is the first
		if row.Documents = counts[f.Period]; row.Documents > 0 || may {
			row.DocumentsHref = v.figureHref(indicators.FigureKey{Indicator: i.Code, Period: f.Period})
		}
	}
	if len(documents) > 0 {
		all = v.href("indicators", i.Code, "documents")
	}
	return all
}

// figureHref is the page of the documents of a figure, at the moment that is shown.
func (v *view) figureHref(key indicators.FigureKey) string {
	f := namedFigure{FigureKey: key}
	return sheet{path: escaped("indicators", key.Indicator, "documents"), params: f.query()}.address(v.l.Code, v.asOf)
}
