package charts

import (
	"strings"
	"unicode"

	"jalon/charts/letters"
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

func textWidth(text string, size float64) float64 { return letters.Width(text, size) }

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
	room := width/size - letters.Em('…')
	for at, r := range text {
		if room -= letters.Em(r); room < 0 && at > 0 {
			text = text[:at]
			break
		}
	}
	return strings.TrimRight(text, " ,;:") + "…"
}
