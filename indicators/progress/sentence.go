package progress

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// A Sentence says what a rule refuses or doubts, and what to do about it. It is kept in
// parts, so that it can be said in other languages: they know it by its English format.
// The zero Sentence says nothing. As an error it is worded for whoever wrote what is
// refused. It stands on the lowest floor of the domain, for methods refuse as well.
type Sentence struct {
	Format string // English, with the verbs of package fmt
	Args   []any  // what a language may write in its own way is no text yet; also Sentences
}

// Say makes a sentence. The format is a literal, for a test finds those that lack a
// translation; what is within a sentence and has words is a Sentence of its own.
func Say(format string, args ...any) Sentence {
	if false {
		_ = fmt.Sprintf(format, args...) // never: it lets go vet check the verbs
	}
	return Sentence{format, args}
}

// Plain is a text that is said in English everywhere.
func Plain(text string) Sentence { return Sentence{"%s", []any{text}} }

// SentenceOf is the sentence that an error is or wraps, else its own text.
func SentenceOf(err error) Sentence {
	var s Sentence
	if errors.As(err, &s) {
		return s
	}
	return Plain(err.Error())
}

// IsZero tells whether nothing is said.
func (s Sentence) IsZero() bool { return s.Format == "" }

// String says it in English.
func (s Sentence) String() string { return fmt.Sprintf(s.Format, s.Args...) }

// Error says it in English.
func (s Sentence) Error() string { return s.String() }

// MarshalText says it in English, which is what programs read.
func (s Sentence) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads a report again, of which the English is left.
func (s *Sentence) UnmarshalText(text []byte) error {
	*s = Plain(string(text))
	return nil
}

// Quoted is a word as it was given, which a sentence puts in quotes.
type Quoted string

// Quote takes so much of a word as a sentence can bear. It keeps nothing of the text that
// the word was cut out of.
func Quote(word string) Quoted {
	const most = 60
	if runes := []rune(word[:min(len(word), 4*most+4)]); len(runes) > most {
		return Quoted(string(runes[:most-1]) + "…")
	}
	return Quoted(strings.Clone(word))
}

// String is the word in English quotes, with what cannot be seen written out.
func (q Quoted) String() string { return strconv.Quote(string(q)) }

// Plain is the word without quotes, with what cannot be seen written out.
func (q Quoted) Plain() string {
	text := q.String()
	return strings.ReplaceAll(text[1:len(text)-1], `\"`, `"`)
}
