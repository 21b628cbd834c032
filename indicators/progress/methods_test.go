package progress

import (
	"bytes"
	"encoding/json"
	"maps"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
)

// A question is all that any method may be asked.
type question struct {
	course    Course
	limit     float64
	scale     float64
	current   int
	compat    bool
	maintain  bool
	recorded  []Record
	knownAt   time.Time
	parts     []Component
	cuts      [3]float64
	useCuts   bool
	minCover  float64
	milestone Reading
}

// answers are those of every method of this package to one question, by name.
func (q *question) answers() map[string]any {
	c, s := q.course, q.course.Series
	t, year := &c.Target, c.Target.Year()
	first, last := Reading{}, Reading{}
	if len(s) > 0 {
		first, last = s[0], s[len(s)-1]
	}
	opensdg := OpenSDGOptions{Limit: Num(q.limit), Compat: q.compat}
	if q.useCuts {
		opensdg.High, opensdg.Med, opensdg.Low = Num(q.cuts[0]), Num(q.cuts[1]), Num(q.cuts[2])
	}
	to := Reading{year, t.Value}
	all := map[string]any{
		"achievement_rate":               Attain(Num(first.Value), Num(t.Value), Num(last.Value), c.Direction),
		"range_target":                   AttainRange(Num(first.Value), Num(last.Value), t.Low, t.High),
		"linear_trajectory":              LinearTrajectory(first, to, []Reading{q.milestone}, []int{2014, 2020, year}, &last),
		"geometric_trajectory":           GeometricTrajectory(first, to, []int{2014, 2020, year}, &last),
		"opensdg_progress":               OpenSDG(c, opensdg),
		"eurostat_cagr_target":           EurostatTarget(c, DefaultEurostatTarget()),
		"eurostat_cagr_no_target":        EurostatNoTarget(c, DefaultEurostatNoTarget()),
		"escap_csi":                      CurrentStatus(first.Value, t.Value, last.Value, c.Direction),
		"escap_api_gap":                  AnticipatedProgress(first.Value, t.Value, last.Value, c.Direction),
		"escap_csi_ap_unicef":            EscapUnicef(c, EscapUnicefOptions{CurrentYear: q.current, Scale: q.scale, OnTrackAbove: 9}),
		"unsd_progress_chart_2023":       UNSDProgressChart(c, UNSDOptions{Scale: q.scale}),
		"dns_weather":                    WeatherStatus(c, WeatherOptions{Maintain: q.maintain, WindowPoints: 6, MinPoints: 4}),
		"as_of_snapshot":                 Snapshot(q.recorded, q.knownAt, Number{}, c.BaseYear, Num(t.Value), c.Direction),
		"extrapolate_geometric":          ExtrapolateGeometric(s, float64(year)),
		"extrapolate_logit_ols":          ExtrapolateLogit(s, float64(year), q.scale),
		"extrapolate_logit_timeweighted": ExtrapolateLogitWeighted(s, float64(year), q.scale),
		"sdsn_normalise":                 Normalise(last.Value, t.Low, t.High),
		"sdsn_trend":                     NormalisedTrend(s, t.Value, year),
		"oecd_distance":                  Distance(last.Value, t.Value, q.scale, c.Direction),
		"rollup_mean_score":              MeanScore(q.parts),
		"rollup_equal_goals":             EqualGoals(q.parts),
	}
	for _, rule := range []RollupRule{MeanOfGroupMeans, WeightedMean, CappedMean, RatioOfSums, WorstCategory} {
		o := RollupOptions{Rule: rule, MinCoverage: q.minCover, CoverageBy: CoverageByWeight, Cap: [2]float64{0, 1}}
		all["rollup_rule "+string(rule)] = Rollup(q.parts, o)
	}
	maps.Copy(all, q.statistics())
	return all
}

func (q *question) statistics() map[string]any {
	c, s := q.course, q.course.Series
	t, year := &c.Target, c.Target.Year()
	return map[string]any{
		"project_ols":        ProjectOLS(s, t, c.Direction, OLSOptions{PredictYear: year}),
		"project_loglinear":  ProjectLogLinear(s, t, c.Direction, OLSOptions{PredictYear: year}),
		"project_logit_ols":  ProjectLogit(s, t, c.Direction, LogitOptions{PredictYear: year, Scale: q.scale}),
		"project_wls_time":   ProjectWLS(s, WLSOptions{PredictYear: year}),
		"project_theil_sen":  ProjectTheilSen(s, TheilSenOptions{PredictYear: year, Alpha: 0.95}),
		"project_holt_fixed": ProjectHolt(s, HoltOptions{Alpha: 0.8, Beta: 0.2, Horizon: 3}),
		"trend_mann_kendall": TrendMannKendall(s),
		"trend_spearman":     TrendSpearman(s, DefaultSpearman()),
		"aarr_regression":    AverageAnnualReduction(s),
	}
}

