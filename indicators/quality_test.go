package indicators

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
)

// Two indicators are told of as one where title, unit and all figures are the same.
func TestIndicatorsGivenTwice(t *testing.T) {
	one := ordinary(Indicator{Title: Text{FR: "Enfants"}, Unit: "PERSONS", Kind: "number"})
	other := one
	other.Code, other.Title.FR = "Y", " enfants"
	for _, tt := range []struct {
		name    string
		figures []Figure
		title   Optional
		want    int
	}{
		{"the same", from2001("1", "2", "3.0"), other.Title.FR, 1},
		{"another last value", from2001("1", "2", "3.1"), other.Title.FR, 0},
		{"another title", from2001("1", "2", "3"), "Adultes", 0},
	} {
		other.Title.FR = tt.title
		d := &Definitions{Indicators: []Indicator{one, other}}
		ds := NewDataset(d, changesets("2026-01-01"), totals(map[string][]Figure{"X": from2001("1", "2", "3"), "Y": tt.figures}))
		var found []Finding
		for _, f := range ds.On(day("2026-10-31")).Findings(QualityInput{}) {
			if f.Rule == "duplicate_indicator" {
				found = append(found, f)
			}
		}
		if len(found) != tt.want || tt.want == 1 && (found[0].Indicator != "Y" || found[0].Details.Of("other") != "X") {
			t.Errorf("%s: %+v", tt.name, found)
		}
	}
}

// A value in a wrong unit is told of once: not as an outlier, a jump and a fall, too.
func TestAWrongUnitIsToldOnce(t *testing.T) {
	values := from2001("10", "12", "13", "15", "16", "18", "19", "21", "2200", "24")
	d := &Definitions{Indicators: []Indicator{ordinary(Indicator{Kind: "number", Unit: "NUMBER"})}}
	var rules []string
	for _, f := range NewDataset(d, changesets("2026-01-01"), totals(map[string][]Figure{"X": values})).On(day("2012-01-31")).Findings(QualityInput{}) {
		rules = append(rules, f.Rule+" "+f.Period.String())
	}
	if got := strings.Join(rules, "; "); got != "unit_mixup 2009" {
		t.Errorf("got %s", got)
	}
}

// The mark of a finding stays while the figures behind it do, however they are written
// and whatever comes after them, and is another one when one of them changes.
func TestMarksHoldForTheFigures(t *testing.T) {
	mark := func(values ...string) string {
		d := &Definitions{Indicators: []Indicator{ordinary(Indicator{Kind: "number", Unit: "NUMBER", Accumulation: Cumulative})}}
		for _, f := range NewDataset(d, changesets("2026-01-01"), totals(map[string][]Figure{"X": from2001(values...)})).On(day("2026-10-31")).Findings(QualityInput{}) {
			if f.Rule == "cumulative_fell" {
				return f.Mark
			}
		}
		return ""
	}
	first := mark("5", "7", "6")
	if len(first) != 32 || mark("5", "7.0", "6.00") != first || mark("5", "7", "6", "8") != first || mark("4", "7", "6") != first {
		t.Errorf("the mark %q does not hold", first)
	}
	for _, other := range []string{mark("5", "7", "6.1"), mark("5", "7.1", "6"), mark("5", "7", "7")} {
		if other == first {
			t.Error("the mark holds for other figures")
		}
	}
}

