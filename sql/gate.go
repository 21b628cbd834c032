package sql

import (
	"cmp"
	"context"
	"math"
	"slices"

	"jalon/indicators"
)

// A gating holds published figures that come in against the rules that keep figures from
// being published. Figures of an indicator of which nothing is stored are judged as they
// stream by, if all of them come one after another, as every export has them: to read a
// million of them back would take as long as to bring them. The others are judged from
// the database, once it is known which of them differ.
type gating struct {
	gate *indicators.Gate

	stored map[string]bool // indicators with series in the database
	gone   map[string]bool // new indicators whose figures have gone by
	later  map[string]bool // indicators to be judged from the database

	indicator string // whose figures go by
	passing   []passing
	place     map[indicators.SeriesKey]int // in passing
	last      int                          // the place of the newest

	found []objection
}

// maxListed is how many objections are told of in full: as many as a report lists.
const maxListed = 1000

// A passing series is what has gone by of it; its memory serves the next one.
type passing struct {
	key     indicators.SeriesKey
	figures []indicators.Figure
	rows    []rowOf // as they came, with their periods
	periods []indicators.Period
}

// An objection is a severe finding, or a mere doubt, with the row at which it is told.
type objection struct {
	indicator  string
	at         rowOf
	mark, rule string
	severe     bool
	whole      *indicators.Objection // nil beyond as many as a report lists
}

func newGating(d *indicators.Definitions, day indicators.Date, known *dictionary[indicators.SeriesKey]) *gating {
	g := &gating{
		gate: indicators.NewGate(d, day), stored: map[string]bool{}, gone: map[string]bool{}, later: map[string]bool{},
		place: map[indicators.SeriesKey]int{},
	}
	for key := range known.ids {
		g.stored[key.Indicator] = true
	}
	return g
}

// pass takes a figure that goes by.
func (g *gating) pass(o *indicators.Observation, at rowOf) {
	if o.Indicator != g.indicator {
		g.flush()
		g.indicator = o.Indicator
		if g.stored[o.Indicator] || g.gone[o.Indicator] {
			g.later[o.Indicator] = true
		}
		g.gone[o.Indicator] = true
	}
	if g.later[o.Indicator] {
		return
	}
	s := g.series(indicators.SeriesKey{Indicator: o.Indicator, Breakdown: o.Breakdown})
	s.figures = append(s.figures, indicators.Figure{Period: o.Period, Value: o.Value, Status: o.Status, Partial: o.Partial})
	s.rows, s.periods = append(s.rows, at), append(s.periods, o.Period)
}

// series is the passing series of a key.
func (g *gating) series(key indicators.SeriesKey) *passing {
	if g.last < len(g.place) && g.passing[g.last].key == key {
		return &g.passing[g.last]
	}
	n, found := g.place[key]
	if !found {
		n = len(g.place)
		g.place[key] = n
		if n == len(g.passing) {
			g.passing = append(g.passing, passing{})
		}
		s := &g.passing[n]
		s.key, s.figures, s.rows, s.periods = key, s.figures[:0], s.rows[:0], s.periods[:0]
	}
	g.last = n
	return &g.passing[n]
}

// flush judges what has gone by of an indicator.
func (g *gating) flush() {
	if len(g.place) == 0 {
		return
	}
	all := make(map[indicators.SeriesKey][]indicators.Figure, len(g.place))
	for n := range len(g.place) {
		s := &g.passing[n]
		if !slices.IsSorted(s.periods) {
			slices.SortFunc(s.figures, func(a, b indicators.Figure) int { return cmp.Compare(a.Period, b.Period) })
		}
		all[s.key] = s.figures
	}
	g.take(g.gate.Objections(g.indicator, all, nil), func(key indicators.FigureKey) rowOf {
		s := &g.passing[g.place[indicators.SeriesKey{Indicator: key.Indicator, Breakdown: key.Breakdown}]]
		return s.rows[slices.Index(s.periods, key.Period)]
	})
	clear(g.place)
}

// take keeps objections.
func (g *gating) take(all []indicators.Objection, at func(indicators.FigureKey) rowOf) {
	for n := range all {
		o := &all[n]
		kept := objection{indicator: string(o.Indicator), at: at(o.Figure), mark: o.Mark, rule: o.Rule, severe: o.Severity == indicators.Severe}
		if len(g.found) < maxListed {
			kept.whole = o
		}
		g.found = append(g.found, kept)
	}
}

// objections judges what has not been judged as it went by, and lists all that is found and
// nobody has accepted, by the place it is told at; those that are not told in full last.
func (g *gating) objections(ctx context.Context, st *staging) ([]objection, error) {
	accepted, err := acceptances(ctx, st.tx, math.MaxInt32)
	if err != nil {
		return nil, err
	}
	passed := slices.DeleteFunc(slices.Clone(g.found), func(o objection) bool { return g.later[o.indicator] })
	g.found = passed[:len(passed):len(passed)]
	if len(g.later) > 0 {
		if err := g.judgeStored(ctx, st); err != nil {
			return nil, err
		}
	}
	all := g.found
	g.found = passed // judged again, after other changesets, only the others may have become different
	all = slices.DeleteFunc(slices.Clone(all), func(o objection) bool { _, stands := accepted[o.mark]; return stands })
	told := len(all)
	if n := slices.IndexFunc(all, func(o objection) bool { return o.whole == nil }); n >= 0 {
		told = n
	}
	slices.SortStableFunc(all[:told], func(a, b objection) int {
		return cmp.Or(cmp.Compare(a.at.file, b.at.file), cmp.Compare(a.at.line, b.at.line))
	})
	return all, nil
}
