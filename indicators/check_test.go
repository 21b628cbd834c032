package indicators

import (
	"slices"
	"strings"
	"testing"
)

func TestProgrammeIsInOrder(t *testing.T) {
	if faults := programme().Check(); len(faults) > 0 {
		t.Errorf("%+v", faults)
	}
}

// Each row breaks one rule of a programme in order; the fault names column and remedy.
func TestCheckFaults(t *testing.T) {
	ten := 10
	for _, tt := range []struct {
		name    string
		breaks  func(*Definitions)
		column  string
		message string // how it begins
	}{
		{"time zone", func(d *Definitions) { d.Settings[0].Value = "Africa/Nowhere" }, "value", `"Africa/Nowhere" is not a time zone`},
		{"setting without value", func(d *Definitions) { d.Settings[1].Value = "" }, "value", "value is required"},
		{"publisher", func(d *Definitions) { d.Settings[1] = Setting{"publisher", "NOBODY"} }, "value", `"NOBODY" is not in organisations`},
		{"unknown setting", func(d *Definitions) { d.Settings[0].Key = "Timezone" }, "key", `"Timezone" is no setting: did you mean time_zone? Else write one of title_fr, `},
		{"setting like no other", func(d *Definitions) { d.Settings[0].Key = "background" }, "key", `"background" is no setting: write one of title_fr, `},
		{"code", func(d *Definitions) { d.Categories[0].Code = "R 1" }, "code", `"R 1" is not a code`},
		{"kind of organisation", func(d *Definitions) { d.Organisations[0].Kind = "bank" }, "kind", `"bank" is not allowed here: write one of ministry, `},
		{"coordinator", func(d *Definitions) { d.Groups[0].Coordinator = "NOBODY" }, "coordinator", `"NOBODY" is not in organisations`},
		{"title", func(d *Definitions) { d.Frameworks[0].Title.FR = " " }, "title_fr", "title_fr is required"},
		{"start after end", func(d *Definitions) { d.Frameworks[0].Start = 2021 }, "end", "ends in 2020, before it starts in 2021"},
		{"no year", func(d *Definitions) { d.Frameworks[0].Start = 16 }, "start", "16 is not a year"},
		{"baseline year", func(d *Definitions) { d.Frameworks[0].Baseline = &ten }, "baseline", "10 is not a year"},
		{"method", func(d *Definitions) { d.Frameworks[0].Method = "magic" }, "method", `there is no method "magic"`},
		{"weight", func(d *Definitions) { d.Results[0].Weight = decimal("0.0") }, "weight", "0.0 is no weight"},
		{"parent", func(d *Definitions) { d.Results[1].Parent = "9" }, "parent", `"plan2016:9" is not in results`},
		{"own parent", func(d *Definitions) { d.Results[0].Parent = "3" }, "parent", "is its own ancestor (3 → 3)"},
		{"group", func(d *Definitions) { d.Actions[0].Group = "" }, "group", "group is required"},
		{"partner", func(d *Definitions) { d.Actions[0].Partners = Codes{"X"} }, "partners", `"X" is not in organisations`},
		{"action's end", func(d *Definitions) { d.Actions[0].Start, d.Actions[0].End = day("2026-02-01"), day("2026-01-01") }, "end", "2026-01-01 lies before the start, 2026-02-01"},
		{"governorate", func(d *Definitions) { d.Actions[0].Governorates = Codes{"Tunis"} }, "governorates", `"Tunis" is not a governorate`},
		{"link", func(d *Definitions) { d.Actions[0].Results = Links{{Framework: "sdg2030", Result: "99"}} }, "results", `"sdg2030:99" is not in results`},
		{"due", func(d *Definitions) { d.Milestones[0].Due = 0 }, "due", "due is required"},
		{"amount", func(d *Definitions) { d.Funding[0].Amount = Decimal{} }, "amount", "amount is required"},
		{"currency", func(d *Definitions) { d.Funding[0].Currency = "Dt" }, "currency", `"Dt" is not a currency`},
		{"decimals", func(d *Definitions) { d.Indicators[0].Decimals = &ten }, "decimals", "10 is not a number of decimals"},
		{"bounds", func(d *Definitions) { d.Indicators[0].Min, d.Indicators[0].Max = Whole(5), Whole(5) }, "max", "the largest possible value, 5, is not above the smallest, 5"},
		{"a sum of percentages", func(d *Definitions) { d.Indicators[0].Accumulation = Flow }, "accumulation", "values of the kind percent never add up over time: write level"},
		{"a scale of nobody knows how many stages", func(d *Definitions) { d.Indicators[0].Kind, d.Indicators[0].Min = "scale", Whole(1) }, "max", "a scale has a first and a last stage"},
		{"a scale from half a stage on", func(d *Definitions) {
			d.Indicators[0].Kind, d.Indicators[0].Min, d.Indicators[0].Max = "scale", decimal("0.5"), Whole(5)
		}, "min", "a scale has a first and a last stage"},
		{"half of yes", func(d *Definitions) { d.Indicators[1].Kind, d.Targets[1].Value = "binary", decimal("0.5") }, "value", "0.5 lies between two levels of UNEMP"},
		{"dimension", func(d *Definitions) { d.Indicators[1].Breakdowns = Codes{"mood", "sex"} }, "breakdowns", `"mood" is not a dimension`},
		{"additive", func(d *Definitions) { d.Indicators[1].Additive = Codes{"age"} }, "additive", `"age" is not among the breakdowns`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d := programme()
			tt.breaks(d)
			faults := d.Check()
			if !slices.ContainsFunc(faults, func(f Fault) bool { return f.Column == tt.column && strings.HasPrefix(f.Message.String(), tt.message) }) {
				t.Errorf("got %+v, want %s: %s …", faults, tt.column, tt.message)
			}
		})
	}
}

