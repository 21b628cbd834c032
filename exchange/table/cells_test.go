package table

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math"
	"reflect"
	"strings"
	"testing"
	"testing/iotest"
)

// readAll reads a whole table: the rows, heading first, each with its line before
// it, and what is wrong, worded as reported. An error other than a Problem stays one.
func readAll(t testing.TB, raw io.Reader) (rows, problems []string, failure error) {
	t.Helper()
	note := func(err error) {
		found, ok := problemsIn(err)
		if !ok {
			failure = err
		}
		for _, p := range found {
			problems = append(problems, p.String())
		}
	}
	c, err := newCellReader("t.csv", raw)
	if err != nil {
		note(err)
		return nil, problems, failure
	}
	rows = append(rows, strings.Join(c.heading, "|"))
	for {
		r, err := c.Next()
		if errors.Is(err, io.EOF) {
			return rows, problems, failure
		} else if err != nil {
			note(err)
			continue
		}
		rows = append(rows, fmt.Sprintf("%d:%s", r.line, strings.Join(r.cells, "|")))
	}
}

func TestRowsAreReadInEveryDialect(t *testing.T) {
	want := []string{"code|title", "2:A|un, deux", "3:B|é; à"}
	for _, tt := range []struct {
		name, file string
		want       []string
	}{
		{"commas", "code,title\nA,\"un, deux\"\nB,é; à\n", want},
		{"semicolons", "code;title\nA;un, deux\nB;\"é; à\"\n", want},
		{"tabs", "code\ttitle\nA\tun, deux\nB\té; à\n", want},
		{"byte order mark before a quoted heading", "\ufeff\"code\",title\nA,\"un, deux\"\nB,é; à\n", want},
		{"Windows-1252", "code;title\nA;un, deux\nB;\"\xe9; \xe0\"\n", want},
		{"Windows-1252, euro sign", "code;title\nA;1 \x80\n", []string{"code|title", "2:A|1 €"}},
		{"CR LF", "code,title\r\nA,\"un, deux\"\r\nB,é; à\r\n", want},
		{"CR alone", "code,title\rA,\"un, deux\"\rB,é; à\r", want},
		{"no line break at the end", "code,title\nA,\"un, deux\"\nB,é; à", want},
		{"separators inside quotes of the heading", "code;\"a,b,c\"\nA;1\n", []string{"code|a,b,c", "2:A|1"}},
		{"blank lines and rows of empty cells", "\n\ncode,title\n\n , \nA,1\n,,,\n\n\n", []string{"code|title", "6:A|1"}},
		{"Excel's empty cells at the end", "code;title;;;\nA;1;;;\nB;2;\nC;3\n", []string{"code|title", "2:A|1", "3:B|2", "4:C|3"}},
		{"cells with line breaks", "code,title\nA,\"one\ntwo\"\nB,\"x\r\ny\"\nC,3\n", []string{"code|title", "2:A|one\ntwo", "4:B|x\ny", "6:C|3"}},
		{"spaces around cells", "code , title\n A , \"x\"\n", []string{"code|title", "2:A|x"}},
		{"empty cells between tabs", "a\tb\tc\n1\t\t\n", []string{"a|b|c", "2:1||"}},
		{"one column", "code\nA\n", []string{"code", "2:A"}},
		{"apostrophe before a formula", "code,title\n'=A1,'plain\n'-3.5,''@x\n", []string{"code|title", "2:=A1|'plain", "3:-3.5|'@x"}},
		{"only the heading", "code,title\n", []string{"code|title"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			for name, raw := range map[string]io.Reader{
				"whole":        strings.NewReader(tt.file),
				"byte by byte": iotest.OneByteReader(strings.NewReader(tt.file)),
			} {
				rows, problems, err := readAll(t, raw)
				if !reflect.DeepEqual(rows, tt.want) || problems != nil || err != nil {
					t.Errorf("%s: rows = %q, problems %q, error %v; want rows %q", name, rows, problems, err, tt.want)
				}
			}
		})
	}
}

