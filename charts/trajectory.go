package charts

import (
	"strings"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"

	"jalon/indicators"
	"jalon/locale"
)

// The shapes of a target and of a break, as paths of SVG.
const (
	pennant     = "path://M0,0L14,5L2,10L2,24L0,24Z"
	pennantLeft = "path://M14,0L0,5L12,10L12,24L14,24Z"
	dashes      = "path://M0,0H8V2H0ZM11,0H19V2H11Z"
	diamond     = "path://M6,0L12,6L6,12L0,6Z"
	slashes     = "path://M0,14L5,0L6.5,0L1.5,14ZM5,14L10,0L11.5,0L6.5,14Z"
)

// A plot is a trajectory being drawn: what is shown, and where its pixels are.
type plot struct {
	*track
	course *Course
	l      *locale.Language
	w      writer

	width, height float64
	area          box // of the plot
	time          [2]float64
	value         axis
	ticks         []tick
	legends       []legendRow
	labels        placer
}

// Trajectory shows an indicator's values over time with its baseline, the path it
// should follow, its milestones and its target. Time is measured at the ends of
// periods.
func Trajectory(l *locale.Language, c Course, f Format) (Chart, error) {
	t := c.track()
	p := &plot{track: &t, course: &c, l: l, width: 760, height: 380}
	columns, steps := 11, 5
	if f == Narrow {
		p.width, p.height, columns, steps = 360, 300, 5, 4
	}
	p.scale(columns, steps)
	all := p.series()
	zoom := map[string]any{}
	if f == Wide && len(t.observed) > longSeries {
		zoom = zooming(float64(len(p.legends)) * legendLine)
		p.height += zoomRoom
	}
	o, err := option(p.base(), all, p.legends, zoom)
	title, _ := c.Indicator.Title.In(l.Code)
	return Chart{
		Name: "trajectory", Title: title, Description: p.describe(title),
		Option: o, Width: int(p.width), Height: int(p.height),
	}, err
}

// scale lays out axes and plot.
func (p *plot) scale(columns, steps int) {
	from, to, low, high, seen := p.bounds()
	if !seen {
		low, high = 0, 1
	}
	p.w = newWriter(p.l, p.course.Indicator, max(high, -low), p.course.Figures)
	p.value = valueAxis(low, high, steps)
	if p.target != nil && p.value.Max-p.target.value < 0.1*(p.value.Max-p.value.Min) {
		p.value.Max += p.value.Step // room for the flag
	}
	room := max((to-from)*0.035, 3)
	p.time = [2]float64{from - room, to + room}
	p.ticks = timeTicks(p.l, from, to, p.course.Indicator.Frequency.Months(), columns)
	p.observed = thin(p.observed, int(p.width))

	widest := 0.0
	for _, v := range p.value.ticks() {
		widest = max(widest, textWidth(p.tickText(v), 12))
	}
	p.legends = legend(p.l, p.key(), p.width-8)
	p.height += legendLine * float64(max(len(p.legends)-2, 0)) // a long legend takes nothing from the plot
	axisRoom, edge, head := widest+14, 14.0, 52.0
	p.area = box{axisRoom, head, p.width - axisRoom - edge, p.height - head - 30 - float64(len(p.legends))*legendLine}
	if p.rtl() {
		p.area.left = edge
	}
	p.labels.room = box{2, head - 2, p.width - 4, p.area.height}
}

func (p *plot) rtl() bool { return p.l.Dir == "rtl" }

func (p *plot) tickText(v float64) string {
	return p.w.write(p.l.Number(v/p.w.divisor, p.value.decimals(p.w.divisor)))
}

// x and y are the pixels of a point.
func (p *plot) x(month float64) float64 {
	share := (month - p.time[0]) / (p.time[1] - p.time[0])
	if p.rtl() {
		share = 1 - share
	}
	return p.area.left + share*p.area.width
}

func (p *plot) y(value float64) float64 {
	return p.area.top + (p.value.Max-value)/(p.value.Max-p.value.Min)*p.area.height
}

// base is the frame of the plot: the axes are drawn as rules, whose numbers are
// ours to write.
func (p *plot) base() *charts.Line {
	c := charts.NewLine()
	c.SetGlobalOptions(
		charts.WithAnimation(false),
		charts.WithGridOpts(opts.Grid{
			Left: pixels(p.area.left), Right: pixels(p.width - p.area.left - p.area.width),
			Top: pixels(p.area.top), Bottom: pixels(p.height - p.area.top - p.area.height),
		}),
		charts.WithXAxisOpts(opts.XAxis{Type: "value", Show: opts.Bool(false), Min: p.time[0], Max: p.time[1], Inverse: opts.Bool(p.rtl())}),
		charts.WithYAxisOpts(opts.YAxis{Type: "value", Show: opts.Bool(false), Min: p.value.Min, Max: p.value.Max}),
	)
	return c
}

