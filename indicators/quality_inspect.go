package indicators

import (
	"cmp"
	"maps"
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

// FindingsOf is what the rules doubt about figures that are to be published, as it will
// be once they are: a figure with its own neighbours, its earlier values and its parts.
// One of a period that is not over is looked at as if it were, for once published it
// would be doubted too late.
func (ds *Dataset) FindingsOf(proposals []Observation, in QualityInput, day Date) []Finding {
	next, parts := *ds, maps.Clone(in.Parts)
	if parts == nil {
		parts = map[SeriesKey][]Figure{}
	}
	next.Series = maps.Clone(ds.Series)
	proposed, concerned := map[FigureKey]bool{}, map[string]bool{}
	for n := range proposals {
		o := &proposals[n]
		key := SeriesKey{o.Indicator, o.Breakdown}
		if _, kept := next.Series[key]; kept || o.Breakdown.IsTotal() {
			next.Series[key] = replaced(next.Series[key], o.Figure)
		}
		if !o.Breakdown.IsTotal() {
			parts[key] = replaced(parts[key], o.Figure)
		}
		proposed[FigureKey{Indicator: o.Indicator, Period: o.Period}] = true
		concerned[o.Indicator] = true
	}
	in.Parts = parts
	q := newInspection(&next, in, day)
	for n := range proposals {
		q.month = max(q.month, proposals[n].Period.EndMonth())
	}
	for _, code := range slices.Sorted(maps.Keys(concerned)) {
		if i := ds.Indicator(code); i != nil {
			q.figures(i)
		}
	}
	// A value below an earlier one may be right, and the earlier one proposed wrong.
	found := slices.DeleteFunc(q.found, func(f Finding) bool {
		before, _ := f.Details.Of("before_period").(Period)
		at := FigureKey{Indicator: string(f.Indicator), Period: f.Period}
		earlier := FigureKey{Indicator: string(f.Indicator), Period: before}
		return !proposed[at] && !(f.Rule == "cumulative_fell" && proposed[earlier])
	})
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

// An inspection goes through a Dataset by the rules of quality.
type inspection struct {
	ds    *Dataset
	in    QualityInput
	day   Date
	month int                    // months over by the day
	parts map[string][]SeriesKey // series of breakdowns, by indicator and then by breakdown
	found []Finding

	severity map[string]Severity
	long     int // days after which a provisional figure is told of
	points   []observed
	values   []float64
}

func newInspection(ds *Dataset, in QualityInput, day Date) *inspection {
	q := &inspection{ds: ds, in: in, day: day, month: day.monthsOver(), parts: map[string][]SeriesKey{}, severity: map[string]Severity{}, long: ds.ProvisionalDays()}
	for _, r := range QualityRules() {
		q.severity[r.Code] = r.Severity
	}
	for key := range in.Parts {
		q.parts[key.Indicator] = append(q.parts[key.Indicator], key)
	}
	for key := range ds.Series {
		if _, given := in.Parts[key]; !given && !key.Breakdown.IsTotal() {
			q.parts[key.Indicator] = append(q.parts[key.Indicator], key)
		}
	}
	for _, keys := range q.parts {
		slices.SortFunc(keys, func(a, b SeriesKey) int {
			return cmp.Or(cmp.Compare(a.Breakdown.Sex, b.Breakdown.Sex), cmp.Compare(a.Breakdown.Age, b.Breakdown.Age),
				cmp.Compare(a.Breakdown.Governorate, b.Breakdown.Governorate), cmp.Compare(a.Breakdown.Other, b.Breakdown.Other))
		})
	}
	return q
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
	q.provisional(key, &s)
	for _, run := range q.runs(&s) {
		rest := q.mixups(key, run, i.Accumulation)
		if key.Breakdown.IsTotal() {
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
