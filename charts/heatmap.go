package charts

import (
	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"

	"jalon/indicators"
	"jalon/locale"
)

// Reporting is what became of one value that was to be reported.
type Reporting int

// The fates of a value.
const (
	NotDue Reporting = iota
	InTime
	Late
	Missing
	Revised // reported in time or not, and corrected since
)

// reportings lists them as a legend does; NotDue is an empty cell.
func reportings() []Reporting { return []Reporting{InTime, Late, Missing, Revised} }

// A HeatRow is one indicator: what became of its value of each month.
type HeatRow struct {
	Title string
	Cells []Reporting // one for each month
}

// A heat is a heat map being laid out, in pixels. Its cells may be stretched: across,
// the axis counts months.
type heat struct {
	l      *locale.Language
	rows   []HeatRow
	months []indicators.Period
	width  float64
	left   float64 // room for the titles, as in French
	title  float64 // room above the cells of a row for its title
}

const heatHead, heatEdge, heatCell = 44.0, 8.0, 24.0

// HeatMap shows for each indicator, month by month, whether its value came in time,
// late or not at all, and whether it was revised.
func HeatMap(l *locale.Language, all []HeatRow, months []indicators.Period, f Format) (Chart, error) {
	h := heat{l: l, rows: all, months: months, width: 760, left: 276}
	if f == Narrow {
		h.width, h.left, h.title = 360, 8, 18
	}
	plot := h.tall() * float64(max(len(all), 1))
	drawn := h.runs()
	drawn = append(drawn, h.grid())
	drawn = append(drawn, h.marks()...)
	drawn = append(drawn, h.pointed(), lettering(h.lettered()))
	keys, signs := h.key()
	legends := legend(l, signs, h.width-20)
	for n := range drawn {
		drawn[n].Cursor = "default"
	}
	left, right := h.left, heatEdge
	if l.Dir == "rtl" {
		left, right = right, left
	}
	c := charts.NewScatter()
	c.SetGlobalOptions(
		charts.WithAnimation(false),
		charts.WithGridOpts(opts.Grid{Left: pixels(left), Right: pixels(right), Top: pixels(heatHead), Height: pixels(plot)}),
		charts.WithXAxisOpts(opts.XAxis{Type: "value", Show: opts.Bool(false), Min: 0, Max: max(len(months), 1), Inverse: opts.Bool(l.Dir == "rtl")}),
		charts.WithYAxisOpts(opts.YAxis{Type: "value", Show: opts.Bool(false), Min: 0, Max: plot, Inverse: opts.Bool(true)}),
	)
	o, err := option(c, append(drawn, keys...), legends, captions(l, h.titles()))
	return Chart{
		Name: "heat_map", Title: l.T("chart.heat_map.title"), Description: h.describe(),
		Option: o, Width: int(h.width), Height: int(heatHead + plot + float64(len(legends))*legendLine + 10),
	}, err
}

// of is what became of a value; a month that a row does not reach was not due.
func (r HeatRow) of(month int) Reporting {
	if month >= len(r.Cells) {
		return NotDue
	}
	return r.Cells[month]
}

// tall is the height of a row, y the middle of its cells.
func (h *heat) tall() float64   { return h.title + heatCell }
func (h *heat) y(n int) float64 { return float64(n)*h.tall() + h.title + heatCell/2 }

// cell is the width of a cell.
func (h *heat) cell() float64 { return (h.width - h.left - heatEdge) / float64(max(len(h.months), 1)) }

func (h *heat) word(r Reporting) string {
	return h.l.T("chart.heat_map." + [...]string{"not_due", "in_time", "late", "missing", "revised"}[r])
}

// describe counts the fates of all values and names the row that lacks most.
func (h *heat) describe() string {
	l := h.l
	var counts [Revised + 1]int
	worst, most := "", 0
	for _, row := range h.rows {
		missing := 0
		for m := range h.months {
			fate := row.of(m)
			counts[fate]++
			if fate == Missing {
				missing++
			}
		}
		if missing > most {
			worst, most = row.Title, missing
		}
	}
	due := 0
	for _, fate := range reportings() {
		due += counts[fate]
	}
	if due == 0 {
		return l.T("chart.heat_map.empty")
	}
	text := l.T("chart.heat_map.description", l.N("chart.indicators", len(h.rows)), l.N("chart.heat_map.values", due),
		l.Integer(counts[InTime]), l.Integer(counts[Late]), l.Integer(counts[Missing]), l.Integer(counts[Revised]))
	if most > 0 {
		text += " " + l.T("chart.heat_map.worst", plain(worst), l.Integer(most))
	}
	return text
}
