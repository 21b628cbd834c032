package web

import (
	"context"
	"errors"
	"fmt"
	"html/template"
	"net/http"
	"net/url"
	"strings"

	"jalon/indicators"
	"jalon/locale"
)

// An edition is a snapshot as it is reported in one language: what it froze, and what was
// written beside it.
type edition struct {
	indicators.Snapshot
	view  *view // of what it froze, as everybody may see it
	texts []indicators.SnapshotText
}

// reportRoutes lists the addresses of the monthly report in one language.
func (ps *pages) reportRoutes(mux register, lang string) {
	l, at := ps.server.languages[lang], "GET /"+lang+"/snapshots/{number}"
	report, pair := ps.server.page(func(w http.ResponseWriter, r *http.Request) error { return ps.reportPage(w, r, l) }), ps.page(l, showDifference)
	mux.Handle(at, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if number := r.PathValue("number"); strings.Contains(number, between) {
			r.SetPathValue("pair", number)
			pair.ServeHTTP(w, r)
			return
		}
		report.ServeHTTP(w, r)
	}))
	mux.Handle(at+"/report.css", ps.server.page(func(w http.ResponseWriter, r *http.Request) error { return ps.reportStyle(w, r, l) }))
	mux.Handle(at+"/report.html", ps.server.page(func(w http.ResponseWriter, r *http.Request) error { return ps.reportFile(w, r, l) }))
	mux.Handle(at+"/report.pdf", ps.server.page(func(w http.ResponseWriter, r *http.Request) error { return ps.reportPDF(w, r, l) }))
	mux.Handle(at+"/"+bundleFile, ps.server.page(func(w http.ResponseWriter, r *http.Request) error { return ps.reportBundle(w, r, l) }))
	mux.Handle(at+"/annexes.xlsx", ps.server.page(func(w http.ResponseWriter, r *http.Request) error { return ps.reportAnnexes(w, r, l) }))
}

// editionFor is the edition that a request names, if the reader may have it: one that is
// not published yet is there for those only who may publish it.
func (ps *pages) editionFor(r *http.Request, l *locale.Language) (*edition, error) {
	if _, err := pageQuery(r); err != nil {
		return nil, err
	}
	return ps.edition(r, l, r.PathValue("number"), readerOf(r).Has(indicators.Publish))
}

// edition finds a snapshot, prepared ones too where they are asked for.
func (ps *pages) edition(r *http.Request, l *locale.Language, number string, prepared bool) (*edition, error) {
	s, err := ps.server.snapshot(r.Context(), number)
	switch {
	case errors.Is(err, indicators.ErrNotFound), err == nil && !s.IsPublished() && !prepared:
		return nil, notFound("snapshot", number)
	case err != nil:
		return nil, err
	}
	p, err := ps.server.live.AsOf(r.Context(), indicators.When{Changeset: s.Changeset, Day: s.Judged})
	if err != nil {
		return nil, err
	}
	e := &edition{Snapshot: s, view: ps.view(p, l, url.Values{"as-of": {ps.server.live.asOfSnapshot(&s)}}, nil)}
	e.view.receipts, e.view.documents = ps.receipts(r, e.view), ps.documentsOf(r, e.view)
	ps.fillParts(r, e.view)
	then, err := ps.server.beforeSnapshot(r.Context(), &s)
	if err != nil {
		return nil, err
	}
	e.view.before = func() before { return then }
	if ps.server.store != nil {
		if e.texts, err = ps.server.store.SnapshotTexts(r.Context(), s.Number); err != nil {
			return nil, err
		}
	}
	return e, nil
}

// snapshot is the one of a number. Those published are known without asking the database.
func (s *Server) snapshot(ctx context.Context, number string) (indicators.Snapshot, error) {
	for _, snap := range s.live.taken() {
		if snap.Number == number {
			return snap, nil
		}
	}
	if _, _, err := indicators.ParseSnapshotNumber(number); err != nil || s.store == nil {
		return indicators.Snapshot{}, notFound("snapshot", number)
	}
	return s.store.Snapshot(ctx, number)
}

// beforeSnapshot is the state of the snapshot published before: the Picture is nil for the
// first.
func (s *Server) beforeSnapshot(ctx context.Context, snap *indicators.Snapshot) (before, error) {
	for _, earlier := range s.live.taken() {
		isIt := earlier.Number == string(snap.Previous)
		if snap.Previous == "" { // not published yet, or from before there were states
			isIt = earlier.Judged < snap.Judged && earlier.Changeset <= snap.Changeset
		}
		if isIt {
			then, err := s.live.AsOf(ctx, indicators.When{Changeset: earlier.Changeset, Day: earlier.Judged})
			return before{earlier.Number, then}, err
		}
	}
	return before{}, nil
}

