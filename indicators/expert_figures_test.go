package indicators

import (
	"slices"
	"strings"
	"testing"

	"jalon/indicators/progress"
)

// degenerateBases: each gives the right number, or null and a reason; the JSON of none
// holds what is no number.
func degenerateBases(t *testing.T) {
	from := func(baseline, target, value string) one {
		direction := Increase
		if decimal(target).Less(decimal(baseline)) {
			direction = Decrease
		}
		return one{indicator: Indicator{Direction: direction}, figures: figures("2015 "+baseline, "2017 "+value), targets: []Target{row(BaselineKind, "2015", baseline), row(TargetKind, "2020", target)}}
	}
	for _, tt := range []struct {
		name        string
		o           one
		want        string
		achievement bool   // 0.4 of the way, else null
		growth      string // what a rate of growth says
	}{
		{"b == T, kept", from("20", "20", "20"), "achieved baseline_equals_target", false, "achieved target_met"},
		{"b == T, lost", from("20", "20", "19"), "regressed baseline_equals_target", false, "regressed moved_away"},
		{"b == 0", from("0", "20", "8"), "on_track above_path", true, "not_assessable zero_base"},
		{"T == 0", from("10", "0", "6"), "on_track above_path", true, "not_assessable zero_target"},
		{"all are 0", from("0", "0", "0"), "achieved baseline_equals_target", false, "achieved target_met"},
		{"through zero", from("-5", "5", "-1"), "on_track above_path", true, "not_assessable sign_change"},
		{"below zero", from("-10", "-5", "-8"), "on_track above_path", true, "behind pace_short"},
		{"10^15", from("1000000000000000", "2000000000000000", "1400000000000000"), "on_track above_path", true, "on_track pace_enough"},
		{"10^-15", from("0.000000000000001", "0.000000000000002", "0.0000000000000014"), "on_track above_path", true, "on_track pace_enough"},
		{"from 10^-15 to 10^15", from("0.000000000000001", "1000000000000000", "400000000000000"), "on_track above_path", true, "on_track pace_enough"},
	} {
		judged(t, verdict{tt.name, "2017-12-31", tt.o, tt.want})
		tt.o.newest = true
		if a := tt.o.on("2017-12-31"); a.Achievement.Valid != tt.achievement || tt.achievement && !near(a.Achievement, 0.4) {
			t.Errorf("%s: %s", tt.name, shown(t, a))
		}
		tt.o.method = "opensdg_progress"
		judged(t, verdict{tt.name + ", as growth", "2017-12-31", tt.o, tt.growth})
		for _, method := range progress.Judging() {
			tt.o.method = Optional(method)
			if text := shown(t, tt.o.on("2017-12-31")); strings.Contains(text, "NaN") || strings.Contains(text, "Inf") {
				t.Errorf("%s by %s: %s", tt.name, method, text)
			}
		}
	}
}

// percentAndPoints: the change of a share is told in points, its growth as a fraction a
// year; of a share with little room less is asked, once its limit is told.
func percentAndPoints(t *testing.T) {
	share := Indicator{Kind: "percent"}
	o := one{newest: true, indicator: share, targets: []Target{row(BaselineKind, "2015", "50"), row(TargetKind, "2025", "80")}, figures: figures("2015 50", "2018 56")}
	a := o.on("2018-12-31")
	if !near(a.Pace.Annual, 2) || !near(a.Pace.Required, 24.0/7) {
		t.Errorf("the pace is not in points: %+v", a.Pace)
	}
	o.indicator.Method, o.targets = "eurostat_cagr_no_target", nil
	if a := o.on("2018-12-31"); !near(a.Pace.Annual, 2) || a.Method.Value.Value < 0.03 || a.Method.Value.Value > 0.04 {
		t.Errorf("the growth is %v, the pace %+v", a.Method.Value, a.Pace)
	}
	high := figures("2015 96", "2016 96.2", "2017 96.4", "2018 96.6", "2019 96.8", "2020 97")
	for method, want := range map[Optional]string{"opensdg_progress": "far_behind trend_weak", "opensdg_progress limit=100": "behind trend_weak"} {
		share.Method = method
		judged(t, verdict{string(method), "2020-12-31", one{indicator: share, figures: high}, want})
	}
	share.Method = ""
	p := (one{newest: true, indicator: share, targets: []Target{row(TargetKind, "2024", "99")}, figures: high}).on("2020-12-31").Projection()
	if p == nil || p.Model != progress.LogitShare || !p.High95.Valid || p.High95.Value > 100 {
		t.Errorf("the projection is %+v", p)
	}
}

