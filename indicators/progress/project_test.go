package progress

import (
	"encoding/json"
	"math"
	"slices"
	"testing"
)

// yearly are points at the ends of consecutive years.
func yearly(first int, values ...float64) []Point {
	points := make([]Point, len(values))
	for n, v := range values {
		points[n] = Point{EndOfYear(first + n), v}
	}
	return points
}

// remittanceCost is the average cost of sending money to Tunisia, in percent of the
// sum (World Bank, SI.RMT.COST.IB.ZS).
func remittanceCost() Past {
	return Past{Points: yearly(2016, 9.48699, 10.6492, 8.83464, 9.51176, 8.99019, 10.28448, 8.9175, 5.53667)}
}

// The figures are those that R's lm and predict.lm give on the logits.
func TestProjectRemittanceCost(t *testing.T) {
	target := Target{Month: EndOfYear(2030), Value: 3}
	p := Project(remittanceCost(), &target, Decrease, DefaultProjection(Share, 100))
	for name, tt := range map[string]struct {
		got  Number
		want float64
	}{
		"value": {p.Value, 5.202}, "low80": {p.Low80, 3.154}, "high80": {p.High80, 8.464},
		"low95": {p.Low95, 2.211}, "high95": {p.High95, 11.754},
	} {
		if !tt.got.Valid || math.Round(tt.got.Value*1000)/1000 != tt.want {
			t.Errorf("%s = %+v, want %v", name, tt.got, tt.want)
		}
	}
	if math.Round(p.Probability.Value*10000)/10000 != 0.0823 || p.Points != 8 || p.Model != LogitShare || p.Reason != "" {
		t.Errorf("%+v", p)
	}
	if !slices.Equal(p.Warnings, []Warning{ShortSeries}) || p.Span != 84 || p.Horizon != 84 || p.Version != ProjectionVersion {
		t.Errorf("warnings %v, span %d, horizon %d", p.Warnings, p.Span, p.Horizon)
	}
	if k := p.Robust.MannKendall; k.S.Value != -10 || !p.Robust.TheilSen.Value.Valid {
		t.Errorf("beside it: %+v", *p.Robust)
	}
}

func TestProjectRefusals(t *testing.T) {
	at := func(year int, value float64) *Target { return &Target{Month: EndOfYear(year), Value: value} }
	rising := yearly(2010, 10, 12, 13, 15, 16, 18, 19, 21, 22, 24)
	share, other := DefaultProjection(Share, 100), DefaultProjection(Other, 0)
	for _, tt := range []struct {
		name     string
		past     Past
		target   *Target
		options  ProjectionOptions
		reason   Reason
		value    bool
		interval bool
	}{
		{"as it should be", Past{Points: rising}, at(2025, 40), other, "", true, true},
		{"no target", Past{Points: rising}, nil, other, NoTarget, false, false},
		{"no values", Past{}, at(2025, 40), other, TooFewValues, false, false},
		{"two values", Past{Points: rising[:2]}, at(2012, 40), other, TooFewValues, false, false},
		{"three values: a line without interval", Past{Points: rising[:3]}, at(2014, 40), other, TooFewValues, true, false},
		{"four values: the same", Past{Points: rising[:4]}, at(2014, 40), other, TooFewValues, true, false},
		{"five values", Past{Points: rising[:5]}, at(2016, 40), other, "", true, true},
		{"as far ahead as back", Past{Points: rising}, at(2028, 40), other, "", true, true},
		{"a year further", Past{Points: rising}, at(2029, 40), other, HorizonTooLong, false, false},
		{"target of the last value's year", Past{Points: rising}, at(2019, 40), other, HorizonPassed, false, false},
		{"target in the past", Past{Points: rising}, at(2012, 40), other, HorizonPassed, false, false},
		{"two values of a year", Past{Points: append(slices.Clone(rising), rising[3])}, at(2025, 40), other, RepeatedPeriod, false, false},
		{"three values since a break", Past{Points: rising, Breaks: []int{EndOfYear(2017)}}, at(2020, 40), other, TooFewValues, true, false},
		{"a break that leaves two years", Past{Points: rising, Breaks: []int{EndOfYear(2018)}}, at(2020, 40), other, TooFewValues, false, false},
		{"a break to come", Past{Points: rising, Breaks: []int{EndOfYear(2021)}}, at(2025, 40), other, "", true, true},
		{"on a line to the digit", Past{Points: yearly(2010, 1, 2, 3, 4, 5, 6)}, at(2014+3, 9), other, NoScatter, true, false},
		{"constant", Past{Points: yearly(2010, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1)}, at(2017, 9), other, NoScatter, true, false},
		{"a share led beyond the whole", Past{Points: yearly(2010, 60, 71, 79, 90, 100)}, at(2014+3, 100), share, BeyondLimits, false, false},
		{"a model that is none", Past{Points: rising}, at(2025, 40), ProjectionOptions{Model: "theil_sen", MinPoints: 5, MaxHorizon: 1}, BadOption, false, false},
		{"an interval too wide for numbers", Past{Points: yearly(2010, 1e308, -1e308, 1e308, -1e308, 1.7e308)}, at(2018, 0), other, OutOfRange, true, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p := Project(tt.past, tt.target, Increase, tt.options)
			if p.Reason != tt.reason || p.Value.Valid != tt.value || (p.Low80.Valid && p.Probability.Valid) != tt.interval {
				t.Errorf("%+v", p)
			}
			if p.Robust != nil != tt.value || p.Warnings == nil {
				t.Errorf("beside it %v, warnings %v", p.Robust, p.Warnings)
			}
		})
	}
}

