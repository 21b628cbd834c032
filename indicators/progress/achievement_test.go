package progress

import (
	"encoding/json"
	"math"
	"testing"
)

// years counts months to the end of a year, as all points of these tests do.
func years(year int) int { return (year + 1) * 12 }

// towards is a case of an indicator that was at b in 2015, is at v in a later year
// and should be at target in 2020.
func towards(d Direction, b, v float64, year int, target float64) Case {
	return Case{
		Direction: d, HasBaseline: true, HasLatest: true, HasTarget: true,
		Baseline: Point{years(2015), b}, Latest: Point{years(year), v}, Target: Target{Month: years(2020), Value: target},
	}
}

func TestAchievementRate(t *testing.T) {
	with := func(c Case, change func(*Case)) Case { change(&c); return c }
	band := func(c *Case) { c.Target.Range, c.Target.Low, c.Target.High = true, 0.97, 1.03 }
	threshold := func(how Comparison) func(*Case) { return func(c *Case) { c.Target.Comparison = how } }

	for _, tt := range []struct {
		name        string
		c           Case
		status      Status
		reason      Reason
		achievement float64 // NaN: null
	}{
		{"no target", with(towards(Increase, 10, 15, 2018, 20), func(c *Case) { c.HasTarget = false }), NotAssessable, NoTarget, math.NaN()},
		{"no value", with(towards(Increase, 10, 15, 2018, 20), func(c *Case) { c.HasLatest = false }), NotAssessable, NoValue, math.NaN()},
		{"no baseline", with(towards(Increase, 10, 15, 2018, 20), func(c *Case) { c.HasBaseline = false }), NotAssessable, NoBaseline, math.NaN()},
		{"the baseline's own value", towards(Increase, 10, 10, 2015, 20), NotAssessable, NoValueSinceBaseline, math.NaN()},
		{"ahead", towards(Increase, 10, 17, 2018, 20), OnTrack, AbovePath, 0.7},
		{"exactly on the path", towards(Increase, 10, 16, 2018, 20), OnTrack, AbovePath, 0.6},
		{"exactly at 0.95", towards(Increase, 10, 15.7, 2018, 20), OnTrack, NearPath, 0.57},
		{"just below 0.95", towards(Increase, 10, 15.69, 2018, 20), Behind, BelowPath, 0.569},
		{"exactly at 0.60", towards(Increase, 10, 13.6, 2018, 20), Behind, BelowPath, 0.36},
		{"just below 0.60", towards(Increase, 10, 13.59, 2018, 20), FarBehind, BelowPath, 0.359},
		{"no move", towards(Increase, 10, 10, 2018, 20), FarBehind, BelowPath, 0},
		{"moved away", towards(Increase, 10, 9, 2018, 20), Regressed, MovedAway, -0.1},
		{"unemployment 15.46 in 2018", towards(Decrease, 15.2, 15.46, 2018, 12), Regressed, MovedAway, -0.08125},
		{"met early", towards(Decrease, 15.2, 12, 2017, 12), Achieved, TargetMet, 1},
		{"more than met", towards(Increase, 10, 25, 2017, 20), Achieved, TargetMet, 1.5},
		{"from below zero through zero", towards(Increase, -5, 0, 2018, 5), Behind, BelowPath, 0.5},
		{"wrong side", towards(Increase, 20, 15, 2018, 10), NotAssessable, InvalidTargetDirection, math.NaN()},
		{"wrong side made a threshold", with(towards(Increase, 20, 15, 2018, 10), threshold(AtLeast)), Achieved, MetAtBaseline, math.NaN()},
		{"a threshold lost again", with(towards(Decrease, 8, 11, 2018, 10), threshold(AtMost)), Regressed, MetAtBaseline, math.NaN()},
		{"at the edge that below excludes", with(towards(Decrease, 15, 12, 2018, 12), threshold(Below)), OnTrack, AbovePath, 1},
		{"below it", with(towards(Decrease, 15, 11.9, 2018, 12), threshold(Below)), Achieved, TargetMet, 3.1 / 3},
		{"starting on that edge", with(towards(Decrease, 12, 12, 2018, 12), threshold(Below)), FarBehind, BaselineEqualsTarget, math.NaN()},
		{"maintained", towards(Maintain, 95, 95, 2018, 95), Achieved, BaselineEqualsTarget, math.NaN()},
		{"not maintained", towards(Maintain, 95, 94, 2018, 95), Regressed, BaselineEqualsTarget, math.NaN()},
		{"baseline equals target", towards(Increase, 10, 12, 2018, 10), Achieved, BaselineEqualsTarget, math.NaN()},
		{"into the band", with(towards(Maintain, 0.9, 1.01, 2018, 0), band), Achieved, TargetMet, 1},
		{"on its edge", with(towards(Maintain, 0.9, 1.03, 2018, 0), band), Achieved, TargetMet, 1},
		{"half way to it", with(towards(Maintain, 0.87, 0.92, 2018, 0), band), Behind, BelowPath, 0.5},
		{"past it, on the other side", with(towards(Maintain, 0.77, 1.08, 2018, 0), band), OnTrack, AbovePath, 0.75},
		{"further off than at first", with(towards(Maintain, 0.9, 1.2, 2018, 0), band), Regressed, MovedAway, 1 - 0.17/0.07},
		{"within it from the start", with(towards(Maintain, 1, 1.01, 2018, 0), band), Achieved, MetAtBaseline, math.NaN()},
		{"out of it", with(towards(Maintain, 1, 1.04, 2018, 0), band), Regressed, MetAtBaseline, math.NaN()},
	} {
		t.Run(tt.name, func(t *testing.T) {
			v := AchievementRate(tt.c, DefaultAchievement())
			a := v.Achievement
			same := a.Valid != math.IsNaN(tt.achievement) && (!a.Valid || math.Abs(a.Value-tt.achievement) < 1e-12)
			if v.Status != tt.status || v.Reason != tt.reason || !same {
				t.Errorf("got %+v, want %s, %s, %v", v, tt.status, tt.reason, tt.achievement)
			}
		})
	}
}

