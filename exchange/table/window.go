package table

import (
	"bytes"
	"io"
	"unicode/utf8"
)

// maxRow is the longest row, in bytes of UTF-8. It bounds the memory that one
// line, or one quote that is never closed, can take.
const maxRow = 1 << 20

// A window hands text on to the CSV reader and keeps that of the row being read, so
// that messages can count its characters. It refuses a row that is too long.
type window struct {
	text    io.Reader
	tooLong func() error // what to say of a row longer than maxRow
	kept    []byte       // handed on; before start it is no longer needed
	start   int          // of the row, in kept
	offset  int64        // of the row, in the stream
	line    int          // of the row, from 1
	refused error        // once a row was too long
}

// Read hands on text, unless the row is too long already.
func (w *window) Read(p []byte) (int, error) {
	w.skipBlankLines()
	if w.refused == nil && len(w.row()) > maxRow {
		w.refused = w.tooLong()
	}
	if w.refused != nil {
		return 0, w.refused
	}
	w.kept = append(w.kept[:0], w.row()...)
	w.start = 0
	n, err := w.text.Read(p)
	w.kept = append(w.kept, p[:n]...)
	return n, err
}

// row is the text of the row and whatever was read beyond it.
func (w *window) row() []byte { return w.kept[w.start:] }

// end is how far into the stream text was handed on.
func (w *window) end() int64 { return w.offset + int64(len(w.row())) }

// release lets the next row begin at the given place of the stream.
func (w *window) release(offset int64) {
	done := w.row()[:offset-w.offset]
	w.line += bytes.Count(done, []byte{'\n'})
	w.start += len(done)
	w.offset = offset
}

// skipBlankLines lets the row begin after the blank lines that the CSV reader skips
// too, so that any number of them is no long row.
func (w *window) skipBlankLines() {
	for {
		rest := bytes.TrimPrefix(w.row(), []byte{'\r'})
		if len(rest) == 0 || rest[0] != '\n' {
			return
		}
		w.release(w.offset + int64(len(w.row())-len(rest)+1))
	}
}

// place turns a line of the file and a byte of it, from 1, into a line and a
// character. A byte beyond the text is taken for its end.
func (w *window) place(line, column int) place {
	text := w.row()
	for n := w.line; n < line; n++ {
		_, text, _ = bytes.Cut(text, []byte{'\n'})
	}
	return place{line, 1 + utf8.RuneCount(text[:min(column-1, len(text))])}
}

// openQuote is where the cell begins whose quote is still open at the end of the
// text, if there is one.
func (w *window) openQuote() (place, bool) {
	text, open := w.row(), -1
	for n := 0; n < len(text); n++ {
		switch {
		case text[n] != '"':
		case open < 0:
			open = n
		case n+1 < len(text) && text[n+1] == '"':
			n++ // a doubled quote stands for one
		default:
			open = -1
		}
	}
	if open < 0 {
		return place{}, false
	}
	line := bytes.Count(text[:open], []byte{'\n'})
	column := open - bytes.LastIndexByte(text[:open], '\n')
	return w.place(w.line+line, column), true
}
