package paper

import (
	"math"
	"strings"
)

// lines draws a line through values, with a gap where there is none, the symbols that
// stand on it, and what lies behind it: rules across the plot and areas of it.
func (c *canvas) lines(s *series, f frame) {
	c.areas(s, f)
	c.rules(s, f)
	var way strings.Builder
	apart, outside := true, false
	for n := range s.Data {
		x, y, ok := s.Data[n].point()
		if !ok {
			apart = true
			continue
		}
		px, py := f.across.at(x), f.down.at(y)
		outside = outside || px < f.x-1 || px > f.x+f.width+1 || py < f.y-1 || py > f.y+f.height+1
		if apart {
			way.WriteString(moveTo(px, py))
		} else {
			way.WriteString(lineTo(px, py))
		}
		apart = false
	}
	if way.Len() > 0 {
		all := append([]attribute{{"d", way.String()}, {"fill", "none"}, {"stroke-linejoin", "bevel"}}, s.LineStyle.attributes()...)
		if outside && s.clipped() {
			all = append(all, attribute{"clip-path", c.clip(f.rectangle)})
		}
		c.element(s.z(), lineLevel, "path", "", all...)
	}
	c.onLine(s, f)
}

// onLine draws the symbols of a line.
func (c *canvas) onLine(s *series, f frame) {
	for n := range s.Data {
		d := &s.Data[n]
		name, extent := s.sign(d)
		x, y, ok := d.point()
		if !ok || name == "none" || name == "" || extent[0] == 0 {
			continue
		}
		at := rectangle{f.across.at(x) - extent[0]/2, f.down.at(y) - extent[1]/2, extent[0], extent[1]}
		c.symbol(s.z(), name, at, d.ItemStyle.over(s.ItemStyle))
		c.write(s.z(), d.Label, at)
	}
}

// attributes are those of a stroke.
func (p pen) attributes() []attribute {
	width := 2.0
	if p.Width != nil {
		width = *p.Width
	}
	dashes := ""
	switch p.Type {
	case "dashed":
		dashes = number(4*width) + " " + number(2*width)
	case "dotted":
		dashes = number(width)
	}
	return []attribute{
		{"stroke", p.Color}, {"stroke-width", number(width)}, {"stroke-dasharray", dashes}, {"opacity", share(p.Opacity)},
	}
}

// clip is the name of a definition that keeps a line within a rectangle.
func (c *canvas) clip(r rectangle) string {
	name := "within-" + strings.Join([]string{number(r.x), number(r.y), number(r.width), number(r.height)}, "-")
	c.define(markup("clipPath", markup("rect", "", attribute{"x", number(r.x)}, attribute{"y", number(r.y)},
		attribute{"width", number(r.width)}, attribute{"height", number(r.height)}), attribute{"id", name}))
	return "url(#" + name + ")"
}

// ruleZ is where ECharts draws rules, unless a chart says otherwise.
const ruleZ = 5

// rules draws straight lines across the plot, each on whole pixels, and what is written at
// the end where they start.
func (c *canvas) rules(s *series, f frame) {
	z := ruleZ
	if s.MarkLine.Z != nil {
		z = *s.MarkLine.Z
	}
	for n := range s.MarkLine.Data {
		r := &s.MarkLine.Data[n]
		var from, to [2]float64
		switch {
		case r.X != nil:
			x := crisp(f.across.at(*r.X))
			from, to = [2]float64{x, f.y + f.height}, [2]float64{x, f.y}
		case r.Y != nil:
			y := crisp(f.down.at(*r.Y))
			from, to = [2]float64{f.x, y}, [2]float64{f.x + f.width, y}
			if f.across.step < 0 {
				from, to = to, from
			}
		default:
			continue
		}
		if r.LineStyle.Color != "transparent" {
			c.element(z, lineLevel, "path", "", append([]attribute{
				{"d", moveTo(from[0], from[1]) + lineTo(to[0], to[1])}, {"fill", "none"},
			}, r.LineStyle.attributes()...)...)
		}
		r.Label.Position = r.side(f)
		c.write(z, &r.Label, rectangle{from[0], from[1], 0, 0})
	}
}

// side is where a rule's label stands beside the point where it starts.
func (r *rule) side(f frame) string {
	switch {
	case r.X != nil:
		return "bottom"
	case f.across.step < 0:
		return "right"
	}
	return "left"
}

// crisp puts a thin line on whole pixels, as ECharts does.
func crisp(v float64) float64 {
	halves := math.Round(2 * v)
	if math.Mod(halves, 2) == 0 {
		halves--
	}
	return halves / 2
}

// areas fills rectangles of the plot.
func (c *canvas) areas(s *series, f frame) {
	for _, corners := range s.MarkArea.Data {
		x0, y0 := f.across.at(corners[0].Coord[0]), f.down.at(corners[0].Coord[1])
		x1, y1 := f.across.at(corners[1].Coord[0]), f.down.at(corners[1].Coord[1])
		c.area(1, lineLevel, rectangle{min(x0, x1), min(y0, y1), max(x0, x1) - min(x0, x1), max(y0, y1) - min(y0, y1)}, 0, s.MarkArea.ItemStyle)
	}
}
