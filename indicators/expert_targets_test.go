package indicators

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"jalon/indicators/progress"
)

// kindsOfTargets: to keep, to stay within and to stay under are targets of their own,
// not signs.
func kindsOfTargets(t *testing.T) {
	less, keep := Indicator{Direction: Decrease}, Indicator{Direction: Maintain}
	band := Target{Kind: TargetKind, Period: period("2020"), Low: decimal("2"), High: decimal("4")}
	base := func(value string) Target { return row(BaselineKind, "2015", value) }
	under := row(TargetKind, "2020", "12", compared("below"))
	steady := figures("2015 3", "2016 3.1", "2017 3", "2018 3.1", "2019 3")
	leaving := figures("2015 2.4", "2016 2.8", "2017 3.2", "2018 3.6", "2019 3.9")
	judged(t,
		verdict{"decreasing is good", "2018-12-31", one{indicator: less, targets: []Target{base("15.2"), row(TargetKind, "2020", "12")}, figures: figures("2018 13")}, "on_track above_path"},
		verdict{"increasing is bad", "2018-12-31", one{indicator: less, targets: []Target{base("15.2"), row(TargetKind, "2020", "12")}, figures: figures("2018 16")}, "regressed moved_away"},
		verdict{"12 is not under 12", "2020-12-31", one{indicator: less, targets: []Target{base("15.2"), under}, figures: figures("2020 12")}, "missed horizon_passed"},
		verdict{"11.9 is", "2020-12-31", one{indicator: less, targets: []Target{base("15.2"), under}, figures: figures("2020 11.9")}, "achieved target_met"},
		verdict{"at least, from the start", "2018-12-31", one{targets: []Target{base("97"), row(TargetKind, "2020", "95", compared("at_least"))}, figures: figures("2018 96")}, "achieved met_at_baseline"},
		verdict{"at least, lost", "2018-12-31", one{targets: []Target{base("97"), row(TargetKind, "2020", "95", compared("at_least"))}, figures: figures("2018 94")}, "regressed met_at_baseline"},
		verdict{"kept", "2018-12-31", one{indicator: keep, targets: []Target{base("20"), row(TargetKind, "2020", "20")}, figures: figures("2018 20")}, "achieved baseline_equals_target"},
		verdict{"not kept", "2018-12-31", one{indicator: keep, targets: []Target{base("20"), row(TargetKind, "2020", "20")}, figures: figures("2018 21")}, "regressed baseline_equals_target"},
		verdict{"into the interval", "2018-12-31", one{indicator: keep, targets: []Target{base("6"), band}, figures: figures("2018 4.5")}, "on_track above_path"},
		verdict{"through the interval and out of it", "2018-12-31", one{indicator: keep, targets: []Target{base("6"), band}, figures: figures("2018 1.5")}, "on_track above_path"},
		verdict{"away from the interval", "2018-12-31", one{indicator: keep, targets: []Target{base("6"), band}, figures: figures("2018 7")}, "regressed moved_away"},
		verdict{"at the interval's edge", "2018-12-31", one{indicator: keep, targets: []Target{base("6"), band}, figures: figures("2018 4.0")}, "achieved target_met"},
		// rates of growth have no answer to these; another method stands in
		verdict{"of the SDGs an interval, kept", "2019-12-31", one{kind: "sdg", indicator: keep, targets: []Target{band}, figures: steady}, "achieved target_met"},
		verdict{"of the SDGs an interval, on its way out", "2019-12-31", one{kind: "sdg", indicator: keep, targets: []Target{band}, figures: leaving}, "behind slipping"},
		verdict{"of the SDGs a level to keep", "2019-12-31", one{kind: "sdg", indicator: keep, targets: []Target{row(TargetKind, "2020", "3")}, figures: steady}, "achieved baseline_equals_target"},
		verdict{"of the SDGs at least a level", "2019-12-31", one{kind: "sdg", indicator: keep, targets: []Target{row(TargetKind, "2020", "2.5", compared("at_least"))}, figures: steady}, "achieved target_met"},
		verdict{"of the SDGs under a level", "2019-12-31", one{kind: "sdg", indicator: less, targets: []Target{row(TargetKind, "2020", "3", compared("below"))}, figures: steady}, "regressed moved_away"},
	)
}

