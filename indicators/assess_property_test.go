package indicators

import (
	"encoding/json"
	"slices"
	"testing"

	"jalon/indicators/progress"

	"pgregory.net/rapid"
)

// anyNumber draws numbers as they occur, and those that trouble arithmetic.
func anyNumber() *rapid.Generator[Decimal] {
	return rapid.OneOf(
		rapid.Map(rapid.Int64Range(-2000, 2000), func(n int64) Decimal { return Decimal{n, 1, true} }),
		rapid.SampledFrom([]Decimal{Whole(0), Whole(1e15), Whole(-1e15), {1, 15, true}, {-1, 15, true}, {1, 18, true}, Whole(999_999_999_999_999_999)}),
	)
}

// anyOne draws an indicator with targets and figures of any kind, the odd ones too.
func anyOne(t *rapid.T) one {
	o := one{noYear: rapid.Bool().Draw(t, "no baseline year")}
	o.indicator.Frequency = Frequency(rapid.SampledFrom(Frequencies()).Draw(t, "frequency"))
	o.indicator.Accumulation = rapid.SampledFrom(Accumulations()).Draw(t, "accumulation")
	o.indicator.Direction = rapid.SampledFrom(Directions()).Draw(t, "direction")
	months := o.indicator.Frequency.Months()
	for n := range rapid.IntRange(0, 30).Draw(t, "figures") {
		month := 2014*12 + n*months
		f := Figure{Period: newPeriod(month/12, month%12+1, months), Status: "A", Since: 1, Partial: rapid.IntRange(0, 9).Draw(t, "partial") == 0}
		if rapid.IntRange(0, 9).Draw(t, "missing") > 0 {
			f.Value = anyNumber().Draw(t, "value")
		}
		o.figures = append(o.figures, f)
	}
	spans := []Period{period("2020"), period("2018"), period("2016-2020"), period("2030"), period("2015"), period("2015-12"), period("2014-2015")}
	for range rapid.IntRange(0, 5).Draw(t, "rows") {
		r := Target{Kind: rapid.SampledFrom(TargetKinds()).Draw(t, "kind"), Period: rapid.SampledFrom(spans).Draw(t, "period"), Value: anyNumber().Draw(t, "target")}
		r.Comparison = Optional(rapid.SampledFrom(append(Comparisons(), "", "")).Draw(t, "comparison"))
		r.Decided = rapid.SampledFrom([]Date{0, day("2016-01-01"), day("2018-01-01")}).Draw(t, "decided")
		if r.Kind == TargetKind && rapid.IntRange(0, 3).Draw(t, "range") == 0 {
			r.Value, r.Low, r.High = Decimal{}, r.Value, anyNumber().Draw(t, "high")
		}
		o.targets = append(o.targets, r)
	}
	return o
}

// Whatever is stored, an assessment has a status, a reason and JSON without NaN;
// what it tells hangs together.
func TestAssessmentsAreAlwaysSound(t *testing.T) {
	days := []string{"2014-06-15", "2015-12-31", "2017-12-31", "2020-12-30", "2020-12-31", "2021-06-30", "2030-12-31"}
	rapid.Check(t, func(t *rapid.T) {
		o, date := anyOne(t), rapid.SampledFrom(days).Draw(t, "day")
		a := o.on(date)
		shown, err := json.Marshal(a)
		if err != nil {
			t.Fatalf("%v: %+v", err, a)
		}
		over := a.Target.IsSet() && a.Target.Period.End() <= day(date)
		switch {
		case a.Status.Index() < 0 || !slices.Contains(progress.Reasons(), a.Reason):
			t.Errorf("no status or no reason: %s", shown)
		case a.Status == progress.Missed && !over:
			t.Errorf("missed before the end: %s", shown)
		case !a.Target.IsSet() && a.Reason != progress.NoTarget:
			t.Errorf("judged without a target: %s", shown)
		case a.Latest.Value.Valid && a.Latest.month > day(date).Month()+1:
			t.Errorf("a value from the future: %s", shown)
		case a.Target.IsSet() && a.Latest.Value.Valid && a.Latest.month > a.Target.Period.EndMonth():
			t.Errorf("a value from after the horizon: %s", shown)
		case a.Status == progress.NotAssessable && a.Achievement.Valid:
			t.Errorf("a share without a verdict: %s", shown)
		}
	})
}

// What is not known by the day of judgement changes nothing.
func TestLaterFiguresChangeNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		o := anyOne(t)
		withAll := o.on("2017-12-31")
		before, _ := json.Marshal(withAll)
		o.figures = slices.DeleteFunc(slices.Clone(o.figures), func(f Figure) bool { return f.Period.End() > day("2017-12-31") })
		o.targets = slices.DeleteFunc(slices.Clone(o.targets), func(r Target) bool { return r.Decided > day("2017-12-31") })
		after, _ := json.Marshal(o.on("2017-12-31"))
		if string(before) != string(after) && withAll.Target.IsSet() { // without, the goal itself is gone
			t.Errorf("with what came later %s\nwithout it %s", before, after)
		}
	})
}
