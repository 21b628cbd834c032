package indicators

import (
	"cmp"
	"slices"
)

// A Move is what a change does to the judgement of an indicator in a framework. Before is
// nil where nothing was judged yet, After where nothing is any more.
type Move struct {
	Indicator string
	Framework Optional
	Breakdown Breakdown
	Before    *Assessment
	After     *Assessment
}

// Turns tells whether the status becomes another one, or comes or goes.
func (m Move) Turns() bool {
	return m.Before == nil || m.After == nil || m.Before.Status != m.After.Status
}

// Moves lists the assessments of which two pictures do not say the same, by the codes of
// their indicators: those whose status turns before those of which only figures change.
// The pictures may be of two states of the record or of what is and what is proposed.
func Moves(before, after *Picture) []Move {
	then, now := byGoal(before), byGoal(after)
	var all []Move
	for key, b := range then {
		if a := now[key]; a == nil || !b.saysAs(a) {
			all = append(all, Move{key.indicator, key.framework, key.breakdown, b, a})
		}
	}
	for key, a := range now {
		if then[key] == nil {
			all = append(all, Move{key.indicator, key.framework, key.breakdown, nil, a})
		}
	}
	slices.SortFunc(all, func(a, b Move) int {
		if a.Turns() != b.Turns() {
			return cmp.Compare(figuresOnly(a), figuresOnly(b))
		}
		return cmp.Or(CompareCodes(a.Indicator, b.Indicator), cmp.Compare(a.Framework, b.Framework), cmp.Compare(a.Breakdown.Key(), b.Breakdown.Key()))
	})
	return all
}

func figuresOnly(m Move) int {
	if m.Turns() {
		return 0
	}
	return 1
}

func byGoal(p *Picture) map[goalKey]*Assessment {
	found := make(map[goalKey]*Assessment, len(p.Assessments))
	for n := range p.Assessments {
		a := &p.Assessments[n]
		found[goalKey{a.Indicator, a.Framework, a.Breakdown}] = a
	}
	return found
}

// saysAs tells whether two assessments say the same to whoever reads them: when a value
// became known, and when it was judged, does not count.
func (a *Assessment) saysAs(b *Assessment) bool {
	return a.Status == b.Status && a.Reason == b.Reason && a.Stale == b.Stale &&
		a.Achievement == b.Achievement && a.Expected == b.Expected && a.OnSchedule == b.OnSchedule && a.Pace == b.Pace &&
		a.Baseline.Period == b.Baseline.Period && a.Baseline.Value == b.Baseline.Value &&
		a.Latest.Period == b.Latest.Period && a.Latest.Value == b.Latest.Value && a.Latest.Status == b.Latest.Status &&
		a.Target.Period == b.Target.Period && a.Target.asks(&b.Target) && a.Method.saysAs(&b.Method)
}

// saysAs tells whether two methods are one and say the same. Other options that lead to the
// same are no news.
func (m *Method) saysAs(of *Method) bool {
	return m.Code == of.Code && m.Version == of.Version && m.Category == of.Category && m.Value == of.Value && m.Score == of.Score
}

// asks tells whether two aims are of the same level.
func (a *Aim) asks(b *Aim) bool {
	return a.Value.Equal(b.Value) && a.Low.Equal(b.Low) && a.High.Equal(b.High) && a.Comparison == b.Comparison
}

// A Shift is what a change does to the score of a group, of a framework or of a result,
// whichever of the three is named.
type Shift struct {
	Group     string
	Framework string
	Result    string // its reference: "sdg2030:10.c"
	Before    Rollup
	After     Rollup
}

// Shifts lists the scores that two pictures do not give alike, or that only one of them
// gives: groups, then each framework with its results.
func Shifts(before, after *Picture) []Shift {
	var all []Shift
	add := func(s Shift) {
		if s.Before.Score != s.After.Score || s.Before.Score.Valid && s.Before.Measure != s.After.Measure {
			all = append(all, s)
		}
	}
	for _, code := range keysOf(before.Groups, after.Groups) {
		add(Shift{Group: code, Before: before.RollUp(before.ForIndicators(before.GroupIndicators(code))),
			After: after.RollUp(after.ForIndicators(after.GroupIndicators(code)))})
	}
	results := keysOf(before.Results, after.Results)
	for _, code := range keysOf(before.Frameworks, after.Frameworks) {
		add(Shift{Framework: code, Before: before.RollUpFramework(code), After: after.RollUpFramework(code)})
		for _, ref := range within(results, code) {
			add(Shift{Result: ref, Before: before.RollUpResult(ref), After: after.RollUpResult(ref)})
		}
	}
	return all
}

// keysOf lists the keys of entries that are in either of two states.
func keysOf[T Entry](before, after []T) Codes {
	var keys []string
	for _, rows := range [][]T{before, after} {
		for _, row := range rows {
			keys = append(keys, row.EntryKey())
		}
	}
	return NewCodes(keys)
}