// accumulations: what counts is the last of a stock and of a count, the sum of a flow
// and the mean that is asked for.
func accumulations(t *testing.T) {
	stock, flow, count := Indicator{}, Indicator{Accumulation: Flow}, Indicator{Accumulation: Cumulative}
	of := figures("2015 10", "2016 20", "2017 40")
	zero := row(BaselineKind, "2015", "10")
	for _, tt := range []struct {
		name      string
		indicator Indicator
		targets   []Target
		latest    float64
	}{
		{"the last of a stock", stock, []Target{zero, row(TargetKind, "2020", "90")}, 40},
		{"the last of a flow, for a year's target", flow, []Target{zero, row(TargetKind, "2020", "90")}, 40},
		{"the sum of a flow, for a span", flow, []Target{row(TargetKind, "2016-2020", "200")}, 60},
		{"the mean of a stock, for a span", stock, []Target{zero, row(TargetKind, "2016-2020", "90")}, 30},
		{"the last of a count, for a span", count, []Target{row(TargetKind, "2016-2020", "90")}, 40},
	} {
		if a := (one{newest: true, indicator: tt.indicator, targets: tt.targets, figures: of}).on("2017-12-31"); !near(a.Latest.Value, tt.latest) {
			t.Errorf("%s: %s, want %v", tt.name, shown(t, a), tt.latest)
		}
	}
	// a count never falls without a warning, unless it begins anew
	for text, want := range map[string]bool{"2015 10,2016 20,2017 19": true, "2015 10,2016 20,2017 20": false, "2015 10,2016 20,2017 5B": false, "2015 10,2016 20~,2017 15": false, "2015 10,2016 20,2016-12 21,2017-01 22": false, "2015 10,2016 20,2016-12 21,2017-01 20": true} {
		a := (one{newest: true, indicator: count, targets: []Target{row(TargetKind, "2020", "90")}, figures: figures(strings.Split(text, ",")...)}).on("2017-12-31")
		if got := slices.Contains(a.Warnings(), CumulativeFell); got != want {
			t.Errorf("%s: the warnings are %v", text, a.Warnings())
		}
	}
	// rates are never summed, and no programme can ask for it
	d := (one{indicator: Indicator{Kind: "rate", Accumulation: Flow}}).definitions()
	if !slices.ContainsFunc(d.Check(), func(f Fault) bool { return f.Column == "accumulation" && f.New }) {
		t.Error("a sum of rates is in order")
	}
	// an index on another base year is another series
	judged(t, verdict{"an index rebased", "2017-12-31",
		one{indicator: Indicator{Kind: "index"}, targets: []Target{row(BaselineKind, "2015", "100"), row(TargetKind, "2020", "120")}, figures: figures("2015 100", "2016 104", "2017 101B")}, "not_assessable series_break"})
}

