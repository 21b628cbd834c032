package charts

import (
	"slices"
	"strings"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"

	"jalon/indicators"
	"jalon/indicators/progress"
	"jalon/locale"
)

// A Tile is one goal of a matrix: one of the 17 Sustainable Development Goals, or
// an axis of a plan, with what is known about its indicators.
type Tile struct {
	Code   string
	Title  string
	Colour string // of the goal, #rrggbb: GoalColour gives the official ones
	Rollup indicators.Rollup
	Trend  indicators.Trend
}

// The levels that a tile can have besides those of its score.
const (
	levelEmpty = -2 // no indicator
	levelThin  = -1 // too few of them assessed for a score
)

// A shade is the colour of one level, from Level on.
type shade struct {
	level  int
	colour string
	key    string // of the word for it
	scored string // the same for a score from -5 to +5
}

// shades go from light to dark as the way covered grows: quarters of the score.
func shades() []shade {
	r := ramp()
	return []shade{
		{0, r[0], "q1", "s1"}, {1, r[1], "q2", "s2"}, {2, r[2], "q3", "s3"}, {3, r[3], "q4", "s4"},
		{levelThin, gaps, "thin", "thin"}, {levelEmpty, pale, "", ""},
	}
}

func (t Tile) level() int {
	switch {
	case t.Rollup.Total == 0:
		return levelEmpty
	case !t.Rollup.Score.Valid:
		return levelThin
	}
	return min(max(int(t.way()*4), 0), 3)
}

// way is where the score stands between its ends, 0 to 1: a score from -5 to +5 has
// its quarters where its categories begin.
func (t Tile) way() float64 {
	if t.Rollup.Measure == indicators.MeanScore {
		return (t.Rollup.Score.Value + 5) / 10
	}
	return t.Rollup.Score.Value
}

// score writes the score.
func (t Tile) score(l *locale.Language) string {
	if t.Rollup.Measure == indicators.MeanScore {
		return figure(l, l.Signed(t.Rollup.Score.Value, 1))
	}
	return figure(l, l.Percent(t.Rollup.Score.Value, 0))
}

func colourOf(level int) string {
	for _, s := range shades() {
		if s.level == level {
			return s.colour
		}
	}
	return pale
}

// tileHeight leaves room for three lines of title.
const tileHeight = 118.0

// GoalMatrix shows goals as tiles, darker the further their indicators have come,
// each with how many of its indicators could be assessed.
func GoalMatrix(l *locale.Language, title string, tiles []Tile, f Format) (Chart, error) {
	width, columns := 760.0, min(max(len(tiles), 1), 6)
	if f == Narrow {
		width, columns = 360, min(max(len(tiles), 1), 3)
	}
	lines := max((len(tiles)+columns-1)/columns, 1)
	all, legends := matrixKey(l, tiles, width)
	all = append([]series{tileSeries(l, tiles, columns, width/float64(columns))}, all...)
	plot := float64(lines) * tileHeight
	foot := float64(len(legends))*legendLine + 8

	c := charts.NewHeatMap()
	c.SetGlobalOptions(
		charts.WithAnimation(false),
		charts.WithGridOpts(opts.Grid{Left: "0", Right: "0", Top: "0", Height: pixels(plot)}),
		charts.WithXAxisOpts(opts.XAxis{Type: "category", Show: opts.Bool(false), Data: rows(columns), Inverse: opts.Bool(l.Dir == "rtl")}),
		charts.WithYAxisOpts(opts.YAxis{Type: "category", Show: opts.Bool(false), Data: rows(lines), Inverse: opts.Bool(true)}),
	)
	o, err := option(c, all, legends, map[string]any{"visualMap": levels()})
	return Chart{
		Name: "goal_matrix", Title: title, Description: describeMatrix(l, title, tiles),
		Option: o, Width: int(width), Height: int(plot + foot),
	}, err
}

// visualMap tells the series that it colours, for which go-echarts has no field.
type visualMap struct {
	opts.VisualMap
	SeriesIndex int `json:"seriesIndex"`
}

// levels gives each level its colour; a heat map takes colours from nowhere else.
func levels() visualMap {
	var pieces []opts.Piece
	for _, s := range shades() {
		pieces = append(pieces, opts.Piece{Gt: float32(s.level) - 0.5, Lt: float32(s.level) + 0.5, Color: s.colour})
	}
	return visualMap{VisualMap: opts.VisualMap{Type: "piecewise", Show: opts.Bool(false), Dimension: "2", Pieces: pieces}}
}

func tileSeries(l *locale.Language, tiles []Tile, columns int, width float64) series {
	data := make([]item, len(tiles))
	for n, t := range tiles {
		level := t.level()
		data[n] = item{
			Value: [3]int{n % columns, n / columns, level},
			Label: t.label(l, width-24), Tooltip: t.tip(l),
			ItemStyle: &itemStyle{ItemStyle: opts.ItemStyle{BorderColor: sheet, BorderWidth: 5}},
		}
		if level == levelThin {
			data[n].ItemStyle.Decal = hatch()
		}
	}
	return series{SingleSeries: charts.SingleSeries{Type: "heatmap", Data: data}, Cursor: "default"}
}

