package web

import (
	"fmt"
	"strings"
	"testing"

	"jalon/indicators"
	"jalon/locale"
)

// A month is the state of one indicator, the share of trained persons: 40 % in December 2025,
// to be 90 % in December 2026.
type month struct {
	day     indicators.Date
	values  string // "2026-09 61, 2026-10 66"
	targets string // "2026-12 90"
	change  func(*indicators.Definitions)
}

func (m month) picture() *indicators.Picture {
	i := indicators.Indicator{Code: "X", Title: french("Part"), Unit: "PERCENT", UnitShown: french("%"), Kind: "percent", Direction: indicators.Increase,
		Accumulation: indicators.Level, Frequency: indicators.Monthly}
	d := &indicators.Definitions{Settings: []indicators.Setting{{Key: "rules", Value: "2"}}, Indicators: []indicators.Indicator{i}}
	pairs := func(text string, take func(at indicators.Period, value string)) {
		for _, pair := range strings.Split(text, ", ") {
			if at, value, found := strings.Cut(pair, " "); found {
				take(period(at), value)
			}
		}
	}
	pairs("2025-12 40, "+m.targets, func(at indicators.Period, value string) {
		kind := indicators.TargetKind
		if at == period("2025-12") {
			kind = indicators.BaselineKind
		}
		d.Targets = append(d.Targets, indicators.Target{Indicator: "X", Kind: kind, Period: at, Value: number(value), Decided: 20260101, Since: 1})
	})
	if m.change != nil {
		m.change(d)
	}
	var figures []indicators.Figure
	pairs(m.values, func(at indicators.Period, value string) {
		figures = append(figures, indicators.Figure{Period: at, Value: number(value), Status: "A", Since: 1})
	})
	series := map[indicators.SeriesKey][]indicators.Figure{{Indicator: "X"}: figures}
	return indicators.NewDataset(d, []indicators.Changeset{{Number: 1, At: atDay("2026-01-01")}}, series).On(m.day)
}

// The sentences that tell of a move, as readers of each language have them.
func TestMovesAreToldInThreeLanguages(t *testing.T) {
	languages, err := locale.Load()
	if err != nil {
		t.Fatal(err)
	}
	then := month{day: 20260930, values: "2026-06 55, 2026-08 62, 2026-09 70", targets: "2026-12 90"}
	none := func(d *indicators.Definitions) { d.Indicators, d.Targets = nil, nil }
	var text strings.Builder
	for _, tt := range []struct {
		name   string
		before month
		now    func(m *month)
	}{
		{"a new value", then, func(m *month) { m.values += ", 2026-10 84" }},
		{"new values and a revision", then, func(m *month) {
			m.values = "2026-06 55, 2026-08 62, 2026-09 73, 2026-10 78, 2026-11 87"
			m.day = 20261130
		}},
		{"one up, one down", then, func(m *month) { m.values += ", 2026-10 84"; m.targets = "2026-12 97" }},
		{"less than a point", then, func(m *month) { m.values = "2026-06 55, 2026-08 62, 2026-09 70.2" }},
		{"forward, and yet worse", then, func(m *month) { m.values += ", 2026-12 70.9"; m.day = 20261231 }},
		{"another target", then, func(m *month) { m.targets = "2026-12 75" }},
		{"another horizon", then, func(m *month) { m.targets = "2027-12 95" }},
		{"another baseline", then, func(m *month) {
			m.change = func(d *indicators.Definitions) { d.Targets[0].Value = number("45") }
		}},
		{"a first target", month{day: 20260930, values: then.values}, func(m *month) { m.targets = "2026-12 90" }},
		{"no target any more", then, func(m *month) { m.targets = "" }},
		{"a value withdrawn", then, func(m *month) { m.values = "2026-06 55, 2026-08 62" }},
		{"old age", then, func(m *month) { m.day = 20270630; m.values = then.values }},
		{"another method", then, func(m *month) {
			m.change = func(d *indicators.Definitions) { d.Indicators[0].Method = "achievement_rate@1 on_track=0.5 behind=0.2" }
		}},
		{"another definition", then, func(m *month) {
			m.change = func(d *indicators.Definitions) { d.Indicators[0].Kind = "scale" }
		}},
		{"an indicator that enters", month{day: 20260930, change: none}, func(m *month) { *m = then }},
		{"an indicator that leaves", then, func(m *month) { m.change = none }},
	} {
		now := tt.before
		now.day = 20261031
		tt.now(&now)
		before, after := tt.before.picture(), now.picture()
		d := indicators.Compare(before, after)
		fmt.Fprintf(&text, "%s\n", tt.name)
		for n := range d.Moved {
			for _, code := range locale.Codes() {
				fmt.Fprintf(&text, "  %s\n", telling{&view{p: after, l: languages[code]}, before}.explain(&d.Moved[n]))
			}
		}
	}
	goldenText(t, "difference.golden.txt", text.String())
}
