package indicators

// A QualityRule is one rule by which figures and definitions are doubted.
type QualityRule struct {
	Code     string
	Severity Severity
	Needs    string   // what it is reckoned from
	Details  []string // the names of what its findings speak of, in the order of the sentence
}

// What rules are reckoned from: one series; a series of the total and the definition
// of its indicator; the series of the parts beside it; definitions alone; versions of
// definitions that have been replaced.
const (
	ofSeries      = "series"
	ofTotal       = "total"
	ofParts       = "parts"
	ofDefinitions = "definitions"
	ofVersions    = "versions"
)

// QualityRules lists the rules, the heaviest first.
func QualityRules() []QualityRule {
	return []QualityRule{
		{"unit_mixup", Severe, ofSeries, []string{"value", "neighbours", "factor"}},
		{"cumulative_fell", Severe, ofSeries, []string{"value", "before", "before_period"}},
		{"out_of_bounds", Severe, ofSeries, []string{"value", "least", "most"}},
		{"parts_total", Severe, ofParts, []string{"dimension", "total", "sum"}},
		{"target_moved_late", Severe, ofVersions, []string{"kind", "before", "after", "changed"}},

		{"outlier", Doubtful, ofTotal, []string{"value", "median", "score"}},
		{"jump", Doubtful, ofTotal, []string{"value", "before", "before_period", "usual", "score"}},
		{"total_outside_parts", Doubtful, ofParts, []string{"dimension", "total", "least", "most"}},
		{"overdue", Doubtful, ofTotal, []string{"due"}},
		{"provisional_long", Doubtful, ofSeries, []string{"value", "since", "days"}},
		{"target_edited", Doubtful, ofVersions, []string{"kind", "before", "after", "changed"}},
		{"base_year_moved", Doubtful, ofVersions, []string{"before", "after", "changed"}},
		{"baseline_moved", Doubtful, ofVersions, []string{"before", "after", "changed"}},
		{"duplicate_indicator", Doubtful, ofTotal, []string{"other", "values"}},
		{"duplicate_funding", Doubtful, ofDefinitions, []string{"donor", "kind", "amount", "currency", "day"}},
		{"action_outside", Doubtful, ofDefinitions, []string{"framework", "from", "until", "start", "end"}},
		{"illustrative_mixed", Doubtful, ofDefinitions, []string{"illustrative", "all"}},

		{"stale", Slight, ofTotal, []string{"value"}},
		{"missing", Slight, ofTotal, []string{"missing", "first", "last"}},
	}
}
