package indicators

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// large is a programme of n indicators of 30 yearly points, each with a baseline,
// a milestone and a target.
func large(n int) (*Definitions, map[SeriesKey][]Figure) {
	d := programme()
	d.Indicators, d.Targets = nil, nil
	series := make(map[SeriesKey][]Figure, n)
	for k := range n {
		code := fmt.Sprintf("I%05d", k)
		d.Indicators = append(d.Indicators, Indicator{
			Code: code, Title: Text{FR: "Indicateur"}, Actions: Codes{"A1"}, Unit: "NUMBER", Kind: "number", Direction: Increase,
			Accumulation: Level, Frequency: Yearly, Results: Links{{Framework: "sdg2030", Result: "10.c"}},
		})
		for _, t := range []Target{row(BaselineKind, "2015", "100"), row(MilestoneKind, "2020", "140"), row(TargetKind, "2030", "200")} {
			t.Indicator, t.Framework, t.Since = code, "sdg2030", 1
			d.Targets = append(d.Targets, t)
		}
		points := make([]Figure, 30)
		for y := range points {
			points[y] = Figure{Period: Year(1996 + y), Value: Decimal{int64(10_000 + 300*y + k%997), 2, true}, Status: "A", Since: 1}
		}
		series[SeriesKey{Indicator: code}] = points
	}
	slices.SortFunc(d.Targets, func(a, b Target) int { return strings.Compare(a.EntryKey(), b.EntryKey()) })
	return d, series
}

func BenchmarkJudge(b *testing.B) {
	d, series := large(10_000)
	ds := NewDataset(d, changesets("2026-01-01"), series)
	b.ReportAllocs()
	for b.Loop() {
		if all := ds.Assess(day("2026-10-31")); len(all) != 10_000 || !all[0].Achievement.Valid {
			b.Fatal(len(all))
		}
	}
}

func BenchmarkOn(b *testing.B) {
	d, series := large(10_000)
	ds := NewDataset(d, changesets("2026-01-01"), series)
	b.ReportAllocs()
	for b.Loop() {
		if p := ds.On(day("2026-10-31")); len(p.GroupIndicators("1")) != 10_000 {
			b.Fatal(len(p.Assessments))
		}
	}
}

func BenchmarkNewDataset(b *testing.B) {
	d, series := large(10_000)
	b.ReportAllocs()
	for b.Loop() {
		NewDataset(d, changesets("2026-01-01"), series)
	}
}

func BenchmarkCheck(b *testing.B) {
	d, _ := large(10_000)
	b.ReportAllocs()
	for b.Loop() {
		if faults := d.Check(); len(faults) > 0 {
			b.Fatal(faults[0])
		}
	}
}

// BenchmarkApply gives 10,000 indicators and their targets again, half of them changed.
func BenchmarkApply(b *testing.B) {
	d, _ := large(10_000)
	w := &Workbook{}
	for n := range d.Indicators {
		w.Indicators = append(w.Indicators, at(n+2, d.Indicators[n].Code, func(i *Indicator) {
			if n%2 == 0 {
				i.Title.FR = "Autre"
			}
		}))
	}
	for n := range d.Targets {
		w.Targets = append(w.Targets, at(n+2, d.Targets[n].EntryKey(), func(*Target) {}))
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, counts, problems := d.Apply(w); counts[0].Changed != 5000 || len(problems) > 0 {
			b.Fatal(counts, problems)
		}
	}
}

// Judging allocates the list of assessments and nothing for each of them, neither by
// the path nor, which takes lists of its own, by the year.
func TestAssessAllocatesOnlyItsResult(t *testing.T) {
	for most, programme := range map[float64]func(int) (*Definitions, map[SeriesKey][]Figure){5: large, 10: scattered} {
		d, series := programme(500)
		ds := NewDataset(d, changesets("2026-01-01"), series)
		if allocations := testing.AllocsPerRun(10, func() { ds.Assess(day("2026-10-31")) }); allocations > most {
			t.Errorf("%v allocations for 500 indicators, want %v at most", allocations, most)
		}
	}
}