// rules are the lines of the grid with their numbers, and the day of judgement.
func (p *plot) rules() series {
	none, gap := 0.0, 8.0
	var data []any
	for _, v := range p.value.ticks() {
		colour := line
		if v == 0 {
			colour = zero
		}
		data = append(data, rule{
			Y: &v, LineStyle: &opts.LineStyle{Color: colour, Width: 1, Type: "solid"},
			Label: &label{Label: opts.Label{Show: opts.Bool(true), Position: "start", Formatter: p.tickText(v), Color: soft, FontSize: 12}, Distance: &gap},
		})
	}
	for _, t := range p.ticks {
		at := float64(t.month)
		data = append(data, rule{
			X: &at, LineStyle: &opts.LineStyle{Color: "transparent", Width: 1},
			Label: &label{Label: opts.Label{Show: opts.Bool(true), Position: "start", Formatter: t.text, Color: soft, FontSize: 12}, Distance: &gap},
		})
	}
	data = append(data, rule{
		X: &p.asOf, LineStyle: &opts.LineStyle{Color: soft, Width: 1, Type: "solid"},
		Label: &label{Label: opts.Label{Show: opts.Bool(false)}, Distance: &none},
	})
	return series{
		SingleSeries: charts.SingleSeries{Type: "line", Data: []item{}}, Silent: true,
		MarkLine: &markLine{Silent: true, Symbol: "none", Data: data}, MarkArea: p.band(),
	}
}

// band is the range that is aimed at.
func (p *plot) band() *markArea {
	if !p.ranged {
		return nil
	}
	from := p.time[0]
	if p.baseline != nil {
		from = p.baseline.month
	}
	return &markArea{
		Silent: true, ItemStyle: &opts.ItemStyle{Color: goal, Opacity: opts.Float(0.13)},
		Data: [][2]corner{{{[2]float64{from, p.high}}, {[2]float64{p.target.month, p.low}}}},
	}
}

// key lists the signs of the legend that this trajectory needs.
func (p *plot) key() []sign {
	provisional := false
	for _, s := range p.observed {
		provisional = provisional || s.provisional()
	}
	var signs []sign
	for _, s := range []struct {
		shown     bool
		key, icon string
	}{
		{p.latest() != nil, "observed", ""},
		{provisional, "provisional", "circle"},
		{len(p.path) > 0, p.pathName(), dashes},
		{p.ahead != nil, p.aheadName(), dots},
		{p.target != nil, "target", pennant},
		{len(p.steps) > 0, "milestone", diamond},
		{len(p.breaks) > 0, "break", slashes},
	} {
		if s.shown {
			signs = append(signs, sign{p.name(s.key), s.icon})
		}
	}
	return signs
}

func (p *plot) name(key string) string { return directed(p.l, p.l.T("chart.trajectory."+key)) }

// pathName is the word for the dashed line.
func (p *plot) pathName() string {
	if p.level {
		return "level"
	}
	return "path"
}

// describe says in one sentence what is to be seen.
func (p *plot) describe(title string) string {
	a := p.course.Assessment
	var parts []string
	if p.baseline != nil && !p.fromZero {
		parts = append(parts, p.l.T("chart.trajectory.baseline_label", period(p.l, a.Baseline.Period), p.w.number(p.baseline.value)))
	}
	if last := p.latest(); last != nil {
		parts = append(parts, p.l.T("chart.trajectory.latest_label", period(p.l, last.figure.Period), p.w.number(last.value)))
	} else {
		parts = append(parts, p.l.T("chart.trajectory.no_value"))
	}
	if p.target != nil {
		parts = append(parts, p.l.T("chart.trajectory.target_label", period(p.l, a.Target.Period), p.aim()))
	}
	parts = append(parts, p.l.T("status."+string(a.Status)))
	return p.l.T("chart.trajectory.description", plain(title), p.w.heading(p.course.Indicator), strings.Join(parts, p.l.T("chart.list_semicolon")))
}

// aim writes the target: a value, a threshold or a range.
func (p *plot) aim() string { return aimOf(p.l, p.w, p.track, p.course) }

func aimOf(l *locale.Language, w writer, t *track, c *Course) string {
	a := c.Assessment.Target
	if t.ranged {
		return l.T("chart.range", w.exact(a.Low), w.exact(a.High))
	}
	signs := map[indicators.Optional]string{"at_least": "≥\u202f", "at_most": "≤\u202f", "above": ">\u202f", "below": "<\u202f"}
	return figure(l, signs[a.Comparison]+w.exact(a.Value))
}

// provisional tells whether a value is not final: provisional or estimated.
func (s spot) provisional() bool {
	return s.figure != nil && (s.figure.Status == "P" || s.figure.Status == "E")
}
