package indicators

import (
	"fmt"
	"math"
	"slices"
	"testing"
	"time"

	"jalon/indicators/progress"
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
