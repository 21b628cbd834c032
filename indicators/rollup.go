package indicators

import (
	"encoding/json"

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
	Rules    int             `json:"rules"`    // edition of the rules of the mean
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
