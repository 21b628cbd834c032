package indicators

import (
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// drawn is an indicator X with figures that rapid chooses the shape of.
func drawn(t *rapid.T) Indicator {
	i := ordinary(Indicator{
		Kind: "number", Unit: "NUMBER",
		Frequency:    rapid.SampledFrom([]Frequency{Monthly, Quarterly, HalfYearly, Yearly}).Draw(t, "frequency"),
		Accumulation: rapid.SampledFrom(Accumulations()).Draw(t, "accumulation"),
	})
	i.Additive, i.Breakdowns = Codes{"sex"}, Codes{"sex"}
	return i
}

// seriesOf makes a figure for each period from 2001 on, leaving out those that skip names.
func seriesOf(i Indicator, count int, value func(n int) Decimal, skip func(n int) bool) []Figure {
	var all []Figure
	months := i.Frequency.Months()
	for n := range count {
		if start := 2001*12 + n*months; !skip(n) {
			all = append(all, Figure{Period: newPeriod(start/12, start%12+1, months), Value: value(n), Status: "A", Since: 1})
		}
	}
	return all
}

// judgedByFigures are the rules about the values of a series.
func judgedByFigures() []string {
	return []string{"unit_mixup", "cumulative_fell", "outlier", "jump", "parts_total", "out_of_bounds"}
}

func findingsIn(i Indicator, total []Figure, parts map[SeriesKey][]Figure) []Finding {
	d := &Definitions{Indicators: []Indicator{i}}
	ds := NewDataset(d, changesets("2026-01-01"), totals(map[string][]Figure{"X": total}))
	return ds.On(day("2061-10-31")).Findings(QualityInput{Parts: parts})
}

// No rule about values doubts a series that is constant or a straight line, whatever its
// size, slope, digits and gaps; nor one that grows by a constant rate.
func TestStraightSeriesAreNeverDoubted(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		i := drawn(t)
		first, slope := rapid.Int64Range(-1e9, 1e9).Draw(t, "first"), rapid.Int64Range(-1e7, 1e7).Draw(t, "slope")
		if rapid.Bool().Draw(t, "constant") {
			slope = 0
		}
		if i.Accumulation == Cumulative {
			first, slope = max(first, -first), max(slope, -slope)
		}
		scale := uint8(rapid.IntRange(0, 6).Draw(t, "digits"))
		gaps := rapid.SliceOfN(rapid.Bool(), 60, 60).Draw(t, "gaps")
		gapless := rapid.Bool().Draw(t, "gapless")
		line := func(n int) Decimal { return Decimal{first + int64(n)*slope, scale, true} }
		figures := seriesOf(i, 60, line, func(n int) bool { return gaps[n] && !gapless })
		for _, f := range findingsIn(i, figures, nil) {
			if slices.Contains(judgedByFigures(), f.Rule) {
				t.Fatalf("%+v", f)
			}
		}
	})
}

func TestConstantGrowthIsNeverDoubted(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		i := drawn(t)
		i.Accumulation = Level
		rate, value := rapid.Float64Range(-0.3, 0.3).Draw(t, "rate"), rapid.Float64Range(1e3, 1e6).Draw(t, "first")
		figures := seriesOf(i, 25, func(int) Decimal {
			d, err := DecimalOf(value)
			if err != nil {
				t.Fatal(err)
			}
			value *= 1 + rate
			return d
		}, func(int) bool { return false })
		for _, f := range findingsIn(i, figures, nil) {
			if slices.Contains(judgedByFigures(), f.Rule) {
				t.Fatalf("%+v", f)
			}
		}
	})
}

// The same figures give the same findings, to the mark, in the same order, however the
// maps are walked; and every mark is another's.
func TestFindingsAreDeterministic(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		i := drawn(t)
		wild := func(label string) []Figure {
			values := rapid.SliceOfN(rapid.Int64Range(-50, 10_000), 0, 30).Draw(t, label)
			return seriesOf(i, len(values), func(n int) Decimal { return Whole(values[n]) }, func(int) bool { return false })
		}
		total := wild("total")
		parts := map[SeriesKey][]Figure{}
		for _, sex := range []string{"F", "M"} {
			parts[SeriesKey{"X", Breakdown{Sex: sex}}] = wild(sex)
		}
		first := findingsIn(i, total, parts)
		marks := map[string]bool{}
		for _, f := range first {
			if marks[f.Mark] {
				t.Fatalf("two findings share the mark of %+v", f)
			}
			marks[f.Mark] = true
		}
		for range 3 {
			if again := findingsIn(i, total, parts); !reflect.DeepEqual(first, again) {
				t.Fatalf("%+v, then %+v", first, again)
			}
		}
	})
}

// A proposal that says what is published already changes nothing: what the rules find of
// it is what they find of the whole.
func TestProposingWhatIsThere(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		i := drawn(t)
		values := rapid.SliceOfN(rapid.Int64Range(0, 3_000), 1, 30).Draw(t, "total")
		total := seriesOf(i, len(values), func(n int) Decimal { return Whole(values[n]) }, func(int) bool { return false })
		at := rapid.IntRange(0, len(total)-1).Draw(t, "which")
		ds := NewDataset(&Definitions{Indicators: []Indicator{i}}, changesets("2026-01-01"), totals(map[string][]Figure{"X": total}))
		proposed := ds.FindingsOf([]Observation{{Indicator: "X", Figure: total[at]}}, QualityInput{}, day("2061-10-31"))
		var marks []string
		for _, f := range findingsIn(i, total, nil) {
			marks = append(marks, f.Mark)
		}
		for _, f := range proposed {
			if !slices.Contains(marks, f.Mark) {
				t.Fatalf("%+v is found of the proposal only", f)
			}
		}
		for _, f := range findingsIn(i, total, nil) {
			if f.Period == total[at].Period && f.Severity == Severe &&
				!slices.ContainsFunc(proposed, func(p Finding) bool { return p.Mark == f.Mark }) {
				t.Fatalf("%+v is not found of the proposal", f)
			}
		}
	})
}

// BenchmarkFindings is the quality desk of 5,000 indicators with 150,000 points.
func BenchmarkFindings(b *testing.B) {
	d, series := large(5_000)
	p := NewDataset(d, changesets("2026-01-01"), series).On(day("2026-10-31"))
	b.ReportAllocs()
	for b.Loop() {
		p.Findings(QualityInput{})
	}
}

// BenchmarkFindingsOfParts is the same with two parts beside each total.
func BenchmarkFindingsOfParts(b *testing.B) {
	d, series := large(5_000)
	parts := map[SeriesKey][]Figure{}
	for n := range d.Indicators {
		i := &d.Indicators[n]
		i.Additive, i.Breakdowns = Codes{"sex"}, Codes{"sex"}
		total := series[SeriesKey{Indicator: i.Code}]
		women, men := slices.Clone(total), slices.Clone(total)
		for k := range total {
			women[k].Value.coefficient /= 2
			men[k].Value.coefficient -= women[k].Value.coefficient
		}
		parts[SeriesKey{i.Code, Breakdown{Sex: "F"}}], parts[SeriesKey{i.Code, Breakdown{Sex: "M"}}] = women, men
	}
	p := NewDataset(d, changesets("2026-01-01"), series).On(day("2026-10-31"))
	b.ReportAllocs()
	for b.Loop() {
		p.Findings(QualityInput{Parts: parts})
	}
}
