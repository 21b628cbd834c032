package web

import (
	"fmt"
	"html/template"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"jalon/indicators"
	"jalon/locale"
)

// historyPage is how many changesets a page of the history lists.
const historyPage = 50

// A historyList is the changesets that a reader may see, the newest first.
type historyList struct {
	Rows      []changesetRow
	Action    string // of the form that filters
	AsOf      string
	Kinds     []option
	Indicator string
	Older     string // empty on the last page
	Newest    string // empty on the first
	Trail     string // where the audit trail is to be had; empty for who may not read it
	All       bool   // the reader sees those of no public effect, too
}

// A changesetRow is a changeset as a line.
type changesetRow struct {
	Number   int
	Href     string // empty where the reader sees no page of it
	When     figure
	Kind     string
	By       template.HTML
	Reason   phrase
	Internal bool
	Recorded figure // the true time of history carried over
}

// history answers with a page about the record, drawn from the database and kept by
// nobody: what is erased must be gone from it.
func (ps *pages) history(l *locale.Language, show func(*view, *http.Request) (sheet, error), known ...string) http.Handler {
	return ps.server.page(func(w http.ResponseWriter, r *http.Request) error {
		params, err := pageQuery(r, append([]string{"as-of"}, known...)...)
		if err != nil {
			return err
		}
		p, err := ps.server.pictureFor(r, params)
		if err != nil {
			return err
		}
		return ps.drawOnce(w, r, &view{p: p, l: l, asOf: params.Get("as-of"), reader: readerOf(r)}, show)
	})
}

func (ps *pages) showHistory(v *view, r *http.Request) (sheet, error) {
	q := r.URL.Query()
	kind, indicator := indicators.Kind(q.Get("kind")), strings.TrimSpace(q.Get("indicator"))
	if kind != "" && !slices.Contains(indicators.Kinds(), kind) {
		return sheet{}, fmt.Errorf("%w: there is no kind of change %q", indicators.ErrInvalid, kind)
	}
	before := len(v.p.Changesets) + 1
	if text := q.Get("before"); text != "" {
		n, err := strconv.Atoi(text)
		if err != nil || n < 1 {
			return sheet{}, fmt.Errorf("%w: before=%q is no number of a change", indicators.ErrInvalid, text)
		}
		before = min(n, before)
	}
	tell, err := ps.teller(v, r)
	if err != nil {
		return sheet{}, err
	}
	touches, err := ps.touching(v, r, indicator)
	if err != nil {
		return sheet{}, err
	}
	page := historyList{Action: "/" + v.l.Code + "/history", AsOf: v.asOf, Indicator: indicator, All: v.reader.Has(indicators.ReadTrail)}
	for n := before - 1; n > 0; n-- {
		c := &v.p.Changesets[n-1]
		if !v.reader.SeesChangeset(c) || kind != "" && c.Kind != kind || !touches(n) {
			continue
		}
		if len(page.Rows) == historyPage {
			page.Older = v.address("history", filters(q, "before", strconv.Itoa(page.Rows[len(page.Rows)-1].Number)))
			break
		}
		page.Rows = append(page.Rows, tell.changeset(c))
	}
	if before <= len(v.p.Changesets) {
		page.Newest = v.address("history", filters(q, "before", ""))
	}
	for _, k := range indicators.Kinds() {
		if page.All || k.IsPublic() || k == indicators.Imported {
			page.Kinds = append(page.Kinds, option{string(k), v.l.T("act." + string(k)), k == kind})
		}
	}
	if page.All {
		page.Trail = v.address("history.csv", nil)
	}
	return sheet{template: "history", path: pathWith("history", filters(q, "before", q.Get("before"))), title: v.l.T("history.title"), main: page}, nil
}

// touching tells which changesets concern an indicator; all, where none is named.
func (ps *pages) touching(v *view, r *http.Request, indicator string) (func(number int) bool, error) {
	if indicator == "" || ps.server.store == nil {
		return func(int) bool { return true }, nil
	}
	numbers, err := ps.server.store.ChangesetsOf(r.Context(), indicator, len(v.p.Changesets), v.reader.Has(indicators.ReadTrail))
	if err != nil {
		return nil, err
	}
	return func(number int) bool {
		_, found := slices.BinarySearch(numbers, number)
		return found
	}, nil
}

// filters are those of the list that are set, one of them as given.
func filters(q url.Values, name, value string) url.Values {
	kept := url.Values{}
	for _, known := range []string{"kind", "indicator", "before"} {
		if q.Get(known) != "" {
			kept.Set(known, q.Get(known))
		}
	}
	kept.Del(name)
	if value != "" {
		kept.Set(name, value)
	}
	return kept
}

// pathWith is a path with a query, where there is one.
func pathWith(path string, query url.Values) string {
	if len(query) == 0 {
		return path
	}
	return path + "?" + query.Encode()
}

// address is the address of a page in the reader's language with a query of its own, at
// the moment asked for.
func (v *view) address(path string, query url.Values) string {
	return "/" + v.l.Code + "/" + v.at(pathWith(path, query))
}

// at adds the moment asked for to a path, which may have a query.
func (v *view) at(path string) string {
	if query := v.query(); query != "" && strings.Contains(path, "?") {
		return path + "&" + strings.TrimPrefix(query, "?")
	}
	return path + v.query()
}
