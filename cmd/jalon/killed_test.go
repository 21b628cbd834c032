package main

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"jalon/sql/sqltest"
)

// A standstill is a point within an import at which a test can meet it.
type standstill struct {
	name  string
	block string // holds the import up there; "": it is met on its way
	met   string // how many imports are there
}

func standstills() []standstill {
	return []standstill{
		{
			name: "while rows are laid down",
			met:  `SELECT count(*) FROM pg_stat_progress_copy WHERE tuples_processed > 100 AND datname = current_database()`,
		}, {
			name:  "before the lock of the writers",
			block: `SELECT pg_advisory_xact_lock(7461001)`,
			met:   `SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
		}, {
			name:  "with the changeset begun, before its observations",
			block: `LOCK TABLE observation IN SHARE MODE`,
			met:   `SELECT count(*) FROM pg_locks WHERE relation = 'observation'::regclass AND NOT granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
		},
	}
}

// meet waits until somebody stands there.
func (s standstill) meet(t *testing.T, db *sql.DB) {
	t.Helper()
	until(t, 30*time.Second, "an import "+s.name, func() bool { return ask(t, db, s.met) != "0" })
}

// hold lets no import pass. The function it gives opens the way again.
func (s standstill) hold(t *testing.T, db *sql.DB) (release func()) {
	t.Helper()
	if s.block == "" {
		return func() {}
	}
	tx, err := db.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := tx.ExecContext(t.Context(), s.block); err != nil {
		t.Fatal(err)
	}
	return func() { _ = tx.Rollback() }
}

// ask gives the one text that a query answers.
func ask(t testing.TB, db *sql.DB, query string) (answer string) {
	t.Helper()
	if err := db.QueryRowContext(t.Context(), query).Scan(&answer); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return answer
}

// connectTo opens a connection beside the program's own.
func connectTo(t testing.TB, dsn string) *sql.DB {
	t.Helper()
	db, err := sql.Open("postgres", dsn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

// generated is a synthetic programme of 180,000 figures.
func generated(t testing.TB) string {
	t.Helper()
	dir := t.TempDir()
	must(t, "generate", "--indicators", "300", "--years", "50", "--monthly", "--out", dir)
	return dir
}

func TestAnImportThatIsKilledLeavesNothing(t *testing.T) {
	t.Parallel()
	dir, tables := privateFolder(t), generated(t)
	w := visit(t, "--data", dir) // starts the database server
	dsn := addressOf(t, dir)
	db := connectTo(t, dsn)
	for _, s := range standstills() {
		t.Run(s.name, func(t *testing.T) {
			release := s.hold(t, db)
			defer release()
			cmd := built(t.Context(), "import", "--data", dir, tables)
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			s.meet(t, db)
			if err := cmd.Process.Kill(); err != nil {
				t.Fatal(err)
			}
			_ = cmd.Wait()
			if cmd.ProcessState.Exited() {
				t.Fatalf("the import was over before it was killed: %s", cmd.ProcessState)
			}
			release()
			until(t, 30*time.Second, "the end of its session", func() bool {
				return ask(t, db, `SELECT count(*) FROM pg_locks WHERE relation = 'observation'::regclass AND pid <> pg_backend_pid() AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`) == "0"
			})
			left := ask(t, db, `SELECT (SELECT count(*) FROM changeset) || ' changesets, ' || (SELECT count(*) FROM indicator)
				|| ' indicators, ' || (SELECT count(*) FROM observation) || ' observations'`)
			if left != "0 changesets, 0 indicators, 0 observations" {
				t.Errorf("%s are left", left)
			}
		})
	}

	w.kill() // and with it the last user of the database server
	server := serverOf(t, dir)
	if err := syscall.Kill(server, 0); err != nil {
		t.Fatalf("the database server went too: %v", err)
	}
	w = visit(t, "--data", dir)
	if now := serverOf(t, dir); now != server {
		t.Errorf("process %d serves the database, not %d, which was there to be adopted", now, server)
	}
	if out := must(t, "import", "--data", dir, tables); !strings.Contains(out, "changeset 1\n") || !strings.Contains(out, " 180000 ") {
		t.Errorf("the import again says\n%s", out)
	}
	w.stop(t).check(t, exitDone)
}

// serverOf is the process of the database server of a data folder.
func serverOf(t testing.TB, dir string) (pid int) {
	t.Helper()
	all, _ := filepath.Glob(filepath.Join(dir, "pg", "*", "data", "postmaster.pid"))
	if len(all) != 1 {
		t.Fatalf("database servers: %v", all)
	}
	text, err := os.ReadFile(all[0])
	if err != nil {
		t.Fatal(err)
	}
	if _, err := fmt.Sscan(string(text), &pid); err != nil {
		t.Fatal(err)
	}
	return pid
}

// The database may go away at any time; the import says so and leaves nothing.
func TestADatabaseThatGoesAwayInTheMiddle(t *testing.T) {
	const leave = `
		SELECT pg_terminate_backend(pid)
		FROM pg_stat_activity
		WHERE application_name = 'jalon' AND datname = current_database()`

	t.Parallel()
	tables := generated(t)
	for _, s := range standstills() {
		t.Run(s.name, func(t *testing.T) {
			dsn := sqltest.DSN(t)
			db := connectTo(t, dsn)
			release := s.hold(t, db)
			defer release()
			ended := make(chan outcome, 1)
			go func() { ended <- jalon(context.WithoutCancel(t.Context()), "import", "--database", dsn, tables) }()
			s.meet(t, db)
			if _, err := db.ExecContext(t.Context(), leave); err != nil {
				t.Fatal(err)
			}
			o := <-ended
			o.check(t, exitDatabase, "the database cannot be used: the connection to it was lost")
			if strings.Count(o.err, "\n") != 1 {
				t.Errorf("want one sentence, got\n%s", o.err)
			}
			release()
			if n := newest(t, dsn); n != 0 {
				t.Errorf("%d changesets, want none", n)
			}
		})
	}
}
