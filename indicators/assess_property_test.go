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
	return rapid.OneOf(plainNumber(),
		rapid.SampledFrom([]Decimal{Whole(0), Whole(1e15), Whole(-1e15), {1, 15, true}, {-1, 15, true}, {1, 18, true}, Whole(999_999_999_999_999_999)}),
	)
}

func plainNumber() *rapid.Generator[Decimal] {
	return rapid.Map(rapid.Int64Range(-2000, 2000), func(n int64) Decimal { return Decimal{n, 1, true} })
}

// anyOne draws an indicator with targets and figures of any kind, the odd ones too, by
// any rules and any method.
func anyOne(t *rapid.T, number *rapid.Generator[Decimal]) one {
	odds := func(n int, label string) bool { return rapid.IntRange(0, n-1).Draw(t, label) == 0 }
	o := one{noYear: rapid.Bool().Draw(t, "no baseline year"), newest: !odds(4, "first rules"), kind: rapid.SampledFrom(FrameworkKinds()).Draw(t, "framework")}
	methods := append(progress.Judging(), "", "", "")
	o.method = Optional(rapid.SampledFrom(methods).Draw(t, "framework's method"))
	i := &o.indicator
	i.Method = Optional(rapid.SampledFrom(methods).Draw(t, "method"))
	i.Kind = rapid.SampledFrom(IndicatorKinds()).Draw(t, "kind")
	i.Frequency = Frequency(rapid.SampledFrom(Frequencies()).Draw(t, "frequency"))
	i.Accumulation = rapid.SampledFrom(Accumulations()).Draw(t, "accumulation")
	i.Direction = rapid.SampledFrom(Directions()).Draw(t, "direction")
	if odds(3, "bounded") {
		i.Min, i.Max = Whole(0), Whole(100)
	}
	months := i.Frequency.Months()
	first := rapid.IntRange(2010, 2016).Draw(t, "first year")
	for n := range rapid.IntRange(0, 30).Draw(t, "figures") {
		month := first*12 + n*months
		f := Figure{Period: newPeriod(month/12, month%12+1, months), Status: "A", Since: 1, Partial: odds(10, "partial")}
		switch {
		case odds(10, "missing"):
			f.Status = "O"
		case odds(12, "break"):
			f.Status = "B"
			fallthrough
		default:
			f.Value = number.Draw(t, "value")
		}
		if f.Value.IsSet() && odds(3, "quotient") {
			f.Numerator, f.Denominator = f.Value, number.Filter(func(d Decimal) bool { return d.Float() != 0 }).Draw(t, "denominator")
		}
		o.figures = append(o.figures, f)
	}
	spans := []Period{period("2020"), period("2018"), period("2016-2020"), period("2030"), period("2015"), period("2015-12"), period("2014-2015"), period("2019-Q2")}
	for range rapid.IntRange(0, 5).Draw(t, "rows") {
		r := Target{Kind: rapid.SampledFrom(TargetKinds()).Draw(t, "row"), Period: rapid.SampledFrom(spans).Draw(t, "period"), Value: number.Draw(t, "target")}
		r.Comparison = Optional(rapid.SampledFrom(append(Comparisons(), "", "")).Draw(t, "comparison"))
		r.Decided = rapid.SampledFrom([]Date{0, day("2016-01-01"), day("2018-01-01")}).Draw(t, "decided")
		if r.Kind == TargetKind && odds(4, "range") {
			r.Value, r.Low, r.High = Decimal{}, r.Value, number.Draw(t, "high")
			if r.High.Less(r.Low) { // no database holds such a band
				r.Low, r.High = r.High, r.Low
			}
		}
		o.targets = append(o.targets, r)
	}
	return o
}

func anyDay() *rapid.Generator[string] {
	return rapid.SampledFrom([]string{"2014-06-15", "2015-12-31", "2017-12-31", "2018-08-31", "2020-12-30", "2020-12-31", "2021-06-30", "2030-12-31"})
}

