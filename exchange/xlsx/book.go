// Package xlsx writes workbooks of XLSX: sheets of typed cells, without formulas.
package xlsx

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
)

// A Book is a workbook. The same book is always written in the same bytes.
type Book struct {
	Title       string
	Language    string    // of its texts, a BCP 47 tag
	At          time.Time // when it was made, as the file says
	RightToLeft bool
	Sheets      []Sheet
}

// A Sheet is one table: a heading, then its rows. A cell is nil for none, a string, an int,
// a float64 or a Day. Stream (nil: none) gives rows that follow Rows one at a time, for there may
// be many; the first error of it is that of Write.
type Sheet struct {
	Name    string
	Heading []string
	Rows    [][]any
	Stream  iter.Seq2[[]any, error]
}

// A Day is a date without a time of day.
type Day struct{ time.Time }

// Limits of the format.
const (
	longestName = 31
	longestText = 32_767
	mostRows    = 1_048_576
)

// widest is how many characters wide a column becomes at most.
const widest = 60

// Write writes the book.
func (b *Book) Write(to io.Writer) error {
	f := excelize.NewFile()
	defer f.Close()
	styles, err := newStyles(f)
	if err != nil {
		return err
	}
	taken := map[string]bool{}
	for n := range b.Sheets {
		name := sheetName(b.Sheets[n].Name, taken)
		if n == 0 {
			err = f.SetSheetName("Sheet1", name)
		} else {
			_, err = f.NewSheet(name)
		}
		if err != nil {
			return fmt.Errorf("beginning the sheet %s: %w", name, err)
		}
		if err := b.Sheets[n].write(f, name, styles, b.RightToLeft); err != nil {
			return fmt.Errorf("writing the sheet %s: %w", name, err)
		}
	}
	at := b.At.UTC().Format(time.RFC3339)
	about := &excelize.DocProperties{Title: b.Title, Creator: "jalon", LastModifiedBy: "jalon", Language: b.Language, Created: at, Modified: at}
	if err := f.SetDocProps(about); err != nil {
		return fmt.Errorf("describing the workbook: %w", err)
	}
	var made bytes.Buffer
	if err := f.Write(&made); err != nil {
		return fmt.Errorf("writing the workbook: %w", err)
	}
	return ordered(to, made.Bytes())
}

// ordered writes a file of XLSX with its parts in the order of their names: they come in any.
func ordered(to io.Writer, made []byte) error {
	from, err := zip.NewReader(bytes.NewReader(made), int64(len(made)))
	if err != nil {
		return fmt.Errorf("reading the workbook again: %w", err)
	}
	slices.SortFunc(from.File, func(a, b *zip.File) int { return strings.Compare(a.Name, b.Name) })
	packed := zip.NewWriter(to)
	for _, part := range from.File {
		if err := packed.Copy(part); err != nil {
			return fmt.Errorf("writing the part %s of the workbook: %w", part.Name, err)
		}
	}
	if err := packed.Close(); err != nil {
		return fmt.Errorf("writing the workbook: %w", err)
	}
	return nil
}

// styles are how cells look, by their number in the file.
type styles struct{ heading, day int }

func newStyles(f *excelize.File) (s styles, err error) {
	iso := "yyyy-mm-dd"
	if s.day, err = f.NewStyle(&excelize.Style{CustomNumFmt: &iso}); err != nil {
		return s, fmt.Errorf("making the style of days: %w", err)
	}
	s.heading, err = f.NewStyle(&excelize.Style{
		Font: &excelize.Font{Bold: true}, Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"},
		Border: []excelize.Border{{Type: "bottom", Style: 1, Color: "7D8590"}},
	})
	if err != nil {
		return s, fmt.Errorf("making the style of headings: %w", err)
	}
	return s, nil
}

func (s *Sheet) write(f *excelize.File, name string, look styles, rightToLeft bool) error {
	if err := f.SetSheetView(name, 0, &excelize.ViewOptions{RightToLeft: &rightToLeft}); err != nil {
		return err
	}
	w, err := f.NewStreamWriter(name)
	if err != nil {
		return err
	}
	next, stop := iter.Pull2(s.rows())
	defer stop()
	var first [][]any
	for len(first) < measured {
		row, err, more := next()
		if err != nil {
			return err
		}
		if !more {
			break
		}
		first = append(first, row)
	}
	for n, width := range s.widths(first) {
		if err := w.SetColWidth(n+1, n+1, width); err != nil {
			return err
		}
	}
	if err := w.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	heading := make([]any, len(s.Heading))
	for n, word := range s.Heading {
		heading[n] = excelize.Cell{Value: text(word), StyleID: look.heading}
	}
	if err := w.SetRow("A1", heading); err != nil {
		return err
	}
	place := 1
	add := func(row []any) error {
		if place++; place > mostRows {
			return fmt.Errorf("a sheet holds %d rows at most", mostRows-1)
		}
		return w.SetRow(fmt.Sprintf("A%d", place), cells(row, look))
	}
	for _, row := range first {
		if err := add(row); err != nil {
			return err
		}
	}
	for row, err, more := next(); more; row, err, more = next() {
		if err != nil {
			return err
		}
		if err := add(row); err != nil {
			return err
		}
	}
	return w.Flush()
}

// rows are all rows, those of the stream last.
func (s *Sheet) rows() iter.Seq2[[]any, error] {
	return func(yield func([]any, error) bool) {
		for _, row := range s.Rows {
			if !yield(row, nil) {
				return
			}
		}
		if s.Stream != nil {
			s.Stream(yield)
		}
	}
}

// cells are a row as the file has it: what people wrote is text, however it begins.
func cells(row []any, look styles) []any {
	all := make([]any, len(row))
	for n, cell := range row {
		switch cell := cell.(type) {
		case Day:
			all[n] = excelize.Cell{Value: cell.Time, StyleID: look.day}
		case string:
			if cell != "" {
				all[n] = text(cell)
			}
		default:
			all[n] = cell
		}
	}
	return all
}

// text is a string that the format can hold.
func text(s string) string {
	s = strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' || r == utf8.RuneError {
			return ' '
		}
		return r
	}, s)
	if utf8.RuneCountInString(s) > longestText {
		s = string([]rune(s)[:longestText-1]) + "…"
	}
	return s
}

// measured is how many rows decide how wide the columns are.
const measured = 200

// widths fit what the first rows hold.
func (s *Sheet) widths(first [][]any) []float64 {
	all := make([]float64, len(s.Heading))
	for n, word := range s.Heading {
		all[n] = float64(min(max(utf8.RuneCountInString(word), 8), widest)) + 2
	}
	for _, row := range first {
		for n, cell := range row {
			long := 10
			if words, is := cell.(string); is {
				long = utf8.RuneCountInString(words)
			}
			if n < len(all) {
				all[n] = max(all[n], float64(min(long, widest))+2)
			}
		}
	}
	return all
}

// sheetName is a name that the format allows, and that no other sheet has.
func sheetName(name string, taken map[string]bool) string {
	name = strings.Trim(strings.Map(func(r rune) rune {
		if strings.ContainsRune(`:\/?*[]`, r) {
			return ' '
		}
		return r
	}, name), "' ")
	short := func(suffix string) string {
		letters := []rune(name)
		return string(letters[:min(len(letters), longestName-len(suffix))]) + suffix
	}
	chosen := short("")
	for n := 2; taken[strings.ToLower(chosen)] || chosen == ""; n++ {
		chosen = short(fmt.Sprintf(" %d", n))
	}
	taken[strings.ToLower(chosen)] = true
	return chosen
}
