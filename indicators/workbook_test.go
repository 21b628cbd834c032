package indicators

import (
	"reflect"
	"slices"
	"strings"
	"testing"
)

// at is a row on a line of a file, with the columns a, b, c … of its cells.
func at[T Entry](line int, key string, change func(*T), columns ...string) Edit[T] {
	e := Edit[T]{Key: key, Row: Place{"t.csv", line, 1}, Cells: map[string]int{}, Change: change}
	for n, column := range columns {
		e.Cells[column] = 10 * (n + 1)
	}
	return e
}

func gone[T Entry](line int, key string) Edit[T] {
	e := at[T](line, key, nil, "remove")
	e.Remove = true
	return e
}

func TestApply(t *testing.T) {
	rename := func(text Optional) func(*Group) { return func(g *Group) { g.Title.FR = text } }
	group := func(code string) func(*Group) {
		return func(g *Group) { *g = Group{Code: code, Title: Text{FR: "Groupe"}} }
	}
	for _, tt := range []struct {
		name     string
		edits    Workbook
		count    Count
		problems []string
	}{
		{"an absent column changes nothing", Workbook{Groups: []Edit[Group]{at(2, "1", rename("Santé"), "title_fr")}},
			Count{Table: "groups", Changed: 1}, nil},
		{"the same again", Workbook{Groups: []Edit[Group]{at(2, "1", rename("Protection"))}},
			Count{Table: "groups", Unchanged: 1}, nil},
		{"an empty cell empties", Workbook{Groups: []Edit[Group]{at(2, "1", func(g *Group) { g.Coordinator = "" })}},
			Count{Table: "groups", Changed: 1}, nil},
		{"but not a required one", Workbook{Groups: []Edit[Group]{at(2, "1", rename(""), "code", "title_fr")}},
			Count{Table: "groups", Refused: 1}, []string{"t.csv:2:20: title_fr is required: fill the cell"}},
		{"new rows", Workbook{Groups: []Edit[Group]{at(2, "3", group("3")), at(3, "0", group("0"))}},
			Count{Table: "groups", Added: 2}, nil},
		{"given twice", Workbook{Groups: []Edit[Group]{at(2, "x", group("x")), at(5, "X", group("X"))}},
			Count{Table: "groups", Added: 1, Refused: 1}, []string{"t.csv:5:1: X is given twice, first on line 2: keep one of the two rows"}},
		{"differs in capital letters", Workbook{Actions: []Edit[Action]{at(2, "a1", func(*Action) {})}},
			Count{Table: "actions", Refused: 1}, []string{"t.csv:2:1: a1 differs from A1 only in capital letters: write it in the same way"}},
		{"a number written otherwise", Workbook{Funding: []Edit[Funding]{at(2, "A1:DON:commitment:TND:2025-01-01:", func(f *Funding) { f.Amount = decimal("1000000.5000") })}},
			Count{Table: "funding", Unchanged: 1}, nil},
		{"removed", Workbook{Milestones: []Edit[Milestone]{gone[Milestone](2, "A1:M1")}},
			Count{Table: "milestones", Removed: 1}, nil},
		{"removed, but not there", Workbook{Groups: []Edit[Group]{gone[Group](2, "9")}},
			Count{Table: "groups", Refused: 1}, []string{"t.csv:2:10: 9 is not there to be removed, and never was: correct the row, or leave it out"}},
		{"removed before", Workbook{Groups: []Edit[Group]{gone[Group](2, "9")}, Ended: map[string]bool{"groups 9": true}},
			Count{Table: "groups", Unchanged: 1}, nil},
		{"removed before from another table", Workbook{Groups: []Edit[Group]{gone[Group](2, "9")}, Ended: map[string]bool{"actions 9": true}},
			Count{Table: "groups", Refused: 1}, []string{"t.csv:2:10: 9 is not there to be removed, and never was: correct the row, or leave it out"}},
		{"removed, but needed", Workbook{Groups: []Edit[Group]{gone[Group](2, "1")}},
			Count{Table: "groups", Refused: 1}, []string{"t.csv:2:10: cannot be removed: A1 of actions still needs it; change or remove that first"}},
		{"a parent removed", Workbook{Results: []Edit[Result]{gone[Result](2, "plan2016:3")}},
			Count{Table: "results", Refused: 1}, []string{"t.csv:2:10: cannot be removed: plan2016:3.2 of results still needs it; change or remove that first"}},
		{"the last of a dimension removed", Workbook{Categories: []Edit[Category]{gone[Category](3, "milieu=U"), gone[Category](2, "milieu=R")}},
			Count{Table: "categories", Removed: 1, Refused: 1}, []string{"t.csv:2:10: cannot be removed: UNEMP of indicators still needs it; change or remove that first"}},
		{"a reference into nothing", Workbook{Actions: []Edit[Action]{at(4, "A1", func(a *Action) { a.Group = "9" }, "code", "group")}},
			Count{Table: "actions", Refused: 1}, []string{`t.csv:4:20: "9" is not in groups: correct the code, or add it there`}},
		{"a cycle", Workbook{Results: []Edit[Result]{at(2, "plan2016:3", func(r *Result) { r.Parent = "3.2" }, "framework", "code", "parent")}},
			Count{Table: "results", Refused: 1}, []string{
				"t.csv:2:30: is its own ancestor (3 → 3.2 → 3): give one of them another parent",
			}},
		{"a fault of a row that is not in the file", Workbook{Indicators: []Edit[Indicator]{at(2, "UNEMP", func(i *Indicator) { i.Direction = Increase })}},
			Count{Table: "indicators", Changed: 1}, []string{"targets: UNEMP:plan2016:target:2020::: 12 lies on the wrong side of the baseline, 15.2, for an indicator to increase: correct one of them, or write a comparison (at_least, at_most, above, below) to make it a threshold"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			before := programme()
			after, counts, problems := before.Apply(&tt.edits)
			var told []string
			for _, p := range problems {
				told = append(told, p.String())
			}
			if !slices.Equal(counts, []Count{tt.count}) || !slices.Equal(told, tt.problems) {
				t.Errorf("got %+v\n%s\nwant %+v\n%s", counts, strings.Join(told, "\n"), tt.count, strings.Join(tt.problems, "\n"))
			}
			if !reflect.DeepEqual(before, programme()) {
				t.Error("the definitions of before have changed")
			}
			if !slices.IsSortedFunc(after.Groups, func(a, b Group) int { return strings.Compare(a.Code, b.Code) }) {
				t.Errorf("not in order: %+v", after.Groups)
			}
		})
	}
}

