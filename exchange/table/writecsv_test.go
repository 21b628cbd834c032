package table

import (
	"bytes"
	"errors"
	"flag"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"unicode"
)

var update = flag.Bool("update", false, "write the golden files anew")

// written is a table as a csvWriter writes it.
func written(t testing.TB, d dialect, heading []string, rows ...[]string) []byte {
	t.Helper()
	var file bytes.Buffer
	w, err := newCSVWriter(&file, d, heading)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rows {
		if err := w.write(r); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.flush(); err != nil {
		t.Fatal(err)
	}
	return file.Bytes()
}

// textsOfTrouble are what spreadsheets, browsers or CSV readers trip over.
func textsOfTrouble() []string {
	return []string{"=cmd|' /C calc'!A0", "+216 71 000 000", "-1-2", "-", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "＝1",
		"'=1", "''=1", "'quoted'", "'", "le \"plan\" 2026", "a,b;c\td", "two\nlines", "-3.5", "-3,5", "'-3.5",
		"</script><script>alert(1)</script>", `"><img src=x onerror=alert(1)>`, `\.`, "الهجرة", "é"}
}

func TestWrittenFilesAreAsAgreed(t *testing.T) {
	for name, d := range map[string]dialect{"plain": plainCSV(), "excel-french": excelFrench()} {
		var rows [][]string
		for _, text := range textsOfTrouble() {
			rows = append(rows, []string{text, d.spelled("-1234.5")})
		}
		got := written(t, d, []string{"comment", "value"}, rows...)
		golden := filepath.Join("testdata", name+".csv")
		if *update {
			if err := os.WriteFile(golden, got, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(golden)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("%s: written\n%s\nwant\n%s", name, got, want)
		}
	}
}

func TestNoCellIsAFormula(t *testing.T) {
	for _, d := range []dialect{plainCSV(), excelFrench()} {
		for _, text := range textsOfTrouble() {
			guarded := d.guarded(text)
			number := strings.Trim(guarded, "-0123456789.,") == "" && strings.ContainsAny(guarded, "0123456789")
			if strings.ContainsAny(guarded[:1], "=+-@\t\r\n ") && !number {
				t.Errorf("guarded(%q) = %q, which a spreadsheet may compute", text, guarded)
			}
		}
	}
}

func TestNumbersAreWrittenBare(t *testing.T) {
	if got := plainCSV().guarded("-3.5"); got != "-3.5" {
		t.Errorf("a negative number is written %s", got)
	}
	if got := excelFrench().guarded(excelFrench().spelled("-3.5")); got != "-3,5" {
		t.Errorf("a negative number is written %s for Excel", got)
	}
}

func FuzzRoundTrip(f *testing.F) {
	for _, text := range textsOfTrouble() {
		f.Add(text, "x", false)
		f.Add("y", text, true)
	}
	f.Fuzz(func(t *testing.T, a, b string, excel bool) {
		d := plainCSV()
		if excel {
			d = excelFrench()
		}
		var want [][]string
		cells := []string{readable(a), readable(b), "last"}
		want = append(want, cells, []string{"", cells[1], cells[0] + "."})
		file := written(t, d, []string{"a", "b", "c"}, want...)
		if got := allRows(t, file); !reflect.DeepEqual(got, want) {
			t.Errorf("wrote %q, read %q, file\n%s", want, got, file)
		}
	})
}

// readable is a text as the reader gives it back: the table has no character that is
// not seen and no CR LF within a cell, and no white space at its end.
func readable(text string) string {
	text = strings.Map(func(r rune) rune {
		if _, unseen := unseenIn(string(r)); unseen {
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, "?"))
	return strings.TrimRightFunc(text, unicode.IsSpace)
}

// allRows reads a table that has no problem.
func allRows(t testing.TB, file []byte) (rows [][]string) {
	t.Helper()
	c, err := newCellReader("t.csv", bytes.NewReader(file))
	for err == nil {
		var r row
		if r, err = c.Next(); err == nil {
			rows = append(rows, append([]string(nil), r.cells...))
		}
	}
	if !errors.Is(err, io.EOF) {
		t.Fatalf("%v, in the file\n%q", err, file)
	}
	return rows
}
