package charts

import (
	"cmp"
	"slices"
	"strings"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"

	"jalon/locale"
)

// A Territory is one governorate, or the whole country, with its value.
type Territory struct {
	Code  string // ISO 3166-2, such as TN-11
	Title string
	Value *float64 // nil: not known
	Shown string   // the value as it is written
}

// shown writes the value, or that there is none.
func (t Territory) shown(l *locale.Language) string {
	if !t.known() {
		return l.T("chart.tiles.none")
	}
	return figure(l, plain(t.Shown))
}

func (t Territory) known() bool { return t.Value != nil && finite(*t.Value) }

// tileRows are the governorates of Tunisia as squares, roughly where they lie: north
// up, the sea on the right. Geography is not mirrored.
func tileRows() [][]string {
	return [][]string{
		{"", "", "TN-23", "TN-12"},
		{"TN-32", "TN-31", "TN-14", "TN-11"},
		{"TN-33", "TN-34", "TN-22", "TN-13", "TN-21"},
		{"TN-42", "TN-41", "TN-51", "TN-52"},
		{"TN-71", "TN-43", "TN-61", "TN-53"},
		{"TN-72", "TN-73", "TN-81", "TN-82"},
		{"", "", "TN-83"},
	}
}

const tileColumns = 5

// classNone is the class of a territory without a value.
const classNone = -1

// A chorus sorts territories into classes of like values.
type chorus struct {
	l      *locale.Language
	all    map[string]Territory
	sorted []Territory // those with a value, the least first
	class  map[string]int
	count  int
}

func newChorus(l *locale.Language, all []Territory) *chorus {
	m := &chorus{l: l, all: map[string]Territory{}, class: map[string]int{}}
	for _, t := range all {
		if _, twice := m.all[t.Code]; twice {
			continue
		}
		m.all[t.Code] = t
		if m.class[t.Code] = classNone; t.known() {
			m.sorted = append(m.sorted, t)
		}
	}
	slices.SortStableFunc(m.sorted, func(a, b Territory) int { return cmp.Compare(*a.Value, *b.Value) })
	values := make([]float64, len(m.sorted))
	for n, t := range m.sorted {
		values[n] = *t.Value
	}
	starts := naturalBreaks(values, classCount)
	m.count = len(starts)
	for n, t := range m.sorted {
		at := 0
		for at+1 < len(starts) && starts[at+1] <= n {
			at++
		}
		m.class[t.Code] = at
	}
	return m
}

// colour of a class: few classes are spread over the whole scale.
func (m *chorus) colour(class int) string {
	switch {
	case class == classNone:
		return gaps
	case m.count < 2:
		return classes()[2]
	}
	return classes()[class*(classCount-1)/(m.count-1)]
}

// bounds writes the least and greatest value of a class, as those write them whose
// they are.
func (m *chorus) bounds(class int) string {
	var low, high *Territory
	for n := range m.sorted {
		if m.class[m.sorted[n].Code] == class {
			if high = &m.sorted[n]; low == nil {
				low = high
			}
		}
	}
	if low == nil {
		return ""
	}
	if low.Shown == high.Shown {
		return low.shown(m.l)
	}
	return m.l.T("chart.range", low.shown(m.l), high.shown(m.l))
}

// key explains the classes: the series that carry their colours are empty.
func (m *chorus) key(none bool) ([]series, []sign) {
	var all []series
	var signs []sign
	add := func(text string, class int) {
		name := directed(m.l, text)
		style := &itemStyle{ItemStyle: opts.ItemStyle{Color: m.colour(class), BorderColor: zero, BorderWidth: 1, Opacity: opts.Float(1)}}
		if class == classNone {
			style.Decal = hatch()
		}
		all = append(all, series{SingleSeries: charts.SingleSeries{Name: name, Type: "scatter", Data: []item{}}, ItemStyle: style})
		signs = append(signs, sign{name, "roundRect"})
	}
	for class := range m.count {
		if bounds := m.bounds(class); bounds != "" {
			add(bounds, class)
		}
	}
	if none {
		add(m.l.T("chart.tiles.none"), classNone)
	}
	return all, signs
}

// tip is a territory in words.
func (m *chorus) tip(name string, t Territory) *tip {
	return &tip{directed(m.l, m.l.T("chart.list_item", plain(name), t.shown(m.l)))}
}

// describe names the ends of the scale, of what is drawn.
func (m *chorus) describe(title string, codes []string) string {
	title = plain(title)
	var known []Territory
	for _, t := range m.sorted {
		if slices.Contains(codes, t.Code) {
			known = append(known, t)
		}
	}
	if len(known) == 0 {
		return m.l.T("chart.tiles.unknown", title)
	}
	low, high := known[0], known[len(known)-1]
	return m.l.T("chart.tiles.description", title, m.l.Integer(len(known)), m.l.Integer(len(codes)),
		plain(high.Title), high.shown(m.l), plain(low.Title), low.shown(m.l))
}