// partialYears: what is not whole is no value; series within the year are judged at
// their own frequency, and growth compares a season with itself.
func partialYears(t *testing.T) {
	targets := []Target{row(BaselineKind, "2015", "10"), row(TargetKind, "2020", "20")}
	a := (one{newest: true, targets: targets, figures: figures("2016 12", "2017 19~")}).on("2017-12-31")
	if !near(a.Latest.Value, 12) || !slices.Contains(a.Warnings(), PartialLeftOut) {
		t.Errorf("the year so far counts: %s", shown(t, a))
	}
	if _, err := ParsePeriod("2015-16"); err == nil {
		t.Error("the school year 2015-16 is taken for something else")
	}
	quarterly := Indicator{Frequency: Quarterly}
	seasons := figures("2015-Q1 10", "2015-Q2 30", "2015-Q3 50", "2015-Q4 20", "2016-Q1 12", "2016-Q2 36", "2016-Q3 60", "2016-Q4 24", "2017-Q1 14")
	a = (one{newest: true, indicator: quarterly, targets: []Target{row(TargetKind, "2020", "40")}, figures: seasons}).on("2017-04-30")
	if a.Baseline.Period != period("2015-Q1") || a.Latest.Period != period("2017-Q1") || !near(a.Expected, 24.0/69) {
		t.Errorf("the quarters' own time is not kept: %s", shown(t, a))
	}
	a = (one{newest: true, indicator: quarterly, method: "opensdg_progress", targets: []Target{row(TargetKind, "2020", "40")}, figures: seasons}).on("2017-04-30")
	if a.Baseline.Period != period("2015-Q1") || a.Latest.Period != period("2017-Q1") {
		t.Errorf("another season is compared: %s", shown(t, a))
	}
	a = (one{newest: true, indicator: Indicator{Frequency: Quarterly, Accumulation: Flow}, method: "opensdg_progress", targets: []Target{row(TargetKind, "2020", "200")}, figures: seasons}).on("2017-04-30")
	if !near(a.Baseline.Value, 110) || !near(a.Latest.Value, 132) || a.Latest.Period != period("2016") {
		t.Errorf("years that are not complete count: %s", shown(t, a))
	}
}

// minimumPoints: two values can be noise: how many there are, over which time and how
// old the last is, is told; too few are judged by no method that needs more.
func minimumPoints(t *testing.T) {
	goal := []Target{row(TargetKind, "2020", "60")}
	by := func(method Optional, words ...string) one {
		return one{method: method, targets: goal, figures: figures(words...)}
	}
	const late = "2019-12-31"
	judged(t,
		verdict{"one value", late, by("", "2018 40"), "not_assessable no_value_since_baseline"},
		verdict{"growth of one value", late, by("opensdg_progress", "2018 40"), "not_assessable too_few_values"},
		verdict{"Eurostat's of one value", late, by("eurostat_cagr_target", "2018 40"), "not_assessable too_few_values"},
		verdict{"the UN's of one value", late, by("unsd_progress_chart_2023", "2018 40"), "not_assessable too_few_values"},
		verdict{"ESCAP's of one value", late, by("escap_api_gap", "2018 40"), "not_assessable too_few_values"},
		verdict{"weather of three values", late, by("dns_weather", "2016 40", "2017 42", "2018 44"), "not_assessable too_few_values"},
		verdict{"a gap is time that passes", late, by("opensdg_progress", "2015 40", "2019 55"), "on_track pace_enough"},
		verdict{"and slows down what happens in it", late, by("opensdg_progress", "2015 40", "2019 48"), "far_behind pace_short"},
	)
	o := by("", "2015 40", "2016 41", "2017 42")
	o.newest = true
	p := o.on("2018-06-30").Projection()
	if p == nil || p.Points != 3 || p.Span != 24 || p.Reason != progress.HorizonTooLong {
		t.Errorf("a projection over more time than is known: %+v", p)
	}
	for date, stale := range map[string]bool{"2020-12-31": false, "2021-01-01": true} {
		if a := o.on(date); a.Stale != stale {
			t.Errorf("%s: stale is %t", date, a.Stale)
		}
	}
	o.settings = []Setting{{"stale_years", "1"}}
	if !o.on("2019-01-01").Stale || o.on("2018-12-31").Stale {
		t.Error("the programme's own age of what is stale does not count")
	}
}

