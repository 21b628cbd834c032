package progress

import (
	"math"
	"reflect"
	"testing"
)

// from is a series of consecutive years.
func from(first int, values ...float64) (s Series) {
	for n, v := range values {
		s = append(s, Reading{first + n, v})
	}
	return s
}

// What each projection says where it can say little: its reason, and whether there
// is a value nonetheless.
func TestProjectionsOfFewAndOddValues(t *testing.T) {
	type said struct {
		value  bool
		reason Reason
	}
	nothing := func(r Reason) said { return said{false, r} }
	one := Series{{2015, 3}, {2015, 4}, {2015, 5}}
	for _, tt := range []struct {
		name                                        string
		s                                           Series
		ols, logLinear, logit, wls, theilSen, holts said
	}{
		{"nothing", nil, nothing(TooFewValues), nothing(TooFewValues), nothing(TooFewValues), nothing(TooFewValues), nothing(TooFewValues), nothing(TooFewValues)},
		{"one value", from(2015, 3), nothing(TooFewValues), nothing(TooFewValues), nothing(TooFewValues), nothing(TooFewValues), nothing(TooFewValues), nothing(TooFewValues)},
		{"two values", from(2015, 3, 4), said{true, TooFewValues}, said{true, TooFewValues}, said{true, TooFewValues}, said{true, ""}, said{true, ""}, said{true, ""}},
		{"constant", from(2015, 3, 3, 3, 3), said{true, NoScatter}, said{true, NoScatter}, said{true, NoScatter}, said{true, ""}, said{true, ""}, said{true, ""}},
		{"values of one year only", one, nothing(OnePeriod), nothing(OnePeriod), nothing(OnePeriod), nothing(OnePeriod), nothing(OnePeriod), nothing(RepeatedPeriod)},
		{"two of one year among others", append(from(2013, 1, 2), one...), said{true, ""}, said{true, ""}, said{true, ""}, said{true, ""}, said{true, ""}, nothing(RepeatedPeriod)},
		{"a gap", Series{{2010, 1}, {2011, 3}, {2013, 4}, {2014, 4}}, said{true, ""}, said{true, ""}, said{true, ""}, said{true, ""}, said{true, ""}, nothing(UnevenPeriods)},
		{"every fifth year", Series{{2000, 1}, {2005, 3}, {2010, 4}}, said{true, ""}, said{true, ""}, said{true, ""}, said{true, ""}, said{true, ""}, said{true, ""}},
		{"a zero", from(2015, 3, 0, 2, 1), said{true, ""}, nothing(NotPositive), nothing(OutsideScale), said{true, ""}, said{true, ""}, said{true, ""}},
		{"below zero", from(2015, 3, -2, 2, 1), said{true, ""}, nothing(NotPositive), nothing(OutsideScale), said{true, ""}, said{true, ""}, said{true, ""}},
		{"the whole", from(2015, 97, 99, 98, 100), said{true, ""}, said{true, ""}, nothing(OutsideScale), said{true, ""}, said{true, ""}, said{true, ""}},
		{"beyond it", from(2015, 97, 99, 98, 104), said{true, ""}, said{true, ""}, nothing(OutsideScale), said{true, ""}, said{true, ""}, said{true, ""}},
		{"the largest numbers", from(2015, 1e308, -1e308, 1e308, -1.7e308), nothing(OutOfRange), nothing(NotPositive), nothing(OutsideScale), nothing(OutOfRange), nothing(OutOfRange), nothing(OutOfRange)},
		{"missing values", Series{{2015, 3}, {2016, math.NaN()}, {2017, math.Inf(1)}}, nothing(TooFewValues), nothing(TooFewValues), nothing(TooFewValues), nothing(TooFewValues), nothing(TooFewValues), nothing(TooFewValues)},
	} {
		line := OLSOptions{PredictYear: 2030}
		ols, logs := ProjectOLS(tt.s, nil, Increase, line), ProjectLogLinear(tt.s, nil, Increase, line)
		logits := ProjectLogit(tt.s, nil, Increase, LogitOptions{2030, 100})
		weighted, robust := ProjectWLS(tt.s, WLSOptions{PredictYear: 2030}), ProjectTheilSen(tt.s, TheilSenOptions{2030, 0.95})
		holt := ProjectHolt(tt.s, HoltOptions{0.8, 0.2, 2})
		for method, pair := range map[string][2]said{
			"ols": {{ols.Value.Valid, ols.Reason}, tt.ols}, "loglinear": {{logs.Value.Valid, logs.Reason}, tt.logLinear},
			"logit": {{logits.Value.Valid, logits.Reason}, tt.logit}, "wls": {{weighted.Value.Valid, weighted.Reason}, tt.wls},
			"theil_sen": {{robust.Value.Valid, robust.Reason}, tt.theilSen}, "holt": {{holt.Level.Valid, holt.Reason}, tt.holts},
		} {
			if pair[0] != pair[1] {
				t.Errorf("%s of %s: %+v, want %+v", method, tt.name, pair[0], pair[1])
			}
		}
	}
}

