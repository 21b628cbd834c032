package paper

import (
	"strings"

	"jalon/charts/letters"
)

// write puts a label on the rectangle that it belongs to.
func (c *canvas) write(z int, b *label, at rectangle) {
	if b == nil || !b.Show || b.Formatter == "" {
		return
	}
	x, y, align, vertical := b.place(at)
	c.text(z, b.lines(), x, y, align, vertical)
}

// text writes lines at a point.
func (c *canvas) text(z int, lines [][]piece, x, y float64, align, vertical string) {
	heights, whole := make([]float64, len(lines)), 0.0
	for n, line := range lines {
		for _, p := range line {
			heights[n] = max(heights[n], p.height())
		}
		whole += heights[n]
	}
	switch vertical {
	case "middle":
		y -= whole / 2
	case "bottom":
		y -= whole
	}
	for n, line := range lines {
		c.line(z, line, x, y+heights[n]/2, align)
		y += heights[n]
	}
}

// height is that of the line that a piece stands in.
func (p *piece) height() float64 {
	inner := max(p.LineHeight, p.FontSize)
	if p.LineHeight > 0 {
		inner = p.LineHeight
	}
	return inner + 2*p.Padding[0]
}

func (p *piece) width() float64 {
	if p.Width > 0 {
		return float64(p.Width)
	}
	measure := letters.Width
	if p.FontWeight == "bold" || p.FontWeight == "600" {
		measure = letters.Bold
	}
	return measure(p.text, p.FontSize) + 2*p.Padding[1]
}

// boxed tells that a piece keeps a place of its own.
func (p *piece) boxed() bool { return p.Width > 0 || p.Padding != [2]float64{} || p.Background != "" }

// line writes one line, whose middle is at y. The pieces of one follow each other as the
// reader's own letters are wide, unless one keeps a place of its own.
func (c *canvas) line(z int, pieces []piece, x, y float64, align string) {
	boxed := false
	for n := range pieces {
		boxed = boxed || pieces[n].boxed()
	}
	if boxed {
		c.boxes(z, pieces, x, y, align)
		return
	}
	switch len(pieces) {
	case 0:
	case 1:
		c.element(z, letterLevel, "text", escaped(pieces[0].text), append(spot(x, y, align), pieces[0].attributes()...)...)
	default:
		var spans strings.Builder
		for n := range pieces {
			spans.WriteString(markup("tspan", escaped(pieces[n].text), pieces[n].attributes()...))
		}
		c.element(z, letterLevel, "text", spans.String(), append(spot(x, y, align), attribute{"xml:space", "preserve"})...)
	}
}

// boxes writes pieces side by side, each as wide as it says or as letters usually are.
func (c *canvas) boxes(z int, pieces []piece, x, y float64, align string) {
	whole := 0.0
	for n := range pieces {
		whole += pieces[n].width()
	}
	switch align {
	case "center":
		x -= whole / 2
	case "right":
		x -= whole
	}
	for n := range pieces {
		p := &pieces[n]
		if p.Background != "" {
			high := p.FontSize + 2*p.Padding[0]
			c.area(z, letterLevel, rectangle{x, y - high/2, p.width(), high}, p.BorderRadius,
				look{Color: p.Background, BorderColor: p.BorderColor, BorderWidth: &p.BorderWidth})
		}
		at, side := x+p.Padding[1], "left"
		switch {
		case p.Align == "right":
			at, side = x+p.width()-p.Padding[1], "right"
		case p.Background != "" || p.Align == "center":
			at, side = x+p.width()/2, "center"
		}
		c.element(z, letterLevel, "text", escaped(p.text), append(spot(at, y, side), p.attributes()...)...)
		x += p.width()
	}
}

func spot(x, y float64, align string) []attribute {
	anchor := map[string]string{"center": "middle", "right": "end"}[align]
	return []attribute{{"x", number(x)}, {"y", number(y)}, {"text-anchor", anchor}, {"dominant-baseline", "central"}}
}

// attributes are those of a piece's letters.
func (p *piece) attributes() []attribute {
	all := []attribute{{"font-size", number(p.FontSize)}, {"font-weight", p.FontWeight}, {"fill", p.Color}}
	if p.Halo != "" && p.HaloWide > 0 {
		all = append(all, attribute{"stroke", p.Halo}, attribute{"stroke-width", number(p.HaloWide)},
			attribute{"stroke-linejoin", "round"}, attribute{"paint-order", "stroke"})
	}
	return all
}

// A caption is a text at an edge of the picture.
type caption struct {
	Left, Right *float64
	Y           float64
	Z           int
	Style       struct {
		Text string
		Fill string
		Halo string  `json:"stroke"`
		Wide float64 `json:"lineWidth"`
		hand
	}
}

func (c *canvas) caption(t *caption, width float64) {
	x := 0.0
	switch {
	case t.Left != nil:
		x = *t.Left
	case t.Right != nil:
		x = width - *t.Right
	}
	written := t.Style.hand
	written.Color, written.Halo, written.HaloWide = t.Style.Fill, t.Style.Halo, t.Style.Wide
	var lines [][]piece
	for line := range strings.SplitSeq(t.Style.Text, "\n") {
		lines = append(lines, []piece{{line, written}})
	}
	c.text(t.Z, lines, x, t.Y, written.Align, written.VerticalAlign)
}
