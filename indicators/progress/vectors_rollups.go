package progress

// rollupAdapters are the adapters of the methods that read components.
func rollupAdapters() map[string]adapter {
	return map[string]adapter{
		"rollup_mean_score": func(in *vectorInput) (any, error) { return MeanScore(in.components()), nil },
		"rollup_equal_goals": func(in *vectorInput) (any, error) {
			return map[string]any{"score": EqualGoals(in.components())}, nil
		},
		"rollup_rule": runRollup,
	}
}

func (in *vectorInput) components() []Component {
	list := make([]Component, len(in.Components))
	for n, c := range in.Components {
		list[n] = Component{
			ID: c.ID, Group: c.Group, Weight: Number(c.Weight), Score: Number(c.Score), Achievement: Number(c.Achievement),
			Actual: Number(c.Actual), Target: Number(c.Target), Category: c.Category, Achieved: c.Achieved,
		}
	}
	return list
}

// runRollup asks for a coverage where the vector gives one, and of the weighted mean
// always.
func runRollup(in *vectorInput) (any, error) {
	var given struct {
		Rule        RollupRule `json:"rule"`
		MinCoverage *float64   `json:"min_coverage"`
	}
	o := DefaultRollup()
	if err := in.options(&given); err != nil {
		return nil, err
	}
	if given.MinCoverage == nil && given.Rule != WeightedMean {
		o.MinCoverage = 0
	}
	if err := in.options(&o); err != nil {
		return nil, err
	}
	return Rollup(in.components(), o), o.Rule.check()
}