func TestHorizon(t *testing.T) {
	over := func(v float64, final, stale bool) Case {
		c := towards(Decrease, 15, v, 2020, 12)
		if !final {
			c.Latest.Month = years(2019)
		}
		c.Over, c.Final, c.Stale = true, final, stale
		return c
	}
	bare := func(c Case) Case { c.HasBaseline = false; return c }
	for _, tt := range []struct {
		name   string
		c      Case
		status Status
		reason Reason
	}{
		{"reached", over(12, true, false), Achieved, TargetMet},
		{"not reached", over(12.1, true, false), Missed, HorizonPassed},
		{"moved away", over(16, true, false), Missed, HorizonPassed},
		{"the final value is not out yet", over(14, false, false), FarBehind, AwaitingFinalValue},
		{"nor will it be", over(14, false, true), NotAssessable, NoValueAtHorizon},
		{"reached without a baseline", bare(over(12, true, false)), Achieved, TargetMet},
		{"missed without a baseline", bare(over(13, true, false)), Missed, HorizonPassed},
		{"awaited without a baseline", bare(over(13, false, false)), NotAssessable, NoBaseline},
		{"stale, but the time is not over", func() Case { c := over(14, false, true); c.Over = false; return c }(), FarBehind, BelowPath},
		{"no value at all", Case{HasTarget: true, Over: true}, NotAssessable, NoValueAtHorizon},
	} {
		if v := AchievementRate(tt.c, DefaultAchievement()); v.Status != tt.status || v.Reason != tt.reason {
			t.Errorf("%s: got %+v, want %s, %s", tt.name, v, tt.status, tt.reason)
		}
	}
}

