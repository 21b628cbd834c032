package charts

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/go-echarts/go-echarts/v2/opts"

	"jalon/locale"
)

// A Node is a donor, a theme or a result that money passes through.
type Node struct {
	Code  string // unique within its column
	Title string
	Shown string // the amount that passes, as it is written; may be empty
}

// A Flow is money from a node of one column to a node of the next. All flows of a
// picture are in one currency.
type Flow struct {
	From, To string // codes
	Column   int    // of From; To stands in the next
	Value    float64
	Shown    string // the value as it is written
}

// A river is a picture of flows.
type river struct {
	plane
	columns [][]Node
	all     []Flow
	wide    bool
	gap     float64 // between nodes of a column
	lines   int     // of a title beside its node
	side    float64 // room for the labels of the first and last column
	head    float64
}

const nodeWidth = 14

// sankeyNode and sankeyLink are what ECharts calls them.
type sankeyNode struct {
	Name      string     `json:"name"`
	Depth     int        `json:"depth"`
	X         float64    `json:"localX"` // where it stands, as shares of the room
	Y         float64    `json:"localY"`
	Label     *label     `json:"label"`
	ItemStyle *itemStyle `json:"itemStyle"`
	Tooltip   *tip       `json:"tooltip"`
}

type sankeyLink struct {
	Source    string          `json:"source"`
	Target    string          `json:"target"`
	Value     float64         `json:"value"`
	Tooltip   *tip            `json:"tooltip"`
	LineStyle *opts.LineStyle `json:"lineStyle"`
}

// Flows shows money on its way through columns of nodes: from donors through themes
// to results. A flow is as thick as its value; nodes that nothing passes are left out.
func Flows(l *locale.Language, columns [][]Node, all []Flow, f Format) (Chart, error) {
	r := &river{plane: plane{l: l, width: 760}, wide: f == Wide, gap: 48, lines: 2, side: 178, head: 62}
	r.read(columns, all)
	most := 0
	for _, c := range r.columns {
		most = max(most, len(c))
	}
	if most > 12 || f == Narrow {
		r.gap, r.lines = 38, 1
	}
	if f == Narrow {
		r.width, r.side = 360, 2
	}
	plot := max(float64(most)*r.gap+180, 300)
	if len(r.all) == 0 {
		plot = 30
	}
	r.height = r.head + plot + 36 // the label of a thin last node hangs over
	r.area, r.xs, r.ys = box{r.side, 0, r.width - 2*r.side, r.height}, [2]float64{0, 1}, [2]float64{0, 1}
	r.headings()
	laid := r.lay(plot)
	sankey := map[string]any{ // ECharts keeps the order of nodes, and places them as it is told
		"type": "sankey", "left": r.side, "right": r.side, "top": r.head, "height": plot, "nodeWidth": nodeWidth, "nodeGap": r.gap,
		"draggable": false, "layoutIterations": 0, "nodeAlign": "justify", "emphasis": emphasis{}, "cursor": "default",
		"pixelsPerUnit": laid.perUnit, "data": r.nodes(laid), "links": r.links(),
	}
	words := lettering(r.written)
	words.Cursor = "default"
	drawn := []any{words}
	if len(r.all) > 0 {
		drawn = append(drawn, sankey)
	}
	o, err := r.option(nil, nil, map[string]any{"series": drawn})
	return Chart{
		Name: "flows", Title: l.T("chart.flows.title"), Description: r.describe(),
		Option: o, Width: int(r.width), Height: int(r.height),
	}, err
}

func nodeName(column int, code string) string { return fmt.Sprintf("%d %s", column, code) }

// read keeps the flows that lead from a node to one of the next column, and the
// nodes that they touch.
func (r *river) read(columns [][]Node, all []Flow) {
	has := func(column int, code string) bool {
		return column >= 0 && column < len(columns) && slices.ContainsFunc(columns[column], func(n Node) bool { return n.Code == code })
	}
	touched := map[string]bool{}
	for _, f := range all {
		if f.Value > 0 && finite(f.Value) && has(f.Column, f.From) && has(f.Column+1, f.To) {
			r.all = append(r.all, f)
			touched[nodeName(f.Column, f.From)], touched[nodeName(f.Column+1, f.To)] = true, true
		}
	}
	for n, c := range columns {
		var kept []Node
		for _, node := range c {
			if name := nodeName(n, node.Code); touched[name] {
				kept = append(kept, node)
				touched[name] = false // a code counts once
			}
		}
		r.columns = append(r.columns, kept)
	}
}

// headings name the columns.
func (r *river) headings() {
	side := sides(r.l)
	if len(r.all) == 0 {
		r.write(hand{soft, 13, false}, r.l.T("chart.flows.none"), "center", r.width/2, r.head)
	}
	for n, key := range []string{"donor", "theme", "result"} {
		if n >= len(r.columns) {
			return
		}
		at, align := r.from(r.side+2), side.start
		switch {
		case n == len(r.columns)-1 && n > 0:
			at, align = r.from(r.width-r.side-2), side.end
		case n > 0:
			at, align = r.width/2, "center"
		}
		if r.wide && n == 0 {
			at, align = r.from(r.side+nodeWidth), side.end
		}
		if r.wide && n == 2 {
			at, align = r.from(r.width-r.side-nodeWidth), side.start
		}
		r.write(hand{soft, 12, true}, r.l.T("chart.flows."+key), align, at, 12)
	}
}

