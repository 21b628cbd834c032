package progress

// statisticsAdapters are the adapters of projections and trend tests.
func statisticsAdapters() map[string]adapter {
	return map[string]adapter{
		"project_ols": ofLine(OLSOptions{}, func(s Series, t *Target, d Direction, o OLSOptions) any {
			return ProjectOLS(s, t, d, o)
		}),
		"project_loglinear": ofLine(OLSOptions{}, func(s Series, t *Target, d Direction, o OLSOptions) any {
			return ProjectLogLinear(s, t, d, o)
		}),
		"project_logit_ols": ofLine(LogitOptions{}, func(s Series, t *Target, d Direction, o LogitOptions) any {
			return ProjectLogit(s, t, d, o)
		}),
		"project_wls_time": ofSeries(WLSOptions{}, func(s Series, o WLSOptions) any { return ProjectWLS(s, o) }),
		"project_theil_sen": ofSeries(TheilSenOptions{Alpha: 0.95}, func(s Series, o TheilSenOptions) any {
			return ProjectTheilSen(s, o)
		}),
		"project_holt_fixed": ofSeries(HoltOptions{Horizon: 1}, func(s Series, o HoltOptions) any { return ProjectHolt(s, o) }),
		"trend_mann_kendall": ofSeries(struct{}{}, func(s Series, _ struct{}) any { return TrendMannKendall(s) }),
		"trend_spearman":     ofSeries(DefaultSpearman(), func(s Series, o SpearmanOptions) any { return TrendSpearman(s, o) }),
		"aarr_regression":    ofSeries(struct{}{}, func(s Series, _ struct{}) any { return AverageAnnualReduction(s) }),
	}
}

// ofSeries adapts a method that reads a series and options alone.
func ofSeries[O any](standard O, run func(Series, O) any) adapter {
	return func(in *vectorInput) (any, error) {
		o := standard
		if err := in.options(&o); err != nil {
			return nil, err
		}
		s, err := series(in.Series)
		if err != nil {
			return nil, err
		}
		return run(s, o), nil
	}
}

// ofLine adapts a projection that gives the probability of a target, where there is
// one; then it needs the direction, too.
func ofLine[O any](standard O, run func(Series, *Target, Direction, O) any) adapter {
	return func(in *vectorInput) (any, error) {
		t, has, err := in.target()
		if err != nil {
			return nil, err
		}
		if !has {
			return ofSeries(standard, func(s Series, o O) any { return run(s, nil, Maintain, o) })(in)
		}
		d, err := in.direction()
		if err != nil {
			return nil, err
		}
		return ofSeries(standard, func(s Series, o O) any { return run(s, &t, d, o) })(in)
	}
}
