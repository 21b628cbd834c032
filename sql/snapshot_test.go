package sql_test

import (
	"errors"
	"strings"
	"testing"

	"jalon/indicators"
	"jalon/sql/sqltest"
)

func TestSnapshotStaysAsItWasTaken(t *testing.T) {
	store := sqltest.Open(t)
	october := indicators.Period(202610001)
	record(t, store, programme(), lines(figure(2020, "5"), figure(2025, "6"), figure(2026, "7")))
	snap, err := store.TakeSnapshot(t.Context(), october, 0, "a@example.org")
	if err != nil {
		t.Fatal(err)
	}
	record(t, store, nil, lines(figure(2025, "9")))
	v, err := store.VerifySnapshot(t.Context(), "2026-10")
	if err != nil || !v.Equal || v.SHA256 != snap.SHA256 {
		t.Errorf("after a revision: %+v, %v", v, err)
	}
	var all strings.Builder
	for line, err := range store.SnapshotLines(t.Context(), "2026-10") {
		if err != nil {
			t.Fatal(err)
		}
		all.Write(line)
	}
	if text := all.String(); !strings.Contains(text, `"period":"2025"`) || strings.Contains(text, `"period":"2026"`) || !strings.Contains(text, `"table":"assessments"`) {
		t.Errorf("lines: %s", text)
	}
	if _, err := store.TakeSnapshot(t.Context(), october, 0, "a"); !errors.Is(err, indicators.ErrConflict) {
		t.Errorf("a second one: %v, want ErrConflict", err)
	}
}

func TestVerifyNamesWhatWasAltered(t *testing.T) {
	for name, alter := range map[string]string{
		"a version behind the snapshot": `UPDATE observation SET value = 99`,
		"its hash":                      `UPDATE snapshot SET sha256 = decode(repeat('ab', 32), 'hex')`,
		"a piece":                       `UPDATE snapshot_piece SET content = '\x00'`,
		"a piece is gone":               `DELETE FROM snapshot_piece`,
	} {
		t.Run(name, func(t *testing.T) {
			store := sqltest.Open(t)
			record(t, store, programme(), lines(figure(2020, "5")))
			if _, err := store.TakeSnapshot(t.Context(), indicators.Period(202610001), 0, "a"); err != nil {
				t.Fatal(err)
			}
			if _, err := store.DB().ExecContext(t.Context(), alter); err != nil {
				t.Fatal(err)
			}
			if v, err := store.VerifySnapshot(t.Context(), "2026-10"); err != nil || v.Equal || len(v.Differences) == 0 {
				t.Errorf("verification = %+v, %v", v, err)
			}
		})
	}
}
