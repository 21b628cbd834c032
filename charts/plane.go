package charts

import (
	"encoding/json"
	"math"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"

	"jalon/locale"
)

// A plane is a chart whose points have a place on two axes. It knows the pixels of
// each, and gathers the lettering, which is drawn above all else.
type plane struct {
	l             *locale.Language
	width, height float64
	area          box        // of the plot
	xs, ys        [2]float64 // the first and last value of each axis
	labels        placer
	written       []item
	north         bool // a map: east is on the right for every reader
}

func (p *plane) rtl() bool { return p.l.Dir == "rtl" && !p.north }

// x and y are the pixels of a value.
func (p *plane) x(value float64) float64 {
	share := (value - p.xs[0]) / (p.xs[1] - p.xs[0])
	if p.rtl() {
		share = 1 - share
	}
	return p.area.left + share*p.area.width
}

func (p *plane) y(value float64) float64 {
	return p.area.top + (p.ys[1]-value)/(p.ys[1]-p.ys[0])*p.area.height
}

// from is the pixel at a distance from where reading starts.
func (p *plane) from(distance float64) float64 {
	if p.rtl() {
		return p.width - distance
	}
	return distance
}

// mirror turns round an area laid out for reading from left to right.
func (p *plane) mirror() {
	if p.rtl() {
		p.area.left = p.width - p.area.left - p.area.width
	}
}

// option draws series on the plane, from the back to the front.
func (p *plane) option(all []series, legends []legendRow, more ...map[string]any) (json.RawMessage, error) {
	c := charts.NewScatter()
	c.SetGlobalOptions(
		charts.WithAnimation(false),
		charts.WithGridOpts(opts.Grid{
			Left: pixels(p.area.left), Right: pixels(p.width - p.area.left - p.area.width),
			Top: pixels(p.area.top), Bottom: pixels(p.height - p.area.top - p.area.height),
		}),
		charts.WithXAxisOpts(opts.XAxis{Type: "value", Show: opts.Bool(false), Min: p.xs[0], Max: p.xs[1], Inverse: opts.Bool(p.rtl())}),
		charts.WithYAxisOpts(opts.YAxis{Type: "value", Show: opts.Bool(false), Min: p.ys[0], Max: p.ys[1]}),
	)
	all = append(all, lettering(p.written))
	for n := range all {
		all[n].Cursor = "default"
	}
	return option(c, all, legends, more...)
}

// hand is how a text is written.
type hand struct {
	colour string
	size   float64
	bold   bool
}

func (h hand) label(text, align string) *label {
	written := &label{
		Label: opts.Label{Show: opts.Bool(true), Position: "inside", Align: align, VerticalAlign: "middle", Formatter: text, Color: h.colour, FontSize: float32(h.size)},
	}
	if h.bold {
		written.FontWeight = "600"
	}
	return written
}

// write puts a text at pixels of the picture.
func (p *plane) write(h hand, text, align string, x, y float64) {
	p.put(h.label(directed(p.l, text), align), x, y)
}

// put is write for a label of several hands. Labels belong to a datum: this one hangs
// on the upper edge of the plot, above where it stands, so that it keeps its place when
// a page gives the picture more width than it was laid out for.
func (p *plane) put(written *label, x, y float64) {
	share := min(max((x-p.area.left)/p.area.width, 0), 1)
	if p.rtl() {
		share = 1 - share
	}
	at := p.xs[0] + share*(p.xs[1]-p.xs[0])
	written.Offset = []float64{math.Round(x - p.x(at)), math.Round(y - p.area.top)}
	p.written = append(p.written, item{Value: [2]float64{at, p.ys[1]}, Label: written})
}

