package paper

import (
	"strings"

	"jalon/charts/letters"
)

// A legend is one row of signs and names.
type legend struct {
	Left, Right, Top, Bottom length
	Align                    string // left: signs before names
	Padding                  float64
	ItemWidth, ItemHeight    float64
	ItemGap                  float64
	Data                     []struct{ Name, Icon string }
	TextStyle                hand
}

const (
	legendZ   = 4
	iconGap   = 5.0 // between a sign and its name
	largeIcon = 0.8 // of a symbol on a line, in the height of a sign
)

// legend draws the signs of those series that have a name in it.
func (c *canvas) legend(g *legend, all []series, width, height float64) {
	named := map[string]*series{}
	for n := range all {
		if all[n].Name != "" && named[all[n].Name] == nil {
			named[all[n].Name] = &all[n]
		}
	}
	whole := -g.ItemGap
	for _, d := range g.Data {
		whole += g.item(d.Name) + g.ItemGap
	}
	x, y := g.Left.pixels+g.Padding, height-g.Bottom.pixels-g.Padding-g.ItemHeight
	if g.Right.given {
		x = width - g.Right.pixels - g.Padding - whole
	}
	if g.Top.given {
		y = g.Top.pixels + g.Padding
	}
	for _, d := range g.Data {
		icon, text, align := x, x+g.ItemWidth+iconGap, "left"
		if g.Align == "right" {
			icon, text, align = x+g.item(d.Name)-g.ItemWidth, x+g.item(d.Name)-g.ItemWidth-iconGap, "right"
		}
		if s := named[d.Name]; s != nil {
			c.icon(s, d.Icon, rectangle{icon, y, g.ItemWidth, g.ItemHeight})
		}
		c.text(legendZ, [][]piece{{{d.Name, g.TextStyle}}}, text, y+g.ItemHeight/2, align, "middle")
		x += g.item(d.Name) + g.ItemGap
	}
}

// item is how wide a sign and its name are.
func (g *legend) item(name string) float64 {
	return g.ItemWidth + iconGap + letters.Width(name, g.TextStyle.FontSize)
}

// icon draws the sign of a series: one of the legend's own in the series' colours, or what
// the series itself draws.
func (c *canvas) icon(s *series, name string, at rectangle) {
	l, border := s.ItemStyle, 2.0
	if l.BorderWidth != nil && *l.BorderWidth > 0 {
		l.BorderWidth = &border // as thick as a sign needs
	} else {
		l.BorderWidth = nil
	}
	if name == "" && s.Type == "line" {
		x, y := at.middle()
		c.element(legendZ, lineLevel, "path", "", append([]attribute{
			{"d", moveTo(at.x, y) + lineTo(at.x+at.width, y)}, {"fill", "none"},
		}, s.LineStyle.attributes()...)...)
		if s.Symbol != "" && s.Symbol != "none" {
			wide := at.height * largeIcon
			c.symbol(legendZ, s.Symbol, rectangle{x - wide/2, y - wide/2, wide, wide}, l)
		}
		return
	}
	if name == "" {
		name = s.Symbol
	}
	if name == "" {
		name = "roundRect"
	}
	if path, own := strings.CutPrefix(name, "path://"); own {
		at = within(path, at)
	}
	c.symbol(legendZ, name, at, l)
}
