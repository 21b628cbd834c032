package charts

import (
	"strings"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"

	"jalon/indicators"
	"jalon/indicators/progress"
	"jalon/locale"
)

// A Bar is one theme, and how many of its indicators have each status.
type Bar struct {
	Title  string
	Counts indicators.Counts
}

// InThemes are the indicators that bars show, each counted once however many themes it is in.
type InThemes struct {
	Counts  indicators.Counts
	Several int // in more than one theme, and therefore in more than one bar
	Outside int // in no theme, and therefore in no bar
}

func (b Bar) total() int {
	sum := 0
	for _, n := range b.Counts {
		sum += n
	}
	return sum
}

// barLayout is where the bars stand, in pixels.
type barLayout struct {
	width, left, right float64 // left and right of the plot, as in French
	row, bar           float64 // height of a row, of its bar
	above              bool    // titles stand above the bars, not beside them
}

func layBars(f Format) barLayout {
	if f == Narrow {
		return barLayout{width: 360, left: 4, right: 330, row: 56, bar: 22, above: true}
	}
	return barLayout{width: 760, left: 262, right: 716, row: 46, bar: 26}
}

// StatusBars shows one stacked bar for each theme: its indicators by status, with
// the number written in each piece.
func StatusBars(l *locale.Language, bars []Bar, in InThemes, f Format) (Chart, error) {
	lay := layBars(f)
	longest := 1
	for _, b := range bars {
		longest = max(longest, b.total())
	}
	perIndicator := (lay.right - lay.left) / float64(longest)

	var all []series
	var signs []sign
	for n, status := range progress.Statuses() {
		if s, used := statusSeries(l, bars, n, status, perIndicator); used {
			s.BarWidth = pixels(lay.bar)
			all = append(all, s)
			signs = append(signs, sign{Name: s.Name, Icon: "roundRect"})
		}
	}
	all = append(all, barTitles(l, bars, lay))
	legends := legend(l, signs, lay.width)
	plot := float64(max(len(bars), 1)) * lay.row
	height := plot + float64(len(legends))*legendLine + 16

	left, right := lay.left, lay.width-lay.right
	if l.Dir == "rtl" {
		left, right = right, left
	}
	c := charts.NewBar()
	c.SetXAxis(rows(len(bars)))
	c.XYReversal()
	c.SetGlobalOptions(
		charts.WithAnimation(false),
		charts.WithGridOpts(opts.Grid{Left: pixels(left), Right: pixels(right), Top: "6", Height: pixels(plot)}),
		charts.WithXAxisOpts(opts.XAxis{Type: "value", Show: opts.Bool(false), Min: 0, Max: longest, Inverse: opts.Bool(l.Dir == "rtl")}),
		charts.WithYAxisOpts(opts.YAxis{Type: "category", Show: opts.Bool(false), Inverse: opts.Bool(true)}),
	)
	o, err := option(c, all, legends)
	return Chart{
		Name: "status_bars", Title: l.T("chart.status_bars.title"), Description: describeBars(l, in),
		Option: o, Width: int(lay.width), Height: int(height),
	}, err
}

// rows names the rows of the plot: titles may repeat, and are not for ECharts to
// break into lines.
func rows(n int) []int {
	all := make([]int, n)
	for i := range all {
		all[i] = i
	}
	return all
}

// statusSeries is one status over all bars, and whether any indicator has it.
func statusSeries(l *locale.Language, bars []Bar, n int, status progress.Status, perIndicator float64) (series, bool) {
	colour, word := statusColour(status), l.T("status."+string(status))
	style := &itemStyle{ItemStyle: opts.ItemStyle{Color: colour, BorderColor: sheet, BorderWidth: 1}}
	if status == progress.NotAssessable {
		style.Decal = hatch()
	}
	data, used := make([]item, len(bars)), false
	for i, b := range bars {
		count := b.Counts[n]
		data[i] = item{Value: count, ItemStyle: style}
		if count == 0 {
			continue
		}
		used = true
		number := l.Integer(count)
		data[i].Tooltip = &tip{directed(l, plain(b.Title)+"\n"+l.T("chart.status_bars.piece", word, number, l.Integer(b.total())))}
		if textWidth(number, 13)+4 <= float64(count)*perIndicator {
			data[i].Label = pieceLabel(number, status)
		}
	}
	return series{SingleSeries: charts.SingleSeries{
		Name: directed(l, word), Type: "bar", Stack: "status", Data: data,
	}, ItemStyle: style}, used
}

