package sql_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"jalon/indicators"
	"jalon/sql"
	"jalon/sql/sqltest"
)

// figure is an observation of the indicator A for a year.
func figure(year int, value string) indicators.Observation {
	v, err := indicators.ParseDecimal(value)
	if err != nil {
		panic(err)
	}
	return indicators.Observation{
		Indicator: "A", Review: indicators.Published,
		Figure: indicators.Figure{Period: indicators.Year(year), Value: v, Status: "A", Source: "survey"},
	}
}

// lines streams observations as a file with all columns would.
func lines(observations ...indicators.Observation) []*indicators.Lines {
	return []*indicators.Lines{{
		File: "observations.csv",
		Has:  func(string) bool { return true },
		Each: func(yield func(*indicators.Line, error) bool) {
			for n, o := range observations {
				row := indicators.Place{File: "observations.csv", Line: n + 2, Column: 1}
				if !yield(&indicators.Line{Observation: o, Number: n + 2, At: func(string) indicators.Place { return row }}, nil) {
					return
				}
			}
		},
	}}
}

// edit adds or changes one entry.
func edit[T indicators.Entry](entry T) indicators.Edit[T] {
	return indicators.Edit[T]{Key: entry.EntryKey(), Change: func(t *T) { *t = entry }}
}

// programme is the smallest workbook with an indicator A, tied to everything.
func programme() *indicators.Workbook {
	text := indicators.Text{FR: "texte"}
	ten, _ := indicators.ParseDecimal("10")
	return &indicators.Workbook{
		Settings:      []indicators.Edit[indicators.Setting]{edit(indicators.Setting{Key: "time_zone", Value: "Africa/Tunis"})},
		Organisations: []indicators.Edit[indicators.Organisation]{edit(indicators.Organisation{Code: "O", Name: text, Kind: "donor"})},
		Groups:        []indicators.Edit[indicators.Group]{edit(indicators.Group{Code: "1", Title: text})},
		Frameworks:    []indicators.Edit[indicators.Framework]{edit(indicators.Framework{Code: "plan", Kind: "plan", Title: text, Start: 2016, End: 2030})},
		Results:       []indicators.Edit[indicators.Result]{edit(indicators.Result{Framework: "plan", Code: "R", Title: text})},
		Actions: []indicators.Edit[indicators.Action]{edit(indicators.Action{
			Code: "X", Group: "1", Title: text, Status: "ongoing", Partners: indicators.Codes{"O"},
			Governorates: indicators.Codes{"TN-11", "TN-12"}, Results: indicators.Links{{Framework: "plan", Result: "R"}},
		})},
		Milestones: []indicators.Edit[indicators.Milestone]{edit(indicators.Milestone{Action: "X", Code: "m", Title: text, Due: 20261231})},
		Funding: []indicators.Edit[indicators.Funding]{edit(indicators.Funding{
			Action: "X", Donor: "O", Kind: "budget", Amount: ten, Currency: "TND", Date: 20260101,
		})},
		Indicators: []indicators.Edit[indicators.Indicator]{edit(indicators.Indicator{
			Code: "A", Title: text, Unit: "NUMBER", Kind: "number", Direction: "increase", Accumulation: "level", Frequency: "year",
			Actions: indicators.Codes{"X"}, Groups: indicators.Codes{"1"}, Breakdowns: indicators.Codes{"sex"},
			Results: indicators.Links{{Framework: "plan", Result: "R", Weight: indicators.Whole(2)}},
		})},
		Targets: []indicators.Edit[indicators.Target]{edit(indicators.Target{
			Indicator: "A", Kind: "target", Period: indicators.Year(2030), Value: ten, Framework: "plan",
		})},
	}
}

func record(t *testing.T, store *sql.Store, w *indicators.Workbook, l []*indicators.Lines) *indicators.Report {
	t.Helper()
	report, err := store.Record(t.Context(), sql.Recording{Workbook: w, Observations: l, Act: indicators.Act{Author: "a@example.org", Reason: "test"}})
	if err != nil {
		t.Fatalf("%v: %+v", err, report.Problems)
	}
	return report
}

func TestRecordKeepsEverythingAndTheSameAgainChangesNothing(t *testing.T) {
	store := sqltest.Open(t)
	first := record(t, store, programme(), lines(figure(2020, "5.10"), figure(2021, "6")))
	if first.Changeset != 1 {
		t.Fatalf("changeset = %d, want 1", first.Changeset)
	}
	ds, err := store.Dataset(t.Context(), 0)
	if err != nil {
		t.Fatal(err)
	}
	i := ds.Indicator("A")
	if i == nil || i.Results.String() != "plan:R=2" || i.Actions.String() != "X" || ds.Action("X").Governorates.String() != "TN-11|TN-12" {
		t.Fatalf("indicator = %+v, action = %+v", i, ds.Action("X"))
	}
	if f := ds.Figures("A"); len(f) != 2 || f[0].Value.String() != "5.10" || f[0].Source != "survey" || f[1].Since != 1 {
		t.Fatalf("figures = %+v", f)
	}
	if again := record(t, store, programme(), lines(figure(2020, "5.1"), figure(2021, "6.0"))); !again.Unchanged || again.Changeset != 0 {
		t.Errorf("the same again = %+v, want unchanged", again)
	}
}