func TestCheckTargets(t *testing.T) {
	baseline := Target{Indicator: "UNEMP", Kind: BaselineKind, Period: period("2015"), Value: decimal("15.2"), Framework: "plan2016"}
	target := Target{Indicator: "UNEMP", Kind: TargetKind, Period: period("2020"), Value: decimal("12"), Framework: "plan2016"}
	with := func(t Target, change func(*Target)) Target { change(&t); return t }
	type rows = []Target
	for _, tt := range []struct {
		name            string
		rows            rows
		column, message string // empty: in order
	}{
		{"two announced one after the other", rows{baseline, with(target, func(t *Target) { t.Decided = day("2016-04-29") }), with(target, func(t *Target) { t.Decided, t.Value = day("2018-01-01"), decimal("11") })}, "", ""},
		{"two finals", rows{target, with(target, func(t *Target) { t.Period = period("2019") })}, "period", "UNEMP already has a final target for 20"},
		{"one final for women", rows{target, with(target, func(t *Target) { t.Breakdown.Sex = "F" })}, "", ""},
		{"equal to the baseline", rows{baseline, with(target, func(t *Target) { t.Value = decimal("15.20") })}, "value", "equals the baseline, 15.2"},
		{"wrong side", rows{baseline, with(target, func(t *Target) { t.Value = decimal("16") })}, "value", "16 lies on the wrong side of the baseline, 15.2, for an indicator to decrease"},
		{"wrong side of a baseline without framework", rows{with(baseline, func(t *Target) { t.Framework = "" }), with(target, func(t *Target) { t.Value = decimal("16") })}, "value", "16 lies on the wrong side"},
		{"wrong side, as a threshold", rows{baseline, with(target, func(t *Target) { t.Value, t.Comparison = decimal("16"), "at_most" })}, "", ""},
		{"right side of the newest baseline", rows{with(baseline, func(t *Target) { t.Value, t.Decided = decimal("11"), day("2015-01-01") }), with(baseline, func(t *Target) { t.Decided = day("2016-01-01") }), target}, "", ""},
		{"against the baseline of its time", rows{
			with(baseline, func(t *Target) { t.Decided = day("2016-01-01") }), with(baseline, func(t *Target) { t.Value, t.Decided = decimal("11"), day("2019-01-01") }),
			with(target, func(t *Target) { t.Decided = day("2016-04-29") }),
		}, "", ""},
		{"not after the baseline", rows{baseline, with(target, func(t *Target) { t.Period = period("2015") })}, "period", "2015 does not end after the baseline's, 2015"},
		{"beyond what can be", rows{with(target, func(t *Target) { t.Value = decimal("-1") })}, "value", "lies outside what UNEMP can be, 0 to 100"},
		{"no value", rows{with(target, func(t *Target) { t.Value = Decimal{} })}, "value", "give a value, or low and high"},
		{"value and range", rows{with(target, func(t *Target) { t.Low, t.High = Whole(1), Whole(2) })}, "value", "give a value, or low and high"},
		{"half a range", rows{with(target, func(t *Target) { t.Value, t.Low = Decimal{}, Whole(1) })}, "value", "give a value, or low and high"},
		{"a range upside down", rows{with(target, func(t *Target) { t.Value, t.Low, t.High = Decimal{}, Whole(3), Whole(2) })}, "high", "2 is not above low, 3"},
		{"a range to compare with", rows{with(target, func(t *Target) { t.Value, t.Low, t.High, t.Comparison = Decimal{}, Whole(2), Whole(3), "below" })}, "comparison", "a range is reached between"},
		{"a baseline range", rows{with(baseline, func(t *Target) { t.Value, t.Low, t.High = Decimal{}, Whole(2), Whole(3) })}, "low", "only a target can be a range"},
		{"too short a period", rows{with(target, func(t *Target) { t.Period = period("2020-12") })}, "period", "2020-12 is shorter than the year by which UNEMP is reported"},
		{"no period", rows{with(target, func(t *Target) { t.Period = 0 })}, "period", "period is required"},
		{"unknown indicator", rows{with(target, func(t *Target) { t.Indicator = "X" })}, "indicator", `"X" is not in indicators`},
		{"unknown framework", rows{with(target, func(t *Target) { t.Framework = "X" })}, "framework", `"X" is not in frameworks`},
		{"kind", rows{with(target, func(t *Target) { t.Kind = "goal" })}, "kind", `"goal" is not allowed here`},
		{"comparison", rows{with(target, func(t *Target) { t.Comparison = "less" })}, "comparison", `"less" is not allowed here`},
		{"breakdown", rows{with(target, func(t *Target) { t.Breakdown.Other = "milieu=X" })}, "breakdown", `"milieu=X" is not in categories`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d := programme()
			d.Targets = sortedTargets(tt.rows...)
			faults := d.Check()
			if tt.message == "" && len(faults) > 0 ||
				tt.message != "" && !slices.ContainsFunc(faults, func(f Fault) bool { return f.Column == tt.column && strings.HasPrefix(f.Message.String(), tt.message) }) {
				t.Errorf("got %+v, want %s: %s …", faults, tt.column, tt.message)
			}
		})
	}
}

// The bounds of a flow are those of one period; its target may ask for a sum.
func TestCheckTargetOfSum(t *testing.T) {
	d := programme()
	i := &d.Indicators[0]
	i.Kind, i.Accumulation, i.Direction, i.Frequency, i.Max, i.Min = "number", Flow, Increase, Monthly, Whole(100), Whole(0)
	i.Min = Whole(-100) // of one month: a year may lose more
	d.Targets = []Target{{Indicator: "REM-COST", Kind: TargetKind, Period: period("2026"), Value: Whole(-1000)}}
	if faults := d.Check(); len(faults) > 0 {
		t.Errorf("a sum below the least of a month: %+v", faults)
	}
	i.Min = Whole(0)
	d.Targets[0].Value = Whole(-1)
	if faults := d.Check(); len(faults) != 1 {
		t.Errorf("a sum of what is never below zero: %+v", faults)
	}
	for text, faults := range map[string]int{"2026": 0, "2026-2030": 0, "2026-12": 1} {
		d.Targets = []Target{{Indicator: "REM-COST", Kind: TargetKind, Period: period(text), Value: Whole(1000)}}
		if got := d.Check(); len(got) != faults {
			t.Errorf("%s: got %+v, want %d", text, got, faults)
		}
	}
}
