package web

import (
	"errors"
	"fmt"
	"net/http"

	"jalon/charts"
	"jalon/indicators"
	"jalon/locale"
)

// svg answers with a chart as a picture, for readers without scripts and for
// whoever wants to take it along. ?format=narrow lays it out for a phone.
func (ps *pages) svg(l *locale.Language, chart func(*view, *http.Request) (builder, error)) http.Handler {
	return ps.server.page(func(w http.ResponseWriter, r *http.Request) error {
		p, err := ps.server.picture(r)
		if err != nil {
			return err
		}
		format := charts.Wide
		if r.URL.Query().Get("format") == "narrow" {
			format = charts.Narrow
		}
		build, err := chart(&view{p: p, l: l, asOf: askedFor(r)}, r)
		if err != nil {
			return err
		}
		if ps.unchanged(w, r, p) {
			return nil
		}
		c, err := build(format)
		if err != nil {
			return fmt.Errorf("making the chart %s: %w", r.URL.Path, err)
		}
		picture, err := ps.drawings.SVG(r.Context(), c)
		if errors.Is(err, charts.ErrNoBundle) {
			return fmt.Errorf("chart %s: %w: %w", r.URL.Path, err, indicators.ErrNotFound)
		}
		if err != nil {
			return fmt.Errorf("drawing the chart %s: %w", r.URL.Path, err)
		}
		w.Header().Set("Content-Type", "image/svg+xml")
		w.Header().Set("Content-Language", l.Code)
		send(w, r, picture, pack(picture))
		return nil
	})
}

func drawStatus(v *view, _ *http.Request) (builder, error) {
	return v.buildStatusBars(v.themes(nil)), nil
}

func drawTrajectory(v *view, r *http.Request) (builder, error) {
	code := r.PathValue("code")
	i, a := v.p.Indicator(code), v.p.Principal(code)
	if i == nil || a == nil {
		return nil, notFound("indicator", code)
	}
	return v.buildTrajectory(i, a), nil
}

func drawMatrix(v *view, r *http.Request) (builder, error) {
	code := r.PathValue("code")
	f := v.p.Framework(code)
	if f == nil {
		return nil, notFound("framework", code)
	}
	return v.buildMatrix(f), nil
}
