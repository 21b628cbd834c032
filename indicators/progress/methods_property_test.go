package progress

import (
	"math"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// anySeries draws series with gaps, of values from a generator.
func anySeries(value *rapid.Generator[float64]) *rapid.Generator[Series] {
	return rapid.Custom(func(t *rapid.T) Series {
		s, year := Series{}, rapid.IntRange(2005, 2018).Draw(t, "first year")
		for range rapid.SampledFrom([]int{0, 1, 2, 3, 4, 5, 6, 8, 12}).Draw(t, "readings") {
			s = append(s, Reading{year, value.Draw(t, "value")})
			year += rapid.SampledFrom([]int{1, 1, 1, 2, 5}).Draw(t, "step")
		}
		return s
	})
}

func anyCourse(value *rapid.Generator[float64]) *rapid.Generator[Course] {
	return rapid.Custom(func(t *rapid.T) Course {
		c := Course{
			Series:    anySeries(value).Draw(t, "series"),
			Direction: rapid.SampledFrom([]Direction{Increase, Decrease}).Draw(t, "direction"),
			BaseYear:  rapid.IntRange(2008, 2020).Draw(t, "base year"),
			HasTarget: rapid.Bool().Draw(t, "has target"),
		}
		c.Target = Target{Month: EndOfYear(rapid.IntRange(2015, 2035).Draw(t, "target year")), Value: value.Draw(t, "target")}
		return c
	})
}

// anyShare draws values from 0.1 to 99.9, as percentages are published.
func anyShare() *rapid.Generator[float64] {
	return rapid.Map(rapid.IntRange(1, 999), func(n int) float64 { return float64(n) / 10 })
}

// times multiplies all values; a negative factor turns what is wanted round.
func (c Course) times(factor float64) Course {
	c.Series = slices.Clone(c.Series)
	for n := range c.Series {
		c.Series[n].Value *= factor
	}
	c.Target.Value *= factor
	if factor < 0 {
		c.Direction = -c.Direction
	}
	return c
}

// What all methods say in words, and their numbers without a unit.
func (c Course) findings(scale float64) []any {
	first, last := Reading{}, Reading{}
	if len(c.Series) > 0 {
		first, last = c.Series[0], c.Series[len(c.Series)-1]
	}
	w := WeatherStatus(c, DefaultWeather())
	o := OpenSDG(c, OpenSDGOptions{})
	return []any{
		o.Progress, o.Score, o.Status, o.Reason, w.Missed, w.Category, w.Reason,
		Attain(Num(first.Value), Num(c.Target.Value), Num(last.Value), c.Direction),
		CurrentStatus(first.Value, c.Target.Value, last.Value, c.Direction),
		AnticipatedProgress(first.Value, c.Target.Value, last.Value, c.Direction),
		Distance(last.Value, c.Target.Value, scale, c.Direction),
	}
}

// A deficit that shrinks is a surplus that grows.
func TestMirroredSeriesGetTheSameAnswer(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := anyCourse(anyValue()).Draw(t, "course")
		got, want := c.times(-1).findings(10), c.findings(10)
		for n := range want {
			if got[n] != want[n] {
				t.Errorf("%d: mirrored %+v, straight %+v", n, got[n], want[n])
			}
		}
	})
}

// Where less is wanted, what growth says is turned round.
func TestGrowthTurnsRoundWithDirection(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := anyCourse(anyShare()).Draw(t, "course")
		up, down := c, c
		up.Direction, down.Direction = Increase, Decrease
		up.HasTarget, down.HasTarget = false, false
		a, b := EurostatNoTarget(up, DefaultEurostatNoTarget()), EurostatNoTarget(down, DefaultEurostatNoTarget())
		if a.Desired.Value != -b.Desired.Value || a.Score.Value != -b.Score.Value {
			t.Errorf("up %+v, down %+v", a, b)
		}
		p, q := OpenSDG(up, OpenSDGOptions{}), OpenSDG(down, OpenSDGOptions{})
		if p.Progress.Value != -q.Progress.Value || (p.Status == OpenSDGNotAvailable) != (q.Status == OpenSDGNotAvailable) {
			t.Errorf("up %+v, down %+v", p, q)
		}
	})
}

