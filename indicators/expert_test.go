package indicators

import (
	"encoding/json"
	"math"
	"slices"
	"strings"
	"testing"

	"jalon/indicators/progress"
)

// The names are the points that a reviewer of progress measures looks for, in the
// reviewer's words; each is tested where the product decides, by the newest rules. What
// the bare methods do about them stands with these.
func TestWhatAnExpertChecks(t *testing.T) {
	for _, row := range []struct {
		point string
		test  func(*testing.T)
	}{
		{"as-of leakage", asOfLeakage},
		{"revisions", revisions},
		{"capping", capping},
		{"averages of ratios", averagesOfRatios},
		{"b == T, b == 0, T == 0, sign changes", degenerateBases},
		{"percent vs percentage points", percentAndPoints},
		{"stock, flow, cumulative, rate, index, period mean", accumulations},
		{"partial and fiscal years", partialYears},
		{"decreasing-is-good, maintain, interval, threshold", kindsOfTargets},
		{"minimum points and gaps", minimumPoints},
		{"disaggregation", disaggregation},
		{"baseline choice", baselineChoice},
		{"targets change", targetsChange},
		{"binary, ordinal, qualitative", stages},
		{"edges", edges},
		{"uncertainty", uncertainty},
		{"one indicator in several actions or goals", countedOnce},
		{"nominal money", nominalMoney},
		{"status against contribution", contribution},
	} {
		t.Run(row.point, row.test)
	}
}

// A verdict is what is expected of one indicator: status and reason.
type verdict struct {
	name, on string
	o        one
	want     string
}

// judged holds the verdicts, by the newest rules, against what is expected.
func judged(t *testing.T, rows ...verdict) {
	t.Helper()
	for _, row := range rows {
		row.o.newest = true
		a := row.o.on(row.on)
		if got := said(a); got != row.want {
			t.Errorf("%s: %s, want %s: %s", row.name, got, row.want, shown(t, a))
		}
	}
}

func said(a *Assessment) string { return string(a.Status) + " " + string(a.Reason) }

// shown is all that the assessment tells, with what stands beside it.
func shown(t testing.TB, what any) string {
	t.Helper()
	text, err := json.Marshal(what)
	if err != nil {
		t.Errorf("it cannot be written: %v", err)
	}
	return string(text)
}

// near tells whether a number is there and what is expected, but for the last digits.
func near(n progress.Number, want float64) bool {
	return n.Valid && math.Abs(n.Value-want) <= 1e-9*max(1, math.Abs(want))
}

// asOfLeakage: neither later figures nor what is decided later, be it a baseline, a
// milestone, a target or a break, changes what is judged on a day, by any method.
func asOfLeakage(t *testing.T) {
	known := one{newest: true, figures: figures("2014 9", "2015 10", "2016 12", "2017 13"), targets: []Target{
		row(BaselineKind, "2015", "10"), row(MilestoneKind, "2018", "15"), row(TargetKind, "2020", "20", decided("2016-01-01")),
	}}
	later := known
	later.figures = slices.Concat(known.figures, figures("2018 3B", "2019 99"))
	after := decided("2018-01-01")
	later.targets = append(slices.Clone(known.targets), row(BaselineKind, "2015", "12", after), row(BaselineKind, "2016", "12", after),
		row(MilestoneKind, "2018", "19", after), row(MilestoneKind, "2017", "19", after), row(TargetKind, "2020", "30", after))
	for _, method := range progress.Judging() {
		known.method, later.method = Optional(method), Optional(method)
		if before, now := shown(t, known.on("2017-12-31")), shown(t, later.on("2017-12-31")); before != now {
			t.Errorf("%s: judged on a day of 2017 %s\nwith what came later %s", method, before, now)
		}
		if before, now := shown(t, known.on("2019-12-31")), shown(t, later.on("2019-12-31")); before == now {
			t.Errorf("%s: what came later never counts: %s", method, now)
		}
	}
	// a base that is missing is no estimate from later years, but the next there is
	if a := (one{newest: true, method: "opensdg_progress", targets: known.targets, figures: figures("2017 13", "2018 14")}).on("2018-12-31"); a.Baseline.Period != period("2017") || a.Baseline.Given {
		t.Errorf("the missing 2015 is %+v", a.Baseline)
	}
	laterChangesets(t)
}

