package indicators

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"jalon/indicators/progress"
)

// ruled is the small programme under the newest rules.
func ruled() *Definitions {
	d := programme()
	d.Settings = append([]Setting{{"rules", "2"}}, d.Settings...)
	return d
}

func remittances() map[SeriesKey][]Figure {
	return totals(map[string][]Figure{"REM-COST": figures("2016 9.48699", "2019 9.51176", "2021 10.28448", "2023 5.53667")})
}

func TestWhoIsJudgedByWhat(t *testing.T) {
	for _, tt := range []struct {
		name   string
		change func(*Definitions)
		method string
		status progress.Status
	}{
		{"by the rules: the SDGs by Open SDG", func(*Definitions) {}, "opensdg_progress@1 {}", progress.Behind},
		{"by the framework", func(d *Definitions) { d.Frameworks[1].Method = "achievement_rate" }, "achievement_rate@1 {}", progress.OnTrack},
		{"by the framework, with an option", func(d *Definitions) { d.Frameworks[1].Method = "opensdg_progress@1 high=0.9" }, `opensdg_progress@1 {"high":0.9}`, progress.OnTrack},
		{"by the indicator's own choice", func(d *Definitions) { d.Indicators[0].Method = "dns_weather window_points=4" }, `dns_weather@1 {"window_points":4}`, progress.OnTrack},
		{"Eurostat's two methods are one: there is a target", func(d *Definitions) { d.Indicators[0].Method = "eurostat_cagr_no_target" }, "eurostat_cagr_target@1 {}", progress.Behind},
		{"by the rules of before", func(d *Definitions) { d.Settings = d.Settings[1:] }, "achievement_rate@1 {}", progress.OnTrack},
		{"a method of a jalon to come is not guessed", func(d *Definitions) { d.Indicators[0].Method = "opensdg_progress@7" }, "opensdg_progress@7@0 {}", progress.NotAssessable},
		{"a band, by the method made for it", func(d *Definitions) {
			d.Targets[0].Value, d.Targets[0].Low, d.Targets[0].High = Decimal{}, decimal("2"), decimal("4")
		}, "dns_weather@1 {}", progress.OnTrack},
		{"a yes or no, by its level", func(d *Definitions) { d.Indicators[0].Kind = "binary" }, "achievement_rate@1 {}", progress.NotAssessable},
		{"a mean over years, by its level", func(d *Definitions) { d.Targets[0].Period = period("2016-2030") }, "achievement_rate@1 {}", progress.FarBehind},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d := ruled()
			tt.change(d)
			a := &NewDataset(d, changesets("2015-01-01"), remittances()).Assess(day("2026-10-31"))[0]
			options, err := json.Marshal(a.Method.Options)
			got := a.Method.Code + "@" + string(rune('0'+a.Method.Version)) + " " + string(options)
			if err != nil || got != tt.method || a.Status != tt.status {
				t.Errorf("%s: %s (%s), want %s: %s", got, a.Status, a.Reason, tt.method, tt.status)
			}
			if tt.method == "opensdg_progress@7@0 {}" && a.Reason != progress.UnknownMethod {
				t.Errorf("reason %s", a.Reason)
			}
		})
	}
}

func TestChoicesThatCannotBeRead(t *testing.T) {
	for choice, says := range map[Optional]string{
		"magic":                              `there is no method "magic"`,
		"opensdg_progress@0":                 `"0" is no version: write a number after the @, as in opensdg_progress@1`,
		"opensdg_progress@01":                "is no version",
		"opensdg_progress@2":                 "there is no version 2 of opensdg_progress here: write 1",
		"achievement_rate on_track":          `"on_track" is no option: write name=number`,
		"achievement_rate on_track=much":     "is no option: write name=number",
		"achievement_rate behind=1 behind=1": `the option "behind" is given twice`,
		"achievement_rate limit=100":         `"limit" is no option: it has behind, on_track`,
		"  ":                                 "no method is named",
		"project_ols":                        "there is no method",
		"opensdg-progress":                   "there is no method \"opensdg-progress\": did you mean opensdg_progress? Else write one of achievement_rate, ",
	} {
		d := ruled()
		d.Indicators[0].Method = choice
		faults := d.Check()
		if len(faults) != 1 || faults[0].Column != "method" || !strings.Contains(faults[0].Message.String(), says) {
			t.Errorf("%q: %+v, want %q", choice, faults, says)
		}
	}
	for _, choice := range []Optional{"", "achievement_rate", "achievement_rate@1 behind=0.5 on_track=0.9", "opensdg_progress limit=100"} {
		d := ruled()
		d.Frameworks[0].Method = choice
		if faults := d.Check(); len(faults) > 0 {
			t.Errorf("%q: %+v", choice, faults)
		}
	}
}

