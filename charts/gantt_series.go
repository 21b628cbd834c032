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

// bars are thick lines, and frames around what is late: one series for each look.
func (g *gantt) bars() []series {
	var plans, lates, takes, halts [][2]any
	bar := func(to *[][2]any, s stretch, y float64) {
		*to = append(*to, [2]any{s.from, y}, [2]any{s.to, y}, [2]any{nil, nil})
	}
	for n, row := range g.rows {
		plan, take := g.planned(row), g.done(row)
		above, below := g.lanes(n)
		switch top, foot := above-plannedBar/2+1, above+plannedBar/2-1; {
		case plan == gone:
		case row.Late:
			lates = append(lates, [2]any{plan.from, top}, [2]any{plan.to, top}, [2]any{plan.to, foot}, [2]any{plan.from, foot}, [2]any{plan.from, top - 1}, [2]any{nil, nil})
		default:
			bar(&plans, plan, above)
		}
		switch {
		case take == gone:
		case row.halted():
			bar(&halts, take, below)
		default:
			bar(&takes, take, below)
		}
	}
	thick := func(key string, data [][2]any, style opts.LineStyle) series {
		s := segments(data, style, 2)
		s.Name = g.name(key)
		return s
	}
	all := []series{
		thick("planned", plans, opts.LineStyle{Color: planned, Width: plannedBar, Type: "solid"}),
		thick("late_bar", lates, opts.LineStyle{Color: late, Width: 2, Type: "solid"}),
		thick("done", takes, opts.LineStyle{Color: accent, Width: doneBar, Type: "solid"}),
		thick("halted", halts, opts.LineStyle{Color: accent, Width: doneBar, Type: "dotted"}),
	}
	all[1].ItemStyle = rest(sheet, late, 2) // for the legend
	return all
}

// pointed lies over the bars, unseen, for the pointer to find what each one says.
func (g *gantt) pointed() series {
	var data []item
	pixel := (g.right - g.left) / float64(g.to-g.from)
	for n, row := range g.rows {
		s, says := g.planned(row), g.tip(row)
		above, below := g.lanes(n)
		for _, y := range []float64{above, below} {
			if s != gone {
				data = append(data, item{
					Value: [2]float64{(s.from + s.to) / 2, y}, SymbolSize: [2]float64{max((s.to-s.from)*pixel, 8), 12}, Tooltip: says,
				})
			}
			s = g.done(row)
		}
	}
	return series{
		ID: forPointer, SingleSeries: charts.SingleSeries{Type: "scatter", Data: data, Symbol: "rect"}, ItemStyle: rest("transparent", "", 0), Z: 4,
	}
}

// marks are the milestones, on the bar of what was planned.
func (g *gantt) marks() []series {
	of := map[string][]item{}
	var alerts [][2]float64
	for n, row := range g.rows {
		for _, m := range row.Milestones {
			if m.Due == 0 {
				continue
			}
			state := m.state(g.today)
			above, _ := g.lanes(n)
			at := [2]float64{g.ends(m.Due), above}
			of[state] = append(of[state], item{Value: at, Tooltip: g.milestoneTip(m)})
			if state == "missed" {
				alerts = append(alerts, at)
			}
		}
	}
	var all []series
	for _, look := range []struct {
		state, symbol string
		size          float32
		style         *itemStyle
	}{
		{"met", diamond, 15, rest(goal, sheet, 1)}, {"ahead", diamond, 15, rest(sheet, goal, 2)},
		{"missed", diamond, 15, rest(late, sheet, 1)}, {"dropped", crossSign.path, 11, rest(soft, sheet, 1)},
	} {
		all = append(all, series{
			SingleSeries: charts.SingleSeries{Name: g.name(look.state), Type: "scatter", Data: of[look.state], Symbol: look.symbol, SymbolSize: look.size},
			ItemStyle:    look.style, Z: 5,
		})
	}
	return append(all, series{
		SingleSeries: charts.SingleSeries{Type: "scatter", Data: alerts, Symbol: alertSign.path, SymbolSize: [2]float64{2, 8}},
		ItemStyle:    rest(sheet, "", 0), Silent: true, Z: 6,
	})
}

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
		{"planned", "path://M0,0H22V11H0Z"}, {"late_bar", "path://M0,0H22V11H0Z"}, {"done", "path://M0,0H22V8H0Z"},
		{"halted", "path://M0,0H4V8H0ZM6,0H10V8H6ZM12,0H16V8H12ZM18,0H22V8H18Z"},
		{"met", diamond}, {"ahead", diamond}, {"missed", diamond}, {"dropped", crossSign.path},
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
	for _, m := range g.miles() {
		n := note{text: m.text, colour: soft, size: 11, on: 3, down: -9}
		if m.year {
			n.colour, n.size, n.bold, n.down = ink, 12, true, -25
		}
		all = append(all, n.hang(g.l, float64(m.month-g.from), 0))
	}
	all = append(all, g.present(-44))
	if len(g.rows) == 0 {
		middle := float64(g.to-g.from) / 2
		return append(all, note{text: g.word("none"), colour: soft, size: 13, place: onPoint}.hang(g.l, middle, g.row/2))
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
