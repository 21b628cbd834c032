package charts

import (
	"math"
	"slices"
	"strings"

	"github.com/go-echarts/go-echarts/v2/opts"

	"jalon/indicators"
	"jalon/locale"
)

// A Pair is the value of women and that of men in one period; nil is not known.
type Pair struct {
	Period     indicators.Period
	Women, Men *float64
}

func (p Pair) month() float64 { return float64(p.Period.EndMonth()) }

// gap is by how much women are above men, and whether both are known.
func (p Pair) gap() (float64, bool) {
	if p.Women == nil || p.Men == nil {
		return 0, false
	}
	return *p.Women - *p.Men, true
}

// A duet is a plane of pairs.
type duet struct {
	plane
	all   []Pair // by time
	show  func(float64) string
	value axis
	size  float64 // of a symbol
	wide  bool
}

// Pairs shows women and men over time: two dots for each period, joined by a line
// along which the gap is written. Unit heads the axis; show writes a value, or a
// gap, with as many decimals as it deserves and without its unit: the gap of two
// percentages is one of points.
func Pairs(l *locale.Language, all []Pair, unit string, show func(float64) string, f Format) (Chart, error) {
	d := &duet{plane: plane{l: l, width: 760, height: 360}, show: func(v float64) string { return figure(l, plain(show(v))) }, size: 11, wide: f == Wide}
	columns := 11
	if f == Narrow {
		d.width, d.height, columns, d.size = 360, 320, 4, 9
	}
	for _, p := range all {
		if p.known() {
			d.all = append(d.all, p)
		}
	}
	slices.SortStableFunc(d.all, func(a, b Pair) int { return a.Period.EndMonth() - b.Period.EndMonth() })
	legends := legend(l, d.key(), d.width-8)
	ticks := d.scale(columns, float64(len(legends))*legendLine)
	d.write(hand{soft, 12, false}, cut(l.T("chart.pairs.heading", plain(unit)), 12, d.width-8), sides(l).start, d.from(6), 14)
	for _, t := range ticks {
		d.write(hand{soft, 12, false}, t.text, "center", d.x(float64(t.month)), d.area.top+d.area.height+14)
	}
	o, err := d.option(d.series(), legends)
	return Chart{
		Name: "pairs", Title: l.T("chart.pairs.title"), Description: d.describe(plain(unit)),
		Option: o, Width: int(d.width), Height: int(d.height),
	}, err
}

func (p Pair) known() bool {
	if p.Women != nil && !finite(*p.Women) || p.Men != nil && !finite(*p.Men) {
		return false
	}
	return p.Women != nil || p.Men != nil
}

// scale lays out axes and plot, and names moments.
func (d *duet) scale(columns int, foot float64) []tick {
	low, high, from, to, shortest := math.Inf(1), math.Inf(-1), 0.0, 12.0, 12
	for n, p := range d.all {
		for _, v := range []*float64{p.Women, p.Men} {
			if v != nil {
				low, high = min(low, *v), max(high, *v)
			}
		}
		if n == 0 {
			from, shortest = p.month(), p.Period.Months()
		}
		to, shortest = p.month(), min(shortest, p.Period.Months())
	}
	if len(d.all) == 0 {
		low, high = 0, 1
	}
	d.value = valueAxis(low, high, 5)
	d.ys = [2]float64{d.value.Min, d.value.Max}
	widest := 0.0
	for _, v := range d.value.ticks() {
		widest = max(widest, textWidth(d.show(v), 12))
	}
	room := max((to-from)*24/d.width, 3)
	d.xs = [2]float64{from - room, to + room}
	last := 0.0 // room beside the last pair for its values
	if n := len(d.all); n > 0 {
		for _, text := range d.ends(d.all[n-1], d.wide) {
			last = max(last, textWidth(text, 12)*1.05)
		}
	}
	d.area = box{widest + 16, 34, d.width - widest - 16 - min(last, d.width/3) - 4, d.height - 34 - foot - 30}
	d.mirror()
	d.labels.room = box{d.area.left, d.area.top - 8, d.area.width, d.area.height + 8}
	return timeTicks(d.l, from, to, shortest, columns)
}

// ends writes the values of a pair, with whose they are or without.
func (d *duet) ends(p Pair, whose bool) [2]string {
	var all [2]string
	for n, v := range []*float64{p.Women, p.Men} {
		switch {
		case v == nil:
		case !whose:
			all[n] = d.show(*v)
		default:
			all[n] = d.l.T("chart.value", d.l.T([]string{"chart.pairs.women", "chart.pairs.men"}[n]), d.show(*v))
		}
	}
	return all
}

