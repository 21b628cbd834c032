package indicators

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// targets finds targets that were edited where they stand, as if they had been mistyped,
// and targets that became others after their period was over.
func (q *inspection) targets() {
	former := map[string][]*FormerTarget{}
	for n := range q.in.Targets {
		t := &q.in.Targets[n]
		former[t.EntryKey()] = append(former[t.EntryKey()], t)
	}
	beside := map[string][]*Target{}
	for n := range q.ds.Targets {
		t := &q.ds.Targets[n]
		if before, changed := lastLevel(t, former[t.EntryKey()]); before != nil {
			q.targetChanged(before, t, q.knownOn(changed), "target_edited")
		}
		at := strings.Join([]string{t.Indicator, string(t.Framework), t.Kind, t.Period.String(), t.Breakdown.Key()}, ":")
		for _, other := range beside[at] {
			q.decidedLate(other, t)
		}
		beside[at] = append(beside[at], t)
	}
}

// decidedLate finds, of two targets for one period, the one that was decided when the
// period was over.
func (q *inspection) decidedLate(a, b *Target) {
	if q.ds.DecidedOn(a) > q.ds.DecidedOn(b) {
		a, b = b, a
	}
	if decided := q.ds.DecidedOn(b); decided > q.ds.DecidedOn(a) && decided <= q.day && !a.sameLevel(b) {
		q.targetChanged(a, b, decided, "")
	}
}

// targetChanged takes a change of a target; one that only counts when it came late has no
// other rule. A baseline always comes after its period.
func (q *inspection) targetChanged(before, after *Target, changed Date, rule string) {
	if after.Kind != BaselineKind && changed > after.Period.End() {
		rule = "target_moved_late"
	}
	if rule == "" {
		return
	}
	q.add(Finding{Rule: rule, Indicator: Optional(after.Indicator), Framework: after.Framework, Breakdown: after.Breakdown, Period: after.Period,
		Details: Details{{"kind", after.Kind}, {"before", before.aim()}, {"after", after.aim()}, {"changed", changed}}},
		after.Kind, string(after.Framework), before.level().String(), after.level().String(), changed.String())
}

// aim is what a row of targets asks for.
func (t *Target) aim() Aim {
	return Aim{Period: t.Period, Value: t.Value, Low: t.Low, High: t.High, Comparison: t.Comparison, Source: t.Source}
}

// lastLevel is the newest former version of a row that asked for something else, and the
// changeset that changed it.
func lastLevel(t *Target, former []*FormerTarget) (before *Target, changed int) {
	slices.SortFunc(former, func(a, b *FormerTarget) int { return cmp.Compare(b.Until, a.Until) })
	changed = t.Since
	for _, f := range former {
		if !f.sameLevel(t) {
			return &f.Target, changed
		}
		changed = f.Since
	}
	return nil, 0
}

// bases finds frameworks whose base year has become another, and indicators whose
// baseline is now of another period than before.
func (q *inspection) bases() {
	for n := range q.ds.Frameworks {
		f := &q.ds.Frameworks[n]
		var last *FormerFramework // the newest with another base year
		for k := range q.in.Frameworks {
			former := &q.in.Frameworks[k]
			if former.Code == f.Code && !sameYear(former.Baseline, f.Baseline) && (last == nil || former.Until > last.Until) {
				last = former
			}
		}
		if last == nil || last.Baseline == nil { // a year that was given late replaces none
			continue
		}
		after := Period(0)
		if f.Baseline != nil {
			after = Year(*f.Baseline)
		}
		q.add(Finding{Rule: "base_year_moved", Framework: Optional(f.Code),
			Details: Details{{"before", Year(*last.Baseline)}, {"after", after}, {"changed", q.knownOn(last.Until)}}},
			Year(*last.Baseline).String(), after.String(), strconv.Itoa(last.Until))
	}
	former := map[string][]*FormerTarget{}
	for n := range q.in.Targets {
		if t := &q.in.Targets[n]; t.Kind == BaselineKind {
			former[t.Indicator] = append(former[t.Indicator], t)
		}
	}
	for n := range q.ds.goals {
		q.baseline(&q.ds.goals[n], former)
	}
}

func sameYear(a, b *int) bool {
	if a == nil || b == nil {
		return a == b
	}
	return *a == *b
}

// baseline looks for a baseline of another period that came before the one in force: in
// a row that has ended, or beside it, decided earlier.
func (q *inspection) baseline(g *goal, former map[string][]*FormerTarget) {
	now := inForceDated(g.baselines, q.day)
	if now == nil || string(now.Framework) != g.frameworkCode() {
		return // none, or one that serves all frameworks: it is told of once, by its own goal
	}
	var before *Target
	for _, t := range former[g.indicator.Code] {
		if t.goal() == now.goal() && t.Period != now.Period && t.Until <= now.Since && (before == nil || t.Since > before.Since) {
			before = &t.Target
		}
	}
	changed := now.from
	for n := range g.baselines {
		if b := &g.baselines[n]; b.Framework == now.Framework && b.Period != now.Period && b.from < now.from {
			before = b.Target
		}
	}
	if before == nil {
		return
	}
	q.add(Finding{Rule: "baseline_moved", Indicator: Optional(now.Indicator), Framework: now.Framework, Breakdown: now.Breakdown, Period: now.Period,
		Details: Details{{"before", before.aim()}, {"after", now.aim()}, {"changed", changed}}},
		string(now.Framework), before.Period.String(), before.level().String(), now.level().String(), strconv.Itoa(now.Since))
}
