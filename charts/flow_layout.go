package charts

import (
	"cmp"
	"math"
	"slices"
)

// stood is where a node stands below the top of its column, and how high it is.
type stood struct {
	code      string
	top, high float64
}

func (s *stood) middle() float64 { return s.top + s.high/2 }

// laying stands nodes so that flows run as straight as there is room: the way of Sankey
// diagrams since d3-sankey (https://github.com/d3/d3-sankey). Nodes begin in the order
// given; each then moves to the mean height of its neighbours, weighed by what flows, in
// turns from either side, and no closer to the next than a gap.
type laying struct {
	columns [][]*stood
	flows   []Flow
	height  float64
	gap     float64
	perUnit float64 // pixels of a unit of value
	by      []map[string]*stood
}

const layingTurns = 16

func (r *river) lay(height float64) *laying {
	l := &laying{flows: r.all, height: height, gap: r.gap, perUnit: math.Inf(1)}
	for n, nodes := range r.columns {
		column, by, sum := []*stood{}, map[string]*stood{}, 0.0
		for _, node := range nodes {
			s := &stood{code: node.Code, high: r.through(n, node.Code)}
			sum += s.high
			column, by[node.Code] = append(column, s), s
		}
		if sum > 0 {
			l.perUnit = min(l.perUnit, max(height-float64(len(nodes)-1)*r.gap, 0)/sum)
		}
		l.columns, l.by = append(l.columns, column), append(l.by, by)
	}
	if math.IsInf(l.perUnit, 1) { // nothing flows
		l.perUnit = 0
	}
	for _, column := range l.columns {
		for _, s := range column {
			s.high *= l.perUnit
		}
		l.settle(column)
	}
	for range layingTurns {
		for n := range l.columns {
			l.straighten(n, n-1)
		}
		for n := len(l.columns) - 1; n >= 0; n-- {
			l.straighten(n, n+1)
		}
	}
	return l
}

// through is what passes a node.
func (r *river) through(column int, code string) float64 {
	in, out := 0.0, 0.0
	for _, f := range r.all {
		if f.Column == column && f.From == code {
			out += f.Value
		}
		if f.Column+1 == column && f.To == code {
			in += f.Value
		}
	}
	return max(in, out)
}

// straighten moves the nodes of a column towards what they exchange with another.
func (l *laying) straighten(column, other int) {
	if other < 0 || other >= len(l.columns) {
		return
	}
	weights, sums := map[string]float64{}, map[string]float64{}
	for _, f := range l.flows {
		own, far := f.From, f.To
		if f.Column != column {
			own, far = far, own
		}
		if f.Column != min(column, other) {
			continue
		}
		weights[own] += f.Value
		sums[own] += f.Value * l.by[other][far].middle()
	}
	for _, s := range l.columns[column] {
		if weights[s.code] > 0 {
			s.top = sums[s.code]/weights[s.code] - s.high/2
		}
	}
	l.settle(l.columns[column])
}

// settle moves nodes apart that stand too close, downwards and then up from the foot.
func (l *laying) settle(column []*stood) {
	slices.SortStableFunc(column, func(a, b *stood) int { // to a pixel: else rounding would shuffle equals
		return cmp.Compare(math.Round(a.top), math.Round(b.top))
	})
	free := 0.0
	for _, s := range column {
		s.top = max(s.top, free)
		free = s.top + s.high + l.gap
	}
	free = l.height
	for _, s := range slices.Backward(column) {
		s.top = max(min(s.top, free-s.high), 0)
		free = s.top - l.gap
	}
}
