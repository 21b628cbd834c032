// Package locale gives words, numbers and dates in the reader's language. It
// knows no indicator and no page: callers name a text by its key.
package locale

import (
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
)

//go:embed fr/*.json ar/*.json en/*.json
var catalogues embed.FS

// Codes lists the languages, the first being the one that stands in for the others.
func Codes() []string { return []string{"fr", "ar", "en"} }

// A Language turns keys, numbers and dates into what its readers read.
type Language struct {
	Code string // "fr", "ar", "en"
	Dir  string // "ltr" or "rtl"

	words     map[string]string
	sentences map[string]string // of the rules, by their English format
	fallback  *Language         // nil for French
}

// Load reads the catalogues built into the program, by code.
func Load() (map[string]*Language, error) {
	all := map[string]*Language{}
	for _, code := range Codes() {
		l := &Language{Code: code, Dir: "ltr", words: map[string]string{}, fallback: all[Codes()[0]]}
		if code == "ar" {
			l.Dir = "rtl"
		}
		files, err := fs.Glob(catalogues, path.Join(code, "*.json"))
		if err != nil {
			return nil, fmt.Errorf("listing the catalogue %s: %w", code, err)
		}
		for _, file := range files {
			read := l.read
			if path.Base(file) == sentencesFile {
				read = l.readSentences
			}
			if err := read(file); err != nil {
				return nil, err
			}
		}
		all[code] = l
	}
	return all, nil
}

func (l *Language) read(file string) error {
	data, err := catalogues.ReadFile(file)
	if err != nil {
		return fmt.Errorf("reading %s: %w", file, err)
	}
	var words map[string]string
	if err := json.Unmarshal(data, &words); err != nil {
		return fmt.Errorf("reading %s: %w", file, err)
	}
	isolated := l.figuresIsolated()
	for key, word := range words {
		if _, twice := l.words[key]; twice {
			return fmt.Errorf("reading %s: the key %q stands in two files of the catalogue", file, key)
		}
		l.words[key] = isolated(l.typeset(word))
	}
	return nil
}

// Keys lists the keys of the language's own catalogue, sorted.
func (l *Language) Keys() []string {
	keys := make([]string, 0, len(l.words))
	for key := range l.words {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}

// T is the text of a key, in which {0}, {1} … stand for the arguments. A text that
// the language lacks is given in French; one that no language has, as its key.
func (l *Language) T(key string, args ...any) string {
	text, found := l.words[key]
	switch {
	case !found && l.fallback != nil:
		return l.fallback.T(key, args...)
	case !found:
		return key
	}
	if len(args) == 0 {
		return text
	}
	pairs := make([]string, 0, 2*len(args))
	for n, arg := range args {
		pairs = append(pairs, fmt.Sprintf("{%d}", n), fmt.Sprint(arg))
	}
	return strings.NewReplacer(pairs...).Replace(text) // once: an argument may itself contain {1}
}

// Has tells whether the language itself has a text for the key.
func (l *Language) Has(key string) bool {
	_, found := l.words[key]
	return found
}

// N is the text of a key for a number of things: the key is followed by the
// plural form of the number in this language ("days.one", "days.other"; Arabic
// also zero, two, few and many). {0} is the number, {1} … the further arguments.
func (l *Language) N(key string, n int, args ...any) string {
	form := key + "." + l.plural(n)
	if !l.Has(form) {
		form = key + ".other"
	}
	if !l.Has(form) && l.fallback != nil {
		return l.fallback.N(key, n, args...)
	}
	return l.T(form, append([]any{l.Integer(n)}, args...)...)
}

// plural is the CLDR category of a whole number.
func (l *Language) plural(n int) string {
	if n < 0 {
		n = -n
	}
	switch {
	case l.Code == "fr" && (n == 0 || n == 1), l.Code == "en" && n == 1:
		return "one"
	case l.Code != "ar":
		return "other"
	}
	switch rest := n % 100; {
	case n == 0:
		return "zero"
	case n == 1:
		return "one"
	case n == 2:
		return "two"
	case rest >= 3 && rest <= 10:
		return "few"
	case rest >= 11:
		return "many"
	}
	return "other"
}
