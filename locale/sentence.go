package locale

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strconv"
)

// The sentences of the rules are written in English where the rules are; here they are
// found by their English format, as gettext does. English therefore has no catalogue of
// them, and a sentence that a language lacks is said in English.
const sentencesFile = "rules.json"

func (l *Language) readSentences(file string) error {
	data, err := catalogues.ReadFile(file)
	if err != nil {
		return fmt.Errorf("reading %s: %w", file, err)
	}
	if err := json.Unmarshal(data, &l.sentences); err != nil {
		return fmt.Errorf("reading %s: %w", file, err)
	}
	for format, text := range l.sentences {
		l.sentences[format] = l.typeset(text)
	}
	if l.Dir != "rtl" {
		return nil
	}
	// Between Arabic words "2026-Q1" would be shown as "Q1-2026".
	foreign := regexp.MustCompile(verbs + `|<?[0-9A-Za-z](?:[0-9A-Za-z_.,:=|@+/<>-]*[0-9A-Za-z_+=@])?`)
	for format, text := range l.sentences {
		l.sentences[format] = foreign.ReplaceAllStringFunc(text, func(run string) string {
			if run[0] == '%' { // an argument isolates itself
				return run
			}
			return l.Isolate(run)
		})
	}
	return nil
}

// verbs is what stands for an argument in a format: "%s", "%d" or, out of order, "%[2]s".
// Two percent signs are one.
const verbs = `%(?:\[([0-9]+)\])?[a-zA-Z%]`

var verb = regexp.MustCompile(verbs)

// Sentence says a sentence of the rules, which is known by its English format. The
// arguments are written already.
func (l *Language) Sentence(format string, args ...string) string {
	text, found := l.sentences[format]
	if !found {
		text = format
	}
	next := 0
	return verb.ReplaceAllStringFunc(text, func(v string) string {
		if v == "%%" {
			return "%"
		}
		if at, err := strconv.Atoi(verb.FindStringSubmatch(v)[1]); err == nil {
			next = at - 1
		}
		if next++; next < 1 || next > len(args) {
			return v
		}
		return args[next-1]
	})
}

// Quoted puts a word as it was given into the quotes of the language.
func (l *Language) Quoted(word string) string {
	switch l.Code {
	case "fr":
		return "«\u00a0" + word + "\u00a0»"
	case "ar":
		return "«" + l.Isolate(word) + "»"
	}
	return `"` + word + `"`
}
