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
		v := &view{p: p, l: l, asOf: askedFor(r)}
		build, err := chart(v, r) // counts nothing yet: mostly the reader has it already
		if err != nil {
			return err
		}
		if ps.unchanged(w, r, p) {
			return nil
		}
		key := pageKey{fmt.Sprint(r.URL.Path, format), v.asOf, p.Newest().Number, int(p.Day)}
		drawn := ps.cache.get(key)
		if drawn == nil {
			picture, err := ps.picture(r, build, format)
			if err != nil {
				return err
			}
			drawn = &finishedPage{key: key, body: picture, packed: pack(picture)}
			ps.cache.put(drawn)
		}
		w.Header().Set("Content-Type", "image/svg+xml")
		w.Header().Set("Content-Language", l.Code)
		send(w, r, drawn.body, drawn.packed)
		return nil
	})
}

func (ps *pages) picture(r *http.Request, build builder, format charts.Format) ([]byte, error) {
	c, err := build(format)
	if err != nil {
		return nil, fmt.Errorf("making the chart %s: %w", r.URL.Path, err)
	}
	picture, err := ps.drawings.SVG(r.Context(), c)
	if errors.Is(err, charts.ErrNoBundle) {
		return nil, fmt.Errorf("chart %s: %w: %w", r.URL.Path, err, indicators.ErrNotFound)
	}
	if err != nil {
		return nil, fmt.Errorf("drawing the chart %s: %w", r.URL.Path, err)
	}
	return picture, nil
}

func drawStatus(v *view, _ *http.Request) (builder, error) {
	return func(f charts.Format) (charts.Chart, error) { return v.buildStatusBars(v.themes(nil))(f) }, nil
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
	return func(format charts.Format) (charts.Chart, error) { return v.buildMatrix(f)(format) }, nil
}