// asOfSnapshot is the moment by which other pages show what a snapshot froze: its last day
// where that was known by then, else the changeset.
func (l *Live) asOfSnapshot(s *indicators.Snapshot) string {
	if live := l.Picture(); live != nil {
		day := indicators.When{Moment: s.Judged.EndIn(live.Zone()), Day: s.Judged}
		if at, err := indicators.Resolve(live.Changesets, day, live.Zone()); err == nil && at.Changeset == s.Changeset {
			return s.Judged.String()
		}
	}
	return fmt.Sprintf("c%d", s.Changeset)
}

// reportBody draws the report, which is the same on the site, in a file and on paper.
// That of a published snapshot is kept.
func (ps *pages) reportBody(r *http.Request, e *edition) (template.HTML, error) {
	v := e.view
	key := pageKey{
		address: "report/" + v.l.Code + "/" + e.Number, asOf: v.asOf, changeset: e.Changeset, day: int(e.Judged),
		withheld: ps.server.live.Picture().Protection, before: v.before().Snapshot,
	}
	if kept := ps.cache.get(key); kept != nil && e.IsPublished() {
		return template.HTML(kept.body), nil //nolint:gosec // drawn below
	}
	report, err := ps.compose(r, e)
	if err != nil {
		return "", err
	}
	var body strings.Builder
	if err := ps.templates[v.l.Code]()["report"].ExecuteTemplate(&body, "report", report); err != nil {
		return "", fmt.Errorf("drawing the report %s: %w", e.Number, err)
	}
	if e.IsPublished() && !v.incomplete {
		ps.cache.put(&finishedPage{key: key, body: []byte(body.String())})
	}
	return markup(body.String()), nil
}

// A reportSheet is the report on the site, with what else there is of it.
type reportSheet struct {
	Body  template.HTML
	Files []link
}

func (ps *pages) reportPage(w http.ResponseWriter, r *http.Request, l *locale.Language) error {
	e, err := ps.editionFor(r, l)
	if err != nil {
		return err
	}
	body, err := ps.reportBody(r, e)
	if err != nil {
		return err
	}
	site := ps.view(ps.server.live.Picture(), l, nil, readerOf(r))
	at := "/" + l.Code + "/" + escaped("snapshots", e.Number)
	page := reportSheet{Body: body}
	for _, f := range []string{"report.pdf", "report.html", "annexes.xlsx", bundleFile} {
		page.Files = append(page.Files, link{Href: at + "/" + f, Name: phrase{Text: l.T("report.file." + f)}})
	}
	shown := sheet{template: "report", path: escaped("snapshots", e.Number), title: e.title(), paged: at + "/report.css", unlisted: !e.IsPublished(), main: page}
	return ps.drawOnce(w, r, site, func(*view, *http.Request) (sheet, error) { return shown, nil })
}

// title names the report: the month, and which revision it is.
func (e *edition) title() string {
	month, revision, err := indicators.ParseSnapshotNumber(e.Number)
	if err != nil {
		return e.Number
	}
	if revision > 0 {
		return e.view.l.T("report.title_revised", e.view.period(month), revision)
	}
	return e.view.l.T("report.title", e.view.period(month))
}

// sent answers with something to keep. What is published stays as it is, unless more of it
// comes to be withheld; what is not is for nobody else.
func (e *edition) sent(w http.ResponseWriter, r *http.Request, kind, file string, body []byte) {
	header := w.Header()
	header.Set("Content-Type", kind)
	header.Set("Content-Language", e.view.l.Code)
	if file != "" {
		header.Set("Content-Disposition", fmt.Sprintf(`attachment; filename="jalon-%s-%s-%s"`, e.Number, e.view.l.Code, file))
	}
	header.Set("Cache-Control", "no-cache")
	if !e.IsPublished() || readerOf(r) != nil {
		header.Set("Cache-Control", "private, no-store")
	}
	var small []byte
	if strings.HasPrefix(kind, "text/") { // the others are compressed already
		small = packOnce(r, body)
	}
	send(w, r, http.StatusOK, body, small)
}

// ReportFormats lists what the report can be taken along as.
func ReportFormats() []string { return []string{"html", "pdf", "xlsx"} }

// Report is the report of a snapshot, published or not, in a language and one of the
// ReportFormats, for whoever holds the database.
func (s *Server) Report(ctx context.Context, number, lang, format string) ([]byte, error) {
	l := s.languages[lang]
	if l == nil {
		return nil, fmt.Errorf("%w: there is no language %q: write one of %v", indicators.ErrInvalid, lang, locale.Codes())
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, "/", nil)
	if err != nil {
		return nil, fmt.Errorf("asking for the report: %w", err)
	}
	ps := newPages(s)
	e, err := ps.edition(r, l, number, true)
	if err != nil {
		return nil, err
	}
	switch format {
	case "html":
		return ps.paper(r, e)
	case "pdf":
		return ps.pdf(r, e)
	case "xlsx":
		return ps.workbook(r, e)
	}
	return nil, fmt.Errorf("%w: there is no format %q: write one of %v", indicators.ErrInvalid, format, ReportFormats())
}
