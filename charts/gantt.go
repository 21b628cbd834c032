package charts

import (
	"strings"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"

	"jalon/indicators"
	"jalon/locale"
)

// A Span is one action: when it was to happen, and when it did. A date of 0 is
// unknown; an action that has begun and has no end is under way.
type Span struct {
	Title                  string
	Start, End             indicators.Date
	ActualStart, ActualEnd indicators.Date
	Status                 string // one of indicators.ActionStatuses, or empty
	Late                   bool
	Milestones             []Mark
}

// A Mark is one milestone of an action; Done is 0 until it is met. It is dropped if its
// action was over before.
type Mark struct {
	Title         string
	Due, Done     indicators.Date
	Late, Dropped bool
}

// ganttLayout is where the rows stand, in pixels. The plot may be stretched.
type ganttLayout struct {
	width, left, right float64 // left and right of the plot, as in French
	row                float64
	above              bool // titles stand above the bars, not beside them
}

// A gantt is a chart of actions being laid out. Its axis counts months.
type gantt struct {
	ganttLayout
	l        *locale.Language
	rows     []Span
	today    indicators.Date
	from, to int // months, from the first day of one to the first day of the other
}

// The bars: what was planned, and below it what was done. Above them the axis.
const plannedBar, doneBar, ganttHead = 12.0, 8.0, 58.0

// lanes are the heights of a row's bars, in the plot.
func (g *gantt) lanes(n int) (planned, done float64) {
	middle := (float64(n) + 0.5) * g.row
	return middle - 6, middle + 6
}

// Gantt shows actions as bars over time: the time that was planned and the time that
// was taken, with their milestones and the present day.
func Gantt(l *locale.Language, all []Span, today indicators.Date, f Format) (Chart, error) {
	g := gantt{l: l, rows: all, today: today, ganttLayout: ganttLayout{width: 760, left: 252, right: 748, row: 52}}
	if f == Narrow {
		g.ganttLayout = ganttLayout{width: 360, left: 8, right: 352, row: 72, above: true}
	}
	g.lay()
	drawn := append([]series{g.lines()}, g.bars()...)
	drawn = append(drawn, g.pointed())
	drawn = append(drawn, g.marks()...)
	drawn = append(drawn, lettering(g.lettered()))
	for n := range drawn {
		drawn[n].Cursor = "default"
	}
	legends := legend(l, g.key(), g.width-60) // ECharts breaks rows of icons with borders earlier than their widths tell
	left, right := g.left, g.width-g.right
	if l.Dir == "rtl" {
		left, right = right, left
	}
	plot := g.row * float64(max(len(all), 1))
	c := charts.NewScatter()
	c.SetGlobalOptions(
		charts.WithAnimation(false),
		charts.WithGridOpts(opts.Grid{Left: pixels(left), Right: pixels(right), Top: pixels(ganttHead), Height: pixels(plot)}),
		charts.WithXAxisOpts(opts.XAxis{Type: "value", Show: opts.Bool(false), Min: 0, Max: g.to - g.from, Inverse: opts.Bool(l.Dir == "rtl")}),
		charts.WithYAxisOpts(opts.YAxis{Type: "value", Show: opts.Bool(false), Min: 0, Max: plot, Inverse: opts.Bool(true)}),
	)
	o, err := option(c, drawn, legends, captions(l, g.titles()))
	return Chart{
		Name: "gantt", Title: l.T("chart.gantt.title"), Description: g.describe(),
		Option: o, Width: int(g.width), Height: int(ganttHead + plot + float64(len(legends))*legendLine + 8),
	}, err
}

// lay finds how much time is to be shown, in whole quarters: all that is planned or
// done, and today.
func (g *gantt) lay() {
	first, last := g.today, g.today
	for _, row := range g.rows {
		days := []indicators.Date{row.Start, row.End, row.ActualStart, row.ActualEnd}
		for _, m := range row.Milestones {
			days = append(days, m.Due)
		}
		for _, day := range days {
			if day != 0 {
				first, last = min(first, day), max(last, day)
			}
		}
	}
	g.from = first.Month() - first.Month()%3
	g.to = last.Month() - last.Month()%3 + 3
	if g.to-g.from > 60 { // whole years
		g.from, g.to = g.from-g.from%12, g.to+(12-g.to%12)%12
	}
}

// at is where a day begins on the axis, ends where it is over.
func (g *gantt) at(day indicators.Date) float64   { return g.ends(day.AddDays(-1)) }
func (g *gantt) ends(day indicators.Date) float64 { return monthOf(day) - float64(g.from) }

func (g *gantt) word(key string) string { return g.l.T("chart.gantt." + key) }
func (g *gantt) name(key string) string { return directed(g.l, g.word(key)) }

func (g *gantt) day(d indicators.Date) string { return figure(g.l, g.l.Date(d.Time())) }

// state is the action's status in words, late being one of them.
func (g *gantt) state(row Span) string {
	var parts []string
	if row.Status != "" {
		parts = append(parts, g.l.T("action.status."+row.Status))
	}
	if row.Late {
		parts = append(parts, g.word("late"))
	}
	if g.planned(row) == gone && g.done(row) == gone {
		parts = append(parts, g.word("undated"))
	}
	return strings.Join(parts, " · ")
}

// state of a milestone, which names its mark.
func (m Mark) state(today indicators.Date) string {
	switch {
	case m.Done != 0 && m.Done <= today:
		return "met"
	case m.Dropped:
		return "dropped"
	case m.Late:
		return "missed"
	}
	return "ahead"
}

// describe counts the actions by their state and the milestones.
func (g *gantt) describe() string {
	l := g.l
	if len(g.rows) == 0 {
		return l.T("chart.gantt.empty")
	}
	var parts []string
	behind, milestones, met, missed := 0, 0, 0, 0
	for _, row := range g.rows {
		if row.Late {
			behind++
		}
		for _, m := range row.Milestones {
			milestones++
			switch m.state(g.today) {
			case "met":
				met++
			case "missed":
				missed++
			}
		}
	}
	for _, status := range indicators.ActionStatuses() {
		n := 0
		for _, row := range g.rows {
			if row.Status == status {
				n++
			}
		}
		if n > 0 {
			parts = append(parts, l.T("chart.list_item", l.T("action.status."+status), l.Integer(n)))
		}
	}
	parts = append(parts, l.T("chart.list_item", g.word("late"), l.Integer(behind)))
	text := l.T("chart.gantt.description", l.N("chart.gantt.actions", len(g.rows)), g.day(g.today), strings.Join(parts, l.T("chart.list_comma")))
	if milestones > 0 {
		text += " " + l.T("chart.gantt.milestones", l.N("chart.gantt.milestone", milestones), l.Integer(met), l.Integer(missed))
	}
	return text
}