func pieceLabel(number string, status progress.Status) *label {
	in := &label{Label: opts.Label{Show: opts.Bool(true), Position: "inside", Formatter: number, FontSize: 13, FontWeight: "600", Color: inkOn(statusColour(status))}}
	if status == progress.NotAssessable { // the number stands on the hatch
		in.Halo, in.HaloWide = halo, 4
	}
	return in
}

// barTitles writes each title beside or above its bar and the total behind it.
func barTitles(l *locale.Language, bars []Bar, lay barLayout) series {
	side := sides(l)
	var data []item
	for i, b := range bars {
		title := label{Label: opts.Label{Show: opts.Bool(true), Color: ink, FontSize: 13, Align: side.start, VerticalAlign: "middle", Position: "inside", LineHeight: 17}}
		shift := lay.left - 4
		if lay.above {
			title.Formatter = wrap(plain(b.Title), 13, lay.width-8, 1)
			title.Offset = []float64{0, -lay.bar/2 - 12}
		} else {
			title.Formatter = wrap(plain(b.Title), 13, lay.left-24, 2)
			title.Offset = []float64{-shift, 0}
			if l.Dir == "rtl" {
				title.Offset[0] = shift
			}
		}
		title.Formatter = directed(l, title.Formatter)
		total := label{Label: opts.Label{Show: opts.Bool(true), Color: soft, FontSize: 12, Position: side.end, Formatter: l.Integer(b.total())}}
		if b.total() == 0 {
			total.Formatter = directed(l, l.T("chart.no_indicator"))
		}
		data = append(data,
			item{Value: [2]int{0, i}, Label: &title},
			item{Value: [2]int{b.total(), i}, Label: &total})
	}
	if len(bars) == 0 {
		data = []item{{Value: [2]int{0, 0}, Label: &label{Label: opts.Label{Show: opts.Bool(true), Color: soft, Position: side.end, Formatter: directed(l, l.T("chart.no_indicator"))}}}}
	}
	return lettering(data)
}

// lettering is a series of nothing but labels.
func lettering(data []item) series {
	return series{
		SingleSeries: charts.SingleSeries{Type: "scatter", SymbolSize: 0.01, Data: data},
		ItemStyle:    &itemStyle{ItemStyle: opts.ItemStyle{Color: "transparent", Opacity: opts.Float(1)}},
		Silent:       true, Clip: opts.Bool(false), Z: 10,
	}
}

// describeBars says how many indicators there are, each counted once, and who is in more than
// one bar, or in none.
func describeBars(l *locale.Language, in InThemes) string {
	var parts, sentences []string
	for n, status := range progress.Statuses() {
		if count := in.Counts[n]; count > 0 {
			parts = append(parts, l.T("chart.list_item", l.T("status."+string(status)), l.Integer(count)))
		}
	}
	if len(parts) > 0 {
		all := l.N("chart.indicators", Bar{Counts: in.Counts}.total())
		sentences = append(sentences, l.T("chart.status_bars.description", all, strings.Join(parts, l.T("chart.list_comma"))))
	}
	if in.Several > 0 {
		sentences = append(sentences, l.N("chart.status_bars.several", in.Several))
	}
	if in.Outside > 0 {
		sentences = append(sentences, l.T("chart.status_bars.outside", l.N("chart.indicators", in.Outside)))
	}
	if len(sentences) == 0 {
		return l.T("chart.status_bars.empty")
	}
	return strings.Join(sentences, " ")
}
