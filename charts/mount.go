package charts

import (
	"strings"

	"jalon/charts/paper"
	"jalon/locale"
)

// A Mount is what is said around a picture that leaves its page, where nothing beside it
// says so any more.
type Mount struct {
	Subject string   // what the chart is of, where its title does not say so
	Foot    []string // paragraphs below: unit, sources, day, whose programme it is
}

const mountMargin = 16.0

// Mounted is the chart with its title above and what else a mount says around it, in the
// colours of a theme.
func (c Chart) Mounted(l *locale.Language, t Theme, m Mount) Chart {
	framed := paper.Mount{Margin: mountMargin, RightToLeft: l.Dir == "rtl"}
	lines := func(text, colour string, size float64, bold bool) (all []paper.Line) {
		for _, line := range paragraph(l, text, size, float64(c.Width)/1.06) { // letters differ, and bold ones are wider
			all = append(all, paper.Line{Text: line, Colour: t.Colour(colour), Size: size, Bold: bold})
		}
		return all
	}
	framed.Head = append(lines(c.Title, ink, 17, true), lines(m.Subject, ink, 14, false)...)
	for _, text := range m.Foot {
		framed.Foot = append(framed.Foot, lines(text, soft, 12, false)...)
	}
	c.mount = &framed
	return c
}

// paragraph breaks a text into as many lines as it needs.
func paragraph(l *locale.Language, text string, size, width float64) []string {
	if text = strings.TrimSpace(plain(text)); text == "" {
		return nil
	}
	lines := isolated(strings.Split(wrap(text, size, width, len(text)), "\n"))
	for n := range lines {
		lines[n] = directed(l, lines[n])
	}
	return lines
}

// isolated ends on each line what keeps a direction of its own there, and begins it again
// on the next: the end of a piece that began a line before would end that whole line's.
func isolated(lines []string) []string {
	open := ""
	for n, line := range lines {
		line = open + line
		var begun []rune
		for _, r := range line {
			switch {
			case r >= '\u2066' && r <= '\u2068':
				begun = append(begun, r)
			case string(r) == endOfPiece && len(begun) > 0:
				begun = begun[:len(begun)-1]
			}
		}
		open = string(begun)
		lines[n] = line + strings.Repeat(endOfPiece, len(begun))
	}
	return lines
}
