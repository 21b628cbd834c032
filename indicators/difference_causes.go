package indicators

import (
	"maps"
	"math"
	"slices"

	"jalon/indicators/progress"
)

// A Cause is what can make an assessment become another.
type Cause string

// The causes, in the order in which they are replayed: first the day alone is moved on, with
// nothing learnt since; then, judged on the later day, what is measured and for whom, how it
// is judged, what is asked for, what is now known of periods that had a value, and last the
// values of new periods. The day goes first because all that comes after could not be judged
// on a day before it: a value of October says nothing on the last of September. What a cause
// is given depends on this order, as it must wherever two of them act together.
const (
	DayCause       Cause = "day"
	PerimeterCause Cause = "perimeter" // the definition of an indicator, its groups, actions and frameworks
	MethodCause    Cause = "method"    // or options, or settings of judgement
	TargetCause    Cause = "target"    // or milestone, or baseline
	RevisionCause  Cause = "revision"
	PeriodCause    Cause = "period"
)

// Causes lists them in the order of their replay.
func Causes() []Cause {
	return []Cause{DayCause, PerimeterCause, MethodCause, TargetCause, RevisionCause, PeriodCause}
}

// An Explanation is a move with what made it: the causes that changed something, in the
// order of their replay.
type Explanation struct {
	Move
	Parts  []Part
	Values []ValueChange // of its series
}

// A Part is what one cause did: From becomes To; nil where nothing was judged. The To of a
// part is the From of the next, as far as status and achievement go.
type Part struct {
	Cause    Cause
	From, To *Assessment
}

// Turns tells whether the part gave another status.
func (p Part) Turns() bool { return statusOf(p.From) != statusOf(p.To) }

// Explain replays, of assessments that moved between two pictures, the causes one at a time.
func Explain(before, after *Picture, moves []Move) []Explanation {
	r := newReplay(before, after, moves)
	all := make([]Explanation, len(moves))
	for n, m := range moves {
		all[n].Move = m
		if m.Before == nil || m.After == nil || len(r.stages) > 0 {
			all[n].Parts = r.parts(m)
		}
		key := SeriesKey{m.Indicator, m.Breakdown}
		all[n].Values = seriesChanges(key, ended(before.Series[key], before.Day), ended(after.Series[key], after.Day))
	}
	return all
}

// A replay holds the assessments after each cause but the last, which gives those of after.
type replay struct {
	before, after *Picture
	moved         map[string]bool // indicators that both pictures have
	stages        []map[goalKey]*Assessment
}

func newReplay(before, after *Picture, moves []Move) *replay {
	r := &replay{before: before, after: after, moved: map[string]bool{}}
	for _, m := range moves {
		if before.Indicator(m.Indicator) != nil && after.Indicator(m.Indicator) != nil {
			r.moved[m.Indicator] = true
		}
	}
	if len(r.moved) == 0 {
		return r
	}
	known := before.Changesets
	if len(after.Changesets) > len(known) {
		known = after.Changesets
	}
	d, series := r.untouched()
	judge := func() {
		stage, part := map[goalKey]*Assessment{}, *d
		all := NewDataset(&part, known, series).Assess(after.Day)
		for n := range all {
			a := &all[n]
			stage[goalKey{a.Indicator, a.Framework, a.Breakdown}] = a
		}
		r.stages = append(r.stages, stage)
	}
	for _, cause := range Causes()[:len(Causes())-1] {
		if r.change(cause, d); cause == RevisionCause {
			series = r.revisions(series)
		}
		judge()
	}
	return r
}

// untouched is what was known before of the indicators that moved, and in force then.
func (r *replay) untouched() (*Definitions, map[SeriesKey][]Figure) {
	b := r.before
	d := &Definitions{
		Settings: b.Settings, Groups: b.Groups, Actions: b.Actions, Frameworks: b.Frameworks,
		Indicators: r.indicators(b), Targets: r.inForce(),
	}
	series := map[SeriesKey][]Figure{}
	for key, figures := range b.Series {
		if r.moved[key.Indicator] {
			series[key] = ended(figures, b.Day)
		}
	}
	return d, series
}

// change gives definitions what one cause changes in them.
func (r *replay) change(cause Cause, d *Definitions) {
	a := r.after
	switch cause {
	case PerimeterCause:
		d.Groups, d.Actions = a.Groups, a.Actions
		d.Indicators, d.Frameworks = r.judgedAsBefore()
	case MethodCause:
		d.Settings, d.Indicators = a.Settings, r.indicators(a)
		d.Frameworks = slices.Clone(d.Frameworks)
		for n := range d.Frameworks {
			if f := a.Framework(d.Frameworks[n].Code); f != nil {
				d.Frameworks[n] = *f
			}
		}
	case TargetCause:
		d.Frameworks, d.Targets = a.Frameworks, r.targets(a)
	}
}

