package progress

import (
	"math"
	"math/big"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// anyValue draws values as they occur, and those that trouble arithmetic.
func anyValue() *rapid.Generator[float64] {
	return rapid.OneOf(
		rapid.Map(rapid.IntRange(-1000, 1000), func(n int) float64 { return float64(n) / 10 }),
		rapid.SampledFrom([]float64{0, 1, -1, 1e15, -1e15, 1e-15, -1e-15, 999999999999999999, 1e-18, 100}),
		rapid.Float64Range(-1e15, 1e15),
	)
}

func anyCase() *rapid.Generator[Case] {
	return rapid.Custom(func(t *rapid.T) Case {
		value, yes := anyValue(), rapid.Bool()
		month := rapid.IntRange(years(2010), years(2035))
		c := Case{
			Direction:   Direction(rapid.IntRange(-1, 1).Draw(t, "direction")),
			HasBaseline: yes.Draw(t, "has baseline"), HasLatest: yes.Draw(t, "has latest"), HasTarget: yes.Draw(t, "has target"),
			Baseline: Point{month.Draw(t, "from"), value.Draw(t, "b")},
			Latest:   Point{month.Draw(t, "at"), value.Draw(t, "v")},
			Over:     yes.Draw(t, "over"), Final: yes.Draw(t, "final"), Stale: yes.Draw(t, "stale"), Partial: yes.Draw(t, "partial"), Averaged: yes.Draw(t, "averaged"),
		}
		c.Target = Target{Month: month.Draw(t, "to"), Value: value.Draw(t, "target"), Range: yes.Draw(t, "range")}
		c.Target.Low = value.Draw(t, "low")
		c.Target.High = c.Target.Low + math.Abs(value.Draw(t, "width"))
		c.Target.Comparison = rapid.SampledFrom([]Comparison{"", AtLeast, AtMost, Above, Below}).Draw(t, "comparison")
		if c.Partial && !c.Averaged && yes.Draw(t, "covers a part") {
			c.Covered = float64(rapid.IntRange(1, 59).Draw(t, "covered")) / 60
		}
		for range rapid.IntRange(0, 3).Draw(t, "milestones") {
			c.Milestones = append(c.Milestones, Point{month.Draw(t, "milestone"), value.Draw(t, "milestone's value")})
		}
		slices.SortFunc(c.Milestones, func(a, b Point) int { return a.Month - b.Month })
		return c
	})
}

// scaled multiplies all values; a negative factor mirrors what is wanted too.
func (c Case) scaled(factor float64) Case {
	c.Baseline.Value *= factor
	c.Latest.Value *= factor
	t := &c.Target
	t.Value, t.Low, t.High = t.Value*factor, t.Low*factor, t.High*factor
	c.Milestones = slices.Clone(c.Milestones)
	for n := range c.Milestones {
		c.Milestones[n].Value *= factor
	}
	if factor < 0 {
		c.Direction, t.Low, t.High = -c.Direction, t.High, t.Low
		mirrored := map[Comparison]Comparison{"": "", AtLeast: AtMost, AtMost: AtLeast, Above: Below, Below: Above}
		t.Comparison = mirrored[t.Comparison]
	}
	return c
}

// A unit that is a power of two smaller or larger changes no digit.
func TestVerdictDoesNotDependOnUnit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := anyCase().Draw(t, "case")
		got, want := AchievementRate(c.scaled(1024), DefaultAchievement()), AchievementRate(c, DefaultAchievement())
		want.ExpectedValue.Value *= 1024
		if got != want {
			t.Errorf("in another unit %+v, in its own %+v", got, want)
		}
	})
}

// Sums are left out: of a sum so far more may come, never less.
func TestVerdictDoesNotDependOnSign(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := anyCase().Draw(t, "case")
		c.Partial, c.Covered = c.Partial && c.Averaged, 0
		got, want := AchievementRate(c.scaled(-1), DefaultAchievement()), AchievementRate(c, DefaultAchievement())
		if got.Status != want.Status || got.Reason != want.Reason || got.Achievement != want.Achievement || got.OnSchedule != want.OnSchedule {
			t.Errorf("mirrored %+v, straight %+v", got, want)
		}
	})
}

func TestVerdictIsAlwaysSound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := anyCase().Draw(t, "case")
		v := AchievementRate(c, DefaultAchievement())
		for _, n := range []Number{v.Achievement, v.Expected, v.ExpectedValue, v.OnSchedule} {
			if math.IsNaN(n.Value) || math.IsInf(n.Value, 0) || !n.Valid && n.Value != 0 {
				t.Errorf("not a number: %+v", v)
			}
		}
		if v.Status.Index() < 0 || !slices.Contains(Reasons(), v.Reason) {
			t.Errorf("no status or reason: %+v", v)
		}
		if v.Status == Missed != (v.Reason == HorizonPassed) || v.Status == Missed && !(c.Over && c.Final) {
			t.Errorf("missed before its time, or not for it: %+v", v)
		}
		if v.Status == Achieved && v.Achievement.Valid && v.Achievement.Value < 1 && c.Covered == 0 && !(c.Over && c.Final) {
			t.Errorf("achieved with less than all of the way: %+v", v)
		}
	})
}

// Cutting the achievement to 0..1, as averages do, loses no verdict: short of the
// horizon, 1 and more is the target met and below 0 is regressed, whatever else.
func TestCappingChangesNoStatus(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := anyCase().Draw(t, "case")
		c.Over, c.Partial, c.Covered = false, false, 0
		v := AchievementRate(c, DefaultAchievement())
		if !v.Achievement.Valid {
			return
		}
		if (v.Achievement.Value < 0) != (v.Status == Regressed) {
			t.Errorf("below zero and regressed are one: %+v", v)
		}
		if v.Achievement.Value > 1+1e-9 && v.Status != Achieved && c.Direction != Maintain {
			t.Errorf("more than all of the way, yet not met: %+v", v)
		}
	})
}

// Values that are exactly at a cut in decimals are on its better side.
func TestEdgesAreExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := rapid.Int64Range(-1000, 1000).Draw(t, "baseline in tenths")
		way := rapid.Int64Range(1, 1000).Draw(t, "way in tenths") * rapid.SampledFrom([]int64{-1, 1}).Draw(t, "sign")
		year := rapid.Int64Range(1, 4).Draw(t, "years of five")
		cut := rapid.SampledFrom([]int64{100, 95, 60}).Draw(t, "percent")
		float := func(n, d int64) float64 { f, _ := big.NewRat(n, d).Float64(); return f }

		c := towards(Increase, float(b, 10), float(b*500+way*year*cut, 5000), int(2015+year), float(b+way, 10))
		if way < 0 {
			c.Direction = Decrease
		}
		v := AchievementRate(c, DefaultAchievement())
		if want := map[int64]Reason{100: AbovePath, 95: NearPath, 60: BelowPath}[cut]; v.Reason != want || (cut == 60) != (v.Status == Behind) {
			t.Errorf("at %d %% of the path: %+v", cut, v)
		}
	})
}

func BenchmarkAchievementRate(b *testing.B) {
	c := towards(Decrease, 15.2, 14, 2018, 12)
	c.Milestones = []Point{{years(2016), 15}, {years(2017), 14}}
	b.ReportAllocs()
	for b.Loop() {
		if v := AchievementRate(c, DefaultAchievement()); v.Status == "" {
			b.Fatal(v)
		}
	}
}
