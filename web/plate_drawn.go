package web

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"

	"jalon/charts"
	"jalon/indicators"
	"jalon/locale"
)

// drawn answers with a chart: as a picture, for readers without scripts and for whoever wants
// to take it along, or as its option, for scripts. ?format=narrow lays it out for a phone,
// ?theme= is for dark screens, and for who asks for more contrast. A picture that leaves its page
// is asked for by ?full=1: it says itself what the page says beside it.
func (ps *pages) drawn(l *locale.Language, find func(*view, *http.Request) (plate, error), kind string,
	draw func(*http.Request, charts.Chart) ([]byte, error),
) http.Handler {
	return ps.server.page(func(w http.ResponseWriter, r *http.Request) error {
		v, params, err := ps.publicView(r, l, append(plateChoices(), "as-of", "format", "theme", "full")...)
		if err != nil {
			return err
		}
		format, err := formatOf(params.Get("format"))
		if err != nil {
			return err
		}
		theme, err := themeOf(params.Get("theme"))
		if err != nil {
			return err
		}
		full, err := fullOf(params.Get("full"))
		if err != nil {
			return err
		}
		shown, err := find(v, r) // draws nothing yet: mostly the reader has it already
		if err != nil {
			return err
		}
		if ps.unchanged(w, r, v.p) {
			return nil
		}
		key := pageKey{fmt.Sprint(r.URL.Path, "?", shown.params.Encode(), format, theme, full), v.asOf, v.p.Newest().Number, int(v.p.Day), v.p.Protection, ps.server.live.mark()}
		drawn := ps.cache.get(key)
		if drawn == nil {
			c, err := chartOf(r, shown, format, theme)
			if err != nil {
				return err
			}
			if full {
				c = v.mounted(c, &shown, theme)
			}
			body, err := draw(r, c)
			if err != nil {
				return err
			}
			drawn = &finishedPage{key: key, body: body, packed: pack(body)}
			ps.cache.put(drawn)
		}
		w.Header().Set("Content-Type", kind)
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

func themeOf(word string) (charts.Theme, error) {
	theme := charts.Theme(cmp.Or(word, string(charts.Light)))
	if !slices.Contains(charts.Themes(), theme) {
		return "", fmt.Errorf("%w: theme %q: write one of %v", indicators.ErrInvalid, word, charts.Themes())
	}
	return theme, nil
}

// chartOf makes the chart of a plate.
func chartOf(r *http.Request, p plate, format charts.Format, theme charts.Theme) (charts.Chart, error) {
	if p.build == nil {
		return charts.Chart{}, notFound("chart", p.address)
	}
	c, err := p.build(format)
	if err != nil {
		return c, fmt.Errorf("making the chart %s: %w", r.URL.Path, err)
	}
	return c.In(theme), nil
}

func (ps *pages) picture(r *http.Request, c charts.Chart) ([]byte, error) {
	picture, err := ps.drawings.SVG(c)
	if err != nil {
		return nil, fmt.Errorf("drawing the chart %s: %w", r.URL.Path, err)
	}
	return picture, nil
}

func optionOf(_ *http.Request, c charts.Chart) ([]byte, error) { return c.Option, nil }
