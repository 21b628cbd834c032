package indicators

import (
	"encoding/json"
	"math"
	"slices"
	"strconv"
	"testing"

	"jalon/indicators/progress"
)

// one is a programme with a single indicator X, its targets for the framework plan
// (2016 to 2020, baseline year 2015) and its figures, all known since 2015.
type one struct {
	indicator Indicator
	newest    bool     // by the newest rules, else by the first
	kind      string   // of the framework
	method    Optional // of the framework
	noYear    bool     // the framework has no baseline year
	settings  []Setting
	targets   []Target
	figures   []Figure
	parts     map[Breakdown][]Figure
}

func (o one) on(date string) *Assessment { return &o.dataset().Assess(day(date))[0] }

func (o one) dataset() *Dataset {
	d := o.definitions()
	series := totals(map[string][]Figure{"X": o.figures})
	for b, figures := range o.parts {
		series[SeriesKey{"X", b}] = figures
	}
	return NewDataset(d, changesets("2015-01-01", "2018-06-01"), series)
}

func (o one) definitions() *Definitions {
	i := ordinary(o.indicator)
	year := 2015
	d := &Definitions{
		Settings:   o.settings,
		Frameworks: []Framework{{Code: "plan", Kind: o.kind, Method: o.method, Start: 2016, End: 2020, Baseline: &year}},
		Indicators: []Indicator{i},
	}
	if o.newest {
		d.Settings = append(slices.Clone(d.Settings), Setting{"rules", strconv.Itoa(NewestRules)})
	}
	if o.noYear {
		d.Frameworks[0].Baseline = nil
	}
	for _, t := range o.targets {
		t.Indicator, t.Framework, t.Since = "X", "plan", max(t.Since, 1)
		d.Targets = append(d.Targets, t)
	}
	return d
}

func row(kind, when, value string, change ...func(*Target)) Target {
	t := Target{Kind: kind, Period: period(when), Value: decimal(value)}
	for _, c := range change {
		c(&t)
	}
	return t
}

func decided(text string) func(*Target) { return func(t *Target) { t.Decided = day(text) } }
func compared(word Optional) func(*Target) {
	return func(t *Target) { t.Comparison = word }
}

