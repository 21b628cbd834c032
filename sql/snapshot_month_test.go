package sql_test

import (
	"errors"
	"slices"
	"testing"

	"jalon/indicators"
	"jalon/sql"
)

// A month that was taken and dropped is not taken by itself again; by hand it is.
func TestADroppedMonthStaysTaken(t *testing.T) {
	store := frozen(t)
	if err := store.DropSnapshot(t.Context(), "2026-10", indicators.Act{Author: "a"}, 0); err != nil {
		t.Fatal(err)
	}
	months, err := store.SnapshotMonths(t.Context())
	if err != nil || !slices.Equal(months, []indicators.Period{october}) {
		t.Errorf("taken were %v, %v", months, err)
	}
	before, err := store.SnapshotTakenAt(t.Context())
	if err != nil || before.IsZero() {
		t.Errorf("taken last at %v, %v", before, err)
	}
	if _, err := store.TakeSnapshot(t.Context(), sql.Taking{Month: october, By: "jalon", IfNone: true}); !errors.Is(err, indicators.ErrConflict) {
		t.Errorf("taken by itself again: %v", err)
	}
	if all, err := store.Snapshots(t.Context()); err != nil || len(all) != 0 {
		t.Errorf("what was refused left %+v, %v", all, err)
	}
	if snap, err := store.TakeSnapshot(t.Context(), sql.Taking{Month: october, By: "a"}); err != nil || snap.Number != "2026-10" {
		t.Errorf("by hand: %+v, %v", snap, err)
	}
}

func TestNoSnapshotWasEverTaken(t *testing.T) {
	store := issued(t)
	execute(t, store, `ALTER TABLE snapshot_month DISABLE TRIGGER ALL`)
	execute(t, store, `DELETE FROM snapshot_month`)
	if months, err := store.SnapshotMonths(t.Context()); err != nil || len(months) != 0 {
		t.Errorf("taken were %v, %v", months, err)
	}
}