// unsound finds numbers in an answer that JSON and databases cannot hold, and null
// ones with a value.
func unsound(x reflect.Value) string {
	if n, is := x.Interface().(Number); is && !n.Valid && n.Value != 0 {
		return "a null with a value"
	}
	switch x.Kind() {
	case reflect.Float64:
		if f := x.Float(); math.IsNaN(f) || math.IsInf(f, 0) {
			return "no finite number"
		}
	case reflect.Struct:
		for n := range x.NumField() {
			if why := unsound(x.Field(n)); why != "" {
				return why + " in " + x.Type().Field(n).Name
			}
		}
	case reflect.Slice, reflect.Array:
		for n := range x.Len() {
			if why := unsound(x.Index(n)); why != "" {
				return why
			}
		}
	}
	return ""
}

// sound checks every answer to a question; fail is told of those that are not.
func (q *question) sound(fail func(format string, args ...any)) {
	for method, answer := range q.answers() {
		if why := unsound(reflect.ValueOf(answer)); why != "" {
			fail("%s: %s: %+v\nof %+v", method, why, answer, q)
		}
		if _, err := json.Marshal(answer); err != nil {
			fail("%s: %v: %+v\nof %+v", method, err, answer, q)
		}
	}
}

// Every method that is listed can be verified and is asked in the tests of all.
func TestEveryMethodIsListed(t *testing.T) {
	var listed []string
	for _, m := range All() {
		listed = append(listed, m.Code)
		if m.Version < 1 || m.Kind == "" {
			t.Errorf("%+v", m)
		}
	}
	slices.Sort(listed)
	if known := slices.Sorted(maps.Keys(adapters())); !slices.Equal(listed, known) {
		t.Errorf("listed %v\ncan be verified %v", listed, known)
	}
	asked := map[string]bool{}
	for name := range (&question{}).answers() {
		code, _, _ := strings.Cut(name, " ")
		asked[code] = true
	}
	if names := slices.Sorted(maps.Keys(asked)); !slices.Equal(listed, names) {
		t.Errorf("listed %v\nasked %v", listed, names)
	}
	for _, e := range editions() {
		if !slices.ContainsFunc(All(), func(d Described) bool { return d.Code == e.code && d.Version == e.version && d.Kind == Assessing }) {
			t.Errorf("%s@%d can judge and is not listed", e.code, e.version)
		}
	}
}

// tunisia is a share of 30 years as statistics publish it.
func tunisia() question {
	s := make(Series, 30)
	for n := range s {
		s[n] = Reading{1995 + n, 30 + 1.7*float64(n) + math.Sin(float64(n))}
	}
	parts := make([]Component, 10)
	for n := range parts {
		parts[n] = Component{ID: "i", Group: string(rune('a' + n%3)), Score: Num(float64(n) - 4), Achievement: Num(float64(n) / 8)}
	}
	return question{
		course: Course{Series: s, Direction: Increase, BaseYear: 2015, Target: Target{Month: EndOfYear(2030), Value: 90, Low: 90, High: 95}, HasTarget: true},
		limit:  100, scale: 100, current: 2025, parts: parts, minCover: 0.75,
	}
}

func BenchmarkAllMethods(b *testing.B) {
	q := tunisia()
	b.ReportAllocs()
	for b.Loop() {
		if len(q.answers()) < 30 {
			b.Fatal("not all")
		}
	}
}

func BenchmarkOpenSDG(b *testing.B) {
	q := tunisia()
	b.ReportAllocs()
	for b.Loop() {
		if r := OpenSDG(q.course, OpenSDGOptions{}); !r.Progress.Valid {
			b.Fatal(r)
		}
	}
}

func BenchmarkCheckVectors(b *testing.B) {
	vectors := sharedVectors(b)
	for b.Loop() {
		if r, err := CheckVectors(bytes.NewReader(vectors)); err != nil || r.Failed > 0 {
			b.Fatal(r, err)
		}
	}
}
