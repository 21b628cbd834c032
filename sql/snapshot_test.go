package sql_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"jalon/indicators"
	"jalon/sql"
	"jalon/sql/sqltest"
)

const october = indicators.Period(202610001)

// frozen is a store with one snapshot, of October 2026.
func frozen(t *testing.T) *sql.Store {
	t.Helper()
	store := sqltest.Open(t)
	record(t, store, programme(), lines(figure(2020, "5")))
	if _, err := store.TakeSnapshot(t.Context(), sql.Taking{Month: october, By: "a@example.org"}); err != nil {
		t.Fatal(err)
	}
	return store
}

// say writes a text beside a snapshot.
func say(t *testing.T, store *sql.Store, number string, kind indicators.TextKind, group, words string) indicators.SnapshotText {
	t.Helper()
	text := indicators.SnapshotText{Snapshot: number, Kind: kind, Group: indicators.Optional(group), Text: indicators.Text{FR: indicators.Optional(words)}}
	text, err := store.WriteSnapshotText(t.Context(), indicators.Act{Author: "a@example.org"}, text, 0)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// issued is the same with a text, published.
func issued(t *testing.T) *sql.Store {
	t.Helper()
	store := frozen(t)
	say(t, store, "2026-10", indicators.KeyMessage, "", "Un mot")
	if _, err := store.PublishSnapshot(t.Context(), sql.Issuing{Number: "2026-10", Act: indicators.Act{Author: "a@example.org"}}); err != nil {
		t.Fatal(err)
	}
	return store
}

func TestSnapshotStaysAsItWasTaken(t *testing.T) {
	store := sqltest.Open(t)
	record(t, store, programme(), lines(figure(2020, "5"), figure(2025, "6"), figure(2026, "7")))
	snap, err := store.TakeSnapshot(t.Context(), sql.Taking{Month: october, By: "a@example.org"})
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
	text := all.String()
	for _, want := range []string{`"period":"2025"`, `"table":"assessments"`, `"taken_by":"a@example.org"`, `"taken_at":"` + snap.TakenAt.Format(time.RFC3339Nano) + `"`} {
		if !strings.Contains(text, want) {
			t.Errorf("no %s in the lines: %s", want, text)
		}
	}
	if strings.Contains(text, `"period":"2026"`) {
		t.Errorf("a period that was not over is in the lines: %s", text)
	}
	kept, err := store.Snapshot(t.Context(), "2026-10")
	if kept.TakenAt = kept.TakenAt.UTC(); err != nil || kept != snap {
		t.Errorf("kept is %+v, %v; taken was %+v", kept, err, snap)
	}
}

// A month that is taken is refused before anything long is read: here, before a table
// that cannot be read.
func TestASecondTakerIsRefusedAtOnce(t *testing.T) {
	for name, before := range map[string]string{
		"one that is taken":       `SELECT`,
		"one that is being taken": `SELECT pg_advisory_xact_lock(7461003, 202611001)`,
	} {
		t.Run(name, func(t *testing.T) {
			store, month := frozen(t), october
			if before != `SELECT` {
				month = 202611001
			}
			tx, err := store.DB().BeginTx(t.Context(), nil)
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = tx.Rollback() }()
			if _, err := tx.ExecContext(t.Context(), before+`; LOCK TABLE observation, indicator, changeset`); err != nil {
				t.Fatal(err)
			}
			ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
			defer cancel()
			if _, err := store.TakeSnapshot(ctx, sql.Taking{Month: month, By: "b", IfNone: true}); !errors.Is(err, indicators.ErrConflict) {
				t.Errorf("error = %v, want ErrConflict", err)
			}
		})
	}
}

func TestOfManyTakersOneWins(t *testing.T) {
	store := sqltest.Open(t)
	record(t, store, programme(), lines(figure(2020, "5")))
	var all sync.WaitGroup
	errs := make([]error, 5)
	for n := range errs {
		all.Go(func() {
			_, errs[n] = store.TakeSnapshot(t.Context(), sql.Taking{Month: october, By: "a", IfNone: true})
		})
	}
	all.Wait()
	taken := 0
	for _, err := range errs {
		switch {
		case err == nil:
			taken++
		case !errors.Is(err, indicators.ErrConflict):
			t.Errorf("error = %v, want ErrConflict", err)
		}
	}
	if taken != 1 {
		t.Errorf("%d have taken it, want one", taken)
	}
	if v, err := store.VerifySnapshot(t.Context(), "2026-10"); err != nil || !v.Equal {
		t.Errorf("verification = %+v, %v", v, err)
	}
}