// targetsChange: what is judged is the target in force on the day; how the figures stand
// against the one before is shown beside it.
func targetsChange(t *testing.T) {
	o := one{newest: true, indicator: Indicator{Direction: Decrease}, figures: figures("2015 15.2", "2018 13.3"), targets: []Target{
		row(TargetKind, "2020", "12", decided("2016-04-29")), row(TargetKind, "2020", "9", decided("2018-06-01")),
	}}
	before, after := o.on("2018-05-31"), o.on("2018-12-31")
	if before.Target.Value.String() != "12" || before.Rebased() != nil || slices.Contains(before.Warnings(), TargetWasChanged) {
		t.Errorf("before the change: %s", shown(t, before))
	}
	if after.Target.Value.String() != "9" || after.Status != progress.FarBehind || !slices.Contains(after.Warnings(), TargetWasChanged) {
		t.Errorf("after the change: %s", shown(t, after))
	}
	if r := after.Rebased(); r == nil || r.Target.Value.String() != "12" || r.Status != progress.OnTrack || r.Reason != progress.NearPath {
		t.Errorf("against the target of before it is %+v", r)
	}
	o.targets[1].Value = decimal("12.0")
	if a := o.on("2018-12-31"); a.Rebased() != nil {
		t.Errorf("the same value again is a change: %+v", a.Rebased())
	}
}

// stages: reached or not, with the milestones that were due; no percentage, no pace, no
// growth, and counts in roll-ups.
func stages(t *testing.T) {
	yes, scale := Indicator{Kind: "binary"}, Indicator{Kind: "scale", Min: Whole(1), Max: Whole(5)}
	service := []Target{row(BaselineKind, "2015", "0"), row(TargetKind, "2020", "1")}
	steps := []Target{row(BaselineKind, "2015", "1"), row(MilestoneKind, "2017", "3"), row(TargetKind, "2020", "5")}
	for _, tt := range []verdict{
		{"in service", "2018-12-31", one{indicator: yes, targets: service, figures: figures("2018 1")}, "achieved target_met"},
		{"not yet, and not due", "2018-12-31", one{indicator: yes, targets: service, figures: figures("2018 0")}, "not_assessable not_due"},
		{"not in time", "2020-12-31", one{indicator: yes, targets: service, figures: figures("2020 0")}, "missed horizon_passed"},
		{"in service no more", "2018-12-31", one{indicator: yes, targets: []Target{row(BaselineKind, "2015", "1"), row(TargetKind, "2020", "1")}, figures: figures("2018 0")}, "regressed moved_away"},
		{"before a stage is due", "2016-12-31", one{indicator: scale, targets: steps, figures: figures("2016 2")}, "not_assessable not_due"},
		{"the stage that was due", "2018-12-31", one{indicator: scale, targets: steps, figures: figures("2018 3")}, "on_track above_path"},
		{"a stage short of it", "2018-12-31", one{indicator: scale, targets: steps, figures: figures("2018 2")}, "behind below_path"},
		{"where it was", "2018-12-31", one{indicator: scale, targets: steps, figures: figures("2018 1")}, "far_behind below_path"},
		{"of the SDGs, by level", "2018-12-31", one{kind: "sdg", indicator: scale, targets: steps, figures: figures("2015 1", "2018 3")}, "on_track above_path"},
		{"growth, where it is asked for", "2018-12-31", one{indicator: Indicator{Kind: "scale", Method: "opensdg_progress"}, targets: steps, figures: figures("2015 1", "2018 3")}, "not_assessable not_measured"},
	} {
		judged(t, tt)
		tt.o.newest = true
		a := tt.o.on(tt.on)
		if a.Achievement.Valid || a.Expected.Valid || a.OnSchedule.Valid || a.Pace != (Pace{}) || a.Method.Score.Valid || a.Projection() != nil || len(a.OtherMethods()) > 0 && a.Method.Code == "achievement_rate" {
			t.Errorf("%s: a percentage, a pace or a growth is invented: %s", tt.name, shown(t, a))
		}
	}
	a := (one{newest: true, indicator: scale, targets: steps, figures: figures("2018 3")}).on("2018-12-31")
	if r := rolledUp(a); r.Counts.Of(progress.OnTrack) != 1 || r.Assessed != 1 {
		t.Errorf("in a roll-up it is %+v", r)
	}
}

