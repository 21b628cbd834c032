package progress

import (
	"cmp"
	"slices"
)

// A Vintage is a series as it was known at one time, which is all that a report of
// that day could use, and what came of it.
type Vintage struct {
	Known int // months over by then, as of Points: a later value does not count
	Past
	// Came is the values of the same kind as they are known in the end: those after
	// the last one of Past are its outcomes.
	Came Past
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
	// being there is what is scored; without a path, or before it, that of being no
	// worse than the last value known.
	Path    Path
	HasPath bool
	// Level is what is wanted at any time, in place of a path: a band, or a value to
	// be kept. Its month does not count.
	Level *Target
}

// Backtest goes back to each value of a series but the last, projects from what was
// known then (rolling origin) to each later value, and compares. The values are
// those known today: revisions since then make it look a little better than it was.
// Only projections that Project would have shown count: of five values and more,
// and no further ahead than back. There is a track of each of Models, in their order,
// without trials where the series does not allow the model.
func Backtest(past Past, q Trial, o ProjectionOptions) []Track {
	points := byMonth(past.Points)
	var origins []Vintage
	for n := 1; n < len(points); n++ {
		known := Past{points[:n], past.Breaks}
		origins = append(origins, Vintage{points[n-1].Month, known, past})
	}
	return q.run(origins, o)
}

// BacktestVintages does the same from series as they were really known.
func BacktestVintages(vintages []Vintage, q Trial, o ProjectionOptions) []Track {
	return q.run(vintages, o)
}

// run counts, for each model, what came of the projections from each origin.
func (q *Trial) run(origins []Vintage, o ProjectionOptions) []Track {
	var tracks []Track
	for _, m := range Models() {
		tracks = append(tracks, Track{Model: m})
	}
	for _, origin := range origins {
		s := origin.usable()
		if s.len() < max(o.MinPoints, minForLine) {
			continue
		}
		came := origin.outcomes(inMonths(s.last()))
		if len(came) == 0 {
			continue
		}
		for n := range tracks {
			o.Model = tracks[n].Model
			curve := o.follow(s)
			for _, v := range came {
				q.count(&tracks[n], &curve, v)
			}
		}
	}
	return tracks
}

// usable are the values that a projection could have followed.
func (v *Vintage) usable() samples {
	known := Past{slices.DeleteFunc(slices.Clone(v.Points), func(p Point) bool { return p.Month > v.Known }), v.Breaks}
	s, _ := known.usable()
	return s
}

// outcomes are what came after the month of the last value known, as long as it was of
// the same definition.
func (v *Vintage) outcomes(end int) []Point {
	return slices.DeleteFunc(byMonth(v.Came.Points), func(p Point) bool {
		return p.Month <= end || brokenBetween(v.Came.Breaks, end, p.Month)
	})
}

// count makes one projection and compares it with the value that came.
func (q *Trial) count(t *Track, curve *trend, came Point) {
	want := q.wanted(came.Month, curve.y[curve.len()-1])
	p := curve.forecast(&want, q.Direction)
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
	if want.Met(came.Value, q.Direction) {
		outcome = 1
	}
	t.Scored++
	t.Squares += (p.Probability.Value - outcome) * (p.Probability.Value - outcome)
}

// wanted is the target of a month, after the last value known.
func (q *Trial) wanted(month int, last float64) Target {
	want := Target{Month: month, Value: last, Comparison: q.Comparison}
	if q.Level != nil {
		want = *q.Level
		want.Month = month
	} else if on := q.Path.At(month); q.HasPath && on.Valid {
		want.Value = on.Value
	}
	return want
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