func TestAssess(t *testing.T) {
	less := Indicator{Direction: Decrease}
	monthly := Indicator{Frequency: Monthly}
	flow := func(f Frequency) Indicator { return Indicator{Accumulation: Flow, Frequency: f} }
	counter := Indicator{Accumulation: Cumulative}
	goal := row(TargetKind, "2020", "20")
	given := row(BaselineKind, "2015", "10")
	span := func(value string) Target { return row(TargetKind, "2016-2020", value) }
	band := Target{Kind: TargetKind, Period: period("2020"), Low: decimal("18"), High: decimal("22")}

	for _, tt := range []struct {
		name, on    string
		o           one
		status      progress.Status
		reason      progress.Reason
		latest      float64 // NaN: null
		baseline    string  // period, nothing: null
		achievement float64 // NaN: null
	}{
		{"baseline row", "2018-12-31", one{targets: []Target{given, goal}, figures: figures("2015 12", "2018 16")}, "on_track", "above_path", 16, "2015", 0.6},
		{"baseline year", "2018-12-31", one{targets: []Target{goal}, figures: figures("2014 0", "2015 10", "2018 16")}, "on_track", "above_path", 16, "2015", 0.6},
		{"first year after it", "2019-12-31", one{targets: []Target{goal}, figures: figures("2014 0", "2016 10", "2019 16")}, "behind", "below_path", 16, "2016", 0.6},
		{"nothing after it", "2019-12-31", one{targets: []Target{goal}, figures: figures("2014 0")}, "not_assessable", "no_baseline", 0, "", math.NaN()},
		{"only the baseline", "2016-12-31", one{targets: []Target{goal}, figures: figures("2015 10")}, "not_assessable", "no_value_since_baseline", 10, "2015", math.NaN()},
		{"no baseline year", "2018-12-31", one{noYear: true, targets: []Target{goal}, figures: figures("2015 10", "2018 16")}, "not_assessable", "no_baseline", 16, "", math.NaN()},
		{"last month of the baseline year", "2018-12-31", one{indicator: monthly, targets: []Target{goal}, figures: figures("2015-01 3", "2015-12 10", "2016-01 11", "2018-12 16")}, "on_track", "above_path", 16, "2015-12", 0.6},
		{"no figures", "2018-12-31", one{targets: []Target{given, goal}}, "not_assessable", "no_value", math.NaN(), "2015", math.NaN()},
		{"the framework has not begun", "2015-12-30", one{targets: []Target{given, goal}}, "not_assessable", "not_started", math.NaN(), "2015", math.NaN()},
		{"missing and withheld figures", "2018-12-31", one{targets: []Target{given, goal}, figures: figures("2017 14", "2018 O")}, "on_track", "above_path", 14, "2015", 0.4},
		{"a partial figure", "2018-12-31", one{targets: []Target{given, goal}, figures: figures("2017 14", "2018 3~")}, "on_track", "above_path", 14, "2015", 0.4},
		{"a period still running", "2018-12-30", one{targets: []Target{given, goal}, figures: figures("2017 14", "2018 3")}, "on_track", "above_path", 14, "2015", 0.4},
		{"figures before the frequency changed", "2018-04-30", one{indicator: monthly, targets: []Target{given, goal}, figures: figures("2017 14", "2018 99", "2018-01 15")}, "on_track", "above_path", 15, "2015", 0.5},
		{"milestones bend the path", "2016-12-31", one{targets: []Target{given, row(MilestoneKind, "2016", "18"), goal}, figures: figures("2016 14")}, "far_behind", "below_path", 14, "2015", 0.4},
		{"a milestone decided later", "2016-12-31", one{targets: []Target{given, row(MilestoneKind, "2016", "18", decided("2017-01-01")), goal}, figures: figures("2016 14")}, "on_track", "above_path", 14, "2015", 0.4},
		{"met before time", "2018-12-31", one{targets: []Target{given, goal}, figures: figures("2018 20")}, "achieved", "target_met", 20, "2015", 1},
		{"achieved by its own value", "2020-12-31", one{targets: []Target{given, goal}, figures: figures("2019 15", "2020 20")}, "achieved", "target_met", 20, "2015", 1},
		{"missed by its own value", "2020-12-31", one{targets: []Target{given, goal}, figures: figures("2019 25", "2020 19.9")}, "missed", "horizon_passed", 19.9, "2015", 0.99},
		{"a later value decides nothing", "2022-12-31", one{targets: []Target{given, goal}, figures: figures("2019 15", "2020 19", "2021 25")}, "missed", "horizon_passed", 19, "2015", 0.9},
		{"its own value long ago", "2030-12-31", one{targets: []Target{given, goal}, figures: figures("2020 19")}, "missed", "horizon_passed", 19, "2015", 0.9},
		{"awaiting it", "2021-06-30", one{targets: []Target{given, goal}, figures: figures("2019 17")}, "behind", "awaiting_final_value", 17, "2015", 0.7},
		{"awaiting it to the last day", "2022-12-31", one{targets: []Target{given, goal}, figures: figures("2019 17")}, "behind", "awaiting_final_value", 17, "2015", 0.7},
		{"awaiting it no longer", "2023-01-01", one{targets: []Target{given, goal}, figures: figures("2019 17")}, "not_assessable", "no_value_at_horizon", 17, "2015", math.NaN()},
		{"the last month is not there", "2021-01-31", one{indicator: monthly, targets: []Target{given, goal}, figures: figures("2020-11 21")}, "achieved", "awaiting_final_value", 21, "2015", 1.1},
		{"under 12", "2020-12-31", one{indicator: less, targets: []Target{row(BaselineKind, "2015", "15.2"), row(TargetKind, "2020", "12", compared("below"))}, figures: figures("2020 12.0")}, "missed", "horizon_passed", 12, "2015", 1},
		{"met from the start", "2018-12-31", one{targets: []Target{row(BaselineKind, "2015", "99"), row(TargetKind, "2020", "95", compared("at_least"))}, figures: figures("2018 96")}, "achieved", "met_at_baseline", 96, "2015", math.NaN()},
		{"wrong side, by an observed baseline", "2018-12-31", one{targets: []Target{goal}, figures: figures("2015 30", "2018 31")}, "not_assessable", "invalid_target_direction", 31, "2015", math.NaN()},
		{"maintained", "2018-12-31", one{indicator: Indicator{Direction: Maintain}, targets: []Target{row(BaselineKind, "2015", "20"), goal}, figures: figures("2018 20.0")}, "achieved", "baseline_equals_target", 20, "2015", math.NaN()},
		{"into a band", "2018-12-31", one{targets: []Target{given, band}, figures: figures("2018 16")}, "on_track", "above_path", 16, "2015", 0.75},
		{"a mean so far", "2017-12-31", one{targets: []Target{row(BaselineKind, "2011-2015", "1.5"), span("4")}, figures: figures("2015 9", "2016 1", "2017 4")}, "far_behind", "partial_period", 2.5, "2011-2015", 0.4},
		{"a mean so far that would do", "2017-12-31", one{targets: []Target{row(BaselineKind, "2011-2015", "1.5"), span("4")}, figures: figures("2016 3", "2017 5")}, "on_track", "partial_period", 4, "2011-2015", 1},
		{"a mean of years, not of a month", "2017-12-31", one{targets: []Target{row(BaselineKind, "2011-2015", "1.5"), span("4")}, figures: figures("2016-01 99", "2016 4", "2017 4")}, "on_track", "partial_period", 4, "2011-2015", 1},
		{"a mean, to the digit", "2020-12-31", one{targets: []Target{row(BaselineKind, "2011-2015", "1.5"), span("2.46")}, figures: figures("2016 2.4", "2017 2.6", "2018 2.3", "2019 2.7", "2020 2.3")}, "achieved", "target_met", 2.46, "2011-2015", 1},
		{"a mean with a gap", "2020-12-31", one{targets: []Target{row(BaselineKind, "2011-2015", "1.5"), span("4")}, figures: figures("2016 4", "2017 4", "2019 4", "2020 4")}, "on_track", "awaiting_final_value", 4, "2011-2015", 1},
		{"a sum so far", "2017-12-31", one{indicator: flow(Yearly), targets: []Target{span("400000")}, figures: figures("2015 99", "2016 30000", "2017 50000")}, "far_behind", "partial_period", 80000, "2016-2020", 0.2},
		{"a sum early there", "2017-12-31", one{indicator: flow(Yearly), targets: []Target{span("100")}, figures: figures("2016 60", "2017 50")}, "achieved", "partial_period", 110, "2016-2020", 1.1},
		{"a sum, to the digit", "2020-12-31", one{indicator: flow(Yearly), targets: []Target{span("0.6")}, figures: figures("2016 0.1", "2017 0.1", "2018 0.1", "2019 0.1", "2020 0.2")}, "achieved", "target_met", 0.6, "2016-2020", 1},
		{"a sum too small", "2020-12-31", one{indicator: flow(Yearly), targets: []Target{span("100")}, figures: figures("2016 20", "2017 20", "2018 20", "2019 20", "2020 19")}, "missed", "horizon_passed", 99, "2016-2020", 0.99},
		{"investment against the plan before", "2017-12-31", one{indicator: flow(Yearly), targets: []Target{row(BaselineKind, "2011-2015", "80"), span("120")}, figures: figures("2016 20", "2017 20")}, "far_behind", "partial_period", 40, "2011-2015", 0.5},
		{"a sum from a zero that is given", "2017-12-31", one{indicator: flow(Yearly), targets: []Target{row(BaselineKind, "2015", "0"), span("100")}, figures: figures("2016 20", "2017 20")}, "on_track", "partial_period", 40, "2015", 0.4},
		{"months after a change of frequency", "2019-12-31", one{indicator: flow(Monthly), noYear: true, targets: []Target{row(BaselineKind, "2015-12", "10"), row(TargetKind, "2020-12", "20")}, figures: figures("2018-12 18", "2019 150")}, "on_track", "above_path", 18, "2015-12", 0.8},
		{"months summed after a change of frequency", "2019-06-30", one{indicator: flow(Monthly), targets: []Target{span("60")}, figures: figures("2016-01 1", "2016 12", "2017-01 1")}, "far_behind", "partial_period", 2, "2016-2020", 2.0 / 60},
		{"the months of a year", "2019-06-30", one{indicator: flow(Monthly), targets: []Target{row(TargetKind, "2019", "120")}, figures: figures("2018-12 50", "2019-01 10", "2019-02 10", "2019-03 10")}, "on_track", "partial_period", 30, "2019", 0.25},
		{"its year has not begun", "2018-12-30", one{indicator: flow(Monthly), targets: []Target{row(TargetKind, "2019", "120")}, figures: figures("2018-11 50")}, "not_assessable", "not_started", math.NaN(), "2019", math.NaN()},
		{"a counter from zero", "2018-12-31", one{indicator: counter, targets: []Target{span("500")}, figures: figures("2016 100", "2017 200", "2018 300")}, "on_track", "above_path", 300, "2016-2020", 0.6},
		{"a counter that ran before", "2018-12-31", one{indicator: counter, targets: []Target{span("500")}, figures: figures("2015 250", "2016 300", "2018 400")}, "on_track", "above_path", 400, "2015", 0.6},
		{"a counter that ran before, without a baseline", "2018-12-31", one{noYear: true, indicator: counter, targets: []Target{span("500")}, figures: figures("2015 250", "2018 400")}, "not_assessable", "no_baseline", 400, "", math.NaN()},
		{"a counter at the end of its span", "2020-12-31", one{indicator: counter, targets: []Target{span("500")}, figures: figures("2016 100", "2020 499")}, "missed", "horizon_passed", 499, "2016-2020", 0.998},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a := tt.o.on(tt.on)
			near := func(n progress.Number, want float64) bool {
				return n.Valid != math.IsNaN(want) && (!n.Valid || math.Abs(n.Value-want) < 1e-9)
			}
			if a.Status != tt.status || a.Reason != tt.reason || !near(a.Latest.Value, tt.latest) || !near(a.Achievement, tt.achievement) || a.Baseline.Period.String() != tt.baseline {
				got, _ := json.Marshal(a)
				t.Errorf("got %s\nwant %s, %s, latest %v, baseline %s, achievement %v", got, tt.status, tt.reason, tt.latest, tt.baseline, tt.achievement)
			}
		})
	}
}

