package charts

import (
	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
)

// crowded is the number of values from which on points would hide the line.
const crowded = 60

// series draws everything, from the back to the front. Labels come last, once it
// is known what they must not cover.
func (p *plot) series() []series {
	all := []series{p.rules()}
	if len(p.path) > 0 {
		all = append(all, p.expected())
	}
	if p.ahead != nil {
		all = append(all, p.projection()...)
	}
	if p.latest() != nil {
		all = append(all, p.values())
	}
	all = append(all, p.provisional(), p.jumps(), p.milestoneMarks(), p.marks())
	all = append(all, lettering(p.lettered()))
	for n := range all {
		all[n].Cursor = "default"
	}
	return all
}

func (p *plot) expected() series {
	data := make([][2]float64, len(p.path))
	for n, s := range p.path {
		data[n] = [2]float64{s.month, s.value}
	}
	return series{
		SingleSeries: charts.SingleSeries{
			Name: p.name(p.pathName()), Type: "line", Data: data, Symbol: "none",
			LineStyle: &opts.LineStyle{Color: soft, Width: 1.5, Type: "dashed"},
		},
		ItemStyle: &itemStyle{ItemStyle: opts.ItemStyle{Color: soft}}, Silent: true, Z: 2,
	}
}

// values is the observed line, with a gap where a value is missing or cannot be
// compared with the one before.
func (p *plot) values() series {
	data := make([]item, len(p.observed))
	for n, s := range p.observed {
		switch {
		case s.absent:
			data[n] = item{Value: [2]any{s.month, nil}}
			continue
		case s.provisional(), len(p.observed) > crowded:
			data[n] = item{Value: [2]any{s.month, s.value}, Symbol: "none"}
		default:
			data[n] = item{Value: [2]any{s.month, s.value}, Symbol: "circle", SymbolSize: 7, Tooltip: p.tipOf(s)}
		}
	}
	return series{
		SingleSeries: charts.SingleSeries{
			Name: p.name("observed"), Type: "line", Data: data, Symbol: "circle", SymbolSize: 7,
			LineStyle: &opts.LineStyle{Color: accent, Width: 2.5}, ShowSymbol: opts.Bool(true),
		},
		ItemStyle: &itemStyle{ItemStyle: opts.ItemStyle{Color: accent}}, Z: 3,
	}
}

func (p *plot) tipOf(s spot) *tip {
	text := p.l.T("chart.value", period(p.l, s.figure.Period), p.w.number(s.value))
	for status, key := range map[string]string{"P": "status_p", "E": "status_e", "B": "status_b"} {
		if s.figure.Status == status {
			text += "\n" + p.l.T("chart.trajectory."+key)
		}
	}
	return &tip{directed(p.l, text)}
}

// provisional draws hollow points where a value may still change.
func (p *plot) provisional() series {
	var data []item
	for _, s := range p.observed {
		if !s.absent && s.provisional() {
			data = append(data, item{Value: [2]float64{s.month, s.value}, Tooltip: p.tipOf(s)})
		}
	}
	return series{
		SingleSeries: charts.SingleSeries{Name: p.name("provisional"), Type: "scatter", Data: data, Symbol: "circle", SymbolSize: 8},
		ItemStyle:    &itemStyle{ItemStyle: opts.ItemStyle{Color: sheet, BorderColor: accent, BorderWidth: 2, Opacity: opts.Float(1)}}, Z: 4,
	}
}

// jumps marks where the way of measuring changed.
func (p *plot) jumps() series {
	var data []item
	for _, s := range p.breaks {
		data = append(data, item{Value: [2]float64{s.month, s.value}, Tooltip: &tip{p.name("status_b")}})
	}
	return series{
		SingleSeries: charts.SingleSeries{Name: p.name("break"), Type: "scatter", Data: data, Symbol: slashes, SymbolSize: [2]int{11, 14}},
		ItemStyle:    &itemStyle{ItemStyle: opts.ItemStyle{Color: soft, Opacity: opts.Float(1)}}, Z: 4,
	}
}

func (p *plot) milestoneMarks() series {
	var data []item
	for _, s := range p.steps {
		style := opts.ItemStyle{Color: sheet, BorderColor: goal, BorderWidth: 2, Opacity: opts.Float(1)}
		if s.met {
			style.Color = goal
		}
		data = append(data, item{
			Value: [2]float64{s.month, s.value}, ItemStyle: &itemStyle{ItemStyle: style},
			Tooltip: &tip{directed(p.l, p.l.T("chart.trajectory.milestone_label", period(p.l, s.target.Period), p.w.exact(s.target.Value)))},
		})
	}
	return series{
		SingleSeries: charts.SingleSeries{Name: p.name("milestone"), Type: "scatter", Data: data, Symbol: diamond, SymbolSize: 13},
		ItemStyle:    &itemStyle{ItemStyle: opts.ItemStyle{Color: sheet, BorderColor: goal, BorderWidth: 2, Opacity: opts.Float(1)}}, Z: 4,
	}
}

// marks are the ring of the baseline and the flag of the target.
func (p *plot) marks() series {
	a := p.course.Assessment
	var data []item
	if b := p.baseline; b != nil && !p.fromZero {
		data = append(data, item{
			Value: [2]float64{b.month, b.value}, Symbol: "circle", SymbolSize: 15,
			ItemStyle: &itemStyle{ItemStyle: opts.ItemStyle{Color: "transparent", BorderColor: ink, BorderWidth: 1.5}},
			Tooltip:   &tip{directed(p.l, p.l.T("chart.trajectory.baseline_label", period(p.l, a.Baseline.Period), p.w.number(b.value)))},
		})
	}
	if t := p.target; t != nil {
		shape, shift := pennant, 6.0
		if p.rtl() {
			shape, shift = pennantLeft, -6
		}
		says := &tip{directed(p.l, p.l.T("chart.trajectory.target_label", period(p.l, a.Target.Period), p.aim()))}
		at := [2]float64{t.month, t.value}
		data = append(data,
			item{Value: at, Symbol: "circle", SymbolSize: 8, Tooltip: says},
			item{Value: at, Symbol: shape, SymbolSize: [2]int{14, 24}, Offset: []float64{shift, -12}, Tooltip: says})
	}
	return series{
		SingleSeries: charts.SingleSeries{Name: p.name("target"), Type: "scatter", Data: data},
		ItemStyle:    &itemStyle{ItemStyle: opts.ItemStyle{Color: goal, Opacity: opts.Float(1)}}, Z: 5, Clip: opts.Bool(false),
	}
}
