package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"jalon/sql/sqltest"
)

func TestADatabaseThatCannotBeReached(t *testing.T) {
	dsn := sqltest.DSN(t)
	elsewhere := dsn[:strings.Index(dsn, "?")] + "_not_there" + dsn[strings.Index(dsn, "?"):]
	dir := programme().in(t)
	for _, tt := range []struct{ name, database, says string }{
		{"nobody listens", "postgres://me:hushhush@127.0.0.1:1/jalon?sslmode=disable", "connecting to the database"},
		{"no such database", elsewhere, "does not exist"},
		{"no address", "postgres://me:hushhush@ho st:x/", "write it as postgres://user@host/name"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			for _, args := range [][]string{{"import", dir}, {"assess"}, {"snapshot", "list"}, {"serve", "--listen", "127.0.0.1:0"}, {"migrate", "up"}} {
				o := jalon(t.Context(), append(args, "--database", tt.database)...)
				o.check(t, exitDatabase, "the database cannot be used", tt.says)
				if strings.Contains(o.err+o.out, "hushhush") {
					t.Errorf("the message shows the password: %s", o.err)
				}
			}
		})
	}
}

func TestADatabaseWithoutItsSchemaSaysWhatToDo(t *testing.T) {
	dsn := sqltest.DSN(t)
	db := connectTo(t, dsn)
	if _, err := db.ExecContext(t.Context(), `DROP SCHEMA public CASCADE; CREATE SCHEMA public`); err != nil {
		t.Fatal(err)
	}
	jalon(t.Context(), "import", "--database", dsn, programme().in(t)).check(t, exitDatabase, "its schema is version 0", "run jalon migrate up")
	must(t, "migrate", "up", "--database", dsn)
	must(t, "import", "--database", dsn, programme().in(t))
	if _, err := db.ExecContext(t.Context(), `INSERT INTO goose_db_version (version_id, is_applied) VALUES (999, true)`); err != nil {
		t.Fatal(err)
	}
	jalon(t.Context(), "assess", "--database", dsn).check(t, exitDatabase, "its schema is version 999", "install the newer jalon")
}

func TestADataFolderOfAnotherVersionIsLeftAlone(t *testing.T) {
	t.Parallel()
	dir := privateFolder(t)
	must(t, "import", "--data", dir, programme().in(t))
	marks, _ := filepath.Glob(filepath.Join(dir, "pg", "*", "data", "PG_VERSION"))
	if len(marks) != 1 {
		t.Fatalf("data folders: %v", marks)
	}
	mark := marks[0]
	right, err := os.ReadFile(mark)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(mark, []byte("9\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"import", programme().in(t)}, {"serve", "--listen", "127.0.0.1:0"}, {"assess"}} {
		o := jalon(t.Context(), append(args, "--data", dir)...)
		o.check(t, exitDatabase, filepath.Dir(mark), "PostgreSQL 9", "nothing was changed", "another data folder")
	}
	if err := os.WriteFile(mark, right, 0o600); err != nil {
		t.Fatal(err)
	}
	jalon(t.Context(), "import", "--data", dir, programme().in(t)).check(t, exitDone, "unchanged")
}
