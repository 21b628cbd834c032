package web

import (
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"jalon/indicators"
)

// How many attempts to sign in are let through within a time: for one account, and from
// one address, behind which a whole office may sit.
const (
	attemptsWithin    = 15 * time.Minute
	attemptsOfAccount = 10
	attemptsOfAddress = 100
)

// A signInPage is the form to sign in.
type signInPage struct {
	Action string
	Email  string
	Next   string
	Plain  bool // the line is not encrypted: nobody signs in here
	Wrong  bool // what was given fits no account
	Slow   bool // too many attempts
	Issuer *issuerLink
}

// An issuerLink leads to the identity service.
type issuerLink struct{ Href, Words string }

func (ps *pages) signInForm(v *view, _ http.ResponseWriter, r *http.Request) (sheet, error) {
	if !ps.server.isPrivate(r) {
		return v.signIn(nil, signInPage{Plain: true}), nil
	}
	next := localPath(r.URL.Query().Get("next"), v.href("desk"))
	if v.reader != nil {
		return sheet{goOn: next}, nil
	}
	return v.signIn(ps.server.issuer, signInPage{Next: next}), nil
}

func (v *view) signIn(issuer *issuerDoor, page signInPage) sheet {
	if issuer != nil {
		href := "/" + v.l.Code + "/oidc?" + url.Values{"next": {page.Next}}.Encode()
		page.Issuer = &issuerLink{href, v.l.T("oidc.do", issuer.Name)}
	}
	page.Action = "/" + v.l.Code + "/sign-in"
	return sheet{template: "signin", path: "sign-in", title: v.l.T("signin.title"), main: page}
}

// signIn answers with a session, or with the form again: in the same words and after the
// same time, whether the account or the password is unknown.
func (ps *pages) signIn(v *view, w http.ResponseWriter, r *http.Request) (sheet, error) {
	s := ps.server
	if err := s.signable(r); err != nil {
		return sheet{}, err
	}
	email, next := strings.TrimSpace(r.PostForm.Get("email")), localPath(r.PostForm.Get("next"), v.href("desk"))
	account, err := s.authenticate(r, email, r.PostForm.Get("password"))
	page := signInPage{Email: email, Next: next}
	switch {
	case errors.Is(err, errThrottled):
		page.Slow = true
		w.Header().Set("Retry-After", fmt.Sprint(int(attemptsWithin.Seconds())))
		again := v.signIn(s.issuer, page)
		again.status = http.StatusTooManyRequests
		return again, nil
	case errors.Is(err, indicators.ErrNotFound):
		page.Wrong = true
		again := v.signIn(s.issuer, page)
		again.status = http.StatusUnprocessableEntity
		return again, nil
	case err != nil:
		return sheet{}, err
	}
	if err := s.letIn(w, r, account); err != nil {
		return sheet{}, err
	}
	return sheet{goOn: next}, nil
}

// authenticate finds the account of an address and a password; ErrNotFound where the two do
// not belong together, errThrottled where there were too many attempts.
func (s *Server) authenticate(r *http.Request, email, password string) (account int, err error) {
	ctx := r.Context()
	ofAccount := "account " + hex.EncodeToString(hashed(strings.ToLower(email)))
	ofAddress := "address " + hex.EncodeToString(hashed(s.address(r)))
	tried, err := s.store.Attempt(ctx, attemptsWithin, ofAccount)
	if err != nil {
		return 0, err
	}
	from, err := s.store.Attempt(ctx, attemptsWithin, ofAddress)
	if err != nil {
		return 0, err
	}
	if tried > attemptsOfAccount || from > attemptsOfAddress {
		return 0, errThrottled
	}
	account, hash, err := s.store.Password(ctx, email)
	if err != nil && !errors.Is(err, indicators.ErrNotFound) {
		return 0, err
	}
	known, err := s.doorman.knows(ctx, password, hash)
	if err != nil {
		return 0, err
	}
	if !known {
		return 0, indicators.ErrNotFound
	}
	return account, s.store.Succeeded(ctx, ofAccount)
}

// signOut ends the session. Whoever has none is where they wanted to be.
func (ps *pages) signOut(v *view, w http.ResponseWriter, r *http.Request) (sheet, error) {
	if session := visitorOf(r).session; session != nil {
		if err := ps.server.store.EndSession(r.Context(), session); err != nil {
			return sheet{}, err
		}
	}
	ps.server.letOut(w, r)
	return sheet{goOn: v.href("")}, nil
}
