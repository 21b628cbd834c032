package table

import (
	"bytes"
	"errors"
	"io"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"
)

// FuzzCells reads arbitrary bytes. Whatever comes: no panic, every row as wide as
// the heading, lines in order, every cell found at the place it names, and the rows
// written and read again are the same.
func FuzzCells(f *testing.F) {
	for _, seed := range []string{
		"code;title\nA;un, deux\nB;\"\xe9; \xe0\"\n", "\ufeff\"a\",b\r\n1,\"x\r\ny\"\r\n,,\r\n", "a\tb\r1\t2\r", "a,b\n1,\"x",
		"a,b\n1,\"x\" y\n1,2,3\n4\n'=1,''@\n", "a,b\né,\xff\n", "PK\x03\x04", "a,a,\n", "\n\n é , \"b\" ,c\n\nà,\"x\né\",\"y\"\n",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, file []byte) {
		c, err := newCellReader("t.csv", bytes.NewReader(file))
		if err != nil {
			return
		}
		lines := strings.Split(strings.TrimPrefix(string(file), "\ufeff"), "\n")
		placesKnown := utf8.Valid(file) && !bytes.ContainsRune(file, '\r')
		var rows [][]string
		last := 0
		for range len(file) + 1 {
			r, err := c.Next()
			if errors.Is(err, io.EOF) {
				checkAgain(t, c, rows)
				return
			} else if err != nil {
				if p := (refusal{}); !errors.As(err, &p) || p.Line < last || p.Column < 1 {
					t.Fatalf("not a Problem beyond line %d: %v", last, err)
				}
				continue
			}
			if len(r.cells) != len(c.heading) || r.line <= last {
				t.Fatalf("row of %d cells on line %d, heading of %d, line before %d", len(r.cells), r.line, len(c.heading), last)
			}
			for n, cell := range r.cells {
				if at := r.at(n); placesKnown && !beginsAt(lines, at, cell) {
					t.Fatalf("cell %q is not at %v in %q", cell, at, file)
				}
			}
			last = r.line
			rows = append(rows, append([]string(nil), r.cells...))
		}
		t.Fatalf("the rows of %q do not end", file)
	})
}

// beginsAt tells whether the cell stands at its place, in quotes or bare. A cell of
// several lines is looked for by its first.
func beginsAt(lines []string, at place, cell string) bool {
	rest := string([]rune(lines[at.line-1])[at.column-1:])
	bare := strings.TrimPrefix(strings.TrimSpace(rest), "'")
	return strings.HasPrefix(rest, `"`) || strings.HasPrefix(bare, strings.TrimPrefix(cell, "'")) || strings.HasPrefix(strings.TrimSpace(bare), strings.TrimSpace(cell))
}

// checkAgain writes what was read and reads it back.
func checkAgain(t *testing.T, c *cellReader, rows [][]string) {
	t.Helper()
	if len(c.heading) < 2 {
		return // a single heading may contain the separator, and then names no dialect
	}
	for _, cells := range append(rows, c.heading) {
		for n, cell := range cells {
			cells[n] = readable(cell)
		}
	}
	heading := make([]string, len(c.heading))
	for n := range heading {
		heading[n] = "h" + strings.Repeat("x", n)
	}
	var kept [][]string // rows that are not empty
	for _, cells := range rows {
		if strings.Join(cells, "") != "" {
			kept = append(kept, cells)
		}
	}
	for _, d := range []dialect{plainCSV(), excelFrench()} {
		file := written(t, d, heading, rows...)
		if again := allRows(t, file); !reflect.DeepEqual(again, kept) {
			t.Fatalf("read %q, after writing %q, file\n%q", kept, again, file)
		}
	}
}
