package indicators

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"testing"
	"time"

	"jalon/indicators/progress"

	"pgregory.net/rapid"
)

// revised is a programme with a single indicator X and its targets for the framework
// plan, whose figures were others after each changeset.
type revised struct {
	indicator Indicator
	targets   []Target
	days      []string   // of the changesets
	states    [][]Figure // what was known after each
}

// versions are the figures of all states, as a database would keep them.
func (r revised) versions() []Version {
	var all []Version
	for n, state := range r.states {
		for k := range all {
			same := func(f Figure) bool { return f.Period == all[k].Period && sameFigure(f, all[k].Figure) }
			if all[k].Until == 0 && !slices.ContainsFunc(state, same) {
				all[k].Until = n + 1
			}
		}
		for _, f := range state {
			same := func(v Version) bool { return v.Until == 0 && v.Period == f.Period }
			if !slices.ContainsFunc(all, same) {
				f.Since = n + 1
				all = append(all, Version{Figure: f})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b Version) int { return int(a.Period) - int(b.Period) })
	return all
}

func sameFigure(a, b Figure) bool {
	a.Since, b.Since = 0, 0
	return a == b
}

// on is the assessment on a day by what was known after the first changesets.
func (r revised) on(date string, known int) *Assessment {
	i := ordinary(r.indicator)
	year := 2010
	d := &Definitions{Frameworks: []Framework{{Code: "plan", Start: 2010, End: 2040, Baseline: &year}}, Indicators: []Indicator{i}}
	for _, t := range r.targets {
		t.Indicator, t.Framework, t.Since = "X", "plan", 1
		d.Targets = append(d.Targets, t)
	}
	var live []Figure
	if known > 0 {
		live = knownAt(r.versions(), known, nil)
	}
	ds := NewDataset(d, changesets(r.days[:known]...), totals(map[string][]Figure{"X": live}))
	return &ds.Assess(day(date))[0]
}

// years are "year value" words for consecutive years.
func years(first int, values ...float64) (words []string) {
	for n, v := range values {
		words = append(words, fmt.Sprintf("%d %v", first+n, v))
	}
	return words
}

func trackOf(t *testing.T, r TrackRecord, m progress.Model) progress.Track {
	t.Helper()
	n := slices.IndexFunc(r.Tracks, func(k progress.Track) bool { return k.Model == m })
	if n < 0 {
		t.Fatalf("no %s among %+v", m, r)
	}
	return r.Tracks[n]
}

// The values of 2010 to 2015 are 9, 10, 11, 12, 14 and 14.8; that of 2014 was given as
// 12 first.
func TestBacktestBeginsAtWhatWasKnown(t *testing.T) {
	now := years(2010, 9, 10, 11, 12, 14, 14.8)
	first := append(slices.Clone(now[:4]), "2014 12")
	level := func(states ...[]string) revised {
		r := revised{days: []string{"2015-03-01", "2016-03-01", "2017-03-01"}[:len(states)]}
		for _, s := range states {
			r.states = append(r.states, figures(s...))
		}
		return r
	}
	broken := figures(now...)
	broken[5].Status = "B"
	withSource := func(f []Figure) []Figure {
		f[0].Source = "corrected"
		return f
	}
	for _, tt := range []struct {
		name     string
		r        revised
		known    int
		vintages bool
		trials   int
	}{
		{"all at once: rolling origin", level(now), 1, false, 1},
		{"a year later, revised", level(first, now), 2, true, 1},
		{"as of before that", level(first, now), 1, false, 0},
		{"only revised: no outcome of a vintage", revised{
			days: []string{"2016-03-01", "2016-06-01"}, states: [][]Figure{figures(append(slices.Clone(first), "2015 14.8")...), figures(now...)},
		}, 2, false, 1},
		{"the same values from another source", revised{
			days:   []string{"2015-03-01", "2015-06-01", "2016-03-01"},
			states: [][]Figure{figures(now[:5]...), withSource(figures(now[:5]...)), withSource(figures(now...))},
		}, 3, true, 1},
		{"known before its year was over", revised{
			days: []string{"2014-12-30", "2016-03-01"}, states: [][]Figure{figures(now[:5]...), figures(now...)},
		}, 2, false, 1},
		{"a value taken back, then given again", level(now[:5], slices.Concat(now[:3], now[4:5]), now), 3, true, 1},
		{"of another definition", revised{
			days: []string{"2015-03-01", "2016-03-01"}, states: [][]Figure{figures(now[:5]...), broken},
		}, 2, false, 0},
		{"reached or not: nothing to project", revised{
			indicator: Indicator{Kind: "binary"}, days: []string{"2015-03-01", "2016-03-01"}, states: [][]Figure{figures(now[:5]...), figures(now...)},
		}, 2, false, 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := tt.r.on("2020-12-31", tt.known).Backtest(tt.r.versions())
			trials := 0
			if got.Tracks != nil {
				trials = trackOf(t, got, progress.Linear).Trials
			}
			if got.ByVintages != tt.vintages || trials != tt.trials || got.Tested() != (trials > 0) {
				t.Errorf("%+v, want by vintages %t, %d trials", got, tt.vintages, tt.trials)
			}
		})
	}
	for n, last := range [][]Figure{broken, figures(now...)} { // a value that is over on the very day
		r := revised{days: []string{"2015-03-01", "2015-12-01"}, states: [][]Figure{figures(now[:5]...), last}}
		if got := r.on("2015-12-31", 2).Backtest(r.versions()); got.Tested() != (n == 1) {
			t.Errorf("broken on the last day: %t, %+v", n == 0, got)
		}
	}
	given, asKnown := level(now), level(first, now)
	a, b := given.on("2020-12-31", 1).Backtest(given.versions()), asKnown.on("2020-12-31", 2).Backtest(asKnown.versions())
	if a.Tracks[0].Squares == b.Tracks[0].Squares {
		t.Errorf("the revision makes no difference: %+v, %+v", a, b)
	}
}