func TestProblemsSayWhereAndHowToMend(t *testing.T) {
	for _, tt := range []struct {
		name, file string
		want       []string // how each problem begins
		rows       int      // that are read in spite of them
	}{
		{"empty file", "", []string{"t.csv:1:1: the file is empty"}, 0},
		{"blank lines only", "\n\n\r\n", []string{"t.csv:1:1: the file is empty"}, 0},
		{"workbook", "PK\x03\x04\x14\x00", []string{"t.csv:1:1: this is an Excel or OpenDocument workbook"}, 0},
		{"old workbook", "\xd0\xcf\x11\xe0\xa1\xb1", []string{"t.csv:1:1: this is an old Excel workbook"}, 0},
		{"UTF-16", "\xff\xfec\x00o\x00", []string{"t.csv:1:1: this file is UTF-16"}, 0},
		{"UTF-16 without a mark", "c\x00o\x00", []string{"t.csv:1:2: there is a NUL byte"}, 0},
		{"NUL in a later line", "a,b\n1,2\né,x\x00\n", []string{"t.csv:3:4: there is a NUL byte"}, 1},
		{"web page after a byte order mark", "\ufeff<html>", []string{"t.csv:1:1: this is a web page"}, 0},
		{"Excel's line that names the separator", "sep=;\na;b\n", []string{"t.csv:1:1: delete this line"}, 0},
		{"web page", "<!DOCTYPE html>", []string{"t.csv:1:1: this is a web page"}, 0},
		{"headings twice and missing", "a,,A,b,b\n", []string{"t.csv:1:3: column 2 has no heading", "t.csv:1:4: the heading \"A\" stands twice, in columns 1 and 3", "t.csv:1:8: the heading \"b\" stands twice, in columns 4 and 5"}, 0},
		{"wrong separator", "code|title\nA|1\n", []string{"t.csv:1:1: the heading is one cell"}, 0},
		{"too few cells", "a,b,c\n1,2\n1,2,3\n", []string{"t.csv:2:1: the row has 2 cells, the heading has 3"}, 1},
		{"too many cells", "a,b\né,2,,4\n1,2\n", []string{"t.csv:2:5: the row has 4 cells, the heading has 2"}, 1},
		{"decimal comma in a comma file", "code,value,comment\nA,12,5,\n", []string{"t.csv:2:8: the row has 4 cells, the heading has 3: put a text with a comma in quotes, write a number with a point (12.5)"}, 0},
		{"decimal comma beside Excel's empty cells", "code,value,comment,,\nA,12,5,,,\nA,12,5,x\n", []string{"t.csv:2:10: the row has 6 cells", "t.csv:3:8: the row has 4 cells"}, 0},
		{"too many, within a cell of several lines", "a,b\n\"x\ny\",2,4\n", []string{"t.csv:3:6: the row has 3 cells"}, 0},
		{"bare quote", "a,b\n1,le \"plan\"\n1,2\n", []string{"t.csv:2:6: a quote inside a cell"}, 1},
		{"bare quote after wide characters", "a,b\nééé,é\"\n", []string{"t.csv:2:6: a quote inside a cell"}, 0},
		{"text after a quote", "a,b\n1,\"x\" y\n1,2\n", []string{"t.csv:2:5: text after a closing quote: put"}, 1},
		{"text after a quote, lines later", "a,b\n1,\"x\n2,y\n3,\"z\"\n4,5\n", []string{"t.csv:4:3: text after a closing quote, in a row that began on line 2"}, 1},
		{"cut in the middle", "a,b\n1,2\n1,\"x, \"\"y\"\"\nz", []string{"t.csv:3:3: the quote that begins here is never closed"}, 1},
		{"damaged UTF-8", "a,b\né,è\nà\xff,1\n", []string{"t.csv:3:2: this byte is not UTF-8"}, 1},
		{"damaged after a byte order mark", "\ufeffa,b\n\xe9,1\n", []string{"t.csv:2:1: this byte is not UTF-8"}, 0},
		{"neither encoding", "a,b\n1,\xe9\n1,\x81\n", []string{"t.csv:3:3: this byte is no character"}, 1},
		{"damaged beyond the first chunk", "a,b\né,1\n" + strings.Repeat("x,y\n", 50_000) + "é\xe9,1\n1,2\n", []string{"t.csv:50003:2: this byte is not UTF-8"}, 50_001},
		{"a long line", "a,b\n1,2\n3," + strings.Repeat("x", maxRow+2*chunkSize), []string{"t.csv:3:1: the line is longer than 1 MiB"}, 1},
		{"a quote never closed in a long file", "a,b\n1,\"x\n" + strings.Repeat("1,2\n", maxRow/2), []string{"t.csv:2:3: the quote that begins here is not closed within 1 MiB"}, 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			rows, problems, err := readAll(t, strings.NewReader(tt.file))
			if err != nil || len(problems) != len(tt.want) || max(len(rows)-1, 0) != tt.rows {
				t.Fatalf("%d rows, problems %q, error %v; want %d rows, problems %q", len(rows)-1, problems, err, tt.rows, tt.want)
			}
			for n, want := range tt.want {
				if !strings.HasPrefix(problems[n], want) {
					t.Errorf("problem %q, want it to begin %q", problems[n], want)
				}
			}
		})
	}
}