// A target for the years 2016 to 2020 together, judged after two of them.
func TestPartialPeriods(t *testing.T) {
	sum := func(d Direction, b, v, target, covered float64) Case {
		c := towards(d, b, v, 2017, target)
		c.Partial, c.Covered = true, covered
		return c
	}
	mean := func(d Direction, b, v, target float64) Case {
		c := sum(d, b, v, target, 0)
		c.Averaged = true
		return c
	}
	for _, tt := range []struct {
		name        string
		c           Case
		status      Status
		achievement float64
		expected    float64
		asked       float64 // in the indicator's unit
	}{
		{"jobs from zero, on the path", sum(Increase, 0, 160_000, 400_000, 0), OnTrack, 0.4, 0.4, 160_000},
		{"jobs from zero, behind it", sum(Increase, 0, 100_000, 400_000, 0), Behind, 0.25, 0.4, 160_000},
		{"jobs, all of them already", sum(Increase, 0, 400_000, 400_000, 0), Achieved, 1, 0.4, 160_000},
		{"investment 80, then 120: at the pace", sum(Increase, 80, 48, 120, 0.4), OnTrack, 1, 1, 48},
		{"investment half way between", sum(Increase, 80, 40, 120, 0.4), FarBehind, 0.5, 1, 48},
		{"investment at less than before", sum(Increase, 80, 30, 120, 0.4), Regressed, -0.125, 1, 48},
		{"accidents 500, then 300: at the pace", sum(Decrease, 500, 120, 300, 0.4), OnTrack, 1, 1, 120},
		{"accidents at the old pace", sum(Decrease, 500, 200, 300, 0.4), FarBehind, 0, 1, 120},
		{"mean growth as asked for", mean(Increase, 1.5, 4, 4), OnTrack, 1, 1, 4},
		{"mean growth below", mean(Increase, 1.5, 3, 4), Behind, 0.6, 1, 4},
		{"mean growth at less than before", mean(Increase, 1.5, 1, 4), Regressed, -0.2, 1, 4},
	} {
		t.Run(tt.name, func(t *testing.T) {
			v := AchievementRate(tt.c, DefaultAchievement())
			near := func(n Number, want float64) bool { return n.Valid && math.Abs(n.Value-want) <= 1e-9*math.Max(1, want) }
			if v.Status != tt.status || v.Reason != PartialPeriod || !near(v.Achievement, tt.achievement) || !near(v.Expected, tt.expected) || !near(v.ExpectedValue, tt.asked) {
				t.Errorf("got %+v, want %s, %v, %v, %v", v, tt.status, tt.achievement, tt.expected, tt.asked)
			}
		})
	}
}

func TestPath(t *testing.T) {
	straight := Path{From: Point{years(2018), 68}, To: Point{years(2025), 99}}
	bent := Path{From: Point{years(2015), 10}, To: Point{years(2020), 20}, Milestones: []Point{
		{years(2014), 99}, {years(2016), 10}, {years(2018), 18}, {years(2021), 99}, // the first and last lie outside
	}}
	for _, tt := range []struct {
		p    Path
		year int
		want Number
	}{
		{straight, 2017, Number{}}, {straight, 2018, Num(68)}, {straight, 2020, Num(68 + 31*2.0/7)}, {straight, 2025, Num(99)}, {straight, 2027, Num(99)},
		{bent, 2015, Num(10)}, {bent, 2016, Num(10)}, {bent, 2017, Num(14)}, {bent, 2018, Num(18)}, {bent, 2019, Num(19)}, {bent, 2020, Num(20)}, {bent, 2030, Num(20)},
	} {
		if got := tt.p.At(years(tt.year)); got.Valid != tt.want.Valid || math.Abs(got.Value-tt.want.Value) > 1e-12 {
			t.Errorf("%d: got %+v, want %+v", tt.year, got, tt.want)
		}
	}
	for b, want := range map[float64]float64{6: 4.8, 0: 1.2} { // to 2..4, three years of five over
		c := towards(Maintain, b, 3, 2018, 0)
		c.Target.Range, c.Target.Low, c.Target.High = true, 2, 4
		if v := AchievementRate(c, DefaultAchievement()); math.Abs(v.ExpectedValue.Value-want) > 1e-12 || math.Abs(v.Expected.Value-0.6) > 1e-12 {
			t.Errorf("from %v into the band: %+v, want %v", b, v, want)
		}
	}
	c := towards(Increase, 10, 10.5, 2016, 20)
	c.Milestones = bent.Milestones
	if v := AchievementRate(c, DefaultAchievement()); v.Status != OnTrack || v.OnSchedule.Valid || v.Expected != Num(0) {
		t.Errorf("where the path asks for nothing yet: %+v", v)
	}
}

func TestCodes(t *testing.T) {
	for n, s := range Statuses() {
		if s.Index() != n {
			t.Errorf("%s is number %d, not %d", s, s.Index(), n)
		}
	}
	if Status("met").Index() != -1 {
		t.Error("a word that is no status has a place")
	}
	for want, n := range map[string]Number{"null": Num(math.NaN()), "0.1": Num(0.1), "0": Num(0)} {
		if got, err := json.Marshal(n); err != nil || string(got) != want {
			t.Errorf("%+v: got %s, %v, want %s", n, got, err, want)
		}
	}
	if Num(math.Inf(1)).Valid || Num(math.Inf(-1)).Valid {
		t.Error("infinity is no number")
	}
}
