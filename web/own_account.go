package web

import (
	"errors"
	"net/http"

	"jalon/indicators"
	"jalon/sql"
)

// An accountPage is what an account is told about itself, and may change.
type accountPage struct {
	Action   string
	Name     string
	Email    string
	Role     string
	Scope    []link
	Sessions []sessionRow
	News     bool // told of published snapshots
	Tokens   tokenPart
	made     *tokenPart // what a form said of a token, and what came of it
	Wrong    string     // what was wrong with the password that was to be the new one
	Done     string     // what has just been done
}

// A sessionRow is where the account is signed in.
type sessionRow struct {
	Agent   phrase
	Since   figure
	Seen    figure
	Current bool
}

func (ps *pages) ownAccount(v *view, _ http.ResponseWriter, r *http.Request) (sheet, error) {
	return ps.accountSheet(v, r, accountPage{Done: v.done(r, "password", "sessions", "token", "news")})
}

// done is the word for what a form before has done, if the address says so.
func (v *view) done(r *http.Request, known ...string) string {
	for _, word := range known {
		if r.URL.Query().Get("done") == word {
			return v.l.T("done." + word)
		}
	}
	return ""
}

func (ps *pages) accountSheet(v *view, r *http.Request, page accountPage) (sheet, error) {
	a := v.reader
	sessions, err := ps.server.store.Sessions(r.Context(), a.ID, visitorOf(r).session)
	if err != nil {
		return sheet{}, err
	}
	page.Action, page.Name, page.Email, page.Role = v.href("account"), a.Name, string(a.Email), v.l.T("role."+string(a.Role))
	page.Scope = v.scope(a.Scope)
	if page.News, err = ps.server.store.WantsNews(r.Context(), a.ID); err != nil {
		return sheet{}, err
	}
	for _, s := range sessions {
		page.Sessions = append(page.Sessions, v.session(s))
	}
	tokens, err := ps.server.store.Tokens(r.Context(), a.ID)
	if err != nil {
		return sheet{}, err
	}
	page.Tokens = v.tokens(tokens, ps.server.cfg.Now())
	if m := page.made; m != nil {
		page.Tokens.Secret, page.Tokens.Name, page.Tokens.Days, page.Tokens.Writes, page.Tokens.Wrong = m.Secret, m.Name, m.Days, m.Writes, m.Wrong
	}
	return sheet{template: "account", path: "account", title: v.l.T("account.title"), main: page}, nil
}

func (v *view) session(s sql.Session) sessionRow {
	return sessionRow{phrase{Text: s.Agent}, v.moment(s.CreatedAt), v.moment(s.SeenAt), s.Current}
}

// scope names what an account is for.
func (v *view) scope(s indicators.Scope) []link {
	var all []link
	for _, code := range s.Groups {
		if g := v.p.Group(code); g != nil {
			all = append(all, v.linkGroup(g))
		}
	}
	for _, code := range s.Organisations {
		all = append(all, link{Code: code, Name: v.organisation(code)})
	}
	for _, code := range s.Actions {
		if a := v.p.Action(code); a != nil {
			all = append(all, v.linkAction(a))
		}
	}
	return all
}

// changeOwnAccount sets another password, signs out everywhere, says what to be told of, or makes or ends a token.
func (ps *pages) changeOwnAccount(v *view, w http.ResponseWriter, r *http.Request) (sheet, error) {
	s, a := ps.server, v.reader
	switch r.PostForm.Get("do") {
	case "sessions":
		if err := s.store.EndSessions(r.Context(), a.ID); err != nil {
			return sheet{}, err
		}
		s.letOut(w, r)
		return sheet{goOn: v.href("sign-in")}, nil
	case "password":
		return ps.changePassword(v, w, r)
	case "news":
		err := s.store.SetNews(r.Context(), a.ID, r.PostForm.Get("news") == "yes")
		return sheet{goOn: v.href("account") + "?done=news"}, err
	case "token":
		return ps.makeToken(v, r)
	case "revoke":
		return ps.revokeToken(v, r)
	}
	return sheet{}, errors.Join(indicators.ErrInvalid, errors.New("the form asks for nothing that there is"))
}

// changePassword asks for the present password again, so that a browser left open does not
// give the account away, and ends all sessions but begins this one anew.
func (ps *pages) changePassword(v *view, w http.ResponseWriter, r *http.Request) (sheet, error) {
	s, a := ps.server, v.reader
	wrong := func(word string) (sheet, error) {
		again, err := ps.accountSheet(v, r, accountPage{Wrong: word})
		again.status = http.StatusUnprocessableEntity
		return again, err
	}
	_, err := s.authenticate(r, string(a.Email), r.PostForm.Get("present"))
	switch {
	case errors.Is(err, errThrottled):
		return wrong(v.l.T("signin.slow"))
	case errors.Is(err, indicators.ErrNotFound):
		return wrong(v.l.T("password.wrong"))
	case err != nil:
		return sheet{}, err
	}
	hash, word, err := v.newPassword(r, string(a.Email))
	if err != nil || word != "" {
		return wrong(word)
	}
	if err := s.store.SetPassword(r.Context(), a.ID, hash, a.Author()); err != nil {
		return sheet{}, err
	}
	if err := s.letIn(w, r, a.ID); err != nil {
		return sheet{}, err
	}
	return sheet{goOn: v.href("account") + "?done=password"}, nil
}

// newPassword reads a password given twice, and gives its hash, or a word on what is wrong
// with it.
func (v *view) newPassword(r *http.Request, email string) (hash, word string, err error) {
	password := r.PostForm.Get("password")
	if password != r.PostForm.Get("again") {
		return "", v.l.T("password.differ"), nil
	}
	hash, err = HashPassword(password, email)
	if errors.Is(err, indicators.ErrInvalid) {
		return "", v.l.T("password.weak", v.l.Integer(minPassword)), nil
	}
	return hash, "", err
}