// edges: at a cut, and not one digit below it, the better status holds; rounding is for
// display, and every medium tells the one status.
func edges(t *testing.T) {
	targets := []Target{row(BaselineKind, "2015", "0"), row(TargetKind, "2020", "100")}
	for value, want := range map[string]string{
		"60": "on_track above_path", "59.9999999": "on_track near_path", "57": "on_track near_path", "56.9999999999": "behind below_path",
		"36": "behind below_path", "35.9999999999": "far_behind below_path", "0": "far_behind below_path", "-0.0000000001": "regressed moved_away",
	} {
		judged(t, verdict{value, "2018-12-31", one{targets: targets, figures: figures("2018 " + value)}, want})
	}
	tenths := figures("2016 50", "2017 60")
	for n, numerator := range []string{"0.5", "0.6"} { // together 1.1 of 2, which is 55 %
		tenths[n].Numerator, tenths[n].Denominator = decimal(numerator), Whole(1)
	}
	judged(t,
		verdict{"tenths that binary numbers cannot hold", "2018-12-31", one{targets: []Target{row(BaselineKind, "2015", "0.1"), row(TargetKind, "2020", "0.6")}, figures: figures("2018 0.385")}, "on_track near_path"},
		verdict{"a mean at its target, to the digit", "2017-12-31", one{indicator: Indicator{Kind: "percent", Direction: Decrease}, targets: []Target{row(BaselineKind, "2015", "60"), row(TargetKind, "2016-2017", "55")}, figures: tenths}, "achieved target_met"},
		verdict{"a rate of growth at its cut", "2016-12-31", one{indicator: Indicator{Method: "opensdg_progress"}, noYear: true, figures: figures("2015 100", "2016 101.5")}, "on_track trend_wanted"},
		verdict{"a rate of growth below it", "2016-12-31", one{indicator: Indicator{Method: "opensdg_progress"}, noYear: true, figures: figures("2015 100", "2016 101.4999999")}, "behind trend_weak"},
	)
	a := (one{newest: true, targets: targets, figures: figures("2018 56.9999999999")}).on("2018-12-31")
	if a.OnSchedule.Value >= 0.95 || !strings.Contains(shown(t, a), `"on_schedule":0.94999999999`) {
		t.Errorf("the number is rounded before it is judged, or shown: %s", shown(t, a))
	}
}

// uncertainty: a projection carries its interval and never feeds the status; and since
// no change is tested against the error of its survey, no text calls one significant.
func uncertainty(t *testing.T) {
	o := one{newest: true, targets: []Target{row(BaselineKind, "2015", "10"), row(TargetKind, "2020", "20")}, figures: figures("2013 10.2", "2014 9.7", "2015 10", "2016 12.5", "2017 13.1", "2018 16")}
	a := o.on("2018-12-31")
	if p := a.Projection(); p == nil || !p.Low95.Valid || !p.Probability.Valid || !slices.Contains(p.Warnings, progress.ShortSeries) {
		t.Errorf("the projection has no interval: %+v", p)
	}
	o.figures = figures("2013 1", "2014 30", "2015 10", "2016 2", "2017 29", "2018 16")
	if b := o.on("2018-12-31"); said(a) != said(b) || a.Achievement != b.Achievement {
		t.Errorf("the scatter of the values changes the status: %s", shown(t, b))
	}
	catalogues, err := filepath.Glob("../locale/*/*.json")
	if err != nil || len(catalogues) == 0 {
		t.Fatalf("no catalogues: %v", err)
	}
	word := regexp.MustCompile(`(?i)\bsignificant|\bsignificati[fv]|دلالة إحصائية|دالّ?ة? إحصائي`)
	for _, name := range catalogues {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for n, line := range strings.Split(string(text), "\n") {
			_, value, _ := strings.Cut(line, `": "`) // the key may be a method's own category
			if word.MatchString(value) {
				t.Errorf("%s:%d: a change is called significant: %s", name, n+1, strings.TrimSpace(line))
			}
		}
	}
}