// label writes the goal's code on its colour, the score, the title, and how much
// of it is known.
func (t Tile) label(l *locale.Language, width float64) *label {
	written := inkOn(colourOf(t.level()))
	faint := written
	if t.Rollup.Total == 0 {
		written, faint = soft, soft
	}
	first := []string{inStyle("code", figure(l, plain(t.Code)))}
	if t.Rollup.Score.Valid {
		first = append(first, inStyle("score", t.score(l)))
	}
	if t.Trend != indicators.NoTrend {
		first = append(first, inStyle("trend", t.arrow(l)))
	}
	position := "insideTopLeft"
	if l.Dir == "rtl" {
		position = "insideTopRight"
		for i, j := 0, len(first)-1; i < j; i, j = i+1, j-1 {
			first[i], first[j] = first[j], first[i]
		}
	}
	lines := []string{strings.Join(first, " ")}
	for _, line := range strings.Split(wrap(plain(t.Title), 12, width, 3), "\n") {
		lines = append(lines, inStyle("title", directed(l, line)))
	}
	lines = append(lines, inStyle("known", directed(l, t.known(l))))
	colour := t.Colour
	if colour == "" {
		colour = accent
	}
	gap := 13.0
	return &label{
		Label:    opts.Label{Show: opts.Bool(true), Position: position, Formatter: strings.Join(lines, "\n"), Color: written, Align: sides(l).start},
		Distance: &gap,
		Rich: map[string]opts.TextStyle{
			"code":  {Color: inkOn(colour), BackgroundColor: colour, FontWeight: "bold", FontSize: 13, Padding: []int{4, 7}, BorderRadius: 3, BorderColor: sheet, BorderWidth: 1},
			"score": {Color: written, FontWeight: "bold", FontSize: 17, Padding: []int{0, 5}},
			"trend": {Color: written, FontWeight: "bold", FontSize: 17, Padding: []int{0, 3}},
			"title": {Color: written, FontSize: 12, LineHeight: 16},
			"known": {Color: faint, FontSize: 11, LineHeight: 17},
		},
	}
}

func (t Tile) known(l *locale.Language) string {
	if t.Rollup.Total == 0 {
		return l.T("chart.no_indicator")
	}
	return l.N("chart.assessed_of", t.Rollup.Assessed, l.Integer(t.Rollup.Total))
}

func (t Tile) tip(l *locale.Language) *tip {
	lines := []string{plain(t.Code + " · " + t.Title), t.known(l)}
	if t.Trend != indicators.NoTrend {
		lines = append(lines, t.arrow(l)+" "+l.T("trend."+string(t.Trend)))
	}
	for n, status := range progress.Statuses() {
		if count := t.Rollup.Counts[n]; count > 0 {
			lines = append(lines, l.T("chart.list_item", l.T("status."+string(status)), l.Integer(count)))
		}
	}
	return &tip{directed(l, strings.Join(lines, "\n"))}
}

// matrixKey explains the shades in use: the series that carry them are empty.
func matrixKey(l *locale.Language, tiles []Tile, width float64) ([]series, []legendRow) {
	used := map[int]bool{}
	for _, t := range tiles {
		used[t.level()] = true
	}
	var all []series
	var signs []sign
	for _, s := range shades() {
		if s.level < 0 && !used[s.level] || s.level == levelEmpty { // which its tiles say in words
			continue
		}
		key := s.key
		if scored(tiles) {
			key = s.scored
		}
		name := directed(l, l.T("chart.goal_matrix."+key))
		style := &itemStyle{ItemStyle: opts.ItemStyle{Color: s.colour, BorderColor: rim, BorderWidth: 1, Opacity: opts.Float(1)}}
		if s.level == levelThin {
			style.Decal = hatch()
		}
		all = append(all, series{SingleSeries: charts.SingleSeries{Name: name, Type: "scatter", Data: []item{}}, ItemStyle: style})
		signs = append(signs, sign{name, "roundRect"})
	}
	return all, legend(l, signs, width-8)
}

// scored tells whether the tiles show scores from -5 to +5.
func scored(tiles []Tile) bool {
	return slices.ContainsFunc(tiles, func(t Tile) bool { return t.Rollup.Measure == indicators.MeanScore })
}

func describeMatrix(l *locale.Language, title string, tiles []Tile) string {
	title = plain(title) // a brace in it is not a place for a number
	var parts []string
	known, key := 0, "chart.goal_matrix.description"
	if scored(tiles) {
		key = "chart.goal_matrix.description_score"
	}
	for _, t := range tiles {
		if !t.Rollup.Score.Valid {
			continue
		}
		known++
		parts = append(parts, l.T("chart.list_item", figure(l, plain(t.Code)), t.score(l)))
	}
	trends := describeTrends(l, tiles)
	if known == 0 {
		return l.T("chart.goal_matrix.unknown", title) + trends
	}
	return l.T(key, title, l.Integer(known), l.Integer(len(tiles)), strings.Join(parts, l.T("chart.list_comma"))) + trends
}
