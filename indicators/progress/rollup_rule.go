package progress

import "fmt"

// A RollupRule says how components become one figure.
type RollupRule string

// The rules.
const (
	MeanOfGroupMeans RollupRule = "mean_of_group_means" // of scores; equal weight for every group
	WeightedMean     RollupRule = "weighted_mean"       // of scores, by weight over those assessed
	CappedMean       RollupRule = "capped_mean"         // of achievements, each cut first
	RatioOfSums      RollupRule = "ratio_of_sums"       // Σ actual ÷ Σ target
	WorstCategory    RollupRule = "worst"
)

// A CoverageMeasure says what share of the components is assessed.
type CoverageMeasure string

// The measures.
const (
	CoverageByCount  CoverageMeasure = "count"
	CoverageByWeight CoverageMeasure = "weight"
)

// RollupOptions are the options of Rollup.
type RollupOptions struct {
	Rule        RollupRule      `json:"rule"`
	MinCoverage float64         `json:"min_coverage"` // share of 0..1; equal passes
	CoverageBy  CoverageMeasure `json:"coverage_by"`
	Cap         [2]float64      `json:"cap"` // of achievements
}

// DefaultRollup is equal weight, achievements cut to 0..1, and no figure where less
// than three quarters are assessed.
func DefaultRollup() RollupOptions {
	return RollupOptions{Rule: WeightedMean, MinCoverage: 0.75, CoverageBy: CoverageByCount, Cap: [2]float64{0, 1}}
}

// A RollupResult is the figure and, beside it, what another rule would have made of
// the same components.
type RollupResult struct {
	Score        Number         `json:"score"`
	Status       RollupCoverage `json:"status,omitempty"`
	Coverage     Number         `json:"coverage"` // share of 0..1 that is assessed
	Assessed     int            `json:"assessed"`
	Total        int            `json:"total"`
	FlatMean     Number         `json:"flat_mean"`      // beside the mean of group means
	UncappedMean Number         `json:"uncapped_mean"`  // beside the capped mean
	MeanOfRatios Number         `json:"mean_of_ratios"` // beside the ratio of sums
	Category     Weather        `json:"category,omitempty"`
}

// Rollup brings components to one figure by a rule.
//
//	weighted_mean          Σ w s ÷ Σ w             over the assessed; w null counts as 1
//	capped_mean            Σ w cut(A) ÷ Σ w        cut before averaging
//	mean_of_group_means    mean of the means of each group
//	ratio_of_sums          Σ actual ÷ Σ target     never the mean of ratios
//	worst                  the worst symbol
//
// A missing component is neither 0 nor the mean: it is left out, and where less than
// MinCoverage is left, by number or by weight, there is no figure. Negative weights
// make coverage meaningless and leave none either.
func Rollup(components []Component, o RollupOptions) RollupResult {
	r := RollupResult{Status: RollupOK, Total: len(components)}
	if !r.cover(components, &o) {
		r.Status = RollupInsufficient
		return r
	}
	switch o.Rule {
	case MeanOfGroupMeans:
		groupMeans(components, &r)
	case CappedMean:
		cappedMean(components, o.Cap, &r)
	case RatioOfSums:
		ratioOfSums(components, &r)
	case WorstCategory:
		r.Category = worst(components)
	default:
		scores := mean{}
		for _, c := range components {
			if c.Score.Valid {
				scores.add(c.Score.Value, c.weight())
			}
		}
		r.Score = scores.value()
	}
	return r
}

// cover computes the coverage and tells whether it suffices.
func (r *RollupResult) cover(components []Component, o *RollupOptions) bool {
	some, all := 0.0, 0.0
	for _, c := range components {
		w := c.weight()
		if w < 0 {
			return false
		}
		if o.CoverageBy != CoverageByWeight {
			w = 1
		}
		all += w
		if c.assessed(o.Rule) {
			some += w
			r.Assessed++
		}
	}
	r.Coverage = Num(some / all)
	return r.Coverage.Valid && r.Assessed > 0 && atLeast(r.Coverage.Value, o.MinCoverage)
}

// assessed tells whether a component has what the rule reads.
func (c *Component) assessed(rule RollupRule) bool {
	switch rule {
	case CappedMean:
		return c.Achievement.Valid
	case RatioOfSums:
		return c.Actual.Valid && c.Target.Valid
	case WorstCategory:
		return worst([]Component{*c}) != NoWeather
	}
	return c.Score.Valid
}

func (c *Component) weight() float64 {
	if c.Weight.Valid {
		return c.Weight.Value
	}
	return 1
}

// cappedMean cuts each achievement first: one indicator at four times its target must
// not hide two failures.
func cappedMean(components []Component, limits [2]float64, r *RollupResult) {
	capped, raw := mean{}, mean{}
	for _, c := range components {
		if c.Achievement.Valid {
			capped.add(min(max(c.Achievement.Value, limits[0]), limits[1]), c.weight())
			raw.add(c.Achievement.Value, c.weight())
		}
	}
	r.Score, r.UncappedMean = capped.value(), raw.value()
}

// check refuses a rule that there is not.
func (r RollupRule) check() error {
	switch r {
	case MeanOfGroupMeans, WeightedMean, CappedMean, RatioOfSums, WorstCategory:
		return nil
	}
	return fmt.Errorf("there is no roll-up rule %q", string(r))
}