func TestRecordRevisesRemovesAndLeavesThePastAlone(t *testing.T) {
	store := sqltest.Open(t)
	record(t, store, programme(), lines(figure(2020, "5"), figure(2021, "6")))
	record(t, store, nil, lines(figure(2020, "5.5")))
	gone := &indicators.Lines{File: "o.csv", Has: func(string) bool { return true }, Each: func(yield func(*indicators.Line, error) bool) {
		yield(&indicators.Line{Observation: figure(2021, "6"), Remove: true, Number: 2}, nil)
	}}
	record(t, store, nil, []*indicators.Lines{gone})
	for number, want := range map[int]string{1: "[5 6]", 2: "[5.5 6]", 3: "[5.5]"} {
		ds, err := store.Dataset(t.Context(), number)
		if err != nil {
			t.Fatal(err)
		}
		var values []string
		for _, f := range ds.Figures("A") {
			values = append(values, f.Value.String())
		}
		if got := fmt.Sprint(values); got != want {
			t.Errorf("as of %d: %s, want %s", number, got, want)
		}
	}
}

func TestRecordRefusesAllOfItForOneBadRow(t *testing.T) {
	store := sqltest.Open(t)
	report, err := store.Record(t.Context(), sql.Recording{
		Workbook: programme(), Act: indicators.Act{Author: "a", Reason: "r"},
		Observations: lines(figure(2020, "5"), figure(2020, "6"), figure(2199, "1")),
	})
	if !errors.Is(err, indicators.ErrInvalid) || len(report.Problems) != 2 {
		t.Fatalf("error %v, problems %v", err, report.Problems)
	}
	if ds, err := store.Dataset(t.Context(), 0); err != nil || len(ds.Indicators) != 0 || len(ds.Changesets) != 0 {
		t.Errorf("something was written: %+v, %v", ds, err)
	}
}

func TestRecordCarriesHistoryOverInItsOrder(t *testing.T) {
	store := sqltest.Open(t)
	moment := time.Date(2020, 10, 19, 12, 0, 0, 0, time.UTC)
	past := func(at time.Time, year int) error {
		_, err := store.Record(t.Context(), sql.Recording{
			Workbook: programme(), Observations: lines(figure(year, "1")), Act: indicators.Act{Author: "a", Reason: "r"}, Moment: at,
		})
		return err
	}
	if err := past(moment, 2015); err != nil {
		t.Fatal(err)
	}
	if err := past(moment.Add(-time.Hour), 2016); !errors.Is(err, indicators.ErrInvalid) {
		t.Errorf("before the newest changeset: %v, want ErrInvalid", err)
	}
	if err := past(time.Now().Add(time.Hour), 2016); !errors.Is(err, indicators.ErrInvalid) {
		t.Errorf("in the future: %v, want ErrInvalid", err)
	}
	ds, err := store.Dataset(t.Context(), 0)
	if err != nil {
		t.Fatal(err)
	}
	if c := ds.Newest(); !c.At.Equal(moment) || c.Recorded == nil || time.Since(*c.Recorded) > time.Minute {
		t.Errorf("changeset = %+v", c)
	}
}

func TestRefreshSharesWhatDidNotChange(t *testing.T) {
	store := sqltest.Open(t)
	record(t, store, programme(), lines(figure(2020, "5")))
	old, err := store.Dataset(t.Context(), 0)
	if err != nil {
		t.Fatal(err)
	}
	if same, err := store.Refresh(t.Context(), old); err != nil || same != old {
		t.Fatalf("nothing new: %p, want %p (%v)", same, old, err)
	}
	words, err := store.Listen(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	<-words // of what came before
	record(t, store, nil, lines(figure(2021, "7")))
	select {
	case <-words:
	case <-time.After(10 * time.Second):
		t.Fatal("no word of the changeset")
	}
	fresh, err := store.Refresh(t.Context(), old)
	if err != nil {
		t.Fatal(err)
	}
	if fresh.Newest().Number != 2 || len(fresh.Figures("A")) != 2 || len(old.Figures("A")) != 1 || fresh.Definitions != old.Definitions {
		t.Errorf("fresh = %+v", fresh.Figures("A"))
	}
}

func TestADryRunWritesNothing(t *testing.T) {
	store := sqltest.Open(t)
	report, err := store.Record(context.Background(), sql.Recording{
		Workbook: programme(), Observations: lines(figure(2020, "5")), Act: indicators.Act{Author: "a", Reason: "r"}, DryRun: true,
	})
	if err != nil || report.Changeset != 0 || report.Counts[len(report.Counts)-1].Added != 1 {
		t.Fatalf("%+v, %v", report, err)
	}
	if ds, err := store.Dataset(t.Context(), 0); err != nil || len(ds.Changesets) != 0 {
		t.Errorf("written: %v, %v", ds.Changesets, err)
	}
}
