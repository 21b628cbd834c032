package charts

import (
	"fmt"
	"math"
	"strings"

	"github.com/go-echarts/go-echarts/v2/opts"

	"jalon/indicators/progress"
	"jalon/locale"
)

// A multiple is one small trajectory among others.
type multiple struct {
	track
	course *Course
	title  string
	w      writer
	value  axis
	area   box // of its plot
}

// A gallery is a picture of multiples on one plane of pixels, counted from where
// reading starts and from the top: forty grids of their own would take ECharts a
// second, one takes it no longer than a single trajectory.
type gallery struct {
	plane
	all  []multiple
	time [2]float64
}

const (
	multipleHead = 92.0 // title, unit and figures
	multipleGap  = 18.0
	multiplePlot = 92.0
	multipleFoot = 40.0 // years, and room to the next row
)

// Multiples shows courses as small trajectories beside each other, on one axis of
// time, each on an axis of values of its own. Titles are theirs, in the same order.
func Multiples(l *locale.Language, all []Course, titles []string, f Format) (Chart, error) {
	g := &gallery{plane: plane{l: l, width: 760}}
	columns := 3
	if f == Narrow {
		g.width, columns = 360, 2
	}
	columns = min(columns, max(len(all), 1))
	g.read(all, titles)
	signs := g.key()
	legends := legend(l, signs, g.width-8)
	height := g.lay(columns)
	if len(all) == 0 {
		height = 60
	}
	g.height = height + float64(len(legends))*legendLine
	g.xs, g.ys, g.area = [2]float64{0, g.width}, [2]float64{-g.height, 0}, box{0, 0, g.width, g.height}
	series := g.draw()
	if len(all) == 0 {
		g.write(hand{soft, 13, false}, l.T("chart.no_indicator"), "center", g.width/2, 30)
	}
	o, err := g.option(series, legends)
	return Chart{
		Name: "multiples", Title: l.T("chart.multiples.title"), Description: g.describe(),
		Option: o, Width: int(g.width), Height: int(g.height),
	}, err
}

// read turns courses into points, and finds the axes.
func (g *gallery) read(all []Course, titles []string) {
	for n := range all {
		m := multiple{track: all[n].track(), course: &all[n]}
		if n < len(titles) {
			m.title = plain(titles[n])
		}
		m.ahead = nil // too much for so little room
		from, to, low, high, seen := m.bounds()
		if !seen {
			low, high = 0, 1
		}
		m.w = newWriter(g.l, m.course.Indicator, max(high, -low), m.course.Figures)
		m.value = valueAxis(low, high, 3)
		m.observed = thin(m.observed, 240)
		if n == 0 {
			g.time = [2]float64{from, to}
		}
		g.time = [2]float64{min(g.time[0], from), max(g.time[1], to)}
		g.all = append(g.all, m)
	}
	room := max((g.time[1]-g.time[0])*0.03, 2)
	g.time = [2]float64{g.time[0] - room, g.time[1] + room}
}

// lay places the multiples in reading order and gives the height of all.
func (g *gallery) lay(columns int) float64 {
	width := (g.width - 8 - multipleGap*float64(columns-1)) / float64(columns)
	row := multipleHead + multiplePlot + multipleFoot
	for n := range g.all {
		m := &g.all[n]
		m.area = box{4 + float64(n%columns)*(width+multipleGap), float64(n/columns)*row + multipleHead, width, multiplePlot}
	}
	return float64((len(g.all)+columns-1)/columns) * row
}

// latestText and aimText are the two figures that a multiple writes.
func (m *multiple) latestText(g *gallery) string {
	last := m.latest()
	if last == nil {
		return g.l.T("chart.trajectory.no_value")
	}
	return g.l.T("chart.value", period(g.l, last.figure.Period), m.w.number(last.value))
}

func (m *multiple) aimText(g *gallery) string {
	if m.target == nil {
		return ""
	}
	return g.l.T("chart.trajectory.target_label", period(g.l, m.course.Assessment.Target.Period), aimOf(g.l, m.w, &m.track, m.course))
}

// at is where a value of a multiple stands on the plane.
func (g *gallery) at(m *multiple, month, value float64) [2]float64 {
	x := m.area.left + (month-g.time[0])/(g.time[1]-g.time[0])*m.area.width
	y := m.area.top + (m.value.Max-value)/(m.value.Max-m.value.Min)*m.area.height
	return [2]float64{math.Round(x*10) / 10, math.Round(-y*10) / 10}
}

// draw gives the series: one of each kind for all multiples.
func (g *gallery) draw() []series {
	var floors []stroke
	var paths, observed [][2]any
	marks := []item{}
	for n := range g.all {
		m := &g.all[n]
		floors = append(floors, stroke{g.at(m, g.time[0], m.value.Min), g.at(m, g.time[1], m.value.Min)})
		paths = append(paths, g.line(m, m.path)...)
		observed = append(observed, g.line(m, m.observed)...)
		marks = append(marks, g.marks(m)...)
		g.head(m)
	}
	return []series{
		strokes(floors, opts.LineStyle{Color: zero, Width: 1}),
		lineOf(g.name("path"), paths, opts.LineStyle{Color: soft, Width: 1.5, Type: "dashed"}),
		lineOf(g.name("observed"), observed, opts.LineStyle{Color: accent, Width: 2.5}),
		scatter(g.name("target"), diamond, goal, 11, marks),
	}
}

