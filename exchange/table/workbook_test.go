package table

import (
	"bytes"
	"os"
	"path"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"jalon/indicators"
)

// filled reads the programme of testdata, in which every column has a value.
func filled(t testing.TB) map[string]string {
	t.Helper()
	files := map[string]string{}
	for _, name := range indicators.Tables() {
		text, err := os.ReadFile(filepath.Join("testdata", "programme", name+".csv"))
		if err != nil {
			t.Fatal(err)
		}
		files["d/"+name+".csv"] = string(text)
	}
	return files
}

// A programme is what an import amounts to.
type programme struct {
	*indicators.Definitions
	observations []indicators.Observation
	counts       []indicators.Count
}

// imported is a source applied to what was there before. It must have no problem.
func imported(t testing.TB, before *indicators.Definitions, s *Source, problems []indicators.Problem) programme {
	t.Helper()
	w, found, err := s.Workbook(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var after programme
	after.Definitions, after.counts, problems = applied(before, w, append(problems, found...))
	today, _ := indicators.ParseDate("2026-11-15")
	checker := indicators.NewChecker(after.Definitions, today)
	for _, file := range s.Observations() {
		for row, err := range file.Rows(t.Context()) {
			if err != nil {
				t.Fatal(err)
			}
			problems = append(problems, row.Problems...)
			if column, message := checker.Check(&row.Observation); !message.IsZero() {
				problems = append(problems, row.Problem(column, message))
			}
			after.observations = append(after.observations, row.Observation)
		}
	}
	for _, p := range problems {
		t.Errorf("problem %s", p)
	}
	return after
}

func applied(before *indicators.Definitions, w *indicators.Workbook, problems []indicators.Problem) (*indicators.Definitions, []indicators.Count, []indicators.Problem) {
	after, counts, found := before.Apply(w)
	return after, counts, append(problems, found...)
}

// exported is a programme as Write writes it.
func exported(t testing.TB, p programme) string {
	t.Helper()
	dir := t.TempDir()
	if err := Write(dir, p.Definitions, each(p.observations)); err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestEveryColumnOfTheProgrammeIsFilled(t *testing.T) {
	for name, text := range filled(t) {
		c, err := newCellReader(name, strings.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		full := make([]bool, len(c.heading))
		for {
			r, err := c.Next()
			if err != nil {
				break
			}
			for n, cell := range r.cells {
				full[n] = full[n] || cell != ""
			}
		}
		f := formOf(tableNamed(name))
		if n := slices.Index(full, false); n >= 0 || len(full) != len(f.headings)-1 {
			t.Errorf("%s: %d columns of %d, the first empty one is number %d", name, len(full), len(f.headings)-1, n+1)
		}
	}
}

func TestTheProgrammeIsWrittenAsItWasRead(t *testing.T) {
	files := filled(t)
	s, problems := opened(t, files, "d")
	dir := exported(t, imported(t, new(indicators.Definitions), s, problems))
	for name, want := range files {
		got, err := os.ReadFile(filepath.Join(dir, path.Base(name)))
		if err != nil {
			t.Error(err)
		}
		if *update {
			if err := os.WriteFile(filepath.Join("testdata", "programme", path.Base(name)), got, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		if string(got) != want {
			t.Errorf("%s is written\n%s\nwant\n%s", name, got, want)
		}
	}
}

func TestTheSameImportAgainChangesNothing(t *testing.T) {
	s, problems := opened(t, filled(t), "d")
	first := imported(t, new(indicators.Definitions), s, problems)
	again, problems, err := Open([]string{exported(t, first)})
	if err != nil {
		t.Fatal(err)
	}
	checkUnchanged(t, first, imported(t, first.Definitions, again, problems))
}

// checkUnchanged holds an import against what was known before it.
func checkUnchanged(t testing.TB, before, after programme) {
	t.Helper()
	for _, c := range after.counts {
		if c.Added+c.Changed+c.Removed+c.Refused > 0 || c.Unchanged == 0 {
			t.Errorf("the import is no repetition: %+v", c)
		}
	}
	if !reflect.DeepEqual(after.Definitions, before.Definitions) {
		t.Error("the definitions differ")
	}
	if !reflect.DeepEqual(after.observations, before.observations) {
		t.Errorf("observations\n%v\nwant\n%v", after.observations, before.observations)
	}
}

// TestAFrenchExcelSaysTheSame turns the tables into what a French Excel saves of
// the French template: other headings, in another order, with decimal commas.
func TestAFrenchExcelSaysTheSame(t *testing.T) {
	plain := filled(t)
	french := map[string]string{}
	for name, text := range plain {
		french[name] = asFrenchExcel(t, tableNamed(name), text)
	}
	s, problems := opened(t, plain, "d")
	want := imported(t, new(indicators.Definitions), s, problems)
	s, problems = opened(t, french, "d")
	got := imported(t, new(indicators.Definitions), s, problems)
	if !reflect.DeepEqual(got.Definitions, want.Definitions) || !reflect.DeepEqual(got.observations, want.observations) {
		t.Errorf("in French it is\n%+v\nwant\n%+v", got, want)
	}
}

func asFrenchExcel(t *testing.T, table, text string) string {
	t.Helper()
	var file bytes.Buffer
	var heading []string
	form := formOf(table)
	for _, h := range form.headings[:len(form.headings)-1] {
		heading = append(heading, strings.ToUpper(h.french))
	}
	slices.Reverse(heading)
	d := excelFrench()
	w, err := newCSVWriter(&file, d, heading)
	if err != nil {
		t.Fatal(err)
	}
	for _, cells := range allRows(t, []byte(text)) {
		for n, h := range form.headings[:len(cells)] {
			if h.kind.isNumber() || h.name == "results" {
				cells[n] = strings.ReplaceAll(cells[n], "=0.5", "=0,5")
			}
			if h.kind.isNumber() {
				cells[n] = d.spelled(cells[n])
			}
		}
		slices.Reverse(cells)
		if err := w.write(cells); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.flush(); err != nil {
		t.Fatal(err)
	}
	return file.String()
}

func TestAbsentColumnsChangeNothingAndEmptyCellsEmpty(t *testing.T) {
	s, problems := opened(t, filled(t), "d")
	before := imported(t, new(indicators.Definitions), s, problems)
	s, problems = opened(t, map[string]string{
		"groups.csv":  "code,title_fr,title_en\n1,Autre titre,\n",
		"targets.csv": "indicator,kind,period,low,high,framework,decided,comparison\nCOST,target,2030,1,2,sdg2030,2015-09-25,\n",
	}, "groups.csv", "targets.csv")
	after := imported(t, before.Definitions, s, problems)
	order := 1
	want := indicators.Group{Code: "1", Title: indicators.Text{FR: "Autre titre", AR: "الحماية"}, Coordinator: "MIN", Order: &order}
	if got := after.Groups[0]; !reflect.DeepEqual(got, want) {
		t.Errorf("the group is %+v, want %+v", got, want)
	}
	for _, target := range after.Targets {
		if target.Framework == "sdg2030" && target.Kind == "target" && (target.Value.IsSet() || target.Low.String() != "1" || target.Note != "Cible 10.c") {
			t.Errorf("the target is %+v, want low and high in place of the value, and the note", target)
		}
	}
	if !reflect.DeepEqual(after.Actions, before.Actions) {
		t.Error("a table that is not there has changed")
	}
}

func TestRemove(t *testing.T) {
	s, problems := opened(t, filled(t), "d")
	before := imported(t, new(indicators.Definitions), s, problems)
	s, problems = opened(t, map[string]string{
		"funding.csv":    "action,donor,kind,currency,date,reference,amount,remove\nA1,DON,commitment,EUR,2024-01-15,REF-1,not a number,YES\n",
		"milestones.csv": "remove,action,code\noui,A1,M2\n",
	}, "funding.csv", "milestones.csv")
	after := imported(t, before.Definitions, s, problems)
	if len(after.Funding) != 1 || len(after.Milestones) != 1 || after.Milestones[0].Code != "M1" {
		t.Errorf("left are %+v and %+v", after.Funding, after.Milestones)
	}
}

func TestBadRowsOfDefinitions(t *testing.T) {
	for _, tt := range []struct {
		name, file, text string
		want             []string // how each problem begins
	}{
		{"missing required cells", "groups.csv", "code,title_fr\n,Un\nG2,\n", []string{"groups.csv:2:1: code is required: fill the cell", "groups.csv:3:4: title_fr is required: fill the cell"}},
		{"required columns missing where rows may be removed", "milestones.csv", "action,code,remove\nA1,M1,\n", []string{"milestones.csv:2:1: title_fr is required", "milestones.csv:2:1: due is required"}},
		{"text in a number", "results.csv", "framework,code,title_fr,weight\nF,1,Un,lourd\n", []string{`results.csv:2:8: "lourd" is text where a number belongs`}},
		{"decimal comma in a comma file", "results.csv", "framework,code,title_fr,weight\nF,1,Un,\"12,5\"\n", []string{`results.csv:2:8: "12,5" has a decimal comma: write 12.5`}},
		{"NaN and Infinity", "results.csv", "framework,code,title_fr,weight\nF,1,Un,NaN\nF,2,Deux,Infinity\n", []string{`results.csv:2:8: "NaN" is no value`, `results.csv:3:10: "Infinity" is no value`}},
		{"40 digits", "results.csv", "framework,code,title_fr,weight\nF,1,Un," + strings.Repeat("9", 40) + "\n", []string{`results.csv:2:8: "9999999999999999999999999999999999999999" has more than 18 digits: round it`}},
		{"fraction where a whole number belongs", "groups.csv", "code,title_fr,order\nG,Un,1.5\n", []string{`groups.csv:2:6: "1.5" is not a whole number`}},
		{"whole number too great", "groups.csv", "code,title_fr,order\nG,Un,3000000000\n", []string{`groups.csv:2:6: "3000000000" is not a whole number that fits`}},
		{"day that does not exist", "milestones.csv", "action,code,title_fr,due\nA,M,Un,2026-02-30\nA,N,Deux,31/10/2026\n", []string{`milestones.csv:2:8: "2026-02-30" is not a day`, `milestones.csv:3:10: "31/10/2026" is not a day: write it as 2026-10-31`}},
		{"year that is none", "frameworks.csv", "code,kind,title_fr,start,end\nF,plan,Un,2016-2020,20\n", []string{`frameworks.csv:2:11: "2016-2020" is not a year: write it as 2026`, `frameworks.csv:2:21: "20" is not a year`}},
		{"periods that do not exist", "targets.csv", "indicator,kind,period,value\nI,target,2026-13,1\nI,target,2026-Q5,1\n", []string{`targets.csv:2:10: "2026-13" is not a period: write 2026,`, `targets.csv:3:10: "2026-Q5" is not a period`}},
		{"neither yes nor no", "groups.csv", "code,title_fr,remove\nG,Un,perhaps\n", []string{`groups.csv:2:6: "perhaps" is neither yes nor no`}},
		{"links that are none", "actions.csv", "code,group,title_fr,status,results\nA,G,Un,planned,10.7\nB,G,Deux,planned,sdg:1=0\n", []string{`actions.csv:2:16: "10.7" is not a result: write framework:code`, `actions.csv:3:18: "sdg:1=0" has no valid weight`}},
		{"wrong number of cells", "groups.csv", "code,title_fr\nG1,Un\nG2\nG3,Trois,3\n", []string{"groups.csv:3:1: the row has 1 cells", "groups.csv:4:10: the row has 3 cells"}},
		{"cut in the middle", "groups.csv", "code,title_fr\nG1,Un\nG2,\"De", []string{"groups.csv:3:4: the quote that begins here is never closed"}},
		{"damaged UTF-8", "groups.csv", "code,title_fr\nG1,é\nG2,\xff\n", []string{"groups.csv:3:4: this byte is not UTF-8"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s, problems := opened(t, map[string]string{tt.file: tt.text}, tt.file)
			_, found, err := s.Workbook(t.Context())
			if err != nil || len(problems) > 0 {
				t.Fatal(problems, err)
			}
			if len(found) != len(tt.want) {
				t.Fatalf("problems %q, want %q", found, tt.want)
			}
			for n := range found {
				if !strings.HasPrefix(found[n].String(), tt.want[n]) {
					t.Errorf("problem %q, want it to begin %q", found[n], tt.want[n])
				}
			}
		})
	}
}

func TestEditsKnowTheirPlaces(t *testing.T) {
	s, _ := opened(t, map[string]string{"groups.csv": "Intitulé (français),code,order\nÉté,G1,1\n\"deux\nlignes\",G2,2\n"}, "groups.csv")
	w, problems, err := s.Workbook(t.Context())
	if err != nil || problems != nil || len(w.Groups) != 2 {
		t.Fatal(w.Groups, problems, err)
	}
	at := func(edit int, column string) place {
		p := w.Groups[edit].Place(column)
		return place{p.Line, p.Column}
	}
	got := []place{at(0, "title_fr"), at(0, "code"), at(0, "order"), at(0, "coordinator"), at(1, "order")}
	if want := []place{{2, 1}, {2, 5}, {2, 8}, {2, 1}, {3, 1}}; !reflect.DeepEqual(got, want) {
		t.Errorf("places %v, want %v", got, want)
	}
	if w.Groups[0].Key != "G1" {
		t.Errorf("the key is %q", w.Groups[0].Key)
	}
}

func TestARowWithABadCellStillDefinesItsCode(t *testing.T) {
	s, _ := opened(t, map[string]string{
		"groups.csv": "code,title_fr,order\nG1,Un,first\n", "actions.csv": "code,group,title_fr,status\nA1,G1,Une action,planned\n",
	}, "groups.csv", "actions.csv")
	w, problems, err := s.Workbook(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	_, _, found := new(indicators.Definitions).Apply(w)
	if len(problems) != 1 || len(found) != 0 {
		t.Errorf("problems %q, then %q; want that of the cell alone", problems, found)
	}
}
