package table

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// A heading is what is known of a column before any row is read.
type heading struct {
	name     string // of the contract: what scripts write
	french   string // of the template: what people see
	required bool   // an empty cell is refused
	key      bool   // part of what tells the row from all others
	number   bool   // digits that a spreadsheet may compute with
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
	word = folded(word)
	found, least := "", max(2, len(word)/3)+1
	for _, c := range candidates {
		if d := distance(word, folded(c)); d < least {
			found, least = c, d
		}
	}
	return found
}

// distance counts the characters to be added, dropped or replaced to make one word
// of the other (Levenshtein). Words longer than any heading are not measured.
func distance(a, b string) int {
	from, to := []rune(a), []rune(b)
	if len(from) > 100 {
		return len(from)
	}
	row := make([]int, len(to)+1)
	for j := range row {
		row[j] = j
	}
	for i, r := range from {
		diagonal := row[0]
		row[0] = i + 1
		for j, s := range to {
			cost := 1
			if r == s {
				cost = 0
			}
			diagonal, row[j+1] = row[j+1], min(row[j+1]+1, row[j]+1, diagonal+cost)
		}
	}
	return row[len(to)]
}
