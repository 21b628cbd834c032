package web

import (
	"html/template"

	"jalon/indicators"
	"jalon/indicators/progress"
)

// A projection is where the trend leads, as it is shown: apart from the status.
type projection struct {
	Words    template.HTML // what is expected, or why nothing is
	Facts    []fact
	Robust   template.HTML // what methods say that one odd value does not bend
	Track    template.HTML // how such projections have done before
	Warnings []string
}

// projection is nil where there is no target to come, or nothing to measure.
func (v *view) projection(i *indicators.Indicator, a *indicators.Assessment) *projection {
	p := a.Projection()
	if p == nil || p.Reason == progress.NoTarget {
		return nil
	}
	if !p.Value.Valid {
		return &projection{Words: sentence(v.l, "projection.refused", v.because(p.Reason))}
	}
	shown := &projection{}
	model := v.l.T("model." + string(p.Model))
	shown.Words = sentence(v.l, "projection.words", model, plural(v.l, "working.values", p.Points), v.optional(i, p.Value), v.during(a.Target.Period), v.target(i, &a.Target))
	band := func(key string, low, high progress.Number) {
		if low.Valid && high.Valid {
			shown.Facts = append(shown.Facts, fact{Name: sentence(v.l, key), Value: v.worded("aim.range", v.bareNumber(i, low.Value), string(v.amount(i, high.Value)))})
		}
	}
	band("projection.band80", p.Low80, p.High80)
	band("projection.band95", p.Low95, p.High95)
	if p.Probability.Valid {
		shown.Facts = append(shown.Facts, fact{Name: v.explained("probability", v.l.T("projection.probability")), Value: v.probability(p.Probability.Value), Note: sentence(v.l, "projection.if")})
	}
	if p.Reason != "" {
		shown.Warnings = append(shown.Warnings, v.l.T("projection.no_band", v.because(p.Reason)))
	}
	for _, w := range p.Warnings {
		shown.Warnings = append(shown.Warnings, v.l.T("projection.warning."+string(w)))
	}
	shown.Robust = v.robust(i, a, p)
	shown.Track = v.track(a, p.Model)
	return shown
}

// probability writes a chance as a percentage; what rounds to nothing or to certainty
// is neither.
func (v *view) probability(x float64) figure {
	switch {
	case x < 0.01:
		return v.worded("projection.under", v.l.Percent(0.01, 0))
	case x > 0.99:
		return v.worded("projection.over", v.l.Percent(0.99, 0))
	}
	return figure(v.l.Percent(x, 0))
}

func (v *view) bareNumber(i *indicators.Indicator, x float64) string {
	return v.l.Number(x, decimals(i, x))
}

// robust says what Theil-Sen and Mann-Kendall find in the same values.
func (v *view) robust(i *indicators.Indicator, a *indicators.Assessment, p *progress.Projection) template.HTML {
	if p.Robust == nil || !p.Robust.TheilSen.Value.Valid || !p.Robust.MannKendall.P.Valid {
		return ""
	}
	key := "projection.no_trend"
	switch k := p.Robust.MannKendall; {
	case k.P.Value < progress.DefaultSpearman().Significance && k.S.Value > 0:
		key = "projection.rising"
	case k.P.Value < progress.DefaultSpearman().Significance:
		key = "projection.falling"
	}
	return sentence(v.l, "projection.robust", v.optional(i, p.Robust.TheilSen.Value), v.during(a.Target.Period),
		v.l.T(key), v.pValue(p.Robust.MannKendall.P.Value))
}

// pValue writes a probability of chance; what rounds to nothing is not nothing.
func (v *view) pValue(p float64) string {
	if p < 0.001 {
		return v.l.T("projection.p_small", v.l.Number(0.001, 3))
	}
	return v.l.T("projection.p", v.l.Number(p, 3))
}

// narrow is from how many outcomes and under which share of them inside the 80 %
// interval a reader is warned.
const narrowTrials, narrowShare = 5, 0.6

// versionsOf are the versions of the series that an assessment of a total is of.
func (v *view) versionsOf(a *indicators.Assessment) []indicators.Version {
	if v.versions == nil || !a.Breakdown.IsTotal() {
		return nil
	}
	return v.versions(a.Indicator)
}

// track says how often the interval of such a projection has held before, on the
// values of this indicator.
func (v *view) track(a *indicators.Assessment, model progress.Model) template.HTML {
	record := a.Backtest(v.versionsOf(a))
	for _, t := range record.Tracks {
		if t.Model != model {
			continue
		}
		if t.Trials == 0 {
			return sentence(v.l, "track.none")
		}
		way := "track.rolling"
		if record.ByVintages {
			way = "track.vintages"
		}
		words := sentence(v.l, way, plural(v.l, "track.outcomes", t.Trials), t.Inside, figure(v.l.Percent(t.Coverage().Value, 0)))
		if brier := t.Brier(); brier.Valid {
			words += " " + sentence(v.l, "track.brier", figure(v.l.Number(brier.Value, 2)))
		}
		if t.Trials >= narrowTrials && t.Coverage().Value < narrowShare {
			words += " " + sentence(v.l, "track.narrow")
		}
		return words
	}
	return ""
}
