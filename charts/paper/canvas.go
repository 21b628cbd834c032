package paper

import (
	"cmp"
	"encoding/xml"
	"math"
	"slices"
	"strconv"
	"strings"
)

// A canvas gathers what is drawn, from the back to the front.
type canvas struct {
	drawn []element
	defs  []string // patterns and clips, each once
}

type element struct {
	z, level int // in front of what has less; level decides between equal ones
	markup   string
}

// The levels within one z: lines below symbols, below letters.
const (
	lineLevel   = 0
	symbolLevel = 100
	letterLevel = 102
)

// An attribute is written where its value is not empty.
type attribute struct{ name, value string }

// element writes one element of SVG, and keeps it for its place.
func (c *canvas) element(z, level int, name, content string, all ...attribute) {
	c.drawn = append(c.drawn, element{z, level, markup(name, content, all...)})
}

func markup(name, content string, all ...attribute) string {
	var b strings.Builder
	b.WriteString("<" + name)
	for _, a := range all {
		if a.value != "" {
			b.WriteString(" " + a.name + `="` + escaped(a.value) + `"`)
		}
	}
	if content == "" {
		b.WriteString("/>")
	} else {
		b.WriteString(">" + content + "</" + name + ">")
	}
	return b.String()
}

// define keeps a definition under the name of its content, so that pictures that stand in
// one page may share it.
func (c *canvas) define(markup string) {
	if !slices.Contains(c.defs, markup) {
		c.defs = append(c.defs, markup)
	}
}

// picture is the whole, as one SVG.
func (c *canvas) picture(o *option, p *Picture) []byte {
	var b strings.Builder
	width, height := float64(p.Width), float64(p.Height)
	w, h := whole(width), whole(height)
	if p.Mount != nil {
		w, h = whole(width+2*p.Mount.Margin), whole(p.Mount.above()+height+p.Mount.below())
	}
	b.WriteString(`<svg xmlns="http://www.w3.org/2000/svg" width="` + w + `" height="` + h + `" viewBox="0 0 ` + w + " " + h +
		`" font-family="` + escaped(o.TextStyle.Family) + `" role="img">`)
	b.WriteString("<title>" + escaped(p.Title) + "</title><desc>" + escaped(p.Description) + "</desc>\n")
	if len(c.defs) > 0 {
		b.WriteString("<defs>" + strings.Join(c.defs, "") + "</defs>\n")
	}
	b.WriteString(markup("rect", "", attribute{"width", w}, attribute{"height", h}, attribute{"fill", o.Background}) + "\n")
	drawing := c.drawing()
	if p.Mount != nil {
		drawing = p.Mount.around(drawing, width, height)
	}
	b.WriteString(drawing + "</svg>")
	return []byte(b.String())
}

// drawing is everything that was drawn, from the back to the front.
func (c *canvas) drawing() string {
	var b strings.Builder
	slices.SortStableFunc(c.drawn, func(a, b element) int { return cmp.Or(a.z-b.z, a.level-b.level) })
	for _, e := range c.drawn {
		b.WriteString(e.markup + "\n")
	}
	return b.String()
}

// number writes a length to a hundredth of a pixel.
func number(v float64) string {
	return strconv.FormatFloat(math.Round(v*100)/100+0, 'f', -1, 64) // + 0: no minus before a zero
}

// share writes an opacity; the full one needs no words.
func share(v *float64) string {
	if v == nil || *v == 1 {
		return ""
	}
	return number(*v)
}

func escaped(text string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(text)) // a Builder takes whatever it is given
	return b.String()
}

// moveTo and lineTo write steps of a path.
func moveTo(x, y float64) string { return "M" + number(x) + " " + number(y) }
func lineTo(x, y float64) string { return "L" + number(x) + " " + number(y) }

// paint are the attributes of an area. ECharts strokes only what has a colour to stroke with.
func (c *canvas) paint(l look) []attribute {
	fill := l.Color
	if fill == "transparent" || fill == "" {
		fill = "none"
	}
	all := []attribute{{"fill", fill}, {"opacity", share(l.Opacity)}}
	if l.BorderColor != "" && l.BorderWidth != nil && *l.BorderWidth > 0 {
		all = append(all, attribute{"stroke", l.BorderColor}, attribute{"stroke-width", number(*l.BorderWidth)})
	}
	return all
}

// hatch is the pattern of an area that lies over its colour, or nothing.
func (c *canvas) hatch(l look) string {
	if l.Decal == nil {
		return ""
	}
	name := "hatch-" + strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, l.Decal.Color)
	c.define(markup("pattern", markup("rect", "", attribute{"width", "7"}, attribute{"height", "3"}, attribute{"fill", l.Decal.Color}),
		attribute{"id", name}, attribute{"width", "7"}, attribute{"height", "7"},
		attribute{"patternUnits", "userSpaceOnUse"}, attribute{"patternTransform", "rotate(-45)"}))
	return "url(#" + name + ")"
}

// area draws a rectangle, and its hatch.
func (c *canvas) area(z, level int, at rectangle, round float64, l look) {
	place := []attribute{
		{"x", number(at.x)}, {"y", number(at.y)}, {"width", number(at.width)}, {"height", number(at.height)},
	}
	if round > 0 {
		place = append(place, attribute{"rx", number(round)})
	}
	c.element(z, level, "rect", "", append(place, c.paint(l)...)...)
	if fill := c.hatch(l); fill != "" {
		c.element(z, level, "rect", "", append(place, attribute{"fill", fill})...)
	}
}

// A rectangle is a place on the picture.
type rectangle struct{ x, y, width, height float64 }

func (r rectangle) middle() (x, y float64) { return r.x + r.width/2, r.y + r.height/2 }
