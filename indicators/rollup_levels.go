package indicators

import (
	"slices"
	"strings"

	"jalon/indicators/progress"
)

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
	r.Measure, r.Rules = m, p.rules.book.edition
	if !p.rules.book.levels { // all indicators alike, as they are counted
		parts = flat(parts)
	}
	levels := p.rules.book.levels
	r.Coverage = covered(kept(parts, func(a *Assessment) bool { return !levels || a.enters(m) }), (*Assessment).assessed)
	of := kept(parts, func(a *Assessment) bool { return !levels || a.enters(m) && (m == MeanScore || a.Target.IsSet()) })
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

// kept are the parts that fulfil a condition, without levels that are left empty.
func kept(parts []part, is func(*Assessment) bool) []part {
	var all []part
	for _, one := range parts {
		if one.of == nil {
			one.below = kept(one.below, is)
		}
		if one.of == nil && len(one.below) > 0 || one.of != nil && is(one.of) {
			all = append(all, one)
		}
	}
	return all
}

// enters tells whether an assessment could ever have what is measured: neither a share
// nor a score is made of a yes or no, and no score of what another method stands in for.
func (a *Assessment) enters(m Measure) bool {
	staged := a.goal != nil && a.goal.indicator.Staged()
	return !staged && (m != MeanScore || a.rule == nil || a.rule.Scored)
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
	if m == MeanScore {
		return meanOf(parts, m.measured, progress.RollupOptions{Rule: progress.WeightedMean})
	}
	return meanOf(parts, m.measured, sharesCut())
}

// sharesCut averages shares, each cut to 0..1 first.
func sharesCut() progress.RollupOptions {
	return progress.RollupOptions{Rule: progress.CappedMean, Cap: [2]float64{0, 1}}
}

// meanOf is the weighted mean of a number of assessments, level by level, over those that
// have it.
func meanOf(parts []part, of func(*Assessment) progress.Number, o progress.RollupOptions) progress.Number {
	components := make([]progress.Component, len(parts))
	for n, one := range parts {
		var x progress.Number
		if one.of == nil {
			x = meanOf(one.below, of, o)
		} else {
			x = of(one.of)
		}
		components[n] = progress.Component{Weight: one.weight, Score: x, Achievement: x}
	}
	return progress.Rollup(components, o).Score
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
