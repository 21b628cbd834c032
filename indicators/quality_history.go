package indicators

import (
	"math"
	"slices"

	"jalon/indicators/progress"
)

// leastHistory is how many values, or changes from one to the next, must be known for one
// of them to be called unusual.
const leastHistory = 8

// leastSpread is the share of a series' usual size that its values, or changes, are taken
// to spread by at least: a series that hardly moves is not told of for its rounding.
const leastSpread = 0.01

// trendP is the probability, by the test of Mann and Kendall, below which a series is said
// to have a trend.
const trendP = 0.05

// history finds values that are unusual in their own series: of one without a trend those
// far from its median, of one with a trend those that it has never jumped to before. Both
// are judged by the modified z-score of Iglewicz and Hoaglin (1993), |M| > 3.5.
func (q *inspection) history(i *Indicator, key SeriesKey, run []observed) {
	if len(run) < leastHistory {
		return
	}
	var usual bool
	q.values = q.values[:0]
	for _, p := range run {
		q.values = append(q.values, math.Abs(p.value))
		usual = usual || p.value != run[0].value
	}
	if !usual { // all are equal
		return
	}
	h := past{inspection: q, key: key, run: run, least: leastSpread * progress.SpreadOf(q.values).Median, seasonal: i.Accumulation != Cumulative && i.Frequency.Months() < 12}
	if i.Accumulation == Cumulative || trending(run) {
		h.jumps()
	} else {
		h.outliers()
	}
}

// trending tells whether a series rises or falls by more than chance.
func trending(run []observed) bool {
	s := make(progress.Series, len(run))
	for n, p := range run {
		s[n] = progress.Reading{Year: n + 1, Value: p.value}
	}
	test := progress.TrendMannKendall(s)
	return !test.P.Valid || test.P.Value < trendP
}

// A past is a series as its own values are held against it.
type past struct {
	*inspection
	key      SeriesKey
	run      []observed
	least    float64 // what values are taken to spread by at least
	seasonal bool    // the months of a year may differ

	yearly map[int]float64 // of seasonal series, changes over a year by place in the run
	spread progress.Spread // of these
}

// unusual is the score of a number among others that spread so far; ok is false where it
// is an ordinary one, or nothing can be said.
func unusual(x float64, s progress.Spread, least float64) (score float64, ok bool) {
	if s.MAD == 0 && least == 0 {
		return 0, false
	}
	score = s.ModifiedZ(x, least)
	return score, math.Abs(score) > progress.UnusualZ
}

// outliers finds values far from the median.
func (h *past) outliers() {
	values := h.all(func(k int) float64 { return h.run[k].value }, 0)
	s := progress.SpreadOf(values)
	for k := range h.run {
		score, is := unusual(h.run[k].value, s, h.least)
		if !is || !h.unusualForItsSeason(k) {
			continue
		}
		h.add(Finding{Rule: "outlier", Indicator: Optional(h.key.Indicator), Breakdown: h.key.Breakdown, Period: h.run[k].Period,
			Details: Details{{"value", h.run[k].Value}, {"median", Amount(s.Median)}, {"score", score}}}, number(h.run[k].Value))
	}
}

// jumps finds changes from one value to the next, for each period between the two, that
// are unusual both as they are and, where all values are above zero, as growth: neither a
// straight line nor growth by a constant rate jumps. The way back from a value that was
// jumped to is no jump of its own.
func (h *past) jumps() {
	if len(h.run) <= leastHistory {
		return
	}
	changes := progress.SpreadOf(h.all(h.change, 1))
	positive := !slices.ContainsFunc(h.run, func(p observed) bool { return p.value <= 0 })
	var growths progress.Spread
	if positive {
		growths = progress.SpreadOf(h.all(h.growth, 1))
	}
	before := 0.0 // score of the change before, where that was a jump
	for k := 1; k < len(h.run); k++ {
		score, is := unusual(h.change(k), changes, h.least)
		if is && positive {
			_, is = unusual(h.growth(k), growths, leastSpread)
		}
		wayBack := is && before != 0 && before > 0 != (score > 0)
		if before = 0; is && !wayBack {
			before = score
		}
		if !is || wayBack || !h.unusualForItsSeason(k) {
			continue
		}
		from, to := h.run[k-1], h.run[k]
		h.add(Finding{Rule: "jump", Indicator: Optional(h.key.Indicator), Breakdown: h.key.Breakdown, Period: to.Period, Details: Details{
			{"value", to.Value}, {"before", from.Value}, {"before_period", from.Period}, {"usual", Amount(changes.Median)}, {"score", score},
		}}, number(to.Value), number(from.Value))
	}
}

// change is how much a value differs from the one before, for each period between them.
func (h *past) change(k int) float64 { return (h.run[k].value - h.run[k-1].value) / h.periods(k) }

// growth is the same of the logarithms.
func (h *past) growth(k int) float64 {
	return math.Log(h.run[k].value/h.run[k-1].value) / h.periods(k)
}

func (h *past) periods(k int) float64 {
	return float64(h.run[k].month-h.run[k-1].month) / float64(h.run[k].Period.Months())
}

// all is a number of each value from one on.
func (h *past) all(of func(int) float64, from int) []float64 {
	h.values = h.values[:0]
	for k := from; k < len(h.run); k++ {
		h.values = append(h.values, of(k))
	}
	return h.values
}

// unusualForItsSeason tells whether a value also differs unusually from that of a year
// before: summer after spring is no jump where each summer is like that. Too few years to
// tell: it is taken for the season.
func (h *past) unusualForItsSeason(k int) bool {
	if !h.seasonal {
		return true
	}
	if h.yearly == nil {
		h.yearly = map[int]float64{}
		at := make(map[int]float64, len(h.run))
		var all []float64
		for n, p := range h.run {
			at[p.month] = p.value
			if before, known := at[p.month-12]; known {
				h.yearly[n] = p.value - before
				all = append(all, p.value-before)
			}
		}
		if len(all) > 0 {
			h.spread = progress.SpreadOf(all)
		}
	}
	x, known := h.yearly[k]
	if !known || len(h.yearly) < leastHistory {
		return false
	}
	_, is := unusual(x, h.spread, h.least)
	return is
}