// Options without a meaning are refused, not guessed at.
func TestProjectionsRefuseOddOptions(t *testing.T) {
	s := from(2010, 3, 4, 6, 5, 7)
	for name, reason := range map[string]Reason{
		"no whole":               ProjectLogit(s, nil, Increase, LogitOptions{2030, 0}).Reason,
		"an endless whole":       ProjectLogit(s, nil, Increase, LogitOptions{2030, math.Inf(1)}).Reason,
		"too few weights":        ProjectWLS(s, WLSOptions{2030, []float64{1, 2}}).Reason,
		"a weight of zero":       ProjectWLS(s, WLSOptions{2030, []float64{1, 2, 0, 1, 1}}).Reason,
		"weights of a past year": ProjectWLS(s, WLSOptions{2014, nil}).Reason,
		"no confidence":          ProjectTheilSen(s, TheilSenOptions{2030, 0}).Reason,
		"all confidence":         ProjectTheilSen(s, TheilSenOptions{2030, 1}).Reason,
		"alpha above 1":          ProjectHolt(s, HoltOptions{1.1, 0.2, 1}).Reason,
		"beta not a number":      ProjectHolt(s, HoltOptions{0.1, math.NaN(), 1}).Reason,
		"no horizon":             ProjectHolt(s, HoltOptions{0.1, 0.2, 0}).Reason,
		"a horizon without end":  ProjectHolt(s, HoltOptions{0.1, 0.2, math.MaxInt}).Reason,
		"no significance":        TrendSpearman(s, SpearmanOptions{}).Reason,
	} {
		if reason != BadOption {
			t.Errorf("%s: %q", name, reason)
		}
	}
	if ProjectOLS(s, nil, Increase, OLSOptions{}).Reason != NoTarget || ProjectTheilSen(s, TheilSenOptions{Alpha: 0.9}).Reason != NoTarget {
		t.Error("no year to predict, and yet an answer")
	}
}

// 1e15 and 1e-15 are units like others: all digits of the answers are there.
func TestProjectionsOfVeryLargeAndSmallValues(t *testing.T) {
	plain := from(2010, 3, 4, 6, 5, 7, 9)
	target := Target{Month: EndOfYear(2020), Value: 12}
	want := ProjectOLS(plain, &target, Increase, OLSOptions{})
	for _, factor := range []float64{1e15, 1e-15, 1e290, 1e-290} {
		s, far := make(Series, len(plain)), target
		for n, r := range plain {
			s[n] = Reading{r.Year, r.Value * factor}
		}
		far.Value *= factor
		got := ProjectOLS(s, &far, Increase, OLSOptions{})
		for name, pair := range map[string][2]float64{
			"value": {got.Value.Value / factor, want.Value.Value}, "low95": {got.Low95.Value / factor, want.Low95.Value},
			"slope": {got.Slope.Value / factor, want.Slope.Value}, "scatter": {got.Scatter.Value / factor, want.Scatter.Value},
			"p": {got.SlopeP.Value, want.SlopeP.Value}, "probability": {got.Probability.Value, want.Probability.Value},
		} {
			if math.Abs(pair[0]/pair[1]-1) > 1e-12 {
				t.Errorf("× %v: %s %v, want %v", factor, name, pair[0], pair[1])
			}
		}
	}
	far := from(2010, 1e15, 1e15+2, 1e15+3, 1e15+5, 1e15+6)
	if got := ProjectOLS(far, nil, Increase, OLSOptions{PredictYear: 2015}); got.Value != Num(1e15+7.7) || math.Abs(got.Slope.Value-1.5) > 1e-12 {
		t.Errorf("a small step on a large value: %+v", got)
	}
}

// One bad survey among eleven moves least squares, not the median of the slopes.
func TestTheilSenWithstandsOneBadSurvey(t *testing.T) {
	s := from(2010, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20)
	o := TheilSenOptions{2025, 0.95}
	straight := ProjectTheilSen(s, o)
	s[8].Value = 90
	bent := ProjectTheilSen(s, o)
	if !sameNumbers(straight.Value, Num(25)) || bent.Slope != Num(1) || math.Abs(bent.Value.Value-25) > 1 || !(ProjectOLS(s, nil, Increase, OLSOptions{2025}).Value.Value > 40) {
		t.Errorf("straight %+v, with a bad survey %+v", straight, bent)
	}
	if all := ProjectTheilSen(make(Series, maxPairedValues+1), o); all.Reason != TooManyValues {
		t.Errorf("without end: %+v", all)
	}
}

// Calling a method leaves the series as it was.
func TestMethodsLeaveTheSeriesAlone(t *testing.T) {
	s := Series{{2012, 5}, {2010, 3}, {2011, 7}, {2013, 4}}
	before := append(Series(nil), s...)
	ProjectOLS(s, nil, Increase, OLSOptions{2020})
	ProjectTheilSen(s, TheilSenOptions{2020, 0.95})
	TrendMannKendall(s)
	TrendSpearman(s, DefaultSpearman())
	if !reflect.DeepEqual(s, before) {
		t.Errorf("%v, was %v", s, before)
	}
}
