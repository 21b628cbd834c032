package sql

import (
	"context"
	"fmt"
	"time"

	"jalon/indicators"
)

// judge tells of the objections to what comes in: doubts, and severe findings that nobody
// has accepted, which refuse all of it unless they are accepted with it. What was told
// before is replaced, for other changesets may have come in between.
func (rec *recording) judge(ctx context.Context) error {
	all, err := rec.staged.gating.objections(ctx, rec.staged)
	if err != nil {
		return err
	}
	places, err := rec.staged.valuePlaces(all)
	if err != nil {
		return err
	}
	rec.report.Warnings, rec.report.MoreWarnings = nil, 0
	rec.report.Warn(rec.doubts...)
	rec.stops, rec.accepting = nil, nil
	var problems []indicators.Problem
	for n := range all {
		o := &all[n]
		switch p := rec.told(o, places); {
		case !o.severe:
			rec.report.Warn(p)
		case rec.Accept != "":
			p.Message = indicators.Say("accepted: %s", p.Message)
			rec.report.Warn(p)
			rec.accepting = append(rec.accepting, *o)
		default:
			p.Message = rec.orAccept(p.Message)
			problems = append(problems, p)
			if o.whole != nil {
				rec.stops = append(rec.stops, o.whole.Finding)
			}
		}
	}
	rec.report.Refuse(problems...)
	return nil
}

// orAccept adds to a refusal how it can be overruled.
func (rec *recording) orAccept(refusal indicators.Sentence) indicators.Sentence {
	if rec.AcceptWith == "" {
		return indicators.Say("%s, or accept it with a reason", refusal)
	}
	return indicators.Say("%s, or accept it with %s", refusal, rec.AcceptWith)
}

// told is an objection as a problem.
func (rec *recording) told(o *objection, places map[rowOf]indicators.Place) indicators.Problem {
	p := rec.staged.problem(o.at, indicators.Say("the rule %s doubts this figure: correct it", o.rule))
	if place, known := places[o.at]; known {
		p.Place = place
	}
	if o.whole != nil {
		p.Message = o.whole.Sentence()
	}
	return p
}

// accept writes that the severe findings stand, as the changeset before the one of the
// figures, so that the record tells who took them, and why, as of any acceptance.
func (rec *recording) accept(ctx context.Context) error {
	if len(rec.accepting) == 0 {
		return nil
	}
	act := rec.Act
	act.Kind, act.Reason, act.Effective = indicators.Accepted, rec.Accept, false
	moment := rec.Moment
	if !moment.IsZero() {
		moment = moment.Add(-time.Microsecond)
	}
	n, err := number(ctx, rec.tx, act, moment)
	if err != nil {
		return err
	}
	rows := func(yield func([]any) bool) {
		for k := range rec.accepting {
			o := &rec.accepting[k]
			about := indicators.Finding{Indicator: indicators.Optional(o.indicator)}
			if !yield([]any{o.mark, o.rule, about.Subject(), n}) {
				return
			}
		}
	}
	if err := writeAcceptances(ctx, rec.tx, rows); err != nil {
		return fmt.Errorf("writing the accepted findings: %w", kind(ctx, err))
	}
	rec.report.Accepted = n
	return announce(ctx, rec.tx, n)
}

// valuePlaces finds in which cells the values stand that are objected to. The place of a
// cell is dear, and which rows it takes is known only when the lines have gone by: they
// are read again.
func (st *staging) valuePlaces(all []objection) (map[rowOf]indicators.Place, error) {
	wanted := map[rowOf]bool{}
	for n := range all {
		if all[n].whole != nil {
			wanted[all[n].at] = true
		}
	}
	places := make(map[rowOf]indicators.Place, len(wanted))
	if len(wanted) == 0 {
		return places, nil
	}
	for file := range st.lines {
		for line, err := range st.lines[file].Each {
			if len(places) == len(wanted) {
				return places, nil
			}
			if err != nil {
				return nil, err
			}
			if at := (rowOf{file, line.Number}); wanted[at] && len(line.Problems) == 0 {
				places[at] = line.At("value")
			}
		}
	}
	return places, nil
}
