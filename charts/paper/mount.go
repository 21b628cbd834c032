package paper

import (
	"math"
	"strconv"
	"strings"
)

// A Mount is what stands around a drawing that leaves its page: lines of text above and
// below it, and an empty margin on all sides.
type Mount struct {
	Head, Foot  []Line
	Margin      float64
	RightToLeft bool // lines begin at the right
}

// A Line is a line of text, already broken.
type Line struct {
	Text, Colour string
	Size         float64
	Bold         bool
}

// height is that of the line with the air around it.
func (l Line) height() float64 { return math.Ceil(l.Size * 1.4) }

// above and below are the heights that a mount adds to a drawing: the margin, and between
// lines and drawing half of it.
func (m *Mount) above() float64 { return m.room(m.Head) }
func (m *Mount) below() float64 { return m.room(m.Foot) }

func (m *Mount) room(lines []Line) float64 {
	all := m.Margin
	for _, l := range lines {
		all += l.height()
	}
	if len(lines) > 0 {
		all += m.Margin / 2
	}
	return math.Ceil(all)
}

// around puts the lines above and below a drawing of a width and height, which is moved
// to its place between them.
func (m *Mount) around(drawing string, width, height float64) string {
	var b strings.Builder
	m.lines(&b, m.Head, width, m.Margin)
	b.WriteString(markup("g", "\n"+drawing, attribute{"transform", "translate(" + number(m.Margin) + " " + number(m.above()) + ")"}) + "\n")
	m.lines(&b, m.Foot, width, m.above()+height+m.Margin/2)
	return b.String()
}

// lines writes lines one under the other, the first one's upper edge at y.
func (m *Mount) lines(b *strings.Builder, all []Line, width, y float64) {
	x, align := m.Margin, "left"
	if m.RightToLeft {
		x, align = m.Margin+width, "right"
	}
	for _, l := range all {
		hand := []attribute{{"font-size", number(l.Size)}, {"fill", l.Colour}}
		if l.Bold {
			hand = append(hand, attribute{"font-weight", "600"})
		}
		b.WriteString(markup("text", escaped(l.Text), append(spot(x, y+l.height()/2, align), hand...)...) + "\n")
		y += l.height()
	}
}

// whole writes a length that is a whole number of pixels.
func whole(v float64) string { return strconv.Itoa(int(v)) }
