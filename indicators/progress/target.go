package progress

// A Direction is where a value is wanted to go.
type Direction int8

// The directions. Maintain asks for a level and counts no way.
const (
	Decrease Direction = -1
	Maintain Direction = 0
	Increase Direction = +1
)

// A Comparison is how a value is held against a target; the empty one is "at
// least" for an increase and "at most" for a decrease.
type Comparison string

// The comparisons.
const (
	AtLeast Comparison = "at_least"
	AtMost  Comparison = "at_most"
	Above   Comparison = "above"
	Below   Comparison = "below"
)

// A Target is a value, or a band from Low to High, to be reached by the end of
// Month.
type Target struct {
	Month      int
	Value      float64
	Low, High  float64
	Range      bool
	Comparison Comparison
}

// Met tells whether a value reaches the target, edges included but for above
// and below. To maintain, without a comparison, is to be at the value.
func (t *Target) Met(v float64, d Direction) bool {
	switch {
	case t.Range:
		return t.Low <= v && v <= t.High
	case t.Comparison == Above:
		return v > t.Value
	case t.Comparison == Below:
		return v < t.Value
	case t.Comparison == AtLeast, t.Comparison == "" && d == Increase:
		return v >= t.Value
	case t.Comparison == AtMost, t.Comparison == "" && d == Decrease:
		return v <= t.Value
	}
	return v == t.Value
}

// Upward tells whether more is never too much.
func (t *Target) Upward(d Direction) bool {
	switch {
	case t.Range:
		return false
	case t.Comparison != "":
		return t.Comparison == AtLeast || t.Comparison == Above
	}
	return d == Increase
}

// distance is how far a value lies outside the band, 0 within.
func (t *Target) distance(v float64) float64 {
	return max(0, t.Low-v, v-t.High)
}

// A Path is where a value should be at any time: straight from the baseline to
// the target, through the milestones between them.
type Path struct {
	From, To   Point
	Milestones []Point // by month; those not between From and To do not count
}

// At is the value asked for at the end of a month; it stays at the target's
// afterwards and is not defined before the baseline.
func (p *Path) At(month int) Number {
	if month < p.From.Month {
		return Number{}
	}
	before := p.From
	for _, next := range p.Milestones {
		if !p.passes(next) {
			continue
		}
		if month <= next.Month {
			return between(before, next, month)
		}
		before = next
	}
	if month >= p.To.Month {
		return Num(p.To.Value)
	}
	return between(before, p.To, month)
}

// Share is the share of the way that a value has covered.
func (p *Path) Share(v float64) Number {
	return Num((v - p.From.Value) / (p.To.Value - p.From.Value))
}

// Points are the ends and bends of the path, by month.
func (p *Path) Points() []Point {
	all := []Point{p.From}
	for _, m := range p.Milestones {
		if p.passes(m) {
			all = append(all, m)
		}
	}
	return append(all, p.To)
}

func (p *Path) passes(m Point) bool { return m.Month > p.From.Month && m.Month < p.To.Month }

func between(a, b Point, month int) Number {
	if month == b.Month {
		return Num(b.Value)
	}
	share := float64(month-a.Month) / float64(b.Month-a.Month)
	return Num(a.Value + (b.Value-a.Value)*share)
}
