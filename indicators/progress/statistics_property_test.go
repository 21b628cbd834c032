package progress

import (
	"encoding/json"
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// anyPast draws values of any kind, in any order, and a target.
func anyPast(t *rapid.T) (Past, *Target, Direction, ProjectionOptions) {
	var past Past
	month := rapid.IntRange(EndOfYear(1990), EndOfYear(2025))
	value := rapid.OneOf(anyValue(), rapid.Float64(), rapid.Float64Range(0, 100))
	if rapid.Bool().Draw(t, "yearly") {
		month = rapid.Map(rapid.IntRange(1990, 2025), EndOfYear)
	}
	for range rapid.IntRange(0, 15).Draw(t, "points") {
		past.Points = append(past.Points, Point{month.Draw(t, "month"), value.Draw(t, "value")})
	}
	if rapid.Bool().Draw(t, "broken") {
		past.Breaks = []int{month.Draw(t, "break")}
	}
	low := anyValue().Draw(t, "low")
	target := &Target{
		Month: rapid.IntRange(EndOfYear(2000), EndOfYear(2050)).Draw(t, "to"), Value: anyValue().Draw(t, "target"),
		Range: rapid.Bool().Draw(t, "range"), Low: low, High: low + rapid.Float64Range(0, 100).Draw(t, "width"),
		Comparison: rapid.SampledFrom([]Comparison{"", AtLeast, AtMost, Above, Below}).Draw(t, "comparison"),
	}
	o := DefaultProjection(rapid.SampledFrom([]Nature{Share, Positive, Other}).Draw(t, "nature"), rapid.SampledFrom([]float64{100, 1, 0}).Draw(t, "whole"))
	return past, target, Direction(rapid.IntRange(-1, 1).Draw(t, "direction")), o
}

// steadyPast draws years that bear a projection, by a model that the values allow.
func steadyPast(t *rapid.T) (Past, *Target, ProjectionOptions) {
	values := rapid.SliceOfN(rapid.Float64Range(1, 99), 6, 20).Draw(t, "values")
	past := Past{Points: yearly(2000, values...)}
	target := &Target{Month: EndOfYear(2000+len(values)+2) - 6, Value: rapid.Float64Range(1, 99).Draw(t, "target")}
	o := DefaultProjection(rapid.SampledFrom([]Nature{Share, Positive, Other}).Draw(t, "nature"), 100)
	return past, target, o
}

func (p *Projection) numbers() []Number {
	return []Number{p.Low95, p.Low80, p.Value, p.High80, p.High95, p.Probability}
}

func TestProjectionIsAlwaysSound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		past, target, d, o := anyPast(t)
		p := Project(past, target, d, o)
		if _, err := json.Marshal(p); err != nil {
			t.Fatalf("%v: %+v", err, p)
		}
		n := p.numbers()
		for _, v := range n {
			if !v.Valid && v.Value != 0 {
				t.Errorf("a null with a value: %+v", p)
			}
		}
		for i := 1; i < 5; i++ {
			if slack := 1e-12 * math.Abs(n[i].Value); n[i].Valid && n[i-1].Valid && n[i-1].Value > n[i].Value+slack {
				t.Errorf("the intervals do not lie around the value: %+v", p)
			}
		}
		for _, w := range p.Warnings {
			if !slices.Contains(Warnings(), w) {
				t.Errorf("%q is not among the warnings listed", w)
			}
		}
		if known := slices.Concat(Reasons(), MethodReasons(), ProjectionReasons()); p.Reason != "" && !slices.Contains(known, p.Reason) {
			t.Errorf("%q is not among the reasons listed", p.Reason)
		}
		if c := p.Probability.Value; c < 0 || c > 1 {
			t.Errorf("probability %v", c)
		}
		if known := p.Low80.Valid && p.High80.Valid && p.Low95.Valid && p.High95.Valid; known != (p.Reason == "") {
			t.Errorf("an interval and a reason for none, or neither: %+v", p)
		}
	})
}

// A unit of another size changes no probability and scales all else.
func TestProjectionScales(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		past, target, o := steadyPast(t)
		factor := rapid.SampledFrom([]float64{1e-15, 1.0 / 1024, 1024, 1e13}).Draw(t, "factor")
		scaled, far, wide := Past{Points: slices.Clone(past.Points)}, *target, o
		for n := range scaled.Points {
			scaled.Points[n].Value *= factor
		}
		far.Value *= factor
		wide.Scale *= factor
		a, b := Project(past, target, Increase, o), Project(scaled, &far, Increase, wide)
		if a.Reason == NoScatter || a.Reason == BeyondLimits { // where rounding decides
			return
		}
		for n, v := range a.numbers() {
			want := v.Value
			if n < 5 {
				want *= factor
			}
			if got := b.numbers()[n]; got.Valid != v.Valid || math.Abs(got.Value-want) > 1e-9*max(math.Abs(want), math.Abs(a.High95.Value)*factor*1e-3) {
				t.Errorf("in its unit %+v, in one of %v %+v", a, factor, b)
			}
		}
		if a.Model != b.Model || !slices.Equal(a.Warnings, b.Warnings) || a.Reason != b.Reason {
			t.Errorf("in its unit %+v, in one of %v %+v", a, factor, b)
		}
	})
}

