package sql_test

import (
	"crypto/ed25519"
	"errors"
	"os"
	"strings"
	"testing"

	"github.com/pressly/goose/v3"

	"jalon/indicators"
	"jalon/sql"
	"jalon/sql/sqltest"
)

// A chain ties each published snapshot to the one before: what a superuser alters, puts in or
// takes out is found.
func TestVerifyFindsABrokenChain(t *testing.T) {
	_, key, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	for name, tt := range map[string]struct{ alter, says string }{
		"nothing":           {`SELECT`, ""},
		"a text":            {`UPDATE snapshot_text SET text_fr = 'Tout va bien'`, "give the chain"},
		"a text gone":       {`DELETE FROM snapshot_text`, "give the chain"},
		"a text more":       {`INSERT INTO snapshot_text (snapshot, kind, text_fr, since) VALUES ('2026-10', 'alert', 'x', 1)`, "give the chain"},
		"the moment":        {`UPDATE snapshot_publication SET at = at - interval '1 microsecond'`, "give the chain"},
		"who published it":  {`UPDATE snapshot_publication SET by = 'nobody'`, "give the chain"},
		"the chain":         {`UPDATE snapshot_publication SET chain = sha256('x')`, "give the chain"},
		"the signature":     {`UPDATE snapshot_publication SET signature = sha256('x') || sha256('y')`, "the signature is not that"},
		"the key":           {`UPDATE snapshot_publication SET public_key = sha256('x')`, "the signature is not that"},
		"no signature":      {`UPDATE snapshot_publication SET signature = null, public_key = null`, "give the chain"},
		"the one before":    {`UPDATE snapshot_publication SET chain = sha256('x') WHERE snapshot = '2026-09'`, "give the chain"},
		"it was taken out":  {`UPDATE snapshot_publication SET previous = null`, "give the chain"},
		"it is gone":        {`DELETE FROM snapshot_publication WHERE snapshot = '2026-09'; DELETE FROM snapshot WHERE number = '2026-09'`, "2026-09, is gone"},
		"it is as prepared": {`DELETE FROM snapshot_publication WHERE snapshot = '2026-09'`, "give the chain"},
	} {
		t.Run(name, func(t *testing.T) {
			store := sqltest.Open(t)
			record(t, store, programme(), lines(figure(2020, "5")))
			take(t, store, sql.Taking{Month: 202609001})
			publish(t, store, "2026-09", key)
			take(t, store, sql.Taking{Month: october})
			say(t, store, "2026-10", indicators.KeyMessage, "", "Un mot")
			publish(t, store, "2026-10", key)
			if _, err := store.DB().ExecContext(t.Context(), `SET session_replication_role = replica; `+tt.alter+`; RESET session_replication_role`); err != nil {
				t.Fatal(err)
			}
			v, err := store.VerifySnapshot(t.Context(), "2026-10")
			if said := strings.Join(v.Differences, "\n"); err != nil || v.Equal != (tt.says == "") || !strings.Contains(said, tt.says) {
				t.Errorf("verification = %+v, %v; want %q", v, err, tt.says)
			}
		})
	}
}

