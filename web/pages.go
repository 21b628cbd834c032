package web

import (
	"context"
	"errors"
	"fmt"
	"html/template"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/text/language"

	"jalon/charts"
	"jalon/indicators"
	"jalon/locale"
)

// pages draws the pages and remembers them.
type pages struct {
	server     *Server
	templates  map[string]func() map[string]*template.Template // by language, then by name; read when first needed
	assets     assets
	cache      *pageCache
	drawings   *charts.Renderer
	workbooks  *workbooks
	shapesKept atomic.Pointer[shapesFile]

	reader  language.Matcher
	printer *printer
}

// A sheet is the inside of a page: which template, with what.
type sheet struct {
	template string
	path     string     // the address without the language
	params   url.Values // what else the address says, beside the moment
	title    string
	charts   bool
	terms    bool   // words are explained when pointed at: the script that lets Escape hide that is wanted
	choices  bool   // it has links to itself that choose what it shows: the script is wanted that stays on the page
	unlisted bool   // not for search engines
	onePage  bool   // on paper, whatever it takes
	paged    string // address of a style sheet more, for paper; empty: none
	bare     bool   // without head and foot, for a frame on another site
	desk     bool   // figures are entered here: the script that warns while typing is wanted
	main     any
	status   int    // of the answer, where it is not 200
	goOn     string // where to go instead, after a form
}

func newPages(s *Server) *pages {
	ps := &pages{
		server: s, templates: map[string]func() map[string]*template.Template{}, cache: newPageCache(pageCacheLimit),
		drawings: charts.NewRenderer(), assets: s.assets, workbooks: newWorkbooks(), printer: newPrinter(),
	}
	var tags []language.Tag
	for _, code := range locale.Codes() {
		tags = append(tags, language.Make(code))
		ps.templates[code] = sync.OnceValue(func() map[string]*template.Template { return parse(s.languages[code]) })
	}
	ps.reader = language.NewMatcher(tags)
	return ps
}

// page answers with a finished page, from memory where it is known. Some show a part only,
// by filters in their address.
func (ps *pages) page(l *locale.Language, show func(*view, *http.Request) (sheet, error), filters ...string) http.Handler {
	known := append([]string{"as-of"}, filters...)
	return ps.server.page(func(w http.ResponseWriter, r *http.Request) error {
		params, err := pageQuery(r, known...)
		if err != nil {
			return err
		}
		p, err := ps.server.pictureFor(r, params)
		if err != nil {
			return err
		}
		v := ps.view(p, l, params, readerOf(r))
		if v.reader != nil {
			return ps.drawFor(w, r, v, show)
		}
		key := pageKey{address: r.URL.Path + filtered(params, filters), asOf: v.asOf, changeset: p.Newest().Number, day: int(p.Day), withheld: p.Protection, before: ps.server.live.mark()}
		page := ps.cache.get(key)
		if page == nil {
			v.versions, v.receipts = ps.versions(r, v), ps.receipts(r, v)
			v.documents, v.before, v.differences = ps.documentsOf(r, v), ps.beforeOf(r, v), ps.differenceOf(r, v)
			ps.fillParts(r, v)
			if page, err = ps.draw(key, v, show, r); err != nil {
				return err
			}
			if !v.incomplete && !v.passing {
				ps.cache.put(page)
			}
		}
		if ps.unchanged(w, r, p) {
			return nil
		}
		header := w.Header()
		header.Set("Content-Type", "text/html; charset=utf-8")
		header.Set("Content-Language", l.Code)
		send(w, r, http.StatusOK, page.body, page.packed)
		return nil
	})
}

// view is a Picture for a reader; nil is the public.
func (ps *pages) view(p *indicators.Picture, l *locale.Language, params url.Values, reader *indicators.Account) *view {
	v := &view{p: p, l: l, spoken: ps.server.languages, asOf: params.Get("as-of"), reader: reader, glossary: ps.server.terms, origin: strings.TrimSuffix(ps.server.cfg.PublicURL, "/")}
	v.issued = func() (*indicators.Snapshot, indicators.Text) { return ps.server.live.issued(v) }
	if v.asOf != "" {
		v.frozen = ps.server.live.frozenAs(p)
	}
	return v
}

// drawFor answers a person with an account: the page is drawn for them and not kept.
func (ps *pages) drawFor(w http.ResponseWriter, r *http.Request, v *view, show func(*view, *http.Request) (sheet, error)) error {
	v.versions, v.receipts = ps.versions(r, v), ps.receipts(r, v)
	v.documents, v.before, v.differences = ps.documentsOf(r, v), ps.beforeOf(r, v), ps.differenceOf(r, v)
	ps.fillParts(r, v)
	v.onItsWay = func(indicator string) ([]workRow, error) { return ps.onItsWay(v, r, indicator) }
	return ps.drawOnce(w, r, v, show)
}

// drawOnce answers with a page that is kept by nobody.
func (ps *pages) drawOnce(w http.ResponseWriter, r *http.Request, v *view, show func(*view, *http.Request) (sheet, error)) error {
	sheet, err := show(v, r)
	if err != nil {
		return err
	}
	body, err := ps.render(v, sheet)
	if err != nil {
		return err
	}
	header := w.Header()
	header.Set("Content-Type", "text/html; charset=utf-8")
	header.Set("Content-Language", v.l.Code)
	header.Set("Cache-Control", "no-store")
	if v.reader != nil {
		header.Set("Cache-Control", "private, no-store")
	}
	send(w, r, http.StatusOK, body, packOnce(r, body))
	return nil
}

// historyTimeout is how long a page waits for what can be left out of it.
const historyTimeout = 2 * time.Second

