package xlsx

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
)

func sample() *Book {
	return &Book{
		Title: "Annexes", Language: "ar", At: time.Date(2026, 10, 15, 8, 0, 0, 0, time.UTC), RightToLeft: true,
		Sheets: []Sheet{
			{Name: "القيم", Heading: []string{"code", "value", "day", "note"}, Rows: [][]any{
				{"A", 12.5, Day{time.Date(2026, 9, 30, 0, 0, 0, 0, time.UTC)}, "=1+1"},
				{"-B", -3, nil, "@SUM(A1)"},
				{"+C", nil, nil, "+216 71\x01"},
			}},
			{Name: strings.Repeat("long/", 10), Heading: []string{"a"}, Rows: [][]any{{strings.Repeat("x", 40_000)}}},
			{Name: strings.Repeat("long?", 10), Heading: []string{"a"}},
		},
	}
}

func written(t *testing.T, b *Book) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := b.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestCellsHaveTheirTypes(t *testing.T) {
	f, err := excelize.OpenReader(bytes.NewReader(written(t, sample())))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	sheets := f.GetSheetList()
	if len(sheets) != 3 || sheets[0] != "القيم" || sheets[1] == sheets[2] {
		t.Fatalf("sheets %q", sheets)
	}
	for cell, want := range map[string]string{"A2": "A", "B2": "12.5", "C2": "2026-09-30", "D2": "=1+1", "A3": "-B", "B3": "-3", "D3": "@SUM(A1)", "A4": "+C", "D4": "+216 71 "} {
		got, err := f.GetCellValue(sheets[0], cell)
		if formula, _ := f.GetCellFormula(sheets[0], cell); err != nil || got != want || formula != "" {
			t.Errorf("%s is %q, formula %q (%v), want %q", cell, got, formula, err, want)
		}
		kind, _ := f.GetCellType(sheets[0], cell)
		if isText := kind == excelize.CellTypeInlineString || kind == excelize.CellTypeSharedString; isText != (cell[0] == 'A' || cell[0] == 'D') {
			t.Errorf("%s has the type %v", cell, kind)
		}
	}
	if view, err := f.GetSheetView(sheets[0], 0); err != nil || view.RightToLeft == nil || !*view.RightToLeft {
		t.Errorf("the sheet does not run from right to left: %v", err)
	}
}

func TestABookIsWrittenInTheSameBytes(t *testing.T) {
	first := written(t, sample())
	for range 20 { // the library keeps its parts in no order
		if !bytes.Equal(first, written(t, sample())) {
			t.Fatal("two books of the same are not the same")
		}
	}
}

// Many rows come one at a time; what goes wrong on the way is told, and nothing is written.
func TestRowsThatStream(t *testing.T) {
	b := sample()
	count, broken := 500, errors.New("broken")
	b.Sheets[0].Stream = func(yield func([]any, error) bool) {
		for n := range count {
			if !yield([]any{"S", n}, nil) {
				return
			}
		}
	}
	f, err := excelize.OpenReader(bytes.NewReader(written(t, b)))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for cell, want := range map[string]string{"A4": "+C", "A5": "S", "B5": "0", "B504": "499", "A505": ""} {
		if got, err := f.GetCellValue("القيم", cell); err != nil || got != want {
			t.Errorf("%s is %q (%v), want %q", cell, got, err, want)
		}
	}
	for _, at := range []int{0, 300} {
		b.Sheets[0].Stream = func(yield func([]any, error) bool) {
			for n := range at {
				if !yield([]any{"S", n}, nil) {
					return
				}
			}
			yield(nil, broken)
		}
		if err := b.Write(&bytes.Buffer{}); !errors.Is(err, broken) {
			t.Errorf("after %d rows: %v", at, err)
		}
	}
}
