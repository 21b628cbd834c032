package sql_test

import (
	"crypto/ed25519"
	"errors"
	"strings"
	"sync"
	"testing"

	"jalon/indicators"
	"jalon/sql"
	"jalon/sql/sqltest"
)

func take(t *testing.T, store *sql.Store, taking sql.Taking) indicators.Snapshot {
	t.Helper()
	taking.By = "a@example.org"
	snap, err := store.TakeSnapshot(t.Context(), taking)
	if err != nil {
		t.Fatal(err)
	}
	return snap
}

func publish(t *testing.T, store *sql.Store, number string, key ed25519.PrivateKey) indicators.Snapshot {
	t.Helper()
	snap, err := store.PublishSnapshot(t.Context(), sql.Issuing{Number: number, Act: indicators.Act{Author: "a@example.org"}, Key: key})
	if err != nil {
		t.Fatal(err)
	}
	return snap
}

func drop(t *testing.T, store *sql.Store, number string) error {
	t.Helper()
	return store.DropSnapshot(t.Context(), number, indicators.Act{Author: "a@example.org"}, 0)
}

func equal(t *testing.T, store *sql.Store, numbers ...string) {
	t.Helper()
	for _, number := range numbers {
		if v, err := store.VerifySnapshot(t.Context(), number); err != nil || !v.Equal {
			t.Errorf("verification of %s = %+v, %v", number, v, err)
		}
	}
}

// What is prepared is taken again, with the texts beside it, or dropped; of that nothing is
// left but who did it.
func TestWhatIsPreparedCanBeTakenAgainOrDropped(t *testing.T) {
	store := frozen(t)
	say(t, store, "2026-10", indicators.Comment, "1", "Un mot")
	before, err := store.Snapshot(t.Context(), "2026-10")
	if err != nil {
		t.Fatal(err)
	}
	record(t, store, nil, lines(figure(2021, "6")))
	again := take(t, store, sql.Taking{Month: october})
	texts, err := store.SnapshotTexts(t.Context(), "2026-10")
	if err != nil || len(texts) != 1 || again.SHA256 == before.SHA256 || again.State != indicators.PreparedSnapshot {
		t.Errorf("taken again: %+v, texts %+v, %v", again, texts, err)
	}
	equal(t, store, "2026-10")
	if _, err := store.Snapshot(t.Context(), sql.Latest); !errors.Is(err, indicators.ErrNotFound) {
		t.Errorf("the latest is a prepared one: %v", err)
	}
	if err := drop(t, store, "2026-10"); err != nil {
		t.Fatal(err)
	}
	left := ask(t, store, `SELECT (SELECT count(*) FROM snapshot) + (SELECT count(*) FROM snapshot_piece) + (SELECT count(*) FROM snapshot_text)`)
	acts := ask(t, store, `SELECT string_agg(act || ' ' || internal || ' ' || reason, ', ' ORDER BY number) FROM changeset WHERE reason LIKE 'snapshot%'`)
	if left != "0" || acts != "freeze true snapshot 2026-10, word true snapshot 2026-10, freeze true snapshot 2026-10, drop true snapshot 2026-10" {
		t.Errorf("%s rows are left; acts: %s", left, acts)
	}
	if err := drop(t, store, "2026-10"); !errors.Is(err, indicators.ErrNotFound) {
		t.Errorf("dropped twice: %v", err)
	}
}

func ask(t *testing.T, store *sql.Store, query string) (answer string) {
	t.Helper()
	if err := store.DB().QueryRowContext(t.Context(), query).Scan(&answer); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return answer
}

func TestACorrectionHasANumberAndAReason(t *testing.T) {
	store := issued(t)
	if err := drop(t, store, "2026-10"); !errors.Is(err, indicators.ErrConflict) {
		t.Errorf("a published one was dropped: %v", err)
	}
	if _, err := store.PublishSnapshot(t.Context(), sql.Issuing{Number: "2026-10"}); !errors.Is(err, indicators.ErrConflict) {
		t.Errorf("published twice: %v", err)
	}
	if _, err := store.TakeSnapshot(t.Context(), sql.Taking{Month: october, By: "a"}); !errors.Is(err, indicators.ErrConflict) || !strings.Contains(err.Error(), "reason") {
		t.Errorf("a correction without a reason: %v", err)
	}
	if _, err := store.TakeSnapshot(t.Context(), sql.Taking{Month: 202609001, By: "a", Reason: "x"}); !errors.Is(err, indicators.ErrInvalid) {
		t.Errorf("a reason for what is no correction: %v", err)
	}
	for n, want := range []string{"2026-10-rev1", "2026-10-rev2"} {
		record(t, store, nil, lines(figure(2021+n, "6")))
		take(t, store, sql.Taking{Month: october, Reason: "Une erreur de saisie"})
		snap := take(t, store, sql.Taking{Month: october}) // again: the reason stays
		if snap.Number != want || snap.Reason != "Une erreur de saisie" {
			t.Errorf("correction %+v", snap)
		}
		publish(t, store, snap.Number, nil)
	}
	latest, err := store.Snapshot(t.Context(), sql.Latest)
	if err != nil || latest.Number != "2026-10-rev2" || latest.Previous != "2026-10-rev1" || latest.Reason == "" {
		t.Errorf("the latest is %+v, %v", latest, err)
	}
	equal(t, store, "2026-10", "2026-10-rev1", "2026-10-rev2")
	all, err := store.Snapshots(t.Context())
	if err != nil || len(all) != 3 || all[0].Number != "2026-10-rev2" || all[2].Number != "2026-10" || all[2].Previous != "" {
		t.Errorf("snapshots %+v, %v", all, err)
	}
}

