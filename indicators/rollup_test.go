package indicators

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"jalon/indicators/progress"
)

// tree is a plan with two axes: the first with a result of three indicators and one of
// one, the second with one indicator. Way is the share that each has covered.
func tree(way map[string]float64, change func(*Definitions)) *Picture {
	d := &Definitions{
		Settings:   []Setting{{"rules", "2"}},
		Frameworks: []Framework{{Code: "plan", Kind: "plan", Start: 2016, End: 2020}},
		Results: []Result{
			{Framework: "plan", Code: "1"}, {Framework: "plan", Code: "1.1", Parent: "1"}, {Framework: "plan", Code: "1.2", Parent: "1"}, {Framework: "plan", Code: "2"},
			{Framework: "plan", Code: "3"}, // that nobody serves
		},
	}
	series := map[string][]Figure{}
	for code, result := range map[string]string{"A": "1.1", "B": "1.1", "C": "1.1", "D": "1.2", "E": "2"} {
		d.Indicators = append(d.Indicators, Indicator{
			Code: code, Kind: "number", Direction: Increase, Accumulation: Level, Frequency: Yearly, Results: Links{{Framework: "plan", Result: result}},
		})
		for kind, value := range map[string]string{BaselineKind: "0", TargetKind: "100"} {
			when := map[string]string{BaselineKind: "2015", TargetKind: "2020"}[kind]
			d.Targets = append(d.Targets, Target{Indicator: code, Framework: "plan", Kind: kind, Period: period(when), Value: decimal(value), Since: 1})
		}
		if share, known := way[code]; known {
			series[code] = []Figure{{Period: period("2018"), Value: decimal(fmt.Sprintf("%.6f", 100*share)), Status: "A", Since: 1}}
		}
	}
	SortEntries(d.Indicators)
	if change != nil {
		change(d)
	}
	SortEntries(d.Targets)
	return NewDataset(d, changesets("2015-01-01"), totals(series)).On(day("2018-12-31"))
}

func TestLevelsAreAveragedOneAfterTheOther(t *testing.T) {
	all := map[string]float64{"A": 0.2, "B": 0.4, "C": 0.6, "D": 0.8, "E": 3}
	for _, tt := range []struct {
		name   string
		change func(*Definitions)
		score  float64
	}{
		{"equal weights: ((0.4 + 0.8) ÷ 2 + 1) ÷ 2, what is beyond the target cut first", nil, 0.8},
		{"weights of results: (3 × 0.4 + 0.8) ÷ 4 beside 1", func(d *Definitions) { d.Results[1].Weight = decimal("3") }, 0.75},
		{"weights of links: (0.2 + 0.4 + 2 × 0.6) ÷ 4", func(d *Definitions) { d.Indicators[2].Results[0].Weight = decimal("2") }, ((0.45+0.8)/2 + 1) / 2},
		{"one that serves two results enters both means", func(d *Definitions) {
			d.Indicators[0].Results = append(d.Indicators[0].Results, Link{Framework: "plan", Result: "2"})
		}, (0.6 + (0.2+1)/2) / 2},
		{"one that is judged without serving a result stands beside the results", func(d *Definitions) { d.Indicators[3].Results = nil }, (0.4 + 1 + 0.8) / 3},
		{"a yes or no enters as a count only", func(d *Definitions) { d.Indicators[4].Kind = "binary" }, 0.6},
		{"by the rules of before all count alike", func(d *Definitions) { d.Settings = nil }, (0.2 + 0.4 + 0.6 + 0.8 + 1) / 5},
	} {
		p := tree(all, tt.change)
		r := p.RollUpFramework("plan")
		if math.Abs(r.Score.Value-tt.score) > 1e-12 || !r.Score.Valid || r.Total != 5 || r.Measure != MeanAchievement {
			t.Errorf("%s: %+v, want %v", tt.name, r, tt.score)
		}
	}
}

