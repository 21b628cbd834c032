// Package sqltest gives each test a migrated database of its own, on a private
// server that it starts. It must not be imported by anything but tests.
package sqltest

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/jmoiron/sqlx"
	_ "github.com/lib/pq" // the driver

	"jalon/sql"
	"jalon/sql/pgserver"
)

// Open returns a store over a fresh database, dropped when the test ends. A
// missing PostgreSQL fails the test with what to do.
func Open(tb testing.TB) *sql.Store {
	tb.Helper()
	store, err := sql.Open(tb.Context(), DSN(tb))
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { store.Close() })
	return store
}

// DSN is the address of a fresh database, dropped when the test ends.
func DSN(tb testing.TB) string {
	tb.Helper()
	server := start(tb)
	admin := connect(tb, server.DSN("postgres"))
	template := migrated(tb, server, admin)
	name := "test_" + strings.ToLower(rand.Text())
	run(tb, admin, `CREATE DATABASE `+name+` TEMPLATE `+template+` STRATEGY FILE_COPY`)
	tb.Cleanup(func() { drop(tb, admin, name) })
	return server.DSN(name)
}

// drop waits for the end of sessions that have just been closed: DROP DATABASE, which ends
// those that are open, looks again for the others every 100 ms only.
func drop(tb testing.TB, admin *sqlx.DB, name string) {
	tb.Helper()
	run(tb, admin, `
		DO $$
		BEGIN
			FOR n IN 1..50 LOOP
				PERFORM pg_stat_clear_snapshot();
				EXIT WHEN NOT EXISTS (SELECT FROM pg_stat_activity WHERE datname = '`+name+`');
				PERFORM pg_sleep(0.002);
			END LOOP;
		END $$`)
	run(tb, admin, `DROP DATABASE `+name+` WITH (FORCE)`)
}

// Main runs the tests of a package with the server up from the first of them to the last,
// so that not each has to start it. Without PostgreSQL they are run, too, and those that
// need it say so.
func Main(m *testing.M) int {
	server, err := join(context.Background())
	if err != nil {
		return m.Run()
	}
	code := m.Run()
	if err := leave(server); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return code
}

func start(tb testing.TB) *pgserver.Server {
	tb.Helper()
	server, err := join(tb.Context())
	if err != nil {
		tb.Fatalf("tests need a PostgreSQL server of their own:\n%v", err)
	}
	tb.Cleanup(func() {
		if err := leave(server); err != nil {
			tb.Error(err)
		}
	})
	return server
}

// join joins the server that all tests of this user share; the last one to leave stops it.
func join(ctx context.Context) (*pgserver.Server, error) {
	dir := filepath.Join(place(), fmt.Sprintf("jalon-test-%d", os.Getuid()))
	if err := os.Mkdir(dir, 0o755); err != nil && !errors.Is(err, os.ErrExist) { //nolint:gosec // of root, the server runs under another account
		return nil, err
	}
	return pgserver.Start(ctx, pgserver.Options{Dir: dir, Binaries: os.Getenv("JALON_PG_BIN"), Fast: true})
}

func leave(server *pgserver.Server) error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	return server.Stop(ctx)
}

// place is where the data lie, which are of no value: in memory, where it holds them. A
// database is some 500 files, and ext4 without a journal takes half a second to make as many
// while those of the tests before have just been deleted.
func place() string {
	const memory, enough = "/dev/shm", 2 << 30
	var free syscall.Statfs_t
	if os.Getenv("TMPDIR") != "" || syscall.Statfs(memory, &free) != nil || free.Bavail*uint64(free.Bsize) < enough {
		return os.TempDir()
	}
	return memory
}

// migrated makes, once for each set of migrations, the database that the others
// are copies of. An advisory lock lets one process do it while the others wait.
func migrated(tb testing.TB, server *pgserver.Server, admin *sqlx.DB) string {
	tb.Helper()
	template := "template_" + sql.MigrationsHash()
	conn, err := admin.Connx(tb.Context())
	if err != nil {
		tb.Fatal(err)
	}
	defer conn.Close() // and with it the lock
	if _, err := conn.ExecContext(tb.Context(), `SELECT pg_advisory_lock(7461002)`); err != nil {
		tb.Fatal(err)
	}
	defer func() {
		if _, err := conn.ExecContext(context.WithoutCancel(tb.Context()), `SELECT pg_advisory_unlock(7461002)`); err != nil {
			tb.Error(err)
		}
	}()
	var exists bool
	if err := conn.GetContext(tb.Context(), &exists, `SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)`, template); err != nil {
		tb.Fatal(err)
	}
	if !exists {
		making := template + "_making"
		run(tb, admin, `DROP DATABASE IF EXISTS `+making+` WITH (FORCE)`)
		run(tb, admin, `CREATE DATABASE `+making)
		migrate(tb, server.DSN(making))
		run(tb, admin, `ALTER DATABASE `+making+` RENAME TO `+template)
	}
	return template
}

func migrate(tb testing.TB, dsn string) {
	tb.Helper()
	store, err := sql.Open(tb.Context(), dsn)
	if err != nil {
		tb.Fatal(err)
	}
	defer store.Close()
	if err := store.Migrate(tb.Context()); err != nil {
		tb.Fatal(err)
	}
}

func connect(tb testing.TB, dsn string) *sqlx.DB {
	tb.Helper()
	db, err := sqlx.Open("postgres", dsn)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { db.Close() })
	return db
}

func run(tb testing.TB, db *sqlx.DB, statement string) {
	tb.Helper()
	if _, err := db.ExecContext(context.WithoutCancel(tb.Context()), statement); err != nil {
		tb.Fatalf("%s: %v", statement, err)
	}
}
