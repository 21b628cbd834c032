package indicators

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// moving is the programme with values for both indicators, after a change.
func moving(change func(*Definitions)) *Picture {
	d := programme()
	d.Settings = append(d.Settings, Setting{"rules", "2"})
	if change != nil {
		change(d)
	}
	return NewDataset(d, changesets("2015-01-01"), map[SeriesKey][]Figure{
		{"REM-COST", Breakdown{}}: figures("2015 9", "2018 7", "2019 6.5"), {"UNEMP", Breakdown{}}: figures("2015 15.2", "2018 14"),
	}).On(day("2020-02-01"))
}

func TestMovesAndShifts(t *testing.T) {
	for _, tt := range []struct {
		name   string
		change func(*Definitions)
		moves  string // indicator, framework, status before and after
		shifts string
	}{
		{"nothing", nil, "", ""},
		{"another title", func(d *Definitions) { d.Indicators[0].Title.EN = "Cost" }, "", ""},
		{"the same number written otherwise", func(d *Definitions) { d.Targets[0].Value = decimal("3.0") }, "", ""},
		{"a target that is reached", func(d *Definitions) { d.Targets[2].Value = decimal("14.5") },
			"UNEMP plan2016 behind→achieved", "group 1 framework plan2016 result plan2016:3 result plan2016:3.2"},
		{"a target of which only the figures move", func(d *Definitions) { d.Targets[2].Value = decimal("12.01") },
			"UNEMP plan2016 behind→behind", "group 1 framework plan2016 result plan2016:3 result plan2016:3.2"},
		{"another method", func(d *Definitions) { d.Frameworks[0].Method = "opensdg_progress" },
			"UNEMP plan2016 behind→far_behind", "framework plan2016 result plan2016:3 result plan2016:3.2"},
		{"a score that is given from another coverage on", func(d *Definitions) {
			d.Indicators = append(d.Indicators, Indicator{Code: "SILENT", Groups: Codes{"1"}, Kind: "number", Direction: Increase, Accumulation: Level, Frequency: Yearly})
		}, "SILENT  →not_assessable", "group 1"},
		{"an indicator that goes", func(d *Definitions) { d.Indicators, d.Targets = d.Indicators[:1], d.Targets[:1] },
			"UNEMP plan2016 behind→", "group 1 framework plan2016 result plan2016:3 result plan2016:3.2"},
		{"an age from which on values are old", func(d *Definitions) { d.Settings = append(d.Settings, Setting{"stale_years", "1"}) },
			"UNEMP plan2016 behind→behind", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			before, after := moving(nil), moving(tt.change)
			if got := movesOf(before, after); got != tt.moves {
				t.Errorf("moves %q, want %q", got, tt.moves)
			}
			if got := shiftsOf(before, after); got != tt.shifts {
				t.Errorf("shifts %q, want %q", got, tt.shifts)
			}
		})
	}
}

// The least coverage moves no assessment, but gives or takes scores.
func TestMinCoverageShiftsScoresAlone(t *testing.T) {
	silent := func(d *Definitions) {
		d.Indicators = append(d.Indicators, Indicator{Code: "SILENT", Groups: Codes{"1"}, Kind: "number", Direction: Increase, Accumulation: Level, Frequency: Yearly})
		d.Targets = append(d.Targets, Target{Indicator: "SILENT", Kind: TargetKind, Period: period("2030"), Value: decimal("5")})
	}
	before := moving(silent)
	after := moving(func(d *Definitions) {
		silent(d)
		d.Settings = append(d.Settings, Setting{"min_coverage", "0.5"})
	})
	if got := movesOf(before, after); got != "" {
		t.Errorf("moves %q", got)
	}
	if got := shiftsOf(before, after); got != "group 1" {
		t.Errorf("shifts %q", got)
	}
	if s := Shifts(before, after)[0]; s.Before.Score.Valid || !s.After.Score.Valid {
		t.Errorf("the score was %v and becomes %v", s.Before.Score, s.After.Score)
	}
}

// What turns stands first, in the order of codes as people count them.
func TestMovesAreOrdered(t *testing.T) {
	many := func(target string) func(*Definitions) {
		return func(d *Definitions) {
			for _, code := range []string{"I10", "I9"} {
				d.Indicators = append(d.Indicators, Indicator{Code: code, Kind: "number", Direction: Decrease, Accumulation: Level, Frequency: Yearly, Unit: "N"})
				d.Targets = append(d.Targets, Target{Indicator: code, Kind: TargetKind, Period: period("2030"), Value: decimal(target)})
			}
			if target != "5" {
				d.Targets[2].Value = decimal("14.5")
			}
		}
	}
	got := movesOf(moving(many("5")), moving(many("6")))
	if want := "UNEMP plan2016 behind→achieved, I9  not_assessable→not_assessable, I10  not_assessable→not_assessable"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func movesOf(before, after *Picture) string {
	var all []string
	for _, m := range Moves(before, after) {
		text := fmt.Sprintf("%s %s ", m.Indicator, m.Framework)
		if m.Before != nil {
			text += string(m.Before.Status)
		}
		text += "→"
		if m.After != nil {
			text += string(m.After.Status)
		}
		all = append(all, text)
	}
	return strings.Join(all, ", ")
}

func shiftsOf(before, after *Picture) string {
	var all []string
	for _, s := range Shifts(before, after) {
		all = append(all, strings.Join(slices.DeleteFunc([]string{"group " + s.Group, "framework " + s.Framework, "result " + s.Result},
			func(text string) bool { return strings.HasSuffix(text, " ") }), " "))
	}
	return strings.Join(all, " ")
}