// What the reader is told of a value put together: the newest changeset that any of
// it came from, and never that a final value is too old.
func TestLatestOfSum(t *testing.T) {
	o := one{indicator: Indicator{Accumulation: Flow}, targets: []Target{row(TargetKind, "2016-2020", "100")}, figures: figures("2020 20", "2016 20", "2017 20", "2018 20", "2019 20")}
	o.figures[2].Since = 9
	if a := o.on("2030-12-31"); a.Latest.Changeset != 9 || a.Latest.Period != period("2016-2020") || a.Stale {
		t.Errorf("got %+v, stale %t", a.Latest, a.Stale)
	}
}

// Two values were published for one target: each holds from the day it was announced.
func TestTargetInForce(t *testing.T) {
	o := one{indicator: Indicator{Direction: Decrease}, figures: figures("2015 15.2", "2018 15"), targets: []Target{
		row(TargetKind, "2020", "12", decided("2016-04-29")), row(TargetKind, "2020", "11", decided("2018-01-01")),
	}}
	for date, want := range map[string]string{"2016-04-28": "", "2016-04-29": "12", "2017-12-31": "12", "2018-01-01": "11", "2026-10-31": "11"} {
		if a := o.on(date); a.Target.Value.String() != want || want == "" && a.Reason != progress.NoTarget {
			t.Errorf("%s: target %s (%s), want %s", date, a.Target.Value, a.Reason, want)
		}
	}
	o.targets = []Target{row(TargetKind, "2020", "12", decided("2016-04-29")), row(TargetKind, "2020", "11", func(t *Target) { t.Since = 2 })}
	for date, want := range map[string]string{"2018-05-31": "12", "2018-06-01": "11"} { // the day of changeset 2
		if a := o.on(date); a.Target.Value.String() != want {
			t.Errorf("%s: target %s, want %s", date, a.Target.Value, want)
		}
	}
	o.targets = o.targets[1:] // nothing says when it was decided, and nothing older is known
	if a := o.on("2017-12-31"); a.Target.Value.String() != "11" {
		t.Errorf("a day before the changeset: target %s, want 11", a.Target.Value)
	}
}