// beside writes a text near a point drawn with a radius, where it covers nothing; one that finds no room
// is left out, unless it must stand.
func (p *plane) beside(h hand, text string, at [2]float64, radius float64, must bool) {
	text = directed(p.l, text)
	width := textWidth(text, h.size)*1.05 + 4
	dx, dy, placed := p.labels.around(p.x(at[0]), p.y(at[1]), radius, width, h.size+4, must)
	if !placed || !must && math.Abs(dy) > radius+2.5*h.size { // too far to be read as its name
		return
	}
	written := h.label(text, "center")
	written.Offset, written.Halo, written.HaloWide = []float64{dx, dy}, sheet, 3
	p.written = append(p.written, item{Value: at, Label: written})
}

// corner writes a text at a fixed place, unless it would cover something.
func (p *plane) corner(h hand, text, align string, x, y float64) {
	width := textWidth(text, h.size) * 1.05
	at := box{x, y - h.size/2, width, h.size}
	if align == "right" {
		at.left -= width
	}
	if p.labels.cost(at) < 1 {
		p.labels.taken = append(p.labels.taken, at)
		p.write(h, text, align, x, y)
	}
}

// symbol marks a symbol as not to be covered.
func (p *plane) symbol(at [2]float64, size float64) {
	p.labels.taken = append(p.labels.taken, box{p.x(at[0]) - size/2, p.y(at[1]) - size/2, size, size})
}

// ticksX and ticksY write the numbers of an axis beside the plot.
func (p *plane) ticksX(values []float64, text func(float64) string) {
	for _, v := range values {
		p.write(hand{soft, 12, false}, text(v), "center", p.x(v), p.area.top+p.area.height+12)
	}
}

func (p *plane) ticksY(values []float64, text func(float64) string) {
	x, side := p.area.left-8, sides(p.l).end
	if p.rtl() {
		x = p.area.left + p.area.width + 8
	}
	for _, v := range values {
		p.write(hand{soft, 12, false}, text(v), side, x, p.y(v))
	}
}

// A stroke is a straight line from one point to another.
type stroke struct{ from, to [2]float64 }

// strokes draws straight lines that belong to no series of values: as one line with
// gaps, for ECharts takes as long for each of many as for one.
func strokes(all []stroke, style opts.LineStyle) series {
	data := make([][2]any, 0, 3*len(all))
	for _, s := range all {
		data = append(data, [2]any{s.from[0], s.from[1]}, [2]any{s.to[0], s.to[1]}, [2]any{s.to[0], nil})
	}
	drawn := lineOf("", data, style)
	drawn.Z, drawn.Clip = 1, opts.Bool(false)
	return drawn
}

// lineOf draws points as a line without symbols.
func lineOf(name string, data [][2]any, style opts.LineStyle) series {
	if data == nil {
		data = [][2]any{}
	}
	return series{
		SingleSeries: charts.SingleSeries{Name: name, Type: "line", Data: data, Symbol: "none", LineStyle: &style},
		ItemStyle:    &itemStyle{ItemStyle: opts.ItemStyle{Color: style.Color}}, Silent: true, Z: 3,
	}
}

// across and upright are the lines of a grid.
func (p *plane) across(values []float64) []stroke {
	var all []stroke
	for _, v := range values {
		all = append(all, stroke{[2]float64{p.xs[0], v}, [2]float64{p.xs[1], v}})
	}
	return all
}

func (p *plane) upright(values []float64) []stroke {
	var all []stroke
	for _, v := range values {
		all = append(all, stroke{[2]float64{v, p.ys[0]}, [2]float64{v, p.ys[1]}})
	}
	return all
}

// scatter is a series of symbols under one name of the legend.
func scatter(name, symbol, colour string, size float64, data []item) series {
	return series{
		SingleSeries: charts.SingleSeries{Name: name, Type: "scatter", Symbol: symbol, SymbolSize: size, Data: data},
		ItemStyle:    &itemStyle{ItemStyle: opts.ItemStyle{Color: colour, Opacity: opts.Float(1)}}, Z: 4, Clip: opts.Bool(false),
	}
}
