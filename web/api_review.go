package web

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"jalon/indicators"
	"jalon/sql"
)

// A review is a step that a program takes with figures.
type review struct {
	Step    string                       `json:"step"`
	Reason  string                       `json:"reason"`
	Figures []map[string]json.RawMessage `json:"figures"`
}

// stepObservations handles POST /api/v1/review: a step with figures, each named with the
// version that whoever writes has seen; all of them as one changeset, or none.
func (s *Server) stepObservations(g *writing) (*indicators.Report, error) {
	asked, step, err := reviewOf(g.body)
	if err != nil {
		return nil, err
	}
	figures, err := seenFigures(asked.Figures)
	if err != nil {
		return nil, err
	}
	if err := g.mayReview(figures); err != nil {
		return nil, err
	}
	t := sql.Stepping{
		Act: g.account.By(step.Kind, asked.Reason), Step: step, Figures: figures, Day: g.Day, Wait: s.cfg.WriteWait, Once: g.once,
		May: func(w *indicators.Work) error {
			return g.account.MayStep(step, w, g.subject(w.Indicator), g.FourEyes())
		},
	}
	changeset, err := s.store.Step(g.r.Context(), t)
	var overtaken *indicators.Overtaken
	var doubted *indicators.Doubted
	switch {
	case errors.As(err, &overtaken):
		return nil, overtakenFigures(figures, overtaken)
	case errors.As(err, &doubted):
		return nil, doubtedItems(keys(figures), doubted)
	case err != nil:
		return nil, err
	}
	return t.Report(changeset), nil
}

// reviewOf reads the step and finds it.
func reviewOf(body []byte) (asked review, step indicators.Step, err error) {
	const form = `send {"step": "submit", "reason": null, "figures": [{"indicator": …, "period": …, "breakdown": null, "changeset": …}]}`
	var fields map[string]json.RawMessage
	if json.Unmarshal(body, &fields) != nil || json.Unmarshal(body, &asked) != nil {
		return asked, step, fmt.Errorf("%w: %s", indicators.ErrInvalid, form)
	}
	for name := range fields {
		if !slices.Contains([]string{"step", "reason", "figures"}, name) {
			return asked, step, fmt.Errorf("%w: there is no field %q: %s", indicators.ErrInvalid, name, form)
		}
	}
	if asked.Reason, err = textParameter(asked.Reason); err != nil {
		return asked, step, err
	}
	switch {
	case len(asked.Figures) == 0:
		return asked, step, fmt.Errorf("%w: the figures are missing: %s", indicators.ErrInvalid, form)
	case len(asked.Figures) > maxItems:
		return asked, step, fmt.Errorf("%w: %d figures are too many at once: send at most %d", indicators.ErrInvalid, len(asked.Figures), maxItems)
	}
	step, err = indicators.StepOf(indicators.Kind(asked.Step))
	return asked, step, err
}

// seenFigures reads the figures that a step is taken with.
func seenFigures(items []map[string]json.RawMessage) ([]sql.Seen, error) {
	wrong := &itemErrors{kind: indicators.ErrInvalid}
	figures := make([]sql.Seen, len(items))
	first := map[indicators.FigureKey]int{}
	for n, item := range items {
		var o indicators.Observation
		for _, name := range sortedFields(item) {
			var err error
			field := name
			switch name {
			case "indicator", "period", "breakdown":
				if string(item[name]) != "null" {
					field, err = setField(&o, name, item[name])
				}
			case "changeset":
				if json.Unmarshal(item[name], &o.Since) != nil {
					err = errors.New("write the number of the changeset that brought the version you have read")
				}
			default:
				err = errors.New("there is no such field: leave it out")
			}
			if err != nil {
				wrong.add(n, field, err.Error())
			}
		}
		if o.Indicator == "" || o.Period == 0 || o.Since < 1 {
			wrong.add(n, "", "indicator, period and changeset are required")
		}
		if before, given := first[o.Key()]; given {
			wrong.add(n, "", fmt.Sprintf("this figure is given twice, first as item %d: keep one of the two", before))
		}
		first[o.Key()] = n
		figures[n] = sql.Seen{FigureKey: o.Key(), Since: o.Since}
	}
	return figures, wrong.orNil()
}

// subject is what the figures of an indicator are about; of one that there is no more,
// nothing.
func (g *writing) subject(indicator string) indicators.Subject {
	if i := g.Indicator(indicator); i != nil {
		return g.SubjectOf(i)
	}
	return indicators.Subject{}
}

// mayReview refuses figures that the account has nothing to do with, before it is told how
// they stand.
func (g *writing) mayReview(figures []sql.Seen) error {
	for n, f := range figures {
		of := g.subject(f.Indicator)
		if !g.account.May(indicators.Propose, of) && !g.account.May(indicators.Verify, of) && !g.account.May(indicators.Publish, of) {
			return fmt.Errorf("%w: item %d: %s lies outside what this account may review", indicators.ErrRight, n, f.FigureKey)
		}
	}
	return nil
}

func keys(figures []sql.Seen) []indicators.FigureKey {
	all := make([]indicators.FigureKey, len(figures))
	for n := range figures {
		all[n] = figures[n].FigureKey
	}
	return all
}

// doubtedItems tells which figures severe findings keep from being published.
func doubtedItems(figures []indicators.FigureKey, doubted *indicators.Doubted) error {
	wrong := &itemErrors{kind: indicators.ErrConflict}
	for _, f := range doubted.Findings {
		key := indicators.FigureKey{Indicator: string(f.Indicator), Breakdown: f.Breakdown, Period: f.Period}
		wrong.add(slices.Index(figures, key), "", "the severe finding "+f.Rule+" stands against "+key.String()+": correct the figure, or have the finding accepted with a reason")
	}
	return wrong.orNil()
}

// overtakenFigures tells which figures are not as whoever writes has seen them.
func overtakenFigures(figures []sql.Seen, overtaken *indicators.Overtaken) error {
	wrong := &itemErrors{kind: indicators.ErrConflict}
	for n := range overtaken.Now {
		w := &overtaken.Now[n]
		wrong.add(slices.IndexFunc(figures, func(f sql.Seen) bool { return f.FigureKey == w.Key() }), "", standing(w))
	}
	return wrong.orNil()
}
