package charts

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"jalon/locale"
)

// The invisible characters that keep a piece of text in its own direction.
const (
	rightToLeft = "\u2067"
	endOfPiece  = "\u2069"
	wordJoiner  = "\u2060"
)

// plain makes any text fit for a chart: on one line, without characters that XML
// forbids, and with its braces defused, which ECharts would else read as one of
// its placeholders ({b}) or styles ({name|text}).
func plain(text string) string {
	text = strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t' || r == '\r':
			return ' '
		case unicode.IsControl(r) || r == unicode.ReplacementChar || r == '\ufffe' || r == '\uffff':
			return -1
		}
		return r
	}, text)
	return strings.ReplaceAll(text, "{", "{"+wordJoiner)
}

// inStyle marks a text, already plain, as one to be written in a style of its label's
// Rich. A brace would end the style before its time, and cannot be escaped.
func inStyle(style, text string) string {
	return "{" + style + "|" + strings.ReplaceAll(text, "}", "\uff5d") + "}"
}

// directed isolates each line of a text in the direction of the language: a
// picture has no direction of its own, and without this "2 sur 3" of an Arabic
// chart would read from the wrong end.
func directed(l *locale.Language, text string) string {
	if l.Dir != "rtl" || text == "" {
		return text
	}
	lines := strings.Split(text, "\n")
	for n := range lines {
		lines[n] = rightToLeft + lines[n] + endOfPiece
	}
	return strings.Join(lines, "\n")
}

// figure isolates a number, period, day or code, which keep their order in any text.
func figure(l *locale.Language, text string) string {
	return l.Isolate(text)
}

// measure estimates the width in pixels of a text in a CSS font such as "bold
// 12px system-ui": no font is loaded where no browser is. ECharts asks for it too.
func measure(text, font string) float64 {
	size := 12.0
	if found := fontSize.FindStringSubmatch(font); found != nil {
		size, _ = strconv.ParseFloat(found[1], 64)
	}
	width := textWidth(text, size)
	if strings.Contains(font, "bold") || strings.Contains(font, "600") {
		width *= 1.06
	}
	return width
}

var fontSize = regexp.MustCompile(`(\d+(?:\.\d+)?)px`)

// textWidth adds up the usual widths of letters in a sans-serif font.
func textWidth(text string, size float64) float64 {
	em := 0.0
	for _, r := range text {
		em += letterWidth(r)
	}
	return em * size
}

// letterWidth is the usual width of a letter, in its size.
func letterWidth(r rune) float64 {
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

// wrap breaks a text into lines of a width at most; what does not fit into the
// last of them is cut, with an ellipsis.
func wrap(text string, size, width float64, lines int) string {
	var done []string
	current := ""
	words := strings.FieldsFunc(text, func(r rune) bool { return r == ' ' }) // others join the groups of a number
	for n, word := range words {
		longer := strings.TrimSpace(current + " " + word)
		if current == "" || textWidth(longer, size) <= width {
			current = longer
			continue
		}
		if len(done) == lines-1 {
			current += " " + strings.Join(words[n:], " ")
			break
		}
		done, current = append(done, current), word
	}
	done = append(done, current)
	for n := range done {
		done[n] = cut(done[n], size, width)
	}
	return strings.Join(done, "\n")
}

func cut(text string, size, width float64) string {
	if textWidth(text, size) <= width {
		return text
	}
	room := width/size - letterWidth('…')
	for at, r := range text {
		if room -= letterWidth(r); room < 0 && at > 0 {
			text = text[:at]
			break
		}
	}
	return strings.TrimRight(text, " ,;:") + "…"
}
