package indicators

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"jalon/indicators/progress"
)

func codesOf(list []*Indicator) (codes []string) {
	for _, i := range list {
		codes = append(codes, i.Code)
	}
	return codes
}

func TestGoals(t *testing.T) {
	d := programme()
	women := Breakdown{Sex: "F"}
	d.Indicators[0].Results = Links{{Framework: "plan2016", Result: "3"}, {Framework: "sdg2030", Result: "10"}, {Framework: "sdg2030", Result: "10.c"}}
	d.Indicators = append(d.Indicators, Indicator{Code: "BARE", Direction: Increase, Frequency: Yearly, Accumulation: Level},
		Indicator{Code: "WOMEN", Direction: Increase, Frequency: Yearly, Accumulation: Level, Breakdowns: Codes{"sex"}})
	d.Targets = append(d.Targets, Target{Indicator: "UNEMP", Kind: TargetKind, Period: period("2030"), Value: Whole(10), Framework: "sdg2030"},
		Target{Indicator: "UNEMP", Kind: TargetKind, Period: period("2025"), Value: Whole(11)},
		Target{Indicator: "UNEMP", Kind: BaselineKind, Period: period("2012"), Value: Whole(17)},
		Target{Indicator: "WOMEN", Kind: TargetKind, Period: period("2030"), Value: Whole(10), Breakdown: women})
	ds := NewDataset(d, changesets("2015-01-01"), map[SeriesKey][]Figure{{"WOMEN", women}: figures("2020 5"), {"UNEMP", Breakdown{}}: figures("2015 15", "2018 14")})
	var got []string
	for _, a := range ds.Assess(day("2018-12-31")) {
		got = append(got, a.Indicator+" "+string(a.Framework)+" "+a.Breakdown.Key()+" "+a.Results.String()+" "+a.Baseline.Period.String())
	}
	want := []string{
		"REM-COST sdg2030  sdg2030:10|sdg2030:10.c ", "REM-COST plan2016  plan2016:3 ", // one with a target, one linked only
		"UNEMP    2012", "UNEMP plan2016  plan2016:3.2 2015", // a framework's own baseline goes before the one without framework
		"UNEMP sdg2030   2012", // which serves those that have none
		"BARE    ", "WOMEN  sex=F  ", "WOMEN    ",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

func TestPrincipal(t *testing.T) {
	on := func(target string, b Breakdown) *Assessment {
		return &Assessment{AsOf: AsOf{Date: day("2026-10-31")}, Target: Aim{Period: period(target)}, Breakdown: b}
	}
	women := Breakdown{Sex: "F"}
	lastDay := []*Assessment{on("2026", Breakdown{}), on("2030", Breakdown{})}
	for _, a := range lastDay {
		a.AsOf.Date = day("2026-12-31")
	}
	for _, tt := range []struct {
		name string
		of   []*Assessment
		want int // -1: none
	}{
		{"none", nil, -1},
		{"only breakdowns", []*Assessment{on("2030", women)}, -1},
		{"without targets, the first", []*Assessment{on("", Breakdown{}), on("", Breakdown{})}, 0},
		{"one with a target", []*Assessment{on("", Breakdown{}), on("2020", Breakdown{})}, 1},
		{"the nearest still open", []*Assessment{on("2020", Breakdown{}), on("2030", Breakdown{}), on("2027", Breakdown{})}, 2},
		{"the last that has passed", []*Assessment{on("2015", Breakdown{}), on("2020", Breakdown{}), on("2018", Breakdown{})}, 1},
		{"the total", []*Assessment{on("2027", women), on("2030", Breakdown{})}, 1},
		{"on a horizon's last day, the next", lastDay, 1},
		{"of two alike the first", []*Assessment{on("2030", Breakdown{}), on("2030", Breakdown{})}, 0},
	} {
		got := Principal(tt.of)
		if tt.want < 0 && got != nil || tt.want >= 0 && got != tt.of[tt.want] {
			t.Errorf("%s: not number %d: %+v", tt.name, tt.want, got)
		}
	}
}

func TestRollUp(t *testing.T) {
	share := func(a float64, s progress.Status) *Assessment {
		return &Assessment{Achievement: progress.Num(a), Status: s}
	}
	level := func(s progress.Status) *Assessment { return &Assessment{Status: s} }
	women := share(0, progress.Regressed)
	women.Breakdown.Sex = "F"
	for _, tt := range []struct {
		name  string
		of    []*Assessment
		shown string
	}{
		{"nothing", nil, `{"counts":{"achieved":0,"behind":0,"far_behind":0,"missed":0,"not_assessable":0,"on_track":0,"regressed":0},"assessed":0,"total":0,"coverage":null,"rules":1,"measure":"achievement","score":null}`},
		{"capped, breakdowns left out", []*Assessment{share(3, progress.Achieved), share(0.5, progress.Behind), share(-2, progress.Regressed), women},
			`{"counts":{"achieved":1,"behind":1,"far_behind":0,"missed":0,"not_assessable":0,"on_track":0,"regressed":1},"assessed":3,"total":3,"coverage":1,"rules":1,"measure":"achievement","score":0.5}`},
		{"the level alone", []*Assessment{level(progress.Achieved), level(progress.Missed), level(progress.Regressed), level(progress.Achieved)},
			`{"counts":{"achieved":2,"behind":0,"far_behind":0,"missed":1,"not_assessable":0,"on_track":0,"regressed":1},"assessed":4,"total":4,"coverage":1,"rules":1,"measure":"achievement","score":0.5}`},
		{"three in four suffice", []*Assessment{share(1, progress.Achieved), share(0.5, progress.Behind), share(0.75, progress.OnTrack), level(progress.NotAssessable)},
			`{"counts":{"achieved":1,"behind":1,"far_behind":0,"missed":0,"not_assessable":1,"on_track":1,"regressed":0},"assessed":3,"total":4,"coverage":0.75,"rules":1,"measure":"achievement","score":0.75}`},
		{"two in three do not", []*Assessment{share(1, progress.Achieved), share(0.5, progress.FarBehind), level(progress.NotAssessable)},
			`{"counts":{"achieved":1,"behind":0,"far_behind":1,"missed":0,"not_assessable":1,"on_track":0,"regressed":0},"assessed":2,"total":3,"coverage":0.6666666666666666,"rules":1,"measure":"achievement","score":null}`},
	} {
		r := NewDataset(&Definitions{}, nil, nil).On(0).RollUp(tt.of)
		if shown, err := json.Marshal(r); err != nil || string(shown) != tt.shown {
			t.Errorf("%s: got  %s, %v\nwant %s", tt.name, shown, err, tt.shown)
		}
		if sum := r.Counts.Of(progress.Achieved) + r.Counts.Of(progress.Missed); sum > r.Total {
			t.Errorf("%s: %d of %d", tt.name, sum, r.Total)
		}
	}
}

func TestPicture(t *testing.T) {
	d := programme()
	d.Indicators[1].Groups = Codes{"2"}
	d.Indicators[1].Results = Links{{Framework: "plan2016", Result: "3"}, {Framework: "plan2016", Result: "3.2"}} // counted once
	d.Results = append(d.Results, Result{Framework: "plan2016", Code: "3.10", Parent: "3"})
	d.Actions[0].Results = Links{{Framework: "plan2016", Result: "3.2"}}
	p := NewDataset(d, changesets("2015-01-01"), totals(map[string][]Figure{"UNEMP": figures("2018 14")})).On(day("2018-12-31"))

	for name, got := range map[string][]string{
		"UNEMP":            codesOf(p.GroupIndicators("1")),
		"REM-COST UNEMP":   codesOf(p.GroupIndicators("2")),
		"UNEMP by action":  append(codesOf(p.ActionIndicators("A1")), "by", "action"),
		"UNEMP by axis":    append(codesOf(p.ResultIndicators("plan2016:3")), "by", "axis"),
		"by sub":           append(codesOf(p.ResultIndicators("plan2016:3.10")), "by", "sub"),
		"REM-COST by goal": append(codesOf(p.ResultIndicators("sdg2030:10")), "by", "goal"),
	} {
		if !slices.Equal(got, strings.Fields(name)) {
			t.Errorf("got %v, want %s", got, name)
		}
	}
	if p.ResultIndicators("plan2016:99") != nil || p.ForResult("plan2016:99") != nil {
		t.Error("an unknown result has indicators")
	}
	children := p.Children("plan2016:3")
	if len(children) != 2 || children[0].Code != "3.2" || children[1].Code != "3.10" || len(p.Children("plan2016")) != 1 {
		t.Errorf("below the axis: %+v", children)
	}
	if actions := p.ResultActions("plan2016:3"); len(actions) != 1 || len(p.GroupActions("1")) != 1 || len(p.ActionMilestones("A1")) != 1 {
		t.Errorf("actions of the axis: %+v", actions)
	}
	if of := p.ForResult("plan2016:3"); len(of) != 1 || of[0].Status != progress.Behind {
		t.Errorf("assessments of the axis: %+v", of)
	}
	if r := p.RollUpFramework("sdg2030"); r.Total != 1 || r.Assessed != 0 || r.Score.Valid {
		t.Errorf("the SDGs: %+v", r)
	}
	if r := p.RollUp(p.ForIndicators(p.GroupIndicators("2"))); r.Total != 2 || r.Assessed != 1 || r.Coverage.Value != 0.5 {
		t.Errorf("group 2: %+v", r)
	}
}

func TestWithSharesAllButTheSeriesGiven(t *testing.T) {
	ds := NewDataset(programme(), changesets("2015-01-01"), totals(map[string][]Figure{"UNEMP": figures("2018 14")}))
	next := ds.With(changesets("2015-01-01", "2019-01-01"), totals(map[string][]Figure{"UNEMP": figures("2018 11")}))
	before, after := ds.On(day("2018-12-31")).Principal("UNEMP"), next.On(day("2018-12-31")).Principal("UNEMP")
	if before.Status != progress.Behind || before.AsOf.Changeset != 1 || after.Status != progress.Achieved || after.AsOf.Changeset != 2 {
		t.Errorf("before %+v, after %+v", before, after)
	}
}
