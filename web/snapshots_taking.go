package web

import (
	"context"
	"errors"
	"net/http"
	"strconv"

	"jalon/indicators"
	"jalon/sql"
)

// monthsToTake is how many full months the form offers.
const monthsToTake = 12

// A snapshotForm asks for a snapshot.
type snapshotForm struct {
	Action string
	Months []option
	Reason string
	Wrong  string
}

// A takingPage shows how far a snapshot is that is being taken.
type takingPage struct {
	Month  figure
	Lines  figure
	About  figure // how many lines there will be, if that is known
	Value  int
	Most   int // 0: nobody knows
	Stop   string
	Back   string
	Failed string
}

func (v *view) snapshotForm(all []indicators.Snapshot) *snapshotForm {
	f := &snapshotForm{Action: "/" + v.l.Code + "/desk/snapshots"}
	month := indicators.LastFullMonth(v.p.Day)
	for range monthsToTake {
		word := string(v.period(month))
		switch of := snapshotOfMonth(all, month); {
		case of == nil:
		case of.IsPublished():
			word = v.l.T("snapshots.month.published", word)
		default:
			word = v.l.T("snapshots.month.prepared", word)
		}
		f.Months = append(f.Months, option{Value: month.String(), Word: word})
		month = month.Back(1)
	}
	return f
}

// snapshotOfMonth is the newest snapshot of a month; nil: there is none.
func snapshotOfMonth(all []indicators.Snapshot, month indicators.Period) *indicators.Snapshot {
	for n := range all {
		if indicators.Monthly.Containing(all[n].Judged) == month {
			return &all[n]
		}
	}
	return nil
}

// takeSnapshot begins to take a snapshot, and leads to the page that shows how far it is.
func (ps *pages) takeSnapshot(v *view, _ http.ResponseWriter, r *http.Request) (sheet, error) {
	all, err := ps.server.store.Snapshots(r.Context())
	if err != nil {
		return sheet{}, err
	}
	reason, err := typedText(r, "reason", maxReason)
	if err != nil {
		return sheet{}, err
	}
	refused := func(word string, status int) (sheet, error) {
		again, err := ps.showSnapshots(v, r)
		if page, is := again.main.(snapshotsPage); is {
			page.Take.Wrong, page.Take.Reason = v.l.T(word), reason
			page.Take.Months = choose(page.Take.Months, []string{r.PostForm.Get("month")})
			again.main = page
		}
		again.status = status
		return again, err
	}
	month, revision, err := indicators.ParseSnapshotNumber(r.PostForm.Get("month"))
	if err != nil || revision != 0 || month.End() >= v.p.Day {
		return refused("snapshots.wrong.month", http.StatusUnprocessableEntity)
	}
	before := snapshotOfMonth(all, month)
	switch {
	case before == nil, before.Number == month.String() && !before.IsPublished():
		reason = "" // nothing is corrected
	case before.IsPublished() && reason == "":
		return refused("snapshots.wrong.reason", http.StatusUnprocessableEntity)
	}
	t := &taking{Month: month, Reason: indicators.Optional(reason), By: v.reader.Author(), Begun: ps.server.cfg.Now()}
	what := sql.Taking{Month: month, By: t.By, Role: v.reader.Role, Reason: t.Reason}
	if err := ps.server.takings.begin(ps.server.store, what, t); errors.Is(err, errTaking) {
		return refused("snapshots.wrong.taking", http.StatusConflict)
	} else if err != nil {
		return sheet{}, err
	}
	return sheet{goOn: "/" + v.l.Code + "/desk/snapshots/taking"}, nil
}

// takingPage shows how far it is, and again a second later, until it is there: then it leads
// on. Without scripts, by a header that browsers know.
func (ps *pages) takingPage(v *view, w http.ResponseWriter, _ *http.Request) (sheet, error) {
	t := ps.server.takings.last()
	back := "/" + v.l.Code + "/snapshots"
	if t == nil {
		return sheet{goOn: back}, nil
	}
	page := takingPage{Month: v.period(t.Month), Back: back}
	s := sheet{template: "taking", path: "desk/snapshots/taking", title: v.l.T("snapshots.taking"), unlisted: true}
	switch {
	case !t.isOver():
		w.Header().Set("Refresh", "1")
		page.Stop = "/" + v.l.Code + "/desk/snapshots/taking"
		page.Value = int(t.lines.Load())
		page.Lines = figure(v.l.Integer(page.Value))
		if about := int(t.about.Load()); about > 0 {
			page.Most, page.About = max(about, page.Value), figure(v.l.Integer(about))
		}
	case t.err == nil:
		return sheet{goOn: v.snapshotDeskHref(t.snap.Number) + "?done=freeze"}, nil
	default:
		page.Failed = v.l.T(failedWord(t.err))
		ps.server.cfg.Log.Warn("a snapshot could not be taken", "month", t.Month, "err", t.err)
	}
	s.main = page
	return s, nil
}

// failedWord says why there is no snapshot.
func failedWord(err error) string {
	switch {
	case errors.Is(err, context.Canceled):
		return "snapshots.stopped"
	case errors.Is(err, indicators.ErrConflict):
		return "snapshots.wrong.taking"
	}
	return "snapshots.failed"
}

// stopTaking stops what is being taken. It leaves no trace.
func (ps *pages) stopTaking(v *view, _ http.ResponseWriter, r *http.Request) (sheet, error) {
	if t := ps.server.takings.last(); t != nil {
		t.cancel()
		select {
		case <-t.over:
		case <-r.Context().Done():
		}
	}
	return sheet{goOn: "/" + v.l.Code + "/desk/snapshots/taking"}, nil
}

func (p takingPage) above(v *view) []link { return []link{v.crumb("snapshots", "snapshots.title")} }

// shareDone is what a progress bar says to those who do not see it.
func (p takingPage) ShareDone() string {
	if p.Most == 0 {
		return ""
	}
	return strconv.Itoa(100*p.Value/p.Most) + "%"
}