func TestStale(t *testing.T) {
	for _, tt := range []struct {
		frequency     Frequency
		when          string
		fresh, overdu string // the last day on which the value speaks for today, and the next
	}{
		{Yearly, "2016", "2019-12-31", "2020-01-01"},
		{HalfYearly, "2016-S1", "2017-06-30", "2017-07-01"},
		{Quarterly, "2016-Q1", "2016-09-30", "2016-10-01"},
		{Monthly, "2016-01", "2016-03-31", "2016-04-01"},
	} {
		o := one{indicator: Indicator{Frequency: tt.frequency}, targets: []Target{row(BaselineKind, "2015", "10"), row(TargetKind, "2020", "20")}, figures: figures(tt.when + " 11")}
		if o.on(tt.fresh).Stale || !o.on(tt.overdu).Stale {
			t.Errorf("%s: stale on %s %t, on %s %t", tt.when, tt.fresh, o.on(tt.fresh).Stale, tt.overdu, o.on(tt.overdu).Stale)
		}
	}
}

// The example of the documentation, to the digit: the World Bank's figures.
func TestRemittanceCost(t *testing.T) {
	d := programme()
	d.Frameworks[1].Method = "achievement_rate"
	ds := NewDataset(d, changesets("2026-01-01"), totals(map[string][]Figure{"REM-COST": figures(
		"2016 9.48699", "2017 10.6492", "2018 8.83464", "2019 9.51176", "2020 8.99019", "2021 10.28448", "2022 8.9175", "2023 5.53667")}))
	a := &ds.Assess(day("2026-10-31"))[0]
	got, err := json.Marshal(a)
	const want = `{"indicator":"REM-COST","breakdown":null,"actions":[],"groups":["2"],"framework":"sdg2030","results":["sdg2030:10.c"],` +
		`"as_of":{"date":"2026-10-31","changeset":1},"baseline":{"period":"2016","value":9.48699,"given":false},` +
		`"target":{"period":"2030","value":3,"low":null,"high":null},"latest":{"period":"2023","value":5.53667,"obs_status":"A","changeset":8},` +
		`"achievement":0.6089603961159182,"expected":0.5,"expected_value":6.243495,"on_schedule":1.2179207922318365,` +
		`"status":"on_track","reason":"above_path","stale":false,` +
		`"method":{"code":"achievement_rate","version":1,"options":{},"category":"in_progress","value":0.6089603961159182,"score":null},"rules":1,"pace":{"annual_change":-0.5643314285714286,"required_annual_change":-0.3623814285714286},` +
		`"projection":{"model":"logit","value":5.202406465307819,"low80":3.1542608324617443,"high80":8.464234175748492,"low95":2.2110564259530245,"high95":11.754315429989694,"probability":0.08230966007839842,"points":8,"warnings":["short_series"],"version":1},` +
		`"other_methods":[{"code":"opensdg_progress","version":1,"value":0.9379569225931318,"status":"moderate_progress","reader_status":"behind"},{"code":"eurostat_cagr_target","version":1,"value":0.9379569225931318,"status":"moderate_progress","reader_status":"behind"},{"code":"escap_api_gap","version":1,"value":26.02804279883718,"status":"accelerate","reader_status":"behind"},{"code":"unsd_progress_chart_2023","version":1,"value":0.9643537038313391,"status":"on_track_or_met","reader_status":"on_track"},{"code":"dns_weather","version":1,"value":0,"status":"sun","reader_status":"on_track"}],` +
		`"agree":false,"warnings":[]}`
	if err != nil || string(got) != want {
		t.Errorf("got  %s, %v\nwant %s", got, err, want)
	}
}
