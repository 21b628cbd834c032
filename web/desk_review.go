package web

import (
	"errors"
	"net/http"
	"net/url"

	"jalon/indicators"
	"jalon/sql"
)

// A reviewPage asks for confirmation of a step: what it is taken with, and what it moves.
type reviewPage struct {
	Action   string
	Back     string
	Kind     indicators.Kind
	Title    string
	Words    string
	Rows     []workRow
	Moves    []moveRow
	Quiet    bool // nothing moves
	Ask      bool // a reason is required
	Reason   string
	Wrong    string
	Conflict []workRow // figures that others have changed, as they are now
	Busy     bool
	Sure     string // the word on the button

	Doubts      []findingRow // severe findings that keep the figures from being published
	DoubtReason string       // for which they are accepted
}

// A moveRow is an assessment that a step moves.
type moveRow struct {
	Indicator     link
	Part          string
	Framework     phrase
	Before, After moveEnd
}

// A moveEnd is an assessment before or after.
type moveEnd struct {
	Status *status
	Value  figure
	Share  figure
}

// review shows what a step is about to do with the figures ticked, or, once confirmed, does
// it.
func (ps *pages) review(v *view, w http.ResponseWriter, r *http.Request) (sheet, error) {
	step, err := indicators.StepOf(indicators.Kind(r.PostForm.Get("do")))
	if err != nil {
		return sheet{}, err
	}
	figures, err := ps.ticked(v, r, step)
	if err != nil {
		return sheet{}, err
	}
	if len(figures) == 0 {
		return sheet{goOn: "/" + v.l.Code + "/desk?done=nothing"}, nil
	}
	page := reviewPage{Kind: step.Kind, Ask: step.Reason}
	if page.Reason, err = typedText(r, "reason", maxReason); err != nil {
		return sheet{}, err
	}
	if page.DoubtReason, err = typedText(r, "accept", maxReason); err != nil {
		return sheet{}, err
	}
	if r.PostForm.Get("sure") == "" {
		return ps.reviewSheet(v, r, page, figures)
	}
	if step.Reason && page.Reason == "" {
		page.Wrong = v.l.T("review.reason_required")
		again, err := ps.reviewSheet(v, r, page, figures)
		again.status = http.StatusUnprocessableEntity
		return again, err
	}
	if err = ps.acceptDoubts(v, r, step, figures, page.DoubtReason); err == nil {
		err = ps.take(v, r, step, figures, page.Reason)
	}
	switch {
	case err == nil:
		return sheet{goOn: "/" + v.l.Code + "/desk?" + url.Values{"done": {string(step.Kind)}}.Encode()}, nil
	case errors.Is(err, indicators.ErrBusy):
		w.Header().Set("Retry-After", "5")
		page.Busy = true
		again, err := ps.reviewSheet(v, r, page, figures)
		again.status = http.StatusServiceUnavailable
		return again, err
	case errors.As(err, new(*indicators.Doubted)):
		page.Wrong = v.l.T("quality.stops_required")
		again, err := ps.reviewSheet(v, r, page, figures)
		again.status = http.StatusUnprocessableEntity
		return again, err
	}
	var overtaken *indicators.Overtaken
	if errors.As(err, &overtaken) {
		return ps.overtakenSheet(v, r, page, figures, overtaken)
	}
	return sheet{}, err
}

// ticked are the figures that a form names, or every one with which the reader may take the
// step.
func (ps *pages) ticked(v *view, r *http.Request, step indicators.Step) ([]sql.Seen, error) {
	var figures []sql.Seen
	if r.PostForm.Get("every") != "" {
		d, err := ps.desk(v, r, nil)
		if err != nil {
			return nil, err
		}
		for n := range d.work {
			if w := &d.work[n]; v.may(step.Kind, w) == nil {
				figures = append(figures, sql.Seen{FigureKey: w.Key(), Since: w.Since})
			}
		}
		return figures, nil
	}
	for _, text := range r.PostForm["figure"] {
		seen, err := parseFigureKey(text)
		if err != nil {
			return nil, err
		}
		figures = append(figures, seen)
	}
	return figures, nil
}

