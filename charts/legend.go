package charts

import (
	"slices"

	"github.com/go-echarts/go-echarts/v2/opts"

	"jalon/locale"
)

const (
	legendLine = 22.0 // height of a row
	legendIcon = 22.0
	legendGap  = 12
	legendSize = 12.0
)

// A sign is one entry of a legend: a series and the shape that stands for it.
type sign struct {
	Name string `json:"name"`
	Icon string `json:"icon,omitempty"`
}

// legend lays signs out in rows at the foot of a chart, in reading order. ECharts
// breaks rows itself, but always from left to right.
func legend(l *locale.Language, signs []sign, width float64) []legendRow {
	var rows [][]sign
	left := 0.0
	for _, s := range signs {
		needed := legendIcon + 5 + textWidth(s.Name, legendSize) + legendGap
		if len(rows) == 0 || needed > left {
			rows, left = append(rows, nil), width
		}
		rows[len(rows)-1] = append(rows[len(rows)-1], s)
		left -= needed
	}
	from := sides(l).start
	legends := make([]legendRow, len(rows))
	for n, row := range rows {
		if l.Dir == "rtl" {
			slices.Reverse(row)
		}
		o := opts.Legend{
			Show: opts.Bool(true), Bottom: pixels(float64(len(rows)-1-n) * legendLine), Align: from, Padding: 4, Data: row,
			ItemWidth: legendIcon, ItemHeight: 12, TextStyle: &opts.TextStyle{Color: ink, FontSize: legendSize},
		}
		if from == "right" {
			o.Right = "4"
		} else {
			o.Left = "4"
		}
		legends[n] = legendRow{Legend: o, Gap: legendGap}
	}
	return legends
}
