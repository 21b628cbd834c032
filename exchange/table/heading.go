package table

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"jalon/indicators"
)

// A heading is what is known of a column before any row is read.
type heading struct {
	name     string // of the contract: what scripts write
	french   string // of the template: what people see
	required bool   // an empty cell is refused
	key      bool   // part of what tells the row from all others
	kind     Kind
	words    []string // that OneOf chooses from
	names    string   // what Code, Codes and Links are taken from
}

// removal is the heading that every table has: yes ends the row's entry.
func removal() heading { return heading{name: "remove", french: "Supprimer"} }

// folded is a heading as headings are compared: small letters and digits without
// accents, whatever else stands between them one space. "★ Titre (français)" and
// "titre francais" are alike, and so are "Title_FR" and "title fr".
func folded(text string) string {
	var word strings.Builder
	gap := false
	for _, r := range norm.NFKD.String(text) {
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			if gap && word.Len() > 0 {
				word.WriteByte(' ')
			}
			word.WriteRune(unicode.ToLower(r))
			gap = false
		case !unicode.Is(unicode.Mn, r):
			gap = true
		}
	}
	return word.String()
}

// nearest is the candidate that looks most like the word, or "" where none is
// near enough to have been meant.
func nearest(word string, candidates []string) string {
	plain := make([]string, len(candidates))
	for n, c := range candidates {
		plain[n] = folded(c)
	}
	if n := indicators.Nearest(folded(word), plain); n >= 0 {
		return candidates[n]
	}
	return ""
}
