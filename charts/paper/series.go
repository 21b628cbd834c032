package paper

import "math"

// forPointer is the name of a series that is nothing but what the pointer finds.
const forPointer = "pointer"

// sign is the symbol of a datum, and how large it is.
func (s *series) sign(d *datum) (name string, extent size) {
	name, extent = s.Symbol, s.SymbolSize
	if d.Symbol != "" {
		name = d.Symbol
	}
	if d.SymbolSize != nil {
		extent = *d.SymbolSize
	}
	return name, extent
}

// points draws symbols at their values, and the labels that hang on them.
func (c *canvas) points(s *series, f frame) {
	if s.ID == forPointer {
		return
	}
	translucent := 0.8 // of points whose opacity nobody set
	for n := range s.Data {
		d := &s.Data[n]
		x, y, ok := d.point()
		if !ok {
			continue
		}
		name, extent := s.sign(d)
		if extent == (size{}) {
			extent = size{10, 10}
		}
		at := rectangle{f.across.at(x) + d.Offset[0] - extent[0]/2, f.down.at(y) + d.Offset[1] - extent[1]/2, extent[0], extent[1]}
		if extent[0] > 0.5 && name != "none" {
			l := d.ItemStyle.over(s.ItemStyle).over(look{Opacity: &translucent})
			l.Decal = nil
			c.symbol(s.z(), name, at, l)
		}
		c.write(s.z(), d.Label, at)
	}
}

// cells draws a table of coloured rectangles. They overlap by half a pixel, or the paper
// would shine through between them.
func (c *canvas) cells(s *series, f frame, classes []class) {
	wide, high := f.across.band()+0.5, f.down.band()+0.5
	for n := range s.Data {
		d := &s.Data[n]
		x, y, ok := d.point()
		if !ok {
			continue
		}
		at := rectangle{f.across.at(x) - wide/2, f.down.at(y) - high/2, wide, high}
		l := d.ItemStyle.over(s.ItemStyle)
		if l.Color == "" && len(d.Value) > 2 {
			l.Color = classOf(classes, d.Value[2])
		}
		c.area(s.z(), lineLevel, at, 0, l)
		c.write(s.z(), d.Label, at)
	}
}

func classOf(classes []class, value float64) string {
	for _, k := range classes {
		if value > k.Above && value < k.Below {
			return k.Color
		}
	}
	return ""
}

// bars draws one series of lying bars, each piece behind those before it.
func (c *canvas) bars(s *series, f frame, stacked map[float64]float64) {
	for n := range s.Data {
		d, row := &s.Data[n], float64(n)
		if len(d.Value) == 0 || math.IsNaN(d.Value[0]) {
			continue
		}
		from, to := f.across.at(stacked[row]), f.across.at(stacked[row]+d.Value[0])
		stacked[row] += d.Value[0]
		at := rectangle{min(from, to), f.down.at(row) - s.BarWidth.pixels/2, max(from, to) - min(from, to), s.BarWidth.pixels}
		l := d.ItemStyle.over(s.ItemStyle)
		if l.BorderWidth != nil { // ECharts draws the border within
			inner := min(*l.BorderWidth, at.width)
			at = rectangle{at.x + inner/2, at.y + inner/2, at.width - inner, at.height - inner}
		}
		if at.width > 0 {
			c.area(s.z(), lineLevel, at, 0, l)
		}
		c.write(s.z(), d.Label, at)
	}
}
