package sql_test

import (
	"testing"

	"jalon/indicators"
	"jalon/sql"
	"jalon/sql/sqltest"
)

func TestTheThresholdIsASetting(t *testing.T) {
	store := sqltest.Open(t)
	record(t, store, persons(), lines(counted("TN-11", 2020, "3"), counted("TN-12", 2020, "8"), counted("TN-13", 2020, "30"), counted("TN-21", 2020, "59"), counted("", 2020, "100")))
	for n, step := range []struct{ threshold, told string }{
		{"5", "=100 TN-11=- TN-12=- TN-13=30 TN-21=59"},
		{"10", "=100 TN-11=- TN-12=- TN-13=30 TN-21=59"},
		{"50", "=100 TN-11=- TN-12=- TN-13=- TN-21=-"}, // 59 would tell that the others are 41,
		{"5", "=100 TN-11=- TN-12=- TN-13=30 TN-21=59"},
		{"0", "=100 TN-11=3 TN-12=8 TN-13=30 TN-21=59"},
		{"9", "=100 TN-11=- TN-12=- TN-13=30 TN-21=59"},
	} {
		if report := record(t, store, small(step.threshold), nil); report.Changeset != n+2 {
			t.Fatalf("%+v", report)
		}
		for as := 1; as <= n+2; as++ {
			if got := toldOf(t, store, as); got != step.told {
				t.Errorf("below %s, as of %d: %s, want %s", step.threshold, as, got, step.told)
			}
		}
	}
	all, _, err := store.Observations(t.Context(), sql.ObservationQuery{Indicator: "A", Changeset: 1, Limit: 10, True: true})
	if err != nil || len(all) != 5 || all[0].Value.String() != "3" || all[0].Comment == "" {
		t.Errorf("those who review are told %+v, %v", all, err)
	}
}

// small sets how many persons a part must tell of.
func small(value string) *indicators.Workbook {
	return &indicators.Workbook{Settings: []indicators.Edit[indicators.Setting]{edit(indicators.Setting{Key: "small_cells", Value: value})}}
}

func TestWhatIsExportedChangesNothing(t *testing.T) {
	store := sqltest.Open(t)
	given := lines(counted("F", 2020, "3"), counted("M", 2020, "97"), counted("", 2020, "100"))
	record(t, store, persons(), given)
	if again := record(t, store, persons(), given); !again.Unchanged {
		t.Errorf("the same again: %+v", again)
	}
	var exported []indicators.Observation
	for o, err := range store.EachObservation(t.Context(), 1) {
		if err != nil {
			t.Fatal(err)
		}
		exported = append(exported, *o)
	}
	if again := record(t, store, nil, lines(exported...)); !again.Unchanged {
		t.Errorf("what was exported: %+v", again)
	}
	record(t, store, nil, removed(counted("M", 2020, "97")))
	withheld := counted("M", 2020, "0")
	withheld.Value, withheld.Status = indicators.Decimal{}, "Q"
	if report := record(t, store, nil, lines(withheld)); report.Unchanged {
		t.Error("what was withdrawn cannot be entered as withheld by its source")
	}
}

// What the source withholds is not found out by subtraction; a draft says nothing yet.
func TestOnlyWhatIsPublishedIsLookedAt(t *testing.T) {
	store := sqltest.Open(t)
	draft := counted("F", 2020, "3")
	draft.Review = indicators.Submitted
	record(t, store, persons(), lines(draft, counted("M", 2020, "97"), counted("", 2020, "100")))
	tells(t, store, map[int]string{1: "=100 M=97"})
	withheld := counted("F", 2020, "0")
	withheld.Value, withheld.Status = indicators.Decimal{}, "Q"
	record(t, store, nil, lines(withheld))
	tells(t, store, map[int]string{1: "=100 M=-", 2: "=100 F= M=-"})
}

func TestAnotherDefinitionIsLookedAtAnew(t *testing.T) {
	store := sqltest.Open(t)
	record(t, store, persons(), lines(counted("F", 2020, "3"), counted("M", 2020, "97"), counted("", 2020, "100")))
	redefine := func(change func(*indicators.Indicator)) {
		t.Helper()
		record(t, store, &indicators.Workbook{Indicators: []indicators.Edit[indicators.Indicator]{changed(indicators.Indicator{Code: "A"}, change)}}, nil)
	}
	redefine(func(i *indicators.Indicator) { i.Title.FR = "autre" })
	tells(t, store, map[int]string{1: "=100 F=- M=-", 2: "=100 F=- M=-"})
	redefine(func(i *indicators.Indicator) { i.Unit = "YEARS" })
	tells(t, store, map[int]string{1: "=100 F=3 M=97", 3: "=100 F=3 M=97"})
	redefine(func(i *indicators.Indicator) { i.Unit = "PERSONS" })
	tells(t, store, map[int]string{1: "=100 F=- M=-", 4: "=100 F=- M=-"})
}