// versions asks the database, once a page, for what was published of an indicator and
// when: how its projections would have done.
func (ps *pages) versions(r *http.Request, v *view) func(string) []indicators.Version {
	return func(code string) []indicators.Version {
		if ps.server.store == nil {
			return nil
		}
		ctx, cancel := context.WithTimeout(r.Context(), historyTimeout)
		defer cancel()
		all, err := ps.server.store.Versions(ctx, code, v.p.Newest().Number)
		if err != nil {
			v.incomplete = true
			ps.server.cfg.Log.WarnContext(r.Context(), "a page is drawn without the versions of its figures", "indicator", code, "err", err)
		}
		return all[code]
	}
}

// beforeOf finds, once a page, the state that it is compared with: the Picture is nil where
// nothing was known so early.
func (ps *pages) beforeOf(r *http.Request, v *view) func() before {
	return sync.OnceValue(func() before {
		then, err := ps.server.live.Before(r.Context(), v.p)
		if err != nil && !errors.Is(err, indicators.ErrNotFound) {
			v.incomplete = true
			ps.server.cfg.Log.WarnContext(r.Context(), "a page is drawn without what it is compared with", "err", err)
		}
		if err != nil {
			return before{}
		}
		return then
	})
}

func (ps *pages) draw(key pageKey, v *view, show func(*view, *http.Request) (sheet, error), r *http.Request) (*finishedPage, error) {
	sheet, err := show(v, r)
	if err != nil {
		return nil, err
	}
	body, err := ps.render(v, sheet)
	if err != nil {
		return nil, err
	}
	return &finishedPage{key: key, body: body, packed: pack(body)}, nil
}

// pageQuery reads the query of a page, which takes the parameters named. Others are let
// be, for the sites that a link is shared on add their own; but nobody who asks for an
// earlier moment, however it is written, is shown today's figures.
func pageQuery(r *http.Request, known ...string) (url.Values, error) {
	if r.URL.RawQuery == "" {
		return nil, nil
	}
	params, err := query(r)
	if err != nil {
		return nil, err
	}
	bare := strings.NewReplacer("-", "", "_", "", ".", "", " ", "")
	for name := range params {
		if name != "as-of" && strings.EqualFold(bare.Replace(name), "asof") {
			return nil, fmt.Errorf("%w: unknown parameter %q: the moment is asked for with as-of", indicators.ErrInvalid, name)
		}
	}
	return params, once(params, known)
}

// filtered is the filters of an address as it would be written by us; nothing without any.
func filtered(params url.Values, filters []string) string {
	given := url.Values{}
	for _, name := range filters {
		if word := params.Get(name); word != "" {
			given.Set(name, word)
		}
	}
	if len(given) == 0 {
		return ""
	}
	return "?" + given.Encode()
}

// unchanged sets the ETag of a picture, weak because the same page goes out plain
// and compressed, and answers 304 where the reader already has it.
func (ps *pages) unchanged(w http.ResponseWriter, r *http.Request, p *indicators.Picture) bool {
	tag := ps.server.etag(p)
	header := w.Header()
	header.Set("ETag", "W/"+tag)
	header.Set("Cache-Control", "no-cache") // keep it, but ask each time
	if !matches(r.Header.Get("If-None-Match"), tag) {
		return false
	}
	header.Set("Vary", "Accept-Encoding")
	w.WriteHeader(http.StatusNotModified)
	return true
}

// home sends a reader to the overview in a language that they read.
func (ps *pages) home(w http.ResponseWriter, r *http.Request) error {
	to := url.URL{Path: "/" + ps.language(r) + "/", RawQuery: r.URL.RawQuery}
	w.Header().Set("Vary", "Accept-Language")
	w.Header().Set("Cache-Control", "no-cache")
	http.Redirect(w, r, to.String(), http.StatusFound)
	return nil
}

// language is the one that the address names, else the best of those that the
// reader's browser asks for.
func (ps *pages) language(r *http.Request) string {
	first, rest, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
	if first == "charts" {
		first, _, _ = strings.Cut(rest, "/")
	}
	if ps.server.languages[first] != nil {
		return first
	}
	_, n := language.MatchStrings(ps.reader, r.Header.Get("Accept-Language"))
	return locale.Codes()[n]
}

// nothing answers whatever no other address does: there is no such page, or it is asked by a
// method that it does not know; then Allow names those that it does.
func (ps *pages) nothing(mux *http.ServeMux) handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		var known []string
		for _, method := range []string{http.MethodGet, http.MethodHead, http.MethodPost} {
			asked := &http.Request{Method: method, URL: r.URL, Host: r.Host}
			if _, pattern := mux.Handler(asked); pattern != "/" {
				known = append(known, method)
			}
		}
		if len(known) == 0 {
			return notFound("page", r.URL.Path)
		}
		w.Header().Set("Allow", strings.Join(known, ", "))
		return errMethod
	}
}

// tell answers a request that failed with a page in the reader's language.
func (ps *pages) tell(w http.ResponseWriter, r *http.Request, p Problem) {
	code := ps.language(r)
	v := &view{p: ps.server.live.Picture(), l: ps.server.languages[code], reader: readerOf(r), glossary: ps.server.terms}
	if v.p == nil {
		v.p = indicators.NewDataset(&indicators.Definitions{}, nil, nil).On(0)
	}
	main := v.problem(p, r.URL.Path)
	body, err := ps.render(v, sheet{template: "problem", title: main.Title, main: main})
	if err != nil {
		plainError(w, r, p)
		return
	}
	header := w.Header()
	header.Set("Content-Type", "text/html; charset=utf-8")
	header.Set("Content-Language", code)
	w.WriteHeader(p.Status)
	_, _ = w.Write(body) // whoever asked is gone: nobody to tell
}