// What is left of the whole mirrors the share: the probability of a decrease is that
// of the increase of the rest, and the intervals change sides.
func TestProjectionMirrors(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		past, target, o := steadyPast(t)
		if o.Nature == Positive {
			o.Nature = Other
		}
		rest, less := Past{Points: slices.Clone(past.Points)}, *target
		for n := range rest.Points {
			rest.Points[n].Value = 100 - rest.Points[n].Value
		}
		less.Value = 100 - less.Value
		a, b := Project(past, target, Increase, o), Project(rest, &less, Decrease, o)
		if a.Reason == NoScatter || b.Reason == NoScatter {
			return
		}
		mirrored := [][2]Number{{a.Value, b.Value}, {a.Low80, b.High80}, {a.High80, b.Low80}, {a.Low95, b.High95}, {a.High95, b.Low95}}
		for _, m := range mirrored {
			if m[0].Valid != m[1].Valid || m[0].Valid && math.Abs(m[0].Value+m[1].Value-100) > 1e-8*(1+math.Abs(m[0].Value)) {
				t.Errorf("share %+v, rest %+v", a, b)
			}
		}
		if math.Abs(a.Probability.Value-b.Probability.Value) > 1e-8 {
			t.Errorf("share %+v, rest %+v", a, b)
		}
	})
}

// A harder target is never likelier to be met, and one of the two is met.
func TestProbabilityIsMonotonous(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		past, target, o := steadyPast(t)
		harder := *target
		harder.Value += rapid.Float64Range(0, 99-target.Value).Draw(t, "harder by")
		a, b := Project(past, target, Increase, o), Project(past, &harder, Increase, o)
		if b.Probability.Value > a.Probability.Value+1e-12 {
			t.Errorf("%v: %v, %v: %v", target.Value, a.Probability, harder.Value, b.Probability)
		}
		down := Project(past, target, Decrease, o)
		if a.Probability.Valid && math.Abs(a.Probability.Value+down.Probability.Value-1) > 1e-12 {
			t.Errorf("up %v, down %v", a.Probability, down.Probability)
		}
	})
}

// The order in which values come changes nothing, nor does when the calendar began.
func TestProjectionDoesNotDependOnOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		past, target, o := steadyPast(t)
		shuffled := Past{Points: rapid.Permutation(past.Points).Draw(t, "order")}
		a, b := Project(past, target, Increase, o), Project(shuffled, target, Increase, o)
		a.Robust, b.Robust = nil, nil
		if !slices.Equal(a.numbers(), b.numbers()) || a.Reason != b.Reason {
			t.Errorf("%+v, shuffled %+v", a, b)
		}
	})
}

// Back-tests count what they say, whatever the series.
func TestBacktestIsAlwaysSound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		past, target, d, o := anyPast(t)
		q := Trial{Direction: d, Comparison: target.Comparison, HasPath: rapid.Bool().Draw(t, "path")}
		q.Path = Path{From: Point{EndOfYear(1995), 1}, To: Point{target.Month, target.Value}}
		if rapid.Bool().Draw(t, "level") {
			q.Level = target
		}
		var vintages []Vintage
		for n := range past.Points {
			vintages = append(vintages, Vintage{EndOfYear(2000) + n, Past{past.Points[:n], past.Breaks}, past})
		}
		for _, tracks := range [][]Track{Backtest(past, q, o), BacktestVintages(vintages, q, o)} {
			for _, k := range tracks {
				coverage, brier := k.Coverage(), k.Brier()
				if k.Inside > k.Trials || k.Scored > k.Trials || coverage.Valid != (k.Trials > 0) || brier.Valid != (k.Scored > 0) || brier.Value < 0 || brier.Value > 1 {
					t.Errorf("%+v", k)
				}
			}
		}
	})
}

// What is counted is what Project would have shown, and nothing else.
func TestBacktestCountsWhatProjectShows(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		past, target, d, o := anyPast(t)
		if rapid.Bool().Draw(t, "steady") {
			past, target, o = steadyPast(t)
		}
		q := Trial{Direction: d, Level: target}
		got := Backtest(past, q, o)
		points := byMonth(past.Points)
		for n, m := range Models() {
			want := Track{Model: m}
			for end := 1; end < len(points); end++ {
				for _, came := range points[end:] {
					asked := *target
					asked.Month, o.Model = came.Month, m
					p := Project(Past{points[:end], past.Breaks}, &asked, d, o)
					last := points[end-1].Month
					if p.Reason != "" || p.Model != m || brokenBetween(past.Breaks, last, came.Month) {
						continue
					}
					want.Trials++
					if p.Low80.Value <= came.Value && came.Value <= p.High80.Value {
						want.Inside++
					}
					if p.Probability.Valid {
						met := 0.0
						if asked.Met(came.Value, d) {
							met = 1
						}
						want.Scored++
						want.Squares += (p.Probability.Value - met) * (p.Probability.Value - met)
					}
				}
			}
			if got[n] != want {
				t.Errorf("%+v, want %+v", got[n], want)
			}
		}
	})
}