// laterChangesets: what they do to figures, weights, thresholds, options of methods and
// ages changes nothing in the Dataset of before.
func laterChangesets(t *testing.T) {
	t.Helper()
	d := programme()
	d.Settings = append(d.Settings, Setting{"rules", "2"})
	SortEntries(d.Settings)
	series := totals(map[string][]Figure{"UNEMP": figures("2015 15.2", "2016 14.8", "2017 14.4"), "REM-COST": figures("2015 9.5", "2016 9.4")})
	ds := NewDataset(d, changesets("2018-01-01"), series)
	on := func(ds *Dataset) string {
		p := ds.On(day("2018-03-31"))
		return shown(t, p.Assessments) + shown(t, p.RollUpFramework("plan2016")) + shown(t, p.RollUpResult("plan2016:3"))
	}
	before := on(ds)
	next := func(change Workbook) *Dataset {
		after, _, problems := d.Apply(&change)
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		return NewDataset(after, changesets("2018-01-01", "2018-02-01"), series)
	}
	framework := func(change func(*Framework)) Workbook {
		return Workbook{Frameworks: []Edit[Framework]{at(2, "plan2016", change)}}
	}
	const target, baseline = "UNEMP:plan2016:target:2020::", "UNEMP:plan2016:baseline:2015::"
	for name, later := range map[string]*Dataset{
		"figures":    ds.With(changesets("2018-01-01", "2018-02-01"), totals(map[string][]Figure{"UNEMP": figures("2015 16", "2017 15")})),
		"baselines":  next(Workbook{Targets: []Edit[Target]{at(2, baseline, func(r *Target) { r.Value = decimal("16") })}}),
		"targets":    next(Workbook{Targets: []Edit[Target]{at(2, target, func(r *Target) { r.Value = decimal("11") })}}),
		"thresholds": next(framework(func(f *Framework) { f.Method = "achievement_rate on_track=0.5 behind=0.4" })),
		"methods":    next(framework(func(f *Framework) { f.Method = "dns_weather min_points=3" })),
		"base year":  next(framework(func(f *Framework) { year := 2016; f.Method, f.Baseline = "opensdg_progress", &year })),
		"ages":       next(Workbook{Settings: []Edit[Setting]{at(2, "stale_years", func(s *Setting) { *s = Setting{"stale_years", "1"} })}}),
		"weights": next(Workbook{
			Indicators: []Edit[Indicator]{at(2, "UNEMP", func(i *Indicator) { i.Results = Links{{Framework: "plan2016", Result: "3", Weight: Whole(3)}} })},
			Results:    []Edit[Result]{at(2, "plan2016:3.2", func(r *Result) { r.Weight = Whole(2) })},
		}),
		"rules": next(Workbook{Settings: []Edit[Setting]{at(2, "rules", func(s *Setting) { s.Value = "1" })}}),
	} {
		if now := on(ds); now != before {
			t.Errorf("later %s: as of before it was\n%s\nand became\n%s", name, before, now)
		}
		if on(later) == before {
			t.Errorf("later %s change nothing", name)
		}
	}
}

// revisions: the revision that was used is named; a changed definition is a break, across
// which there is no progress.
func revisions(t *testing.T) {
	goal, given := row(TargetKind, "2020", "50"), row(BaselineKind, "2015", "10")
	broken := figures("2015 10", "2016 12", "2018 40B", "2019 44")
	span := func(value string) []Target { return []Target{row(TargetKind, "2016-2020", value)} }
	flow, counter := Indicator{Accumulation: Flow}, Indicator{Accumulation: Cumulative}
	judged(t,
		verdict{"a baseline from before the break", "2019-12-31", one{targets: []Target{given, goal}, figures: broken}, "not_assessable series_break"},
		verdict{"on a day before the break", "2017-12-31", one{targets: []Target{given, goal}, figures: broken}, "far_behind below_path"},
		verdict{"a baseline of the new series", "2019-12-31", one{targets: []Target{row(BaselineKind, "2018", "40"), goal}, figures: broken}, "behind below_path"},
		verdict{"the first value of the new series", "2019-12-31", one{targets: []Target{goal}, figures: broken}, "behind below_path"},
		verdict{"of which there is only one", "2018-12-31", one{targets: []Target{goal}, figures: broken}, "not_assessable no_value_since_baseline"},
		verdict{"a rate of growth over the break", "2018-12-31", one{method: "opensdg_progress", targets: []Target{goal}, figures: broken}, "not_assessable too_few_values"},
		verdict{"a rate of growth since the break", "2019-12-31", one{method: "opensdg_progress", targets: []Target{goal}, figures: broken}, "behind pace_short"},
		verdict{"a mean over the break", "2019-12-31", one{targets: append(span("50"), given), figures: broken}, "not_assessable series_break"},
		verdict{"a sum over the break", "2019-12-31", one{indicator: flow, targets: span("200"), figures: broken}, "not_assessable series_break"},
		verdict{"a count over the break", "2019-12-31", one{indicator: counter, targets: span("200"), figures: figures("2016 12", "2018 40B", "2019 44")}, "not_assessable series_break"},
		verdict{"a count that begins anew with its span", "2017-12-31", one{indicator: counter, targets: span("200"), figures: figures("2014 99", "2016 40B", "2017 80")}, "on_track above_path"},
		verdict{"a break within a year that is not whole", "2019-12-31", one{targets: []Target{given, goal}, figures: figures("2015 10", "2016 12", "2018 40B~", "2019 44")}, "not_assessable series_break"},
		verdict{"as long as there is no value after it", "2018-12-31", one{targets: []Target{given, goal}, figures: figures("2015 10", "2016 18", "2018 40B~")}, "on_track above_path"},
		verdict{"a sum that begins with the new series", "2017-12-31", one{indicator: flow, targets: span("200"), figures: figures("2015 7", "2016 40B", "2017 40")}, "on_track partial_period"},
	)
	o := one{newest: true, targets: []Target{goal}, figures: broken}
	a := o.on("2019-12-31")
	if a.Baseline.Period != period("2018") || !near(a.Achievement, 0.4) || a.Latest.Changeset != 4 || !slices.Contains(a.Warnings(), BreakInSeries) {
		t.Errorf("the new series is not what is judged: %s", shown(t, a))
	}
	if p := a.Projection(); p == nil || p.Points != 2 || !slices.Contains(p.Warnings, progress.SeriesBreak) {
		t.Errorf("the projection is of %+v", p)
	}
	// the published report stays as it was after a revision
	ds := o.dataset()
	before := shown(t, ds.Assess(day("2019-12-31")))
	revised := ds.With(changesets("2015-01-01", "2018-06-01", "2020-03-01"), totals(map[string][]Figure{"X": figures("2018 40B", "2019 49")}))
	if shown(t, ds.Assess(day("2019-12-31"))) != before || shown(t, revised.Assess(day("2019-12-31"))) == before {
		t.Error("a revision changed the report of before, or nothing")
	}
}

