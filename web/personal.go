package web

import (
	"cmp"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"unicode/utf8"

	"jalon/indicators"
	"jalon/locale"
)

// errThrottled is one who guesses too often.
var errThrottled = errors.New("too many attempts: try again in a quarter of an hour")

// signedIn stands for no right in particular: any account has it.
const signedIn indicators.Right = "signed_in"

// errNoText is a form in which something stands that no keyboard writes.
var errNoText = errors.Join(indicators.ErrInvalid, errors.New("the form holds bytes that are no text: type them anew"))

// maxForm is how many bytes a form may have, without files.
const maxForm = 4 << 20

// A personalPage answers one person. It gives the sheet to be drawn, or one that only says
// where to go on; of the answer it may set headers.
type personalPage func(*view, http.ResponseWriter, *http.Request) (sheet, error)

// personal answers with a page for whoever has a right at least somewhere; others are asked
// to sign in, or refused. It is drawn anew each time and kept by nobody.
func (ps *pages) personal(l *locale.Language, right indicators.Right, show personalPage) http.Handler {
	return ps.server.page(func(w http.ResponseWriter, r *http.Request) error {
		if sent, err := ps.turnedAway(w, r, l, right); sent || err != nil {
			return err
		}
		return ps.answer(w, r, l, show)
	})
}

// turnedAway sends whoever is not known to sign in, and refuses who has not the right.
func (ps *pages) turnedAway(w http.ResponseWriter, r *http.Request, l *locale.Language, right indicators.Right) (sent bool, err error) {
	who := readerOf(r)
	switch {
	case who == nil && r.Method != http.MethodPost:
		http.Redirect(w, r, "/"+l.Code+"/sign-in?"+url.Values{"next": {r.URL.RequestURI()}}.Encode(), http.StatusSeeOther)
		return true, nil
	case who == nil:
		return false, errSessionOver
	case right != signedIn && !who.Has(right):
		return false, indicators.ErrRight
	}
	return false, nil
}

// present is personal for pages on which something is changed: they are of now.
func (ps *pages) present(l *locale.Language, right indicators.Right, show personalPage) http.Handler {
	return ps.personal(l, right, func(v *view, w http.ResponseWriter, r *http.Request) (sheet, error) {
		if v.asOf != "" {
			return sheet{}, fmt.Errorf("%w: what is changed here is of now: leave as-of out", indicators.ErrInvalid)
		}
		return show(v, w, r)
	})
}

// open answers anybody with a page that is kept by nobody, such as the form to sign in.
func (ps *pages) open(l *locale.Language, show personalPage) http.Handler {
	return ps.server.page(func(w http.ResponseWriter, r *http.Request) error { return ps.answer(w, r, l, show) })
}

func (ps *pages) answer(w http.ResponseWriter, r *http.Request, l *locale.Language, show personalPage) error {
	w.Header().Set("Cache-Control", "private, no-store")
	if r.Method == http.MethodPost && !strings.HasPrefix(r.Header.Get("Content-Type"), "multipart/form-data") {
		r.Body = http.MaxBytesReader(w, r.Body, maxForm)
		if err := r.ParseForm(); err != nil {
			return unreadable(err)
		}
		if !isText(r.PostForm) {
			return errNoText
		}
	}
	if _, err := query(r); err != nil {
		return err
	}
	p, err := ps.server.picture(r.Context(), r.URL.Query().Get("as-of"))
	if err != nil {
		return err
	}
	v := &view{p: p, l: l, asOf: r.URL.Query().Get("as-of"), reader: readerOf(r), personal: true}
	sheet, err := show(v, w, r)
	if err != nil {
		return err
	}
	if sheet.goOn != "" {
		http.Redirect(w, r, sheet.goOn, http.StatusSeeOther)
		return nil
	}
	body, err := ps.render(v, sheet)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Language", l.Code)
	send(w, r, cmp.Or(sheet.status, http.StatusOK), body, packOnce(r, body))
	return nil
}

// isText tells whether all that was typed can be kept as text: UTF-8 without NUL.
func isText(form url.Values) bool {
	for name, values := range form {
		for _, text := range append(values, name) {
			if !utf8.ValidString(text) || strings.ContainsRune(text, 0) {
				return false
			}
		}
	}
	return true
}

// typedText is a text of a form as it is kept: of no more characters than its field takes,
// without those that are pasted along unseen.
func typedText(r *http.Request, name string, most int) (string, error) {
	text := strings.ReplaceAll(r.PostForm.Get(name), "\r\n", "\n")
	if length := utf8.RuneCountInString(text); length > most {
		return "", fmt.Errorf("%w: %s: %d characters are too many: write at most %d", indicators.ErrInvalid, name, length, most)
	}
	return tidy(text), nil
}

// tidy leaves out of a text what is pasted along unseen.
func tidy(text string) string {
	return strings.TrimSpace(strings.Map(func(c rune) rune {
		if isHidden(c) {
			return -1
		}
		return c
	}, strings.ReplaceAll(text, "\r\n", "\n")))
}

// unreadable is a form that cannot be read: too large, or not one.
func unreadable(err error) error {
	if errors.As(err, new(*http.MaxBytesError)) {
		return err
	}
	return errors.Join(indicators.ErrInvalid, errors.New("the form cannot be read: send it again from its page"))
}

// localPath is where to go after signing in: a page of this site, whatever the address
// says, else the desk.
func localPath(next, otherwise string) string {
	u, err := url.Parse(next)
	if err != nil || u.Scheme != "" || u.Host != "" || u.User != nil || !strings.HasPrefix(next, "/") || strings.HasPrefix(next, "//") ||
		strings.ContainsAny(next, "\\\r\n\t\x00") {
		return otherwise
	}
	return next
}
