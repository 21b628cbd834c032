package charts

import (
	"strings"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"

	"jalon/indicators/progress"
	"jalon/locale"
)

// A Dumbbell is how far one indicator had come a month ago and has come now. Shares
// of the way go from 0 at the baseline to 1 at the target; nil is unknown.
type Dumbbell struct {
	Title    string
	Before   *float64 // at the last snapshot
	Now      *float64
	Expected *float64 // where the path says that we should be
	Status   progress.Status
	Period   string // of the value that stands for now, as it is read; of Ahead, a remark
}

// The shares of the way beyond which a mark stands at the edge, with an arrow.
const leastShare, mostShare = -0.25, 1.25

// dumbbellLayout is where the rows stand, in pixels. The plot may be stretched.
type dumbbellLayout struct {
	width, left, right float64 // left and right of the plot, as in French
	lane, gap          float64 // heights of a row's plot and of the room below it
	above              bool    // titles and numbers stand above the plot, not beside it
}

// A dumbbells is a chart of them being laid out.
type dumbbells struct {
	dumbbellLayout
	l        *locale.Language
	words    string // prefix of the words that tell what is compared
	rows     []Dumbbell
	more     int       // are not drawn
	titles   []string  // broken into lines
	tops     []float64 // upper edges of the rows
	height   float64   // of the plot
	from, to float64   // ends of the axis
}

// What is compared, as the prefix of its words.
const nowAndBefore, nowAndAhead = "chart.dumbbells.", "chart.ahead."

const dumbbellHead = 46.0 // height of the numbers of the axis

// Dumbbells shows for each indicator which share of the way from its baseline to its
// target was covered a month ago and is now, beside what its path asks for. Some more, of
// which no share is known, stand in the table beside the chart alone.
func Dumbbells(l *locale.Language, all []Dumbbell, more int, f Format) (Chart, error) {
	return drawDumbbells(dumbbells{l: l, words: nowAndBefore, rows: all, more: more}, f)
}

// Ahead shows for each of several results which share of the way from its baselines to its
// targets is covered (Before), beside what is expected by now, and which share is
// anticipated at the horizon if all goes on as it does (Now).
func Ahead(l *locale.Language, all []Dumbbell, f Format) (Chart, error) {
	return drawDumbbells(dumbbells{l: l, words: nowAndAhead, rows: all}, f)
}

func drawDumbbells(d dumbbells, f Format) (Chart, error) {
	l := d.l
	d.dumbbellLayout = dumbbellLayout{width: 760, left: 246, right: 580, lane: 40, gap: 6}
	if f == Narrow {
		d.dumbbellLayout = dumbbellLayout{width: 360, left: 22, right: 338, lane: 26, gap: 12, above: true}
	}
	d.lay()
	drawn := append([]series{d.frame(), d.between(), d.ways(), d.expected(), d.before()}, d.now()...)
	drawn = append(drawn, d.arrows(), lettering(d.lettered()))
	for n := range drawn {
		drawn[n].Cursor = "default"
	}
	signs := []sign{{d.name("before"), "circle"}, {d.name("now"), "circle"}, {d.name("expected"), "path://M0,0H3V14H0Z"}}
	if len(d.rows) == 0 {
		signs = nil
	}
	legends := legend(l, signs, d.width-20)
	left, right := d.left, d.width-d.right
	if l.Dir == "rtl" {
		left, right = right, left
	}
	c := charts.NewScatter()
	c.SetGlobalOptions(
		charts.WithAnimation(false),
		charts.WithGridOpts(opts.Grid{Left: pixels(left), Right: pixels(right), Top: pixels(dumbbellHead), Height: pixels(d.height)}),
		charts.WithXAxisOpts(opts.XAxis{Type: "value", Show: opts.Bool(false), Min: d.from, Max: d.to, Inverse: opts.Bool(l.Dir == "rtl")}),
		charts.WithYAxisOpts(opts.YAxis{Type: "value", Show: opts.Bool(false), Min: 0, Max: d.height, Inverse: opts.Bool(true)}),
	)
	o, err := option(c, drawn, legends, captions(l, d.written()))
	return Chart{
		Name: map[string]string{nowAndBefore: "dumbbells", nowAndAhead: "ahead"}[d.words], Title: l.T(d.words + "title"), Description: d.describe(),
		Option: o, Width: int(d.width), Height: int(dumbbellHead + d.height + float64(len(legends))*legendLine + 8),
	}, err
}

