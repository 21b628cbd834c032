package charts

import (
	"strings"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"

	"jalon/indicators/progress"
)

// The diameters of a dumbbell's marks.
const nowSize, beforeSize = 18.0, 13.0

// An arrow shows that a mark stands beyond the edge.
const arrowOn, arrowBack = "path://M0,0L7,5L0,10Z", "path://M7,0L0,5L7,10Z"

// ways joins before and now, row by row.
func (d *dumbbells) ways() series {
	var data [][2]any
	for n, row := range d.rows {
		if row.Before != nil && row.Now != nil {
			data = append(data, [2]any{clipped(*row.Before), d.y(n)}, [2]any{clipped(*row.Now), d.y(n)}, [2]any{nil, nil})
		}
	}
	return segments(data, opts.LineStyle{Color: link, Width: 4, Type: "solid"}, 2)
}

// scattered is a series of marks, which the legend shows as rest.
func (d *dumbbells) scattered(key string, data []item, size any, symbol string, style *itemStyle, z int) series {
	s := series{
		SingleSeries: charts.SingleSeries{Type: "scatter", Data: data, Symbol: symbol, SymbolSize: size},
		ItemStyle:    style, Clip: opts.Bool(false), Z: z,
	}
	if key != "" {
		s.Name = d.name(key)
	}
	return s
}

// expected is an upright stroke where the path says that an indicator should be.
func (d *dumbbells) expected() series {
	half := min(14, d.lane/2-2)
	var data [][2]any
	for n, row := range d.rows {
		if row.Expected != nil {
			x, y := clipped(*row.Expected), d.y(n)
			data = append(data, [2]any{x, y - half}, [2]any{x, y + half}, [2]any{nil, nil})
		}
	}
	s := segments(data, opts.LineStyle{Color: ink, Width: 3, Type: "solid"}, 3)
	s.Name = d.name("expected")
	return s
}

func (d *dumbbells) before() series {
	var data []item
	for n, row := range d.rows {
		if row.Before != nil {
			data = append(data, item{Value: [2]float64{clipped(*row.Before), d.y(n)}, Tooltip: d.tip(row)})
		}
	}
	return d.scattered("before", data, beforeSize, "circle", rest(sheet, soft, 2), 4)
}

// now is two series for each status, the dots and their signs, and one that stands in
// the legend for all: a datum with a look of its own takes ECharts longer.
func (d *dumbbells) now() []series {
	all := []series{d.scattered("now", []item{}, nowSize, "circle", rest(soft, sheet, 0), 5)}
	for _, status := range progress.Statuses() {
		var dots []item
		var places [][2]float64
		for n, row := range d.rows {
			if row.Now == nil || row.Status != status && (row.Status.Index() >= 0 || status != progress.NotAssessable) {
				continue
			}
			at := [2]float64{clipped(*row.Now), d.y(n)}
			dots, places = append(dots, item{Value: at, Tooltip: d.tip(row)}), append(places, at)
		}
		if len(dots) > 0 {
			all = append(all, d.scattered("", dots, nowSize, "circle", rest(statusColour(status), sheet, 1.5), 5), d.signed(status, places))
		}
	}
	return all
}

// signed lays a sign, which tells the status without colour, on dots of one status.
func (d *dumbbells) signed(status progress.Status, data [][2]float64) series {
	const box = 12.0 / 16
	sign := statusSign(status)
	return series{
		SingleSeries: charts.SingleSeries{Type: "scatter", Data: data, Symbol: sign.path, SymbolSize: [2]float64{sign.width * box, sign.height * box}},
		ItemStyle:    rest(inkOn(statusColour(status)), "", 0), Silent: true, Clip: opts.Bool(false), Z: 6,
	}
}

