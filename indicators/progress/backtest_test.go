package progress

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

func track(t *testing.T, all []Track, m Model) Track {
	t.Helper()
	n := slices.IndexFunc(all, func(k Track) bool { return k.Model == m })
	if n < 0 {
		t.Fatalf("no %s among %+v", m, all)
	}
	return all[n]
}

// Of eight values, three origins bear an interval: with five values known three
// outcomes came, with six two, with seven one.
func TestBacktestCountsOutcomes(t *testing.T) {
	all := Backtest(remittanceCost(), Trial{Direction: Decrease}, DefaultProjection(Share, 100))
	for _, m := range []Model{Linear, LogLinearRate, LogitShare} {
		if k := track(t, all, m); k.Trials != 6 || k.Scored != 6 {
			t.Errorf("%+v", k)
		}
	}
	past := remittanceCost()
	past.Points[0].Value = 0 // which has neither logarithm nor logit
	all = Backtest(past, Trial{Direction: Decrease}, DefaultProjection(Share, 100))
	if track(t, all, Linear).Trials != 6 || track(t, all, LogitShare) != (Track{Model: LogitShare}) {
		t.Errorf("%+v", all)
	}
	past = Past{Points: remittanceCost().Points, Breaks: []int{EndOfYear(2022)}}
	if all = Backtest(past, Trial{Direction: Decrease}, DefaultProjection(Share, 100)); track(t, all, Linear).Trials != 1 {
		t.Errorf("across a break nothing is compared: %+v", all) // 2021, projected from 2016 to 2020
	}
	if all = Backtest(Past{}, Trial{}, DefaultProjection(Other, 0)); track(t, all, Linear).Coverage().Valid || track(t, all, Linear).Brier().Valid {
		t.Errorf("of nothing: %+v", all)
	}
}

// One outcome by hand: 2016 to 2020 known, 2021 to come. The line through 9, 10, 11,
// 12 and 14 is 11.2 + 1.2 × (year − 2018), so 14.8 for 2021.
func TestBacktestByHand(t *testing.T) {
	last := 14.0
	for _, tt := range []struct {
		came   float64
		inside int
		met    float64
	}{{14.8, 1, 1}, {14, 1, 1}, {13.99, 1, 0}, {20, 0, 1}, {5, 0, 0}} {
		past := Past{Points: yearly(2016, 9, 10, 11, 12, last, tt.came)}
		k := track(t, Backtest(past, Trial{Direction: Increase}, DefaultProjection(Other, 0)), Linear)
		scatter := math.Sqrt((0.2*0.2 + 0 + 0.2*0.2 + 0.4*0.4 + 0.4*0.4) / 3)
		probability := finiteCDF((14.8-last)/(scatter*math.Sqrt(1+1.0/5+9.0/10)), 3)
		want := Track{Linear, 1, tt.inside, 1, (probability - tt.met) * (probability - tt.met)}
		if math.Abs(k.Squares-want.Squares) > 1e-12 || k.Trials != want.Trials || k.Inside != want.Inside || k.Scored != want.Scored {
			t.Errorf("%v came: %+v, want %+v", tt.came, k, want)
		}
	}
}

// With a path, the question is that of being on it by then.
func TestBacktestAsksForThePath(t *testing.T) {
	past := Past{Points: yearly(2016, 9, 10, 11, 12, 14, 14.8)}
	q := Trial{Direction: Increase, HasPath: true, Path: Path{From: Point{EndOfYear(2016), 9}, To: Point{EndOfYear(2026), 109}}}
	if k := track(t, Backtest(past, q, DefaultProjection(Other, 0)), Linear); k.Brier().Value > 1e-4 {
		t.Errorf("nobody expected 59 in 2021: %+v", k)
	}
	q.Path.From.Month = EndOfYear(2022) // before which the last value known is to be bettered
	if a, b := Backtest(past, q, DefaultProjection(Other, 0)), Backtest(past, Trial{Direction: Increase}, DefaultProjection(Other, 0)); !slices.Equal(a, b) {
		t.Errorf("%+v, %+v", a, b)
	}
}

