package web

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"

	"jalon/indicators"
	"jalon/sql"
)

// enterObservations handles POST /api/v1/observations: figures to be drafted, submitted or,
// by an administrator, published; all of them as one changeset, or none.
func (s *Server) enterObservations(g *writing) (*indicators.Report, error) {
	items, err := listOf(g.body)
	if err != nil {
		return nil, err
	}
	figures, err := figuresOf(items)
	if err != nil {
		return nil, err
	}
	if err := g.mayEnter(figures); err != nil {
		return nil, err
	}
	seen, err := g.seen()
	if err != nil {
		return nil, err
	}
	reason, err := textParameter(g.params.Get("reason"))
	if err != nil {
		return nil, err
	}
	kinds := map[indicators.Review]indicators.Kind{
		indicators.Draft: indicators.Drafted, indicators.Submitted: indicators.Submitting, indicators.Published: indicators.Publishing,
	}
	report, err := s.store.Record(g.r.Context(), sql.Recording{
		Observations: []*indicators.Lines{figureLines(figures)},
		Act:          g.account.By(kinds[figures[0].Review], cmp.Or(reason, g.token.Name)),
		Seen:         seen, Wait: s.cfg.WriteWait, Once: g.once,
	})
	var overtaken *indicators.Overtaken
	var doubted *indicators.Doubted
	switch {
	case errors.As(err, &doubted):
		return nil, doubtedItems(figureKeys(figures), doubted)
	case errors.As(err, &overtaken):
		return nil, overtakenItems(figures, overtaken)
	case errors.Is(err, indicators.ErrInvalid) && report.Refused():
		return nil, refusedItems(report)
	}
	return report, err
}

// figuresOf reads all figures, each once and all of one state, and tells of every field
// that is wrong.
func figuresOf(items []map[string]json.RawMessage) ([]indicators.Observation, error) {
	wrong := &itemErrors{kind: indicators.ErrInvalid}
	figures := make([]indicators.Observation, len(items))
	first := map[indicators.FigureKey]int{}
	for n, item := range items {
		o := &figures[n]
		*o = figureOf(item, func(field, message string) { wrong.add(n, field, message) })
		if o.Review != figures[0].Review {
			wrong.add(n, "status", "it differs from that of the first item: send figures of one state at a time")
		}
		if before, given := first[o.Key()]; given && o.Indicator != "" {
			wrong.add(n, "", fmt.Sprintf("this figure is given twice, first as item %d: keep one of the two", before))
		} else {
			first[o.Key()] = n
		}
	}
	return figures, wrong.orNil()
}

// mayEnter refuses figures outside the account's scope, naming the first. What there is no
// indicator of is told with the other problems.
func (g *writing) mayEnter(figures []indicators.Observation) error {
	for n := range figures {
		o := &figures[n]
		i := g.Indicator(o.Indicator)
		switch {
		case o.Review == indicators.Published && g.account.Role != indicators.Administrator:
			return fmt.Errorf("%w: item %d: %s: only an administrator publishes directly: write draft or submitted", indicators.ErrRight, n, o.Key())
		case i == nil && g.account.Has(indicators.Propose):
			continue
		case i == nil || !g.account.May(indicators.Propose, g.SubjectOf(i)):
			return fmt.Errorf("%w: item %d: %s lies outside what this account may enter", indicators.ErrRight, n, o.Key())
		}
	}
	return nil
}

func figureKeys(figures []indicators.Observation) []indicators.FigureKey {
	keys := make([]indicators.FigureKey, len(figures))
	for n := range figures {
		keys[n] = figures[n].Key()
	}
	return keys
}

// seen is the newest changeset that whoever writes knows: what others changed later is not
// replaced unseen. Where it is not said, what is there is replaced, but for what is under
// review.
func (g *writing) seen() (int, error) {
	text := g.params.Get("seen")
	if text == "" {
		return math.MaxInt32, nil
	}
	n, err := strconv.ParseInt(text, 10, 32)
	if err != nil || n < 1 {
		return 0, fmt.Errorf("%w: seen %q: write the number of the newest changeset that you have read", indicators.ErrInvalid, text)
	}
	return int(n), nil
}

func textParameter(text string) (string, error) {
	raw, err := json.Marshal(text)
	if err != nil {
		return "", fmt.Errorf("reading the reason: %w", err)
	}
	if text, err = textOf(raw); err != nil {
		return "", fmt.Errorf("%w: reason: %w", indicators.ErrInvalid, err)
	}
	return text, nil
}

// figureLines streams figures as if they came from a file: the line is the item, from 1, the
// column its field.
func figureLines(figures []indicators.Observation) *indicators.Lines {
	return &indicators.Lines{
		File: "items",
		Has:  func(string) bool { return true },
		Each: func(yield func(*indicators.Line, error) bool) {
			for n := range figures {
				at := func(column string) indicators.Place {
					return indicators.Place{File: "items", Line: n + 1, Column: 1 + max(slices.Index(figureFields(), column), 0)}
				}
				if !yield(&indicators.Line{Observation: figures[n], Number: n + 1, At: at}, nil) {
					return
				}
			}
		},
	}
}

// refusedItems are the problems of a report, by item and field.
func refusedItems(report *indicators.Report) error {
	wrong := &itemErrors{kind: indicators.ErrInvalid, more: report.More}
	for _, p := range report.Problems {
		field := ""
		if at := p.Column - 1; at > 0 && at < len(figureFields()) {
			field = figureFields()[at]
		}
		wrong.add(p.Line-1, field, p.Message.String())
	}
	return wrong.orNil()
}

// overtakenItems tells what others have changed, as it is now.
func overtakenItems(figures []indicators.Observation, overtaken *indicators.Overtaken) error {
	wrong := &itemErrors{kind: indicators.ErrConflict}
	for n := range overtaken.Now {
		w := &overtaken.Now[n]
		index := slices.IndexFunc(figures, func(o indicators.Observation) bool { return o.Key() == w.Key() })
		wrong.add(index, "", standing(w))
	}
	return wrong.orNil()
}

// standing says how a figure stands that was not as whoever writes has thought.
func standing(w *indicators.Work) string {
	if w.Since == 0 {
		return w.Key().String() + " is not there any more: read it again"
	}
	return fmt.Sprintf("%s is %s by now, %s, since changeset %d: read it again before you change it", w.Key(), cmp.Or(w.Value.String(), "without a value"), w.Review, w.Since)
}
