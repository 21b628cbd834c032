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
// to spread by at least, or a unit of their last digit: a series that hardly moves is not
// told of for its rounding.
const leastSpread = 0.01

// habit is the share of its values from which on what seemed unusual is the way a series
// moves: in steps, from one election to the next. Two are no habit yet.
const habit, fewUnusual = 0.1, 2

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
	h := past{inspection: q, key: key, run: run, seasonal: i.Accumulation != Cumulative && i.Frequency.Months() < 12}
	var digits uint8
	q.values = q.values[:0]
	for _, p := range run {
		q.values = append(q.values, math.Abs(p.value))
		digits = max(digits, p.Value.scale)
	}
	h.least = max(leastSpread*progress.SpreadOf(q.values).Median, 1/float64(powerOfTen(digits)))
	unusual := h.outliers
	if i.Accumulation == Cumulative || trending(run) {
		unusual = h.jumps
	}
	if all := unusual(); len(all) <= max(fewUnusual, int(habit*float64(len(run)))) {
		for _, f := range all {
			var figures []string
			for _, d := range f.Details {
				if value, given := d.Value.(Decimal); given {
					figures = append(figures, number(value))
				}
			}
			q.add(f, figures...)
		}
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

// outliers finds values far from the median.
func (h *past) outliers() (all []Finding) {
	s := progress.SpreadOf(h.all(func(k int) float64 { return h.run[k].value }, 0))
	for k, p := range h.run {
		score := s.ModifiedZ(p.value, h.least)
		if math.Abs(score) > progress.UnusualZ && h.unusualForItsSeason(k) {
			all = append(all, h.finding("outlier", k, Details{{"value", p.Value}, {"median", Amount(s.Median)}, {"score", score}}))
		}
	}
	return all
}

// jumps finds changes from one value to the next, for each period between the two, that
// are larger than usual both as they are and, where all values are above zero, as growth:
// neither a straight line nor growth by a constant rate jumps. The way back from a value
// that was jumped to is no jump of its own.
func (h *past) jumps() (all []Finding) {
	if len(h.run) <= leastHistory {
		return nil
	}
	changes, growths := progress.SpreadOf(h.all(h.change, 1)), progress.Spread{}
	positive := !slices.ContainsFunc(h.run, func(p observed) bool { return p.value <= 0 })
	if positive {
		growths = progress.SpreadOf(h.all(h.growth, 1))
	}
	before := 0.0 // score of the change before, where that was a jump
	for k := 1; k < len(h.run); k++ {
		change := h.change(k)
		score := changes.ModifiedZ(change, h.least)
		is := math.Abs(score) > progress.UnusualZ && math.Abs(change) > math.Abs(changes.Median) &&
			(!positive || math.Abs(growths.ModifiedZ(h.growth(k), leastSpread)) > progress.UnusualZ)
		wayBack := is && before*score < 0
		if before = 0; is && !wayBack {
			before = score
		}
		if !is || wayBack || !h.unusualForItsSeason(k) {
			continue
		}
		all = append(all, h.finding("jump", k, Details{
			{"value", h.run[k].Value}, {"before", h.run[k-1].Value}, {"before_period", h.run[k-1].Period}, {"usual", Amount(changes.Median)}, {"score", score},
		}))
	}
	return all
}

func (h *past) finding(rule string, k int, details Details) Finding {
	return Finding{Rule: rule, Indicator: Optional(h.key.Indicator), Breakdown: h.key.Breakdown, Period: h.run[k].Period, Details: details}
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
	return math.Abs(h.spread.ModifiedZ(x, h.least)) > progress.UnusualZ
}