// column is where a column stands for ECharts, which always goes from left to right.
func (r *river) column(n int) int {
	if r.rtl() {
		return len(r.columns) - 1 - n
	}
	return n
}

func (r *river) colour(column int) string { return []string{accent, goal, soft}[column%3] }

func (r *river) nodes(laid *laying) []sankeyNode {
	all := []sankeyNode{}
	room := r.width - 2*r.side
	for n, column := range laid.columns {
		for _, s := range column {
			node := r.node(n, s.code)
			text := plain(node.Title)
			if node.Shown != "" {
				text = r.l.T("chart.list_item", text, figure(r.l, plain(node.Shown)))
			}
			all = append(all, sankeyNode{
				Name: nodeName(n, node.Code), Depth: r.column(n), Label: r.nodeLabel(n, node),
				X: float64(r.column(n)) * (room - nodeWidth) / float64(max(len(r.columns)-1, 1)) / room, Y: s.top / laid.height,
				ItemStyle: &itemStyle{ItemStyle: opts.ItemStyle{Color: r.colour(n), Opacity: opts.Float(1)}},
				Tooltip:   &tip{directed(r.l, text)},
			})
		}
	}
	return all
}

// nodeLabel writes title and amount beside the outer nodes, where there is room,
// else above.
func (r *river) nodeLabel(n int, node Node) *label {
	first, last := n == 0, n == len(r.columns)-1
	side, room, lines := sides(r.l), r.width/3-8, 1
	if outer := first || last; outer && r.wide {
		room, lines = r.side-14, r.lines
	}
	text := wrap(plain(node.Title), 12, room, lines)
	var all []string
	for _, line := range strings.Split(text, "\n") {
		all = append(all, inStyle("title", directed(r.l, figure(r.l, line))))
	}
	if node.Shown != "" {
		all = append(all, inStyle("shown", directed(r.l, figure(r.l, cut(plain(node.Shown), 12, room)))))
	}
	written := hand{ink, 12, false}.label(strings.Join(all, "\n"), "center")
	gap := 4.0
	written.Position, written.Distance, written.VerticalAlign = "top", &gap, ""
	written.Halo, written.HaloWide = sheet, 3
	written.Rich = map[string]opts.TextStyle{
		"title": {Color: ink, FontSize: 12, LineHeight: 15},
		"shown": {Color: soft, FontSize: 12, LineHeight: 15},
	}
	switch {
	case r.wide && first:
		written.Position, written.Align, written.VerticalAlign = side.start, side.end, "middle"
	case r.wide && last:
		written.Position, written.Align, written.VerticalAlign = side.end, side.start, "middle"
	case first:
		written.Align, written.Offset = side.start, []float64{r.shift(-nodeWidth / 2), 0}
	case last:
		written.Align, written.Offset = side.end, []float64{r.shift(nodeWidth / 2), 0}
	}
	return written
}

func (r *river) shift(x float64) float64 {
	if r.rtl() {
		return -x
	}
	return x
}

func (r *river) links() []sankeyLink {
	all := []sankeyLink{}
	for _, f := range r.all {
		from, to := nodeName(f.Column, f.From), nodeName(f.Column+1, f.To)
		if r.rtl() {
			from, to = to, from
		}
		all = append(all, sankeyLink{
			Source: from, Target: to, Value: f.Value, Tooltip: &tip{directed(r.l, r.sentence(f))},
			LineStyle: &opts.LineStyle{Color: r.colour(f.Column), Opacity: opts.Float(0.28)},
		})
	}
	return all
}

func (r *river) node(column int, code string) Node {
	for _, n := range r.columns[column] {
		if n.Code == code {
			return n
		}
	}
	return Node{}
}

func (r *river) title(column int, code string) string { return plain(r.node(column, code).Title) }

// sentence is a flow in words.
func (r *river) sentence(f Flow) string {
	return r.l.T("chart.flows.flow", r.title(f.Column, f.From), r.title(f.Column+1, f.To), figure(r.l, plain(f.Shown)))
}

func (r *river) describe() string {
	if len(r.all) == 0 {
		return r.l.T("chart.flows.empty")
	}
	largest := slices.MaxFunc(r.all, func(a, b Flow) int { return cmp.Compare(a.Value, b.Value) })
	counts := [3]int{}
	for n := range min(len(r.columns), len(counts)) {
		counts[n] = len(r.columns[n])
	}
	return r.l.T("chart.flows.description", r.l.Integer(counts[0]), r.l.Integer(counts[1]), r.l.Integer(counts[2]), r.sentence(largest))
}