func TestWindows1252IsSeenWhereTheFirstAccentStands(t *testing.T) {
	for _, plain := range []int{chunkSize - 6, chunkSize - 5, chunkSize - 4, chunkSize, 3 * chunkSize} {
		for name, e := range map[string]string{"Windows-1252": "\xe9", "UTF-8": "é"} {
			file := "a,b\n" + strings.Repeat("\n", plain) + e + ",fin\n"
			rows, problems, err := readAll(t, strings.NewReader(file))
			want := fmt.Sprintf("%d:é|fin", plain+2)
			if len(rows) != 2 || rows[1] != want || problems != nil || err != nil {
				t.Errorf("%s after %d bytes: rows %q, problems %q, error %v; want %q", name, plain, rows, problems, err, want)
			}
		}
	}
}

func TestManyBlankLinesAreNoLongRow(t *testing.T) {
	rows, problems, err := readAll(t, strings.NewReader("a,b\n1,2\n"+strings.Repeat("\r\n", maxRow)+"3,4\n"))
	if len(rows) != 3 || problems != nil || err != nil {
		t.Errorf("%d rows, problems %q, error %v; want the heading and 2 rows", len(rows), problems, err)
	}
}

// endless is a line that does not end; it counts what was read of it.
type endless struct{ read int64 }

func (e *endless) Read(p []byte) (int, error) {
	for n := range p {
		p[n] = `x"`[n&1]
	}
	e.read += int64(len(p))
	return len(p), nil
}

func TestAnEndlessLineIsRefusedEarly(t *testing.T) {
	line := new(endless)
	two := io.LimitReader(line, math.MaxInt32)
	_, problems, err := readAll(t, io.MultiReader(strings.NewReader("a,b\n1,"), two))
	if len(problems) == 0 || len(problems) > 2 || err != nil {
		t.Errorf("problems %q, error %v; want the long line, and perhaps its first quote", problems, err)
	}
	if line.read > 2*maxRow {
		t.Errorf("%d bytes of the line were read, want at most %d", line.read, 2*maxRow)
	}
}

func TestABrokenStreamIsNoProblemOfTheFile(t *testing.T) {
	for _, broken := range []error{io.ErrUnexpectedEOF, errors.New("disk gone")} {
		rows, problems, err := readAll(t, io.MultiReader(strings.NewReader("a,b\n1,2\n3,"), iotest.ErrReader(broken)))
		if len(rows) != 2 || problems != nil || !errors.Is(err, broken) {
			t.Errorf("rows %q, problems %q, error %v; want one row and the error %v", rows, problems, err, broken)
		}
	}
}

func TestEveryCellKnowsItsPlace(t *testing.T) {
	c, err := newCellReader("t.csv", strings.NewReader("\n é, b,c\n\nà,\"x\né\",\"y\"\n"))
	if err != nil {
		t.Fatal(err)
	}
	r, err := c.Next()
	if err != nil {
		t.Fatal(err)
	}
	got := []place{c.headingAt[0], c.headingAt[1], c.headingAt[2], r.at(0), r.at(1), r.at(2)}
	want := []place{{2, 2}, {2, 5}, {2, 7}, {4, 1}, {4, 3}, {5, 4}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("places %v, want %v", got, want)
	}
}

func BenchmarkCells(b *testing.B) {
	var file bytes.Buffer
	file.WriteString("indicator,period,value,sex,age,obs_status,comment\n")
	for n := range 100_000 {
		fmt.Fprintf(&file, "REM-COST-%d,2026-%02d,%d.5,F,15-24,A,\"relevé, révisé\"\n", n%1000, n%12+1, n)
	}
	b.SetBytes(int64(file.Len()))
	b.ReportAllocs()
	for b.Loop() {
		c, err := newCellReader("t.csv", bytes.NewReader(file.Bytes()))
		if err != nil {
			b.Fatal(err)
		}
		rows := 0
		for ; err == nil; rows++ {
			_, err = c.Next()
		}
		if rows != 100_001 {
			b.Fatalf("%d rows: %v", rows, err)
		}
	}
	b.ReportMetric(700_000*float64(b.N)/b.Elapsed().Seconds(), "cells/s")
}
