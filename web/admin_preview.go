package web

import (
	"context"
	"html/template"
	"net/http"

	"jalon/exchange/table"
	"jalon/indicators"
)

// A previewPage is what a change would lead to, before it is written.
type previewPage struct {
	Action  string
	Crumbs  []link
	Title   template.HTML
	Name    phrase
	Drawn   int
	Sent    []shownCell // what was typed, carried on
	Remove  bool
	Changes []changedCell
	effects
	Doubts   []string
	Reason   string
	NoReason bool // it was to be saved without one
	Busy     bool // somebody else is writing
}

// A changedCell is a column before and after a change.
type changedCell struct {
	Label         string
	Before, After template.HTML
}

// Effects are what a change moves beyond the entry itself.
type effects struct {
	Moves      []movedRow
	MoreMoves  int // beyond those listed
	Turned     int // whose status becomes another one
	All        int
	Shifts     []shiftRow
	MoreShifts int
	Uses       []useRow
}

// A movedRow is an assessment before and after.
type movedRow struct {
	Indicator link
	Framework phrase // empty: the indicator's own target, or none
	Part      string // of the whole
	Before    *judged
	After     *judged
}

// A judged assessment in a few words; nil is none.
type judged struct {
	status
	Share  figure
	Target figure
	At     figure
	Stale  bool
	Method string // where it becomes another one
}

// A shiftRow is a score before and after.
type shiftRow struct {
	Kind          string
	Name          link
	Before, After figure // empty: none
}

// A useRow is how much refers to the entry.
type useRow struct {
	Words template.HTML
}

// listedMoves bounds the lists of what moves: more is counted.
const listedMoves = 60

// previewEntry draws what a change of an entry would lead to.
func (ps *pages) previewEntry(r *http.Request, v *view, e *entryForm, w weighing, page previewPage) (sheet, error) {
	before, _, err := table.Cells(e.table, w.before, e.key)
	if err != nil {
		return sheet{}, err
	}
	after, _, err := table.Cells(e.table, w.after, e.at)
	if err != nil {
		return sheet{}, err
	}
	for _, f := range e.fields {
		page.Sent = append(page.Sent, shownCell{Name: f.Name, Value: e.cells[f.Name]})
		if before[f.Name] != after[f.Name] {
			page.Changes = append(page.Changes, changedCell{v.columnName(e.table, f.Name), v.cell(e.table, f, before[f.Name]), v.cell(e.table, f, after[f.Name])})
		}
	}
	if page.effects, err = ps.effects(r.Context(), v, w); err != nil {
		return sheet{}, err
	}
	if e.key != "" {
		if page.Uses, err = ps.uses(r.Context(), v, e); err != nil {
			return sheet{}, err
		}
	}
	page.Title, page.Name = v.entryTitle(e), v.entryName(e.cells)
	page.Action, page.Drawn, page.Reason = v.entryHref(e.table, e.key), e.drawn, e.reason
	page.Crumbs = v.adminCrumbs(link{Href: v.href("admin", e.table), Name: v.tableName(e.table)})
	return v.preview(page, w, v.below(page.Action)), nil
}

func (v *view) preview(page previewPage, w weighing, path string) sheet {
	for _, d := range w.doubts {
		page.Doubts = append(page.Doubts, v.said(d.Message))
	}
	s := sheet{template: "adminpreview", path: path, title: v.l.T("admin.check"), main: page}
	if page.NoReason {
		s.status = http.StatusUnprocessableEntity
	}
	return s
}

// effects are what definitions move, on the day that the page shows.
func (ps *pages) effects(ctx context.Context, v *view, w weighing) (effects, error) {
	var figures map[indicators.SeriesKey][]indicators.Figure
	if lacking := v.p.Lacking(w.after); len(lacking) > 0 {
		var err error
		if figures, err = ps.server.store.Figures(ctx, v.p.Newest().Number, lacking); err != nil {
			return effects{}, err
		}
	}
	after := &view{p: v.p.Proposed(w.after, ps.server.cfg.Now(), figures).On(v.p.Day), l: v.l, reader: v.reader}
	var e effects
	moves := indicators.Moves(v.p, after.p)
	e.All = len(moves)
	for n, m := range moves {
		if m.Turns() {
			e.Turned++
		}
		if n < listedMoves {
			e.Moves = append(e.Moves, v.movedRow(m, after))
		}
	}
	e.MoreMoves = e.All - len(e.Moves)
	shifts := indicators.Shifts(v.p, after.p)
	for _, s := range shifts[:min(len(shifts), listedMoves)] {
		e.Shifts = append(e.Shifts, v.shiftRow(s, after))
	}
	e.MoreShifts = len(shifts) - len(e.Shifts)
	return e, nil
}

func (v *view) movedRow(m indicators.Move, after *view) movedRow {
	row := movedRow{Part: v.breakdown(m.Breakdown), Before: v.judged(m.Before), After: after.judged(m.After)}
	if b, a := m.Before, m.After; b != nil && a != nil && b.Method.Code != a.Method.Code {
		row.Before.Method, row.After.Method = v.l.T("method."+b.Method.Code+".name"), v.l.T("method."+a.Method.Code+".name")
	}
	for _, side := range []*view{after, v} { // what goes is named as it was
		if i := side.p.Indicator(m.Indicator); i != nil {
			row.Indicator = link{Href: v.href("indicators", i.Code), Code: i.Code, Name: side.phrase(i.Title)}
		}
		if f := side.p.Framework(string(m.Framework)); f != nil {
			row.Framework = side.phrase(f.Title)
		}
	}
	return row
}

func (v *view) judged(a *indicators.Assessment) *judged {
	if a == nil {
		return nil
	}
	j := &judged{status: v.status(a.Status), Share: v.share(a.Achievement), Stale: a.Stale}
	if a.Method.Score.Valid {
		j.Share = v.score(a.Method.Score)
	}
	if a.Target.IsSet() {
		j.Target, j.At = v.target(v.p.Indicator(a.Indicator), &a.Target), v.period(a.Target.Period)
	}
	return j
}

func (v *view) shiftRow(s indicators.Shift, after *view) shiftRow {
	row := shiftRow{Before: v.tally(s.Before).Score, After: after.tally(s.After).Score}
	for _, side := range []*view{after, v} {
		if g := side.p.Group(s.Group); g != nil {
			row.Kind, row.Name = v.l.T("shift.group"), side.linkGroup(g)
		}
		if f := side.p.Framework(s.Framework); f != nil {
			row.Kind, row.Name = v.l.T("shift.framework"), side.linkFramework(f)
		}
		if r := side.p.Result(s.Result); r != nil {
			row.Kind, row.Name = v.l.T("shift.result"), side.linkResult(r)
		}
	}
	return row
}

// uses count what refers to an entry: of other tables, figures, accounts.
func (ps *pages) uses(ctx context.Context, v *view, e *entryForm) ([]useRow, error) {
	var rows []useRow
	all, err := table.Uses(v.p.Definitions, e.table, e.key)
	if err != nil {
		return nil, err
	}
	for _, u := range all {
		rows = append(rows, useRow{plural(v.l, "uses."+u.Table, u.Entries)})
	}
	count, key := 0, "uses.figures"
	switch e.table {
	case "indicators":
		count, err = ps.server.store.FigureCount(ctx, e.key)
	case "groups", "organisations", "actions":
		key = "uses.accounts"
		count, err = ps.server.store.ScopeCount(ctx, e.table[:len(e.table)-1], e.key)
	}
	if count > 0 {
		rows = append(rows, useRow{plural(v.l, key, count)})
	}
	return rows, err
}
