package charts

import (
	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"

	"jalon/locale"
)

// The places of a note on the point that it hangs on, as the reader goes.
const (
	fromPoint = iota // begins there
	onPoint          // has its middle there
	toPoint          // ends there
)

// A note is a text that hangs on a datum, some pixels further on in the direction
// of reading and further down: where the plot is stretched, it stays beside its mark.
type note struct {
	text     string // plain
	colour   string
	size     float64
	bold     bool
	place    int
	on, down float64
	top      bool // hangs by its upper edge, not by its middle
	halo     bool // keeps lines off the letters
}

const noteLine = 15.0 // height of a line of a note

func (n note) hang(l *locale.Language, x, y float64) item {
	side := sides(l)
	written := &label{
		Label: opts.Label{
			Show: opts.Bool(true), Position: "inside", Align: [...]string{side.start, "center", side.end}[n.place], VerticalAlign: "middle",
			Formatter: directed(l, n.text), Color: n.colour, FontSize: float32(n.size), LineHeight: noteLine,
		},
		Offset: []float64{n.on, n.down},
	}
	if n.top {
		written.VerticalAlign = "top"
	}
	if n.halo {
		written.Halo, written.HaloWide = sheet, 3
	}
	if n.bold {
		written.FontWeight = "600"
	}
	if l.Dir == "rtl" {
		written.Offset[0] = -n.on
	}
	return item{Value: [2]float64{x, y}, Label: written}
}

// gridLines is a series of lines behind everything.
func gridLines(lines []any) series {
	return series{
		SingleSeries: charts.SingleSeries{Type: "line", Data: []item{}}, Silent: true,
		MarkLine: &markLine{Silent: true, Symbol: "none", Z: 1, Data: lines},
	}
}

// gridLine is a line across the plot, at a value of one of the axes.
func gridLine(x, y *float64, colour string) rule {
	return rule{X: x, Y: y, LineStyle: &opts.LineStyle{Color: colour, Width: 1, Type: "solid"}, Label: &label{Label: opts.Label{Show: opts.Bool(false)}}}
}

// rest is a style of full strength: scatter plots are else half transparent.
func rest(fill, border string, wide float32) *itemStyle {
	return &itemStyle{ItemStyle: opts.ItemStyle{Color: fill, BorderColor: border, BorderWidth: wide, Opacity: opts.Float(1)}}
}
