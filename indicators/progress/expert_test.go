package progress

import (
	"testing"
	"time"
)

func day(text string) time.Time {
	at, err := time.Parse(time.DateOnly, text)
	if err != nil {
		panic(err)
	}
	return at
}

// towardsBy is a series on its way to a target, from a base year on.
func towardsBy(d Direction, base int, target float64, year int, s ...Reading) Course {
	return Course{Series: s, Direction: d, BaseYear: base, Target: Target{Month: EndOfYear(year), Value: target}, HasTarget: true}
}

// without is a course that has no target.
func without(d Direction, base int, s ...Reading) Course {
	return Course{Series: s, Direction: d, BaseYear: base}
}

// The names are the points that a reviewer of progress measures looks for; those that
// no method decides alone are tested where they are decided.
func TestWhatAnExpertChecks(t *testing.T) {
	for name, test := range map[string]func(*testing.T){
		"as-of leakage":                       asOfLeakage,
		"revisions":                           revisions,
		"capping":                             capping,
		"averages of ratios":                  averagesOfRatios,
		"base equals target, zero, sign":      degenerateBases,
		"percent and percentage points":       percentAndPoints,
		"rates are weighted by denominators":  ratesByDenominators,
		"fiscal years":                        fiscalYears,
		"decrease, maintain, interval, under": kindsOfTargets,
		"minimum points and gaps":             minimumPoints,
		"suppressed cells are not zero":       suppressedCells,
		"baseline choice":                     baselineChoice,
		"targets change":                      targetsChange,
		"binary indicators":                   binaryIndicators,
		"edges on unrounded numbers":          edges,
		"cuts of a programme's own":           ownCuts,
	} {
		t.Run(name, test)
	}
}

func asOfLeakage(t *testing.T) {
	rows := []Record{
		{2015, Num(15.2), day("2016-03-01")}, {2017, Num(15.5), day("2018-02-15")},
		{2017, Num(15.3), day("2019-06-01")}, {2018, Num(15.4), day("2019-02-15")},
	}
	a := Snapshot(rows, day("2018-12-31"), Number{}, 2015, Num(12), Decrease)
	if a.Year != 2017 || a.Value != Num(15.5) {
		t.Errorf("at the end of 2018 %+v was known", a)
	}
	if a := Snapshot(rows, day("2018-02-15"), Number{}, 2015, Num(12), Decrease); a.Year != 2017 {
		t.Errorf("what is recorded on the day itself counts: %+v", a)
	}
	// a base that is missing is not known from later years
	if a := Snapshot(rows[1:], day("2019-12-31"), Number{}, 2015, Num(12), Decrease); a.Status != AttainmentNoBaseline {
		t.Errorf("a baseline from later years: %+v", a)
	}
	filled := EscapUnicef(towardsBy(Increase, 2015, 100, 2030, Reading{2012, 73.6}, Reading{2018, 99.5}), DefaultEscapUnicef())
	if !filled.BaseFilled || !filled.Base.Valid {
		t.Errorf("a base filled in from later years is not marked: %+v", filled)
	}
}

func revisions(t *testing.T) {
	rows := []Record{{2015, Num(20), day("2016-05-01")}, {2018, Num(24), day("2018-04-01")}}
	before := Snapshot(rows, day("2018-04-30"), Number{}, 2015, Num(30), Increase)
	rows = append(rows, Record{2015, Num(22), day("2018-05-01")}, Record{2018, Number{}, day("2018-06-01")})
	if again := Snapshot(rows, day("2018-04-30"), Number{}, 2015, Num(30), Increase); again != before || before.Achievement != Num(0.4) {
		t.Errorf("the report of then was %+v and became %+v", before, again)
	}
	if now := Snapshot(rows, day("2018-05-31"), Number{}, 2015, Num(30), Increase); now.Achievement != Num(0.25) {
		t.Errorf("the revised baseline does not count: %+v", now)
	}
	if gone := Snapshot(rows, day("2018-06-30"), Number{}, 2015, Num(30), Increase); gone.Year != 2015 || gone.Value != Num(22) {
		t.Errorf("a value taken back still counts: %+v", gone)
	}
}

func capping(t *testing.T) {
	if a := Attain(Num(20), Num(30), Num(34), Increase); a.Achievement != Num(1.4) || a.Capped != Num(1) {
		t.Errorf("over-achievement is lost: %+v", a)
	}
	if a := Attain(Num(20), Num(30), Num(15), Increase); a.Achievement != Num(-0.5) || a.Capped != Num(0) || a.Status != AttainmentRegressed {
		t.Errorf("a cap hides regression: %+v", a)
	}
	if csi := CurrentStatus(20, 10, 30, Decrease); csi != Num(-10) {
		t.Errorf("the index is floored: %v", csi)
	}
	parts := []Component{{Achievement: Num(4)}, {Achievement: Num(0)}, {Achievement: Num(0)}, {Achievement: Num(0)}}
	if r := Rollup(parts, RollupOptions{Rule: CappedMean, Cap: [2]float64{0, 1}}); r.Score != Num(0.25) || r.UncappedMean != Num(1) {
		t.Errorf("one indicator at four times its target hides three failures: %+v", r)
	}
}

