package charts

import (
	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
)

// segments draws broken lines that nothing joins.
func segments(data [][2]any, style opts.LineStyle, z int) series {
	return series{
		SingleSeries: charts.SingleSeries{Type: "line", Data: data, Symbol: "none", LineStyle: &style},
		ItemStyle:    &itemStyle{ItemStyle: opts.ItemStyle{Color: style.Color}}, Silent: true, Z: z,
	}
}

// posts are the two moments of a panel, as upright lines.
func (p *slopesPlot) posts(panel *slopePanel) series {
	top, bottom := panel.y+slopeHead, panel.y+slopeHead+p.deep
	return segments([][2]any{
		{panel.x + slopeStart, top}, {panel.x + slopeStart, bottom}, {nil, nil},
		{panel.x + slopeEnd, top}, {panel.x + slopeEnd, bottom},
	}, opts.LineStyle{Color: line, Width: 1, Type: "solid"}, 1)
}

// lines are the slopes of a panel, each in the colour of its status, and the thin
// lines that lead from their ends to labels.
func (p *slopesPlot) lines(panel *slopePanel) []series {
	var all []series
	var leads [][2]any
	for n, s := range panel.slopes {
		was, now := p.y(panel, s.Before), p.y(panel, s.Now)
		all = append(all, segments([][2]any{{panel.x + slopeStart, was}, {panel.x + slopeEnd, now}},
			opts.LineStyle{Color: statusColour(s.Status), Width: 2.5, Type: "solid"}, 3))
		if panel.places[n] != now {
			leads = append(leads, [2]any{panel.x + slopeEnd, now}, [2]any{panel.x + slopeEnd + 20, p.first(panel, n)}, [2]any{nil, nil})
		}
		if panel.wasAt[n] != was {
			leads = append(leads, [2]any{panel.x + slopeStart, was}, [2]any{panel.x + slopeStart - 8, panel.wasAt[n]}, [2]any{nil, nil})
		}
	}
	return append(all, segments(leads, opts.LineStyle{Color: link, Width: 1, Type: "solid"}, 2))
}

// first is the height of the first line of a label of now.
func (p *slopesPlot) first(panel *slopePanel, n int) float64 {
	return panel.places[n] - p.tall(panel, n)/2 + noteLine/2 + 3
}

// dots are hollow at the first moment and full at the second.
func (p *slopesPlot) dots() series {
	var data []item
	for n := range p.panels {
		panel := &p.panels[n]
		for _, s := range panel.slopes {
			colour, says := statusColour(s.Status), p.tip(s)
			data = append(data,
				item{Value: [2]float64{panel.x + slopeStart, p.y(panel, s.Before)}, SymbolSize: 9, ItemStyle: rest(sheet, colour, 2), Tooltip: says},
				item{Value: [2]float64{panel.x + slopeEnd, p.y(panel, s.Now)}, SymbolSize: nowSize, ItemStyle: rest(colour, sheet, 1.5), Tooltip: says})
		}
	}
	return series{SingleSeries: charts.SingleSeries{Type: "scatter", Data: data, Symbol: "circle"}, Z: 4}
}

func (p *slopesPlot) signs() series {
	var data []item
	for n := range p.panels {
		panel := &p.panels[n]
		for _, s := range panel.slopes {
			data = append(data, statusSign(s.Status).mark(panel.x+slopeEnd, p.y(panel, s.Now), 12, inkOn(statusColour(s.Status))))
		}
	}
	return series{SingleSeries: charts.SingleSeries{Type: "scatter", Data: data}, Silent: true, Z: 5}
}

func (p *slopesPlot) tip(s Slope) *tip {
	return &tip{directed(p.l, plain(s.Title)+"\n"+
		p.l.T("chart.value", p.from, p.percent(s.Before))+"\n"+p.l.T("chart.value", p.to, p.percent(s.Now))+"\n"+statusWord(p.l, s.Status))}
}

// lettered writes what each panel shows, its two moments, and beside each slope its
// shares, its status and its title.
func (p *slopesPlot) lettered() []item {
	var all []item
	add := func(n note, x, y float64) { all = append(all, n.hang(p.l, x, y)) }
	for i := range p.panels {
		panel := &p.panels[i]
		add(note{text: p.l.T("chart.slopes." + panel.key), colour: ink, size: 14, bold: true}, panel.x+4, panel.y+12)
		if len(panel.slopes) == 0 {
			add(note{text: p.l.T("chart.slopes.none_" + panel.key), colour: soft, size: 13}, panel.x+4, panel.y+slopeHead)
			continue
		}
		add(note{text: p.from, colour: soft, size: 12, place: onPoint}, panel.x+slopeStart, panel.y+slopeHead-15)
		add(note{text: p.to, colour: soft, size: 12, place: onPoint}, panel.x+slopeEnd, panel.y+slopeHead-15)
		for n, s := range panel.slopes {
			at := p.first(panel, n)
			add(note{text: p.percent(s.Before), colour: ink, size: 12, place: toPoint, on: -2}, panel.x+slopeStart-8, panel.wasAt[n])
			add(note{text: p.percent(s.Now) + " · " + statusWord(p.l, s.Status), colour: ink, size: 12, bold: true}, panel.x+slopeEnd+22, at)
			add(note{text: panel.texts[n], colour: ink, size: 12, top: true, down: noteLine / 2}, panel.x+slopeEnd+22, at)
		}
	}
	return all
}
