package charts

import (
	"strings"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"

	"jalon/indicators/progress"
	"jalon/locale"
)

// A Slope is the share of the way that an indicator had covered at one moment and
// has covered at a later one: 0 at the baseline, 1 at the target.
type Slope struct {
	Title       string
	Before, Now float64
	Status      progress.Status // now
}

// A slopePanel is one half of the chart: the slopes of those that rose, or fell.
type slopePanel struct {
	slopes []Slope
	key    string // of its heading
	x, y   float64
	places []float64 // heights of the labels of now
	wasAt  []float64 // heights of the numbers of before
	texts  []string  // the titles, broken into lines
}

// A slopesPlot is the chart being laid out. Widths can be stretched: what lies
// between two points is told by the points, not in pixels.
type slopesPlot struct {
	l             *locale.Language
	from, to      string
	panels        [2]slopePanel
	width, height float64
	deep          float64 // height of the slopes
	low, high     float64 // ends of the axis of shares
	said          float64 // width of the labels of now
}

// The slopes: from the number of before to the labels of now, and what is above them.
const slopeStart, slopeEnd, slopeHead = 48.0, 148.0, 62.0

// The way from a slope's end to its label, and the sign that the label begins with.
const slopeLead, slopeSign = 24.0, 15.0

// Slopes shows the indicators that came further on since a moment beside those that
// fell back, on the same scale. From and to are the two moments, as they are read.
func Slopes(l *locale.Language, risen, fallen []Slope, from, to string, f Format) (Chart, error) {
	p := slopesPlot{l: l, from: plain(from), to: plain(to), width: 760, said: 200}
	p.panels = [2]slopePanel{{slopes: risen, key: "risen"}, {slopes: fallen, key: "fallen", x: 388}}
	if f == Narrow {
		p.width, p.said, p.panels[1].x = 360, 178, 0
	}
	p.lay(f)
	var drawn []series
	for n := range p.panels {
		drawn = append(drawn, p.posts(&p.panels[n]))
		drawn = append(drawn, p.lines(&p.panels[n])...)
	}
	drawn = append(drawn, p.dots(), p.signs(), lettering(p.lettered()))
	for n := range drawn {
		drawn[n].Cursor, drawn[n].Clip = "default", opts.Bool(false)
	}
	c := charts.NewScatter()
	c.SetGlobalOptions(
		charts.WithAnimation(false),
		charts.WithGridOpts(opts.Grid{Left: "0", Right: "0", Top: "0", Height: pixels(p.height)}),
		charts.WithXAxisOpts(opts.XAxis{Type: "value", Show: opts.Bool(false), Min: 0, Max: p.width, Inverse: opts.Bool(l.Dir == "rtl")}),
		charts.WithYAxisOpts(opts.YAxis{Type: "value", Show: opts.Bool(false), Min: 0, Max: p.height, Inverse: opts.Bool(true)}),
	)
	o, err := option(c, drawn, []legendRow{})
	return Chart{
		Name: "slopes", Title: l.T("chart.slopes.title", p.from, p.to), Description: p.describe(),
		Option: o, Width: int(p.width), Height: int(p.height),
	}, err
}

// lay finds the scale and the places of the labels, and makes room for all of them.
func (p *slopesPlot) lay(f Format) {
	p.low, p.high = 0, 1
	p.deep = 200
	for n := range p.panels {
		panel := &p.panels[n]
		needed := 0.0
		for _, s := range panel.slopes {
			p.low, p.high = min(p.low, clipped(s.Before), clipped(s.Now)), max(p.high, clipped(s.Before), clipped(s.Now))
			panel.texts = append(panel.texts, wrap(plain(s.Title), 12, p.said-8, 2))
			needed += p.tall(panel, len(panel.texts)-1)
		}
		p.deep = max(p.deep, needed)
	}
	first, second := p.needs(&p.panels[0]), p.needs(&p.panels[1])
	p.height = max(first, second)
	if f == Narrow {
		p.panels[1].y = first + 10
		p.height = first + 10 + second
	}
	for n := range p.panels {
		panel := &p.panels[n]
		var now, before []slot
		for i, s := range panel.slopes {
			now = append(now, slot{p.y(panel, s.Now), p.tall(panel, i)})
			before = append(before, slot{p.y(panel, s.Before), noteLine})
		}
		top := panel.y + slopeHead
		panel.places, panel.wasAt = spread(now, top, top+p.deep), spread(before, top-noteLine/2, top+p.deep+noteLine/2)
	}
}

// needs is the height of a panel.
func (p *slopesPlot) needs(panel *slopePanel) float64 {
	if len(panel.slopes) == 0 {
		return slopeHead
	}
	return slopeHead + p.deep + 16
}

// tall is the height of a label of now: the share with the status, and the title.
func (p *slopesPlot) tall(panel *slopePanel, n int) float64 {
	return noteLine*float64(strings.Count(panel.texts[n], "\n")+2) + 7
}

func (p *slopesPlot) y(panel *slopePanel, share float64) float64 {
	return panel.y + slopeHead + (p.high-clipped(share))/(p.high-p.low)*p.deep
}

func (p *slopesPlot) percent(share float64) string { return figure(p.l, p.l.Percent(share, 0)) }

// describe names those that moved, with both shares.
func (p *slopesPlot) describe() string {
	l := p.l
	list := func(key string, slopes []Slope) string {
		var all []string
		for _, s := range slopes {
			all = append(all, l.T("chart.slopes.item", plain(s.Title), p.percent(s.Before), p.percent(s.Now)))
		}
		if len(all) == 0 {
			return l.T("chart.slopes.none_" + key)
		}
		return l.T("chart.list_item", l.T("chart.slopes."+key), strings.Join(all, l.T("chart.list_semicolon")))
	}
	return l.T("chart.slopes.description", p.from, p.to, list("risen", p.panels[0].slopes), list("fallen", p.panels[1].slopes))
}
