package web

import (
	"cmp"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"jalon/indicators"
	"jalon/sql"
)

// A typedCell is a cell of the grid as it came back.
type typedCell struct {
	name      string
	indicator *indicators.Indicator
	period    indicators.Period
	text      string
}

// saveGrid writes what was changed in the grid as drafts, in one changeset, and goes on to
// their submission if that was asked for. What cannot be written is told at its cell, and
// what was typed stays.
func (ps *pages) saveGrid(v *view, w http.ResponseWriter, r *http.Request) (sheet, error) {
	cells, err := v.typedCells(r)
	if err != nil {
		return sheet{}, err
	}
	seen, err := strconv.Atoi(r.PostForm.Get("seen"))
	if err != nil || seen < 0 {
		return sheet{}, errors.Join(indicators.ErrInvalid, errors.New("the form is incomplete: open its page again"))
	}
	page, typed := gridPage{Seen: seen}, map[string]string{}
	for _, c := range cells {
		typed[c.name] = c.text
	}
	again := func(status int) (sheet, error) {
		s, err := ps.gridSheet(v, r, page, typed)
		s.status = status
		return s, err
	}
	lines, faults, err := ps.changed(v, r, seen, cells)
	if err != nil {
		return sheet{}, err
	}
	if page.Wrong = faults; len(faults) > 0 {
		return again(http.StatusUnprocessableEntity)
	}
	report, err := ps.enter(v, r, seen, lines)
	var overtaken *indicators.Overtaken
	switch {
	case errors.As(err, &overtaken):
		page.Seen = 0 // drawn anew: what is there now has been seen
		if page.Conflict, err = ps.conflict(v, r, overtaken); err != nil {
			return sheet{}, err
		}
		return again(http.StatusConflict)
	case errors.Is(err, indicators.ErrBusy):
		page.Busy = true
		w.Header().Set("Retry-After", "5")
		return again(http.StatusServiceUnavailable)
	case report != nil && report.Refused():
		page.Wrong = v.gridFaults(report.Problems, lines)
		return again(http.StatusUnprocessableEntity)
	case err != nil:
		return sheet{}, err
	}
	if r.PostForm.Get("do") == "submit" {
		return ps.submitSaved(v, r, cells)
	}
	done := "draft"
	if report == nil || report.Unchanged {
		done = "nothing"
	}
	return sheet{goOn: "/" + v.l.Code + "/desk?done=" + done}, nil
}

// typedCells reads the cells, and refuses those of indicators that are not the reader's.
func (v *view) typedCells(r *http.Request) ([]typedCell, error) {
	var cells []typedCell
	for name, texts := range r.PostForm {
		code, period, found := strings.Cut(strings.TrimPrefix(name, "v:"), ":")
		if !strings.HasPrefix(name, "v:") || !found || len(texts) != 1 {
			continue
		}
		i := v.p.Indicator(code)
		p, err := indicators.ParsePeriod(period)
		if i == nil || err != nil {
			return nil, notFound("figure", strings.TrimPrefix(name, "v:"))
		}
		if !v.reader.May(indicators.Propose, v.p.SubjectOf(i)) {
			return nil, fmt.Errorf("%w: figures of %s", indicators.ErrRight, code)
		}
		cells = append(cells, typedCell{name, i, p, strings.TrimSpace(texts[0])})
	}
	slices.SortFunc(cells, func(a, b typedCell) int {
		return cmp.Or(indicators.CompareCodes(a.indicator.Code, b.indicator.Code), cmp.Compare(a.period, b.period))
	})
	return cells, nil
}

// changed finds the cells in which another figure stands than when the form was drawn.
func (ps *pages) changed(v *view, r *http.Request, seen int, cells []typedCell) (lines []indicators.Line, faults []gridFault, err error) {
	codes, periods := []string{}, []indicators.Period{}
	for _, c := range cells {
		codes, periods = append(codes, c.indicator.Code), append(periods, c.period)
	}
	slices.Sort(periods)
	standing, err := ps.server.store.Standing(r.Context(), seen, indicators.NewCodes(codes), slices.Compact(periods))
	if err != nil {
		return nil, nil, err
	}
	base := map[indicators.FigureKey]*indicators.Observation{}
	for n := range standing {
		o := &standing[n]
		if have := base[o.Key()]; have == nil || have.Review == indicators.Published { // a proposal is before what is published
			base[o.Key()] = o
		}
	}
	for _, c := range cells {
		line, word := v.line(c, base[indicators.FigureKey{Indicator: c.indicator.Code, Period: c.period}])
		switch {
		case word != "":
			faults = append(faults, gridFault{Cell: c.name, Indicator: v.phrase(c.indicator.Title), Period: v.period(c.period), Words: word})
		case line != nil:
			line.Number = len(lines) + 1
			lines = append(lines, *line)
		}
	}
	return lines, faults, nil
}

// line is the change that a cell asks for, nil where it asks for none, or a word on what is
// wrong with it.
func (v *view) line(c typedCell, base *indicators.Observation) (*indicators.Line, string) {
	before := ""
	o := indicators.Observation{Indicator: c.indicator.Code}
	if base != nil {
		before, o = v.input(&base.Figure), *base
	}
	if c.text == before {
		return nil, ""
	}
	line := &indicators.Line{At: func(string) indicators.Place { return indicators.Place{} }}
	o.Period, o.Review = c.period, indicators.Draft
	switch {
	case c.text == "" && base.Review == indicators.Published:
		return nil, v.l.T("grid.emptied")
	case c.text == "":
		line.Remove, line.Observation = true, o
		return line, ""
	case indicators.WithoutValue(strings.ToUpper(c.text)):
		o.Status, o.Value = strings.ToUpper(c.text), indicators.Decimal{}
	default:
		value, err := typedNumber(c.text)
		if err != nil {
			return nil, v.l.T("grid.not_number", c.text)
		}
		if base != nil && base.Value.Equal(value) && !indicators.WithoutValue(base.Status) {
			return nil, ""
		}
		if word := v.outside(c.indicator, value); word != "" {
			return nil, word
		}
		o.Value = value
		if o.Status == "" || indicators.WithoutValue(o.Status) {
			o.Status = "A"
		}
	}
	o.Numerator, o.Denominator = indicators.Decimal{}, indicators.Decimal{}
	line.Observation = o
	return line, ""
}

// enter records figures as the reader's drafts. Without any it does nothing.
func (ps *pages) enter(v *view, r *http.Request, seen int, lines []indicators.Line) (*indicators.Report, error) {
	if len(lines) == 0 {
		return nil, nil //nolint:nilnil // nothing to record makes no report
	}
	reason, err := typedText(r, "reason", maxReason)
	if err != nil {
		return nil, err
	}
	reason = cmp.Or(reason, v.l.T("grid.reason"))
	return ps.server.store.Record(r.Context(), sql.Recording{
		Observations: []*indicators.Lines{stream(lines)}, Act: v.reader.By(indicators.Drafted, reason), Seen: seen, Wait: ps.server.cfg.WriteWait,
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
