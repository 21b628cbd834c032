package indicators

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxFileName bounds a file's name, in bytes: what every file system takes.
const maxFileName = 150

// FileName is the safe form of a name that somebody gave a file: its last part, in one
// line, without what steers a terminal, the direction of text or a file system. Letters
// of every script stay. What is left of nothing is "document" with the extension.
func FileName(given string) string {
	name := given[strings.LastIndexAny(given, `/\`)+1:]
	name = strings.Map(safeRune, strings.ToValidUTF8(name, ""))
	name = strings.TrimRight(strings.Join(strings.Fields(name), " "), ". ")
	stem, extension := name, ""
	if dot := strings.LastIndexByte(name, '.'); dot >= 0 {
		stem, extension = name[:dot], strings.ToLower(name[dot:])
	}
	if !isExtension(extension) {
		stem, extension = strings.ReplaceAll(name, ".", "_"), ""
	}
	stem = strings.Trim(shortened(stem, maxFileName-len(extension)-1), ". ")
	switch {
	case stem == "":
		stem = "document"
	case slices.Contains(reservedNames(), strings.ToUpper(firstWord(stem))):
		stem = "_" + stem
	}
	return stem + extension
}

// isExtension tells whether a text is a dot with a few letters or digits, or nothing.
func isExtension(text string) bool {
	const most = 10
	for n, r := range []byte(text) {
		if n == 0 && r != '.' || n > 0 && (r < '0' || r > '9' && r < 'a' || r > 'z') {
			return false
		}
	}
	return len(text) <= most
}

// safeRune is the character itself, a blank, a stand-in, or -1 for one to leave out.
func safeRune(r rune) rune {
	switch {
	case unicode.IsLetter(r), unicode.IsMark(r), unicode.IsNumber(r), strings.ContainsRune("-_.,()+'’&@=", r):
		return r
	case r != '\r' && r != '\n' && unicode.IsSpace(r):
		return ' '
	case unicode.Is(unicode.C, r) || r == utf8.RuneError || unicode.IsSpace(r):
		return -1 // control characters, overrides of the direction, private ones
	}
	return '_'
}

// reservedNames are devices where files are kept by Windows, whatever their extension.
func reservedNames() []string {
	names := []string{"CON", "PRN", "AUX", "NUL"}
	for _, n := range "123456789" {
		names = append(names, "COM"+string(n), "LPT"+string(n))
	}
	return names
}

func firstWord(stem string) string {
	word, _, _ := strings.Cut(stem, ".")
	return strings.TrimSpace(word)
}

// shortened cuts a text to a number of bytes, between two characters.
func shortened(text string, most int) string {
	if len(text) <= most {
		return text
	}
	for most > 0 && !utf8.RuneStart(text[most]) {
		most--
	}
	return text[:most]
}
