package table

import (
	"bytes"
	"strings"
)

// A dialect is how a CSV file separates its cells and writes its numbers.
type dialect struct {
	separator    rune // ',' ';' or '\t'
	decimalComma bool // reading: 12,5 is a number too; writing: 12.5 is spelled 12,5
	bom          bool // begins with a byte order mark, by which Excel knows UTF-8
}

// plainCSV is what programs expect: RFC 4180 with LF, in UTF-8.
func plainCSV() dialect { return dialect{separator: ','} }

// excelFrench is what a French Excel opens by a double click.
func excelFrench() dialect { return dialect{separator: ';', decimalComma: true, bom: true} }

// spelled is a plain number, "-1234.5", as this dialect writes it.
func (d dialect) spelled(number string) string {
	if d.decimalComma {
		return strings.Replace(number, ".", ",", 1)
	}
	return number
}

// separatorName is the separator as a sentence names it.
func (d dialect) separatorName() string {
	if d.separator == '\t' {
		return "tab"
	}
	return string(d.separator)
}

// tooManyAdvice is how to mend a row with more cells than the heading.
func (d dialect) tooManyAdvice() string {
	if d.separator == ',' {
		return "put a text with a comma in quotes, write a number with a point (12.5), or delete what is too much"
	}
	return "put a text that contains the separator (" + d.separatorName() + ") in quotes, or delete what is too much"
}

// dialectOf takes the separator that occurs most often in the heading line,
// outside quotes; a file of one column has none and may count as any.
func dialectOf(head []byte) dialect {
	var commas, semicolons, tabs int
	quoted := false
	for _, c := range bytes.TrimLeft(head, "\r\n") {
		switch {
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == ',':
			commas++
		case c == ';':
			semicolons++
		case c == '\t':
			tabs++
		}
		if c == '\n' && !quoted {
			break
		}
	}
	switch {
	case semicolons > max(commas, tabs):
		return dialect{separator: ';', decimalComma: true}
	case tabs > commas:
		return dialect{separator: '\t', decimalComma: true}
	}
	return plainCSV()
}

// foreignFormat says what a file is that people hand over by mistake, judged by
// its first bytes; "" for what may be CSV.
func foreignFormat(head []byte) string {
	for _, f := range []struct{ magic, message string }{
		{"PK\x03\x04", "this is an Excel or OpenDocument workbook (or another zip archive), not CSV: save each sheet as CSV UTF-8"},
		{"\xd0\xcf\x11\xe0", "this is an old Excel workbook (.xls), not CSV: save each sheet as CSV UTF-8"},
		{"\xff\xfe", "this file is UTF-16 (Excel's \"Unicode text\"): save it as CSV UTF-8"},
		{"\xfe\xff", "this file is UTF-16: save it as CSV UTF-8"},
		{"%PDF", "this is a PDF, not CSV: export the table itself as CSV UTF-8"},
		{"\x1f\x8b", "this file is compressed (gzip): unpack it first"},
		{"\x89PNG", "this is a picture (PNG), not CSV"},
		{"\xff\xd8\xff", "this is a picture (JPEG), not CSV"},
		{"{\\rtf", "this is a text document (RTF), not CSV: save the table as CSV UTF-8"},
		{"sep=", "delete this line, which only Excel understands: the heading must come first"},
		{"<", "this is a web page or XML, not CSV: a download may have ended at a sign-in page; export the table as CSV UTF-8"},
	} {
		if bytes.HasPrefix(head, []byte(f.magic)) {
			return f.message
		}
	}
	return ""
}
