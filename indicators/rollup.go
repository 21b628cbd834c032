package indicators

import (
	"encoding/json"
	"slices"
	"strings"

	"jalon/indicators/progress"
)

// MinCoverage is the share of assessed indicators below which a roll-up shows its
// counts but no score, unless the programme sets another.
const MinCoverage = 0.75

// Counts is a number of indicators for each status, in the order of
// progress.Statuses.
type Counts [7]int

// Of is the number for one status.
func (c Counts) Of(status progress.Status) int {
	if n := status.Index(); n >= 0 {
		return c[n]
	}
	return 0
}

// MarshalJSON writes an object, one number for each status.
func (c Counts) MarshalJSON() ([]byte, error) {
	named := map[progress.Status]int{}
	for n, s := range progress.Statuses() {
		named[s] = c[n]
	}
	return json.Marshal(named)
}

// A Measure is what the score of a roll-up is the mean of.
type Measure string

// The measures.
const (
	// MeanAchievement is the mean share of the way covered, each share cut to 0..1 first,
	// of the indicators that have a target.
	MeanAchievement Measure = "achievement"
	// MeanScore is the mean of scores from -5 to +5, of frameworks whose method gives
	// them to each indicator, with a target or without.
	MeanScore Measure = "score"
)

// A Rollup sums up the assessments of several indicators, each counted once.
type Rollup struct {
	Counts   Counts          `json:"counts"`
	Assessed int             `json:"assessed"`
	Total    int             `json:"total"`
	Coverage progress.Number `json:"coverage"` // share that is assessed, by the weights of the score
	Measure  Measure         `json:"measure"`
	// Score is null where less than the programme's least coverage is assessed, or has
	// the number that Measure is the mean of: an indicator without a target has no share
	// of a way, and is not missing. What is reached or not enters as a count only.
	Score progress.Number `json:"score"`
}

// RollUp counts assessments of totals and averages their achievements, all with the
// same weight; those of breakdowns are left out.
func (p *Picture) RollUp(list []*Assessment) Rollup {
	parts := make([]part, 0, len(list))
	for _, a := range list {
		if a.Breakdown.IsTotal() {
			parts = append(parts, part{of: a})
		}
	}
	r := count(list)
	p.average(&r, MeanAchievement, parts)
	return r
}

// RollUpResult sums up a result: its indicators, and the results below it, each with
// its declared weight (1 where none is). Levels are averaged one after the other, so
// that a result with many indicators weighs no more than its sibling with one; an
// indicator that serves two of them counts once in the numbers, and in both means.
func (p *Picture) RollUpResult(ref string) Rollup {
	r := count(p.ForResult(ref))
	if result := p.Result(ref); result != nil {
		p.average(&r, p.measure(result.Framework), p.parts(ref, result.Framework, nil))
	}
	return r
}

// RollUpFramework sums up a framework: its top results, and beside them, with the same
// weight, the indicators that are judged against it without serving a result.
func (p *Picture) RollUpFramework(code string) Rollup {
	all := p.ForFramework(code)
	r := count(all)
	parts := p.parts(code, code, nil)
	for _, a := range all {
		if len(a.Results) == 0 {
			parts = append(parts, part{of: a})
		}
	}
	p.average(&r, p.measure(code), parts)
	return r
}

func count(list []*Assessment) (r Rollup) {
	for _, a := range list {
		if !a.Breakdown.IsTotal() {
			continue
		}
		r.Counts[a.Status.Index()]++
		r.Total++
		if a.Status != progress.NotAssessable {
			r.Assessed++
		}
	}
	return r
}

// measure is what a framework's method gives to every indicator.
func (p *Picture) measure(framework string) Measure {
	rule, _ := p.rules.of(&Indicator{}, p.Framework(framework))
	if rule != nil && rule.Scored && p.rules.book.levels {
		return MeanScore
	}
	return MeanAchievement
}

// A part is what a roll-up is made of: an assessment, or the parts of a result below.
type part struct {
	weight progress.Number
	of     *Assessment
	below  []part
}

// parts are those right below a result, or below a framework (parent = its code).
// Results that no indicator serves are none: nothing could be assessed there.
func (p *Picture) parts(parent, framework string, over []string) []part {
	var all []part
	for _, i := range p.byResult[parent] {
		for _, a := range p.byIndicator[i.Code] {
			if a.Breakdown.IsTotal() && string(a.Framework) == framework {
				all = append(all, part{weight: i.weightIn(parent), of: a})
			}
		}
	}
	for _, child := range p.children[parent] {
		if slices.Contains(over, child.Ref()) {
			continue // a cycle, which no import lets in
		}
		if below := p.parts(child.Ref(), framework, append(over, parent)); len(below) > 0 {
			all = append(all, part{weight: weight(child.Weight), below: below})
		}
	}
	return all
}

