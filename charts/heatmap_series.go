package charts

import (
	"strconv"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"

	"jalon/indicators/progress"
)

// reportingLook is the colour of a cell, its sign, and the colour of that. What came
// in time is the plain cell, so that the others stand out.
func reportingLook(r Reporting) (colour string, sign glyph, on string) {
	switch r {
	case InTime:
		return statusColour(progress.OnTrack), glyph{}, ""
	case Late:
		return statusColour(progress.Behind), alertSign, dark
	case Missing:
		return late, crossSign, sheet
	case Revised:
		return accent, peakSign, sheet
	}
	return pale, glyph{}, ""
}

// reportingColours gives each fate its colour; a heat map takes them from nowhere else.
func reportingColours() visualMap {
	var pieces []opts.Piece
	for _, r := range append(reportings(), NotDue) {
		colour, _, _ := reportingLook(r)
		pieces = append(pieces, opts.Piece{Gt: float32(r) - 0.5, Lt: float32(r) + 0.5, Color: colour})
	}
	return visualMap{VisualMap: opts.VisualMap{Type: "piecewise", Show: opts.Bool(false), Dimension: "2", Pieces: pieces}}
}

// cells are one square for each value; those that were not due say nothing.
func (h *heat) cells() series {
	var data []item
	names := h.monthNames()
	for n, row := range h.rows {
		title := plain(row.Title)
		for m := range h.months {
			fate := row.of(m)
			cell := item{Value: [3]int{m, h.y(n), int(fate)}}
			if fate != NotDue {
				cell.Tooltip = &tip{directed(h.l, title+"\n"+h.l.T("chart.value", names[m], h.word(fate)))}
			}
			data = append(data, cell)
		}
	}
	return series{
		SingleSeries: charts.SingleSeries{Type: "heatmap", Data: data},
		ItemStyle:    &itemStyle{ItemStyle: opts.ItemStyle{BorderColor: sheet, BorderWidth: 1.5}}, Z: 2,
	}
}

func (h *heat) monthNames() []string {
	names := make([]string, len(h.months))
	for m, p := range h.months {
		names[m] = figure(h.l, h.l.Period(p.Year(), p.StartMonth()%12+1, p.Months()))
	}
	return names
}

// marks are the signs in the cells, so that none is told by its colour.
func (h *heat) marks() []series {
	var all []series
	for _, r := range reportings() {
		_, sign, colour := reportingLook(r)
		if sign.path == "" {
			continue
		}
		var data [][2]int
		for n, row := range h.rows {
			for m := range h.months {
				if row.of(m) == r {
					data = append(data, [2]int{m, h.y(n)})
				}
			}
		}
		box := min(max(min(h.cell(), h.row)*0.6, 7), 12)
		all = append(all, series{
			SingleSeries: charts.SingleSeries{
				Type: "scatter", Data: data, Symbol: sign.path, SymbolSize: [2]float64{sign.width * box / 16, sign.height * box / 16},
			},
			ItemStyle: rest(colour, "", 0), Silent: true, Z: 3,
		})
	}
	return all
}

// key explains the cells: the series that carry the legend's signs are empty.
func (h *heat) key() ([]series, []sign) {
	if len(h.rows) == 0 {
		return nil, nil
	}
	var all []series
	var signs []sign
	for _, r := range append(reportings(), NotDue) {
		colour, inside, _ := reportingLook(r)
		name, border := directed(h.l, h.word(r)), colour
		if r == NotDue {
			border = link
		}
		all = append(all, series{SingleSeries: charts.SingleSeries{Name: name, Type: "scatter", Data: []item{}}, ItemStyle: rest(colour, border, 1)})
		signs = append(signs, sign{name, inside.cutOut()})
	}
	return all, signs
}

// named tells whether there is room for the names of all months.
func (h *heat) named() bool {
	for _, p := range h.months {
		if textWidth(h.l.Month(p.StartMonth()%12+1), 11) > h.cell()-4 {
			return false
		}
	}
	return true
}

// lettered writes the years, the months and the titles.
func (h *heat) lettered() []item {
	var all []item
	if len(h.rows) == 0 {
		return []item{note{text: h.l.T("chart.no_indicator"), colour: soft, size: 13, place: onPoint}.hang(h.l, 0, 0)}
	}
	edge, named := -h.row/2-10, h.named()
	for m, p := range h.months {
		month := p.StartMonth()%12 + 1
		text := strconv.Itoa(month)
		if named {
			text = h.l.Month(month)
		}
		if h.cell() >= 15 || m%2 == 0 {
			all = append(all, note{text: figure(h.l, text), colour: soft, size: 11, place: onPoint, down: edge}.hang(h.l, float64(m), 0))
		}
		if m == 0 && month <= 10 || month == 1 {
			all = append(all, note{text: figure(h.l, strconv.Itoa(p.Year())), colour: ink, size: 12, bold: true, on: 2 - h.cell()/2, down: edge - 16}.hang(h.l, float64(m), 0))
		}
	}
	for n, row := range h.rows {
		title := note{text: cut(plain(row.Title), 12.5, h.left-16), colour: ink, size: 12.5, on: 4 - h.left - h.cell()/2}
		if h.lanes > 1 {
			title.text, title.on = cut(plain(row.Title), 12.5, h.width-16), -h.cell()/2
			title.down = 1
		}
		all = append(all, title.hang(h.l, 0, float64(n*h.lanes)))
	}
	return all
}
