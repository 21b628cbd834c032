package web

import (
	"cmp"
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"jalon/indicators"
	"jalon/sql"
)

// saveGrid writes what was changed in the grid, with comments and files, as drafts, in one
// changeset, and goes on to their submission if that was asked for. What cannot be written
// is told at its cell, and what was typed stays.
func (ps *pages) saveGrid(v *view, w http.ResponseWriter, r *http.Request) (sheet, error) {
	sent, err := v.readGrid(w, r)
	defer func() { sent.Close() }() // what has come is there, whatever went wrong with the rest
	seen, seenErr := strconv.Atoi(sent.fields.Get("seen"))
	a := gridAnswer{pages: ps, view: v, r: r, sent: sent, page: gridPage{Seen: max(0, seen)}}
	if isTooLarge(err) {
		a.page.Large = v.size(max(v.p.DocumentLimit(), gridFileBytes))
		return a.again(http.StatusRequestEntityTooLarge)
	} else if err != nil {
		return sheet{}, err
	}
	cells, err := v.typedCells(sent)
	if err != nil {
		return sheet{}, err
	}
	if seenErr != nil || seen < 0 {
		return sheet{}, errors.Join(indicators.ErrInvalid, errors.New("the form is incomplete: open its page again"))
	}
	if open := r.PostForm.Get("open"); open != "" { // to write beside the figures of a row
		a.page.open = open
		return a.again(http.StatusOK)
	}
	change, err := ps.changed(v, r, seen, cells)
	if err != nil {
		return sheet{}, err
	}
	faults, err := v.fileFaults(sent.faults)
	if err != nil {
		return sheet{}, err
	}
	if a.page.Wrong = slices.Concat(change.faults, faults); len(a.page.Wrong) > 0 {
		return a.again(http.StatusUnprocessableEntity)
	}
	report, err := ps.enter(v, r, seen, change.lines, change.files...)
	if err != nil {
		return a.refused(w, report, change, err)
	}
	if r.PostForm.Get("do") == "submit" {
		return ps.submitSaved(v, r, cells)
	}
	return sheet{goOn: "/" + v.l.Code + "/desk?done=" + change.done(report)}, nil
}

// A gridAnswer draws the grid again with what was typed, and tells why.
type gridAnswer struct {
	*pages
	*view
	r    *http.Request
	sent *upload
	page gridPage
}

func (a *gridAnswer) again(status int) (sheet, error) {
	typed := map[string]string{}
	for name, texts := range a.sent.fields {
		typed[name] = texts[0]
	}
	a.page.Reason = typed["reason"]
	for _, f := range a.sent.files {
		if strings.HasPrefix(f.field, fieldFile) {
			a.page.Lost = append(a.page.Lost, a.fault(f.field, a.l.Isolate(f.Name)))
		}
	}
	s, err := a.gridSheet(a.view, a.r, a.page, typed)
	s.status = status
	return s, err
}

// refused answers to what the store has not written.
func (a *gridAnswer) refused(w http.ResponseWriter, report *indicators.Report, change gridChange, err error) (sheet, error) {
	var overtaken *indicators.Overtaken
	var file *indicators.DocumentError
	switch {
	case errors.As(err, &overtaken):
		a.page.Seen = 0 // drawn anew: what is there now has been seen
		if a.page.Conflict, err = a.pages.conflict(a.view, a.r, overtaken); err != nil {
			return sheet{}, err
		}
		return a.again(http.StatusConflict)
	case errors.Is(err, indicators.ErrBusy):
		a.page.Busy = true
		w.Header().Set("Retry-After", "5")
		return a.again(http.StatusServiceUnavailable)
	case report != nil && report.Refused():
		a.page.Wrong = a.gridFaults(report.Problems, change.lines)
		return a.again(http.StatusUnprocessableEntity)
	case errors.As(err, &file):
		words, _ := a.fileFault(err)
		a.page.Wrong = []gridFault{a.fault(fieldFile+file.Figure.Indicator+":"+file.Figure.Period.String(), words)}
		return a.again(http.StatusUnprocessableEntity)
	}
	return sheet{}, err
}

