package web

import (
	"errors"
	"net/http"
	"strings"

	"jalon/indicators"
)

// maxReason is how many characters a reason may have.
const maxReason = 2000

// A qualityForm is what was sent, with what was wrong about it.
type qualityForm struct {
	mark, do, reason, wrong string
}

// A judging is the form by which one finding is accepted, or that is taken back.
type judging struct {
	Action    string
	MaxReason int
	Do        string // accept or take_back
	Row       findingRow
}

// showQuality shows the quality desk.
func (ps *pages) showQuality(v *view, r *http.Request) (sheet, error) {
	return ps.qualitySheet(v, r, qualityForm{})
}

// qualitySheet draws the desk; a form that was refused is there again as it was filled.
func (ps *pages) qualitySheet(v *view, r *http.Request, form qualityForm) (sheet, error) {
	findings, accepted, err := ps.server.findings(r.Context(), v)
	if err != nil {
		return sheet{}, err
	}
	params := r.URL.Query()
	page, err := v.quality(findings, accepted, params, v.reader.May(indicators.ReadWork, indicators.Subject{}))
	if err != nil {
		return sheet{}, err
	}
	if v.reader.Has(indicators.Accept) && v.asOf == "" {
		page.Action = v.filteredHref(params.Get("group"), params.Get("severity"), params.Get("rule"))
	}
	if v.reader != nil {
		page.Done = v.done(r, "accept", "take_back")
	}
	page.refill(form)
	return sheet{template: "quality", path: "quality", title: v.l.T("quality.title"), main: page}, nil
}

// refill puts a form that was refused back into the row that it came from.
func (page *qualityPage) refill(form qualityForm) {
	if form.wrong == "" {
		return
	}
	rows := page.Findings
	if form.do == "take_back" {
		rows = page.Accepted
	}
	for n := range rows {
		if rows[n].Mark == form.mark {
			rows[n].Open, rows[n].Typed, rows[n].Wrong = true, form.reason, form.wrong
			return
		}
	}
	page.Wrong = form.wrong
}

// judgeFinding accepts a finding, or takes that back, for a reason. It is about the
// newest state: who looks back at an earlier one cannot change what was known.
func (ps *pages) judgeFinding(v *view, w http.ResponseWriter, r *http.Request) (sheet, error) {
	form := qualityForm{mark: r.PostForm.Get("mark"), do: r.PostForm.Get("do"), reason: strings.TrimSpace(r.PostForm.Get("reason"))}
	status, err := ps.judge(v, r, &form)
	switch {
	case err != nil:
		return sheet{}, err
	case form.wrong != "":
		again, err := ps.qualitySheet(v, r, form)
		again.status = status
		if status == http.StatusServiceUnavailable {
			w.Header().Set("Retry-After", "5")
		}
		return again, err
	}
	params := r.URL.Query()
	next := v.filteredHref(params.Get("group"), params.Get("severity"), params.Get("rule"))
	separator := "?"
	if strings.Contains(next, "?") {
		separator = "&"
	}
	return sheet{goOn: next + separator + "done=" + form.do}, nil
}

// judge does what a form asks for, or says in its wrong what keeps it from being done.
func (ps *pages) judge(v *view, r *http.Request, form *qualityForm) (status int, err error) {
	refused := func(status int, key string, args ...any) (int, error) {
		form.wrong = v.l.T("quality.wrong."+key, args...)
		return status, nil
	}
	switch length := len([]rune(form.reason)); {
	case form.do != "accept" && form.do != "take_back":
		return 0, errors.Join(indicators.ErrInvalid, errors.New("the form asks for nothing that there is"))
	case form.reason == "":
		return refused(http.StatusUnprocessableEntity, "reason")
	case length > maxReason:
		return refused(http.StatusUnprocessableEntity, "long", v.l.Integer(maxReason))
	}
	act := v.reader.By(indicators.Accepted, form.reason)
	if form.do == "take_back" {
		_, err = ps.server.store.TakeBackAcceptances(r.Context(), act, ps.server.cfg.WriteWait, form.mark)
	} else {
		err = ps.accept(v, r, act, form.mark)
	}
	switch {
	case errors.Is(err, indicators.ErrConflict):
		return refused(http.StatusConflict, "overtaken")
	case errors.Is(err, indicators.ErrBusy):
		return refused(http.StatusServiceUnavailable, "busy")
	case err != nil:
		return 0, err
	}
	return 0, ps.server.live.Refresh(r.Context()) // the page that follows shows it
}

// accept lets one finding of the newest state stand. One that is no more is a conflict:
// its figures have become others.
func (ps *pages) accept(v *view, r *http.Request, act indicators.Act, mark string) error {
	p, err := ps.server.picture(r.Context(), "")
	if err != nil {
		return err
	}
	findings, _, err := ps.server.findings(r.Context(), &view{p: p, l: v.l})
	if err != nil {
		return err
	}
	for _, f := range findings {
		if f.Mark == mark {
			_, err := ps.server.store.AcceptFindings(r.Context(), act, ps.server.cfg.WriteWait, f)
			return err
		}
	}
	return indicators.ErrConflict
}