// TileMap shows the governorates of Tunisia as equal squares, roughly where they
// lie, darker the greater the value.
func TileMap(l *locale.Language, all []Territory, title string, f Format) (Chart, error) {
	m := newChorus(l, all)
	places := tileRows()
	side, width := 80.0, 760.0
	if f == Narrow {
		side, width = 64, 360
	}
	plot := side * tileColumns
	grid := opts.Grid{Left: "center", Top: "0", Width: pixels(plot), Height: pixels(side * float64(len(places)))}
	height := side * float64(len(places))
	data, codes, missing := m.tiles(places, side)
	empty, signs := m.key(missing)
	legends := legend(l, signs, width-8)
	if f == Wide {
		legends = upright(l, signs)
		if grid.Left = pixels(width - plot - 40); l.Dir == "rtl" {
			grid.Left, grid.Right = "", grid.Left
		}
	} else {
		height += float64(len(legends))*legendLine + 10
	}

	c := charts.NewHeatMap()
	c.SetGlobalOptions(
		charts.WithAnimation(false),
		charts.WithGridOpts(grid),
		charts.WithXAxisOpts(opts.XAxis{Type: "category", Show: opts.Bool(false), Data: rows(tileColumns)}),
		charts.WithYAxisOpts(opts.YAxis{Type: "category", Show: opts.Bool(false), Data: rows(len(places)), Inverse: opts.Bool(true)}),
	)
	squares := series{SingleSeries: charts.SingleSeries{Type: "heatmap", Data: data}, Cursor: "default"}
	o, err := option(c, append([]series{squares}, empty...), legends, map[string]any{"visualMap": m.visual()})
	return Chart{
		Name: "tile_map", Title: title, Description: m.describe(title, codes),
		Option: o, Width: int(width), Height: int(height),
	}, err
}

// tiles are the squares, which governorates they stand for, and whether one of them
// has no value.
func (m *chorus) tiles(places [][]string, side float64) (data []item, codes []string, missing bool) {
	for y, row := range places {
		for x, code := range row {
			if code == "" {
				continue
			}
			codes = append(codes, code)
			t, given := m.all[code]
			class, name := classNone, m.l.T("governorate."+code)
			if given {
				class = m.class[code]
			} else {
				t.Title = name
			}
			one := item{
				Value: [3]int{x, y, class}, Label: m.tileLabel(t, name, class, side), Tooltip: m.tip(t.Title, t),
				ItemStyle: &itemStyle{ItemStyle: opts.ItemStyle{BorderColor: sheet, BorderWidth: 3}},
			}
			if class == classNone {
				one.ItemStyle.Decal, missing = hatch(), true
			}
			data = append(data, one)
		}
	}
	return data, codes, missing
}

// tileLabel writes value and name into a square.
func (m *chorus) tileLabel(t Territory, name string, class int, side float64) *label {
	written := inkOn(m.colour(class))
	lines := []string{inStyle("name", directed(m.l, cut(name, 11, side-3)))}
	size := 15.0
	if t.known() {
		value := plain(t.Shown)
		for size > 11 && textWidth(value, size)*1.06 > side-8 {
			size--
		}
		lines = append([]string{inStyle("value", figure(m.l, cut(value, size, side-6)))}, lines...)
	}
	in := &label{
		Label: opts.Label{Show: opts.Bool(true), Position: "inside", Formatter: strings.Join(lines, "\n"), Color: written},
		Rich: map[string]opts.TextStyle{
			"value": {Color: written, FontWeight: "bold", FontSize: int(size), LineHeight: 20},
			"name":  {Color: written, FontSize: 11, LineHeight: 16},
		},
	}
	if class == classNone { // the name stands on the hatch
		in.Halo, in.HaloWide = gaps, 4
	}
	return in
}

// visual gives each class its colour; a heat map takes colours from nowhere else.
func (m *chorus) visual() visualMap {
	var pieces []opts.Piece
	for class := classNone; class < m.count; class++ {
		pieces = append(pieces, opts.Piece{Gt: float32(class) - 0.5, Lt: float32(class) + 0.5, Color: m.colour(class)})
	}
	return visualMap{VisualMap: opts.VisualMap{Type: "piecewise", Show: opts.Bool(false), Dimension: "2", Pieces: pieces}}
}

// upright is a legend with one line for each sign, where reading starts.
func upright(l *locale.Language, signs []sign) []legendRow {
	var all []legendRow
	for n, s := range signs {
		row := legend(l, []sign{s}, 300)[0]
		row.Bottom, row.Top = "", pixels(40+float64(n)*legendLine)
		all = append(all, row)
	}
	return all
}
