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

// runs draws the cells as thick lines, one series for each fate: neighbours of one fate
// are one stretch, which the grid cuts into cells. Over a thousand squares would take
// ECharts a second.
func (h *heat) runs() []series {
	var all []series
	for _, r := range append(reportings(), NotDue) {
		var data [][2]any
		for n, row := range h.rows {
			for m := 0; m < len(h.months); m++ {
				if row.of(m) != r {
					continue
				}
				from := m
				for m+1 < len(h.months) && row.of(m+1) == r {
					m++
				}
				data = append(data, [2]any{from, h.y(n)}, [2]any{m + 1, h.y(n)}, [2]any{nil, nil})
			}
		}
		if data != nil {
			colour, _, _ := reportingLook(r)
			all = append(all, segments(data, opts.LineStyle{Color: colour, Width: heatCell - 2, Type: "solid"}, 2))
		}
	}
	return all
}

// grid parts the months.
func (h *heat) grid() series {
	var data [][2]any
	bottom := h.tall() * float64(len(h.rows))
	for m := range h.months {
		data = append(data, [2]any{m, 0}, [2]any{m, bottom}, [2]any{nil, nil})
	}
	return segments(data, opts.LineStyle{Color: sheet, Width: 2, Type: "solid"}, 3)
}

// pointed lies over the cells, unseen, for the pointer to find what each one says.
func (h *heat) pointed() series {
	var data []item
	names := h.monthNames()
	for n, row := range h.rows {
		title := plain(row.Title)
		for m := range h.months {
			if fate := row.of(m); fate != NotDue {
				data = append(data, item{
					Value:   [2]float64{float64(m) + 0.5, h.y(n)},
					Tooltip: &tip{directed(h.l, title+"\n"+h.l.T("chart.value", names[m], h.word(fate)))},
				})
			}
		}
	}
	return series{
		ID:           forPointer,
		SingleSeries: charts.SingleSeries{Type: "scatter", Data: data, Symbol: "rect", SymbolSize: [2]float64{h.cell(), heatCell}},
		ItemStyle:    rest("transparent", "", 0), Z: 5,
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
		var data [][2]float64
		for n, row := range h.rows {
			for m := range h.months {
				if row.of(m) == r {
					data = append(data, [2]float64{float64(m) + 0.5, h.y(n)})
				}
			}
		}
		box := min(max(h.cell()*0.6, 8), 12)
		all = append(all, series{
			SingleSeries: charts.SingleSeries{
				Type: "scatter", Data: data, Symbol: sign.path, SymbolSize: [2]float64{sign.width * box / 16, sign.height * box / 16},
			},
			ItemStyle: rest(colour, "", 0), Silent: true, Z: 4,
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

// lettered writes the years and the months.
func (h *heat) lettered() []item {
	var all []item
	if len(h.rows) == 0 {
		return []item{note{text: h.l.T("chart.no_indicator"), colour: soft, size: 13}.hang(h.l, 0, heatCell/2)}
	}
	named := h.named()
	for m, p := range h.months {
		month, at := p.StartMonth()%12+1, float64(m)+0.5
		text := strconv.Itoa(month)
		if named {
			text = h.l.Month(month)
		}
		if h.cell() >= 15 || m%2 == 0 {
			all = append(all, note{text: figure(h.l, text), colour: soft, size: 11, place: onPoint, down: -10}.hang(h.l, at, 0))
		}
		if m == 0 && month <= 10 || month == 1 {
			all = append(all, note{text: figure(h.l, strconv.Itoa(p.Year())), colour: ink, size: 12, bold: true, on: 2, down: -27}.hang(h.l, float64(m), 0))
		}
	}
	return all
}

func (h *heat) titles() []caption {
	var all []caption
	for n, row := range h.rows {
		c := caption{text: cut(plain(row.Title), 12.5, h.left-16), colour: ink, size: 12.5, in: 4, middle: heatHead + h.y(n)}
		if h.title > 0 {
			c.text, c.in = cut(plain(row.Title), 12.5, h.width-2*h.left), h.left
			c.middle -= (heatCell + h.title) / 2
			c.halo = true
		}
		all = append(all, c)
	}
	return all
}
