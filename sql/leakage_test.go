package sql_test

import (
	"encoding/json"
	"testing"

	"jalon/indicators"
	"jalon/sql"
	"jalon/sql/sqltest"
)

// Whatever later changesets do, what was known before is judged as it was: by the
// figures, baselines, targets, weights, thresholds, methods and rules of then.
func TestLaterChangesetsChangeNoJudgement(t *testing.T) {
	store := sqltest.Open(t)
	record(t, store, programme(), lines(figure(2016, "1"), figure(2018, "2"), figure(2020, "2.5")))
	judged := func(changeset int) string {
		t.Helper()
		ds, err := store.Dataset(t.Context(), changeset)
		if err != nil {
			t.Fatal(err)
		}
		p := ds.On(20201231)
		text, err := json.Marshal(map[string]any{"assessments": p.Assessments, "result": p.RollUpResult("plan:R"), "links": ds.Indicator("A").Results.String()})
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	value := func(n int64) indicators.Decimal { return indicators.Whole(n) }
	target := indicators.Target{Indicator: "A", Kind: indicators.TargetKind, Period: indicators.Year(2030), Value: value(10), Framework: "plan"}
	baseline := target
	baseline.Kind, baseline.Period, baseline.Value = indicators.BaselineKind, indicators.Year(2015), value(0)
	for _, tt := range []struct {
		name    string
		w       *indicators.Workbook
		figures []*indicators.Lines
	}{
		{"a revision", nil, lines(figure(2020, "9"))},
		{"a missing year made known", nil, lines(figure(2017, "7"))},
		{"a baseline", &indicators.Workbook{Targets: []indicators.Edit[indicators.Target]{edit(baseline)}}, nil},
		{"another target", &indicators.Workbook{Targets: []indicators.Edit[indicators.Target]{changed(target, func(r *indicators.Target) { r.Value = value(20) })}}, nil},
		{"thresholds", &indicators.Workbook{Frameworks: []indicators.Edit[indicators.Framework]{
			changed(indicators.Framework{Code: "plan"}, func(f *indicators.Framework) { f.Method = "achievement_rate on_track=0.9 behind=0.01" }),
		}}, nil},
		{"another method", &indicators.Workbook{Frameworks: []indicators.Edit[indicators.Framework]{
			changed(indicators.Framework{Code: "plan"}, func(f *indicators.Framework) { f.Method = "opensdg_progress high=0.2 med=0.1" }),
		}}, nil},
		{"another weight", &indicators.Workbook{Indicators: []indicators.Edit[indicators.Indicator]{
			changed(indicators.Indicator{Code: "A"}, func(i *indicators.Indicator) {
				i.Results = indicators.Links{{Framework: "plan", Result: "R", Weight: value(5)}}
			}),
		}}, nil},
		{"another age", &indicators.Workbook{Settings: []indicators.Edit[indicators.Setting]{edit(indicators.Setting{Key: "stale_periods", Value: "9"})}}, nil},
		{"another direction", &indicators.Workbook{
			Indicators: []indicators.Edit[indicators.Indicator]{changed(indicators.Indicator{Code: "A"}, func(i *indicators.Indicator) { i.Direction = indicators.Maintain })},
		}, nil},
		{"other rules", &indicators.Workbook{Settings: []indicators.Edit[indicators.Setting]{edit(indicators.Setting{Key: "rules", Value: "1"})}}, nil},
		{"the target removed", &indicators.Workbook{Targets: []indicators.Edit[indicators.Target]{{Key: target.EntryKey(), Remove: true}}}, nil},
	} {
		newest := changeset(t, store)
		before := judged(newest)
		if n := record(t, store, tt.w, tt.figures).Changeset; n != newest+1 {
			t.Fatalf("%s: changeset %d", tt.name, n)
		}
		if after := judged(newest); after != before {
			t.Errorf("%s: as of %d it was\n%s\nand became\n%s", tt.name, newest, before, after)
		}
		if tt.name != "another age" && judged(newest+1) == before {
			t.Errorf("%s changes nothing", tt.name)
		}
	}
}

// changed edits the entry of a key.
func changed[T indicators.Entry](entry T, change func(*T)) indicators.Edit[T] {
	return indicators.Edit[T]{Key: entry.EntryKey(), Change: change}
}

func changeset(t *testing.T, store *sql.Store) int {
	t.Helper()
	all, err := store.Changesets(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return len(all)
}
