package table

import (
	"bytes"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"

	"jalon/indicators"
)

// rowsOf reads a file of observations: each row as a line of text, its problems
// behind it.
func rowsOf(t *testing.T, text string) (*Observations, []string) {
	t.Helper()
	s, problems := opened(t, map[string]string{"observations.csv": text}, "observations.csv")
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	o := s.Observations()[0]
	var told []string
	for row, err := range o.Rows(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		o := row.Observation
		line := fmt.Sprintf("%d: %s %s %s=%s/%s [%s] %s %s", row.Line(), o.Indicator, o.Period, o.Value, o.Numerator, o.Denominator, o.Breakdown.Key(), o.Status, o.Review)
		if row.Remove {
			line += " removed"
		}
		for _, p := range row.Problems {
			line += "\n" + p.String()
		}
		told = append(told, line)
	}
	return o, told
}

func TestRowsOfObservations(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		want       []string // how each row is told, or how it begins
	}{
		{"the least", "indicator,period,value\nI,2026,1.50\n", []string{"2: I 2026 1.50=/ [] A published"}},
		{"numerator and denominator", "indicator,period,numerator,denominator\nI,2026-Q1,1,4\n", []string{"2: I 2026-Q1 =1/4 [] A published"}},
		{"decimal comma", "indicator;period;value\nI;2026-S1;-1 234,50\n", []string{"2: I 2026-S1 -1234.50=/ [] A published"}},
		{"breakdowns", "indicator,period,value,breakdown,age,sex,governorate\nI,2026-03,1,milieu=U | disability=PD|,65+,F,TN-11\n", []string{"2: I 2026-03 1=/ [sex=F|age=65+|governorate=TN-11|disability=PD|milieu=U] A published"}},
		{"withheld, as a draft", "indicator,period,value,obs_status,status\nI,2026,,Q,draft\n", []string{"2: I 2026 =/ [] Q draft"}},
		{"empty states", "indicator,period,value,obs_status,status\nI,2026,1,,\n", []string{"2: I 2026 1=/ [] A published"}},
		{"removal", "indicator,period,sex,value,remove\nI,2026,F,oops,yes\nI,2025,,1,\n", []string{"2: I 2026 =/ [sex=F] A published removed", "3: I 2025 1=/ [] A published"}},
		{"nothing is left over from the row before", "indicator,period,value,sex,source\nI,2026,1,F,S\nJ,2025,,,\n", []string{"2: I 2026 1=/ [sex=F] A published", "3: J 2025 =/ [] A published"}},
		{"bad cells", "indicator,period,value,status,partial\n,2026-13,12 %,done,often\n", []string{"2:   =/ [] A published\n" +
			"observations.csv:2:1: indicator is required: fill the cell\n" +
			"observations.csv:2:2: \"2026-13\" is not a period: write 2026, 2026-S1, 2026-Q1, 2026-03 or 2016-2020\n" +
			"observations.csv:2:10: \"12 %\" has a percent sign: write the number alone, such as 12.5; the unit of the indicator says that it is a percentage\n" +
			"observations.csv:2:20: \"often\" is neither yes nor no: write yes, or leave the cell empty\n" +
			"observations.csv:2:15: \"done\" is no state of review: write one of draft, submitted, verified, published, or leave the cell empty for published"}},
		{"bad rows between good ones", "indicator,period,value\nI,2026\nI,2026,1\nI,2025,1,2\nI,2024,2\n", []string{
			"2:   =/ [] A published\nobservations.csv:2:1: the row has 2 cells", "3: I 2026 1=/", "4:   =/ [] A published\nobservations.csv:4:10: the row has 4 cells", "5: I 2024 2=/"}},
		{"cut in the middle", "indicator,period,value\nI,2026,1\nI,\"2026", []string{"2: I 2026 1=/", "3:   =/ [] A published\nobservations.csv:3:3: the quote that begins here is never closed"}},
		{"French", "Indicateur;Période;Valeur;Âge;Statut de l’observation\nI;2026;2,5;15-24;P\n", []string{"2: I 2026 2.5=/ [age=15-24] P published"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, got := rowsOf(t, tt.text)
			if len(got) != len(tt.want) {
				t.Fatalf("rows %q, want %q", got, tt.want)
			}
			for n := range got {
				if !strings.HasPrefix(got[n], tt.want[n]) {
					t.Errorf("row\n%s\nwant it to begin\n%s", got[n], tt.want[n])
				}
			}
		})
	}
}

