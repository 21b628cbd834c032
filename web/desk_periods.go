package web

import (
	"errors"
	"net/http"

	"jalon/indicators"
)

// A periodsPage lists locked periods, and locks and unlocks them.
type periodsPage struct {
	Desk   string
	Action string
	Locks  []lockRow
	Period string // as it was typed
	Reason string
	Wrong  string
	Done   string
}

// A lockRow is a locked period.
type lockRow struct {
	Period figure
	Code   string
	When   figure
	By     string
	Reason phrase
}

func (ps *pages) periods(v *view, _ http.ResponseWriter, r *http.Request) (sheet, error) {
	return ps.periodsSheet(v, r, periodsPage{Done: v.done(r, "lock", "unlock")})
}

func (ps *pages) periodsSheet(v *view, r *http.Request, page periodsPage) (sheet, error) {
	locks, err := ps.server.store.Locks(r.Context(), 0)
	if err != nil {
		return sheet{}, err
	}
	names, err := ps.names(v, r)
	if err != nil {
		return sheet{}, err
	}
	d := &desk{view: v, names: names}
	for _, l := range locks {
		page.Locks = append(page.Locks, lockRow{v.period(l.Period), l.Period.String(), v.moment(l.At), d.who(l.Author, l.Role), v.original(indicators.Optional(l.Reason))})
	}
	page.Desk, page.Action = "/"+v.l.Code+"/desk", "/"+v.l.Code+"/desk/periods"
	return sheet{template: "periods", path: "desk/periods", title: v.l.T("periods.title"), main: page}, nil
}

// changePeriods locks or unlocks a period.
func (ps *pages) changePeriods(v *view, w http.ResponseWriter, r *http.Request) (sheet, error) {
	page := periodsPage{}
	for name, into := range map[string]*string{"period": &page.Period, "reason": &page.Reason} {
		var err error
		if *into, err = typedText(r, name, maxReason); err != nil {
			return sheet{}, err
		}
	}
	again := func(word string, status int) (sheet, error) {
		page.Wrong = word
		s, err := ps.periodsSheet(v, r, page)
		s.status = status
		return s, err
	}
	period, err := indicators.ParsePeriod(page.Period)
	switch {
	case err != nil:
		return again(v.l.T("periods.wrong"), http.StatusUnprocessableEntity)
	case page.Reason == "":
		return again(v.l.T("review.reason_required"), http.StatusUnprocessableEntity)
	}
	kind, change := indicators.Locked, ps.server.store.Lock
	if r.PostForm.Get("do") == "unlock" {
		kind, change = indicators.Unlocked, ps.server.store.Unlock
	}
	_, err = change(r.Context(), v.reader.By(kind, page.Reason), period, ps.server.cfg.WriteWait)
	switch {
	case errors.Is(err, indicators.ErrConflict):
		return again(v.l.T("periods.conflict"), http.StatusConflict)
	case errors.Is(err, indicators.ErrBusy):
		w.Header().Set("Retry-After", "5")
		return again(v.l.T("review.busy"), http.StatusServiceUnavailable)
	case err != nil:
		return sheet{}, err
	}
	return sheet{goOn: page.actionDone(v, kind)}, nil
}

func (page *periodsPage) actionDone(v *view, kind indicators.Kind) string {
	return "/" + v.l.Code + "/desk/periods?done=" + string(kind)
}
