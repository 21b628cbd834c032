package web

import (
	"fmt"
	"net/http"

	"jalon/indicators"
	"jalon/sql"
)

// chosen are the figures ticked that the reader sees, in the versions that are live. Who
// does not take the step is refused: what it would move tells of figures that are not theirs.
func (ps *pages) chosen(v *view, r *http.Request, kind indicators.Kind, figures []sql.Seen) ([]indicators.Work, *desk, error) {
	if err := v.takes(kind, figures); err != nil {
		return nil, nil, err
	}
	d, err := ps.desk(v, r, nil)
	if err != nil {
		return nil, nil, err
	}
	wanted := make(map[indicators.FigureKey]bool, len(figures))
	for _, f := range figures {
		wanted[f.FigureKey] = true
	}
	if kind == indicators.Withdrawn {
		chosen, err := ps.publishedWork(v, r, figures)
		return chosen, d, err
	}
	var chosen []indicators.Work
	for n := range d.work {
		if wanted[d.work[n].Key()] {
			chosen = append(chosen, d.work[n])
		}
	}
	return chosen, d, nil
}

// takes refuses a step with figures that the reader does not take it with.
func (v *view) takes(kind indicators.Kind, figures []sql.Seen) error {
	step, err := indicators.StepOf(kind)
	if err != nil {
		return err
	}
	asked := map[string]bool{}
	for _, f := range figures {
		if asked[f.Indicator] {
			continue
		}
		asked[f.Indicator] = true
		i := v.p.Indicator(f.Indicator)
		if i == nil {
			return notFound("indicator", f.Indicator)
		}
		if !v.reader.Takes(step, v.p.SubjectOf(i)) {
			return fmt.Errorf("%w: %s of %s", indicators.ErrRight, kind, f.FigureKey)
		}
	}
	return nil
}

// publishedWork are published figures that are to be withdrawn.
func (ps *pages) publishedWork(v *view, r *http.Request, figures []sql.Seen) ([]indicators.Work, error) {
	var all []indicators.Work
	for _, f := range figures {
		now, err := ps.server.store.Standing(r.Context(), v.p.Newest().Number, []string{f.Indicator}, []indicators.Period{f.Period})
		if err != nil {
			return nil, err
		}
		for _, o := range now {
			if o.Review == indicators.Published && o.Breakdown == f.Breakdown {
				all = append(all, indicators.Work{Observation: o})
			}
		}
	}
	return all, nil
}