// A cycle is told once, at a row of the file, be that its first result or not.
func TestACycleIsToldAtARowOfTheFile(t *testing.T) {
	before := programme()
	before.Results[0].Parent = "3.9"
	before.Results = slices.Insert(before.Results, 2, Result{Framework: "plan2016", Code: "3.9", Title: Text{FR: "Neuf"}})
	_, _, problems := before.Apply(&Workbook{Results: []Edit[Result]{
		at(4, "plan2016:3.9", func(r *Result) { r.Parent = "3.2" }, "framework", "code", "parent"),
	}})
	const want = "t.csv:4:30: is its own ancestor (3 → 3.9 → 3.2 → 3): give one of them another parent"
	if len(problems) != 1 || problems[0].String() != want {
		t.Errorf("got %q, want %q", problems, want)
	}
}

// A programme from before a rule was made may keep what the rule refuses, and bring it
// again as it is; what is added or changed has to be in order.
func TestNewRulesSpareWhatWasThere(t *testing.T) {
	before := programme()
	before.Indicators[1].Accumulation = Flow
	is := func(accumulation string) func(*Indicator) {
		return func(i *Indicator) { i.Accumulation = accumulation }
	}
	for _, tt := range []struct {
		name    string
		edits   []Edit[Indicator]
		refused string // where
	}{
		{"the row is not in the file", []Edit[Indicator]{at(2, "REM-COST", is(Cumulative), "code", "accumulation")}, ""},
		{"the row is there as it was", []Edit[Indicator]{at(2, "UNEMP", is(Flow), "code", "accumulation")}, ""},
		{"the row is corrected", []Edit[Indicator]{at(2, "UNEMP", is(Level), "code", "accumulation")}, ""},
		{"the row is removed", []Edit[Indicator]{gone[Indicator](2, "UNEMP")}, ""},
		{"the row changes", []Edit[Indicator]{at(2, "UNEMP", func(i *Indicator) { i.Unit = "PCT" }, "code", "unit")}, "t.csv:2:1"},
		{"another row becomes like it", []Edit[Indicator]{at(2, "REM-COST", is(Flow), "code", "accumulation")}, "t.csv:2:20"},
		{"one more like it", []Edit[Indicator]{at(2, "NEW", func(i *Indicator) { *i = before.Indicators[1]; i.Code = "NEW" }, "code", "accumulation")}, "t.csv:2:20"},
	} {
		w := Workbook{Indicators: tt.edits}
		if tt.edits[0].Remove {
			for n := range before.Targets {
				if before.Targets[n].Indicator == tt.edits[0].Key {
					w.Targets = append(w.Targets, gone[Target](3+n, before.Targets[n].EntryKey()))
				}
			}
		}
		_, counts, problems := before.Apply(&w)
		switch {
		case tt.refused == "" && len(problems) > 0:
			t.Errorf("%s: %v", tt.name, problems)
		case tt.refused != "" && (len(problems) != 1 || !strings.HasPrefix(problems[0].String(), tt.refused+": values of the kind percent never add up")):
			t.Errorf("%s: %v, want it refused at %s", tt.name, problems, tt.refused)
		case (counts[0].Refused > 0) != (tt.refused != ""):
			t.Errorf("%s: counted %+v", tt.name, counts[0])
		}
	}
}

