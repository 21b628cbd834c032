package indicators

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// anyRevised draws a series in several states, of any kind, that was corrected, taken
// back and carried on.
func anyRevised(t *rapid.T) revised {
	o := anyOne(t, anyNumber())
	r := revised{indicator: o.indicator, targets: o.targets}
	r.indicator.Kind = rapid.SampledFrom([]string{"percent", "number"}).Draw(t, "kind")
	all := o.figures
	month := 2014 * 12
	for len(r.states) < rapid.IntRange(1, 8).Draw(t, "changesets") {
		month += rapid.IntRange(0, 20).Draw(t, "months later")
		r.days = append(r.days, firstOf(month).AddDays(rapid.IntRange(0, 27).Draw(t, "day")).String())
		state := slices.Clone(all[:rapid.IntRange(0, len(all)).Draw(t, "known")])
		for n := range state {
			switch rapid.IntRange(0, 9).Draw(t, "change") {
			case 0:
				state[n].Value = anyNumber().Draw(t, "revised")
			case 1:
				state[n].Status = rapid.SampledFrom([]string{"B", "P"}).Draw(t, "status")
			}
		}
		if len(state) > 0 && rapid.Bool().Draw(t, "taken back") {
			state = slices.Delete(state, 0, rapid.IntRange(0, 1).Draw(t, "the first"))
		}
		r.states = append(r.states, state)
		slices.Sort(r.days)
	}
	return r
}

// A back-test as of a changeset knows nothing of later ones.
func TestLaterChangesetsChangeNoBacktest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := anyRevised(t)
		known := rapid.IntRange(1, len(r.states)).Draw(t, "as of")
		date := rapid.SampledFrom([]string{"2018-06-30", "2020-12-31", "2030-12-31"}).Draw(t, "judged on")
		before := r
		before.days, before.states = r.days[:known], r.states[:known]
		a := r.on(date, known)
		got, want := a.Backtest(r.versions()), before.on(date, known).Backtest(before.versions())
		if got.ByVintages != want.ByVintages || !slices.Equal(got.Tracks, want.Tracks) {
			t.Errorf("with what came later %+v, without it %+v", got, want)
		}
	})
}

// Whatever the series, what is counted adds up, and no number is none.
func TestBacktestsAreAlwaysSound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := anyRevised(t)
		got := r.on("2030-12-31", len(r.states)).Backtest(r.versions())
		sum := NewBacktest()
		sum.Add(got)
		sum.Add(got)
		if _, err := json.Marshal(sum); err != nil {
			t.Fatalf("%v: %+v", err, got)
		}
		tested := 0
		for n, m := range sum.Models {
			k := got.Tracks[n]
			switch {
			case k.Model != m.Model || m.Trials != 2*k.Trials || m.Inside != 2*k.Inside || m.Scored != 2*k.Scored || m.Squares != 2*k.Squares:
				t.Errorf("twice %+v is %+v", k, m)
			case k.Inside > k.Trials || k.Scored > k.Trials || k.Squares < 0 || k.Squares > float64(k.Scored):
				t.Errorf("%+v", k)
			case m.ByVintages+m.Rolling != min(2*k.Trials, 2) || m.ByVintages > 0 && !got.ByVintages:
				t.Errorf("%+v of %+v", m, got)
			}
			tested = max(tested, m.ByVintages+m.Rolling)
		}
		if sum.ByVintages+sum.Rolling != tested {
			t.Errorf("%d tested, of one model at most %d", sum.ByVintages+sum.Rolling, tested)
		}
	})
}

// A series to which each year added its value, and that was never revised, was always
// known as the rolling origin supposes.
func TestVintagesWithoutRevisionAreTheRollingOrigin(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		values := rapid.SliceOfN(rapid.Float64Range(1, 99), 6, 15).Draw(t, "values")
		r := revised{indicator: Indicator{Kind: rapid.SampledFrom([]string{"percent", "number"}).Draw(t, "kind")}, targets: []Target{row(TargetKind, "2030", "50")}}
		words := make([]string, len(values))
		for n, v := range values {
			words[n] = fmt.Sprintf("%d %.6f", 2010+n, v)
			r.states = append(r.states, figures(words[:n+1]...))
			r.days = append(r.days, fmt.Sprintf("%d-02-01", 2011+n))
		}
		a := r.on("2026-12-31", len(values))
		vintages, rolling := a.Backtest(r.versions()), a.Backtest(nil)
		if vintages.ByVintages != rolling.Tested() || rolling.ByVintages || !slices.Equal(vintages.Tracks, rolling.Tracks) {
			t.Errorf("by vintages %+v, by rolling origin %+v", vintages, rolling)
		}
	})
}

// thirtyYears is a share known for 30 years, with a value more in each of the last 12
// changesets and a correction of the one before.
func thirtyYears() revised {
	r := revised{indicator: Indicator{Kind: "percent"}, targets: []Target{row(TargetKind, "2030", "90")}}
	var words []string
	for n := range 30 {
		words = append(words, fmt.Sprintf("%d %.3f", 1995+n, 50+0.6*float64(n)+3*math.Sin(float64(n*n))))
		if n >= 18 {
			state := figures(words...)
			state[n].Value = decimal(fmt.Sprintf("%.3f", state[n].Value.Float()+1))
			r.states, r.days = append(r.states, state), append(r.days, fmt.Sprintf("%d-03-01", 1996+n))
		}
	}
	return r
}

// BenchmarkBacktest tests one series of 30 yearly values: as it was known after 12
// changesets, and by rolling origin.
func BenchmarkBacktest(b *testing.B) {
	r := thirtyYears()
	a, versions := r.on("2026-10-31", len(r.states)), r.versions()
	for name, known := range map[string][]Version{"vintages": versions, "rolling": nil} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if got := a.Backtest(known); got.ByVintages != (known != nil) || got.Tracks[2].Trials == 0 {
					b.Fatal(got)
				}
			}
		})
	}
}

// A changeset knows a figure from the one that made it on, up to the one that ends it.
func TestWhatAChangesetKnew(t *testing.T) {
	of := func(value string, since, until int) Version {
		f := figures("2020 " + value)[0]
		f.Since = since
		return Version{Figure: f, Until: until}
	}
	versions := []Version{of("1", 1, 3), of("2", 3, 5)}
	for changeset, want := range map[int]string{0: "", 1: "1", 2: "1", 3: "2", 4: "2", 5: ""} {
		got := ""
		for _, f := range knownAt(versions, changeset, nil) {
			got += f.Value.String()
		}
		if got != want {
			t.Errorf("changeset %d knew %q, want %q", changeset, got, want)
		}
	}
}
