package table

import (
	"fmt"
	"unicode"

	"jalon/indicators"
)

// The overrides turn any text around. What Arabic beside French may need, the marks,
// embeddings and isolates, only orders it.
const (
	leftToRightOverride = '\u202d'
	rightToLeftOverride = '\u202e'
)

// unseenIn finds the first character of a text that may not stand in any: a control
// character other than tab and line feed, or one that overrides the direction.
func unseenIn(text string) (r rune, found bool) {
	for _, r := range text {
		if r != '\t' && r != '\n' && (isOverride(r) || unicode.IsControl(r)) {
			return r, true
		}
	}
	return 0, false
}

func isOverride(r rune) bool { return r == leftToRightOverride || r == rightToLeftOverride }

// unseen is the sentence about such a character.
func unseen(r rune) indicators.Sentence {
	name := control(r)
	if isOverride(r) {
		name = indicators.Say("override of the direction")
	}
	return indicators.Say("the character %s (%s) stands in this cell, which is not seen but changes how the text is shown: delete it", fmt.Sprintf("U+%04X", r), name)
}

// control is what a control character is commonly called.
func control(r rune) indicators.Sentence {
	switch r {
	case 0x07:
		return indicators.Plain("BEL")
	case 0x08:
		return indicators.Say("backspace")
	case '\r':
		return indicators.Say("carriage return")
	case 0x1b:
		return indicators.Plain("ESC")
	case 0x7f:
		return indicators.Plain("DEL")
	}
	return indicators.Say("control character")
}