// arrows stand outside of marks that are further on, or back, than the axis reaches.
func (d *dumbbells) arrows() series {
	var data []item
	for n, row := range d.rows {
		for _, share := range []*float64{row.Before, row.Now} {
			if share == nil || clipped(*share) == *share {
				continue
			}
			on := *share > 1
			shape, shift := arrowBack, -(nowSize/2 + 6)
			if on {
				shift = -shift
			}
			if d.l.Dir == "rtl" {
				shift = -shift
			}
			if shift > 0 {
				shape = arrowOn
			}
			data = append(data, item{Value: [2]float64{clipped(*share), d.y(n)}, Symbol: shape, SymbolSize: [2]float64{7, 10}, Offset: []float64{shift, 0}})
		}
	}
	s := d.scattered("", data, 1, "circle", rest(ink, "", 0), 6)
	s.Silent = true
	return s
}

// tip is all that is known of a row, in words.
func (d *dumbbells) tip(row Dumbbell) *tip {
	text := plain(row.Title)
	add := func(key string, share *float64) {
		if share != nil {
			text += "\n" + d.l.T("chart.value", d.l.T(d.words+key), d.percent(*share))
		}
	}
	add("before", row.Before)
	add("today", row.Now)
	add("expected", row.Expected)
	return &tip{directed(d.l, text+"\n"+d.state(row))}
}

// state is the status, and the period of the value that it was found from.
func (d *dumbbells) state(row Dumbbell) string {
	if d.words != nowAndBefore { // the status is that of what is anticipated: its sign says so
		return plain(row.Period)
	}
	text := statusWord(d.l, row.Status)
	if row.Period != "" {
		text += " · " + figure(d.l, plain(row.Period))
	}
	return text
}

// share writes how far an indicator has come, and where it was when that stands
// beyond the edge.
func (d *dumbbells) share(row Dumbbell) string {
	text := d.l.T(d.words + "unknown")
	if row.Now != nil {
		text = d.percent(*row.Now)
	}
	if row.Before != nil && clipped(*row.Before) != *row.Before {
		text += " " + d.l.T(d.words+"was", d.percent(*row.Before))
	}
	return text
}

// lettered writes the axis.
func (d *dumbbells) lettered() []item {
	var all []item
	for _, share := range d.ticks() {
		if d.above && (share == 0.25 || share == 0.75) && d.to-d.from > 1 {
			continue
		}
		all = append(all, note{text: d.percent(share), colour: soft, size: 12, place: onPoint, down: -14}.hang(d.l, share, 0))
	}
	for n, key := range []string{"baseline", "target"} {
		share := float64(n)
		name := note{text: d.l.T("chart.dumbbells." + key), colour: ink, size: 12, place: onPoint, down: -31}
		if d.above && (share == 0 && d.from == 0 || share == 1 && d.to == 1) {
			name.place, name.on = fromPoint, -14
			if share == 1 {
				name.place, name.on = toPoint, 14
			}
		}
		all = append(all, name.hang(d.l, share, 0))
	}
	if len(d.rows) == 0 {
		return append(all, note{text: d.l.T("chart.no_indicator"), colour: soft, size: 13, place: onPoint}.hang(d.l, (d.from+d.to)/2, d.height/2))
	}
	return all
}

// written gives each row its title, and says in numbers and words where it stands.
func (d *dumbbells) written() []caption {
	var all []caption
	for n, row := range d.rows {
		y := dumbbellHead + d.y(n)
		title := caption{text: d.titles[n], colour: ink, size: 13, in: 4, middle: y}
		share := caption{text: d.share(row), colour: ink, size: 13, bold: true, end: true, in: 6, middle: y - 8}
		state := caption{text: cut(d.state(row), 12, d.width-d.right-22), colour: soft, size: 12, end: true, in: 6, middle: y + 9}
		if d.above {
			above := y - d.lane/2 - 10
			title.in, title.middle, title.halo = 8, above-noteLine/2*float64(strings.Count(d.titles[n], "\n")+2), true
			share.end, share.in, share.middle, share.halo = false, 8, above, true
			state.text, state.in, state.middle, state.halo = cut(d.state(row), 12, 220), 8, above, true
		}
		all = append(all, title, share, state)
	}
	return all
}
