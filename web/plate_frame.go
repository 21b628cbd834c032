package web

import (
	"net/http"
	"net/url"
	"strings"

	"jalon/locale"
)

// A framedPage is one chart and what must be said of it, for a frame on another site.
type framedPage struct {
	Chart chart
	Page  string // where it stands on ours
}

// framed answers with a page that holds one chart and may be framed by any site: it shows
// what is public, and has nothing to click that does anything.
func (ps *pages) framed(l *locale.Language, find func(*view, *http.Request) (plate, error)) http.Handler {
	shown := ps.page(l, func(v *view, r *http.Request) (sheet, error) {
		p, err := find(v, r)
		if err != nil {
			return sheet{}, err
		}
		c := v.picture("chart", p)
		if c.Address == "" {
			return sheet{}, notFound("chart", p.address)
		}
		return sheet{template: "framed", path: p.page, params: p.params, title: c.Title, charts: true, bare: true, main: framedPage{c, v.origin + v.hrefWith(p.page, p.params)}}, nil
	}, plateChoices()...)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", strings.Replace(h.Get("Content-Security-Policy"), "frame-ancestors 'none'", "frame-ancestors *", 1))
		h.Del("X-Frame-Options")
		visitor{}.ask(shown, w, r)
	})
}

// publicView is what everybody sees of a chart, whoever asks for it.
func (ps *pages) publicView(r *http.Request, l *locale.Language, known ...string) (*view, url.Values, error) {
	params, err := pageQuery(r, known...)
	if err != nil {
		return nil, nil, err
	}
	p, err := ps.server.pictureFor(r, params)
	if err != nil {
		return nil, nil, err
	}
	v := ps.view(p, l, params, nil)
	v.receipts, v.before, v.differences = ps.receipts(r, v), ps.beforeOf(r, v), ps.differenceOf(r, v)
	ps.fillParts(r, v)
	return v, params, nil
}
