package progress

import (
	"math"
	"testing"
)

func suppressedCells(t *testing.T) {
	parts := []Component{{Score: Num(3)}, {Score: Num(1)}, {}, {}}
	if r := Rollup(parts, DefaultRollup()); r.Score.Valid || r.Status != RollupInsufficient || r.Coverage != Num(0.5) {
		t.Errorf("half is not enough: %+v", r)
	}
	if r := Rollup(parts[:3], RollupOptions{Rule: WeightedMean, MinCoverage: 0.5}); r.Score != Num(2) || r.Assessed != 2 || r.Total != 3 {
		t.Errorf("a missing part counts as zero: %+v", r)
	}
	if r := MeanScore([]Component{{}, {}}); r.Score.Valid || r.Status != OpenSDGNotAvailable || r.Total != 2 {
		t.Errorf("nothing assessed: %+v", r)
	}
	if r := Rollup(nil, DefaultRollup()); r.Score.Valid || r.Coverage.Valid {
		t.Errorf("of nothing: %+v", r)
	}
	if r := Rollup([]Component{{Score: Num(1), Weight: Num(-1)}, {Score: Num(1)}}, RollupOptions{}); r.Score.Valid {
		t.Errorf("a negative weight: %+v", r)
	}
	s, err := NewSeries([]Reading{{2020, math.NaN()}, {2019, 66}, {2015, 60}})
	if last, _ := s.Last(); err != nil || last != (Reading{2019, 66}) || len(s) != 2 {
		t.Errorf("a missing value counts: %+v, %v", s, err)
	}
}

// The base year, else the next later one, by rule and told.
func baselineChoice(t *testing.T) {
	s := []Reading{{2012, 30}, {2017, 35}, {2021, 41}}
	if r := OpenSDG(towardsBy(Increase, 2015, 60, 2030, s...), OpenSDGOptions{}); r.Base != (Reading{2017, 35}) {
		t.Errorf("%+v", r.Base)
	}
	if r := UNSDProgressChart(towardsBy(Increase, 2020, 60, 2030, s...), UNSDOptions{}); r.Base != (Reading{2017, 35}) {
		t.Errorf("the last earlier year that gives two values: %+v", r.Base)
	}
}

// One value, two targets for it: each is judged against its own.
func targetsChange(t *testing.T) {
	old, now := Attain(Num(15.2), Num(12), Num(13.6), Decrease), Attain(Num(15.2), Num(11), Num(13.6), Decrease)
	if math.Abs(old.Achievement.Value-0.5) > 1e-12 || math.Abs(now.Achievement.Value-1.6/4.2) > 1e-12 {
		t.Errorf("old %+v, now %+v", old, now)
	}
}

// Met or not: no percentage between the two, no growth.
func binaryIndicators(t *testing.T) {
	parts := []Component{{Score: Num(5), Achieved: true}, {Score: Num(5), Achieved: true}}
	if r := MeanScore(parts); r.Status != OpenSDGAchieved {
		t.Errorf("%+v", r)
	}
	no := towardsBy(Increase, 2015, 1, 2030, Reading{2015, 0}, Reading{2020, 0})
	if r := OpenSDG(no, OpenSDGOptions{}); r.Progress.Valid || r.Status != OpenSDGNotAvailable {
		t.Errorf("a rate of growth of nothing: %+v", r)
	}
	yes := towardsBy(Increase, 2015, 1, 2030, Reading{2015, 0}, Reading{2020, 1})
	if r := OpenSDG(yes, OpenSDGOptions{}); r.Progress.Valid || r.Status != OpenSDGAchieved {
		t.Errorf("met, without a rate: %+v", r)
	}
}