// plan is a programme whose indicator UNEMP serves two actions, two groups and two
// results of one framework.
func sharedIndicator() *Definitions {
	d := programme()
	d.Settings = append(d.Settings, Setting{"rules", "2"})
	d.Actions = append(d.Actions, Action{Code: "A2", Group: "2", Title: Text{FR: "Autre"}, Status: "ongoing", Results: Links{{Framework: "plan2016", Result: "3"}}})
	d.Results = slices.Insert(d.Results, 2, Result{Framework: "plan2016", Code: "3.3", Parent: "3", Title: Text{FR: "Revenus"}})
	i := &d.Indicators[1]
	i.Actions, i.Groups = Codes{"A1", "A2"}, Codes{"2"}
	i.Results = Links{{Framework: "plan2016", Result: "3"}, {Framework: "plan2016", Result: "3.2"}, {Framework: "plan2016", Result: "3.3"}}
	return d
}

// countedOnce: computed once and linked many times, it counts once in every total.
func countedOnce(t *testing.T) {
	d := sharedIndicator()
	d.Targets = append(d.Targets, Target{Indicator: "UNEMP", Kind: TargetKind, Period: period("2030"), Value: Whole(10), Framework: "sdg2030", Since: 1})
	p := NewDataset(d, changesets("2015-01-01"), totals(map[string][]Figure{"UNEMP": figures("2015 15.2", "2018 13")})).On(day("2018-12-31"))
	everything := make([]*Indicator, len(d.Indicators))
	for n := range d.Indicators {
		everything[n] = &d.Indicators[n]
	}
	for name, of := range map[string][]*Assessment{
		"the plan": p.ForFramework("plan2016"), "the axis": p.ForResult("plan2016:3"), "one result": p.ForResult("plan2016:3.2"), "another": p.ForResult("plan2016:3.3"),
		"a group": p.ForIndicators(p.GroupIndicators("1")), "an action": p.ForIndicators(p.ActionIndicators("A2")),
	} {
		if r := rolledUp(of...); r.Total != 1 || r.Counts.Of(progress.OnTrack) != 1 {
			t.Errorf("%s counts %+v", name, r)
		}
	}
	if r := p.RollUp(p.ForIndicators(everything)); r.Total != len(d.Indicators) {
		t.Errorf("all indicators, in two frameworks, count %+v", r)
	}
	if a, b := p.ForResult("plan2016:3.2")[0], p.ForResult("plan2016:3.3")[0]; a != b {
		t.Error("it is computed twice")
	}
}

// nominalMoney: amounts are compared as they are given, and marked.
func nominalMoney(t *testing.T) {
	for kind, marked := range map[string]bool{"amount": true, "number": false, "percent": false} {
		o := one{newest: true, indicator: Indicator{Kind: kind}, targets: []Target{row(TargetKind, "2020", "20")}, figures: figures("2015 10", "2018 16")}
		if a := o.on("2018-12-31"); slices.Contains(a.Warnings(), NominalAmounts) != marked {
			t.Errorf("%s: the warnings are %v", kind, a.Warnings())
		}
	}
}

// contribution: actions stand beside a result and never in its counts; the indicators of
// an action say how the action does.
func contribution(t *testing.T) {
	d := sharedIndicator()
	d.Indicators = append(d.Indicators, Indicator{Code: "OUTPUT", Actions: Codes{"A2"}, ResultType: "output", Direction: Increase, Accumulation: Level, Frequency: Yearly, Kind: "number"})
	d.Targets = append(d.Targets, Target{Indicator: "OUTPUT", Kind: BaselineKind, Period: period("2015"), Since: 1}, Target{Indicator: "OUTPUT", Kind: TargetKind, Period: period("2020"), Value: Whole(10), Since: 1})
	d.Targets[len(d.Targets)-2].Value = Whole(0)
	p := NewDataset(d, changesets("2015-01-01"), totals(map[string][]Figure{"UNEMP": figures("2015 15.2", "2018 16"), "OUTPUT": figures("2018 10")})).On(day("2018-12-31"))
	result, action := p.RollUpResult("plan2016:3"), p.RollUp(p.ForIndicators(p.ActionIndicators("A2")))
	if result.Total != 1 || result.Counts.Of(progress.Regressed) != 1 || result.Counts.Of(progress.Achieved) != 0 {
		t.Errorf("the output of an action counts for the result: %+v", result)
	}
	if len(p.ResultActions("plan2016:3")) != 1 || action.Total != 2 || action.Counts.Of(progress.Achieved) != 1 {
		t.Errorf("the action does %+v", action)
	}
}