// take takes the step. Rights are asked again under the lock, of the figures as they are.
func (ps *pages) take(v *view, r *http.Request, step indicators.Step, figures []sql.Seen, reason string) error {
	for _, f := range figures {
		if i := v.p.Indicator(f.Indicator); i == nil {
			return notFound("indicator", f.Indicator)
		}
	}
	_, err := ps.server.store.Step(r.Context(), sql.Stepping{
		Act: v.reader.By(step.Kind, reason), Step: step, Figures: figures, Day: v.p.Day, Wait: ps.server.cfg.WriteWait,
		May: func(w *indicators.Work) error {
			i := v.p.Indicator(w.Indicator)
			if i == nil {
				return notFound("indicator", w.Indicator)
			}
			return v.reader.MayStep(step, w, v.p.SubjectOf(i), v.p.FourEyes())
		},
	})
	return err
}

// reviewSheet draws the page of confirmation.
func (ps *pages) reviewSheet(v *view, r *http.Request, page reviewPage, figures []sql.Seen) (sheet, error) {
	at := "/" + v.l.Code + "/desk"
	page.Action, page.Back = at+"/review", at
	page.Title, page.Words = v.l.T("step."+string(page.Kind)+".title"), v.l.T("step."+string(page.Kind)+".words")
	page.Sure = v.l.T("step." + string(page.Kind) + ".sure")
	chosen, d, err := ps.chosen(v, r, page.Kind, figures)
	if err != nil {
		return sheet{}, err
	}
	d.work = chosen
	page.Rows = d.rows(func(*indicators.Work) bool { return true })
	if page.Kind != indicators.Discarded && page.Kind != indicators.Returned {
		page.Moves = v.moves(chosen, page.Kind == indicators.Withdrawn)
		page.Quiet = len(page.Moves) == 0
	}
	if page.Kind == indicators.Publishing {
		if page.Doubts, err = ps.doubts(v, r, chosen); err != nil {
			return sheet{}, err
		}
	}
	return sheet{template: "review", path: "desk/review", title: page.Title, main: page}, nil
}

// overtakenSheet tells of figures that others have changed: as they were chosen, and as
// they are.
func (ps *pages) overtakenSheet(v *view, r *http.Request, page reviewPage, figures []sql.Seen, o *indicators.Overtaken) (sheet, error) {
	names, err := ps.names(v, r)
	if err != nil {
		return sheet{}, err
	}
	d := &desk{view: v, names: names}
	gone := map[indicators.FigureKey]bool{}
	for n := range o.Now {
		gone[o.Now[n].Key()] = true
		if i := v.p.Indicator(o.Now[n].Indicator); i != nil && v.reader.Sees(o.Now[n].Review, v.p.SubjectOf(i), v.p.DonorsSee()) {
			page.Conflict = append(page.Conflict, d.row(&o.Now[n]))
		}
	}
	var rest []sql.Seen
	for _, f := range figures {
		if !gone[f.FigureKey] {
			rest = append(rest, f)
		}
	}
	again, err := ps.reviewSheet(v, r, page, rest)
	again.status = http.StatusConflict
	return again, err
}

// moves are the assessments that a publication of the figures, or their withdrawal, moves.
func (v *view) moves(chosen []indicators.Work, withdrawn bool) []moveRow {
	figures := make([]indicators.Observation, len(chosen))
	for n := range chosen {
		figures[n] = chosen[n].Observation
		if withdrawn {
			figures[n].Value, figures[n].Status = indicators.Decimal{}, "A"
		}
	}
	after := v.p.Proposing(figures).On(v.p.Day)
	var rows []moveRow
	for _, m := range indicators.Moves(v.p, after) {
		i := v.p.Indicator(m.Indicator)
		if i == nil {
			continue
		}
		row := moveRow{Indicator: v.linkIndicator(i), Part: v.breakdown(m.Breakdown), Before: v.moveEnd(i, m.Before), After: v.moveEnd(i, m.After)}
		if f := v.p.Framework(string(m.Framework)); f != nil {
			row.Framework = v.phrase(f.Title)
		}
		rows = append(rows, row)
	}
	return rows
}

func (v *view) moveEnd(i *indicators.Indicator, a *indicators.Assessment) moveEnd {
	if a == nil {
		return moveEnd{}
	}
	s := v.status(a.Status)
	return moveEnd{&s, v.optional(i, a.Latest.Value), v.share(a.Achievement)}
}