func TestProjectWarnings(t *testing.T) {
	noisy := yearly(2008, 10, 12, 11, 14, 12.5, 15, 13, 16.5, 14, 17.5, 16, 18)
	wave := yearly(2008, 10, 12, 14, 15.5, 16, 16, 15.5, 15, 15, 16, 18, 20)
	for _, tt := range []struct {
		name    string
		past    Past
		target  float64
		options ProjectionOptions
		model   Model
		want    []Warning
	}{
		{"none", Past{Points: noisy}, 20, DefaultProjection(Positive, 0), LogLinearRate, nil},
		{"no nature", Past{Points: noisy}, 20, DefaultProjection(Other, 0), Linear, nil},
		{"asked for", Past{Points: noisy}, 20, ProjectionOptions{Nature: Share, Scale: 100, Model: Linear, MinPoints: 5, MaxHorizon: 1}, Linear, nil},
		{"neighbours err alike", Past{Points: wave}, 20, DefaultProjection(Other, 0), Linear, []Warning{Autocorrelated}},
		{"after a break", Past{Points: noisy, Breaks: []int{EndOfYear(2011)}}, 20, DefaultProjection(Other, 0), Linear, []Warning{ShortSeries, SeriesBreak}},
		{"a value of zero", Past{Points: append(yearly(2007, 0), noisy...)}, 20, DefaultProjection(Positive, 0), Linear, []Warning{ModelReplaced}},
		{"a target that a share only nears", Past{Points: noisy}, 100, DefaultProjection(Share, 100), LogitShare, []Warning{TargetOffModel}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p := Project(tt.past, &Target{Month: EndOfYear(2022), Value: tt.target}, Increase, tt.options)
			if p.Model != tt.model || !slices.Equal(p.Warnings, tt.want) || !p.Low95.Valid {
				t.Errorf("%+v", p)
			}
		})
	}
}

// What lies beyond 0 and the whole is cut off the interval of a straight line.
func TestIntervalKeepsWithinLimits(t *testing.T) {
	o := DefaultProjection(Share, 100)
	past := Past{Points: yearly(2010, 0, 14, 3, 22, 5, 17)}
	p := Project(past, &Target{Month: EndOfYear(2018), Value: 30}, Increase, o)
	if p.Model != Linear || p.Low95 != Num(0) || !(p.High95.Value > 22) || !(p.Value.Value > 0) {
		t.Errorf("%+v", p)
	}
	past.Points[0].Value = -1 // so it is no share after all
	if p := Project(past, &Target{Month: EndOfYear(2018), Value: 30}, Increase, o); !(p.Low95.Value < 0) {
		t.Errorf("%+v", p)
	}
}

