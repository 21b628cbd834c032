package web

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"strings"
	"testing"

	"jalon/indicators"
)

const (
	wordType = `application/vnd.openxmlformats-officedocument.wordprocessingml.document`
	wordMain = `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
		`<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="` + wordType + `.main+xml"/>%s</Types>`
)

// An entry of a zip file.
type zipped struct {
	name, content string
	stored        bool
}

func archive(t *testing.T, entries ...zipped) []byte {
	t.Helper()
	var all bytes.Buffer
	w := zip.NewWriter(&all)
	for _, e := range entries {
		header := &zip.FileHeader{Name: e.name, Method: zip.Deflate}
		if e.stored {
			header.Method = zip.Store
		}
		entry, err := w.CreateHeader(header)
		if err != nil {
			t.Fatal(err)
		}
		_, _ = io.WriteString(entry, e.content)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return all.Bytes()
}

// word is a document, with more in its list of parts and more entries.
func word(t *testing.T, parts string, more ...zipped) []byte {
	t.Helper()
	entries := []zipped{{name: "[Content_Types].xml", content: fmt.Sprintf(wordMain, parts)}, {name: "word/document.xml", content: "<w/>"}}
	return archive(t, append(entries, more...)...)
}

// repeated has its directory twice: the same bytes, unfolded twice.
func repeated(t *testing.T, file []byte) []byte {
	t.Helper()
	const length = 22
	body, end := file[:len(file)-length], bytes.Clone(file[len(file)-length:])
	little := binary.LittleEndian
	directory := body[little.Uint32(end[16:]):]
	for _, at := range []int{8, 10} {
		little.PutUint16(end[at:], 2*little.Uint16(end[at:]))
	}
	little.PutUint32(end[12:], 2*little.Uint32(end[12:]))
	return bytes.Join([][]byte{body, directory, end}, nil)
}

func TestOfficeFilesAreWhatTheirLabelSays(t *testing.T) {
	const override = `<Override PartName="/x" ContentType="%s"/>`
	many := make([]zipped, zipEntries+1)
	for n := range many {
		many[n].name = fmt.Sprint("word/", n)
	}
	noise := strings.Repeat("0123456789abcdef", 1<<10)
	for name, tt := range map[string]struct {
		file  []byte
		want  string
		fault indicators.DocumentFault
	}{
		"a document":                 {word(t, ""), wordType, ""},
		"a text of OpenDocument":     {archive(t, zipped{"mimetype", "application/vnd.oasis.opendocument.text", true}, zipped{name: "content.xml"}), "application/vnd.oasis.opendocument.text", ""},
		"a label that is packed":     {archive(t, zipped{name: "mimetype", content: "application/vnd.oasis.opendocument.text"}), "application/zip", ""},
		"another zip":                {archive(t, zipped{name: "a.txt", content: "a"}), "application/zip", ""},
		"a book":                     {archive(t, zipped{"mimetype", "application/epub+zip", true}), "application/epub+zip", ""},
		"macros":                     {word(t, "", zipped{name: "word/vbaProject.bin"}), "", indicators.FileMacros},
		"macros in capitals":         {word(t, "", zipped{name: "word/VBAPROJECT.BIN"}), "", indicators.FileMacros},
		"macros by the list":         {word(t, fmt.Sprintf(override, "application/vnd.ms-word.document.macroEnabled.main+xml")), "", indicators.FileMacros},
		"macros in other letters":    {word(t, fmt.Sprintf(override, "application/vnd.ms-word.document.macro&#69;nabled.main+xml")), "", indicators.FileMacros},
		"macros of OpenDocument":     {archive(t, zipped{"mimetype", "application/vnd.oasis.opendocument.text", true}, zipped{name: "Basic/Standard/Module1.xml"}), "", indicators.FileMacros},
		"macros of old spreadsheets": {word(t, "", zipped{name: "xl/macrosheets/sheet1.xml"}), "", indicators.FileMacros},
		"a program":                  {word(t, "", zipped{name: "word/embeddings/setup.exe"}), "", indicators.FileMacros},
		"a way out":                  {word(t, "", zipped{name: "../../etc/passwd"}), "", indicators.FileBroken},
		"a way out to the root":      {word(t, "", zipped{name: "/etc/passwd"}), "", indicators.FileBroken},
		"a way out of Windows":       {word(t, "", zipped{name: `..\evil.xml`}), "", indicators.FileBroken},
		"a bomb":                     {word(t, "", zipped{name: "word/bomb.xml", content: strings.Repeat("\x00", 50<<20)}), "", indicators.FileBomb},
		"a bomb of shared bytes":     {repeated(t, word(t, "", zipped{name: "word/a.xml", content: noise, stored: true})), "", indicators.FileBomb},
		"a bomb for a label":         {archive(t, zipped{name: "[Content_Types].xml", content: "<Types>" + strings.Repeat(" ", 5<<20) + "</Types>"}), "", indicators.FileBroken},
		"too many entries":           {word(t, "", many...), "", indicators.FileBroken},
		"two documents in one":       {word(t, fmt.Sprintf(override, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml")), "", indicators.FileBroken},
		"a list in other letters":    {archive(t, zipped{name: "[Content_Types].xml", content: "\xff\xfe<\x00"}), "", indicators.FileBroken},
		"something behind":           {append(word(t, ""), "<html>"...), "", indicators.FileBroken},
		"something before":           {append([]byte("<html>"), word(t, "")...), "", indicators.FileBroken},
		"half of it":                 {word(t, "")[:100], "", indicators.FileBroken},
		"four bytes":                 {[]byte("PK\x03\x04"), "", indicators.FileBroken},
	} {
		t.Run(name, func(t *testing.T) {
			got, fault := officeType(bytes.NewReader(tt.file), int64(len(tt.file)))
			if got != tt.want || fault != tt.fault {
				t.Errorf("%q, fault %q; want %q, fault %q", got, fault, tt.want, tt.fault)
			}
		})
	}
}

// Whatever a zip file says of itself, looking at it ends, and soon.
func FuzzOfficeType(f *testing.F) {
	f.Add([]byte("PK\x05\x06\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00"))
	f.Fuzz(func(t *testing.T, file []byte) {
		found, fault := officeType(bytes.NewReader(file), int64(len(file)))
		if found != "" && fault != "" {
			t.Errorf("found %q and fault %q", found, fault)
		}
	})
}