func averagesOfRatios(t *testing.T) {
	regions := []Component{{Actual: Num(90), Target: Num(100)}, {Actual: Num(10), Target: Num(50)}}
	r := Rollup(regions, RollupOptions{Rule: RatioOfSums})
	if r.Score != Num(100.0/150) || r.Score == r.MeanOfRatios {
		t.Errorf("%+v", r)
	}
	// nothing asked for anywhere is no ratio
	if r := Rollup([]Component{{Actual: Num(1), Target: Num(0)}}, RollupOptions{Rule: RatioOfSums}); r.Score.Valid {
		t.Errorf("a share of nothing: %+v", r)
	}
	grouped := []Component{{Group: "t1", Score: Num(4)}, {Group: "t2", Score: Num(1)}, {Group: "t2", Score: Num(0)}, {Group: "t2", Score: Num(-1)}}
	if r := Rollup(grouped, RollupOptions{Rule: MeanOfGroupMeans}); r.Score != Num(2) || r.FlatMean != Num(1) {
		t.Errorf("the larger group counts more: %+v", r)
	}
}

func degenerateBases(t *testing.T) {
	for _, tt := range []struct {
		name   string
		c      Course
		status OpenSDGStatus
		reason Reason
	}{
		{"base equals target, kept", towardsBy(Increase, 2015, 95, 2030, Reading{2015, 95}, Reading{2020, 96}), OpenSDGAchieved, BaselineEqualsTarget},
		{"base equals target, lost", towardsBy(Increase, 2015, 95, 2030, Reading{2015, 95}, Reading{2020, 94}), OpenSDGDeterioration, BaselineEqualsTarget},
		{"a base of zero", towardsBy(Increase, 2015, 10, 2030, Reading{2015, 0}, Reading{2020, 4}), OpenSDGNotAvailable, ZeroBase},
		{"a base of zero, target met", towardsBy(Increase, 2015, 10, 2030, Reading{2015, 0}, Reading{2020, 10}), OpenSDGAchieved, ZeroBase},
		{"a target of zero", towardsBy(Decrease, 2015, 0, 2030, Reading{2015, 10}, Reading{2020, 4}), OpenSDGNotAvailable, ZeroTarget},
		{"a target of zero, met", towardsBy(Decrease, 2015, 0, 2030, Reading{2015, 10}, Reading{2020, 0}), OpenSDGAchieved, ZeroTarget},
		{"through zero", towardsBy(Increase, 2015, 5, 2030, Reading{2015, -5}, Reading{2020, 1}), OpenSDGNotAvailable, SignChange},
		{"to a target beyond zero", towardsBy(Increase, 2015, 5, 2030, Reading{2015, -5}, Reading{2020, -1}), OpenSDGNotAvailable, SignChange},
		{"a deficit that shrinks", without(Increase, 2015, Reading{2015, -8}, Reading{2020, -6}), OpenSDGSubstantial, ""},
		{"the target's year is the base's", towardsBy(Increase, 2015, 95, 2015, Reading{2015, 80}, Reading{2020, 90}), OpenSDGNotAvailable, TargetNotAfterBase},
		{"base year after the last value", towardsBy(Increase, 2021, 95, 2030, Reading{2015, 80}, Reading{2020, 90}), OpenSDGNotAvailable, TooFewValues},
		{"no direction", towardsBy(Maintain, 2015, 95, 2030, Reading{2015, 80}, Reading{2020, 90}), OpenSDGNotAvailable, NoDirection},
	} {
		r := OpenSDG(tt.c, OpenSDGOptions{})
		if r.Status != tt.status || r.Reason != tt.reason || (r.Reason != "") == r.Progress.Valid {
			t.Errorf("%s: %+v", tt.name, r)
		}
		e := EurostatTarget(tt.c, DefaultEurostatTarget())
		if tt.c.HasTarget && (e.Category == EurostatAchieved) != (tt.status == OpenSDGAchieved) || e.Ratio.Valid {
			t.Errorf("%s: Eurostat says %+v", tt.name, e)
		}
	}
	if r := OpenSDG(towardsBy(Decrease, 2015, 5, 2030, Reading{2015, 1e-15}, Reading{2020, 1e15}), OpenSDGOptions{}); r.Status != OpenSDGDeterioration || r.Score != Num(-5) {
		t.Errorf("from 10^-15 to 10^15: %+v", r)
	}
}

// A share of 96 % has little room: with its limit less is asked of it than of one of 20 %.
func percentAndPoints(t *testing.T) {
	high := without(Increase, 2015, Reading{2015, 96}, Reading{2020, 97})
	if free, limited := OpenSDG(high, OpenSDGOptions{}), OpenSDG(high, OpenSDGOptions{Limit: Num(100)}); free.Status != OpenSDGLimited || limited.Status != OpenSDGModerate {
		t.Errorf("free %+v, limited %+v", free, limited)
	}
	points := WeatherStatus(towardsBy(Increase, 2015, 80, 2030, Reading{2015, 50}, Reading{2016, 52}, Reading{2017, 54}, Reading{2018, 56}), DefaultWeather())
	if points.Change != Num(2) {
		t.Errorf("the change of a share is %+v, not in points", points)
	}
	beyond := ExtrapolateLogit(Series{{2015, 99}, {2016, 101}}, 2030, 100)
	if beyond.Predicted.Valid || beyond.Reason != OutsideScale {
		t.Errorf("a share beyond the whole: %+v", beyond)
	}
}

