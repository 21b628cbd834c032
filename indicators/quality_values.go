package indicators

import (
	"math"
	"slices"
)

// An observed value of a whole period, on the axis of months.
type observed struct {
	*Figure
	value float64
	month int // end of its period
}

// runs are the values of a series between its breaks, each run by period: values of one
// definition and of the length that is reported now.
func (q *inspection) runs(s *series) [][]observed {
	q.points = q.points[:0]
	var runs [][]observed
	first := 0
	end := func() {
		if len(q.points) > first {
			runs = append(runs, q.points[first:len(q.points):len(q.points)])
			first = len(q.points)
		}
	}
	for n := range s.figures {
		f := &s.figures[n]
		if f.Status == "B" {
			end()
		}
		if s.counts(f) && f.Period.Months() == s.months {
			q.points = append(q.points, observed{f, f.Value.Float(), f.Period.EndMonth()})
		}
	}
	end()
	return runs
}

// How alike the neighbours of a value must be, and how near to a power of ten times
// their median the value, for its unit to be doubted; both as factors.
const (
	alikeNeighbours = 2
	nearFactor      = 1.5
)

// factors are those by which units are mixed up: a share for a percentage, persons for
// thousands of them.
func factors() [4]float64 { return [4]float64{100, 1000, 0.01, 0.001} }

// mixups finds values that are about 100 or 1000 times their neighbours, or as many times
// smaller, and gives the run without them. The neighbours are the four nearest values, of
// which there must be three at least, all of about one size: where those differ, nothing
// is said. A series may begin with little: its first values are not called too small.
func (q *inspection) mixups(key SeriesKey, run []observed) []observed {
	const neighbours, fewest = 4, 3
	if len(run) <= fewest || !farApart(run) {
		return run
	}
	var wrong []int
	var beside [neighbours]float64
	for k := range run {
		first := max(min(k-neighbours/2, len(run)-1-neighbours), 0)
		near := beside[:0]
		for n := first; n < len(run) && n <= first+neighbours; n++ {
			if n != k {
				near = append(near, run[n].value)
			}
		}
		median, alike := oneSize(near)
		if !alike {
			continue
		}
		for _, factor := range factors() {
			ratio := run[k].value / median / factor
			if ratio < 1/nearFactor || ratio > nearFactor || factor < 1 && k < neighbours/2 {
				continue
			}
			wrong = append(wrong, k)
			q.add(Finding{Rule: "unit_mixup", Indicator: Optional(key.Indicator), Breakdown: key.Breakdown, Period: run[k].Period,
				Details: Details{{"value", run[k].Value}, {"neighbours", Amount(median)}, {"factor", factor}}}, number(run[k].Value))
		}
	}
	if len(wrong) == 0 {
		return run
	}
	rest := make([]observed, 0, len(run)-len(wrong))
	for k := range run {
		if !slices.Contains(wrong, k) {
			rest = append(rest, run[k])
		}
	}
	return rest
}

// farApart tells whether any value of a run can be mixed up with another: whether the
// largest is many times the smallest. Of most runs nothing else has to be looked at.
func farApart(run []observed) bool {
	const least = 100/nearFactor - 1 // times; a little less than the nearest factor, for rounding
	low, high := math.Inf(1), 0.0
	for k := range run {
		if v := math.Abs(run[k].value); v > 0 {
			low, high = min(low, v), max(high, v)
		}
	}
	return high >= least*low
}

// oneSize is the median of a few values, and whether all of them are of one sign and
// about one size. They are sorted.
func oneSize(values []float64) (median float64, alike bool) {
	least, most := math.Inf(1), 0.0
	for _, v := range values {
		if v == 0 || v < 0 != (values[0] < 0) {
			return 0, false
		}
		least, most = min(least, math.Abs(v)), max(most, math.Abs(v))
	}
	if most > alikeNeighbours*least {
		return 0, false
	}
	slices.Sort(values)
	half := len(values) / 2
	if len(values)%2 == 1 {
		return values[half], true
	}
	return values[half-1]/2 + values[half]/2, true
}

// bounds finds values outside what the indicator can be. None comes in, but the bounds
// may have become others since.
func (q *inspection) bounds(i *Indicator, key SeriesKey, s *series) {
	low, high := i.Bounds()
	if !low.IsSet() && !high.IsSet() {
		return
	}
	for n := range s.figures {
		f := &s.figures[n]
		if !f.Value.IsSet() || !(low.IsSet() && f.Value.Less(low)) && !(high.IsSet() && high.Less(f.Value)) {
			continue
		}
		q.add(Finding{Rule: "out_of_bounds", Indicator: Optional(i.Code), Breakdown: key.Breakdown, Period: f.Period,
			Details: Details{{"value", f.Value}, {"least", low}, {"most", high}}}, number(f.Value), number(low), number(high))
	}
}

// falls finds values of a cumulative series below an earlier one.
func (q *inspection) falls(key SeriesKey, s *series) {
	for _, f := range s.falls() {
		q.add(fallFinding(key, f), number(f.LaterValue), f.Earlier.String(), number(f.EarlierValue))
	}
}

func fallFinding(key SeriesKey, f Fall) Finding {
	return Finding{Rule: "cumulative_fell", Indicator: Optional(key.Indicator), Breakdown: key.Breakdown, Period: f.Later,
		Details: Details{{"value", f.LaterValue}, {"before", f.EarlierValue}, {"before_period", f.Earlier}}}
}
