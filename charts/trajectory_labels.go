package charts

import (
	"github.com/go-echarts/go-echarts/v2/opts"
)

const labelSize = 12.0

// lettered writes the unit, the day and the values that matter, the most important
// first, where they cover nothing.
func (p *plot) lettered() []item {
	p.avoid()
	all := []item{p.heading(), p.day()}
	a := p.course.Assessment
	add := func(s spot, text, colour string, bold, must bool) {
		text = directed(p.l, text)
		width := textWidth(text, labelSize)*1.05 + 4
		dx, dy, placed := p.labels.place(p.x(s.month), p.y(s.value), width, labelSize+4, must)
		if !placed {
			return
		}
		written := &label{
			Label:  opts.Label{Show: opts.Bool(true), Position: "inside", Align: "center", VerticalAlign: "middle", Formatter: text, Color: colour, FontSize: labelSize},
			Offset: []float64{dx, dy}, Halo: sheet, HaloWide: 3,
		}
		if bold {
			written.FontWeight = "600"
		}
		all = append(all, item{Value: [2]float64{s.month, s.value}, Label: written})
	}
	if p.target != nil {
		add(*p.target, p.l.T("chart.trajectory.target_label", period(p.l, a.Target.Period), p.aim()), goal, true, true)
	}
	last := p.latest()
	if last != nil {
		add(*last, p.l.T("chart.value", period(p.l, last.figure.Period), p.w.number(last.value)), accent, true, true)
	} else {
		all = append(all, p.nothing())
	}
	if p.baseline != nil && !p.fromZero {
		add(*p.baseline, p.l.T("chart.trajectory.baseline_label", period(p.l, a.Baseline.Period), p.w.number(p.baseline.value)), ink, false, true)
	}
	for _, s := range p.steps {
		add(s.spot, p.w.exact(s.target.Value), goal, false, false)
	}
	return all
}

// avoid marks lines and symbols as not to be covered.
func (p *plot) avoid() {
	for _, all := range [][]spot{p.observed, p.path} {
		for n := 1; n < len(all); n++ {
			if a, b := all[n-1], all[n]; !a.absent && !b.absent {
				p.labels.along(p.x(a.month), p.y(a.value), p.x(b.month), p.y(b.value))
			}
		}
	}
	if a := p.ahead; a != nil {
		p.labels.along(p.x(a.from.month), p.y(a.from.value), p.x(a.to.month), p.y(a.to.value))
	}
	symbol := func(s spot, size float64) {
		p.labels.taken = append(p.labels.taken, box{p.x(s.month) - size/2, p.y(s.value) - size/2, size, size})
	}
	for _, s := range p.observed {
		if !s.absent {
			symbol(s, 8)
		}
	}
	for _, s := range p.steps {
		symbol(s.spot, 13)
	}
	for _, s := range p.breaks {
		symbol(s, 14)
	}
	if p.baseline != nil && !p.fromZero {
		symbol(*p.baseline, 16)
	}
	if t := p.target; t != nil {
		symbol(*t, 10)
		pole := box{p.x(t.month) - 2, p.y(t.value) - 25, 16, 25}
		if p.rtl() {
			pole.left -= 12
		}
		p.labels.taken = append(p.labels.taken, pole)
	}
	for _, v := range p.value.ticks() {
		width := textWidth(p.tickText(v), labelSize)
		at := box{p.area.left - 8 - width, p.y(v) - 8, width, 16}
		if p.rtl() {
			at.left = p.area.left + p.area.width + 8
		}
		p.labels.taken = append(p.labels.taken, at)
	}
	p.labels.along(p.x(p.asOf), p.area.top, p.x(p.asOf), p.area.top+p.area.height)
}

// heading is the unit, above the numbers of the axis.
func (p *plot) heading() item {
	text := p.w.heading(p.course.Indicator)
	if p.summed {
		text = p.l.T("chart.trajectory.summed", text, period(p.l, p.course.Assessment.Target.Period))
	}
	side, x := sides(p.l).start, 4.0
	if p.rtl() {
		x = p.width - 4
	}
	return p.written(cut(text, labelSize, p.width-8), soft, side, x, 12)
}

// day names the line of the day of judgement, in a row of its own above the plot.
func (p *plot) day() item {
	text := p.l.T("chart.trajectory.as_of", figure(p.l, p.l.Date(p.course.Assessment.AsOf.Date.Time())))
	half := textWidth(text, 11)/2 + 4
	x := min(max(p.x(p.asOf), half), p.width-half)
	at := p.written(text, soft, "center", x, p.area.top-13)
	at.Label.FontSize = 11
	at.Value, at.Label.Offset[0] = [2]float64{p.asOf, p.value.Max}, x-p.x(p.asOf) // stays by its line on a wider page
	return at
}

func (p *plot) nothing() item {
	return p.written(p.l.T("chart.trajectory.no_value"), soft, "center", p.area.left+p.area.width/2, p.area.top+p.area.height/2)
}

// written puts a text at pixels of the picture. Labels belong to a datum: this one
// hangs on the corner of the plot.
func (p *plot) written(text, colour, align string, x, y float64) item {
	return item{Value: [2]float64{p.time[0], p.value.Max}, Label: &label{
		Label:  opts.Label{Show: opts.Bool(true), Position: "inside", Align: align, VerticalAlign: "middle", Formatter: directed(p.l, text), Color: colour, FontSize: labelSize},
		Offset: []float64{x - p.x(p.time[0]), y - p.area.top},
	}}
}
