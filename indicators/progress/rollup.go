package progress

import "slices"

// A Component is one part of a roll-up. Which of its figures count, the rule says;
// a null one makes it missing.
type Component struct {
	ID             string
	Group          string  // of the level between, such as a target of a goal
	Weight         Number  // null: 1
	Score          Number  // -5 to +5, 0 to 100, or any other scale that all share
	Achievement    Number  // uncapped share of the way
	Actual, Target Number  // of an additive indicator; or numerator and denominator
	Category       Weather // of the rule worst
	Achieved       bool    // its target is met
}

// rollupVersion counts the editions of MeanScore, EqualGoals and Rollup that give
// other figures.
const rollupVersion = 1

// A MeanScoreResult is a mean of scores and what it is the mean of.
type MeanScoreResult struct {
	Score    Number        `json:"score"`
	Status   OpenSDGStatus `json:"status"`
	Assessed int           `json:"assessed"` // components with a score
	Total    int           `json:"total"`
}

// MeanScore is the score of an Open SDG indicator of several series: the plain mean
// of the scores from -5 to +5 that are there.
//
// From 2.5 on it is substantial, from 0 moderate, from -2.5 limited progress, else
// deterioration; target_achieved only where every assessed component met its target.
// None assessed: null and not_available. Source: sdg-build 139fede.
func MeanScore(components []Component) MeanScoreResult {
	r := MeanScoreResult{Status: OpenSDGNotAvailable, Total: len(components)}
	achieved, scores := true, mean{}
	for _, c := range components {
		if c.Score.Valid {
			scores.add(c.Score.Value, 1)
			achieved = achieved && c.Achieved
		}
	}
	r.Assessed, r.Score = scores.n, scores.value()
	switch s := r.Score; {
	case !s.Valid:
	case achieved:
		r.Status = OpenSDGAchieved
	case atLeast(s.Value, 2.5):
		r.Status = OpenSDGSubstantial
	case s.Value >= 0:
		r.Status = OpenSDGModerate
	case atLeast(s.Value, -2.5):
		r.Status = OpenSDGLimited
	default:
		r.Status = OpenSDGDeterioration
	}
	return r
}

// EqualGoals is the SDG Index (SDSN) from the scores of goals: their plain mean,
// over those that have one. It reproduces the index of 2023 within its rounding.
func EqualGoals(goals []Component) Number {
	scores := mean{}
	for _, g := range goals {
		if g.Score.Valid {
			scores.add(g.Score.Value, 1)
		}
	}
	return scores.value()
}

// A RollupCoverage says whether enough was assessed for a figure to stand.
type RollupCoverage string

// The two answers.
const (
	RollupOK           RollupCoverage = "ok"
	RollupInsufficient RollupCoverage = "insufficient_coverage"
)

// ratioOfSums is Σ actual ÷ Σ target over the components that have both: the way to
// add up an additive indicator, or a rate over regions by its denominators. The mean
// of the ratios is there to be compared, not to be used.
func ratioOfSums(components []Component, r *RollupResult) {
	actual, target, ratios := 0.0, 0.0, mean{}
	for _, c := range components {
		if !c.Actual.Valid || !c.Target.Valid {
			continue
		}
		actual, target = actual+c.Actual.Value, target+c.Target.Value
		if one := quotient(c.Actual, c.Target); one.Valid {
			ratios.add(one.Value, 1)
		}
	}
	r.Score = quotient(Num(actual), Num(target))
	r.MeanOfRatios = ratios.value()
}

// groupMeans is the mean of the means of each group: every target of a goal counts
// the same, however many indicators it has.
func groupMeans(components []Component, r *RollupResult) {
	groups, flat := map[string]*mean{}, mean{}
	var order []string // of sums, so that the last digit does not change from run to run
	for _, c := range components {
		if !c.Score.Valid {
			continue
		}
		if groups[c.Group] == nil {
			groups[c.Group] = &mean{}
			order = append(order, c.Group)
		}
		groups[c.Group].add(c.Score.Value, 1)
		flat.add(c.Score.Value, 1)
	}
	means := mean{}
	for _, g := range order {
		means.add(groups[g].value().Value, 1)
	}
	r.Score, r.FlatMean = means.value(), flat.value()
}

// worst is the worst symbol of those assessed.
func worst(components []Component) Weather {
	order := []Weather{Sun, SunCloud, Cloud, Thunderstorm}
	at := -1
	for _, c := range components {
		at = max(at, slices.Index(order, c.Category))
	}
	if at < 0 {
		return NoWeather
	}
	return order[at]
}

// A mean is one in the making, by weight.
type mean struct {
	n           int
	sum, weight float64
}

func (m *mean) add(x, weight float64) {
	m.n++
	m.sum += x * weight
	m.weight += weight
}

// value is null where there is nothing to take the mean of.
func (m *mean) value() Number { return Num(m.sum / m.weight) }
