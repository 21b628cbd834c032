package locale

import (
	"regexp"
	"strings"
)

// The French catalogue holds the spaces that keyboards have. Those before high punctuation,
// within guillemets, and before a percent sign belong to the sign beside them: they are narrow
// before ; ! and ? (Lexique des règles typographiques en usage à l'Imprimerie nationale), and no
// line ends there.
var (
	unbroken = strings.NewReplacer(" ;", "\u202f;", " !", "\u202f!", " ?", "\u202f?", " :", "\u00a0:", "« ", "«\u00a0", " »", "\u00a0»", "n° ", "n°\u00a0")
	percent  = regexp.MustCompile(`([0-9}]) %([^A-Za-z%]|$)`)
)

// typeset sets a text of a catalogue as the language is printed.
func (l *Language) typeset(text string) string {
	if l.Code != "fr" {
		return text
	}
	return percent.ReplaceAllString(unbroken.Replace(text), "${1}\u202f%${2}")
}
