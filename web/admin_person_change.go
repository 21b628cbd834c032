package web

import (
	"errors"
	"net/http"
	"strings"

	"jalon/indicators"
)

// changePerson does with an account what the form asks for.
func (ps *pages) changePerson(v *view, w http.ResponseWriter, r *http.Request) (sheet, error) {
	a, err := ps.personAsked(r)
	if err != nil {
		return sheet{}, err
	}
	do := r.PostForm.Get("do")
	if a.ID == 0 && do != "add" {
		return sheet{}, notFound("account", "")
	}
	if a.ID == v.reader.ID && (do == "disable" || do == "delete") {
		return refusedSheet(v.personSheet(a, a, personPage{Wrong: []wrong{{Text: v.l.T("person.not_self")}}})), nil
	}
	by := v.reader.Author()
	switch do {
	case "add":
		return ps.addPerson(v, r)
	case "change":
		return ps.writePerson(v, w, r, a)
	case "invite":
		return ps.invitePerson(v, r, a)
	case "disable", "enable":
		changed := a
		changed.Disabled = do == "disable"
		return ps.personDone(v, a, v.href("admin", "accounts")+"?done=account", ps.server.store.ChangeAccount(r.Context(), changed, by))
	case "sign_out":
		err := ps.server.store.CloseDoors(r.Context(), a.ID, by)
		return ps.personDone(v, a, v.personHref(a.ID)+"&done=signed_out", err)
	case "delete":
		if r.PostForm.Get("sure") != "yes" {
			return refusedSheet(v.personSheet(a, a, personPage{Wrong: []wrong{{ID: "f-sure", Text: v.l.T("person.not_sure")}}})), nil
		}
		return ps.personDone(v, a, v.href("admin", "accounts")+"?done=account_deleted", ps.server.store.DeleteAccount(r.Context(), a.ID, by))
	}
	return sheet{}, errors.Join(indicators.ErrInvalid, errors.New("the form asks for nothing that there is"))
}

// personDone goes on, or shows the form again with what the store has against it.
func (ps *pages) personDone(v *view, a indicators.Account, goOn string, err error) (sheet, error) {
	if errors.Is(err, indicators.ErrConflict) || errors.Is(err, indicators.ErrInvalid) {
		again := refusedSheet(v.personSheet(a, a, personPage{Wrong: []wrong{{Text: v.said(indicators.SentenceOf(err))}}}))
		if errors.Is(err, indicators.ErrConflict) {
			again.status = http.StatusConflict
		}
		return again, nil
	}
	return sheet{goOn: goOn}, err
}

// addPerson makes an account and shows the invitation by which its owner comes in.
func (ps *pages) addPerson(v *view, r *http.Request) (sheet, error) {
	a := typedPerson(r, indicators.Account{})
	err := errors.Join(a.Check(), v.p.CheckScope(a.Scope))
	if err == nil {
		a.ID, err = ps.server.store.AddAccount(r.Context(), a, v.reader.Author())
	}
	switch {
	case errors.Is(err, indicators.ErrInvalid), errors.Is(err, indicators.ErrConflict):
		return v.personRefused(indicators.Account{}, a, err), nil
	case err != nil:
		return sheet{}, err
	}
	return ps.invitePerson(v, r, a)
}

// personRefused shows the form again with what was typed.
func (v *view) personRefused(now, typed indicators.Account, err error) sheet {
	again := refusedSheet(v.personSheet(now, typed, personPage{Wrong: []wrong{{Text: v.said(indicators.SentenceOf(err))}}}))
	if errors.Is(err, indicators.ErrConflict) {
		again.status = http.StatusConflict
	}
	return again
}

// writePerson changes an account. Nobody takes the administration from themselves, and
// what another has changed meanwhile is shown beside what was typed.
func (ps *pages) writePerson(v *view, w http.ResponseWriter, r *http.Request, now indicators.Account) (sheet, error) {
	typed := typedPerson(r, now)
	self := now.ID == v.reader.ID
	switch err := errors.Join(typed.Check(), v.p.CheckScope(typed.Scope)); {
	case err != nil:
		return v.personRefused(now, typed, err), nil
	case r.PostForm.Get("was") != trace(now):
		return v.personConflict(now, typed), nil
	case self && typed.Role != now.Role:
		return refusedSheet(v.personSheet(now, typed, personPage{Wrong: []wrong{{ID: "f-role", Label: v.columnName("accounts", "role"), Text: v.l.T("person.not_self")}}})), nil
	}
	err := ps.server.store.ChangeAccount(r.Context(), typed, v.reader.Author())
	if err == nil && self && typed.Email != now.Email { // which has signed out everywhere
		err = ps.server.letIn(w, r, now.ID)
	}
	if errors.Is(err, indicators.ErrConflict) || errors.Is(err, indicators.ErrInvalid) {
		return v.personRefused(now, typed, err), nil
	}
	return sheet{goOn: v.href("admin", "accounts") + "?done=account"}, err
}

func (v *view) personConflict(now, typed indicators.Account) sheet {
	var rows []conflictRow
	for _, f := range v.personFields() {
		if a, b := accountCell(now, f.Name), accountCell(typed, f.Name); a != b {
			rows = append(rows, conflictRow{Label: v.columnName("accounts", f.Name), Now: v.cell("accounts", f, a), Typed: v.cell("accounts", f, b)})
		}
	}
	again := v.personSheet(now, typed, personPage{Conflict: rows})
	again.status = http.StatusConflict
	return again
}

// invitePerson shows a new invitation, this once: only its hash is kept.
func (ps *pages) invitePerson(v *view, r *http.Request, a indicators.Account) (sheet, error) {
	path, err := ps.server.invite(r.Context(), a, v.reader.Author())
	if err != nil {
		return sheet{}, err
	}
	page := personPage{Link: ps.server.outside(r) + path, Days: int(invitationLength.Hours() / 24)}
	return v.personSheet(a, a, page), nil
}

// outside is the address of the site as the reader's browser knows it.
func (s *Server) outside(r *http.Request) string {
	switch {
	case s.cfg.PublicURL != "":
		return strings.TrimSuffix(s.cfg.PublicURL, "/")
	case s.isSecure(r):
		return "https://" + r.Host
	}
	return "http://" + r.Host
}
