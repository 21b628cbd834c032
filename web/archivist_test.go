package web

import (
	"log/slog"
	"strings"
	"testing"
	"time"

	"jalon/indicators"
	"jalon/sql"
	"jalon/sql/sqltest"
)

// scheduled is an archivist over a database, on a clock of its own.
func scheduled(t *testing.T, now *time.Time, settings ...indicators.Setting) (*Archivist, *sql.Store) {
	t.Helper()
	w, store := apiWorkbook(), sqltest.Open(t)
	w.Settings = append(w.Settings, edits(settings)...)
	record(t, store, w, reported("THREE", "2024", "140"))
	clock := func() time.Time { return *now }
	live := NewLive(store, clock, nil)
	if err := live.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	s, err := New(Config{Version: "1", Now: clock, Log: slog.New(slog.DiscardHandler)}, store, live)
	if err != nil {
		t.Fatal(err)
	}
	return s.Archivist(), store
}

// numbers are those of the snapshots there are, newest first.
func numbers(t *testing.T, store *sql.Store) string {
	t.Helper()
	all, err := store.Snapshots(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var words []string
	for _, snap := range all {
		if snap.IsPublished() || snap.TakenBy != "jalon" {
			t.Errorf("%s is %s, taken by %s", snap.Number, snap.State, snap.TakenBy)
		}
		words = append(words, snap.Number)
	}
	return strings.Join(words, " ")
}

func TestTheArchivistTakesWhatIsDue(t *testing.T) {
	now := time.Date(2040, 10, 9, 22, 30, 0, 0, time.UTC) // half past eleven in Tunis
	a, store := scheduled(t, &now, indicators.Setting{Key: "snapshot_day", Value: "10"})
	for _, step := range []struct {
		what, want string
		pass       time.Duration
	}{
		{"before the day", "", 0},
		{"on the day", "2040-09", time.Hour},
		{"the clock is set back", "2040-09", -time.Hour},
		{"and goes on", "2040-09", 2 * time.Hour},
		{"after two months of downtime", "2040-11 2040-10 2040-09", 62 * 24 * time.Hour},
	} {
		now = now.Add(step.pass)
		if err := a.round(t.Context()); err != nil {
			t.Fatal(err)
		}
		if got := numbers(t, store); got != step.want {
			t.Errorf("%s: there are %q, want %q", step.what, got, step.want)
		}
	}
}

func TestTheArchivistWaitsToBeAsked(t *testing.T) {
	now := time.Date(2040, 10, 20, 12, 0, 0, 0, time.UTC)
	a, store := scheduled(t, &now)
	if err := a.round(t.Context()); err != nil || numbers(t, store) != "" {
		t.Errorf("without the setting: %q, %v", numbers(t, store), err)
	}
}

// DELAY, of group 1, owes a report each month: it is waited for until grace is over.
func TestTheArchivistWaitsForReports(t *testing.T) {
	now := time.Date(2040, 10, 12, 12, 0, 0, 0, time.UTC)
	a, store := scheduled(t, &now, indicators.Setting{Key: "snapshot_day", Value: "10"}, indicators.Setting{Key: "snapshot_grace", Value: "5"})
	for _, step := range []struct {
		day  int
		want string
	}{{12, ""}, {14, ""}, {15, "2040-09"}} {
		now = time.Date(2040, 10, step.day, 12, 0, 0, 0, time.UTC)
		if err := a.round(t.Context()); err != nil || numbers(t, store) != step.want {
			t.Errorf("on the %dth: %q, %v, want %q", step.day, numbers(t, store), err, step.want)
		}
	}
}

func TestTheArchivistTriesAgain(t *testing.T) {
	now := time.Date(2040, 10, 20, 12, 0, 0, 0, time.UTC)
	a, store := scheduled(t, &now, indicators.Setting{Key: "snapshot_day", Value: "10"})
	change(t, store, `ALTER TABLE snapshot_piece RENAME TO mislaid`)
	if err := a.round(t.Context()); err == nil || numbers(t, store) != "" {
		t.Fatalf("without a table: %q, %v", numbers(t, store), err)
	}
	change(t, store, `ALTER TABLE mislaid RENAME TO snapshot_piece`)
	if err := a.round(t.Context()); err != nil || numbers(t, store) != "2040-09" {
		t.Errorf("with it again: %q, %v", numbers(t, store), err)
	}
	for failures, want := range map[int]time.Duration{0: time.Minute, 1: 2 * time.Minute, 2: 4 * time.Minute, 6: time.Hour, 1000: time.Hour} {
		if got := archiveAgain(failures); got != want {
			t.Errorf("after %d failures it waits %s, want %s", failures, got, want)
		}
	}
}

func change(t *testing.T, store *sql.Store, statement string) {
	t.Helper()
	if _, err := store.DB().ExecContext(t.Context(), statement); err != nil {
		t.Fatal(err)
	}
}
