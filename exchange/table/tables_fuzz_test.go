package table

import (
	"bytes"
	"strings"
	"testing"
	"unicode/utf8"

	"jalon/indicators"
)

// FuzzTables reads arbitrary bytes as any of the tables. Whatever comes: no panic,
// every problem says where it is, and what was read without one is the same once
// it has been written and read again.
func FuzzTables(f *testing.F) {
	for name, text := range filled(f) {
		f.Add(uint8(order(tableNamed(name))), []byte(text))
	}
	f.Add(uint8(11), []byte("Indicateur;Période;Valeur;Supprimer\nI;2026;1 234,5;\nJ;2026-13;x;oui\n"))
	f.Add(uint8(10), []byte("indicator\tkind\tperiod\tlow\thigh\tremove\nI\ttarget\t2026\t1\t2\t\n"))
	f.Fuzz(func(t *testing.T, which uint8, text []byte) {
		name := indicators.Tables()[int(which)%len(indicators.Tables())]
		first, sound := rewritten(t, name, text)
		if !sound {
			return
		}
		second, sound := rewritten(t, name, first)
		if !sound || !bytes.Equal(first, second) {
			t.Fatalf("%s\n%q\nis written\n%q\nand again\n%q", name, text, first, second)
		}
	})
}

// rewritten reads a table and writes what it says; not sound is one with problems.
func rewritten(t *testing.T, name string, text []byte) (written []byte, sound bool) {
	t.Helper()
	s, problems := opened(t, map[string]string{name + ".csv": string(text)}, name+".csv")
	var out bytes.Buffer
	var err error
	if name == "observations" {
		var rows []indicators.Observation
		for _, o := range s.Observations() {
			for row, err := range o.Rows(t.Context()) {
				if err != nil {
					t.Fatal(err)
				}
				problems = append(problems, row.Problems...)
				if len(row.Problems) == 0 && !row.Remove {
					rows = append(rows, row.Observation)
				}
			}
		}
		_, err = WriteObservations(&out, each(rows))
	} else {
		w, found, failed := s.Workbook(t.Context())
		if failed != nil {
			t.Fatal(failed)
		}
		problems = append(problems, found...)
		_, err = WriteTable(&out, name, defined(w))
	}
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range problems {
		if p.Line < 1 || p.Column < 1 || p.File != name+".csv" || p.Message.IsZero() || utf8.Valid(text) && !utf8.ValidString(p.Message.String()) || strings.Contains(p.Message.String(), "%!") {
			t.Fatalf("the problem %q does not say where or what it is", p)
		}
	}
	return out.Bytes(), len(problems) == 0
}

// defined is what the edits of a workbook say, each of an entry that is new.
func defined(w *indicators.Workbook) *indicators.Definitions {
	return &indicators.Definitions{
		Settings: rowsOfEdits(w.Settings), Categories: rowsOfEdits(w.Categories), Organisations: rowsOfEdits(w.Organisations),
		Groups: rowsOfEdits(w.Groups), Frameworks: rowsOfEdits(w.Frameworks), Results: rowsOfEdits(w.Results),
		Actions: rowsOfEdits(w.Actions), Milestones: rowsOfEdits(w.Milestones), Funding: rowsOfEdits(w.Funding),
		Indicators: rowsOfEdits(w.Indicators), Targets: rowsOfEdits(w.Targets),
	}
}

func rowsOfEdits[T indicators.Entry](edits []indicators.Edit[T]) []T {
	var rows []T
	for i := range edits {
		if !edits[i].Remove {
			var row T
			edits[i].Change(&row)
			rows = append(rows, row)
		}
	}
	return rows
}