// The year is over by its last day in Tunis, where that begins an hour earlier.
func TestBacktestCountsDaysInTheProgrammesZone(t *testing.T) {
	now := years(2010, 9, 10, 11, 12, 14, 14.8)
	r := revised{days: []string{"2014-12-30", "2016-03-01"}, states: [][]Figure{figures(now[:5]...), figures(now...)}}
	for hour, vintages := range map[int]bool{22: false, 23: true} {
		a := r.on("2020-12-31", 2)
		a.lazy.ds.Changesets[0].At = time.Date(2014, 12, 30, hour, 30, 0, 0, time.UTC)
		if got := a.Backtest(r.versions()); got.ByVintages != vintages {
			t.Errorf("known at %d:30 UTC: %+v", hour, got)
		}
	}
}

// What came after the target's period is no outcome, nor a value to project from.
func TestBacktestEndsWithTheTarget(t *testing.T) {
	values := years(2010, 9, 10, 11, 12, 14, 14.8, 15, 17, 16)
	r := revised{targets: []Target{row(TargetKind, "2016", "20")}, days: []string{"2019-03-01"}, states: [][]Figure{figures(values...)}}
	if k := trackOf(t, r.on("2020-12-31", 1).Backtest(nil), progress.Linear); k.Trials != 3 {
		t.Errorf("%+v, want 2015 and 2016, each from all before", k)
	}
}

// One month of each year is held against the same month: a swing of the seasons, the
// same every year, is no error.
func TestBacktestComparesASeasonWithItself(t *testing.T) {
	var words []string
	monthly := revised{indicator: Indicator{Frequency: HalfYearly}}
	for year := 2008; year < 2019; year++ {
		noise := math.Sin(float64(year * year))
		words = append(words, fmt.Sprintf("%d-S1 %.3f", year, 100+noise), fmt.Sprintf("%d-S2 %.3f", year, 500+noise))
	}
	for n := range words {
		if n >= 11 {
			monthly.states = append(monthly.states, figures(words[:n+1]...))
			monthly.days = append(monthly.days, fmt.Sprintf("%d-%02d-01", 2008+(n+1)/2, 3+6*((n+1)%2)))
		}
	}
	got := monthly.on("2019-12-31", len(monthly.days)).Backtest(monthly.versions())
	k := trackOf(t, got, progress.Linear)
	if !got.ByVintages || k.Trials == 0 || k.Coverage().Value < 0.6 {
		t.Errorf("%+v", got)
	}
}