// disaggregation: what is withheld is no zero, a total is never computed, and a part
// that does worse than the whole is told of.
func disaggregation(t *testing.T) {
	women, men := Breakdown{Sex: "F"}, Breakdown{Sex: "M"}
	targets := []Target{row(BaselineKind, "2015", "10"), row(TargetKind, "2020", "20")}
	judged(t,
		verdict{"withheld", "2018-12-31", one{targets: targets, figures: figures("2017 14", "2018 Q")}, "on_track above_path"},
		verdict{"nothing but withheld", "2018-12-31", one{targets: targets, figures: figures("2018 Q")}, "not_assessable no_value"},
		verdict{"a year of a sum is withheld", "2017-12-31", one{
			indicator: Indicator{Accumulation: Flow}, targets: []Target{row(TargetKind, "2016-2017", "20")}, figures: figures("2016 15", "2017 Q"),
		}, "on_track awaiting_final_value"},
		verdict{"only the parts are known", "2018-12-31", one{
			indicator: Indicator{Breakdowns: Codes{"sex"}, Additive: Codes{"sex"}}, targets: targets,
			parts: map[Breakdown][]Figure{women: figures("2018 8"), men: figures("2018 8")},
		}, "not_assessable no_value"},
	)
	part := func(kind, when, value string) Target {
		return row(kind, when, value, func(r *Target) { r.Breakdown = women })
	}
	o := one{
		newest: true, indicator: Indicator{Breakdowns: Codes{"sex"}}, targets: append(targets, part(BaselineKind, "2015", "8"), part(TargetKind, "2020", "20")),
		figures: figures("2018 17"), parts: map[Breakdown][]Figure{women: figures("2018 9")},
	}
	a := o.on("2018-12-31")
	if !a.Breakdown.IsTotal() || a.Status != progress.OnTrack || !slices.Contains(a.Warnings(), WorsePart) {
		t.Errorf("the better average hides the women: %s", shown(t, a))
	}
	o.parts = map[Breakdown][]Figure{women: figures("2018 17")}
	if a := o.on("2018-12-31"); slices.Contains(a.Warnings(), WorsePart) {
		t.Errorf("the women do as well: %s", shown(t, a))
	}
	if all := o.dataset().Assess(day("2018-12-31")); len(all) != 2 || rolledUp(&all[0], &all[1]).Total != 1 {
		t.Errorf("a part counts as an indicator: %+v", all)
	}
}

// baselineChoice: the row that is given, else the framework's year, else the next later
// one, by rule and told; one that is set after the fact is flagged.
func baselineChoice(t *testing.T) {
	goal, of := row(TargetKind, "2020", "20"), figures("2013 5", "2014 8", "2016 10", "2018 15")
	for _, tt := range []struct {
		name  string
		o     one
		base  string
		given bool
	}{
		{"the row", one{targets: []Target{row(BaselineKind, "2013", "6"), goal}, figures: of}, "2013", true},
		{"the framework's year", one{targets: []Target{goal}, figures: figures("2014 8", "2015 9", "2016 10", "2018 15")}, "2015", false},
		{"the next later one", one{targets: []Target{goal}, figures: of}, "2016", false},
		{"2015 of the SDGs", one{kind: "sdg", noYear: true, targets: []Target{goal}, figures: figures("2013 5", "2015 9", "2016 10")}, "2015", false},
		{"for the SDGs the next later one", one{kind: "sdg", noYear: true, targets: []Target{goal}, figures: of}, "2016", false},
		{"no year and no row", one{noYear: true, targets: []Target{goal}, figures: of}, "", false},
	} {
		tt.o.newest = true
		if a := tt.o.on("2018-12-31"); a.Baseline.Period.String() != tt.base || a.Baseline.Given != tt.given {
			t.Errorf("%s: %s", tt.name, shown(t, a))
		}
	}
	set := func(when string) one {
		return one{newest: true, targets: []Target{row(BaselineKind, "2015", "9", decided(when)), row(TargetKind, "2020", "20", decided("2016-04-29"))}, figures: of}
	}
	for when, late := range map[string]bool{"2016-04-29": false, "2016-04-30": true} {
		if a := set(when).on("2018-12-31"); slices.Contains(a.Warnings(), BaselineSetLate) != late {
			t.Errorf("set on %s: the warnings are %v", when, a.Warnings())
		}
	}
}
