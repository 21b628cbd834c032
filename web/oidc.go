package web

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"unicode"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"jalon/indicators"
	"jalon/locale"
	"jalon/sql"
)

// An issuerPage tells a person why signing in at the identity service did not succeed.
type issuerPage struct {
	Words   string
	Contact string
	Again   string
}

// A refusal is a sign-in at the identity service that did not succeed, in a word.
type refusal struct {
	word   string // key of the sentence, behind oidc.
	status int
}

func (r refusal) Error() string { return "signing in by an identity service: " + r.word }

// begin sends a person to the identity service, by a plain link: no form of ours leads to
// another host.
func (ps *pages) begin(l *locale.Language) http.Handler {
	s := ps.server
	return s.page(func(w http.ResponseWriter, r *http.Request) error {
		if s.issuer == nil {
			return notFound("page", r.URL.Path)
		}
		if err := s.signable(r); err != nil {
			return err
		}
		w.Header().Set("Cache-Control", "private, no-store")
		p, err := s.issuer.provider(r.Context())
		if err != nil {
			return ps.refuse(w, r, l, err)
		}
		client, err := s.issuer.client(p, s.callback(r))
		if err != nil {
			return ps.refuse(w, r, l, err)
		}
		key, _ := newKey()
		a := attempt{key, l.Code, localPath(r.URL.Query().Get("next"), "/"+l.Code+"/desk")}
		s.keepAttempt(w, r, a)
		to := client.AuthCodeURL(a.state(), oidc.Nonce(a.nonce()), oauth2.S256ChallengeOption(a.verifier()))
		http.Redirect(w, r, to, http.StatusSeeOther) //nolint:gosec // to the identity service that the configuration names
		return nil
	})
}

// callback is where the identity service sends people back to.
func (s *Server) callback(r *http.Request) string {
	site := s.cfg.PublicURL
	if site == "" {
		site = map[bool]string{true: "https://", false: "http://"}[r.TLS != nil] + r.Host
	}
	return site + "/oidc/callback"
}

// finish signs a person in who comes back from the identity service.
func (ps *pages) finish(w http.ResponseWriter, r *http.Request) error {
	s := ps.server
	if s.issuer == nil {
		return notFound("page", r.URL.Path)
	}
	if err := s.signable(r); err != nil {
		return err
	}
	w.Header().Set("Cache-Control", "private, no-store")
	a := s.takeAttempt(w, r)
	l := s.languages[a.language]
	if l == nil {
		return ps.refuse(w, r, s.languages[ps.language(r)], refusal{"stale", http.StatusBadRequest})
	}
	account, err := s.vouchedFor(r, a)
	if err == nil {
		err = s.letIn(w, r, account)
	}
	if err != nil {
		return ps.refuse(w, r, l, err)
	}
	http.Redirect(w, r, a.next, http.StatusSeeOther)
	return nil
}

// vouchedFor is the account of the person whom the service vouches for in answer to an
// attempt.
func (s *Server) vouchedFor(r *http.Request, a attempt) (account int, err error) {
	answer := r.URL.Query()
	switch {
	case !same(answer.Get("state"), a.state()):
		return 0, refusal{"stale", http.StatusBadRequest}
	case answer.Get("error") != "":
		return 0, refusal{"refused", http.StatusForbidden}
	}
	claims, subject, err := s.issuer.redeem(r.Context(), a, answer.Get("code"), s.callback(r))
	if err != nil {
		return 0, err
	}
	who := s.issuer.identity(claims, subject, a.language)
	if p := s.live.Picture(); p != nil {
		if err := p.CheckScope(who.Person.Scope); err != nil {
			return 0, fmt.Errorf("the rules that give roles: %w", err)
		}
	}
	known, err := s.store.Identify(r.Context(), who)
	switch {
	case errors.Is(err, indicators.ErrNotFound) && who.Person.Email == "":
		return 0, refusal{"unverified", http.StatusForbidden}
	case errors.Is(err, indicators.ErrNotFound):
		return 0, refusal{"nobody", http.StatusForbidden}
	case err != nil:
		return 0, err
	}
	return known.ID, s.promote(r.Context(), known, who.Person)
}

// promote gives an account the role that the service says, where it says one. The last
// administrator stays one, whatever it says.
func (s *Server) promote(ctx context.Context, known, person indicators.Account) error {
	if known.Disabled || person.Role == indicators.Public {
		return nil
	}
	known.Role, known.Scope = person.Role, person.Scope
	err := s.store.ChangeAccount(ctx, known, s.issuer.URL)
	if errors.Is(err, indicators.ErrConflict) {
		s.cfg.Log.WarnContext(ctx, "an account keeps its role against what the identity service says", "account", known.ID, "err", err)
		return nil
	}
	return err
}

// identity is the person that the service vouches for. An address that it has not verified
// is none, and gives no role either.
func (d *issuerDoor) identity(claims map[string]any, subject, language string) sql.Identity {
	who := sql.Identity{Issuer: d.URL, Subject: subject, Person: indicators.Account{Language: language}}
	email, _ := claims["email"].(string)
	verified := claims["email_verified"] == true || claims["email_verified"] == "true"
	if verified {
		who.Person.Email = indicators.Optional(email)
	} else {
		delete(claims, "email")
	}
	before, _, _ := strings.Cut(email, "@")
	who.Person.Name = before
	if name, given := claims["name"].(string); given && strings.TrimSpace(name) != "" && len(name) <= 200 && !strings.ContainsFunc(name, unicode.IsControl) {
		who.Person.Name = strings.TrimSpace(name)
	}
	if role, scope, found := d.Roles.Of(claims); found {
		who.Person.Role, who.Person.Scope = role, scope
	}
	return who
}

// refuse answers with a page that says in the reader's words what went wrong; the log says
// more.
func (ps *pages) refuse(w http.ResponseWriter, r *http.Request, l *locale.Language, err error) error {
	s := ps.server
	why := refusal{"wrong", http.StatusBadRequest}
	switch {
	case errors.As(err, &why):
	case errors.Is(err, errIssuer):
		why = refusal{"down", http.StatusServiceUnavailable}
		w.Header().Set("Retry-After", "60")
	case errors.Is(err, indicators.ErrNotFound), errors.Is(err, indicators.ErrConflict): // disabled, or somebody else's by now
		why = refusal{"nobody", http.StatusForbidden}
	case errors.Is(err, sql.ErrUnavailable), r.Context().Err() != nil:
		return err
	}
	s.cfg.Log.WarnContext(r.Context(), "signing in by the identity service did not succeed", "id", requestID(r), "err", err)
	p, missing := s.picture(r.Context(), "")
	if missing != nil {
		return missing
	}
	v := &view{p: p, l: l, personal: true}
	main := issuerPage{Words: l.T("oidc." + why.word), Contact: p.Setting("contact", ""), Again: "/" + l.Code + "/sign-in"}
	body, err := ps.render(v, sheet{template: "issuer", path: "sign-in", title: l.T("oidc.title"), main: main})
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Language", l.Code)
	w.WriteHeader(why.status)
	_, _ = w.Write(body) // whoever asked is gone: nobody to tell
	return nil
}
