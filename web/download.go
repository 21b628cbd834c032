package web

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"jalon/indicators"
)

// download gives a file out: to be kept, never to be shown as a page of ours. One that
// there is not and one that the reader may not have are answered alike.
func (s *Server) download(w http.ResponseWriter, r *http.Request) error {
	params, err := pageQuery(r, "as-of")
	if err != nil {
		return err
	}
	p, err := s.picture(r.Context(), params.Get("as-of"))
	if err != nil {
		return err
	}
	d, err := s.documentFor(r, p)
	if err != nil {
		return err
	}
	header := w.Header()
	header.Set("Content-Type", d.MediaType)
	header.Set("Content-Disposition", "attachment; filename*=UTF-8''"+extValue(d.Name))
	header.Set("Content-Security-Policy", "sandbox; default-src 'none'")
	header.Set("X-Content-Type-Options", "nosniff")
	header.Set("Cache-Control", "private, no-store")
	if isPublic(&d) {
		tag := `"` + d.SHA256 + `"`
		header.Set("ETag", tag)
		header.Set("Cache-Control", "no-cache") // keep it, but ask each time: it may be detached
		if matches(r.Header.Get("If-None-Match"), tag) {
			w.WriteHeader(http.StatusNotModified)
			return nil
		}
	}
	header.Set("Content-Length", strconv.FormatInt(d.Size, 10))
	if r.Method == http.MethodHead {
		return nil
	}
	return s.stream(w, r, &d)
}

// documentFor is the document that an address names, if the reader may have it.
func (s *Server) documentFor(r *http.Request, p *indicators.Picture) (indicators.Document, error) {
	name := r.PathValue("name")
	none := notFound("document", name)
	id, err := strconv.Atoi(r.PathValue("id"))
	if err != nil || id < 1 || id > 1<<31-1 || s.store == nil {
		return indicators.Document{}, none
	}
	d, err := s.store.Document(r.Context(), id, p.Newest().Number)
	switch {
	case errors.Is(err, indicators.ErrNotFound):
		return d, none
	case err != nil:
		return d, err
	}
	of, from := s.today(d.Indicator)
	if p.Indicator(d.Indicator) == nil || d.Erased || d.Name != name || !readerOf(r).Reads(&d, of, from) {
		return d, none
	}
	return d, nil
}

// stream sends the content piece by piece. Each piece has its time, so that a slow line
// gets the whole; what ends early must not look whole.
func (s *Server) stream(w http.ResponseWriter, r *http.Request, d *indicators.Document) error {
	patience, sent := http.NewResponseController(w), int64(0)
	for piece, err := range s.store.DocumentContent(r.Context(), d.SHA256) {
		if err != nil && sent == 0 {
			w.Header().Del("Content-Length")
			return err
		} else if err != nil {
			return s.cutOff(r, d, err)
		}
		_ = patience.SetWriteDeadline(time.Now().Add(time.Minute)) // where it cannot be set, that of the server holds
		if _, err := w.Write(piece); err != nil {
			return nil // whoever asked is gone
		}
		sent += int64(len(piece))
	}
	if sent < d.Size {
		return s.cutOff(r, d, errors.New("it was erased meanwhile"))
	}
	return nil
}

func (s *Server) cutOff(r *http.Request, d *indicators.Document, err error) error {
	s.cfg.Log.WarnContext(r.Context(), "a document was cut off", "id", requestID(r), "document", d.ID, "err", err)
	panic(http.ErrAbortHandler)
}

// extValue writes a text as a parameter of a header may have it (RFC 8187): no character
// that could end it, whatever the text holds.
func extValue(text string) string {
	var b strings.Builder
	for _, c := range []byte(text) {
		letter := c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
		if letter || strings.IndexByte("!#$&+-.^_`|~", c) >= 0 {
			b.WriteByte(c)
		} else {
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	return b.String()
}

// documentHref is the address of a file, at the moment that the page shows.
func (v *view) documentHref(d *indicators.Document) string {
	return "/documents/" + strconv.Itoa(d.ID) + "/" + url.PathEscape(d.Name) + v.query()
}
