package table

import (
	"bufio"
	"encoding/csv"
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A csvWriter writes rows that a cellReader reads back the same, save the white
// space at the end of a cell, and CR LF within one, which becomes LF.
type csvWriter struct {
	dialect dialect
	rows    *csv.Writer
	cells   []string // reused
}

// newCSVWriter begins a table with its heading. Numbers among the cells are to be
// spelled by the dialect.
func newCSVWriter(w io.Writer, d dialect, heading []string) (*csvWriter, error) {
	text := bufio.NewWriter(w)
	if d.bom {
		if _, err := text.WriteString("\ufeff"); err != nil {
			return nil, fmt.Errorf("writing the byte order mark: %w", err)
		}
	}
	c := &csvWriter{dialect: d, rows: csv.NewWriter(text)}
	c.rows.Comma = d.separator
	if err := c.write(heading); err != nil {
		return nil, fmt.Errorf("writing the heading: %w", err)
	}
	return c, nil
}

// write adds a row.
func (c *csvWriter) write(cells []string) error {
	c.cells = c.cells[:0]
	for _, cell := range cells {
		c.cells = append(c.cells, c.dialect.guarded(strings.TrimRightFunc(cell, unicode.IsSpace)))
	}
	return c.rows.Write(c.cells)
}

// flush hands everything on to the underlying writer.
func (c *csvWriter) flush() error {
	c.rows.Flush()
	return c.rows.Error()
}

// guarded puts an apostrophe before a text that a spreadsheet would take for a
// formula, or that the reader would trim. Negative numbers stay bare. A text that
// begins with apostrophes before such a sign gets one more, so that unguarded,
// which takes one away, always gives back the text.
func (d dialect) guarded(text string) string {
	if !needsGuard(text) || isPlain(text) || d.decimalComma && isPlain(strings.Replace(text, ",", ".", 1)) {
		return text
	}
	return "'" + text
}

// unguarded takes away the apostrophe that guarded put before a text.
func unguarded(cell string) string {
	if cell != "" && cell[0] == '\'' && needsGuard(cell[1:]) {
		return cell[1:]
	}
	return cell
}

// needsGuard tells whether a text begins, after any apostrophes, with a sign that
// makes a formula in some spreadsheet (the wide ones do in Japanese ones) or with
// white space.
func needsGuard(text string) bool {
	first, _ := utf8.DecodeRuneInString(strings.TrimLeft(text, "'"))
	return strings.ContainsRune("=+-@＝＋－＠", first) || unicode.IsSpace(first)
}