// sound tells what is wrong with an assessment, whatever it is of: it has a status, a
// reason and JSON without NaN, and what it tells hangs together; so do the opinions and
// the arithmetic beside it. Nothing: it is sound.
func sound(a *Assessment, date string) string {
	text, err := json.Marshal(a)
	if err != nil {
		return err.Error()
	}
	reasons := slices.Concat(progress.Reasons(), progress.MethodReasons(), progress.ProjectionReasons())
	known := func(s progress.Status, r progress.Reason) bool { return s.Index() >= 0 && slices.Contains(reasons, r) }
	over := a.Target.IsSet() && a.Target.Period.End() <= day(date)
	byRate := a.Method.Code == "achievement_rate"
	wrong := ""
	switch {
	case !known(a.Status, a.Reason):
		wrong = "no status or no reason"
	case a.Method.Code == "" || (a.Method.Version == 0) != (a.Reason == progress.UnknownMethod):
		wrong = "no method, or one that is not known"
	case a.Status == progress.Missed && !over:
		wrong = "missed before the end"
	case byRate && !a.Target.IsSet() && a.Reason != progress.NoTarget:
		wrong = "judged without a target"
	case a.Latest.Value.Valid && a.Latest.month > day(date).Month()+1:
		wrong = "a value from the future"
	case a.Target.IsSet() && a.Latest.Value.Valid && a.Latest.month > a.Target.Period.EndMonth():
		wrong = "a value from after the horizon"
	case byRate && a.Status == progress.NotAssessable && a.Achievement.Valid:
		wrong = "a share without a verdict"
	case a.goal.indicator.Staged() && a.Rules > 1 && (a.Achievement.Valid || a.Pace != Pace{} || a.Projection() != nil):
		wrong = "a percentage between two stages"
	}
	if p := a.Projection(); wrong == "" && p != nil && p.Reason != "" && !slices.Contains(reasons, p.Reason) {
		wrong = "an unknown reason of the projection"
	}
	for _, w := range a.Workings() {
		if _, err := json.Marshal(w.Working); wrong == "" && (err != nil || !known(w.Reader, w.Reason)) {
			wrong = "the working of " + w.Code + " has no status or reason, or no number"
		}
	}
	if r := a.Rebased(); wrong == "" && r != nil && !known(r.Status, r.Reason) {
		wrong = "the target of before gives no status or reason"
	}
	if wrong != "" {
		wrong += ": " + string(text)
	}
	return wrong
}

func TestAssessmentsAreAlwaysSound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		o, date := anyOne(t, anyNumber()), anyDay().Draw(t, "day")
		if wrong := sound(o.on(date), date); wrong != "" {
			t.Error(wrong)
		}
	})
}

// What is not known by the day of judgement changes nothing.
func TestLaterFiguresChangeNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		o := anyOne(t, anyNumber())
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

// Values from before the newest break are as good as not there.
func TestNothingIsCarriedAcrossABreak(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		o, date := anyOne(t, anyNumber()), anyDay().Draw(t, "day")
		o.newest = true
		a := o.on(date)
		for n := len(o.figures) - 1; n >= 0 && a.Reason != progress.BrokenSeries; n-- {
			end := o.figures[n].Period.End()
			if o.figures[n].Status != "B" || o.figures[n].Partial || end > day(date) || a.Target.IsSet() && end > a.Target.Period.End() {
				continue
			}
			o.figures = o.figures[n:]
			if wrong := alike(a, o.on(date)); wrong != "" {
				t.Errorf("with and without what was before the break %s", wrong)
			}
			return
		}
	})
}