// What an older program has published is withheld when a newer one starts, in a changeset
// of its own; snapshots of before still verify.
func TestProtectCatchesUp(t *testing.T) {
	store := sqltest.Open(t)
	record(t, store, persons(), lines(counted("F", 2020, "3"), counted("M", 2020, "97"), counted("", 2020, "100")))
	asBefore := `SET session_replication_role = replica; DELETE FROM suppression; UPDATE snapshot SET protection = null; RESET session_replication_role`
	exec := func() {
		t.Helper()
		if _, err := store.DB().ExecContext(t.Context(), asBefore); err != nil {
			t.Fatal(err)
		}
	}
	exec()
	if _, err := store.TakeSnapshot(t.Context(), sql.Taking{Month: october, By: "a"}); err != nil {
		t.Fatal(err)
	}
	exec()
	tells(t, store, map[int]string{1: "=100 F=3 M=97"})
	tellsTooMuch := func(want bool) {
		t.Helper()
		snap, err := store.Snapshot(t.Context(), "2026-10")
		if err != nil {
			t.Fatal(err)
		}
		if got, err := store.SnapshotTells(t.Context(), &snap); err != nil || got != want {
			t.Errorf("the snapshot tells what is withheld: %v, %v, want %v", got, err, want)
		}
		snap.Judged = 20191231 // of which day these figures were left out
		if got, err := store.SnapshotTells(t.Context(), &snap); err != nil || got {
			t.Errorf("one without these figures tells them: %v, %v", got, err)
		}
	}
	tellsTooMuch(false)
	for range 2 { // the second finds nothing left to do
		if err := store.Protect(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	tells(t, store, map[int]string{1: "=100 F=- M=-", 3: "=100 F=- M=-"})
	all, err := store.Changesets(t.Context())
	if err != nil || len(all) != 3 || all[2].Kind != indicators.Protected {
		t.Errorf("changesets: %+v, %v", all, err)
	}
	if v, err := store.VerifySnapshot(t.Context(), "2026-10"); err != nil || !v.Equal {
		t.Errorf("the snapshot of before: %+v, %v", v, err)
	}
	tellsTooMuch(true)
	if _, err := store.TakeSnapshot(t.Context(), sql.Taking{Month: october, By: "a"}); err != nil {
		t.Fatal(err)
	}
	tellsTooMuch(false) // it withholds them
}

// A publication withholds as an import does, and so does a withdrawal.
func TestAPublicationIsLookedAt(t *testing.T) {
	store := sqltest.Open(t)
	record(t, store, persons(), lines(counted("M", 2020, "97"), counted("", 2020, "100")))
	women := counted("F", 2020, "3")
	women.Review = indicators.Draft
	if err := enter(t, store, amel(), 1, women); err != nil {
		t.Fatal(err)
	}
	for _, act := range []struct {
		who  *indicators.Account
		kind indicators.Kind
	}{{amel(), indicators.Submitting}, {sami(), indicators.Verifying}} {
		if err := step(t, store, act.who, act.kind, ""); err != nil {
			t.Fatal(err)
		}
	}
	tells(t, store, map[int]string{1: "=100 M=97", 4: "=100 M=97"})
	if err := step(t, store, sami(), indicators.Publishing, ""); err != nil {
		t.Fatal(err)
	}
	tells(t, store, map[int]string{1: "=100 M=-", 5: "=100 F=- M=-"})
	if all := work(t, store); len(all) != 0 {
		t.Errorf("on its way is still %+v", all)
	}
	total := sql.Seen{FigureKey: indicators.FigureKey{Indicator: "A", Period: indicators.Year(2020)}, Since: 1}
	if err := step(t, store, sami(), indicators.Withdrawn, "erreur", total); err != nil {
		t.Fatal(err)
	}
	tells(t, store, map[int]string{1: "=100 M=-", 5: "=100 F=- M=-", 6: "F=- M=-"})
}