func ratesByDenominators(t *testing.T) {
	regions := []Component{{Actual: Num(5), Target: Num(10)}, {Actual: Num(90), Target: Num(90)}}
	if r := Rollup(regions, RollupOptions{Rule: RatioOfSums}); r.Score != Num(0.95) || r.MeanOfRatios != Num(0.75) {
		t.Errorf("a small region counts as much as a large one: %+v", r)
	}
}

func fiscalYears(t *testing.T) {
	var r vectorReading
	if err := r.UnmarshalJSON([]byte(`["2015-16", 20]`)); err != nil || r.Year != 2015 || r.Value != 20 {
		t.Errorf("2015-16 is %+v, %v", r, err)
	}
}

func kindsOfTargets(t *testing.T) {
	under := towardsBy(Decrease, 2015, 12, 2020, Reading{2015, 15}, Reading{2018, 12})
	under.Target.Comparison = Below
	if r := OpenSDG(under, OpenSDGOptions{}); r.Status == OpenSDGAchieved {
		t.Errorf("12 is not under 12: %+v", r)
	}
	band := AttainRange(Num(6), Num(1.5), 2, 4)
	if band.Achievement != Num(0.75) || band.Status != AttainmentInProgress {
		t.Errorf("too far through the band: %+v", band)
	}
	if kept := AttainRange(Num(3), Num(4), 2, 4); kept.Achievement.Valid || kept.Status != AttainmentMet {
		t.Errorf("at the band's edge: %+v", kept)
	}
	falling := []Reading{{2015, 99}, {2016, 98.5}, {2017, 98}, {2018, 97.5}}
	if w := WeatherStatus(towardsBy(Increase, 2015, 95, 2030, falling...), WeatherOptions{Maintain: true, WindowPoints: 6, MinPoints: 4}); w.Category != SunCloud {
		t.Errorf("kept, but falling: %+v", w)
	}
	if w := WeatherStatus(without(Increase, 2015, falling...), DefaultWeather()); w.Category != Thunderstorm {
		t.Errorf("falling where more is wanted: %+v", w)
	}
	interval := towardsBy(Maintain, 2015, 0, 2030, falling...)
	interval.Target.Range, interval.Target.Low, interval.Target.High = true, 90, 95
	if w := WeatherStatus(interval, DefaultWeather()); w.Projected != Num(97.5-0.5*12) || w.Category != Sun {
		t.Errorf("down into the interval: %+v", w)
	}
	if r := OpenSDG(interval, OpenSDGOptions{}); r.Status != OpenSDGNotAvailable {
		t.Errorf("an interval is no value: %+v", r)
	}
}

func minimumPoints(t *testing.T) {
	one := towardsBy(Increase, 2015, 60, 2030, Reading{2018, 40})
	if r := OpenSDG(one, OpenSDGOptions{}); r.Status != OpenSDGNotAvailable || r.Reason != TooFewValues || r.Base != (Reading{2018, 40}) {
		t.Errorf("of one value: %+v", r)
	}
	if r := UNSDProgressChart(one, UNSDOptions{}); r.Category != UNSDInsufficient || r.Score.Valid {
		t.Errorf("of one value: %+v", r)
	}
	three := towardsBy(Increase, 2015, 60, 2030, Reading{2018, 40}, Reading{2019, 41}, Reading{2020, 42})
	if w := WeatherStatus(three, DefaultWeather()); w.Category != NoWeather || w.Reason != TooFewValues {
		t.Errorf("of three values: %+v", w)
	}
	if u := EscapUnicef(one, DefaultEscapUnicef()); u.CSIStatus != EscapInsufficientData || u.CSI.Valid {
		t.Errorf("of one value: %+v", u)
	}
	if u := EscapUnicef(towardsBy(Increase, 2015, 30, 2030, Reading{2018, 40}), DefaultEscapUnicef()); u.CSIStatus != EscapMet || u.APStatus != EscapMet {
		t.Errorf("one value that meets the target: %+v", u)
	}
	// a gap is time that passes: two steps in ten years are slower than in two
	fast, slow := without(Increase, 2015, Reading{2015, 50}, Reading{2017, 52}), without(Increase, 2015, Reading{2015, 50}, Reading{2025, 52})
	if f, s := OpenSDG(fast, OpenSDGOptions{}), OpenSDG(slow, OpenSDGOptions{}); f.Status != OpenSDGSubstantial || s.Status != OpenSDGLimited {
		t.Errorf("fast %+v, slow %+v", f, s)
	}
	if _, err := NewSeries([]Reading{{2015, 1}, {2015, 1}}); err == nil {
		t.Error("two values for a year")
	}
}
