package table

import (
	"bytes"
	"fmt"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"jalon/indicators"
)

// chunkSize is how much of a file is read and judged at a time, in bytes.
const chunkSize = 64 << 10

type encoding int

const (
	undecided encoding = iota // only ASCII so far
	inUTF8
	inWindows1252
)

// A decoder reads a file as UTF-8 text. The first chunk with a byte beyond ASCII
// decides between UTF-8 and Windows-1252, so a large file need not be read ahead.
// What is no text ends the stream with a Problem; all before it is handed on.
type decoder struct {
	file   string
	raw    io.Reader
	chunk  []byte // raw bytes; the first carried are left over from the chunk before
	carry  int    // bytes of a character cut in two by the end of a chunk
	text   []byte // decoded, reused for every chunk
	ready  []byte // decoded, not yet handed on
	coding encoding
	loneCR bool // lines end in CR alone, as on old Macintoshes
	line   int  // of the next character to be decoded
	column int
	err    error // what ends the stream once ready is empty
}

func newDecoder(file string, raw io.Reader) *decoder {
	return &decoder{file: file, raw: raw, chunk: make([]byte, chunkSize), line: 1, column: 1}
}

// start reads the first chunk, takes away the byte order mark and refuses what is
// no text. It returns the beginning of the text without consuming it.
func (d *decoder) start() []byte {
	n := d.fill()
	first := d.chunk[:n]
	if bare, found := bytes.CutPrefix(first, []byte("\ufeff")); found {
		d.coding = inUTF8
		n = copy(d.chunk, bare)
		first = d.chunk[:n]
	}
	if message := foreignFormat(first); message != "" {
		d.err = refused(d.file, 1, 1, indicators.Plain(message))
		return nil
	}
	end := bytes.IndexAny(first, "\r\n")
	d.loneCR = end >= 0 && end+1 < len(first) && first[end] == '\r' && first[end+1] != '\n'
	d.decode(n)
	return d.ready
}

// Read hands on decoded text.
func (d *decoder) Read(p []byte) (int, error) {
	for len(d.ready) == 0 {
		if d.err != nil {
			return 0, d.err
		}
		d.decode(d.fill())
	}
	n := copy(p, d.ready)
	d.ready = d.ready[n:]
	return n, nil
}

// fill reads until the chunk is full or the stream ends and returns the bytes in
// it. io.ReadFull will not do: it hides a stream that broke off (ErrUnexpectedEOF).
func (d *decoder) fill() int {
	n := d.carry
	for n < len(d.chunk) && d.err == nil {
		m, err := d.raw.Read(d.chunk[n:])
		n += m
		if err == io.EOF {
			d.err = io.EOF
		} else if err != nil {
			d.err = fmt.Errorf("reading %s: %w", d.file, err)
		}
	}
	return n
}

// decode turns the first n bytes of the chunk into ready text.
func (d *decoder) decode(n int) {
	whole := d.chunk[:n]
	if d.err == nil {
		whole = whole[:n-unfinished(whole)]
	}
	bad, message := -1, "" // where in text the first thing stands that is no text, and why
	if d.coding != inWindows1252 {
		bad = d.decide(whole)
		message = "this byte is not UTF-8, though the rest of the file is: save the whole file again as CSV UTF-8"
	}
	if d.coding == inWindows1252 {
		bad = d.fromWindows1252(whole)
		message = "this byte is no character in UTF-8 or in Windows-1252: save the file as CSV UTF-8"
	} else {
		d.text = append(d.text[:0], whole...)
	}
	if nul := bytes.IndexByte(d.text, 0); nul >= 0 && (bad < 0 || nul < bad) {
		bad = nul
		message = "there is a NUL byte here, so this is a binary file, UTF-16 or damaged: save the table as CSV UTF-8"
	}
	if bad >= 0 {
		d.text = d.text[:bad]
	}
	if d.loneCR {
		replaceCR(d.text)
	}
	d.advance()
	d.ready = d.text
	d.carry = copy(d.chunk, d.chunk[len(whole):n])
	if bad >= 0 {
		d.err = refused(d.file, d.line, d.column, indicators.Plain(message))
	}
}

// decide settles the encoding once there are bytes beyond ASCII and returns where
// UTF-8 is broken, or -1. A file with more broken than sound sequences is taken for
// Windows-1252; one with fewer is UTF-8 that was damaged, which guessing would spoil.
func (d *decoder) decide(b []byte) int {
	broken, sound, first := 0, 0, -1
	if !utf8.Valid(b) || d.coding == undecided {
		broken, sound, first = sequences(b)
	}
	switch {
	case broken+sound == 0:
		return -1
	case d.coding == undecided && broken > sound:
		d.coding = inWindows1252
		return -1
	}
	d.coding = inUTF8
	return first
}

// sequences counts the broken and the sound UTF-8 sequences beyond ASCII, and tells
// where the first broken one is, or -1.
func sequences(b []byte) (broken, sound, first int) {
	first = -1
	for i := 0; i < len(b); {
		if b[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, size := utf8.DecodeRune(b[i:])
		if r != utf8.RuneError || size > 1 {
			sound++
		} else if broken++; first < 0 {
			first = i
		}
		i += size
	}
	return broken, sound, first
}

// fromWindows1252 decodes b into text and returns where in it the first byte came
// out that Windows-1252 leaves undefined, or -1.
func (d *decoder) fromWindows1252(b []byte) int {
	bad := -1
	d.text = d.text[:0]
	for _, c := range b {
		r := charmap.Windows1252.DecodeByte(c)
		if undefined := r >= 0x80 && r < 0xa0 || r == utf8.RuneError; undefined && bad < 0 {
			bad = len(d.text)
		}
		d.text = utf8.AppendRune(d.text, r)
	}
	return bad
}

// advance moves line and column to the end of text.
func (d *decoder) advance() {
	if last := bytes.LastIndexByte(d.text, '\n'); last >= 0 {
		d.line += bytes.Count(d.text, []byte{'\n'})
		d.column = 1 + utf8.RuneCount(d.text[last+1:])
		return
	}
	d.column += utf8.RuneCount(d.text)
}

// replaceCR makes every CR a LF.
func replaceCR(text []byte) {
	for at := bytes.IndexByte(text, '\r'); at >= 0; at = bytes.IndexByte(text, '\r') {
		text[at] = '\n'
		text = text[at+1:]
	}
}

// unfinished is how many bytes at the end of b begin a UTF-8 sequence that goes on
// in the next chunk.
func unfinished(b []byte) int {
	for n := 1; n < utf8.UTFMax && n <= len(b); n++ {
		if tail := b[len(b)-n:]; utf8.RuneStart(tail[0]) {
			if utf8.FullRune(tail) {
				return 0
			}
			return n
		}
	}
	return 0
}
