package indicators

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"jalon/indicators/progress"
)

// monthsOf is a series of months of a year, one value each; "O" leaves a month out.
func monthsOf(year int, values ...string) []Figure {
	var words []string
	for n, v := range values {
		if v != "O" {
			words = append(words, fmt.Sprintf("%d-%02d %s", year, n+1, v))
		}
	}
	return figures(words...)
}

// The newest rules, each with what the first ones made of the same.
func TestTheNewestRules(t *testing.T) {
	flow := Indicator{Accumulation: Flow, Frequency: Monthly}
	ten := []string{"10", "10", "O", "10", "10", "10", "O", "10", "10", "10"}
	yes := Indicator{Kind: "binary"}
	low, high := Whole(1), Whole(5)
	score := Indicator{Kind: "number", Min: low, Max: high}
	quarter := Target{Kind: TargetKind, Period: period("2020-Q4"), Value: decimal("330")}
	hundreds := append(monthsOf(2019, slices.Repeat([]string{"100"}, 12)...), monthsOf(2020, slices.Repeat([]string{"100"}, 9)...)...)
	for _, tt := range []struct {
		name, on      string
		o             one
		newest, first string
	}{
		{"a sum with gaps is held against what is asked of the months that it has", "2020-10-31",
			one{indicator: flow, targets: []Target{row(TargetKind, "2020", "120")}, figures: monthsOf(2020, ten...)}, "on_track partial_period", "behind partial_period"},
		{"a yes is a yes, whatever was before", "2020-12-31",
			one{indicator: yes, targets: []Target{row(TargetKind, "2016-2020", "1")}, figures: figures("2016 0", "2017 1", "2018 1", "2019 1", "2020 1")}, "achieved target_met", "missed horizon_passed"},
		{"a no that is not due yet is no share of a way", "2018-12-31",
			one{indicator: yes, targets: []Target{row(BaselineKind, "2015", "0"), row(TargetKind, "2020", "1")}, figures: figures("2018 0")}, "not_assessable not_due", "far_behind below_path"},
		{"a stage that a milestone asked for", "2018-12-31",
			one{indicator: Indicator{Kind: "scale"}, targets: []Target{row(BaselineKind, "2015", "1"), row(MilestoneKind, "2017", "3"), row(TargetKind, "2020", "5")}, figures: figures("2018 2")}, "behind below_path", "far_behind below_path"},
		{"a break, and then the final value", "2021-06-30",
			one{targets: []Target{row(BaselineKind, "2015", "10"), row(TargetKind, "2020", "20")}, figures: figures("2016 12", "2018 30B", "2020 21")}, "achieved target_met", "achieved target_met"},
		{"a break, and no final value yet", "2019-12-31",
			one{targets: []Target{row(BaselineKind, "2015", "10"), row(TargetKind, "2020", "20")}, figures: figures("2016 12", "2018 30B", "2019 18")}, "not_assessable series_break", "on_track above_path"},
		{"June is compared with June", "2018-09-30", one{
			indicator: Indicator{Frequency: Quarterly}, targets: []Target{row(TargetKind, "2020-Q3", "40")},
			figures: figures("2015-Q3 20", "2015-Q4 60", "2018-Q3 24"),
		}, "far_behind below_path", "not_assessable invalid_target_direction"},
		{"a quarter's sum is no month", "2020-09-30",
			one{indicator: flow, kind: "sdg", targets: []Target{quarter}, figures: hundreds}, "not_assessable not_started", "not_assessable not_started"},
		{"a score stays what it is", "2020-12-31", one{
			indicator: score, targets: []Target{row(BaselineKind, "2015", "1"), row(TargetKind, "2030", "4.9")},
			figures: figures("2012 1.1", "2014 1.6", "2016 2.2", "2018 2.7", "2020 3.1"),
		}, "on_track above_path", "on_track above_path"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tt.o.newest = true
			if got := said(tt.o.on(tt.on)); got != tt.newest {
				t.Errorf("newest: %s, want %s: %s", got, tt.newest, shown(t, tt.o.on(tt.on)))
			}
			tt.o.newest, tt.o.kind = false, ""
			if got := said(tt.o.on(tt.on)); got != tt.first {
				t.Errorf("first: %s, want %s: %s", got, tt.first, shown(t, tt.o.on(tt.on)))
			}
		})
	}
	o := one{newest: true, indicator: flow, targets: []Target{row(TargetKind, "2020", "120")}, figures: monthsOf(2020, ten...)}
	if a := o.on("2020-10-31"); !slices.Contains(a.Warnings(), PeriodsMissing) || !near(a.OnSchedule, 1) {
		t.Errorf("the gaps are not told: %s", shown(t, a))
	}
	o = one{newest: true, indicator: score, targets: []Target{row(BaselineKind, "2015", "1"), row(TargetKind, "2027", "4.9")}, figures: figures("2012 1", "2014 2", "2016 3.1", "2018 4", "2020 4.8")}
	if p := o.on("2020-12-31").Projection(); p == nil || p.Value.Valid || p.Reason != progress.BeyondLimits {
		t.Errorf("a score of 1 to 5 is projected beyond it: %+v", p)
	}
}

