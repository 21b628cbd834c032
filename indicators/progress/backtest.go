package progress

import (
	"cmp"
	"slices"
)

// A Vintage is a series as it was known at one time: all that a report of that day
// could use.
type Vintage struct {
	Known int // month at whose end it was known
	Past
}

// A Track is how a model has done so far: counts, so that those of many series add
// up. The outcomes of one series overlap; they are no independent trials.
type Track struct {
	Model   Model
	Trials  int     // values that came after an interval had been given for them
	Inside  int     // of these, within the 80 % interval
	Scored  int     // probabilities of which the outcome is known
	Squares float64 // Σ (probability − outcome)², the outcome 1 if met and 0 if not
}

// Coverage is the share of outcomes inside the 80 % interval: 0.8 where the
// intervals are honest, less where they are too narrow.
func (t Track) Coverage() Number {
	if t.Trials == 0 {
		return Number{}
	}
	return Num(float64(t.Inside) / float64(t.Trials))
}

// Brier is the Brier score (1950) of the probability: 0 is foresight, 0.25 the score
// of saying one half each time, 1 certainty of the contrary.
func (t Track) Brier() Number {
	if t.Scored == 0 {
		return Number{}
	}
	return Num(t.Squares / float64(t.Scored))
}

// Add counts the outcomes of another series of the same model.
func (t *Track) Add(other Track) {
	t.Trials += other.Trials
	t.Inside += other.Inside
	t.Scored += other.Scored
	t.Squares += other.Squares
}

// A Trial is the question that a back-test asks: what was wanted of the values.
type Trial struct {
	Direction  Direction
	Comparison Comparison
	// Path is where the values should have been, month by month. The probability of
	// being there is what is scored; without a path, or before it, that of being
	// better than the last value known.
	Path    Path
	HasPath bool
}

// Backtest goes back to each value of a series but the last, projects from what was
// known then (rolling origin) to each later value, and compares. The values are
// those known today: revisions since then make it look a little better than it was.
// Only projections that Project would have shown count: of five values and more,
// and no further ahead than back. The tracks are of all models that the series
// allows, in the order linear, loglinear, logit.
func Backtest(past Past, q Trial, o ProjectionOptions) []Track {
	points := byMonth(past.Points)
	var origins []Vintage
	for n := 1; n < len(points); n++ {
		known := Past{points[:n], past.Breaks}
		origins = append(origins, Vintage{points[n-1].Month, known})
	}
	return q.run(origins, past, o)
}

// BacktestVintages does the same from series as they were really known; outcomes are
// the values of the newest vintage, for periods of which the older one had none.
func BacktestVintages(vintages []Vintage, q Trial, o ProjectionOptions) []Track {
	sorted := slices.Clone(vintages)
	slices.SortStableFunc(sorted, func(a, b Vintage) int { return cmp.Compare(a.Known, b.Known) })
	if len(sorted) == 0 {
		return q.run(nil, Past{}, o)
	}
	newest := len(sorted) - 1
	return q.run(sorted[:newest], sorted[newest].Past, o)
}

// run counts, for each model, what came of the projections from each origin.
func (q *Trial) run(origins []Vintage, outcome Past, o ProjectionOptions) []Track {
	tracks := []Track{{Model: Linear}, {Model: LogLinearRate}, {Model: LogitShare}}
	later := byMonth(outcome.Points)
	for _, origin := range origins {
		s, _ := origin.usable()
		if s.len() == 0 {
			continue
		}
		end := inMonths(s.last())
		for _, v := range later {
			if v.Month <= end || brokenBetween(outcome.Breaks, end, v.Month) {
				continue
			}
			for n := range tracks {
				o.Model = tracks[n].Model
				q.count(&tracks[n], s, v, o)
			}
		}
	}
	return tracks
}

// count makes one projection and compares it with the value that came.
func (q *Trial) count(t *Track, s samples, came Point, o ProjectionOptions) {
	want := Target{Month: came.Month, Value: s.y[s.len()-1], Comparison: q.Comparison}
	if on := q.Path.At(came.Month); q.HasPath && on.Valid {
		want.Value = on.Value
	}
	p := forecast(s, &want, q.Direction, o)
	if p.Model != t.Model || !p.Low80.Valid || !p.High80.Valid {
		return
	}
	t.Trials++
	if p.Low80.Value <= came.Value && came.Value <= p.High80.Value {
		t.Inside++
	}
	if !p.Probability.Valid {
		return
	}
	outcome := 0.0
	if want.met(came.Value, q.Direction) {
		outcome = 1
	}
	t.Scored++
	t.Squares += (p.Probability.Value - outcome) * (p.Probability.Value - outcome)
}

// brokenBetween tells whether a new definition begins after one month and by another: then
// what came is no outcome of what was projected.
func brokenBetween(breaks []int, after, by int) bool {
	return slices.ContainsFunc(breaks, func(month int) bool { return after < month && month <= by })
}

// byMonth are the points that are numbers, by time.
func byMonth(points []Point) []Point {
	sorted := slices.DeleteFunc(slices.Clone(points), func(p Point) bool { return !Num(p.Value).Valid })
	slices.SortStableFunc(sorted, func(a, b Point) int { return cmp.Compare(a.Month, b.Month) })
	return sorted
}
