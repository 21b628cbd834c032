package sql

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"database/sql/driver"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"

	"jalon/indicators"
)

//go:embed migrations/*.sql
var migrations embed.FS

// A Store is a programme's database.
type Store struct {
	db    *sqlx.DB
	aside *sqlx.DB // for a word with the database while a transaction's connection is busy
	dsn   string
}

// Open connects to a database by its URL or key=value string. It does not migrate.
func Open(ctx context.Context, dsn string) (*Store, error) {
	dsn, err := completed(dsn)
	if err != nil {
		return nil, err
	}
	db, err := sqlx.Open("postgres", dsn)
	if err != nil {
		return nil, fmt.Errorf("%w: the address of the database cannot be read: write it as postgres://user@host/name", indicators.ErrInvalid)
	}
	db.SetMaxOpenConns(20)
	db.SetMaxIdleConns(8)
	db.SetConnMaxIdleTime(5 * time.Minute)
	if err := db.PingContext(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("connecting to the database: %w", err), db.Close())
	}
	aside, err := sqlx.Open("postgres", dsn)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("connecting to the database: %w", err), db.Close())
	}
	aside.SetMaxOpenConns(2)
	aside.SetConnMaxIdleTime(time.Minute)
	return &Store{db: db, aside: aside, dsn: dsn}, nil
}

// completed adds what every connection of ours wants. Parameters in binary spare a
// round trip for each query and pass through PgBouncer.
func completed(dsn string) (string, error) {
	if !strings.Contains(dsn, "://") {
		return dsn + " binary_parameters=yes application_name=jalon", nil
	}
	u, err := url.Parse(dsn)
	if err != nil { // the error would show the password
		return "", fmt.Errorf("%w: the address of the database cannot be read: write it as postgres://user@host/name", indicators.ErrInvalid)
	}
	q := u.Query()
	q.Set("binary_parameters", "yes")
	q.Set("application_name", "jalon")
	u.RawQuery = q.Encode()
	return u.String(), nil
}

// Close ends all connections.
func (s *Store) Close() error { return errors.Join(s.db.Close(), s.aside.Close()) }

// Ping tells whether the database answers.
func (s *Store) Ping(ctx context.Context) error { return s.db.PingContext(ctx) }

// DB is the pool, for its metrics.
func (s *Store) DB() *sql.DB { return s.db.DB }

// Migrate brings the schema up to date, and withholds what an older program did not know
// to withhold. Of several processes one does it, the others wait.
func (s *Store) Migrate(ctx context.Context) error {
	p, err := s.migrator()
	if err != nil {
		return err
	}
	done, err := p.Up(ctx)
	if err != nil {
		return fmt.Errorf("migrating the schema: %w", kind(ctx, err))
	}
	if len(done) == 0 {
		return nil
	}
	return s.Protect(ctx)
}

// Schema is the version of the schema in the database and the newest one that this
// program knows.
func (s *Store) Schema(ctx context.Context) (current, newest int64, err error) {
	p, err := s.migrator()
	if err != nil {
		return 0, 0, err
	}
	current, newest, err = p.GetVersions(ctx)
	if err != nil {
		return 0, 0, fmt.Errorf("reading the version of the schema: %w", kind(ctx, err))
	}
	return current, newest, nil
}

func (s *Store) migrator() (*goose.Provider, error) {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return nil, fmt.Errorf("reading the migrations: %w", err)
	}
	locker, err := lock.NewPostgresSessionLocker(lock.WithLockTimeout(1, 120))
	if err != nil {
		return nil, fmt.Errorf("making the lock of the migrations: %w", err)
	}
	p, err := goose.NewProvider(goose.DialectPostgres, s.db.DB, files, goose.WithSessionLocker(locker))
	if err != nil {
		return nil, fmt.Errorf("reading the migrations: %w", err)
	}
	return p, nil
}

// transact runs a piece of work in one READ COMMITTED transaction: all of it, or
// nothing.
func (s *Store) transact(ctx context.Context, work func(*sqlx.Tx) error) error {
	// Once begun, a transaction is ended here and not by its context: database/sql
	// would roll back at once, even amid a COPY, whose answers lib/pq is reading then,
	// and both would wait for ever. Statements end with ctx, and so does the work.
	begun, end := context.WithCancel(context.WithoutCancel(ctx))
	defer end()
	stop := context.AfterFunc(ctx, end) // while it waits for a connection
	tx, err := s.db.BeginTxx(begun, nil)
	stop()
	if err != nil {
		return fmt.Errorf("beginning a transaction: %w", kind(ctx, err))
	}
	defer func() { _ = tx.Rollback() }()
	if err := work(tx); err != nil {
		return err
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("committing: %w", kind(ctx, err))
	}
	return nil
}

// read runs queries that all see the same state of the database.
func (s *Store) read(ctx context.Context, work func(*sqlx.Tx) error) error {
	tx, err := s.db.BeginTxx(ctx, &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true})
	if err != nil {
		return fmt.Errorf("beginning to read: %w", kind(ctx, err))
	}
	defer func() { _ = tx.Rollback() }()
	return work(tx)
}

// kind gives a database error the kind a user can act on, where it has one. A
// cancelled query is told by its context, not by Postgres' code.
func kind(ctx context.Context, err error) error {
	var refused *pq.Error
	switch {
	case err == nil:
		return nil
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.Is(err, sql.ErrNoRows):
		return indicators.ErrNotFound
	case errors.Is(err, driver.ErrBadConn), errors.As(err, new(*net.OpError)):
		return lost(err)
	case !errors.As(err, &refused):
		return fmt.Errorf("%w: %w", ErrUnavailable, err)
	}
	switch refused.Code.Name() {
	case "unique_violation":
		return fmt.Errorf("%w: %w", indicators.ErrConflict, err)
	case "lock_not_available":
		return fmt.Errorf("%w: another changeset is being written: try again", indicators.ErrBusy)
	case "admin_shutdown", "crash_shutdown", "cannot_connect_now":
		return lost(err)
	}
	return fmt.Errorf("%w: %w", ErrUnavailable, err)
}

// lost is a database that went away during the work.
func lost(err error) error {
	return fmt.Errorf("%w: the connection to it was lost: %w", ErrUnavailable, err)
}

// ErrUnavailable is a database that does not do what is asked of it: it is gone,
// full, or not ours. Its text is for the log.
var ErrUnavailable = errors.New("the database cannot be used")

// NewestSchema is the version of the schema that this program brings: the number at the
// head of the last migration's name.
func NewestSchema() int {
	files, _ := migrations.ReadDir("migrations") // built in: it is always there
	number, _, _ := strings.Cut(files[len(files)-1].Name(), "_")
	n, _ := strconv.Atoi(number)
	return n
}

// MigrationsHash tells one set of migrations from another.
func MigrationsHash() string {
	sum := sha256.New()
	files, _ := migrations.ReadDir("migrations") // built in: it is always there
	for _, file := range files {
		data, _ := migrations.ReadFile("migrations/" + file.Name())
		sum.Write(data)
	}
	return hex.EncodeToString(sum.Sum(nil)[:8])
}
