package web

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"jalon/indicators"
)

// chosenDocument is the document that a form names, if it is one of the page's and the
// reader may have it, and the reason that the form gives. It takes one of some rights over
// the figure.
func (ps *pages) chosenDocument(v *view, r *http.Request, rights ...indicators.Right) (f namedFigure, d indicators.Document, reason string, err error) {
	if f, err = v.figureNamed(r.PathValue("code"), r.URL.Query()); err != nil {
		return f, d, "", err
	}
	if !slices.ContainsFunc(rights, func(right indicators.Right) bool { return v.reader.May(right, f.subject) }) {
		return f, d, "", indicators.ErrRight
	}
	reason, faulty := statedReason(r.PostForm.Get("reason"))
	if faulty != "" {
		return f, d, "", fmt.Errorf("%w: a reason is required, of %d characters at most: go back and write one", indicators.ErrInvalid, maxReason)
	}
	id, err := strconv.Atoi(r.PostForm.Get("document"))
	if err != nil {
		return f, d, "", notFound("document", r.PostForm.Get("document"))
	}
	d, err = ps.server.store.Document(r.Context(), id, v.p.Newest().Number)
	if err == nil && (d.Indicator != f.Indicator || !f.has(&d) || !v.reader.Reads(&d, f.subject, v.p.DonorsSee())) {
		err = notFound("document", r.PostForm.Get("document"))
	}
	return f, d, reason, err
}

// detach ends an attachment. What the public has, only who publishes takes away.
func (ps *pages) detach(v *view, _ http.ResponseWriter, r *http.Request) (sheet, error) {
	f, d, reason, err := ps.chosenDocument(v, r, indicators.Propose, indicators.Publish)
	if err != nil {
		return sheet{}, err
	}
	if !v.mayDetach(&d, f.subject) {
		return sheet{}, indicators.ErrRight
	}
	err = ps.server.store.Detach(r.Context(), d.ID, v.reader.By(indicators.Attached, reason), ps.server.cfg.WriteWait)
	return sheet{goOn: v.documentsHref(f, "detached")}, err
}

func (v *view) mayDetach(d *indicators.Document, s indicators.Subject) bool {
	if isPublic(d) {
		return v.reader.May(indicators.Publish, s)
	}
	return v.reader.May(indicators.Propose, s)
}

// isPublic tells whether everybody may have a document.
func isPublic(d *indicators.Document) bool {
	var public *indicators.Account
	return public.Reads(d, indicators.Subject{}, indicators.Published)
}

// release lets the public have a document that came after its figure was published.
func (ps *pages) release(v *view, _ http.ResponseWriter, r *http.Request) (sheet, error) {
	f, d, reason, err := ps.chosenDocument(v, r, indicators.Publish)
	if err != nil {
		return sheet{}, err
	}
	err = ps.server.store.Release(r.Context(), d.ID, v.reader.By(indicators.Publishing, reason), ps.server.cfg.WriteWait)
	return sheet{goOn: v.documentsHref(f, "released")}, err
}

// erase takes out the content of a document, or a comment of a figure, for good.
func (ps *pages) erase(v *view, _ http.ResponseWriter, r *http.Request) (sheet, error) {
	if r.PostForm.Get("sure") != "yes" {
		return sheet{}, fmt.Errorf("%w: tick that you have read what an erasure does, for it cannot be undone", indicators.ErrInvalid)
	}
	if hash := r.PostForm.Get("comment"); hash != "" {
		return ps.eraseComment(v, r, hash)
	}
	f, d, reason, err := ps.chosenDocument(v, r, indicators.Erase)
	if err != nil {
		return sheet{}, err
	}
	err = ps.server.store.EraseDocument(r.Context(), d.SHA256, v.reader.By(indicators.Erased, reason), ps.server.cfg.WriteWait)
	return sheet{goOn: v.documentsHref(f, "erased")}, err
}

func (ps *pages) eraseComment(v *view, r *http.Request, hash string) (sheet, error) {
	f, err := v.figureNamed(r.PathValue("code"), r.URL.Query())
	if err != nil {
		return sheet{}, err
	}
	reason, faulty := statedReason(r.PostForm.Get("reason"))
	switch {
	case !v.reader.May(indicators.Erase, f.subject):
		return sheet{}, indicators.ErrRight
	case faulty != "" || f.Period == 0 || len(hash) != 64 || strings.Trim(hash, "0123456789abcdef") != "":
		return sheet{}, fmt.Errorf("%w: a comment of one figure is chosen, and a reason of %d characters at most is required: go back and give both", indicators.ErrInvalid, maxReason)
	}
	err = ps.server.store.EraseComment(r.Context(), f.FigureKey, hash, v.reader.By(indicators.Erased, reason), ps.server.cfg.WriteWait)
	return sheet{goOn: v.documentsHref(f, "erased")}, err
}
