package charts

import (
	"strings"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"

	"jalon/indicators"
)

// lines are those of the axis, between the rows, and at today.
func (g *gantt) lines() series {
	var data []any
	for _, m := range g.miles() {
		at, colour := float64(m.month-g.from), line
		if m.year {
			colour = link
		}
		data = append(data, gridLine(&at, nil, colour))
	}
	today := g.ends(g.today)
	present := gridLine(&today, nil, ink)
	present.LineStyle.Width = 1.5
	return gridLines(append(data, present))
}

// A stretch is a bar from one moment to another; gone is where there is none.
type stretch struct{ from, to float64 }

var gone = stretch{}

// planned is the time that was planned. Where one end is not known, the other is
// shown as a short bar.
func (g *gantt) planned(row Span) stretch {
	const short = 0.15 // of a month
	switch {
	case row.Start != 0 && row.End >= row.Start:
		return stretch{g.at(row.Start), g.ends(row.End)}
	case row.Start != 0:
		return stretch{g.at(row.Start), g.at(row.Start) + short}
	case row.End != 0:
		return stretch{g.ends(row.End) - short, g.ends(row.End)}
	}
	return gone
}

// done is the time that was taken, up to today where the action is under way.
func (g *gantt) done(row Span) stretch {
	end := row.ActualEnd
	if end == 0 {
		end = g.today
	}
	if row.ActualStart == 0 || end < row.ActualStart {
		return gone
	}
	return stretch{g.at(row.ActualStart), g.ends(end)}
}

// halted tells whether an action was stopped, for now or for good.
func (s Span) halted() bool { return s.Status == "suspended" || s.Status == "cancelled" }

// bars are stacks: the way to where a bar begins, which is not seen, and the bar.
func (g *gantt) bars() []series {
	outline := rest(sheet, late, 2)
	stopped := rest(accent, "", 0)
	stopped.Decal = hatch()
	style := func(row Span) *itemStyle {
		if row.Late {
			return outline
		}
		return nil
	}
	halt := func(row Span) *itemStyle {
		if row.halted() {
			return stopped
		}
		return nil
	}
	all := g.stack("planned", plannedBar, rest(planned, planned, 2), g.planned, style)
	all = append(all, g.stack("done", doneBar, rest(accent, "", 0), g.done, halt)...)
	for key, look := range map[string]*itemStyle{"late_bar": outline, "halted": stopped} {
		all = append(all, series{SingleSeries: charts.SingleSeries{Name: g.name(key), Type: "scatter", Data: []item{}}, ItemStyle: look})
	}
	return all
}

func (g *gantt) stack(key string, wide float64, look *itemStyle, of func(Span) stretch, own func(Span) *itemStyle) []series {
	before, bars := make([]item, len(g.rows)), make([]item, len(g.rows))
	for n, row := range g.rows {
		if s := of(row); s != gone {
			before[n].Value, bars[n] = s.from, item{Value: s.to - s.from, ItemStyle: own(row), Tooltip: g.tip(row)}
		}
	}
	unseen := &itemStyle{ItemStyle: opts.ItemStyle{Color: "transparent"}}
	both := []series{
		{SingleSeries: charts.SingleSeries{Type: "bar", Stack: key, Data: before}, ItemStyle: unseen, Silent: true},
		{SingleSeries: charts.SingleSeries{Name: g.name(key), Type: "bar", Stack: key, Data: bars}, ItemStyle: look, Z: 3},
	}
	for n := range both {
		both[n].BarWidth, both[n].BarGap = pixels(wide), "25%"
	}
	return both
}

// marks are the milestones, on the bar of what was planned.
func (g *gantt) marks() []series {
	of := map[string][]item{}
	var alerts []item
	up := -g.middle()
	for n, row := range g.rows {
		for _, m := range row.Milestones {
			if m.Due == 0 {
				continue
			}
			state := m.state(g.today)
			at := [2]float64{g.ends(m.Due), float64(n)}
			of[state] = append(of[state], item{Value: at, Tooltip: g.milestoneTip(m)})
			if state == "missed" {
				alerts = append(alerts, item{Value: at})
			}
		}
	}
	var all []series
	for _, look := range []struct {
		state string
		style *itemStyle
	}{{"met", rest(goal, sheet, 1)}, {"ahead", rest(sheet, goal, 2)}, {"missed", rest(late, sheet, 1)}} {
		all = append(all, series{
			SingleSeries: charts.SingleSeries{Name: g.name(look.state), Type: "scatter", Data: of[look.state], Symbol: diamond, SymbolSize: 15},
			ItemStyle:    look.style, Offset: []float64{0, up}, Z: 5,
		})
	}
	return append(all, series{
		SingleSeries: charts.SingleSeries{Type: "scatter", Data: alerts, Symbol: alertSign.path, SymbolSize: [2]float64{2, 8}},
		ItemStyle:    rest(sheet, "", 0), Offset: []float64{0, up}, Silent: true, Z: 6,
	})
}

