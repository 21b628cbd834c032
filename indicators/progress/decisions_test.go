package progress

import "testing"

// flat is a series of four years at one value, but for its last.
func flat(v, last float64) []Reading {
	return []Reading{{2017, v}, {2018, v}, {2019, v}, {2020, last}}
}

func TestWeather(t *testing.T) {
	keep := WeatherOptions{Maintain: true, WindowPoints: 6, MinPoints: 4}
	dip := []Reading{{2017, 50}, {2018, 60}, {2019, 70}, {2020, 65}}
	rise := []Reading{{2017, 70}, {2018, 60}, {2019, 50}, {2020, 55}}
	for _, tt := range []struct {
		name string
		c    Course
		o    WeatherOptions
		want Weather
	}{
		{"no change is good where a level is kept", towardsBy(Increase, 0, 50, 2030, flat(50, 50)...), keep, Sun},
		{"no change is bad for a direction", without(Increase, 0, flat(50, 50)...), DefaultWeather(), Thunderstorm},
		{"no change towards a target misses all of it", towardsBy(Increase, 0, 60, 2030, flat(50, 50)...), DefaultWeather(), Cloud},
		{"lost, and rising", towardsBy(Increase, 0, 60, 2030, flat(50, 51)...), keep, Cloud},
		{"lost, and falling", towardsBy(Increase, 0, 60, 2030, flat(50, 49)...), keep, Thunderstorm},
		{"a rise with a dip at its end", without(Increase, 0, dip...), DefaultWeather(), SunCloud},
		{"a fall that turns", without(Increase, 0, rise...), DefaultWeather(), Cloud},
		{"met before its year", towardsBy(Decrease, 0, 60, 2030, flat(70, 55)...), DefaultWeather(), Sun},
		{"after the target's year nothing is projected backwards", towardsBy(Increase, 0, 60, 2010, flat(50, 53)...), DefaultWeather(), Cloud},
		{"within a band and staying", band(flat(50, 50.1)), DefaultWeather(), Sun},
		{"within a band and leaving it", band(flat(50, 53)), DefaultWeather(), SunCloud},
		{"beneath a band and off", band(flat(30, 29)), DefaultWeather(), Thunderstorm},
		{"no direction", towardsBy(Maintain, 0, 50, 2030, flat(50, 50)...), DefaultWeather(), NoWeather},
	} {
		if w := WeatherStatus(tt.c, tt.o); w.Category != tt.want {
			t.Errorf("%s: got %+v, want %s", tt.name, w, tt.want)
		}
	}
	if w := WeatherStatus(towardsBy(Increase, 0, 60, 2010, flat(50, 53)...), DefaultWeather()); w.Projected != Num(53) {
		t.Errorf("projected backwards: %+v", w)
	}
	least := towardsBy(Maintain, 0, 50, 2030, flat(40, 43)...)
	least.Target.Comparison = AtLeast
	if w := WeatherStatus(least, DefaultWeather()); w.Category != Sun || w.Projected != Num(53) {
		t.Errorf("at least 50, whatever the indicator's own direction: %+v", w)
	}
}

// band is a course to keep between 40 and 55.
func band(s []Reading) Course {
	c := towardsBy(Maintain, 0, 0, 2030, s...)
	c.Target.Range, c.Target.Low, c.Target.High = true, 40, 55
	return c
}

func TestProgressChart(t *testing.T) {
	late := towardsBy(Increase, 2015, 60, 2020, Reading{2015, 40}, Reading{2019, 44}, Reading{2022, 61})
	if r := UNSDProgressChart(late, UNSDOptions{}); r.Last.Year != 2019 || r.Category != UNSDModerate {
		t.Errorf("a value after the target's year counts: %+v", r)
	}
	near := towardsBy(Decrease, 2015, 0, 2030, Reading{2015, 2}, Reading{2020, 0.9})
	if r := UNSDProgressChart(near, UNSDOptions{}); r.Category == UNSDOnTrack {
		t.Errorf("0.9 deaths are not none: %+v", r)
	}
	if r := UNSDProgressChart(near, UNSDOptions{Scale: 100}); r.Category != UNSDOnTrack {
		t.Errorf("0.9 %% are all but none: %+v", r)
	}
	zero := towardsBy(Increase, 2015, 10, 2030, Reading{2015, 0}, Reading{2020, 5})
	if r := UNSDProgressChart(zero, UNSDOptions{}); r.Category != UNSDInsufficient || r.Reason != ZeroBase {
		t.Errorf("growth from zero: %+v", r)
	}
}