func TestCoverageIsWeightedAsTheScoreIs(t *testing.T) {
	// of three indicators of 1.1 one is missing: 1.1 is covered by 2/3, axis 1 by 5/6, the plan by 11/12
	p := tree(map[string]float64{"A": 0.2, "B": 0.4, "D": 0.8, "E": 1}, nil)
	for ref, want := range map[string]Rollup{
		"plan:1.1": {Coverage: progress.Num(2.0 / 3)},
		"plan:1":   {Coverage: progress.Num(5.0 / 6), Score: progress.Num((0.3 + 0.8) / 2)},
		"plan:3":   {},
	} {
		r := p.RollUpResult(ref)
		if math.Abs(r.Coverage.Value-want.Coverage.Value) > 1e-12 || r.Score.Valid != want.Score.Valid || math.Abs(r.Score.Value-want.Score.Value) > 1e-12 {
			t.Errorf("%s: %+v, want %+v", ref, r, want)
		}
	}
	if r := p.RollUpFramework("plan"); math.Abs(r.Coverage.Value-11.0/12) > 1e-12 || math.Abs(r.Score.Value-(0.55+1)/2) > 1e-12 || r.Assessed != 4 || r.Total != 5 {
		t.Errorf("the plan: %+v", r)
	}
	strict := tree(map[string]float64{"A": 0.2, "B": 0.4, "D": 0.8, "E": 1}, func(d *Definitions) { d.Settings = append(d.Settings, Setting{"min_coverage", "0.95"}) })
	if r := strict.RollUpFramework("plan"); r.Score.Valid || r.Assessed != 4 {
		t.Errorf("under a coverage of 0.95: %+v", r)
	}
	heavy := tree(map[string]float64{"A": 0.2, "B": 0.4, "C": 0.6, "D": 0.8}, func(d *Definitions) { d.Results[3].Weight = decimal("9") })
	if r := heavy.RollUpFramework("plan"); r.Score.Valid || math.Abs(r.Coverage.Value-0.1) > 1e-12 {
		t.Errorf("what weighs nine tenths is missing: %+v", r)
	}
}

func TestFrameworksOfScoresShowTheirMean(t *testing.T) {
	p := tree(map[string]float64{"A": 0.2, "B": 0.4, "C": 0.6, "D": 0.8, "E": 1}, func(d *Definitions) {
		d.Frameworks[0].Method = "opensdg_progress"
		year := 2015
		d.Frameworks[0].Baseline = &year
	})
	if r := p.RollUpFramework("plan"); r.Measure != MeanScore || r.Score.Valid || r.Assessed != 0 {
		t.Errorf("of one value each: %+v", r)
	}
	d := ruled()
	q := NewDataset(d, changesets("2015-01-01"), remittances()).On(day("2026-10-31"))
	if r := q.RollUpResult("sdg2030:10"); r.Measure != MeanScore || math.Abs(r.Score.Value-(7.1429*0.9379569225931318-4.2857)) > 1e-9 || r.Coverage != progress.Num(1) {
		t.Errorf("goal 10: %+v", r)
	}
	if r := q.RollUp(q.ForIndicators(q.GroupIndicators("2"))); r.Measure != MeanAchievement || math.Abs(r.Score.Value-0.6089603961159182) > 1e-12 {
		t.Errorf("a group, whose indicators are judged by several methods: %+v", r)
	}
}

// An indicator without a target is no part of a mean of shares, but what is not judged
// counts against the coverage, whether it has one or not.
func TestCoverageCountsWhatHasNoTarget(t *testing.T) {
	p := tree(map[string]float64{"A": 0.2, "B": 0.4, "C": 0.6, "D": 0.8, "E": 0.5}, func(d *Definitions) {
		d.Targets = slices.DeleteFunc(d.Targets, func(t Target) bool { return t.Indicator != "A" && t.Kind == TargetKind })
	})
	if r := p.RollUpFramework("plan"); r.Score.Valid || r.Assessed != 1 || r.Total != 5 || !r.Coverage.Valid || r.Coverage.Value > 0.5 {
		t.Errorf("one of five is enough: %+v", r)
	}
}
