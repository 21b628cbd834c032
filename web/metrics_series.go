package web

import (
	"math"
	"slices"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"jalon/indicators"
	"jalon/indicators/progress"
)

// own is the horizon of a target that belongs to no framework.
const own = "own"

// A series builder turns one picture into const metrics. A moment is Unix time,
// the end of a day the last second of it in UTC.
type seriesBuilder struct {
	p     *indicators.Picture
	descs map[string]*prometheus.Desc
	all   []prometheus.Metric
}

// newSeries is every series of a picture.
func newSeries(p *indicators.Picture) []prometheus.Metric {
	b := &seriesBuilder{p: p, descs: map[string]*prometheus.Desc{}, all: make([]prometheus.Metric, 0, 16*len(p.Indicators)+64)}
	for n := range p.Indicators {
		i := &p.Indicators[n]
		b.info(i)
		b.value(i)
		b.goals(i)
	}
	b.actions()
	b.funding()
	b.overdue()
	b.gauge("jalon_changeset", "Number of the newest changeset served.", float64(p.Newest().Number))
	return b.all
}

// gauge adds a series; labels are name and value by turns. What is no finite
// number is left out: there is no series of what is not known.
func (b *seriesBuilder) gauge(name, help string, value float64, labels ...string) {
	if math.IsNaN(value) || math.IsInf(value, 0) {
		return
	}
	names, values := make([]string, 0, len(labels)/2), make([]string, 0, len(labels)/2)
	for pair := range slices.Chunk(labels, 2) {
		names, values = append(names, pair[0]), append(values, strings.ToValidUTF8(pair[1], "�"))
	}
	desc := b.descs[name]
	if desc == nil {
		desc = prometheus.NewDesc(name, help, names, nil)
		b.descs[name] = desc
	}
	b.all = append(b.all, prometheus.MustNewConstMetric(desc, prometheus.GaugeValue, value, values...))
}

func (b *seriesBuilder) info(i *indicators.Indicator) {
	sdg := ""
	for _, code := range i.External {
		if goal, found := strings.CutPrefix(code, "sdg:"); found {
			sdg = goal
			break // more than one label value would break every join
		}
	}
	b.gauge("jalon_indicator_info", "Title in French, unit as stored, direction and first SDG indicator.", 1,
		"indicator", i.Code, "title", string(i.Title.FR), "unit", i.Unit, "direction", i.Direction, "sdg_indicator", sdg)
	for _, code := range i.Actions {
		if a := b.p.Action(code); a != nil {
			b.gauge("jalon_indicator_action_info", "Actions that an indicator belongs to, with their group.", 1,
				"indicator", i.Code, "action", a.Code, "group", a.Group)
		}
	}
}

// value shows the newest published total, and in any case whether there is one.
func (b *seriesBuilder) value(i *indicators.Indicator) {
	f := b.p.NewestFigure(i)
	observed := 0.0
	if f != nil {
		observed = 1
		u := unitOf(i)
		b.gauge("jalon_indicator_value"+u.suffix, "Latest published total"+u.help+".", u.of(f.Value.String()), "indicator", i.Code)
		b.gauge("jalon_indicator_value_period_end_timestamp_seconds", "End of the period that the value describes.", endOf(f.Period), "indicator", i.Code)
		if at := b.p.KnownAt(f.Since); !at.IsZero() {
			b.gauge("jalon_indicator_value_published_timestamp_seconds", "When the value was published.", float64(at.UnixMilli())/1000, "indicator", i.Code)
		}
	}
	b.gauge("jalon_indicator_observed", "Whether a published value exists.", observed, "indicator", i.Code)
}

// goals shows baseline, targets, progress and status of an indicator's total.
func (b *seriesBuilder) goals(i *indicators.Indicator) {
	u, principal, seen := unitOf(i), b.p.Principal(i.Code), map[string]bool{}
	if base := baselineOf(principal, b.p.Of(i.Code)); base.Valid {
		b.gauge("jalon_indicator_baseline"+u.suffix, "Baseline"+u.help+".", u.ofFloat(base.Value), "indicator", i.Code)
	}
	for _, a := range b.p.Of(i.Code) {
		horizon := string(a.Framework)
		if horizon == "" {
			horizon = own
		}
		if !a.Breakdown.IsTotal() || seen[horizon] { // twice: a framework is called "own"
			continue
		}
		seen[horizon] = true
		if a.Target.IsSet() {
			b.target(i, a, horizon, u)
		}
		for _, status := range progress.Statuses() {
			present := 0.0
			if a.Status == status {
				present = 1
			}
			b.gauge("jalon_assessment_status", "1 for the present status, 0 for the others.", present,
				"indicator", i.Code, "horizon", horizon, "status", string(status))
		}
	}
}

func (b *seriesBuilder) target(i *indicators.Indicator, a *indicators.Assessment, horizon string, u unit) {
	if a.Target.Value.IsSet() { // a range has no one value
		b.gauge("jalon_indicator_target"+u.suffix, "Final target in force"+u.help+".", u.of(a.Target.Value.String()),
			"indicator", i.Code, "horizon", horizon)
	}
	b.gauge("jalon_indicator_target_due_timestamp_seconds", "End of the target's period.", endOf(a.Target.Period),
		"indicator", i.Code, "horizon", horizon)
	if a.Achievement.Valid {
		b.gauge("jalon_indicator_progress_ratio", "Share of the way from baseline to target that is covered.", a.Achievement.Value,
			"indicator", i.Code, "horizon", horizon)
	}
}

// baselineOf is the baseline of the assessment that speaks for an indicator, else
// the first there is.
func baselineOf(principal *indicators.Assessment, all []*indicators.Assessment) progress.Number {
	if principal != nil && principal.Baseline.Value.Valid {
		return principal.Baseline.Value
	}
	for _, a := range all {
		if a.Breakdown.IsTotal() && a.Baseline.Value.Valid {
			return a.Baseline.Value
		}
	}
	return progress.Number{}
}

// endOf is the last second of a period, UTC.
func endOf(p indicators.Period) float64 {
	return float64(p.End().EndIn(time.UTC).Unix())
}
