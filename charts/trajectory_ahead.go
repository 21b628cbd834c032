package charts

import (
	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"

	"jalon/indicators"
)

// dots is the sign of a projection.
const dots = "path://M0,0H3V2H0ZM5,0H8V2H5ZM10,0H13V2H10ZM15,0H18V2H15Z"

// An ahead is where the trend would lead from the latest value, with the range in
// which four values of five would lie.
type ahead struct {
	from, to  spot
	low, high float64
	banded    bool
}

// trend is the projection of a course, nil where there is none or where what is drawn
// is another thing than what is projected: a sum in the making, single months of a
// flow that is asked for by the year.
func (t *track) trend(c *Course) *ahead {
	p, last := c.Assessment.Projection(), t.latest()
	i, target := c.Indicator, c.Assessment.Target
	sums := i.Accumulation == indicators.Flow && target.Period.Months() > i.Frequency.Months()
	if p == nil || !p.Value.Valid || last == nil || t.summed || sums {
		return nil
	}
	return &ahead{
		from: *last, to: spot{month: float64(target.Period.EndMonth()), value: p.Value.Value},
		low: p.Low80.Value, high: p.High80.Value, banded: p.Low80.Valid && p.High80.Valid,
	}
}

// aheadName is the word for the dots.
func (p *plot) aheadName() string {
	if p.ahead != nil && p.ahead.banded {
		return "projection"
	}
	return "projection_bare"
}

// projection draws the trend as dots, within the outline of its range.
func (p *plot) projection() []series {
	a := p.ahead
	text := p.l.T("chart.value", period(p.l, p.course.Assessment.Target.Period), p.w.number(a.to.value))
	style := &itemStyle{ItemStyle: opts.ItemStyle{Color: accent}}
	all := []series{{
		SingleSeries: charts.SingleSeries{
			Name: p.name(p.aheadName()), Type: "line", Symbol: "none",
			Data: []item{
				{Value: [2]float64{a.from.month, a.from.value}, Symbol: "none"},
				{Value: [2]float64{a.to.month, a.to.value}, Symbol: "circle", SymbolSize: 6, Tooltip: &tip{directed(p.l, p.name("projection_bare")+"\n"+text)}},
			},
			LineStyle: &opts.LineStyle{Color: accent, Width: 2, Type: "dotted"}, ShowSymbol: opts.Bool(true),
		},
		ItemStyle: style, Z: 2,
	}}
	if a.banded {
		all = append(all, series{
			SingleSeries: charts.SingleSeries{
				Type: "line", Symbol: "none",
				Data: [][2]float64{
					{a.from.month, a.from.value}, {a.to.month, a.high}, {a.to.month, a.low}, {a.from.month, a.from.value},
				},
				LineStyle: &opts.LineStyle{Color: accent, Width: 1, Type: "solid", Opacity: opts.Float(0.45)},
			},
			ItemStyle: style, Silent: true, Z: 1,
		})
	}
	return all
}