func (i *Indicator) weightIn(ref string) progress.Number {
	for _, l := range i.Results {
		if l.Ref() == ref {
			return weight(l.Weight)
		}
	}
	return progress.Number{}
}

func weight(d Decimal) progress.Number {
	if !d.IsSet() {
		return progress.Number{}
	}
	return progress.Num(d.Float())
}

// rounding is what floating-point arithmetic may take off a coverage that is exactly
// the least one in decimals.
const rounding = 1e-12

// average fills in coverage and score.
func (p *Picture) average(r *Rollup, m Measure, parts []part) {
	r.Measure = m
	if !p.rules.book.levels { // all indicators alike, as they are counted
		parts = flat(parts)
	}
	r.Coverage = covered(parts, (*Assessment).assessed)
	of := p.measurable(m, parts)
	known := covered(of, func(a *Assessment) bool { return m.measured(a).Valid })
	if enough := p.MinCoverage() - rounding; r.Coverage.Valid && known.Valid && min(r.Coverage.Value, known.Value) >= enough {
		r.Score = m.mean(of)
	}
}

// flat are the assessments of parts of any depth, each once.
func flat(parts []part) []part {
	var all []part
	for _, one := range parts {
		if one.of == nil {
			all = append(all, flat(one.below)...)
		} else {
			all = append(all, part{of: one.of})
		}
	}
	slices.SortStableFunc(all, func(a, b part) int { return strings.Compare(a.of.Indicator, b.of.Indicator) })
	return slices.CompactFunc(all, func(a, b part) bool { return a.of == b.of })
}

// assessed tells whether there is a verdict.
func (a *Assessment) assessed() bool { return a.Status != progress.NotAssessable }

// covered is the share that fulfils a condition, of each level by weight; null of
// nothing.
func covered(parts []part, is func(*Assessment) bool) progress.Number {
	components := make([]progress.Component, len(parts))
	for n, one := range parts {
		components[n].Weight = one.weight
		switch {
		case one.of == nil:
			components[n].Score = covered(one.below, is)
		case is(one.of):
			components[n].Score = progress.Num(1)
		default:
			components[n].Score = progress.Num(0)
		}
	}
	return progress.Rollup(components, progress.RollupOptions{Rule: progress.WeightedMean}).Score
}

// measurable are the parts of which a measure could be taken.
func (p *Picture) measurable(m Measure, parts []part) []part {
	var all []part
	for _, one := range parts {
		if one.of == nil {
			one.below = p.measurable(m, one.below)
		}
		if one.of == nil && len(one.below) > 0 || one.of != nil && one.of.measurable(m, p.rules.book.levels) {
			all = append(all, one)
		}
	}
	return all
}

// measured is the number of an assessment that a measure is the mean of.
func (m Measure) measured(a *Assessment) progress.Number {
	if m == MeanScore {
		return a.Method.Score
	}
	return a.share()
}

// mean is the weighted mean of what is measured, level by level, over what is there;
// shares are cut to 0..1 first, by the level that has them.
func (m Measure) mean(parts []part) progress.Number {
	o := progress.RollupOptions{Rule: progress.CappedMean, Cap: [2]float64{0, 1}}
	if m == MeanScore {
		o.Rule = progress.WeightedMean
	}
	components := make([]progress.Component, len(parts))
	for n, one := range parts {
		var x progress.Number
		if one.of == nil {
			x = m.mean(one.below)
		} else {
			x = m.measured(one.of)
		}
		components[n] = progress.Component{Weight: one.weight, Score: x, Achievement: x}
	}
	return progress.Rollup(components, o).Score
}

// measurable tells whether an assessment could have what is measured: a share of a
// way needs a target, and neither a share nor a score is made of a yes or no.
func (a *Assessment) measurable(m Measure, levels bool) bool {
	if !levels || a.goal == nil {
		return true
	}
	return !a.goal.indicator.Staged() && (m == MeanScore || a.Target.IsSet())
}

// share is the achievement; where the level alone decides, met or not met; null where
// nothing is assessed.
func (a *Assessment) share() progress.Number {
	switch {
	case a.Status == progress.NotAssessable:
		return progress.Number{}
	case a.Achievement.Valid:
		return a.Achievement
	case a.Status == progress.Achieved:
		return progress.Num(1)
	}
	return progress.Num(0)
}