// Whoever writes a text has seen the one that stands.
func TestATextIsNotWrittenOverAnother(t *testing.T) {
	store := frozen(t)
	act := indicators.Act{Author: "b"}
	first := say(t, store, "2026-10", indicators.Comment, "1", "Un mot")
	blind := first
	blind.Since, blind.Text.FR = 0, "Un autre"
	if now, err := store.WriteSnapshotText(t.Context(), act, blind, 0); !errors.Is(err, indicators.ErrConflict) || now != first {
		t.Errorf("written over: %+v, %v", now, err)
	}
	same, err := store.WriteSnapshotText(t.Context(), act, first, 0)
	if err != nil || same != first {
		t.Errorf("the same again: %+v, %v", same, err)
	}
	seen := first
	seen.Text.AR = "كلمة"
	second, err := store.WriteSnapshotText(t.Context(), act, seen, 0)
	if err != nil || second.Since <= first.Since {
		t.Errorf("the next version: %+v, %v", second, err)
	}
	second.Text = indicators.Text{}
	if _, err := store.WriteSnapshotText(t.Context(), act, second, 0); err != nil {
		t.Error(err)
	}
	if texts, err := store.SnapshotTexts(t.Context(), "2026-10"); err != nil || len(texts) != 0 {
		t.Errorf("texts %+v, %v", texts, err)
	}
	for name, wrong := range map[string]indicators.SnapshotText{
		"no snapshot": {Snapshot: "2020-01", Kind: indicators.Alert, Text: first.Text},
		"no group":    {Snapshot: "2026-10", Kind: indicators.Comment, Group: "XX", Text: first.Text},
	} {
		if _, err := store.WriteSnapshotText(t.Context(), act, wrong, 0); !errors.Is(err, indicators.ErrNotFound) {
			t.Errorf("%s: %v", name, err)
		}
	}
	publish(t, store, "2026-10", nil)
	if _, err := store.WriteSnapshotText(t.Context(), act, first, 0); !errors.Is(err, indicators.ErrConflict) {
		t.Errorf("a text beside a published one: %v", err)
	}
}

// A role that only serves the programme prepares, takes again, writes, drops and publishes.
func TestTheServingRoleCanDoAllOfIt(t *testing.T) {
	dsn := sqltest.DSN(t)
	owner := opened(t, dsn)
	record(t, owner, programme(), lines(figure(2020, "5")))
	store := asRole(t, owner, dsn)
	take(t, store, sql.Taking{Month: october})
	take(t, store, sql.Taking{Month: october})
	say(t, store, "2026-10", indicators.KeyMessage, "", "Un mot")
	if err := drop(t, store, "2026-10"); err != nil {
		t.Fatal(err)
	}
	take(t, store, sql.Taking{Month: october})
	say(t, store, "2026-10", indicators.KeyMessage, "", "Un mot")
	publish(t, store, "2026-10", nil)
	equal(t, store, "2026-10")
	for _, statement := range []string{
		`UPDATE snapshot SET lines = 0`, `DELETE FROM snapshot`, `UPDATE snapshot_piece SET content = ''`, `DELETE FROM snapshot_piece`,
		`UPDATE snapshot_text SET text_fr = 'x'`, `DELETE FROM snapshot_text`, `UPDATE snapshot_publication SET by = 'x'`,
		`DELETE FROM snapshot_publication`, `TRUNCATE snapshot_text`, `ALTER TABLE snapshot_text DISABLE TRIGGER ALL`,
		`INSERT INTO snapshot_piece VALUES ('2026-10', 99, '')`, `SET session_replication_role = replica`, `DROP TABLE snapshot_text`,
	} {
		if _, err := store.DB().ExecContext(t.Context(), statement); err == nil {
			t.Errorf("%s was carried out", statement)
		}
	}
	equal(t, store, "2026-10")
}

// Texts are written while others take the snapshot again and publish it: nobody waits for ever,
// each act is carried out or refused as a conflict, and what is published holds together.
func TestTextsTakingAndPublishingAtOnce(t *testing.T) {
	store := frozen(t)
	var all sync.WaitGroup
	act := indicators.Act{Author: "a@example.org"}
	refused := func(doing string, err error) {
		if err != nil && !errors.Is(err, indicators.ErrConflict) {
			t.Errorf("%s: %v", doing, err)
		}
	}
	for _, kind := range indicators.TextKinds() {
		all.Go(func() {
			text := indicators.SnapshotText{Snapshot: "2026-10", Kind: kind}
			for n := range 5 {
				text.Text.FR = indicators.Optional(strings.Repeat("mot ", n+1))
				var err error
				text, err = store.WriteSnapshotText(t.Context(), act, text, 0)
				refused("writing", err)
			}
		})
	}
	for range 3 {
		all.Go(func() {
			for range 4 {
				_, err := store.TakeSnapshot(t.Context(), sql.Taking{Month: october, By: "a"})
				refused("taking", err)
			}
		})
	}
	for range 2 {
		all.Go(func() {
			for range 4 {
				_, err := store.PublishSnapshot(t.Context(), sql.Issuing{Number: "2026-10", Act: act})
				refused("publishing", err)
			}
		})
	}
	all.Wait()
	if snap, err := store.Snapshot(t.Context(), "2026-10"); err != nil || !snap.IsPublished() {
		publish(t, store, "2026-10", nil)
	}
	equal(t, store, "2026-10")
}
