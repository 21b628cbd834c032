package web

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"jalon/indicators"
	"jalon/sql"
)

// documentRoutes adds what there is about the files behind the figures. The file itself is
// given under one address in all languages.
func (ps *pages) documentRoutes(mux register) {
	mux.Handle("GET /documents/{id}/{name}", ps.server.page(ps.server.download))
	for _, l := range ps.server.languages {
		at := "/" + l.Code + "/indicators/{code}/documents"
		mux.Handle("GET "+at, ps.open(l, ps.documents))
		mux.Handle("POST "+at, ps.present(l, indicators.Propose, ps.attach))
		mux.Handle("POST "+at+"/detach", ps.present(l, indicators.ReadWork, ps.detach))
		mux.Handle("POST "+at+"/release", ps.present(l, indicators.Publish, ps.release))
		mux.Handle("POST "+at+"/erase", ps.present(l, indicators.Erase, ps.erase))
	}
}

// documents lists the files behind a figure, or behind all figures of an indicator.
func (ps *pages) documents(v *view, _ http.ResponseWriter, r *http.Request) (sheet, error) {
	params, err := pageQuery(r, "as-of", "period", "breakdown", "done")
	if err != nil {
		return sheet{}, err
	}
	f, err := v.figureNamed(r.PathValue("code"), params)
	if err != nil {
		return sheet{}, err
	}
	return ps.documentSheet(v, r, f, documentForm{
		Done: v.done(r, "attached", "detached", "released", "erased"), Confidential: true, // the one that can be taken back
	})
}

// A namedFigure is what an address is about: a figure, or, without a period, all those of
// an indicator.
type namedFigure struct {
	indicators.FigureKey
	indicator *indicators.Indicator
	subject   indicators.Subject
}

func (v *view) figureNamed(code string, params url.Values) (namedFigure, error) {
	f := namedFigure{indicator: v.p.Indicator(code)}
	if f.indicator == nil {
		return f, notFound("indicator", code)
	}
	f.Indicator, f.subject = code, v.p.SubjectOf(f.indicator)
	if text := params.Get("period"); text != "" {
		var err error
		if f.Period, err = indicators.ParsePeriod(text); err != nil {
			return f, err
		}
	}
	var err error
	f.Breakdown, err = indicators.ParseBreakdown(params.Get("breakdown"))
	return f, err
}

// query names the figure in an address.
func (f *namedFigure) query() url.Values {
	params := url.Values{}
	if f.Period != 0 {
		params.Set("period", f.Period.String())
	}
	if key := f.Breakdown.Key(); key != "" {
		params.Set("breakdown", key)
	}
	return params
}

// has tells whether a document is one of what is shown.
func (f *namedFigure) has(d *indicators.Document) bool {
	return f.Period == 0 || d.FigureKey == f.FigureKey
}

// readable lists the documents of an indicator that the reader may have.
func (ps *pages) readable(ctx context.Context, v *view, of ...*indicators.Indicator) ([]indicators.Document, error) {
	if ps.server.store == nil || len(of) == 0 {
		return nil, nil
	}
	codes := make([]string, len(of))
	for n, i := range of {
		codes[n] = i.Code
	}
	all, err := ps.server.store.Documents(ctx, v.p.Newest().Number, codes...)
	return slices.DeleteFunc(all, func(d indicators.Document) bool {
		subject, from := ps.server.today(d.Indicator)
		return !v.reader.Reads(&d, subject, from)
	}), err
}

// today is what rights over the figures of an indicator are decided by: what they are about
// and from where on donors see them, now. Who looks back has no rights that were lost since.
func (s *Server) today(indicator string) (of indicators.Subject, donorsFrom indicators.Review) {
	live := s.live.Picture()
	if i := live.Indicator(indicator); i != nil {
		of = live.SubjectOf(i)
	}
	return of, live.DonorsSee()
}