// In a unit that is a power of two smaller or larger no digit changes, but for the
// methods of shares of a whole and compat's 0.001.
func TestAnswersDoNotDependOnTheUnit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := anyCourse(anyValue()).Draw(t, "course")
		big := c.times(1024)
		got, want := big.findings(10*1024), c.findings(10)
		pair := func(a, b any) { got, want = append(got, a), append(want, b) }
		pair(EurostatTarget(big, DefaultEurostatTarget()), EurostatTarget(c, DefaultEurostatTarget()))
		pair(EurostatNoTarget(big, DefaultEurostatNoTarget()), EurostatNoTarget(c, DefaultEurostatNoTarget()))
		u, v := UNSDProgressChart(big, UNSDOptions{}), UNSDProgressChart(c, UNSDOptions{})
		pair(u.Growth, v.Growth)
		if math.Abs(v.Ratio.Value) < 1e290 { // what grows beyond that may leave the numbers in one unit only
			pair(u.Ratio, v.Ratio)
			pair(u.Category, v.Category)
		}
		limit := rapid.SampledFrom([]float64{1, 11, 100}).Draw(t, "limit")
		l, m := OpenSDG(big, OpenSDGOptions{Limit: Num(limit * 1024)}), OpenSDG(c, OpenSDGOptions{Limit: Num(limit)})
		pair(l.Score, m.Score)
		for n := range want {
			if got[n] != want[n] {
				t.Errorf("%d: in another unit %+v, in its own %+v", n, got[n], want[n])
			}
		}
	})
}

// A better last value never makes for a worse answer.
func TestBetterValuesAreNotWorse(t *testing.T) {
	statuses := []OpenSDGStatus{OpenSDGDeterioration, OpenSDGLimited, OpenSDGModerate, OpenSDGSubstantial, OpenSDGAchieved}
	skies := []Weather{Thunderstorm, Cloud, SunCloud, Sun}
	rapid.Check(t, func(t *rapid.T) {
		c := anyCourse(anyShare()).Draw(t, "course")
		if len(c.Series) < 2 {
			return
		}
		better := c.times(1)
		last := &better.Series[len(better.Series)-1].Value
		*last = max(*last+float64(c.Direction)*anyShare().Draw(t, "by"), 0.1)
		if (*last-c.Series[len(c.Series)-1].Value)*float64(c.Direction) < 0 {
			return
		}
		rises := func(what string, from, to float64) {
			if to < from-1e-9*(1+math.Abs(from)) {
				t.Errorf("%s falls from %v to %v\n%+v\n%+v", what, from, to, c, better)
			}
		}
		for _, o := range []OpenSDGOptions{{}, {Limit: Num(100)}, {High: Num(0.8), Med: Num(0.1), Low: Num(-0.1)}} {
			a, b := OpenSDG(c, o), OpenSDG(better, o)
			rises("opensdg score", a.Score.Value, b.Score.Value)
			rises("opensdg status", float64(slices.Index(statuses, a.Status)), float64(slices.Index(statuses, b.Status)))
		}
		if c.HasTarget {
			a, b := EurostatTarget(c, DefaultEurostatTarget()), EurostatTarget(better, DefaultEurostatTarget())
			rises("eurostat score", a.Score.Value, b.Score.Value)
		}
		rises("eurostat growth", EurostatNoTarget(c, DefaultEurostatNoTarget()).Score.Value, EurostatNoTarget(better, DefaultEurostatNoTarget()).Score.Value)
		rises("unsd score", UNSDProgressChart(c, UNSDOptions{Scale: 100}).Score.Value, UNSDProgressChart(better, UNSDOptions{Scale: 100}).Score.Value)
		w, x := WeatherStatus(c, DefaultWeather()), WeatherStatus(better, DefaultWeather())
		rises("weather", float64(slices.Index(skies, w.Category)), float64(slices.Index(skies, x.Category)))
		b, v := c.Series[0].Value, c.Series[len(c.Series)-1].Value
		rises("csi", CurrentStatus(b, c.Target.Value, v, c.Direction).Value, CurrentStatus(b, c.Target.Value, *last, c.Direction).Value)
		rises("achievement", Attain(Num(b), Num(c.Target.Value), Num(v), c.Direction).Achievement.Value,
			Attain(Num(b), Num(c.Target.Value), Num(*last), c.Direction).Achievement.Value)
	})
}