// middle is how far the middle of what was planned lies above the middle of a row.
func (g *gantt) middle() float64 { return (doneBar + plannedBar*0.25) / 2 }

// key lists the signs of what there is.
func (g *gantt) key() []sign {
	has := map[string]bool{}
	for _, row := range g.rows {
		if row.Late {
			has["late_bar"] = true
		}
		has["planned"] = has["planned"] || g.planned(row) != gone
		has["done"] = has["done"] || g.done(row) != gone
		has["halted"] = has["halted"] || row.halted() && g.done(row) != gone
		for _, m := range row.Milestones {
			has[m.state(g.today)] = true
		}
	}
	var signs []sign
	for _, s := range []sign{
		{"planned", "roundRect"}, {"late_bar", "roundRect"}, {"done", "path://M0,0H22V7H0Z"}, {"halted", "path://M0,0H22V7H0Z"},
		{"met", diamond}, {"ahead", diamond}, {"missed", diamond},
	} {
		if has[s.Name] {
			signs = append(signs, sign{g.name(s.Name), s.Icon})
		}
	}
	return signs
}

// tip is all that is known of an action, in words.
func (g *gantt) tip(row Span) *tip {
	text := plain(row.Title)
	if state := g.state(row); state != "" {
		text += "\n" + state
	}
	add := func(key string, from, to indicators.Date) {
		switch {
		case from != 0 && to != 0:
			text += "\n" + g.l.T("chart.value", g.word(key), g.l.T("chart.range", g.day(from), g.day(to)))
		case from != 0:
			text += "\n" + g.l.T("chart.value", g.word(key), g.l.T("chart.gantt.since", g.day(from)))
		case to != 0:
			text += "\n" + g.l.T("chart.value", g.word(key), g.l.T("chart.gantt.until", g.day(to)))
		}
	}
	add("planned", row.Start, row.End)
	add("done", row.ActualStart, row.ActualEnd)
	return &tip{directed(g.l, text)}
}

func (g *gantt) milestoneTip(m Mark) *tip {
	text := plain(m.Title) + "\n" + g.l.T("chart.value", g.word(m.state(g.today)), g.l.T("chart.gantt.due", g.day(m.Due)))
	if m.Done != 0 {
		text += "\n" + g.l.T("chart.gantt.met_on", g.day(m.Done))
	}
	return &tip{directed(g.l, text)}
}

// lettered writes the axis and today.
func (g *gantt) lettered() []item {
	var all []item
	edge := -g.row / 2
	for _, m := range g.miles() {
		n := note{text: m.text, colour: soft, size: 11, on: 3, down: edge - 9}
		if m.year {
			n.colour, n.size, n.bold, n.down = ink, 12, true, edge-25
		}
		all = append(all, n.hang(g.l, float64(m.month-g.from), 0))
	}
	all = append(all, g.present(edge-44))
	if len(g.rows) == 0 {
		middle := float64(g.to-g.from) / 2
		return append(all, note{text: g.word("none"), colour: soft, size: 13, place: onPoint}.hang(g.l, middle, 0))
	}
	return all
}

// titles are those of the actions, with their states.
func (g *gantt) titles() []caption {
	var all []caption
	for n, row := range g.rows {
		middle := ganttHead + (float64(n)+0.5)*g.row
		title := caption{text: wrap(plain(row.Title), 12.5, g.left-24, 2), colour: ink, size: 12.5, in: 4, middle: middle}
		state := caption{text: g.state(row), colour: soft, size: 12, in: 4}
		if row.Late {
			state.colour = late
		}
		if g.above {
			title.text, title.size, title.in, title.halo = cut(plain(row.Title), 13, g.width-20), 13, g.left, true
			title.middle -= g.row/2 - 11
			state.in, state.middle, state.halo = g.left, middle+21, true
		} else if state.text != "" {
			title.middle -= noteLine / 2
			state.middle = middle + noteLine*float64(strings.Count(title.text, "\n")+1)/2
		}
		all = append(all, title)
		if state.text != "" {
			all = append(all, state)
		}
	}
	return all
}

// present names the day of today above its line.
func (g *gantt) present(down float64) item {
	text := g.l.T("chart.gantt.today", g.day(g.today))
	half := textWidth(text, 11)/2 + 2
	at := g.left + g.ends(g.today)/float64(g.to-g.from)*(g.right-g.left)
	shift := min(max(at, half), g.width-half) - at
	return note{text: text, colour: ink, size: 11, place: onPoint, on: shift, down: down}.hang(g.l, g.ends(g.today), 0)
}
