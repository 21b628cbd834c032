package web

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"jalon/indicators"
	"jalon/locale"
	"jalon/sql"
)

// snapshotRoutes lists the addresses of the monthly snapshots, beside their reports.
func (ps *pages) snapshotRoutes(mux register, l *locale.Language) {
	get, post := "GET /"+l.Code, "POST /"+l.Code
	mux.Handle(get+"/snapshots", ps.page(l, ps.showSnapshots))
	mux.Handle(get+"/snapshots/latest", ps.latestSnapshot(l))
	mux.Handle(post+"/desk/snapshots", ps.present(l, indicators.Publish, ps.takeSnapshot))
	mux.Handle(get+"/desk/snapshots/taking", ps.present(l, indicators.Publish, ps.takingPage))
	mux.Handle(post+"/desk/snapshots/taking", ps.present(l, indicators.Publish, ps.stopTaking))
	mux.Handle(get+"/desk/snapshots/{number}", ps.present(l, indicators.ReadWork, ps.snapshotDesk))
	mux.Handle(post+"/desk/snapshots/{number}", ps.present(l, indicators.ReadWork, ps.changeSnapshot))
}

// A snapshotsPage lists the monthly snapshots, newest first.
type snapshotsPage struct {
	Rows   []snapshotRow
	Latest string // where the newest is found, always
	Feed   string
	Staff  bool          // prepared ones are listed, too
	Take   *snapshotForm // nil for who takes none
	Plan   string        // when they are taken by themselves
}

// A snapshotRow is one of the list.
type snapshotRow struct {
	Number    string
	Month     figure
	Published figure
	Prepared  bool
	Reason    phrase // of a correction
	Report    string
	Bundle    string // proves what is published without a database
	Look      string // the pages as they were
	Desk      string // empty for the public
	SHA256    string
	Chain     string
}

func (ps *pages) showSnapshots(v *view, r *http.Request) (sheet, error) {
	all := ps.server.live.taken()
	page := snapshotsPage{Latest: v.href("snapshots", "latest"), Feed: "/" + v.l.Code + "/feed.atom", Staff: v.asOf == "" && v.reader.SeesPrepared()}
	if page.Staff {
		var err error
		if all, err = ps.server.store.Snapshots(r.Context()); err != nil {
			return sheet{}, err
		}
		page.Plan = v.plan()
		if v.reader.Has(indicators.Publish) {
			page.Take = v.snapshotForm(all)
		}
	}
	for n := range all {
		s := &all[n]
		if v.asOf != "" && !v.knows(s) {
			continue
		}
		page.Rows = append(page.Rows, v.snapshotRow(s, page.Staff))
	}
	return sheet{template: "snapshots", path: "snapshots", title: v.l.T("snapshots.title"), main: page}, nil
}

func (v *view) snapshotRow(s *indicators.Snapshot, staff bool) snapshotRow {
	row := snapshotRow{Number: s.Number, Month: v.monthOf(s), Reason: v.original(s.Reason), SHA256: s.SHA256, Chain: string(s.Chain), Report: v.reportOf(s)}
	if row.Prepared = !s.IsPublished(); !row.Prepared {
		row.Published, row.Look, row.Bundle = v.moment(*s.PublishedAt), v.lookOf(s), v.reportOf(s)+"/"+bundleFile
	}
	if staff {
		row.Desk = v.snapshotDeskHref(s.Number)
	}
	return row
}

// monthOf is the month that a snapshot judges.
func (v *view) monthOf(s *indicators.Snapshot) figure {
	return v.period(indicators.Monthly.Containing(s.Judged))
}

// reportOf is the permanent address of a snapshot.
func (v *view) reportOf(s *indicators.Snapshot) string {
	return "/" + v.l.Code + "/snapshots/" + url.PathEscape(s.Number)
}

// lookOf is the overview as a snapshot has it; from there, every page.
func (v *view) lookOf(s *indicators.Snapshot) string {
	return "/" + v.l.Code + "/?" + url.Values{"as-of": {ofSnapshot + s.Number}}.Encode()
}

func (v *view) snapshotDeskHref(number string) string {
	return "/" + v.l.Code + "/desk/snapshots/" + url.PathEscape(number)
}

// plan says when snapshots are taken by themselves.
func (v *view) plan() string {
	s := v.p.Schedule()
	switch {
	case s.Day == 0:
		return v.l.T("snapshots.plan.none")
	case s.Grace == 0:
		return v.l.T("snapshots.plan", v.l.Integer(s.Day))
	}
	return v.l.T("snapshots.plan.grace", v.l.Integer(s.Day), v.l.Integer(s.Grace))
}

// latestSnapshot leads to the newest published snapshot.
func (ps *pages) latestSnapshot(l *locale.Language) http.Handler {
	return ps.server.page(func(w http.ResponseWriter, r *http.Request) error {
		if _, err := query(r); err != nil {
			return err
		}
		all := ps.server.live.taken()
		if len(all) == 0 {
			return notFound("snapshot", sql.Latest)
		}
		w.Header().Set("Cache-Control", "no-cache")
		http.Redirect(w, r, (&view{l: l}).reportOf(&all[0]), http.StatusFound)
		return nil
	})
}

// ofSnapshot begins, in as-of, the number of a snapshot.
const ofSnapshot = "snapshot:"

// whenOf is what a published snapshot froze: a changeset, judged on the last day of a month.
func (l *Live) whenOf(number string) (indicators.When, error) {
	if _, _, err := indicators.ParseSnapshotNumber(number); err != nil {
		return indicators.When{}, err
	}
	all := l.taken()
	at := slices.IndexFunc(all, func(s indicators.Snapshot) bool { return s.Number == number })
	if at < 0 {
		return indicators.When{}, fmt.Errorf("%w: there is no published snapshot %s", indicators.ErrNotFound, number)
	}
	return indicators.When{Changeset: all[at].Changeset, Day: all[at].Judged}, nil
}

// frozenAs is the newest published snapshot of what a picture shows; nil: there is none.
func (l *Live) frozenAs(p *indicators.Picture) *indicators.Snapshot {
	for _, s := range l.taken() {
		if s.Changeset == p.Newest().Number && s.Judged == p.Day {
			return &s
		}
	}
	return nil
}

// snapshotNamed is the number in an as-of that names a snapshot.
func snapshotNamed(asOf string) (number string, named bool) {
	return strings.CutPrefix(asOf, ofSnapshot)
}
