package charts

import (
	"github.com/go-echarts/go-echarts/v2/opts"

	"jalon/locale"
)

// GeoMap is TileMap with the shapes of an administrator's GeoJSON (see CheckShapes).
// Territories without a shape are left out; shapes without a territory have no value.
// The shapes are symbols with paths of their own: ECharts need not be told of a map
// before, and the option says all, in the browser too.
func GeoMap(l *locale.Language, geojson []byte, all []Territory, title string, f Format) (Chart, error) {
	shapes, err := readShapes(geojson)
	if err != nil {
		return Chart{}, err
	}
	m := newChorus(l, all)
	p := &plane{l: l, width: 760, height: 600, north: true}
	area := box{300, 4, 440, 592}
	if f == Narrow {
		p.width, p.height, area = 360, 480, box{24, 4, 312, 472}
	} else if l.Dir == "rtl" {
		area.left = p.width - area.left - area.width
	}
	drawn, missing := outlines(shapes, area), false
	var codes []string
	for _, o := range drawn {
		codes = append(codes, o.code)
		class, given := m.class[o.code]
		missing = missing || !given || class == classNone
	}
	empty, signs := m.key(missing)
	legends := legend(l, signs, p.width-8)
	if f == Wide {
		legends = upright(l, signs)
	} else {
		p.height += float64(len(legends))*legendLine + 6
	}
	p.area, p.xs, p.ys = box{0, 0, p.width, p.height}, [2]float64{0, p.width}, [2]float64{-p.height, 0}
	o, err := p.option(append(m.territories(p, drawn), empty...), legends, map[string]any{"grid": opts.Grid{
		Left: "center", Width: pixels(p.width), Top: "0", Height: pixels(p.height), // shapes keep their size
	}})
	return Chart{
		Name: "geo_map", Title: title, Description: m.describe(title, codes),
		Option: o, Width: int(p.width), Height: int(p.height),
	}, err
}

// territories are the shapes with their colours, the hatch of those without a value,
// and the figures where there is room.
func (m *chorus) territories(p *plane, drawn []outline) []series {
	data := []item{}
	var hatches []stroke
	for _, o := range drawn {
		if !o.visible() {
			continue
		}
		t, given := m.all[o.code]
		class := classNone
		if given {
			class = m.class[o.code]
		} else if t.Title = plain(o.code); m.l.Has("governorate." + o.code) {
			t.Title = m.l.T("governorate." + o.code)
		}
		if class == classNone {
			hatches = append(hatches, o.hatched()...)
		}
		data = append(data, item{
			Value:  [2]float64{o.box.left + o.box.width/2, -o.box.top - o.box.height/2},
			Symbol: o.path(), SymbolSize: []float64{o.box.width, o.box.height}, Tooltip: m.tip(t.Title, t),
			ItemStyle: &itemStyle{ItemStyle: opts.ItemStyle{Color: m.colour(class), BorderColor: sheet, BorderWidth: 1, Opacity: opts.Float(1)}},
		})
		m.figureIn(p, &o, t, inkOn(m.colour(class)))
	}
	above := strokes(hatches, opts.LineStyle{Color: zero, Width: 1})
	above.Z = 5
	return []series{scatter("", "circle", gaps, 10, data), above}
}

// figureIn writes the value into a shape, and the name where there is room for both;
// the name alone where there is no value.
func (m *chorus) figureIn(p *plane, o *outline, t Territory, colour string) {
	x, y, room := o.roomiest()
	value, name := t.shown(m.l), figure(m.l, plain(t.Title))
	fits := func(text string, size, y float64) bool {
		return textWidth(text, size)*1.06+2 <= min(room, o.roomAt(x, y-size/2), o.roomAt(x, y+size/2))
	}
	switch {
	case !t.known() && fits(name, 11, y):
		on := hand{colour, 11, false}.label(directed(m.l, name), "center")
		on.Halo, on.HaloWide = gaps, 4
		p.put(on, x, y)
	case t.known() && fits(value, 12, y-7) && fits(name, 11, y+8):
		p.write(hand{colour, 12, true}, value, "center", x, y-7)
		p.write(hand{colour, 11, false}, name, "center", x, y+8)
	case t.known() && fits(value, 12, y):
		p.write(hand{colour, 12, true}, value, "center", x, y)
	}
}