// attach takes a file for a figure. Whatever is wrong with it is told above the form, with
// what was typed.
func (ps *pages) attach(v *view, w http.ResponseWriter, r *http.Request) (sheet, error) {
	f, err := v.figureNamed(r.PathValue("code"), r.URL.Query())
	if err != nil {
		return sheet{}, err
	}
	if !v.reader.May(indicators.Propose, f.subject) {
		return sheet{}, indicators.ErrRight
	}
	sent, err := readUpload(w, r, oneFile(v.p.DocumentLimit()))
	defer func() { sent.Close() }() // what has come is there, whatever went wrong with the rest
	if err == nil && len(sent.faults) > 0 {
		err = sent.faults[0].error
	}
	form := documentForm{Reason: sent.fields.Get("reason"), Confidential: sent.fields.Get("audience") != "public"}
	reason, faulty := statedReason(form.Reason)
	switch {
	case err != nil:
	case len(sent.files) == 0:
		form.Wrong = v.l.T("document.fault.none")
	case faulty != "":
		form.Wrong = v.l.T(faulty)
	default:
		_, err = ps.server.attachDocument(r.Context(), v.reader, f, sent.files[0], form.Confidential, reason)
	}
	status := http.StatusUnprocessableEntity
	if err != nil {
		if form.Wrong, status = v.fileFault(err); form.Wrong == "" {
			return sheet{}, err
		}
	}
	if form.Wrong != "" {
		again, err := ps.documentSheet(v, r, f, form)
		again.status = status
		return again, err
	}
	return sheet{goOn: v.documentsHref(f, "attached")}, nil
}

// attachDocument keeps a file with a figure. The account needs the right to propose over
// it; the public may have a file at once if the account may also publish.
func (s *Server) attachDocument(ctx context.Context, who *indicators.Account, f namedFigure, file *received, confidential bool, reason string) (indicators.Document, error) {
	if !who.May(indicators.Propose, f.subject) {
		return indicators.Document{}, indicators.ErrRight
	}
	d := file.Document
	d.FigureKey, d.Confidential = f.FigureKey, confidential
	return s.store.Attach(ctx, sql.Attachment{
		Document: d, Content: file.content, Act: who.By(indicators.Attached, reason),
		Released: !confidential && who.May(indicators.Publish, f.subject), Wait: s.cfg.WriteWait,
	})
}

// fileFault words what is wrong with a file, with the status that says so; nothing for an
// error that is not the file's.
func (v *view) fileFault(err error) (string, int) {
	var fault *indicators.DocumentError
	limit := v.size(v.p.DocumentLimit())
	switch {
	case errors.As(err, &fault) && fault.Fault == indicators.FileLarge, isTooLarge(err):
		return v.l.T("document.fault.large", limit), http.StatusRequestEntityTooLarge
	case errors.As(err, &fault):
		name := v.l.Isolate(fault.Name)
		return v.l.T("document.fault."+string(fault.Fault), name, v.l.Isolate(fault.Found)), http.StatusUnprocessableEntity
	}
	return "", 0
}

// statedReason reads a reason, or gives the key of the word for what is wrong with it.
func statedReason(text string) (reason, faulty string) {
	reason = strings.TrimSpace(strings.ReplaceAll(text, "\r\n", "\n"))
	switch {
	case reason == "":
		return "", "document.fault.reason"
	case utf8.RuneCountInString(reason) > maxReason, strings.ContainsFunc(reason, func(r rune) bool { return unicode.IsControl(r) && r != '\n' }):
		return "", "document.fault.reason_long"
	}
	return reason, ""
}

// documentsHref is the page of a figure's documents, as it is now.
func (v *view) documentsHref(f namedFigure, done string) string {
	params := f.query()
	if done != "" {
		params.Set("done", done)
	}
	address := "/" + v.l.Code + "/" + escaped("indicators", f.Indicator, "documents")
	if len(params) > 0 {
		address += "?" + params.Encode()
	}
	return address
}
