package charts

import (
	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
)

// segments draws broken lines that nothing joins.
func segments(data [][2]any, style opts.LineStyle, z int) series {
	return series{
		SingleSeries: charts.SingleSeries{Type: "line", Data: data, Symbol: "none", LineStyle: &style},
		ItemStyle:    &itemStyle{ItemStyle: opts.ItemStyle{Color: style.Color}}, Silent: true, Clip: opts.Bool(false), Z: z,
	}
}

// posts are the two moments of a panel, as upright lines.
func (p *slopesPlot) posts(panel *slopePanel) series {
	top, bottom := panel.y+slopeHead, panel.y+slopeHead+p.deep
	if len(panel.slopes) == 0 {
		bottom = top
	}
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
			leads = append(leads, [2]any{panel.x + slopeEnd, now}, [2]any{panel.x + slopeEnd + slopeLead, p.first(panel, n)}, [2]any{nil, nil})
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

// dots are hollow at the first moment and full at the second; one that stands beyond
// the scale has an arrow.
func (p *slopesPlot) dots() series {
	var data []item
	for n := range p.panels {
		panel := &p.panels[n]
		for _, s := range panel.slopes {
			colour, says := statusColour(s.Status), p.tip(s)
			for x, share := range map[float64]float64{slopeStart: s.Before, slopeEnd: s.Now} {
				if beyond := share - clipped(share); beyond != 0 {
					data = append(data, beyondMark(panel.x+x, p.y(panel, share), beyond > 0))
				}
			}
			data = append(data,
				item{Value: [2]float64{panel.x + slopeStart, p.y(panel, s.Before)}, SymbolSize: 9, ItemStyle: rest(sheet, colour, 2), Tooltip: says},
				item{Value: [2]float64{panel.x + slopeEnd, p.y(panel, s.Now)}, SymbolSize: 10, ItemStyle: rest(colour, sheet, 1), Tooltip: says})
		}
	}
	return series{SingleSeries: charts.SingleSeries{Type: "scatter", Data: data, Symbol: "circle"}, Z: 4}
}

// beyondMark is an arrow above or below a mark at the edge.
func beyondMark(x, y float64, above bool) item {
	shape, shift := "path://M0,0H10L5,6Z", 10.0
	if above {
		shape, shift = "path://M0,6H10L5,0Z", -10
	}
	return item{Value: [2]float64{x, y}, Symbol: shape, SymbolSize: [2]float64{10, 6}, Offset: []float64{0, shift}, ItemStyle: rest(ink, "", 0)}
}

// signs stand before the labels, where they cannot lie on each other.
func (p *slopesPlot) signs() series {
	var data []item
	for n := range p.panels {
		panel := &p.panels[n]
		for i, s := range panel.slopes {
			x, y := panel.x+slopeEnd+slopeLead, p.first(panel, i)
			shift := []float64{slopeSign / 2, 0}
			if p.l.Dir == "rtl" {
				shift[0] = -shift[0]
			}
			disc := item{Value: [2]float64{x, y}, Symbol: "circle", SymbolSize: slopeSign, Offset: shift, ItemStyle: rest(statusColour(s.Status), "", 0)}
			drawn := statusSign(s.Status).mark(x, y, 11, inkOn(statusColour(s.Status)))
			drawn.Offset = shift
			data = append(data, disc, drawn)
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
			add(note{text: p.l.T("chart.slopes.none_" + panel.key), colour: soft, size: 13}, panel.x+4, panel.y+36)
			continue
		}
		add(note{text: wrap(p.from, 12, slopeEnd-slopeStart-4, 2), colour: soft, size: 12, place: onPoint}, panel.x+slopeStart, panel.y+slopeHead-20)
		add(note{text: wrap(p.to, 12, slopeEnd-slopeStart-4, 2), colour: soft, size: 12, place: onPoint}, panel.x+slopeEnd, panel.y+slopeHead-20)
		for n, s := range panel.slopes {
			at := p.first(panel, n)
			add(note{text: p.percent(s.Before), colour: ink, size: 12, place: toPoint, on: -2}, panel.x+slopeStart-8, panel.wasAt[n])
			add(note{text: p.percent(s.Now) + " · " + statusWord(p.l, s.Status), colour: ink, size: 12, bold: true, on: slopeSign + 4}, panel.x+slopeEnd+slopeLead, at)
			add(note{text: panel.texts[n], colour: ink, size: 12, top: true, down: noteLine/2 + 1}, panel.x+slopeEnd+slopeLead, at)
		}
	}
	return all
}
