package table

import (
	"fmt"
	"unicode"
)

// The overrides turn any text around. What Arabic beside French may need, the marks,
// embeddings and isolates, only orders it.
const (
	leftToRightOverride = '\u202d'
	rightToLeftOverride = '\u202e'
)

// unseenIn names the first character of a text that may not stand in any: a control
// character other than tab and line feed, or one that overrides the direction.
func unseenIn(text string) (name string, found bool) {
	for _, r := range text {
		switch {
		case r == '\t' || r == '\n':
		case r == leftToRightOverride || r == rightToLeftOverride:
			return fmt.Sprintf("U+%04X (override of the direction)", r), true
		case unicode.IsControl(r):
			return fmt.Sprintf("U+%04X (%s)", r, control(r)), true
		}
	}
	return "", false
}

// control is what a control character is commonly called.
func control(r rune) string {
	switch r {
	case 0x07:
		return "BEL"
	case 0x08:
		return "backspace"
	case '\r':
		return "carriage return"
	case 0x1b:
		return "ESC"
	case 0x7f:
		return "DEL"
	}
	return "control character"
}
