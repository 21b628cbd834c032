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
		params, err := pageQuery(r, "as-of", "format")
		if err != nil {
			return err
		}
		format, err := formatOf(params.Get("format"))
		if err != nil {
			return err
		}
		p, err := ps.server.pictureFor(r, params)
		if err != nil {
			return err
		}
		v := &view{p: p, l: l, asOf: params.Get("as-of")}
		build, err := chart(v, r) // counts nothing yet: mostly the reader has it already
		if err != nil {
			return err
		}
		if ps.unchanged(w, r, p) {
			return nil
		}
		key := pageKey{fmt.Sprint(r.URL.Path, format), v.asOf, p.Newest().Number, int(p.Day), p.Protection}
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
		send(w, r, http.StatusOK, drawn.body, drawn.packed)
		return nil
	})
}

func formatOf(word string) (charts.Format, error) {
	switch word {
	case "", "wide":
		return charts.Wide, nil
	case "narrow":
		return charts.Narrow, nil
	}
	return charts.Wide, fmt.Errorf("%w: format %q: write wide or narrow", indicators.ErrInvalid, word)
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