// line is the points of a line, with gaps where one is absent and behind the last.
func (g *gallery) line(m *multiple, spots []spot) [][2]any {
	var all [][2]any
	for _, s := range spots {
		at := g.at(m, s.month, s.value)
		if s.absent {
			all = append(all, [2]any{at[0], nil})
		} else {
			all = append(all, [2]any{at[0], at[1]})
		}
	}
	return append(all, [2]any{0, nil})
}

// marks are the latest value and the target.
func (g *gallery) marks(m *multiple) []item {
	var data []item
	if last := m.latest(); last != nil {
		style := opts.ItemStyle{Color: accent}
		if last.provisional() {
			style = opts.ItemStyle{Color: sheet, BorderColor: accent, BorderWidth: 2}
		}
		data = append(data, item{
			Value: g.at(m, last.month, last.value), Symbol: "circle", SymbolSize: 8, ItemStyle: &itemStyle{ItemStyle: style},
			Tooltip: &tip{directed(g.l, m.title+"\n"+m.latestText(g)+"\n"+g.l.T("status."+string(m.course.Assessment.Status)))},
		})
	}
	if t := m.target; t != nil {
		data = append(data, item{
			Value: g.at(m, t.month, t.value), Symbol: diamond, SymbolSize: 11,
			Tooltip: &tip{directed(g.l, m.title+"\n"+m.aimText(g))},
		})
	}
	return data
}

// head writes title, unit and figures above a plot, and the first and last year
// below it: two labels in all, for each takes ECharts its time.
func (g *gallery) head(m *multiple) {
	var lines []string
	add := func(hand, text string) {
		if text != "" {
			lines = append(lines, inStyle(hand, directed(g.l, text)))
		}
	}
	for _, text := range strings.Split(wrap(m.title, 13, m.area.width*0.88, 2), "\n") {
		add("title", figure(g.l, text))
	}
	add("unit", cut(m.w.heading(m.course.Indicator), 11, m.area.width))
	latest := "latest"
	if m.latest() == nil {
		latest = "unit"
	}
	add(latest, m.latestText(g))
	add("aim", m.aimText(g))
	above := hand{ink, 13, false}.label(strings.Join(lines, "\n"), sides(g.l).start)
	above.VerticalAlign = "bottom"
	above.Rich = map[string]opts.TextStyle{
		"title":  {Color: ink, FontSize: 13, FontWeight: "bold", LineHeight: 17},
		"unit":   {Color: soft, FontSize: 11, LineHeight: 17},
		"latest": {Color: accent, FontSize: 12, FontWeight: "bold", LineHeight: 17},
		"aim":    {Color: goal, FontSize: 12, FontWeight: "bold", LineHeight: 17},
	}
	g.put(above, g.from(m.area.left), m.area.top-4)
	g.years(m)
}

// years writes the first and last year under a plot.
func (g *gallery) years(m *multiple) {
	ticks := timeTicks(g.l, g.time[0], g.time[1], 12, 40)
	if len(ticks) == 0 {
		return
	}
	first, last := ticks[0].text, ticks[len(ticks)-1].text
	if first == last {
		g.write(hand{soft, 11, false}, first, "center", g.from(m.area.left+m.area.width/2), m.area.top+m.area.height+12)
		return
	}
	if g.rtl() {
		first, last = last, first
	}
	below := hand{soft, 11, false}.label(inStyle("first", first)+inStyle("last", last), "center")
	half := int(m.area.width * 0.45) // narrower than laid out, for small phones
	below.Rich = map[string]opts.TextStyle{
		"first": {Color: soft, FontSize: 11, Width: half, Align: "left"},
		"last":  {Color: soft, FontSize: 11, Width: half, Align: "right"},
	}
	g.put(below, g.from(m.area.left+m.area.width/2), m.area.top+m.area.height+12)
}

func (g *gallery) name(key string) string { return directed(g.l, g.l.T("chart.trajectory."+key)) }

func (g *gallery) key() []sign {
	var observed, path, target bool
	for n := range g.all {
		m := &g.all[n]
		observed, path, target = observed || m.latest() != nil, path || len(m.path) > 0, target || m.target != nil
	}
	var signs []sign
	if observed {
		signs = append(signs, sign{Name: g.name("observed")})
	}
	if path {
		signs = append(signs, sign{g.name("path"), dashes})
	}
	if target {
		signs = append(signs, sign{g.name("target"), diamond})
	}
	return signs
}

// describe counts the statuses.
func (g *gallery) describe() string {
	var parts []string
	for _, s := range progress.Statuses() {
		count := 0
		for n := range g.all {
			if g.all[n].course.Assessment.Status == s {
				count++
			}
		}
		if count > 0 {
			parts = append(parts, g.l.T("chart.list_item", g.l.T("status."+string(s)), g.l.Integer(count)))
		}
	}
	if parts == nil {
		return g.l.T("chart.status_bars.empty")
	}
	text := g.l.T("chart.multiples.in_all", g.l.N("chart.indicators", len(g.all)), strings.Join(parts, g.l.T("chart.list_comma")))
	return fmt.Sprintf("%s – %s", g.l.T("chart.multiples.title"), text)
}