func TestRollupsRefuse(t *testing.T) {
	for name, r := range map[string]RollupResult{
		"nothing assessed, nothing asked for": Rollup([]Component{{}, {}}, RollupOptions{Rule: WeightedMean}),
		"no weight at all":                    Rollup([]Component{{Score: Num(1), Weight: Num(0)}}, RollupOptions{CoverageBy: CoverageByWeight}),
		"a negative weight":                   Rollup([]Component{{Score: Num(1), Weight: Num(-1)}, {Score: Num(2), Weight: Num(3)}}, RollupOptions{}),
		"under three quarters by weight": Rollup([]Component{{Score: Num(1)}, {Score: Num(1)}, {Score: Num(1)}, {Weight: Num(2)}},
			RollupOptions{MinCoverage: 0.75, CoverageBy: CoverageByWeight}),
	} {
		if r.Score.Valid || r.Status != RollupInsufficient {
			t.Errorf("%s: %+v", name, r)
		}
	}
	skies := []Component{{Category: Sun}, {Category: Cloud}, {Category: SunCloud}, {Category: NoWeather}}
	if r := Rollup(skies, RollupOptions{Rule: WorstCategory, MinCoverage: 0.75}); r.Category != Cloud || r.Assessed != 3 {
		t.Errorf("worst: %+v", r)
	}
	mixed := []Component{{Score: Num(5)}, {Score: Num(-5), Achieved: true}}
	if r := MeanScore(mixed); r.Status != OpenSDGModerate || r.Score != Num(0) {
		t.Errorf("0 is where moderate progress begins: %+v", r)
	}
}

func TestTrendOfScores(t *testing.T) {
	if r := NormalisedTrend(Series{{2015, 82}, {2022, 79}}, 80, 2030); r.Category != SDSNDecreasing || r.Ratio.Valid {
		t.Errorf("fell below the threshold: %+v", r)
	}
	if r := NormalisedTrend(Series{{2015, 60}, {2022, 80}}, 80, 2030); r.Category != SDSNOnTrack {
		t.Errorf("at the threshold: %+v", r)
	}
	if r := NormalisedTrend(Series{{2015, 60}}, 80, 2030); r.Reason != TooFewValues || r.Category != "" {
		t.Errorf("of one score: %+v", r)
	}
	if s := Normalise(5, 3, 3); s.Score.Valid || s.Reason != NoSpread {
		t.Errorf("between equal bounds: %+v", s)
	}
	if z := Distance(5, 3, 0, Increase); z.Distance.Valid || z.Reason != NoSpread {
		t.Errorf("among equal peers: %+v", z)
	}
}

func TestAttainmentAtItsEdges(t *testing.T) {
	if a := AttainRange(Num(6), Num(0), 2, 4); a.Status != AttainmentInProgress || a.Achievement != Num(0) {
		t.Errorf("as far off on the other side: %+v", a)
	}
	if a := AttainRange(Num(6), Num(6.1), 2, 4); a.Status != AttainmentRegressed {
		t.Errorf("further off: %+v", a)
	}
	if a := Attain(Num(10), Num(20), Num(10), Increase); a.Status != AttainmentInProgress || a.Achievement != Num(0) {
		t.Errorf("no move: %+v", a)
	}
	for want, a := range map[AttainmentStatus]Attainment{
		AttainmentNoTarget:   Attain(Num(1), Number{}, Num(1), Increase),
		AttainmentNoValue:    Attain(Num(1), Num(2), Number{}, Increase),
		AttainmentNoBaseline: AttainRange(Number{}, Num(3), 2, 4).Attainment,
		AttainmentInvalid:    Attain(Num(1), Num(2), Num(1), Decrease),
	} {
		if a.Status != want || a.Achievement.Valid || a.Capped.Valid {
			t.Errorf("got %+v, want %s", a, want)
		}
	}
}

func TestExtrapolationsRefuse(t *testing.T) {
	s := Series{{2015, 40}, {2020, 50}}
	for want, e := range map[Reason]Extrapolation{
		TooFewValues:       ExtrapolateLogit(s[:1], 2030, 100),
		NotPositive:        ExtrapolateGeometric(Series{{2015, 0}, {2020, 50}}, 2030),
		OutsideScale:       ExtrapolateLogit(s, 2030, 50),
		TargetNotAfterBase: ExtrapolateLogitWeighted(s, 2020, 100),
		OutOfRange:         ExtrapolateGeometric(Series{{2015, 1e-300}, {2016, 1e300}}, 2030),
	} {
		if e.Predicted.Valid || e.Reason != want {
			t.Errorf("got %+v, want %s", e, want)
		}
	}
	flatShare := Series{{2015, 100}, {2020, 100}}
	u := EscapUnicef(towardsBy(Increase, 2015, 99, 2030, flatShare...), DefaultEscapUnicef())
	if u.Predicted.Valid || u.CSIStatus != EscapMet || u.APStatus != EscapInsufficientData || u.Reason != OutsideScale {
		t.Errorf("a share of the whole has no logit: %+v", u)
	}
}
