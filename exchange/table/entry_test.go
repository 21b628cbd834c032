package table

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"jalon/indicators"
)

// everything is a programme in which every column of every table is filled somewhere.
func everything(t *testing.T) *indicators.Definitions {
	t.Helper()
	s, problems := opened(t, filled(t), "d")
	return imported(t, new(indicators.Definitions), s, problems).Definitions
}

func definitionTables() []string {
	return slices.DeleteFunc(indicators.Tables(), func(name string) bool { return name == "observations" })
}

// What a form is filled with and sent back unchanged changes nothing, in any table.
func TestEntriesGoRound(t *testing.T) {
	d := everything(t)
	for _, name := range definitionTables() {
		keys, err := Find(name, d, "")
		if err != nil || len(keys) == 0 {
			t.Fatalf("%s: %d entries, %v", name, len(keys), err)
		}
		var w indicators.Workbook
		for n, key := range keys {
			cells, found, err := Cells(name, d, key)
			if err != nil || !found {
				t.Fatalf("%s: %s is found: %t, %v", name, key, found, err)
			}
			for column, cell := range cells {
				cells[column] = " " + strings.ReplaceAll(cell, "\n", "\r\n") + " "
			}
			got, problems, err := Put(&w, name, Entry{Cells: cells, Line: n + 1})
			if got != key || len(problems) > 0 || err != nil {
				t.Errorf("%s: %s becomes %s: %v %v", name, key, got, problems, err)
			}
		}
		after, counts, problems := d.Apply(&w)
		if !reflect.DeepEqual(after, d) || len(problems) > 0 || counts[0].Unchanged != len(keys) {
			t.Errorf("%s: %+v, %v", name, counts, problems)
		}
	}
}

func TestEntriesAreRemovedByTheirKeyAlone(t *testing.T) {
	d := everything(t)
	keys, _ := Find("milestones", d, "")
	cells, _, _ := Cells("milestones", d, keys[0])
	var w indicators.Workbook
	key, problems, err := Put(&w, "milestones", Entry{Cells: map[string]string{"action": cells["action"], "code": cells["code"]}, Remove: true, Line: 1})
	if key != keys[0] || len(problems) > 0 || err != nil {
		t.Fatalf("%s, %v, %v", key, problems, err)
	}
	if after, _, problems := d.Apply(&w); len(after.Milestones) != len(d.Milestones)-1 || len(problems) > 0 {
		t.Errorf("%d milestones, %v", len(after.Milestones), problems)
	}
	w = indicators.Workbook{}
	if _, _, err := Put(&w, "organisations", Entry{Cells: map[string]string{"code": "MIN"}, Remove: true, Line: 7}); err != nil {
		t.Fatal(err)
	}
	_, _, problems = d.Apply(&w)
	if len(problems) == 0 || problems[0].Line != 7 || FieldAt("organisations", problems[0].Column) != "remove" || !strings.Contains(problems[0].Message.String(), "still needs it") {
		t.Errorf("problems %v", problems)
	}
}

func TestProblemsStandAtTheirFields(t *testing.T) {
	d := everything(t)
	good := func() map[string]string {
		keys, _ := Find("indicators", d, "cost")
		cells, _, _ := Cells("indicators", d, keys[0])
		return cells
	}
	for _, tt := range []struct{ field, cell, says string }{
		{"code", "", "code is required"},
		{"code", "two words", "is not a code"},
		{"title_fr", " \r\n ", "title_fr is required"},
		{"title_ar", "\u202eevil", "U+202E"},
		{"source", "a\x00b", "U+0000"},
		{"source", "\xff", "no text in UTF-8"},
		{"definition_fr", strings.Repeat("é", maxCell), "shorten it"},
		{"decimals", "1.5", "is not a whole number"},
		{"min", "12 %", "has a percent sign"},
		{"min", "1,5", "has a decimal comma"},
		{"kind", "pourcent", "is not allowed here"},
		{"actions", "NOSUCH", "is not in actions"},
		{"results", "nonsense", "is not a result"},
		{"method", "guess", "no method"},
		{"key", "perhaps", "neither yes nor no"},
	} {
		cells := good()
		cells[tt.field] = tt.cell
		var w indicators.Workbook
		_, problems, err := Put(&w, "indicators", Entry{Cells: cells, Line: 1})
		if err != nil {
			t.Fatal(err)
		}
		_, _, more := d.Apply(&w)
		problems = append(problems, more...)
		at := slices.IndexFunc(problems, func(p indicators.Problem) bool { return p.Line == 1 && FieldAt("indicators", p.Column) == tt.field })
		if at < 0 || !strings.Contains(problems[at].Message.String(), tt.says) {
			t.Errorf("%s = %.20q: %v, want it to say %q there", tt.field, tt.cell, problems, tt.says)
		}
	}
	cells := good()
	cells["min"] = "1,5"
	var w indicators.Workbook
	if _, problems, _ := Put(&w, "indicators", Entry{Cells: cells, DecimalComma: true}); len(problems) > 0 {
		t.Errorf("a comma where people write one: %v", problems)
	}
}

func TestFind(t *testing.T) {
	d := &indicators.Definitions{Groups: []indicators.Group{
		{Code: "10", Title: indicators.Text{FR: "Économie et transferts"}}, {Code: "2", Title: indicators.Text{FR: "Santé", AR: "الصحة"}, Coordinator: "MIN"},
	}}
	for words, want := range map[string]string{
		"": "2 10", "economie": "10", "TRANSFERTS Économie": "10", "sante economie": "", "الصحة": "2", "min": "2", "%": "2 10",
	} {
		keys, err := Find("groups", d, words)
		if got := strings.Join(keys, " "); got != want || err != nil {
			t.Errorf("%q finds %q, want %q (%v)", words, got, want, err)
		}
	}
}

func TestFieldsOfEveryTable(t *testing.T) {
	for _, name := range definitionTables() {
		fields, err := Fields(name)
		if err != nil {
			t.Fatal(err)
		}
		for n, f := range fields {
			chooses, names := f.Kind == OneOf, f.Kind == Code || f.Kind == Links
			if f.Kind == "" || chooses != (len(f.Words) > 0) || names && f.Names == "" || FieldAt(name, n+1) != f.Name {
				t.Errorf("%s: %+v", name, f)
			}
		}
	}
	for _, name := range []string{"observations", "accounts", ""} {
		if _, err := Fields(name); err == nil {
			t.Errorf("%q has fields", name)
		}
	}
	if FieldAt("groups", 0)+FieldAt("groups", 99)+FieldAt("nothing", 1) != "" {
		t.Error("columns that there are not have names")
	}
}

func TestUses(t *testing.T) {
	d := everything(t)
	for _, tt := range []struct {
		name, key string
		want      []Use
	}{
		{"organisations", "MIN", []Use{{"groups", 1}, {"actions", 1}, {"indicators", 1}}},
		{"results", "plan2016:3", []Use{{"actions", 1}, {"indicators", 1}}},
		{"categories", "governorate=TN-11", []Use{{"actions", 1}, {"targets", 1}}},
		{"organisations", "NOBODY", nil},
	} {
		if got, err := Uses(d, tt.name, tt.key); !reflect.DeepEqual(got, tt.want) || err != nil {
			t.Errorf("%s %s is used by %v (%v), want %v", tt.name, tt.key, got, err, tt.want)
		}
	}
}
