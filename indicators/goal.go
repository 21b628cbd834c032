package indicators

import (
	"cmp"
	"slices"

	"jalon/indicators/progress"
)

// A goal is what one assessment is about: an indicator, a framework and the rows
// of targets that concern them, each with the day from which it holds.
type goal struct {
	indicator  *Indicator
	framework  *Framework // nil: the indicator's own target, or none at all
	breakdown  Breakdown
	groups     Codes
	results    Codes          // those of the framework
	rule       *progress.Rule // nil: it is not known here
	ownRule    bool           // the indicator's own choice
	family     []goal         // all goals of the indicator, this one included
	finals     []dated
	baselines  []dated
	milestones []dated // by period, then by day
}

type dated struct {
	*Target
	from Date // decided, or the day of the changeset
}

// plan lists the goals of all indicators: one for each framework and breakdown
// with a final target, one for each further framework whose results an indicator
// is linked to, and one for an indicator whose total has neither.
func (ds *Dataset) plan() []goal {
	ds.rules = newRulesIndex(ds.Definitions)
	byIndicator := map[string][]dated{}
	for n := range ds.Targets {
		t := &ds.Targets[n]
		byIndicator[t.Indicator] = append(byIndicator[t.Indicator], dated{t, ds.DecidedOn(t)})
	}
	goals := make([]goal, 0, len(ds.Indicators))
	for n := range ds.Indicators {
		i := &ds.Indicators[n]
		goals = ds.goalsOf(goals, i, byIndicator[i.Code])
	}
	for first, n := 0, 0; n < len(goals); n++ {
		if goals[n].indicator != goals[first].indicator {
			first = n
		}
		if n+1 == len(goals) || goals[n+1].indicator != goals[first].indicator {
			for k := first; k <= n; k++ {
				goals[k].family = goals[first : n+1]
			}
		}
	}
	return goals
}

func (ds *Dataset) goalsOf(goals []goal, i *Indicator, rows []dated) []goal {
	slices.SortStableFunc(rows, func(a, b dated) int {
		return cmp.Or(cmp.Compare(a.Framework, b.Framework), cmp.Compare(a.Breakdown.Key(), b.Breakdown.Key()),
			cmp.Compare(a.Period.EndMonth(), b.Period.EndMonth()), cmp.Compare(a.from, b.from))
	})
	first, refs, groups := len(goals), i.Results.Refs(), ds.GroupsOf(i)
	add := func(framework string, breakdown Breakdown) *goal {
		g := goal{indicator: i, framework: ds.index.frameworks[framework], breakdown: breakdown, groups: groups, results: within(refs, framework)}
		g.rule, g.ownRule = ds.rules.of(i, g.framework)
		goals = append(goals, g)
		return &goals[len(goals)-1]
	}
	for n := range rows {
		t := rows[n]
		g := find(goals[first:], string(t.Framework), t.Breakdown)
		if g == nil && t.Kind == TargetKind {
			g = add(string(t.Framework), t.Breakdown)
			for _, other := range rows {
				g.take(other)
			}
		}
	}
	for _, link := range i.Results {
		if find(goals[first:], link.Framework, Breakdown{}) == nil {
			add(link.Framework, Breakdown{})
		}
	}
	if !slices.ContainsFunc(goals[first:], func(g goal) bool { return g.breakdown.IsTotal() }) {
		add("", Breakdown{})
	}
	return goals
}

// take files a row under the goal it concerns. A baseline without framework
// serves the frameworks that have none of their own.
func (g *goal) take(t dated) {
	if t.Breakdown != g.breakdown || t.Framework != Optional(g.frameworkCode()) && (t.Kind != BaselineKind || t.Framework != "") {
		return
	}
	switch t.Kind {
	case TargetKind:
		g.finals = append(g.finals, t)
	case MilestoneKind:
		g.milestones = append(g.milestones, t)
	case BaselineKind:
		g.baselines = append(g.baselines, t)
	}
}

func (g *goal) frameworkCode() string {
	if g.framework == nil {
		return ""
	}
	return g.framework.Code
}

func find(goals []goal, framework string, breakdown Breakdown) *goal {
	for n := range goals {
		if goals[n].frameworkCode() == framework && goals[n].breakdown == breakdown {
			return &goals[n]
		}
	}
	return nil
}

// within is the part of a sorted list of results that belongs to a framework.
func within(refs Codes, framework string) Codes {
	from, _ := slices.BinarySearch(refs, framework+":")
	to, _ := slices.BinarySearch(refs, framework+";") // the character after ":"
	return refs[from:to]
}

// holds tells whether a row had been decided by a day.
func (t *dated) holds(day Date) bool { return t.from <= day }

// inForce is the newest of the rows decided by a day. A framework's own goes before
// one without framework; of those decided on one day, the last given before the
// others. Where none had been decided, a row that does not say when it was holds:
// it is known to the Dataset, only later than the day that is judged. Else nil.
func inForce(rows []dated, day Date) *Target {
	var best, undated *dated
	for n := range rows {
		t := &rows[n]
		switch own := t.Framework != ""; {
		case !t.holds(day):
			if t.Decided == 0 && (undated == nil || own) {
				undated = t
			}
		case best == nil, own && best.Framework == "", t.from >= best.from && own == (best.Framework != ""):
			best = t
		}
	}
	switch {
	case best != nil:
		return best.Target
	case undated != nil:
		return undated.Target
	}
	return nil
}
