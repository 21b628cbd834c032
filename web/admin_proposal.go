package web

import (
	"context"
	"fmt"
	"maps"
	"net/http"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"jalon/exchange/table"
	"jalon/indicators"
	"jalon/sql"
)

// A proposal is what somebody would have changed of the definitions.
type proposal struct {
	workbook indicators.Workbook
	problems []indicators.Problem // found in reading it
	drawn    int                  // the changeset that its form was drawn from
	reason   string
	// state is what the form shows of definitions: if it has become another one since the
	// form was drawn, somebody else was there. Nil: nothing is there yet.
	state func(*indicators.Definitions) (map[string]string, error)
}

// drawnFrom reads the changeset that a form was drawn from.
func drawnFrom(r *http.Request) (int, error) {
	n, err := strconv.Atoi(r.PostForm.Get("drawn"))
	if err != nil || n < 0 {
		return 0, fmt.Errorf("%w: the form does not say from which state it was drawn: open its page again", indicators.ErrInvalid)
	}
	return n, nil
}

// longestReason bounds the reason of a change, in bytes.
const longestReason = 8000

// reasonOf is the reason that a form gives, without what cannot be seen; what is beyond
// the bound is no reason any more.
func reasonOf(r *http.Request) string {
	text := strings.ToValidUTF8(r.PostForm.Get("reason"), "")
	text = strings.Map(func(c rune) rune {
		if c != '\n' && unicode.IsControl(c) {
			return -1
		}
		return c
	}, text)
	for len(text) > longestReason {
		_, size := utf8.DecodeLastRuneInString(text)
		text = text[:len(text)-size]
	}
	return strings.TrimSpace(text)
}

// then are the definitions as the form showed them.
func (ps *pages) then(ctx context.Context, v *view, p *proposal) (*indicators.Definitions, error) {
	switch p.drawn {
	case v.p.Newest().Number:
		return v.p.Definitions, nil
	case 0:
		return &indicators.Definitions{}, nil
	}
	return ps.server.store.Definitions(ctx, p.drawn)
}

// A weighing is what a proposal amounts to.
type weighing struct {
	before, after *indicators.Definitions
	problems      []indicators.Problem
	doubts        []indicators.Problem
	unchanged     bool
}

// weigh holds a proposal against what is known, by the rules of an import.
func (v *view) weigh(p *proposal) weighing {
	after, counts, problems := v.p.Apply(&p.workbook)
	w := weighing{before: v.p.Definitions, after: after, doubts: v.p.Doubts(&p.workbook), unchanged: true}
	w.problems = append(w.problems, p.problems...)
	for _, found := range problems {
		if !told(p.problems, found) {
			w.problems = append(w.problems, found)
		}
	}
	for _, c := range counts {
		w.unchanged = w.unchanged && c.Added+c.Changed+c.Removed == 0
	}
	return w
}

// told tells whether something is said already of the same cell.
func told(problems []indicators.Problem, p indicators.Problem) bool {
	for _, other := range problems {
		if p.Line > 0 && other.Place == p.Place {
			return true
		}
	}
	return false
}

// overtaken tells whether somebody else has changed what a form shows: what it showed is
// no longer what is.
func (p *proposal) overtaken(then, now *indicators.Definitions) (bool, error) {
	a, err := p.state(then)
	if err != nil {
		return false, err
	}
	b, err := p.state(now)
	return !maps.Equal(a, b) || (a == nil) != (b == nil), err
}

// record writes a proposal as a changeset of the reader. One that has been overtaken is
// refused, even if that happens at the last moment.
func (ps *pages) record(ctx context.Context, v *view, p *proposal) (*indicators.Report, error) {
	then, err := ps.then(ctx, v, p)
	if err != nil {
		return nil, err
	}
	report, err := ps.server.store.Record(ctx, sql.Recording{
		Workbook: &p.workbook, Found: p.problems, Act: v.reader.By(indicators.Defined, p.reason), Wait: ps.server.cfg.WriteWait,
		Allow: func(now *indicators.Definitions) error {
			late, err := p.overtaken(then, now)
			if err == nil && late {
				err = fmt.Errorf("%w: somebody else has changed this meanwhile", indicators.ErrConflict)
			}
			return err
		},
	})
	if err == nil && report.Changeset > 0 {
		// Whoever has written sees it on the next page; if not now, the watch finds it.
		_ = ps.server.live.Refresh(ctx)
	}
	return report, err
}

// stateOf is what a form of one entry shows of definitions.
func stateOf(name, key string) func(*indicators.Definitions) (map[string]string, error) {
	return func(d *indicators.Definitions) (map[string]string, error) {
		cells, _, err := table.Cells(name, d, key)
		return cells, err
	}
}
