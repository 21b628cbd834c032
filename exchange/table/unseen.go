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

// unseenIn is the sentence about the first character of a text that may not stand in any:
// a control character other than tab and line feed, or one that overrides the direction.
func unseenIn(text string) indicators.Sentence {
	for _, r := range text {
		switch {
		case r == '\t' || r == '\n':
		case r == leftToRightOverride || r == rightToLeftOverride:
			return unseen(r, indicators.Say("override of the direction"))
		case unicode.IsControl(r):
			return unseen(r, control(r))
		}
	}
	return indicators.Sentence{}
}

func unseen(r rune, name indicators.Sentence) indicators.Sentence {
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