// times is the same in a unit that is so many times smaller; -1 mirrors what is wanted.
func (o one) times(factor int64) one {
	scaled := func(d Decimal) Decimal {
		d.coefficient *= factor
		return d
	}
	mirrored := map[Optional]Optional{"at_least": "at_most", "at_most": "at_least", "above": "below", "below": "above"}
	i := &o.indicator
	i.Min, i.Max = scaled(i.Min), scaled(i.Max)
	o.figures, o.targets = slices.Clone(o.figures), slices.Clone(o.targets)
	for n := range o.figures {
		f := &o.figures[n]
		f.Value, f.Numerator = scaled(f.Value), scaled(f.Numerator)
	}
	for n := range o.targets {
		r := &o.targets[n]
		r.Value, r.Low, r.High = scaled(r.Value), scaled(r.Low), scaled(r.High)
		if factor < 0 {
			r.Low, r.High = r.High, r.Low
			if r.Comparison != "" {
				r.Comparison = mirrored[r.Comparison]
			}
		}
	}
	if factor < 0 {
		i.Min, i.Max = i.Max, i.Min
		i.Direction = map[string]string{Increase: Decrease, Decrease: Increase, Maintain: Maintain}[i.Direction]
	}
	return o
}

// alike tells what differs between two assessments but for the unit of their values.
func alike(a, b *Assessment) string {
	pure := func(a *Assessment) string {
		text, err := json.Marshal([]any{
			a.Status, a.Reason, a.Stale, a.Achievement, a.Expected, a.OnSchedule, a.Method, a.Latest.Period, a.Baseline.Period, a.Baseline.Given,
		})
		if err != nil {
			return err.Error()
		}
		return string(text)
	}
	if pure(a) != pure(b) {
		return pure(a) + " and " + pure(b)
	}
	return ""
}

// A unit that is a power of two smaller changes no digit. Percentages are left out: they
// have one unit; and ratios of sums, which are rounded to a decimal digit.
func TestAssessmentsDoNotDependOnUnit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		o, date := anyOne(t, plainNumber()), anyDay().Draw(t, "day")
		o.indicator.Kind = rapid.SampledFrom([]string{"number", "amount", "index", "scale"}).Draw(t, "kind with a unit")
		own, other := o.on(date), o.times(1024).on(date)
		if wrong := alike(own, other); wrong != "" {
			t.Errorf("in two units %s", wrong)
		}
		if a, b := own.Agree(), other.Agree(); (a == nil) != (b == nil) || a != nil && *a != *b {
			t.Errorf("in another unit the methods agree otherwise: %v, %v", own.OtherMethods(), other.OtherMethods())
		}
		if own.Latest.Value.Value*1024 != other.Latest.Value.Value || own.ExpectedValue.Value*1024 != other.ExpectedValue.Value {
			t.Errorf("%v and %v in one unit, %v and %v in the other", own.Latest, own.ExpectedValue, other.Latest, other.ExpectedValue)
		}
	})
}

// Less where less is wanted is what more is where more is wanted. It does not hold of
// sums, to which more may come and never less, nor of methods for values above zero.
func TestAssessmentsDoNotDependOnSign(t *testing.T) {
	methods := []Optional{"achievement_rate", "opensdg_progress", "dns_weather"}
	rapid.Check(t, func(t *rapid.T) {
		o, date := anyOne(t, anyNumber()), anyDay().Draw(t, "day")
		o.indicator.Kind = rapid.SampledFrom([]string{"number", "amount", "index", "scale"}).Draw(t, "kind with a unit")
		o.indicator.Accumulation = rapid.SampledFrom([]string{Level, Cumulative}).Draw(t, "no sum")
		o.method, o.indicator.Method = rapid.SampledFrom(methods).Draw(t, "framework's symmetric method"), rapid.SampledFrom(append(methods, "")).Draw(t, "symmetric method")
		straight, mirror := o.on(date), o.times(-1).on(date)
		straight.Method.Value, mirror.Method.Value = progress.Number{}, progress.Number{} // may be a growth without a sign
		if wrong := alike(straight, mirror); wrong != "" {
			t.Errorf("straight and mirrored %s", wrong)
		}
	})
}
