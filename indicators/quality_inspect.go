package indicators

import (
	"cmp"
	"slices"
)

// QualityInput is what the rules of quality need beside a Dataset. What is not given
// is not looked into.
type QualityInput struct {
	Parts       map[SeriesKey][]Figure // published figures of breakdowns, by period
	Provisional map[FigureKey]int      // the changeset from which on a figure has been provisional
	Targets     []FormerTarget
	Frameworks  []FormerFramework
}

// A FormerTarget is a row of targets as it was known until a changeset.
type FormerTarget struct {
	Target
	Until int `db:"until"`
}

// A FormerFramework is a framework as it was known from one changeset to another.
type FormerFramework struct {
	Framework
	Since int `db:"since"`
	Until int `db:"until"`
}

// Findings is what the rules of quality doubt on the day of the Picture, the heaviest
// first.
func (p *Picture) Findings(in QualityInput) []Finding {
	q := newInspection(p.Dataset, in, p.Day)
	for n := range p.Indicators {
		i := &p.Indicators[n]
		q.figures(i)
		q.reporting(p, i)
	}
	q.duplicates()
	q.targets()
	q.bases()
	q.actions()
	q.mixed(p)
	sortFindings(q.found)
	return q.found
}

// An inspection goes through a Dataset by the rules of quality.
type inspection struct {
	ds    *Dataset
	in    QualityInput
	day   Date
	month int                    // months over by the day
	parts map[string][]SeriesKey // series of breakdowns, by indicator and then by breakdown
	found []Finding
	// severe leaves out the rules whose findings never keep a figure from being published.
	severe bool

	severity map[string]Severity
	long     int // days after which a provisional figure is told of
	points   []observed
	values   []float64
}

func newInspection(ds *Dataset, in QualityInput, day Date) *inspection {
	q := &inspection{ds: ds, in: in, day: day, month: day.monthsOver(), parts: map[string][]SeriesKey{}, severity: severities(), long: ds.ProvisionalDays()}
	for key := range in.Parts {
		q.parts[key.Indicator] = append(q.parts[key.Indicator], key)
	}
	for key := range ds.Series {
		if _, given := in.Parts[key]; !given && !key.Breakdown.IsTotal() {
			q.parts[key.Indicator] = append(q.parts[key.Indicator], key)
		}
	}
	for _, keys := range q.parts {
		sortByBreakdown(keys)
	}
	return q
}

// severities are those of the rules, by code.
func severities() map[string]Severity {
	all := map[string]Severity{}
	for _, r := range QualityRules() {
		all[r.Code] = r.Severity
	}
	return all
}

func sortByBreakdown(keys []SeriesKey) {
	slices.SortFunc(keys, func(a, b SeriesKey) int {
		return cmp.Or(cmp.Compare(a.Breakdown.Sex, b.Breakdown.Sex), cmp.Compare(a.Breakdown.Age, b.Breakdown.Age),
			cmp.Compare(a.Breakdown.Governorate, b.Breakdown.Governorate), cmp.Compare(a.Breakdown.Other, b.Breakdown.Other))
	})
}

// add takes a finding with the figures that its mark is made of.
func (q *inspection) add(f Finding, figures ...string) {
	f.Severity = q.severity[f.Rule]
	f.mark(figures)
	q.found = append(q.found, f)
}

// of is the figures of a series.
func (q *inspection) of(key SeriesKey) []Figure {
	if figures, given := q.in.Parts[key]; given {
		return figures
	}
	return q.ds.Series[key]
}

// figures inspects the published figures of an indicator: its total and its parts.
func (q *inspection) figures(i *Indicator) {
	total := SeriesKey{Indicator: i.Code}
	q.series(i, total)
	for _, key := range q.parts[i.Code] {
		q.series(i, key)
	}
	q.sums(i)
}

// series inspects one series. A value in a wrong unit is told of once: it would be an
// outlier, a jump and the beginning of a fall, too.
func (q *inspection) series(i *Indicator, key SeriesKey) {
	s := i.series(q.of(key), q.month)
	if len(s.figures) == 0 {
		return
	}
	q.bounds(i, key, &s)
	if !q.severe {
		q.provisional(key, &s)
	}
	for _, run := range q.runs(&s) {
		rest := q.mixups(key, run)
		if key.Breakdown.IsTotal() && !q.severe {
			q.history(i, key, rest)
		}
	}
	if i.Accumulation == Cumulative {
		q.falls(key, &s)
	}
}

// knownOn is the day on which a changeset made its content known.
func (q *inspection) knownOn(changeset int) Date {
	return DateOf(q.ds.KnownAt(changeset).In(q.ds.zone))
}

// number writes a figure for a mark, so that equal ones are written alike.
func number(d Decimal) string { return d.Canonical().String() }
