// Package letters estimates how wide a text is, where no font is loaded: options are laid
// out, and pictures drawn, before anybody looks at them. It knows no chart.
package letters

import (
	"strings"
	"unicode"
)

// Width adds up the usual widths of letters in a sans-serif font of a size, in pixels.
func Width(text string, size float64) float64 {
	em := 0.0
	for _, r := range text {
		em += Em(r)
	}
	return em * size
}

// Bold is Width in a bold font.
func Bold(text string, size float64) float64 { return Width(text, size) * 1.06 }

// Em is the usual width of a letter, in its size.
func Em(r rune) float64 {
	switch {
	case r >= 0x2066 && r <= 0x2069 || r == 0x2060 || r >= 0x064b && r <= 0x0652: // isolates, vowel signs
		return 0
	case strings.ContainsRune("iljtfrI.,:;'’|!()[] \u202f\u00a0·", r):
		return 0.31
	case strings.ContainsRune("mwMW%", r):
		return 0.86
	case r < 0x0600 && unicode.IsUpper(r):
		return 0.66
	case r >= 0x0600 && r < 0x0700:
		return 0.5
	case r >= 0x2e80:
		return 1
	}
	return 0.56
}