func (d *duet) series() []series {
	var bars []stroke
	var dots [2][]item
	for _, p := range d.all {
		for n, v := range []*float64{p.Women, p.Men} {
			if v != nil {
				at := [2]float64{p.month(), *v}
				dots[n] = append(dots[n], item{Value: at, Tooltip: d.tip(p)})
				d.symbol(at, d.size+2)
			}
		}
		if _, both := p.gap(); both {
			bars = append(bars, stroke{[2]float64{p.month(), *p.Women}, [2]float64{p.month(), *p.Men}})
			d.labels.along(d.x(p.month()), d.y(*p.Women), d.x(p.month()), d.y(*p.Men))
		}
	}
	ticks := d.value.ticks()
	d.ticksY(ticks, d.show)
	all := []series{
		strokes(d.across(ticks), opts.LineStyle{Color: line, Width: 1}),
		strokes(bars, opts.LineStyle{Color: zero, Width: 2.5}),
	}
	if d.value.Min <= 0 && d.value.Max >= 0 {
		all = append(all, strokes(d.across([]float64{0}), opts.LineStyle{Color: zero, Width: 1}))
	}
	for n, s := range d.key() {
		one := scatter(s.Name, s.Icon, []string{women, men}[n], d.size, dots[n])
		one.ItemStyle.BorderColor, one.ItemStyle.BorderWidth = sheet, 1
		all = append(all, one)
	}
	d.letter()
	return all
}

// letter writes the gaps that find room, the latest first, and the last values.
func (d *duet) letter() {
	if len(d.all) == 0 {
		d.write(hand{soft, 13, false}, d.l.T("chart.trajectory.no_value"), "center", d.area.left+d.area.width/2, d.area.top+d.area.height/2)
		return
	}
	d.ending(d.all[len(d.all)-1])
	order := []int{len(d.all) - 1, 0}
	for n := len(d.all) - 2; n > 0; n-- {
		order = append(order, n)
	}
	for _, n := range order {
		if gap, both := d.all[n].gap(); both {
			d.gapLabel(d.all[n], gap)
		}
	}
}

// gapLabel writes a gap above its pair, or leaves it to the pointer.
func (d *duet) gapLabel(p Pair, gap float64) {
	text := d.show(math.Abs(gap))
	width := textWidth(text, 12)*1.05 + 4
	top := min(d.y(*p.Women), d.y(*p.Men))
	for _, y := range []float64{top - d.size/2 - 9, top + math.Abs(d.y(*p.Women)-d.y(*p.Men)) + d.size/2 + 9} {
		at := box{d.x(p.month()) - width/2, y - 7, width, 14}
		if d.labels.cost(at) < 1 {
			d.labels.taken = append(d.labels.taken, at)
			d.write(hand{ink, 12, true}, text, "center", d.x(p.month()), y)
			return
		}
	}
}

// ending writes the last values beside their dots, apart from each other.
func (d *duet) ending(p Pair) {
	x, side := d.x(p.month())+d.size/2+5, "left"
	if d.rtl() {
		x, side = d.x(p.month())-d.size/2-5, "right"
	}
	var at [2]float64
	for n, v := range []*float64{p.Women, p.Men} {
		if v != nil {
			at[n] = d.y(*v)
		}
	}
	if gap, both := p.gap(); both && math.Abs(at[0]-at[1]) < 15 {
		middle := (at[0] + at[1]) / 2
		at = [2]float64{middle - math.Copysign(7.5, gap), middle + math.Copysign(7.5, gap)}
	}
	for n, text := range d.ends(p, d.wide) {
		if text != "" {
			d.write(hand{[]string{women, men}[n], 12, true}, text, side, x, at[n])
		}
	}
}

func (d *duet) tip(p Pair) *tip {
	lines := []string{period(d.l, p.Period)}
	for _, text := range d.ends(p, true) {
		if text != "" {
			lines = append(lines, text)
		}
	}
	if gap, both := p.gap(); both {
		lines = append(lines, d.l.T("chart.pairs.gap", d.show(math.Abs(gap))))
	}
	return &tip{directed(d.l, strings.Join(lines, "\n"))}
}

func (d *duet) key() []sign {
	return []sign{{directed(d.l, d.l.T("chart.pairs.women")), "circle"}, {directed(d.l, d.l.T("chart.pairs.men")), diamond}}
}

// describe compares the last period of which both are known with the first.
func (d *duet) describe(unit string) string {
	var both []Pair
	for _, p := range d.all {
		if _, known := p.gap(); known {
			both = append(both, p)
		}
	}
	if len(both) == 0 {
		return d.l.T("chart.pairs.unknown", unit)
	}
	first, last := both[0], both[len(both)-1]
	gap, _ := last.gap()
	ends := d.ends(last, true)
	text := d.l.T("chart.pairs.description", unit, period(d.l, last.Period), ends[0], ends[1], d.show(math.Abs(gap)))
	if len(both) == 1 {
		return text
	}
	before, _ := first.gap()
	return text + " " + d.l.T("chart.pairs.before", period(d.l, first.Period), d.show(math.Abs(before)))
}