// The database itself keeps snapshots as they are, from its owner too.
func TestASnapshotCannotBeAltered(t *testing.T) {
	store := issued(t)
	statements := []string{
		`UPDATE snapshot SET taken_by = 'b'`,
		`UPDATE snapshot SET sha256 = sha256`,
		`UPDATE snapshot_piece SET content = '\x00'`,
		`DELETE FROM snapshot`,
		`DELETE FROM snapshot_piece`,
		`TRUNCATE snapshot CASCADE`,
		`TRUNCATE snapshot_piece`,
		`TRUNCATE snapshot_text`,
		`TRUNCATE snapshot_publication`,
		`INSERT INTO snapshot_piece VALUES ('2026-10', 99, '')`,
		`INSERT INTO snapshot_text (snapshot, kind, text_fr, since) VALUES ('2026-10', 'alert', 'x', 1)`,
		`UPDATE snapshot_text SET text_fr = 'x'`,
		`DELETE FROM snapshot_text`,
		`UPDATE snapshot_publication SET chain = sha256('x')`,
		`UPDATE snapshot_publication SET at = now()`,
		`DELETE FROM snapshot_publication`,
		`INSERT INTO snapshot SELECT * FROM snapshot ON CONFLICT (number) DO UPDATE SET lines = 0`,
	}
	for who, become := range map[string]string{
		"its owner":      `SELECT`,
		"an application": `CREATE ROLE jalon_test_application; GRANT ALL ON ALL TABLES IN SCHEMA public TO jalon_test_application; SET LOCAL ROLE jalon_test_application`,
	} {
		for _, statement := range statements {
			t.Run(who+" "+statement, func(t *testing.T) {
				tx, err := store.DB().BeginTx(t.Context(), nil)
				if err != nil {
					t.Fatal(err)
				}
				defer func() { _ = tx.Rollback() }() // and with it the role
				if _, err := tx.ExecContext(t.Context(), become); err != nil {
					t.Fatal(err)
				}
				if _, err := tx.ExecContext(t.Context(), statement); err == nil || !strings.Contains(err.Error(), "never altered") {
					t.Errorf("error = %v, want that snapshots are never altered", err)
				}
			})
		}
	}
	if v, err := store.VerifySnapshot(t.Context(), "2026-10"); err != nil || !v.Equal {
		t.Errorf("verification = %+v, %v", v, err)
	}
}

// A superuser can switch the triggers off; what is done then is found.
func TestVerifyNamesWhatWasAltered(t *testing.T) {
	const (
		gunzipsToNothing = `'\x1f8b080000000000000303000000000000000000'`
		otherPieces      = `INSERT INTO snapshot_piece SELECT snapshot, %, content FROM snapshot_piece`
	)
	for name, tt := range map[string]struct{ alter, says string }{
		"a version behind the snapshot": {`UPDATE observation SET value = 99`, "99"},
		"its hash":                      {`UPDATE snapshot SET sha256 = decode(repeat('ab', 32), 'hex')`, "SHA-256"},
		"its lines":                     {`UPDATE snapshot SET lines = lines + 1`, "lines are stored"},
		"who took it":                   {`UPDATE snapshot SET taken_by = 'nobody'`, "nobody"},
		"when it was taken":             {`UPDATE snapshot SET taken_at = taken_at + interval '1 microsecond'`, "taken_at"},
		"its changeset":                 {`UPDATE snapshot SET changeset = 2`, "changeset"},
		"its day":                       {`UPDATE snapshot SET judged = judged - 1`, "2026-10-30"},
		"an older format":               {`UPDATE snapshot SET format = 1`, `"format":4`},
		"its format":                    {`UPDATE snapshot SET format = 5`, "format 5, which this jalon does not know"},
		"its number":                    {`UPDATE snapshot SET number = '2026-11'; UPDATE snapshot_piece SET snapshot = '2026-11'`, "2026-10"},
		"a piece":                       {`UPDATE snapshot_piece SET content = '\x00'`, "piece 0"},
		"a piece is gone":               {`DELETE FROM snapshot_piece`, "stored"},
		"a piece beyond a gap":          {strings.Replace(otherPieces, "%", "5", 1), "2 pieces are stored, but only 1"},
		"a piece before the first":      {strings.Replace(otherPieces, "%", "-1", 1), "2 pieces are stored, but only 1"},
		"a piece more":                  {strings.Replace(otherPieces, "%", "1", 1), "recomputed nothing"},
		"an empty piece more":           {`INSERT INTO snapshot_piece VALUES ('2026-10', 1, ` + gunzipsToNothing + `)`, "piece 1 of the snapshot 2026-10 cannot be read"},
	} {
		t.Run(name, func(t *testing.T) {
			store := frozen(t)
			record(t, store, nil, lines(figure(2021, "6")))
			if _, err := store.DB().ExecContext(t.Context(), `SET session_replication_role = replica; `+tt.alter+`; RESET session_replication_role`); err != nil {
				t.Fatal(err)
			}
			number := "2026-10"
			if name == "its number" {
				number = "2026-11"
			}
			v, err := store.VerifySnapshot(t.Context(), number)
			if err != nil || v.Equal || !strings.Contains(strings.Join(v.Differences, "\n"), tt.says) {
				t.Errorf("verification = %+v, %v; want %q", v, err, tt.says)
			}
		})
	}
}