// A report could only use what it knew: the first edition's 14, not the 12 that it
// was revised to, and nothing of a year that was not over.
func TestBacktestOfVintages(t *testing.T) {
	o, q := DefaultProjection(Other, 0), Trial{Direction: Increase}
	now := Past{Points: yearly(2016, 9, 10, 11, 12, 12, 14.8)}
	known := Vintage{EndOfYear(2020), Past{Points: yearly(2016, 9, 10, 11, 12, 14, 99)}, now}
	got := track(t, BacktestVintages([]Vintage{known, {EndOfYear(2021), now, now}}, q, o), Linear)
	want := track(t, Backtest(Past{Points: yearly(2016, 9, 10, 11, 12, 14, 14.8)}, q, o), Linear)
	if got != want || got.Trials != 1 {
		t.Errorf("%+v, want %+v", got, want)
	}
	known.Came.Breaks = []int{EndOfYear(2021)}
	if k := track(t, BacktestVintages([]Vintage{known}, q, o), Linear); k.Trials != 0 {
		t.Errorf("a value of another definition is no outcome: %+v", k)
	}
	if all := BacktestVintages(nil, q, o); track(t, all, Linear).Trials != 0 {
		t.Errorf("%+v", all)
	}
}

// Of a band the question is whether the value lies in it, whatever the last one was.
func TestBacktestAsksForTheBand(t *testing.T) {
	past := Past{Points: yearly(2016, 9, 10, 11, 12, 14, 14.8)}
	scatter := math.Sqrt((0.2*0.2 + 0 + 0.2*0.2 + 0.4*0.4 + 0.4*0.4) / 3)
	far := scatter * math.Sqrt(1+1.0/5+9.0/10)
	probability := finiteCDF((15-14.8)/far, 3) - finiteCDF((13-14.8)/far, 3)
	q := Trial{Level: &Target{Range: true, Low: 13, High: 15}}
	k := track(t, Backtest(past, q, DefaultProjection(Other, 0)), Linear)
	if want := (1 - probability) * (1 - probability); k.Scored != 1 || math.Abs(k.Squares-want) > 1e-12 {
		t.Errorf("%+v, want %v", k, want)
	}
	if k := track(t, Backtest(past, Trial{}, DefaultProjection(Other, 0)), Linear); k.Trials != 1 || k.Scored != 0 {
		t.Errorf("to hit a value exactly has no probability: %+v", k)
	}
}

// Where values do scatter independently around a trend, the 80 % interval holds 80 %
// of them and the probability beats a coin; where each value begins at the one
// before, the interval is too narrow, and the back-test shows it.
func TestBacktestTellsHonestFromNarrow(t *testing.T) {
	draw := rand.New(rand.NewPCG(1, 2))
	steady, wandering := Track{Model: Linear}, Track{Model: Linear}
	for range 2000 {
		around, walk, at := make([]float64, 9), make([]float64, 9), 50.0
		for n := range around {
			around[n] = 50 + 0.6*float64(n) + draw.NormFloat64()
			at += draw.NormFloat64()
			walk[n] = at
		}
		o := DefaultProjection(Other, 0)
		steady.Add(track(t, Backtest(Past{Points: yearly(2010, around...)}, Trial{Direction: Increase}, o), Linear))
		wandering.Add(track(t, Backtest(Past{Points: yearly(2010, walk...)}, Trial{Direction: Increase}, o), Linear))
	}
	if c := steady.Coverage().Value; math.Abs(c-0.8) > 0.01 {
		t.Errorf("around a trend: %v within the interval of 80 %%", c)
	}
	if b := steady.Brier().Value; b > 0.22 {
		t.Errorf("around a trend: Brier score %v", b)
	}
	if c := wandering.Coverage().Value; c > 0.75 {
		t.Errorf("wandering: %v within the interval of 80 %%", c)
	}
}

func BenchmarkBacktest(b *testing.B) {
	past := Past{Points: yearly(1995, thirty()...)}
	b.ReportAllocs()
	for b.Loop() {
		if all := Backtest(past, Trial{Direction: Increase}, DefaultProjection(Share, 100)); all[2].Trials != 204 {
			b.Fatal(all)
		}
	}
}

// thirty are values of a share that rises, with some scatter.
func thirty() []float64 {
	draw, values := rand.New(rand.NewPCG(1, 2)), make([]float64, 30)
	for n := range values {
		values[n] = 50 + 0.6*float64(n) + 3*draw.NormFloat64()
	}
	return values
}