func (d *dumbbells) name(key string) string { return directed(d.l, d.l.T(d.words+key)) }

// lay finds the rows' places and how far the axis must reach.
func (d *dumbbells) lay() {
	d.to = 1
	for _, row := range d.rows {
		for _, share := range []*float64{row.Before, row.Now, row.Expected} {
			if share != nil && *share < 0 {
				d.from = leastShare
			}
			if share != nil && *share > 1 {
				d.to = mostShare
			}
		}
		d.tops = append(d.tops, d.height)
		title := wrap(plain(row.Title), 13, d.left-30, 2)
		head := 0.0
		if d.above {
			title = wrap(plain(row.Title), 13, d.width-24, 2)
			head = noteLine*float64(strings.Count(title, "\n")+2) + 6
		}
		d.titles = append(d.titles, title)
		d.height += head + d.lane + d.gap
	}
	d.height = max(d.height, 40)
}

// y is the height of a row's marks.
func (d *dumbbells) y(n int) float64 {
	bottom := d.height
	if n+1 < len(d.tops) {
		bottom = d.tops[n+1]
	}
	return bottom - d.gap - d.lane/2
}

// frame is the lines of the grid, those at the baseline and the target stronger.
func (d *dumbbells) frame() series {
	var data []any
	for _, share := range d.ticks() {
		colour := line
		if share == 0 || share == 1 {
			colour = link
		}
		data = append(data, gridLine(&share, nil, colour))
	}
	return gridLines(data)
}

// between are the lines between the rows.
func (d *dumbbells) between() series {
	var data [][2]any
	for n, y := range d.tops {
		if n > 0 && !d.above {
			data = append(data, [2]any{d.from, y - d.gap/2}, [2]any{d.to, y - d.gap/2}, [2]any{nil, nil})
		}
	}
	return segments(data, opts.LineStyle{Color: line, Width: 1, Type: "solid"}, 1)
}

func (d *dumbbells) ticks() []float64 {
	all := []float64{0, 0.25, 0.5, 0.75, 1}
	if d.from < 0 {
		all = append([]float64{d.from}, all...)
	}
	if d.to > 1 {
		all = append(all, d.to)
	}
	return all
}

// clipped is where a share stands on the axis.
func clipped(share float64) float64 { return min(max(share, leastShare), mostShare) }

func (d *dumbbells) percent(share float64) string {
	return figure(d.l, d.l.Percent(share, 0))
}

// moved counts the indicators that came nearer to their target, and those that went
// back, by more than is seen in whole percents.
func (d *dumbbells) moved() (on, back int) {
	for _, row := range d.rows {
		if row.Before == nil || row.Now == nil {
			continue
		}
		switch change := *row.Now - *row.Before; {
		case change >= 0.005:
			on++
		case change <= -0.005:
			back++
		}
	}
	return on, back
}

// describe says how many came nearer, and who is furthest and least far on.
func (d *dumbbells) describe() string {
	l := d.l
	if len(d.rows) == 0 {
		return l.T(d.words + "empty")
	}
	var most, least *Dumbbell
	for n := range d.rows {
		row := &d.rows[n]
		if row.Now == nil {
			continue
		}
		if most == nil || *row.Now > *most.Now {
			most = row
		}
		if least == nil || *row.Now < *least.Now {
			least = row
		}
	}
	if d.words != nowAndBefore {
		return d.describeAhead()
	}
	on, back := d.moved()
	text := l.T("chart.dumbbells.description", l.N("chart.indicators", len(d.rows)), l.Integer(on), l.Integer(back))
	if most != nil && most != least {
		text += " " + l.T("chart.dumbbells.ends", plain(most.Title), d.percent(*most.Now), plain(least.Title), d.percent(*least.Now))
	}
	if d.more > 0 {
		text += " " + l.T("chart.dumbbells.more", l.N("chart.indicators", d.more))
	}
	return text
}

// describeAhead says how many are led to their targets, how many fall short, and of how
// many nothing can be said.
func (d *dumbbells) describeAhead() string {
	there, short, unknown := 0, 0, 0
	for _, row := range d.rows {
		switch {
		case row.Now == nil:
			unknown++
		case *row.Now >= 0.995: // as it is read, in whole percents
			there++
		default:
			short++
		}
	}
	l := d.l
	return l.T("chart.ahead.description", l.N("chart.ahead.results", len(d.rows)), l.Integer(there), l.Integer(short), l.Integer(unknown))
}