// The status can be told from the uncapped share alone and from the capped one never
// otherwise: cutting is for display and averages.
func TestCappingHidesNoVerdict(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b, v, target := anyValue().Draw(t, "b"), anyValue().Draw(t, "v"), anyValue().Draw(t, "target")
		d := rapid.SampledFrom([]Direction{Increase, Decrease}).Draw(t, "direction")
		a := Attain(Num(b), Num(target), Num(v), d)
		if !a.Achievement.Valid {
			return
		}
		if a.Capped.Value != min(max(a.Achievement.Value, 0), 1) {
			t.Errorf("cut wrongly: %+v", a)
		}
		if a.Achievement.Value < 0 && a.Status != AttainmentRegressed || a.Achievement.Value > 1 && a.Status != AttainmentMet ||
			a.Achievement.Value > 1e-9 && a.Achievement.Value < 1-1e-9 && a.Status != AttainmentInProgress {
			t.Errorf("status and uncapped share disagree: %+v", a)
		}
	})
}

// Scores are cut to -5..5 after the status is found, and never change sides.
func TestScoreAndStatusAgree(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := anyCourse(anyShare()).Draw(t, "course")
		o := OpenSDGOptions{}
		if rapid.Bool().Draw(t, "has limit") {
			o.Limit = Num(100)
		} else if rapid.Bool().Draw(t, "own cuts") {
			o.High, o.Med, o.Low = Num(0.4), Num(0.2), Num(-0.01)
		}
		r := OpenSDG(c, o)
		if r.Status == OpenSDGNotAvailable {
			if r.Score.Valid || r.Progress.Valid || r.Reason == "" {
				t.Errorf("not available without a reason, or with a number: %+v", r)
			}
			return
		}
		const near = 1e-3 // the constants of the score are rounded
		at := map[OpenSDGStatus][2]float64{
			OpenSDGAchieved: {5, 5}, OpenSDGSubstantial: {2.5, 5}, OpenSDGModerate: {0, 2.5}, OpenSDGLimited: {-2.5, 0}, OpenSDGDeterioration: {-5, -2.5},
		}[r.Status]
		if s := r.Score; !s.Valid || s.Value < at[0]-near || s.Value > at[1]+near {
			t.Errorf("%s with a score of %v: %+v", r.Status, s.Value, r)
		}
	})
}

// What is recorded later changes nothing in a snapshot.
func TestSnapshotsKnowNoFuture(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		day := func(n int) time.Time { return time.Date(2016, 1, 1+n, 0, 0, 0, 0, time.UTC) }
		var all []Record
		for range rapid.IntRange(0, 12).Draw(t, "records") {
			all = append(all, Record{rapid.IntRange(2015, 2018).Draw(t, "year"), Num(anyValue().Draw(t, "value")), day(rapid.IntRange(0, 9).Draw(t, "day"))})
		}
		at := rapid.IntRange(0, 9).Draw(t, "as of")
		past := slices.DeleteFunc(slices.Clone(all), func(r Record) bool { return r.Recorded.After(day(at)) })
		got := Snapshot(all, day(at), Number{}, 2015, Num(12), Decrease)
		if want := Snapshot(past, day(at), Number{}, 2015, Num(12), Decrease); got != want {
			t.Errorf("with the future %+v, without %+v", got, want)
		}
		if got.Value.Valid && !slices.ContainsFunc(past, func(r Record) bool { return r.Year == got.Year && r.Value == got.Value }) {
			t.Errorf("%+v was not known", got)
		}
	})
}
