package indicators

import (
	"cmp"
	"maps"
	"slices"
)

// A Gate holds figures that are to be published against the rules whose findings keep
// them from it, one indicator after another.
type Gate struct {
	day        Date
	indicators map[string]*Indicator
	q          inspection
}

// NewGate is a Gate for the indicators of definitions, on a day.
func NewGate(d *Definitions, day Date) *Gate {
	g := &Gate{day: day, indicators: make(map[string]*Indicator, len(d.Indicators))}
	for n := range d.Indicators {
		g.indicators[d.Indicators[n].Code] = &d.Indicators[n]
	}
	g.q = inspection{ds: &Dataset{Definitions: d}, severe: true, severity: severities()}
	return g
}

// An Objection is what a rule says against figures that are to be published: Figure is
// the first of them that the finding rests on. One that is not severe stops nothing.
type Objection struct {
	Finding
	Figure FigureKey
}

// Weighs tells whether the figures of an indicator are weighed against each other across
// breakdowns: if not, each series is judged by itself.
func (g *Gate) Weighs(indicator string) bool {
	i := g.indicators[indicator]
	return i != nil && len(i.Additive) > 0
}

// Objections is what the rules say against figures of an indicator. series is its figures
// as they will be, by period; of them those are to be published of which is tells so, nil:
// all. One of a period that is not over is looked at as if it were, for once published it
// would be doubted too late.
func (g *Gate) Objections(indicator string, series map[SeriesKey][]Figure, is func(FigureKey) bool) []Objection {
	i := g.indicators[indicator]
	if i == nil {
		return nil
	}
	q := &g.q
	q.found, q.in.Parts, q.month = q.found[:0], series, g.day.monthsOver()
	q.parts = map[string][]SeriesKey{}
	for key, figures := range series {
		if !key.Breakdown.IsTotal() {
			q.parts[indicator] = append(q.parts[indicator], key)
		}
		for n := range figures {
			if is == nil || is(FigureKey{indicator, key.Breakdown, figures[n].Period}) {
				q.month = max(q.month, figures[n].Period.EndMonth())
			}
		}
	}
	sortByBreakdown(q.parts[indicator])
	q.figures(i)
	q.partialFalls(i)
	var all []Objection
	for n := range q.found {
		if key, concerned := q.concerned(&q.found[n], is); concerned {
			all = append(all, Objection{q.found[n], key})
		}
	}
	return all
}

// concerned finds the first figure that a finding rests on among those of which is tells
// so. A value below an earlier one may be right, and the earlier one wrong; so may a total
// and one of its parts.
func (q *inspection) concerned(f *Finding, is func(FigureKey) bool) (FigureKey, bool) {
	at := FigureKey{string(f.Indicator), f.Breakdown, f.Period}
	if is == nil || is(at) {
		return at, true
	}
	if before, given := f.Details.Of("before_period").(Period); given {
		at.Period = before
		return at, is(at)
	}
	dimension, given := f.Details.Of("dimension").(string)
	if !given {
		return at, false
	}
	for _, key := range q.parts[string(f.Indicator)] {
		at.Breakdown = key.Breakdown
		if whole, code := key.Breakdown.without(dimension); code != "" && whole == f.Breakdown && is(at) {
			return at, true
		}
	}
	return at, false
}

// partialFalls doubts values of a part of a period that are below a whole earlier one.
// They are no finding, for the pages do not count them; whoever brings one is told.
func (q *inspection) partialFalls(i *Indicator) {
	if i.Accumulation != Cumulative {
		return
	}
	for _, key := range append([]SeriesKey{{Indicator: i.Code}}, q.parts[i.Code]...) {
		s := i.series(q.of(key), q.month)
		for _, f := range s.partialFalls() {
			q.found = append(q.found, fallFinding(key, f))
			q.found[len(q.found)-1].Severity = Doubtful
		}
	}
}

// FindingsOf is what keeps figures from being published, as it will be once they are: a
// figure with its own neighbours, its earlier values and its parts.
func (ds *Dataset) FindingsOf(proposals []Observation, in QualityInput, day Date) []Finding {
	proposed, concerned := map[FigureKey]bool{}, map[string]map[SeriesKey][]Figure{}
	for n := range proposals {
		concerned[proposals[n].Indicator] = map[SeriesKey][]Figure{}
	}
	for _, known := range []map[SeriesKey][]Figure{ds.Series, in.Parts} {
		for key, figures := range known {
			if series := concerned[key.Indicator]; series != nil {
				series[key] = figures
			}
		}
	}
	for n := range proposals {
		o := &proposals[n]
		key := SeriesKey{o.Indicator, o.Breakdown}
		concerned[o.Indicator][key] = replaced(concerned[o.Indicator][key], o.Figure)
		proposed[o.Key()] = true
	}
	gate, found := NewGate(ds.Definitions, day), []Finding(nil)
	for _, code := range slices.Sorted(maps.Keys(concerned)) {
		for _, o := range gate.Objections(code, concerned[code], func(key FigureKey) bool { return proposed[key] }) {
			if o.Severity == Severe {
				found = append(found, o.Finding)
			}
		}
	}
	sortFindings(found)
	return found
}

// replaced is a series, sorted by period, with another figure for one of its periods.
func replaced(figures []Figure, f Figure) []Figure {
	at, found := slices.BinarySearchFunc(figures, f.Period, func(f Figure, p Period) int { return cmp.Compare(f.Period, p) })
	if figures = slices.Clone(figures); found {
		figures[at] = f
		return figures
	}
	return slices.Insert(figures, at, f)
}

// Sentence says what is the matter, for whoever brings the figures in a file, and how to
// mend it.
func (o *Objection) Sentence() Sentence {
	f := &o.Finding
	switch f.Rule {
	case "cumulative_fell":
		fall := Fall{Later: f.Period}
		fall.LaterValue, _ = f.Details.Of("value").(Decimal)
		fall.EarlierValue, _ = f.Details.Of("before").(Decimal)
		if fall.Earlier, _ = f.Details.Of("before_period").(Period); o.Figure.Period == fall.Earlier {
			return fall.ofEarlier()
		}
		return fall.ofLater()
	case "unit_mixup":
		return Say("%s of %s is about %v times the median of its neighbours, %.6g: the unit is most likely mixed up: correct the figure",
			f.Details.Of("value"), f.Period, f.Details.Of("factor"), f.Details.Of("neighbours"))
	case "out_of_bounds":
		least, _ := f.Details.Of("least").(Decimal)
		most, _ := f.Details.Of("most").(Decimal)
		return Say("%s of %s lies outside what %s can be, %s: correct the figure", f.Details.Of("value"), f.Period, string(f.Indicator), boundsWords(least, most))
	case "parts_total":
		return Say("the parts of %s by %s make %.10g, but their total is %s: correct the figure", f.Period, f.Details.Of("dimension"), f.Details.Of("sum"), f.Details.Of("total"))
	}
	return Say("the rule %s doubts the figure of %s: correct the figure", f.Rule, f.Period)
}