// enter records figures as the reader's drafts, with files for them. Without any it does
// nothing.
func (ps *pages) enter(v *view, r *http.Request, seen int, lines []indicators.Line, files ...sql.Attachment) (*indicators.Report, error) {
	if len(lines)+len(files) == 0 {
		return nil, nil //nolint:nilnil // nothing to record makes no report
	}
	reason, err := typedText(r, "reason", maxReason)
	if err != nil {
		return nil, err
	}
	kind := indicators.Drafted
	if len(lines) == 0 {
		kind = indicators.Attached
	}
	return ps.server.store.Record(r.Context(), sql.Recording{
		Observations: []*indicators.Lines{stream(lines)}, Documents: files,
		Act: v.reader.By(kind, cmp.Or(reason, v.l.T("grid.reason"))), Seen: seen, Wait: ps.server.cfg.WriteWait,
	})
}

// stream gives lines as a file would that has all columns.
func stream(lines []indicators.Line) *indicators.Lines {
	return &indicators.Lines{
		File: "desk", Has: func(string) bool { return true },
		Each: func(yield func(*indicators.Line, error) bool) {
			for n := range lines {
				l := lines[n]
				l.At = func(string) indicators.Place { return indicators.Place{File: "desk", Line: l.Number, Column: 1} }
				if !yield(&l, nil) {
					return
				}
			}
		},
	}
}

// gridFaults tells the problems that the rules found at their cells.
func (v *view) gridFaults(problems []indicators.Problem, lines []indicators.Line) []gridFault {
	var all []gridFault
	for _, p := range problems {
		fault := gridFault{Words: v.l.T("grid.refused"), Detail: v.said(p.Message)}
		if p.Line >= 1 && p.Line <= len(lines) {
			o := &lines[p.Line-1].Observation
			fault.Cell, fault.Period = cellName(o.Indicator, o.Period), v.period(o.Period)
			if i := v.p.Indicator(o.Indicator); i != nil {
				fault.Indicator = v.phrase(i.Title)
			}
		}
		all = append(all, fault)
	}
	return all
}

// conflict shows the figures that others have changed, as they are now.
func (ps *pages) conflict(v *view, r *http.Request, o *indicators.Overtaken) ([]workRow, error) {
	names, err := ps.names(v, r)
	if err != nil {
		return nil, err
	}
	d := &desk{view: v, names: names}
	var rows []workRow
	for n := range o.Now {
		if v.p.Indicator(o.Now[n].Indicator) != nil {
			rows = append(rows, d.row(&o.Now[n]))
		}
	}
	return rows, nil
}

// submitSaved asks for confirmation to submit the drafts of a grid.
func (ps *pages) submitSaved(v *view, r *http.Request, cells []typedCell) (sheet, error) {
	shown := map[indicators.FigureKey]bool{}
	codes := []string{}
	for _, c := range cells {
		shown[indicators.FigureKey{Indicator: c.indicator.Code, Period: c.period}] = true
		codes = append(codes, c.indicator.Code)
	}
	work, _, err := ps.server.store.Work(r.Context(), indicators.NewCodes(codes))
	if err != nil {
		return sheet{}, err
	}
	var figures []sql.Seen
	for n := range work {
		if work[n].Review == indicators.Draft && shown[work[n].Key()] {
			figures = append(figures, sql.Seen{FigureKey: work[n].Key(), Since: work[n].Since})
		}
	}
	if len(figures) == 0 {
		return sheet{goOn: "/" + v.l.Code + "/desk?done=nothing"}, nil
	}
	return ps.reviewSheet(v, r, reviewPage{Kind: indicators.Submitting}, figures)
}