func TestAFileHasItsColumns(t *testing.T) {
	o, _ := rowsOf(t, "Indicateur,period,numerator,denominator,comment\nI,2026,1,2,x\n")
	for column, want := range map[string]bool{"indicator": true, "period": true, "value": true, "numerator": true, "comment": true, "source": false, "obs_status": false, "sex": false, "remove": false, "nonsense": false} {
		if o.Has(column) != want {
			t.Errorf("Has(%q) = %t", column, !want)
		}
	}
}

func TestARowTellsWhereItsColumnsStand(t *testing.T) {
	s, _ := opened(t, map[string]string{"observations.csv": "indicator,source,period,value\nI,\"é\nè\",2026,1\nI,2026\n"}, "observations.csv")
	var got []indicators.Problem
	for row := range s.Observations()[0].Rows(t.Context()) {
		got = append(got, row.Problem("value", indicators.Plain("a")), row.Problem("obs_status", indicators.Plain("b")))
	}
	at := func(line, column int, message string) indicators.Problem {
		return refused("observations.csv", line, column, indicators.Plain(message)).Problem
	}
	want := []indicators.Problem{at(3, 9, "a"), at(2, 1, "b"), at(4, 1, "a"), at(4, 1, "b")}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("problems %q, want %q", got, want)
	}
}

func TestTextsOfARowMayBeKept(t *testing.T) {
	var text strings.Builder
	text.WriteString("indicator,period,value,comment\n")
	for n := range 1000 {
		fmt.Fprintf(&text, "I-%d,2026,1,comment %d\n", n%7, n)
	}
	s, _ := opened(t, map[string]string{"observations.csv": text.String()}, "observations.csv")
	var kept []indicators.Observation
	for row := range s.Observations()[0].Rows(t.Context()) {
		kept = append(kept, row.Observation)
	}
	for n, o := range kept {
		if o.Indicator != fmt.Sprintf("I-%d", n%7) || string(o.Comment) != fmt.Sprintf("comment %d", n) {
			t.Fatalf("row %d has become %s, %s", n, o.Indicator, o.Comment)
		}
	}
	if len(kept) != 1000 {
		t.Errorf("%d rows", len(kept))
	}
}

func TestAFileThatChangesWhileItIsImported(t *testing.T) {
	disk := fstest.MapFS{"observations.csv": {Data: []byte("indicator,period,value\nI,2026,1\n")}}
	s, problems, err := OpenFS(disk, []string{"observations.csv"})
	if err != nil || problems != nil {
		t.Fatal(problems, err)
	}
	disk["observations.csv"] = &fstest.MapFile{Data: []byte("indicator,price\nI,1\n")}
	rows := 0
	for row, err := range s.Observations()[0].Rows(t.Context()) {
		if rows++; err != nil || len(row.Problems) != 3 || row.Line() != 1 || row.Place("value").Line != 1 {
			t.Errorf("row %+v, error %v; want the three problems of the heading line", row, err)
		}
	}
	if rows != 1 {
		t.Errorf("%d rows, want one with the problems", rows)
	}
}

// generated is a file of n observations, as wide as an export.
func generated(n int) []byte {
	var file bytes.Buffer
	file.WriteString("indicator,period,value,numerator,denominator,sex,age,governorate,breakdown,obs_status,partial,source,comment,evidence,status\n")
	for i := range n {
		fmt.Fprintf(&file, "REM-COST-%d,20%02d-%02d,%d.25,,,F,15-24,TN-%d,,A,,\"Institut national de la statistique, enquête\",,,published\n", i%1000, i%30, i%12+1, i, i%24+11)
	}
	return file.Bytes()
}

func BenchmarkObservations(b *testing.B) {
	const rows = 200_000
	file := generated(rows)
	s, problems, err := OpenFS(fstest.MapFS{"observations.csv": {Data: file}}, []string{"observations.csv"})
	if err != nil || problems != nil {
		b.Fatal(problems, err)
	}
	b.SetBytes(int64(len(file)))
	b.ReportAllocs()
	for b.Loop() {
		n := 0
		for row, err := range s.Observations()[0].Rows(b.Context()) {
			if err != nil || len(row.Problems) > 0 {
				b.Fatal(row.Problems, err)
			}
			n++
		}
		if n != rows {
			b.Fatalf("%d rows", n)
		}
	}
	b.ReportMetric(rows*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
}