// A value that is a cut exactly, in decimals, belongs to the better category.
func edges(t *testing.T) {
	oneYear := func(v float64) Course { return without(Increase, 2015, Reading{2015, 100}, Reading{2016, v}) }
	for v, want := range map[float64]EurostatCategory{
		101: EurostatSignificant, 100.99: EurostatModerate, 100: EurostatModerate, 99.99: EurostatModerateAway,
		99: EurostatModerateAway, 98.99: EurostatSignificantAway,
	} {
		if r := EurostatNoTarget(oneYear(v), DefaultEurostatNoTarget()); r.Category != want {
			t.Errorf("%v: %+v", v, r)
		}
	}
	for v, want := range map[float64]OpenSDGStatus{
		101.5: OpenSDGSubstantial, 101.49: OpenSDGModerate, 100.5: OpenSDGModerate, 100.49: OpenSDGLimited, 100: OpenSDGLimited, 99.99: OpenSDGDeterioration,
	} {
		if r := OpenSDG(oneYear(v), OpenSDGOptions{}); r.Status != want {
			t.Errorf("%v: %+v", v, r)
		}
	}
	for v, want := range map[float64]UNSDCategory{102: UNSDOnTrack, 101.99: UNSDModerate, 100.5: UNSDModerate, 100.49: UNSDStagnation} {
		if r := UNSDProgressChart(oneYear(v), UNSDOptions{}); r.Category != want {
			t.Errorf("%v: %+v", v, r)
		}
	}
	for share, want := range map[float64]EurostatCategory{0.95: EurostatSignificant, 0.9499: EurostatModerate, 0.6: EurostatModerate, 0.5999: EurostatInsufficient, 0: EurostatInsufficient, -0.0001: EurostatAway} {
		c := towardsBy(Increase, 2015, 200, 2030, Reading{2015, 100}, Reading{2016, 100 * (1 + share*(math.Pow(2, 1.0/15)-1))})
		if r := EurostatTarget(c, DefaultEurostatTarget()); r.Category != want {
			t.Errorf("%v of what is required: %+v", share, r)
		}
	}
	for predicted, want := range map[float64]EscapAPICategory{76: EscapOnTrack, 75.99: EscapAccelerate, 40: EscapAccelerate, 39.99: EscapReverse} {
		if g := AnticipatedProgress(40, 80, predicted, Increase); g.Category != want {
			t.Errorf("%v: %+v", predicted, g)
		}
	}
	rising := []Reading{{2017, 57}, {2018, 58}, {2019, 59}, {2020, 60}} // to 70 in 2030
	if w := WeatherStatus(towardsBy(Increase, 2015, 72.5, 2030, rising...), DefaultWeather()); w.Category != SunCloud || w.Missed != Num(0.2) {
		t.Errorf("a fifth missed: %+v", w)
	}
	near := towardsBy(Increase, 2015, 100, 2030, Reading{2015, 98}, Reading{2020, 99})
	if r := UNSDProgressChart(near, UNSDOptions{Scale: 100}); r.Category != UNSDOnTrack {
		t.Errorf("within 1 %% of all: %+v", r)
	}
	if away := towardsBy(Decrease, 2015, 10, 2030, Reading{2015, 8}, Reading{2020, 11}); EurostatTarget(away, DefaultEurostatTarget()).Category != EurostatAway ||
		UNSDProgressChart(away, UNSDOptions{}).Category != UNSDStagnation || AnticipatedProgress(8, 10, 11, Decrease).Category != EscapReverse {
		t.Errorf("a target met at the base and lost again is praised: %+v", away)
	}
}

// Under a programme's own cuts the peer's score keeps its old slopes, so that score
// and status disagree; ours follows them.
func ownCuts(t *testing.T) {
	c := without(Increase, 2015, Reading{2015, 100}, Reading{2016, 101})
	o := OpenSDGOptions{High: Num(0.02), Med: Num(0.01), Low: Num(0)}
	strict := OpenSDG(c, o)
	o.Compat = true
	compat := OpenSDG(c, o)
	if strict.Status != OpenSDGModerate || math.Abs(strict.Score.Value) > 1e-9 || math.Abs(compat.Score.Value-1.25) > 1e-9 {
		t.Errorf("strict %+v, compat %+v", strict, compat)
	}
}

// Nothing is left of the cuts at the limit, all of them far from it.
func TestLimitCoefficient(t *testing.T) {
	for base, want := range map[float64]float64{0: 1, 250: 1, 100: 0, 200: 1, -100: 0, 46.5: 0.9666196327219913, 1e15: 1} {
		if c := limitCoefficient(base, 100); math.Abs(c.Value-want) > 1e-12 || !c.Valid {
			t.Errorf("at %v: %v, want %v", base, c, want)
		}
	}
}

func TestTrajectoriesWithMilestones(t *testing.T) {
	from, to := Reading{2015, 10}, Reading{2020, 20}
	path := LinearTrajectory(from, to, []Reading{{2018, 11}}, []int{2014, 2015, 2018, 2019, 2025}, &Reading{2019, 13})
	want := []Number{{}, Num(10), Num(11), Num(15.5), Num(20)}
	for n, e := range path.Expected {
		if e.Value != want[n] {
			t.Errorf("%+v, want %v", e, want[n])
		}
	}
	if path.Now != Num(15.5) || path.Gap != Num(-2.5) || path.Share != Num(3/5.5) {
		t.Errorf("%+v", path)
	}
	if g := GeometricTrajectory(Reading{2015, 0}, to, []int{2016}, nil); g.Reason != NotPositive || g.Rate.Valid {
		t.Errorf("growth from zero: %+v", g)
	}
	if l := LinearTrajectory(to, from, nil, []int{2016}, nil); l.Reason != TargetNotAfterBase || l.Expected != nil {
		t.Errorf("backwards: %+v", l)
	}
	if l := LinearTrajectory(from, Reading{2015, 20}, nil, []int{2016}, nil); l.Reason != TargetNotAfterBase {
		t.Errorf("in no time: %+v", l)
	}
	if at := LinearTrajectory(from, to, nil, nil, &from); at.Share.Valid || at.Now != Num(10) {
		t.Errorf("nothing is asked for at the baseline: %+v", at)
	}
}