func TestApplyKeepsWhatItDoesNotName(t *testing.T) {
	before := programme()
	after, _, problems := before.Apply(&Workbook{
		Groups:  []Edit[Group]{at(2, "1", func(g *Group) { g.Title.AR = "حماية" }), gone[Group](3, "2"), at(4, "3", func(g *Group) { *g = Group{Code: "3", Title: Text{FR: "Santé"}} })},
		Actions: []Edit[Action]{at(2, "A1", func(a *Action) { a.End = day("2027-12-31") })},
		Funding: []Edit[Funding]{at(2, "A1:DON:commitment:TND:2025-01-01:", func(f *Funding) { f.Amount = decimal("1000000.500") })},
		Indicators: []Edit[Indicator]{
			at(2, "REM-COST", func(i *Indicator) { i.Groups = Codes{"3"} }),
		},
	})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	want := programme()
	want.Groups = []Group{{"1", Text{FR: "Protection", AR: "حماية"}, "MIN", nil}, {"3", Text{FR: "Santé"}, "", nil}}
	want.Actions[0].End = day("2027-12-31")
	want.Indicators[0].Groups = Codes{"3"}
	if !reflect.DeepEqual(after, want) {
		t.Errorf("got %+v\nwant %+v", after, want)
	}
}

// Rows move within one import: what needs a removed row may be changed or removed
// by the same file.
func TestApplyRemovesTogether(t *testing.T) {
	_, counts, problems := programme().Apply(&Workbook{
		Groups:     []Edit[Group]{gone[Group](2, "1")},
		Actions:    []Edit[Action]{gone[Action](2, "A1")},
		Milestones: []Edit[Milestone]{gone[Milestone](2, "A1:M1")},
		Funding:    []Edit[Funding]{gone[Funding](2, "A1:DON:commitment:TND:2025-01-01:")},
		Indicators: []Edit[Indicator]{at(2, "UNEMP", func(i *Indicator) { i.Actions = nil })},
	})
	if len(problems) > 0 || len(counts) != 5 || counts[0] != (Count{Table: "groups", Removed: 1}) {
		t.Errorf("got %+v, %v", counts, problems)
	}
}

func TestSame(t *testing.T) {
	three, again, four := 3, 3, 4
	a := Indicator{Code: "X", Decimals: &three, Min: decimal("0.0"), Results: Links{{"p", "1", decimal("2.0")}}}
	b := Indicator{Code: "X", Decimals: &again, Min: decimal("0"), Results: Links{{"p", "1", decimal("2")}}, Groups: Codes{}}
	if !Same(a, b) {
		t.Error("numbers written otherwise are taken for others")
	}
	for name, other := range map[string]Indicator{
		"pointer": {Code: "X", Decimals: &four, Min: a.Min, Results: a.Results}, "absent": {Code: "X", Min: a.Min, Results: a.Results},
		"number": {Code: "X", Decimals: &three, Results: a.Results}, "list": {Code: "X", Decimals: &three, Min: a.Min},
		"flag": {Code: "X", Decimals: &three, Min: a.Min, Results: a.Results, Key: true},
	} {
		if Same(a, other) {
			t.Errorf("another %s is not seen", name)
		}
	}
	if !Same(Target{Since: 1}, Target{Since: 2}) {
		t.Error("the changeset counts")
	}
}
