package charts

import (
	"strings"

	"github.com/go-echarts/go-echarts/v2/opts"

	"jalon/locale"
)

// A ranking is a plane with a row for each territory, the greatest value on top.
type ranking struct {
	plane
	*chorus
	rows     []Territory // those without a value last
	national *Territory  // nil where there is none to compare with
}

const rankedRow = 24.0

// Ranked shows territories by value, each as a dot, against the line of the whole
// country where its value is known.
func Ranked(l *locale.Language, all []Territory, national *Territory, f Format) (Chart, error) {
	r := &ranking{plane: plane{l: l, width: 760}, chorus: newChorus(l, all)}
	names, values := 170.0, 110.0
	if f == Narrow {
		r.width, names, values = 360, 104, 96
	}
	for n := len(r.sorted) - 1; n >= 0; n-- {
		r.rows = append(r.rows, r.sorted[n])
	}
	for _, t := range all {
		if !t.known() {
			r.rows = append(r.rows, t)
		}
	}
	if national != nil && national.known() {
		r.national = national
	}
	plot := float64(max(len(r.rows), 1)) * rankedRow
	r.height = plot + 34
	r.area = box{names, 26, r.width - names - values, plot}
	r.mirror()
	r.scale()
	r.letter(names, values)
	o, err := r.option(r.series(), nil)
	return Chart{
		Name: "ranked", Title: l.T("chart.ranked.title"), Description: r.describe(),
		Option: o, Width: int(r.width), Height: int(r.height),
	}, err
}

// at is where a territory stands: rows go down from 0.
func (r *ranking) at(row int, t Territory) [2]float64 { return [2]float64{*t.Value, -float64(row)} }

func (r *ranking) scale() {
	low, high := 0.0, 1.0
	if n := len(r.sorted); n > 0 {
		low, high = *r.sorted[0].Value, *r.sorted[n-1].Value
	}
	if r.national != nil {
		low, high = min(low, *r.national.Value), max(high, *r.national.Value)
	}
	room := (high - low) * 0.04
	if room == 0 {
		room = max(high, -high, 1) / 2
	}
	r.xs = [2]float64{low - room, high + room}
	r.ys = [2]float64{0.5 - float64(max(len(r.rows), 1)), 0.5}
}

func (r *ranking) series() []series {
	var guides, ways []stroke
	var dots []item
	for n, t := range r.rows {
		guides = append(guides, stroke{[2]float64{r.xs[0], -float64(n)}, [2]float64{r.xs[1], -float64(n)}})
		if !t.known() {
			continue
		}
		dots = append(dots, item{Value: r.at(n, t), Tooltip: r.tip(t.Title, t)})
		if r.national != nil {
			ways = append(ways, stroke{[2]float64{*r.national.Value, -float64(n)}, r.at(n, t)})
		}
	}
	all := []series{
		strokes(guides, opts.LineStyle{Color: line, Width: 1}),
		strokes(ways, opts.LineStyle{Color: faint, Width: 3}),
	}
	if r.national != nil {
		all = append(all, strokes(r.upright([]float64{*r.national.Value}), opts.LineStyle{Color: ink, Width: 1.5, Type: "dashed"}))
	}
	one := scatter("", "circle", accent, 11, dots)
	one.ItemStyle.BorderColor, one.ItemStyle.BorderWidth = sheet, 1
	return append(all, one)
}

// letter writes names before the rows, values behind them, and whose the line is.
func (r *ranking) letter(names, values float64) {
	side := sides(r.plane.l)
	for n, t := range r.rows {
		y, h := r.y(-float64(n)), hand{ink, 12, false}
		r.write(h, figure(r.plane.l, cut(plain(t.Title), 12, names-18)), side.start, r.from(6), y)
		h.bold = true
		if !t.known() {
			h = hand{soft, 12, false}
		}
		r.write(h, cut(t.shown(r.plane.l), 12, values-14), side.start, r.from(r.width-values+10), y)
	}
	if len(r.rows) == 0 {
		r.write(hand{soft, 13, false}, r.plane.l.T("chart.tiles.none"), "center", r.width/2, r.area.top+rankedRow/2)
	}
	if r.national == nil {
		return
	}
	text := cut(r.plane.l.T("chart.list_item", plain(r.national.Title), r.national.shown(r.plane.l)), 12, r.width-12)
	half := textWidth(text, 12)*0.53 + 4
	r.write(hand{ink, 12, true}, text, "center", min(max(r.x(*r.national.Value), half), r.width-half), 13)
}

func (r *ranking) describe() string {
	var codes []string
	for _, t := range r.rows {
		codes = append(codes, t.Code)
	}
	parts := []string{r.chorus.describe(r.plane.l.T("chart.ranked.title"), codes)}
	if r.national != nil && len(r.sorted) > 0 {
		above, below := 0, 0
		for _, t := range r.sorted {
			switch {
			case *t.Value > *r.national.Value:
				above++
			case *t.Value < *r.national.Value:
				below++
			}
		}
		parts = append(parts, r.plane.l.T("chart.ranked.compared", plain(r.national.Title), r.national.shown(r.plane.l), r.plane.l.Integer(above), r.plane.l.Integer(below)))
	}
	return strings.Join(parts, " ")
}