// Of a flow the sums of whole years are projected and come.
func TestBacktestOfAFlowAddsUpYears(t *testing.T) {
	sums := []float64{9, 10, 11, 12, 14, 14.8}
	var words []string
	for n, sum := range sums {
		for q := 1; q <= 4; q++ {
			words = append(words, fmt.Sprintf("%d-Q%d %.4f", 2010+n, q, sum/4))
		}
	}
	flow := revised{
		indicator: Indicator{Frequency: Quarterly, Accumulation: Flow}, days: []string{"2015-03-01", "2015-07-01", "2016-03-01"},
		states: [][]Figure{figures(words[:20]...), figures(words[:21]...), figures(words...)},
	}
	year := revised{days: []string{"2015-03-01", "2016-03-01"}, states: [][]Figure{figures(years(2010, sums[:5]...)...), figures(years(2010, sums...)...)}}
	got, want := flow.on("2020-12-31", 3).Backtest(flow.versions()), year.on("2020-12-31", 2).Backtest(year.versions())
	if !got.ByVintages || got.Tracks[0].Trials != 1 || !closeTo(got.Tracks[0].Squares, want.Tracks[0].Squares) {
		t.Errorf("%+v, want %+v", got, want)
	}
}

func closeTo(a, b float64) bool { return math.Abs(a-b) < 1e-9 }

// What is asked of the values is what the target asks: the way to it, the band, or,
// where it is a sum of several values, only that things do not get worse.
func TestBacktestAsksWhatTheTargetAsks(t *testing.T) {
	on := func(i Indicator, targets ...Target) progress.Trial {
		r := revised{indicator: i, targets: targets, days: []string{"2016-03-01"}, states: [][]Figure{figures(years(2010, 9, 10, 11, 12, 14, 14.8)...)}}
		a := r.on("2016-12-31", 1)
		j := newJudge(a.lazy.ds, a.AsOf)
		target := inForce(a.goal.finals, a.AsOf.Date)
		known := j.known(a.goal, target)
		return a.question(&known, target)
	}
	at := func(q progress.Trial) float64 { return q.Path.At(Year(2015).EndMonth()).Value }
	band := Target{Kind: TargetKind, Period: period("2020"), Low: decimal("18"), High: decimal("22")}
	flow, still := Indicator{Accumulation: Flow}, Indicator{Direction: Maintain}
	if q := on(Indicator{}, row(TargetKind, "2020", "19")); !q.HasPath || at(q) != 14 {
		t.Errorf("half of the way from 9 to 19: %+v", q)
	}
	if q := on(flow, row(BaselineKind, "2010", "9"), row(TargetKind, "2020", "19")); !q.HasPath || at(q) != 14 {
		t.Errorf("of a year's flow: %+v", q)
	}
	if q := on(Indicator{}, band); q.HasPath || q.Level == nil || !q.Level.Range {
		t.Errorf("a band: %+v", q)
	}
	if q := on(still, row(TargetKind, "2020", "9", compared("at_least"))); q.HasPath || q.Level == nil || q.Comparison != progress.AtLeast {
		t.Errorf("to be kept: %+v", q)
	}
	for name, q := range map[string]progress.Trial{
		"no target":            on(Indicator{}),
		"a sum of years":       on(flow, row(BaselineKind, "2006-2010", "50"), row(TargetKind, "2016-2020", "100")),
		"a mean of years":      on(Indicator{}, row(BaselineKind, "2006-2010", "9"), row(TargetKind, "2016-2020", "19")),
		"a flow from nothing":  on(flow, row(TargetKind, "2016-2020", "100")),
		"a sum of some months": on(Indicator{Accumulation: Flow, Frequency: Monthly}, row(TargetKind, "2020-Q4", "30")),
	} {
		if q.HasPath || q.Level != nil || q.Direction != progress.Increase {
			t.Errorf("%s: %+v", name, q)
		}
	}
}

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