func TestSettingsOfJudgement(t *testing.T) {
	for _, tt := range []struct{ key, value, says string }{
		{"rules", "3", `"3" is no edition of the rules: write one of 1, 2`}, {"rules", "newest", "is no edition"},
		{"min_coverage", "75", "is no share: write a number from 0 to 1"}, {"min_coverage", "much", "is no share"},
		{"document_mb", "0", "is no size"}, {"document_mb", "201", "is no size"}, {"document_mb", "50", ""},
		{"stale_years", "0", "is no age"}, {"stale_periods", "1.5", "is no age"},
		{"small_cells", "-1", "is no number of persons"}, {"small_cells", "few", "is no number of persons"}, {"small_cells", "0", ""}, {"small_cells", "11", ""},
		{"rules", "1", ""}, {"rules", "2", ""}, {"min_coverage", "0.5", ""}, {"stale_years", "5", ""},
	} {
		d := programme()
		d.Settings = append(d.Settings, Setting{tt.key, tt.value})
		faults := d.Check()
		if tt.says == "" && len(faults) > 0 || tt.says != "" && (len(faults) != 1 || !strings.Contains(faults[0].Message.String(), tt.says)) {
			t.Errorf("%s = %s: %+v, want %q", tt.key, tt.value, faults, tt.says)
		}
	}
	d := ruled()
	d.Settings = append(d.Settings, Setting{"stale_years", "2"})
	if a := NewDataset(d, changesets("2015-01-01"), remittances()).Assess(day("2026-01-01"))[0]; !a.Stale {
		t.Errorf("a value two years old is not marked: %+v", a)
	}
}

// The first import writes the newest rules into the programme; a later one leaves them
// as they are, whatever they are.
func TestANewProgrammeTakesTheNewestRules(t *testing.T) {
	w := &Workbook{Frameworks: []Edit[Framework]{{Key: "plan", Change: func(f *Framework) {
		*f = Framework{Code: "plan", Kind: "plan", Title: Text{FR: "Plan"}, Start: 2016, End: 2020}
	}}}}
	first, counts, problems := new(Definitions).Apply(w)
	if first.Rules() != NewestRules || len(problems) > 0 || !slices.Contains(counts, Count{Table: "settings", Added: 1}) {
		t.Errorf("rules %d, %+v, %+v", first.Rules(), counts, problems)
	}
	if again, counts, _ := first.Apply(w); again.Rules() != NewestRules || len(counts) != 1 || counts[0].Unchanged != 1 {
		t.Errorf("again: rules %d, %+v", again.Rules(), counts)
	}
	if old, _, _ := programme().Apply(w); old.Rules() != 1 {
		t.Errorf("a programme of before has rules %d after an import", old.Rules())
	}
	w.Settings = []Edit[Setting]{{Key: "rules", Change: func(s *Setting) { *s = Setting{"rules", "1"} }}}
	if chosen, _, _ := new(Definitions).Apply(w); chosen.Rules() != 1 {
		t.Errorf("chosen were rules 1, taken %d", chosen.Rules())
	}
	if none, counts, _ := new(Definitions).Apply(&Workbook{}); none.Rules() != 1 || len(counts) > 0 {
		t.Errorf("an import of nothing: rules %d, %+v", none.Rules(), counts)
	}
}

func TestWhatTheOtherMethodsSay(t *testing.T) {
	d := ruled()
	a := &NewDataset(d, changesets("2015-01-01"), remittances()).Assess(day("2026-10-31"))[0]
	var codes []string
	for _, o := range a.OtherMethods() {
		codes = append(codes, o.Code+" "+string(o.Status)+" "+string(o.Reader))
	}
	want := []string{
		"achievement_rate in_progress on_track", "eurostat_cagr_target moderate_progress behind", "escap_api_gap accelerate behind",
		"unsd_progress_chart_2023 on_track_or_met on_track", "dns_weather sun on_track",
	}
	if !slices.Equal(codes, want) {
		t.Errorf("got %q\nwant %q", codes, want)
	}
	if agree := a.Agree(); agree == nil || *agree {
		t.Errorf("on track here and behind there, and they agree: %v", agree)
	}
	first := a.Workings()[0]
	if first.Code != "opensdg_progress" || len(first.Steps) != 3 || first.Steps[2].Formula != "p = d × g ÷ |r|" || first.Steps[2].Result.Value != a.Method.Value {
		t.Errorf("the working of the method that judges: %+v", first)
	}
	if used := a.Used(); len(used) != 2 || used[0].Period != period("2016") || used[1].Period != period("2023") {
		t.Errorf("used are %+v", used)
	}
	silent := &NewDataset(d, changesets("2015-01-01"), nil).Assess(day("2026-10-31"))[0]
	if len(silent.OtherMethods()) != 0 || silent.Agree() != nil || silent.Projection().Reason != progress.TooFewValues {
		t.Errorf("without a value: %+v, %v, %+v", silent.OtherMethods(), silent.Agree(), silent.Projection())
	}
}

// Once the target's period is over, its value decides by whatever method, and all agree.
func TestEveryMethodYieldsToTheFinalValue(t *testing.T) {
	for value, want := range map[string]progress.Status{"2.9": progress.Achieved, "3.1": progress.Missed} {
		series := remittances()
		key := SeriesKey{Indicator: "REM-COST"}
		series[key] = append(series[key], figures("2030 "+value)...)
		a := &NewDataset(ruled(), changesets("2015-01-01"), series).Assess(day("2031-06-30"))[0]
		if a.Status != want || a.Agree() == nil || !*a.Agree() || a.Projection() != nil {
			t.Errorf("%s: %s (%s), agree %v, projection %+v", value, a.Status, a.Reason, a.Agree(), a.Projection())
		}
		for _, o := range a.OtherMethods() {
			if o.Reader != want {
				t.Errorf("%s: %s says %s", value, o.Code, o.Reader)
			}
		}
	}
}
