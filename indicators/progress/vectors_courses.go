package progress

import "errors"

// courseAdapters are the adapters of the methods that read a series.
func courseAdapters() map[string]adapter {
	return map[string]adapter{
		"opensdg_progress":               runOpenSDG,
		"eurostat_cagr_target":           runEurostatTarget,
		"eurostat_cagr_no_target":        runEurostatNoTarget,
		"unsd_progress_chart_2023":       runUNSD,
		"dns_weather":                    runWeather,
		"escap_csi_ap_unicef":            runEscapUnicef,
		"sdsn_trend":                     runNormalisedTrend,
		"extrapolate_geometric":          extrapolation(func(s Series, year, _ float64) Extrapolation { return ExtrapolateGeometric(s, year) }),
		"extrapolate_logit_ols":          extrapolation(ExtrapolateLogit),
		"extrapolate_logit_timeweighted": extrapolation(ExtrapolateLogitWeighted),
	}
}

// openSDGInput are the options of a vector of opensdg_progress, in the peer's words.
type openSDGInput struct {
	Direction  string       `json:"direction"`
	BaseYear   *int         `json:"base_year"`
	TargetYear *int         `json:"target_year"`
	Target     vectorNumber `json:"target"`
	Limit      vectorNumber `json:"limit"`
	Compat     bool         `json:"compat"`
	Thresholds struct {
		High vectorNumber `json:"high"`
		Med  vectorNumber `json:"med"`
		Low  vectorNumber `json:"low"`
	} `json:"progress_thresholds"`
}

func runOpenSDG(in *vectorInput) (any, error) {
	var o openSDGInput
	s, err := series(in.Series)
	if err = errors.Join(err, in.options(&o)); err != nil {
		return nil, err
	}
	c := Course{Series: s, BaseYear: 2015, HasTarget: o.Target.Valid}
	c.Target = Target{Month: EndOfYear(2030), Value: o.Target.Value}
	if o.BaseYear != nil {
		c.BaseYear = *o.BaseYear
	}
	if o.TargetYear != nil {
		c.Target.Month = EndOfYear(*o.TargetYear)
	}
	switch o.Direction {
	case "positive":
		c.Direction = Increase
	case "negative":
		c.Direction = Decrease
	}
	r := OpenSDG(c, OpenSDGOptions{
		High: Number(o.Thresholds.High), Med: Number(o.Thresholds.Med), Low: Number(o.Thresholds.Low),
		Limit: Number(o.Limit), Compat: o.Compat,
	})
	return openSDGOutputs(&r), nil
}

func openSDGOutputs(r *OpenSDGResult) any {
	out := map[string]any{
		"progress_value": r.Progress, "status": r.Status, "score": r.Score, "thresholds": r.Thresholds,
		"limit_coefficient": r.LimitCoefficient, "reason": r.Reason,
	}
	if r.HasBase {
		out["base_year"], out["base_value"] = r.Base.Year, r.Base.Value
	}
	if r.HasCurrent {
		out["current_year"], out["current_value"] = r.Current.Year, r.Current.Value
	}
	return out
}

func runEurostatTarget(in *vectorInput) (any, error) {
	o := struct {
		Thresholds EurostatTargetOptions `json:"thresholds"`
	}{DefaultEurostatTarget()}
	c, err := in.course()
	if err = errors.Join(err, in.options(&o)); err != nil {
		return nil, err
	}
	return EurostatTarget(c, o.Thresholds), nil
}

func runEurostatNoTarget(in *vectorInput) (any, error) {
	o := struct {
		Thresholds EurostatNoTargetOptions `json:"thresholds"`
	}{DefaultEurostatNoTarget()}
	c, err := in.course()
	if err = errors.Join(err, in.options(&o)); err != nil {
		return nil, err
	}
	return EurostatNoTarget(c, o.Thresholds), nil
}

func runUNSD(in *vectorInput) (any, error) {
	var o UNSDOptions
	c, err := in.course()
	if err = errors.Join(err, in.options(&o)); err != nil {
		return nil, err
	}
	return UNSDProgressChart(c, o), nil
}

func runWeather(in *vectorInput) (any, error) {
	o := DefaultWeather()
	c, err := in.course()
	if err = errors.Join(err, in.options(&o)); err != nil {
		return nil, err
	}
	return WeatherStatus(c, o), nil
}

func runEscapUnicef(in *vectorInput) (any, error) {
	o := struct {
		CurrentYear int      `json:"current_year"`
		Scale       *float64 `json:"scale"`
		Cuts        struct {
			OnTrackAbove        *float64 `json:"on_track_above"`
			RegressionAtOrBelow *float64 `json:"regression_at_or_below"`
		} `json:"category_cuts"`
	}{}
	c, err := in.course()
	if err = errors.Join(err, in.options(&o)); err != nil {
		return nil, err
	}
	with := DefaultEscapUnicef()
	with.CurrentYear = o.CurrentYear
	set(&with.Scale, o.Scale)
	set(&with.OnTrackAbove, o.Cuts.OnTrackAbove)
	set(&with.RegressionAtOrBelow, o.Cuts.RegressionAtOrBelow)
	return EscapUnicef(c, with), nil
}

func set(option, given *float64) {
	if given != nil {
		*option = *given
	}
}

func runNormalisedTrend(in *vectorInput) (any, error) {
	var o struct {
		Green      *float64 `json:"green_threshold_score"`
		TargetYear int      `json:"target_year"`
	}
	s, err := series(in.Normalised)
	if err = errors.Join(err, in.options(&o)); err != nil {
		return nil, err
	}
	if o.Green == nil || o.TargetYear == 0 {
		return nil, errors.New("green_threshold_score and target_year are wanted")
	}
	return NormalisedTrend(s, *o.Green, o.TargetYear), nil
}

// extrapolation adapts a function of series, year and scale.
func extrapolation(method func(s Series, year, scale float64) Extrapolation) adapter {
	return func(in *vectorInput) (any, error) {
		o := struct {
			Year  int     `json:"predict_year"`
			Scale float64 `json:"scale"`
		}{Scale: 100}
		s, err := series(in.Series)
		if err = errors.Join(err, in.options(&o)); err != nil {
			return nil, err
		}
		if o.Year < FirstYear || o.Year > LastYear {
			return nil, errors.New("predict_year is wanted")
		}
		return method(s, float64(o.Year), o.Scale), nil
	}
}