// Snapshots from before there were states count as published; the chain begins after them.
func TestTheChainBeginsAfterThoseFromBefore(t *testing.T) {
	const before = 18 // the schema that had no states
	store := sqltest.Open(t)
	execute(t, store, `DROP SCHEMA public CASCADE; CREATE SCHEMA public`)
	provider, err := goose.NewProvider(goose.DialectPostgres, store.DB(), os.DirFS("migrations"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := provider.UpTo(t.Context(), before); err != nil {
		t.Fatal(err)
	}
	record(t, store, programme(), lines(figure(2020, "5")))
	takeInFormat(t, store, 3, 202609001, 1)
	takeInFormat(t, store, 3, october, 1)
	if err := store.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	old, err := store.Snapshot(t.Context(), sql.Latest)
	if err != nil || old.Number != "2026-10" || !old.IsPublished() || !old.PublishedAt.Equal(old.TakenAt) || old.Chain != "" {
		t.Errorf("of before: %+v, %v", old, err)
	}
	if err := drop(t, store, "2026-09"); !errors.Is(err, indicators.ErrConflict) {
		t.Errorf("dropped: %v", err)
	}
	take(t, store, sql.Taking{Month: 202611001})
	next := publish(t, store, "2026-11", nil)
	if next.Previous != "2026-10" || next.Chain == "" {
		t.Errorf("published: %+v", next)
	}
	equal(t, store, "2026-09", "2026-10", "2026-11")
	if chain, err := store.Chain(t.Context(), "2026-11"); err != nil || len(chain) != 1 || chain[0].Publication.PreviousSHA256 != indicators.Optional(old.SHA256) {
		t.Errorf("chain %+v, %v", chain, err)
	}
}

// Whatever the clock of the machine says, moments go forward.
func TestAClockThatIsSetBack(t *testing.T) {
	store := frozen(t)
	publish(t, store, "2026-10", nil)
	const ahead = `SET session_replication_role = replica;
		UPDATE changeset SET at = at + interval '1 hour' WHERE number = (SELECT max(number) FROM changeset);
		RESET session_replication_role`
	if _, err := store.DB().ExecContext(t.Context(), ahead); err != nil { // an hour ago it was an hour later than now
		t.Fatal(err)
	}
	all, err := store.Changesets(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	last := all[len(all)-1].At
	snap := take(t, store, sql.Taking{Month: 202611001})
	snap2 := publish(t, store, "2026-11", nil)
	if snap.TakenAt.Before(last) || !snap2.PublishedAt.After(last) {
		t.Errorf("the newest changeset is of %s; taken %s, published %s", last, snap.TakenAt, snap2.PublishedAt)
	}
	equal(t, store, "2026-11")
}

// A month in which nothing changed is a snapshot like any other; before anything is recorded
// there is none.
func TestMonthsWithoutChangeAndWithoutData(t *testing.T) {
	store := sqltest.Open(t)
	if _, err := store.TakeSnapshot(t.Context(), sql.Taking{Month: october, By: "a"}); !errors.Is(err, indicators.ErrInvalid) {
		t.Errorf("before anything is recorded: %v", err)
	}
	record(t, store, programme(), nil)
	take(t, store, sql.Taking{Month: october}) // no figure at all
	publish(t, store, "2026-10", nil)
	take(t, store, sql.Taking{Month: 202611001})
	publish(t, store, "2026-11", nil)
	equal(t, store, "2026-10", "2026-11")
	record(t, store, nil, lines(figure(2020, "5")))
	before := take(t, store, sql.Taking{Month: 200001001}) // long before the first figure
	publish(t, store, before.Number, nil)
	equal(t, store, "2026-10", "2026-11", "2000-01")
	if strings.Contains(storedLines(t, store, "2000-01"), `"table":"observations"`) {
		t.Error("a figure of later is in it")
	}
}

// Nothing is published whose stored lines are not those that were frozen.
func TestWhatWasAlteredIsNotPublished(t *testing.T) {
	store := frozen(t)
	const alter = `SET session_replication_role = replica; UPDATE snapshot SET sha256 = sha256('x'); RESET session_replication_role`
	if _, err := store.DB().ExecContext(t.Context(), alter); err != nil {
		t.Fatal(err)
	}
	if _, err := store.PublishSnapshot(t.Context(), sql.Issuing{Number: "2026-10", Act: indicators.Act{Author: "a"}}); !errors.Is(err, indicators.ErrConflict) {
		t.Errorf("error = %v, want ErrConflict", err)
	}
}

// What the database froze, a reader without one judges the same.
func TestFrozenLinesThawToTheSame(t *testing.T) {
	store := frozen(t)
	p, snap, err := indicators.Thaw(store.SnapshotLines(t.Context(), "2026-10"))
	if err != nil {
		t.Fatal(err)
	}
	var again strings.Builder
	for line, err := range indicators.Refreeze(p, snap, store.SnapshotLines(t.Context(), "2026-10")) {
		if err != nil {
			t.Fatal(err)
		}
		again.Write(line)
	}
	if stored := storedLines(t, store, "2026-10"); again.String() != stored {
		t.Errorf("it is\n%s\nnot\n%s", again.String(), stored)
	}
}
