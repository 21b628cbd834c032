package table

import (
	"bufio"
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strings"

	"jalon/indicators"
)

// A cellReader reads a CSV file row by row as cells that know where they stand. It
// knows nothing of what the columns mean.
type cellReader struct {
	dialect   dialect
	heading   []string // without the empty cells that Excel leaves at its end
	widest    int      // cells of the heading line with those
	headingAt []place  // where each heading stands
	file      string
	recent    *window
	rows      *csv.Reader
	ended     bool
}

// maxColumns bounds the work that one heading line can make.
const maxColumns = 1000

const quoteAdvice = `put the whole cell in quotes and double those within it, as in "le ""plan"" 2026"`

// A place is a physical line and a character in it, both from 1.
type place struct{ line, column int }

// A row has as many cells as the heading, trimmed. The slice and the places are
// good until the next row is read; the strings may be kept.
type row struct {
	cells []string
	line  int // where the row begins
	from  *cellReader
}

// at is where the cell begins.
func (r row) at(cell int) place {
	line, column := r.from.rows.FieldPos(cell)
	return r.from.recent.place(line, column)
}

// problem is a Problem with the given cell.
func (r row) problem(cell int, format string, values ...any) refusal {
	return r.from.problem(r.at(cell), format, values...)
}

// tell is a Problem with what the cell says.
func (r row) tell(cell int, message indicators.Sentence) refusal {
	return r.from.tell(r.at(cell), message)
}

// newCellReader reads the heading line. Its error is a Problem, several of them
// joined, or the stream's.
func newCellReader(file string, raw io.Reader) (*cellReader, error) {
	text := newDecoder(file, raw)
	head := text.start()
	c := &cellReader{dialect: dialectOf(head), file: file}
	c.recent = &window{text: text, line: 1, tooLong: c.longRow}
	c.rows = csv.NewReader(bufio.NewReaderSize(c.recent, chunkSize))
	c.rows.Comma = c.dialect.separator
	c.rows.FieldsPerRecord = -1 // counted here, so that Excel's empty extra cells pass
	c.rows.ReuseRecord = true
	c.rows.TrimLeadingSpace = c.dialect.separator != '\t' // else it would eat empty cells
	first, err := c.read()
	if errors.Is(err, io.EOF) {
		return nil, c.problem(place{1, 1}, "the file is empty: its first line must be the heading with the names of the columns")
	} else if err != nil {
		return nil, err
	}
	return c, c.takeHeading(first)
}

// takeHeading keeps the names of the columns, and reports all that is wrong with them.
func (c *cellReader) takeHeading(first row) error {
	width := len(first.cells)
	for width > 0 && first.cells[width-1] == "" {
		width--
	}
	if width > maxColumns {
		return first.problem(0, "this line has %d cells, more than any table has columns: the first line must be the heading, with a line break behind it", width)
	}
	c.heading, c.widest = slices.Clone(first.cells[:width]), len(first.cells)
	var problems []error
	seen := make(map[string]int, width)
	for n, name := range c.heading {
		c.headingAt = append(c.headingAt, first.at(n))
		key := strings.ToLower(name)
		earlier, twice := seen[key]
		switch {
		case name == "":
			problems = append(problems, first.problem(n, "column %d has no heading: name it, or delete the column", n+1))
		case twice:
			problems = append(problems, first.problem(n, "the heading %q stands twice, in columns %d and %d: delete or rename one", name, earlier+1, n+1))
		default:
			seen[key] = n
		}
	}
	if width == 1 && strings.Contains(c.heading[0], "|") {
		problems = append(problems, first.problem(0, "the heading is one cell, %q: separate the cells by , or ; or tab", c.heading[0]))
	}
	return errors.Join(problems...)
}

// Next returns the next row that is not empty, or io.EOF. A Problem spoils that row
// only, and the rows after it can still be read; after any other error, and after a
// Problem that ends the file, io.EOF follows.
func (c *cellReader) Next() (row, error) {
	r, err := c.read()
	if err != nil {
		return row{}, err
	}
	width := len(c.heading)
	if len(r.cells) == 1 && width > 1 && strings.ContainsAny(r.cells[0], ";,\t|") {
		return row{}, r.problem(0, "the row is one cell, the heading has %d: separate them by %s as the heading does", width, c.dialect.separatorName())
	}
	if len(r.cells) < width {
		return row{}, r.problem(0, "the row has %d cells, the heading has %d: leave a cell without a value empty, with its separator (%s)",
			len(r.cells), width, c.dialect.separatorName())
	}
	for n := width; n < len(r.cells); n++ {
		// An empty cell beyond the heading line too is no trifle: a separator within a
		// cell without quotes has moved all after it to the right.
		if r.cells[n] != "" || n >= c.widest {
			return row{}, r.problem(n, "the row has %d cells, the heading has %d: %s", len(r.cells), width, c.dialect.tooManyAdvice())
		}
	}
	r.cells = r.cells[:width]
	return r, nil
}

// read returns the next row with any cell in it, whatever their number.
func (c *cellReader) read() (row, error) {
	for !c.ended {
		c.recent.release(c.rows.InputOffset())
		cells, err := c.rows.Read()
		if err != nil {
			return row{}, c.trouble(err)
		}
		filled := false
		for n, cell := range cells {
			cells[n] = unguarded(strings.TrimSpace(cell))
			filled = filled || cells[n] != ""
		}
		if filled {
			line, _ := c.rows.FieldPos(0)
			r := row{cells: cells, line: line, from: c}
			return r, r.unseen()
		}
	}
	return row{}, io.EOF
}

// unseen is the Problem of the first cell with a character that is not seen, but does
// something to whatever shows it.
func (r row) unseen() error {
	for n, cell := range r.cells {
		if c, found := unseenIn(cell); found {
			return r.tell(n, unseen(c))
		}
	}
	return nil
}

// trouble words what the CSV reader stumbled over; anything but a misplaced quote
// ends the file.
func (c *cellReader) trouble(err error) error {
	var quote *csv.ParseError
	if !errors.As(err, &quote) {
		c.ended = true
		return err
	}
	at := c.recent.place(quote.Line, quote.Column)
	if errors.Is(err, csv.ErrBareQuote) {
		return c.problem(at, "a quote inside a cell that does not begin with one: %s", quoteAdvice)
	}
	if open, found := c.recent.openQuote(); found && c.rows.InputOffset() == c.recent.end() {
		return c.problem(open, "the quote that begins here is never closed: close it, or save the file again if it was cut off")
	}
	if quote.Line > quote.StartLine {
		return c.problem(at, "text after a closing quote, in a row that began on line %d: a quote is missing or too much on the way", quote.StartLine)
	}
	return c.problem(at, "text after a closing quote: %s", quoteAdvice)
}

// longRow is the Problem of a row that was given up.
func (c *cellReader) longRow() error {
	if open, found := c.recent.openQuote(); found {
		return c.problem(open, "the quote that begins here is not closed within 1 MiB: close it, or delete it; the rest of the file was not read")
	}
	return c.problem(place{c.recent.line, 1}, "the line is longer than 1 MiB: is this a CSV file, with a line break after each row? The rest of it was not read")
}

// problem is a Problem of the file itself. Whoever brings files brings them by the command
// line, which speaks English.
func (c *cellReader) problem(at place, format string, values ...any) refusal {
	return c.tell(at, indicators.Say(format, values...))
}

func (c *cellReader) tell(at place, message indicators.Sentence) refusal {
	return refused(c.file, at.line, at.column, message)
}
