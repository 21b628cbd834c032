package web

import (
	"errors"
	"net/http"
	"strconv"
	"time"

	"jalon/indicators"
)

// A tokenPart is what the page of an account says of its tokens.
type tokenPart struct {
	Rows   []tokenRow
	Secret string // of the token that was made just now: it is shown once
	Name   string // what was typed
	Days   string
	Most   int
	Writes bool
	Writer bool   // the account may write somewhere, and so may a token of it
	Wrong  string // what was wrong with it
}

// A tokenRow is one token. The state is empty while it works.
type tokenRow struct {
	ID      int
	Name    phrase
	Rights  string
	Expires figure
	Used    figure
	Never   bool
	State   string
}

// tokens lists the tokens of the reader that work, and those that ended of late.
func (v *view) tokens(all []indicators.Token, now time.Time) tokenPart {
	const late = 30 * 24 * time.Hour
	part := tokenPart{Days: strconv.Itoa(indicators.TokenDays), Most: indicators.MaxTokenDays}
	for _, right := range []indicators.Right{indicators.Propose, indicators.Verify, indicators.Publish} {
		part.Writer = part.Writer || v.reader.Has(right)
	}
	for n := range all {
		t := &all[n]
		if now.Sub(t.ExpiresAt) > late || t.RevokedAt != nil && now.Sub(*t.RevokedAt) > late {
			continue
		}
		row := tokenRow{ID: t.ID, Name: phrase{Text: t.Name}, Rights: v.l.T("tokens.read"), Expires: v.moment(t.ExpiresAt), Never: t.UsedAt == nil}
		if t.Writes {
			row.Rights = v.l.T("tokens.write")
		}
		if t.UsedAt != nil {
			row.Used = v.moment(*t.UsedAt)
		}
		switch {
		case t.RevokedAt != nil:
			row.State = v.l.T("tokens.revoked")
		case !t.Works(now):
			row.State = v.l.T("tokens.expired")
		}
		part.Rows = append(part.Rows, row)
	}
	return part
}

// makeToken makes a token and shows it, in this answer only.
func (ps *pages) makeToken(v *view, r *http.Request) (sheet, error) {
	s, form := ps.server, r.PostForm
	page := accountPage{made: &tokenPart{Name: form.Get("name"), Days: form.Get("days"), Writes: form.Get("writes") == "yes"}}
	days, err := strconv.Atoi(form.Get("days"))
	if err != nil {
		days = 0
	}
	t, err := indicators.NewToken(v.reader.ID, form.Get("name"), page.made.Writes, days, s.cfg.Now())
	if errors.Is(err, indicators.ErrInvalid) {
		page.made.Wrong = v.l.T("tokens.wrong", v.l.Integer(indicators.MaxTokenDays))
		again, err := ps.accountSheet(v, r, page)
		again.status = http.StatusUnprocessableEntity
		return again, err
	} else if err != nil {
		return sheet{}, err
	}
	secret, _, err := IssueToken(r.Context(), s.store, t, v.reader.Author())
	if err != nil {
		return sheet{}, err
	}
	page.made = &tokenPart{Secret: secret, Days: strconv.Itoa(indicators.TokenDays)}
	return ps.accountSheet(v, r, page)
}

// revokeToken ends one of the reader's own tokens.
func (ps *pages) revokeToken(v *view, r *http.Request) (sheet, error) {
	id, err := strconv.ParseInt(r.PostForm.Get("token"), 10, 32)
	if err != nil {
		return sheet{}, errors.Join(indicators.ErrInvalid, errors.New("the form names no token: send it again from its page"))
	}
	if err := ps.server.store.RevokeToken(r.Context(), int(id), v.reader.ID, v.reader.Author()); err != nil {
		return sheet{}, err
	}
	return sheet{goOn: v.href("account") + "?done=token"}, nil
}