// capping: the raw share is kept; a cap is of averages, and hides no regression.
func capping(t *testing.T) {
	targets := []Target{row(BaselineKind, "2015", "20"), row(TargetKind, "2020", "30")}
	over, back := one{newest: true, targets: targets, figures: figures("2018 34")}, one{newest: true, targets: targets, figures: figures("2018 15")}
	a, b := over.on("2018-12-31"), back.on("2018-12-31")
	if !near(a.Achievement, 1.4) || said(a) != "achieved target_met" || !strings.Contains(shown(t, a), `"achievement":1.4`) {
		t.Errorf("over-achievement is hidden: %s", shown(t, a))
	}
	if !near(b.Achievement, -0.5) || said(b) != "regressed moved_away" {
		t.Errorf("regression is hidden: %s", shown(t, b))
	}
	if r := rolledUp(a, b); r.Counts.Of(progress.Achieved) != 1 || r.Counts.Of(progress.Regressed) != 1 || r.Assessed != 2 {
		t.Errorf("together they are %+v", r)
	}
}

// averagesOfRatios: the mean of ratios over time is the ratio of sums where the parts
// are known. Roll-ups count statuses and never reckon with their codes.
func averagesOfRatios(t *testing.T) {
	ratios := func(quotients ...[2]int64) []Figure {
		var all []Figure
		for n, q := range quotients {
			f := figures("2016 0")[0]
			f.Period, f.Value = Year(2016+n), decimal([]string{"90", "20"}[n])
			if q[1] != 0 {
				f.Numerator, f.Denominator = Whole(q[0]), Whole(q[1])
			}
			all = append(all, f)
		}
		return all
	}
	targets := []Target{row(BaselineKind, "2015", "50"), row(TargetKind, "2016-2017", "60")}
	share := Indicator{Kind: "percent"}
	for _, tt := range []struct {
		name  string
		o     one
		value float64
		want  string
	}{
		{"small and large years", one{indicator: share, figures: ratios([2]int64{90, 100}, [2]int64{10, 50})}, 100.0 / 1.5, "achieved target_met"},
		{"parts that are not all known", one{indicator: share, figures: ratios([2]int64{90, 100}, [2]int64{})}, 55, "missed horizon_passed"},
		{"a rate by its own factor", one{indicator: Indicator{Kind: "rate", Factor: Whole(1000)}, figures: ratios([2]int64{9, 100}, [2]int64{1, 50})}, 10000.0 / 150, "achieved target_met"},
		{"a number is no ratio", one{indicator: Indicator{Kind: "number"}, figures: ratios([2]int64{90, 100}, [2]int64{10, 50})}, 55, "missed horizon_passed"},
	} {
		tt.o.newest, tt.o.targets = true, targets
		if a := tt.o.on("2017-12-31"); !near(a.Latest.Value, tt.value) || said(a) != tt.want {
			t.Errorf("%s: %s, want %v, %s", tt.name, shown(t, a), tt.value, tt.want)
		}
	}
	of := func(statuses ...progress.Status) Rollup {
		var all []*Assessment
		for _, s := range statuses {
			all = append(all, &Assessment{Status: s})
		}
		return rolledUp(all...)
	}
	if a, b := of(progress.Achieved, progress.FarBehind), of(progress.OnTrack, progress.Behind); a.Counts == b.Counts {
		t.Errorf("the best and the worst are two in the middle: %+v", a)
	}
}

// rolledUp sums up assessments by the rules of a programme without settings.
func rolledUp(all ...*Assessment) Rollup {
	return NewDataset(&Definitions{}, nil, nil).On(0).RollUp(all)
}