// judgedAsBefore are the definitions of after with the methods of before. A framework that
// went stays for as long as there are targets for it.
func (r *replay) judgedAsBefore() ([]Indicator, []Framework) {
	all, frameworks := r.indicators(r.after), slices.Clone(r.after.Frameworks)
	for n := range all {
		all[n].Method = r.before.Indicator(all[n].Code).Method
	}
	for n := range frameworks {
		if was := r.before.Framework(frameworks[n].Code); was != nil {
			frameworks[n].Method = was.Method
		}
	}
	for _, f := range r.before.Frameworks {
		if r.after.Framework(f.Code) == nil {
			frameworks = append(frameworks, f)
		}
	}
	SortEntries(frameworks)
	return all, frameworks
}

// revisions are the series in which known figures became what they are now.
func (r *replay) revisions(series map[SeriesKey][]Figure) map[SeriesKey][]Figure {
	later := maps.Clone(series)
	for key, figures := range series {
		later[key] = corrected(figures, r.after.Series[key])
	}
	return later
}

func (r *replay) indicators(p *Picture) []Indicator {
	var all []Indicator
	for n := range p.Indicators {
		if r.moved[p.Indicators[n].Code] {
			all = append(all, p.Indicators[n])
		}
	}
	return all
}

func (r *replay) targets(p *Picture) []Target {
	var all []Target
	for n := range p.Targets {
		if r.moved[p.Targets[n].Indicator] {
			all = append(all, p.Targets[n])
		}
	}
	return all
}

// never is a day on which nothing is judged.
const never Date = 9999_12_31

// inForce is the targets of before, of which those that held on its day go on to hold and no
// other comes to hold with the days: a target decided since is a new target, and not the work
// of time, also where it had been written down before the picture was taken.
func (r *replay) inForce() []Target {
	type place struct {
		goalKey
		kind  string
		month int // of milestones: each has its own
	}
	of := func(t *Target) place {
		at := place{goalKey: t.goal(), kind: t.Kind}
		if t.Kind == MilestoneKind {
			at.month = t.Period.EndMonth()
		}
		return at
	}
	all, held := r.targets(r.before), map[place]bool{}
	for n := range all {
		t := &all[n]
		if r.before.DecidedOn(t) <= r.before.Day && (t.Kind != MilestoneKind || t.Value.IsSet()) {
			held[of(t)] = true
		}
	}
	for n := range all {
		t := &all[n]
		if r.before.DecidedOn(t) > r.before.Day && (t.Decided != 0 || held[of(t)]) {
			t.Decided = never
		}
	}
	return all
}

// parts are the causes that changed something, each with what it found and left. What comes
// or goes with its indicator is the perimeter's doing as a whole.
func (r *replay) parts(m Move) []Part {
	if !r.moved[m.Indicator] {
		return []Part{{PerimeterCause, m.Before, m.After}}
	}
	var all []Part
	is := m.Before
	for n, cause := range Causes() {
		next := m.After
		if n < len(r.stages) {
			next = r.stages[n][goalKey{m.Indicator, m.Framework, m.Breakdown}]
		}
		if statusOf(is) != statusOf(next) || achievementOf(is) != achievementOf(next) {
			all = append(all, Part{cause, is, next})
		}
		is = next
	}
	return all
}

func statusOf(a *Assessment) progress.Status {
	if a == nil {
		return ""
	}
	return a.Status
}

func achievementOf(a *Assessment) progress.Number {
	if a == nil {
		return progress.Number{}
	}
	return a.Achievement
}

// Points is by how many percentage points of the way the whole moved, and each of its parts:
// in units of 1/10^decimals of a point. The parts add up to the whole to the unit, for the
// shares themselves are rounded, as pages show them, and not their differences. Where a cause
// leaves no share, the next one that gives a share again is held against the last one known.
// Nothing is known where there is no share before or after.
func (e *Explanation) Points(decimals int) (whole int64, parts []int64, known bool) {
	if !achievementOf(e.Before).Valid || !achievementOf(e.After).Valid {
		return 0, nil, false
	}
	at := position(e.Before.Achievement, decimals)
	from := at
	for _, p := range e.Parts {
		next := at
		if share := achievementOf(p.To); share.Valid {
			next = position(share, decimals)
		}
		parts = append(parts, next-at)
		at = next
	}
	return position(e.After.Achievement, decimals) - from, parts, true
}

// farthest is the longest way that is told in points, of which there is no end else.
const farthest = 1e15

// position is a share of the way in rounded units of a percentage point.
func position(share progress.Number, decimals int) int64 {
	units := math.Round(share.Value * 100 * math.Pow10(decimals))
	return int64(max(min(units, farthest), -farthest))
}