// What came to be reported more often has its past in years.
func TestFrequenciesThatChanged(t *testing.T) {
	flow := Indicator{Accumulation: Flow, Frequency: Monthly, Method: "opensdg_progress"}
	months := monthsOf(2019, slices.Repeat([]string{"12"}, 12)...)
	o := one{newest: true, indicator: flow, targets: []Target{row(TargetKind, "2030", "300")}, figures: append(figures("2015 100", "2016 108", "2017 118", "2018 130"), months...)}
	a := o.on("2019-12-31")
	if a.Baseline.Period != period("2015") || a.Latest.Period != period("2019") || !near(a.Latest.Value, 144) {
		t.Errorf("years, then months: %s", shown(t, a))
	}
	level := Indicator{Frequency: Quarterly, Method: "opensdg_progress"}
	o = one{newest: true, indicator: level, targets: []Target{row(TargetKind, "2030", "300")}, figures: figures("2015 100", "2016 108", "2017 118", "2018 130", "2019-Q1 131")}
	if a := o.on("2019-03-31"); a.Latest.Period != period("2018") || a.Status == progress.NotAssessable {
		t.Errorf("years, then one quarter: %s", shown(t, a))
	}
}

// A percentage is never added up, also where an older programme says that it is.
func TestQuotientsAreNeverAddedUp(t *testing.T) {
	share := Indicator{Kind: "percent", Accumulation: Flow, Frequency: Quarterly, Method: "opensdg_progress"}
	quarters := func(year int, value string) (all []Figure) {
		for q := range 4 {
			all = append(all, figures(fmt.Sprintf("%d-Q%d %s", year, q+1, value))...)
		}
		return all
	}
	o := one{newest: true, indicator: share, targets: []Target{row(TargetKind, "2030", "80")}, figures: append(quarters(2015, "40"), quarters(2016, "44")...)}
	if a := o.on("2016-12-31"); !near(a.Latest.Value, 44) || !near(a.Baseline.Value, 40) {
		t.Errorf("a year of quarters: %s", shown(t, a))
	}
}

// Stages and what another method stands in for take nothing from a score.
func TestWhatCannotBeMeasuredIsNotMissing(t *testing.T) {
	p := tree(map[string]float64{"A": 0.2, "B": 0.4, "D": 0.8}, func(d *Definitions) {
		d.Indicators[2].Kind, d.Indicators[4].Kind = "binary", "scale" // not due, hence not assessable
	})
	r := p.RollUpFramework("plan")
	if r.Assessed != 3 || r.Total != 5 || r.Coverage != progress.Num(1) || math.Abs(r.Score.Value-(0.3+0.8)/2) > 1e-12 {
		t.Errorf("two that are reached or not: %+v", r)
	}
	d := ruled()
	d.Indicators[1].Results = append(Links{}, Link{Framework: "sdg2030", Result: "10.c"})
	d.Targets = append(d.Targets, Target{Indicator: "UNEMP", Framework: "sdg2030", Kind: TargetKind, Period: period("2030"), Low: decimal("5"), High: decimal("8"), Since: 1})
	SortEntries(d.Targets)
	series := remittances()
	series[SeriesKey{Indicator: "UNEMP"}] = figures("2016 15", "2017 14", "2018 13", "2019 12", "2020 11")
	q := NewDataset(d, changesets("2015-01-01"), series).On(day("2023-12-31"))
	if r := q.RollUpResult("sdg2030:10"); r.Assessed != 2 || r.Coverage != progress.Num(1) || !r.Score.Valid {
		t.Errorf("a band, by another method: %+v", r)
	}
}

// Exported and imported elsewhere, a programme of before is judged as before.
func TestRulesTravelWithTheProgramme(t *testing.T) {
	old := programme()
	written := old.WithRules()
	if written.Rules() != 1 || len(written.Settings) != len(old.Settings)+1 || old.Setting("rules", "") != "" {
		t.Errorf("settings %+v", written.Settings)
	}
	if again := written.WithRules(); again != written {
		t.Error("written twice")
	}
	row := Edit[Setting]{Key: "rules", Change: func(s *Setting) { *s = Setting{"rules", "1"} }}
	same, counts, problems := old.Apply(&Workbook{Settings: []Edit[Setting]{row}})
	if same.Rules() != 1 || len(problems) > 0 || slices.ContainsFunc(counts, func(c Count) bool { return c.Added > 0 }) {
		t.Errorf("its own rules are news to it: %+v", counts)
	}
	row.Change = func(s *Setting) { *s = Setting{"rules", "2"} }
	if newer, _, _ := old.Apply(&Workbook{Settings: []Edit[Setting]{row}}); newer.Rules() != 2 {
		t.Errorf("newer rules are not taken: %d", newer.Rules())
	}
}
