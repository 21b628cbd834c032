package web

import (
	"context"
	"net/http"
	"time"

	"jalon/indicators"
	"jalon/sql"
)

// invitationLength is how long an invitation can be taken up.
const invitationLength = 7 * 24 * time.Hour

// An invitationPage is where whoever is invited chooses a password.
type invitationPage struct {
	Action string
	Email  string
	Name   string
	Wrong  string
}

// NewInvitation makes an invitation of an account and gives its path, which is shown once.
func NewInvitation(ctx context.Context, store *sql.Store, account indicators.Account, by string) (path string, err error) {
	key, hash := newKey()
	if err := store.Invite(ctx, account.ID, hash, time.Now().Add(invitationLength), by); err != nil {
		return "", err
	}
	return "/" + account.Language + "/invitation/" + key, nil
}

// invite is NewInvitation by the server.
func (s *Server) invite(ctx context.Context, account indicators.Account, by string) (path string, err error) {
	return NewInvitation(ctx, s.store, account, by)
}

func (ps *pages) invitation(v *view, _ http.ResponseWriter, r *http.Request) (sheet, error) {
	if err := ps.server.signable(r); err != nil {
		return sheet{}, err
	}
	a, err := ps.server.store.Invited(r.Context(), hashed(r.PathValue("key")))
	if err != nil {
		return sheet{}, err
	}
	return v.invited(r, &a, ""), nil
}

func (v *view) invited(r *http.Request, a *indicators.Account, wrong string) sheet {
	page := invitationPage{v.href("invitation", r.PathValue("key")), string(a.Email), a.Name, wrong}
	return sheet{template: "invitation", path: "invitation/" + r.PathValue("key"), title: v.l.T("invitation.title"), main: page}
}

// takeUp sets the password that the invited chose, and signs them in.
func (ps *pages) takeUp(v *view, w http.ResponseWriter, r *http.Request) (sheet, error) {
	s := ps.server
	if err := s.signable(r); err != nil {
		return sheet{}, err
	}
	invitation := hashed(r.PathValue("key"))
	a, err := s.store.Invited(r.Context(), invitation)
	if err != nil {
		return sheet{}, err
	}
	hash, word, err := v.newPassword(r, string(a.Email))
	if err != nil {
		return sheet{}, err
	}
	if word != "" {
		again := v.invited(r, &a, word)
		again.status = http.StatusUnprocessableEntity
		return again, nil
	}
	if a, err = s.store.AcceptInvitation(r.Context(), invitation, hash); err != nil {
		return sheet{}, err
	}
	if err := s.letIn(w, r, a.ID); err != nil {
		return sheet{}, err
	}
	return sheet{goOn: v.href("desk")}, nil
}