// Within half-years the time is counted in months.
func TestProjectWithinTheYear(t *testing.T) {
	var half []Point
	for n, v := range []float64{10, 12, 11, 13, 14, 13.5, 15} {
		half = append(half, Point{EndOfYear(2018) + 6*n, v})
	}
	whole := yearly(2000, 10, 12, 11, 13, 14, 13.5, 15)
	a := Project(Past{Points: half}, &Target{Month: EndOfYear(2018) + 6*9, Value: 18}, Increase, DefaultProjection(Other, 0))
	b := Project(Past{Points: whole}, &Target{Month: EndOfYear(2009), Value: 18}, Increase, DefaultProjection(Other, 0))
	if apart(a.Value.Value, b.Value.Value) > 1e-12 || apart(a.Low95.Value, b.Low95.Value) > 1e-12 || apart(a.Probability.Value, b.Probability.Value) > 1e-12 {
		t.Errorf("by half-years %+v, by years %+v", a, b)
	}
}

// Of a band the probability is that of lying within; of the three parts of a line
// the probabilities add up.
func TestProbabilitiesAddUp(t *testing.T) {
	past := remittanceCost()
	chance := func(change func(*Target)) float64 {
		target := Target{Month: EndOfYear(2030)}
		change(&target)
		return Project(past, &target, Maintain, DefaultProjection(Share, 100)).Probability.Value
	}
	within := chance(func(t *Target) { t.Range, t.Low, t.High = true, 3, 8 })
	below := chance(func(t *Target) { t.Value, t.Comparison = 3, Below })
	above := chance(func(t *Target) { t.Value, t.Comparison = 8, AtLeast })
	if math.Abs(within+below+above-1) > 1e-12 || within < 0.5 {
		t.Errorf("%v below, %v within, %v above", below, within, above)
	}
	if all := chance(func(t *Target) { t.Range, t.Low, t.High = true, 0, 100 }); all != 1 {
		t.Errorf("between nothing and the whole: %v", all)
	}
}

func TestProjectionAsJSON(t *testing.T) {
	p := Project(remittanceCost(), nil, Decrease, DefaultProjection(Share, 100))
	text, err := json.Marshal(p)
	want := `{"model":"logit","value":null,"low80":null,"high80":null,"low95":null,"high95":null,"probability":null,"points":8,"warnings":[],"reason":"no_target","version":1}`
	if err != nil || string(text) != want {
		t.Errorf("%s, %v", text, err)
	}
}

func BenchmarkProject(b *testing.B) {
	var past Past
	for n := range 30 { // an uneven fall without equal values
		past.Points = append(past.Points, Point{EndOfYear(1994 + n), 30*math.Exp(-float64(n)/40) + 3*math.Sin(float64(n*n))})
	}
	target := Target{Month: EndOfYear(2030), Value: 12}
	for _, model := range []Model{Linear, LogLinearRate, LogitShare} {
		b.Run(string(model), func(b *testing.B) {
			o := DefaultProjection(Share, 100)
			o.Model = model
			b.ReportAllocs()
			for b.Loop() {
				if p := Project(past, &target, Decrease, o); !p.Probability.Valid {
					b.Fatal(p)
				}
			}
		})
	}
}

// All nine methods that read a series, on thirty values.
func BenchmarkStatistics(b *testing.B) {
	var s Series
	for n := range 30 { // an uneven fall without equal values
		s = append(s, Reading{1994 + n, 30*math.Exp(-float64(n)/40) + 3*math.Sin(float64(n*n))})
	}
	t := Target{Month: EndOfYear(2030), Value: 12}
	for name, run := range map[string]func() bool{
		"ols":          func() bool { return ProjectOLS(s, &t, Decrease, OLSOptions{}).Probability.Valid },
		"loglinear":    func() bool { return ProjectLogLinear(s, &t, Decrease, OLSOptions{}).Probability.Valid },
		"logit":        func() bool { return ProjectLogit(s, &t, Decrease, LogitOptions{Scale: 100}).Probability.Valid },
		"wls":          func() bool { return ProjectWLS(s, WLSOptions{PredictYear: 2030}).Value.Valid },
		"theil_sen":    func() bool { return ProjectTheilSen(s, TheilSenOptions{2030, 0.95}).Value.Valid },
		"holt":         func() bool { return ProjectHolt(s, HoltOptions{0.8, 0.2, 7}).Level.Valid },
		"mann_kendall": func() bool { return TrendMannKendall(s).P.Valid },
		"spearman":     func() bool { return TrendSpearman(s, DefaultSpearman()).P.Valid },
		"aarr":         func() bool { return AverageAnnualReduction(s).Percent.Valid },
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if !run() {
					b.Fatal("no answer")
				}
			}
		})
	}
}