// What is to be published is held against the rules as it will be; only what concerns it
// is told.
func TestFindingsOfProposals(t *testing.T) {
	i := ordinary(Indicator{Kind: "number", Unit: "NUMBER", Accumulation: Cumulative, Additive: Codes{"sex"}, Breakdowns: Codes{"sex"}})
	ds := NewDataset(&Definitions{Indicators: []Indicator{i}}, nil, totals(map[string][]Figure{"X": from2001("50", "40", "60", "70")}))
	in := QualityInput{Parts: map[SeriesKey][]Figure{{"X", Breakdown{Sex: "F"}}: from2001("1", "2", "30", "40"), {"X", Breakdown{Sex: "M"}}: from2001("1", "2", "30", "30")}}
	propose := func(period, value, sex string) Observation {
		return Observation{Indicator: "X", Breakdown: Breakdown{Sex: sex}, Figure: Figure{Period: Year(yearOf(period)), Value: decimal(value), Status: "A"}}
	}
	for _, tt := range []struct {
		name      string
		proposals []Observation
		want      string
	}{
		{"nothing wrong", []Observation{propose("2005", "80", "")}, ""},
		{"below the newest", []Observation{propose("2005", "69", "")}, "cumulative_fell 2005"},
		{"above a later one", []Observation{propose("2003", "71", "")}, "cumulative_fell 2004; parts_total 2003"},
		{"a part that is too large", []Observation{propose("2004", "45", "F")}, "parts_total 2004"},
		{"parts with their total", []Observation{propose("2005", "80", ""), propose("2005", "45", "F"), propose("2005", "35", "M")}, ""},
		{"a year that is not over", []Observation{propose("2026", "69", "")}, "cumulative_fell 2026"},
		{"another indicator", []Observation{{Indicator: "NONE"}}, ""},
	} {
		var got []string
		for _, f := range ds.FindingsOf(tt.proposals, in, day("2026-10-31")) {
			if f.Severity == Severe {
				got = append(got, f.Rule+" "+f.Period.String())
			}
		}
		if text := strings.Join(got, "; "); text != tt.want {
			t.Errorf("%s: got %q, want %q", tt.name, text, tt.want)
		}
	}
	if len(ds.Series[SeriesKey{Indicator: "X"}]) != 4 || len(in.Parts[SeriesKey{"X", Breakdown{Sex: "F"}}]) != 4 {
		t.Error("what was known has changed")
	}
}

// Severe findings block until they are accepted; others never do.
func TestBlocking(t *testing.T) {
	all := []Finding{{Rule: "a", Severity: Severe, Mark: "1"}, {Rule: "b", Severity: Severe, Mark: "2"}, {Rule: "c", Severity: Doubtful, Mark: "3"}}
	if got := Blocking(all, map[string]Acceptance{"2": {}}); len(got) != 1 || got[0].Rule != "a" {
		t.Errorf("blocked by %+v", got)
	}
}

// Every rule's findings speak of what the table says, in its order, and can be written as
// JSON; every rule is in the table.
func TestFindingsSpeakOfWhatTheTableSays(t *testing.T) {
	known := map[string]QualityRule{}
	for _, r := range QualityRules() {
		known[r.Code] = r
		if !slices.Contains(Severities(), r.Severity) || r.Needs == "" || len(r.Details) == 0 {
			t.Errorf("%+v", r)
		}
	}
	i := ordinary(Indicator{Kind: "percent", Unit: "PERCENT", DueDays: pointer(1), Groups: Codes{"1"}})
	d := programme()
	d.Indicators, d.Targets = []Indicator{i}, nil
	ds := NewDataset(d, changesets("2020-01-10"), totals(map[string][]Figure{"X": provisional(from2001("10", "12", "11", "10", "12", "11", "10", "190", "11", "12"))}))
	all := ds.On(day("2026-10-31")).Findings(QualityInput{})
	if len(all) < 4 {
		t.Fatalf("%+v", all)
	}
	for _, f := range all {
		var names []string
		for _, detail := range f.Details {
			names = append(names, detail.Name)
		}
		if r := known[f.Rule]; !slices.Equal(names, r.Details) || f.Severity != r.Severity {
			t.Errorf("%s speaks of %v, the table says %+v", f.Rule, names, r)
		}
		text, err := json.Marshal(f)
		if err != nil || !json.Valid(text) {
			t.Errorf("%s: %v", text, err)
		}
	}
}
