package sql

import (
	"context"
	"errors"
	"fmt"
	"math"
	"time"

	"github.com/jmoiron/sqlx"

	"jalon/indicators"
)

// writersLock is the advisory lock that every writer holds from just before its
// number to its commit.
const writersLock = 7_461_001

// newest is the number of the last changeset, 0 before the first.
func newest(ctx context.Context, tx sqlx.QueryerContext) (int, error) {
	var number int
	err := sqlx.GetContext(ctx, tx, &number, `SELECT coalesce(max(number), 0) FROM changeset`)
	if err != nil {
		return 0, fmt.Errorf("reading the newest changeset: %w", kind(ctx, err))
	}
	return number, nil
}

// lock waits for the other writers, at most as long as it is told to (0: for ever).
// It is a statement of its own: what follows it sees what they have committed.
func lockWriters(ctx context.Context, tx *sqlx.Tx, wait time.Duration) error {
	if _, err := tx.ExecContext(ctx, fmt.Sprintf(`SET LOCAL lock_timeout = %d`, wait.Milliseconds())); err != nil {
		return fmt.Errorf("setting how long to wait: %w", kind(ctx, err))
	}
	if _, err := tx.ExecContext(ctx, `SELECT pg_advisory_xact_lock($1)`, writersLock); err != nil {
		return fmt.Errorf("waiting for the other writers: %w", kind(ctx, err))
	}
	return nil
}

// number begins a changeset, under the lock. A moment of its own lies between the
// newest changeset and now: history carried over, with the true time beside.
func number(ctx context.Context, tx *sqlx.Tx, act indicators.Act, moment time.Time) (int, error) {
	const insert = `
		INSERT INTO changeset (number, at, author, reason, act, role, internal)
		SELECT coalesce(max(number), 0) + 1, greatest(clock_timestamp(), max(at) + interval '1 microsecond'), $1, $2,
		       nullif($3, ''), nullif($4, ''), $5
		FROM changeset
		RETURNING number`

	const insertAt = `
		INSERT INTO changeset (number, at, author, reason, act, role, internal, recorded)
		SELECT coalesce(max(number), 0) + 1, $6, $1, $2, nullif($3, ''), nullif($4, ''), $5, clock_timestamp()
		FROM changeset
		HAVING coalesce(max(at) < $6, true) AND $6 < clock_timestamp()
		RETURNING number`

	var n int
	if moment.IsZero() {
		if err := tx.GetContext(ctx, &n, insert, act.Author, act.Reason, act.Kind, act.Role, !act.IsPublic()); err != nil {
			return 0, fmt.Errorf("beginning a changeset: %w", kind(ctx, err))
		}
		return n, nil
	}
	err := kind(ctx, tx.GetContext(ctx, &n, insertAt, act.Author, act.Reason, act.Kind, act.Role, !act.IsPublic(), moment))
	if errors.Is(err, indicators.ErrNotFound) {
		return 0, fmt.Errorf("%w: the moment %s does not lie between the newest changeset and now: history is carried over in its order",
			indicators.ErrInvalid, moment.Format(time.RFC3339))
	} else if err != nil {
		return 0, fmt.Errorf("beginning a changeset: %w", err)
	}
	return n, nil
}

// announce tells every listener, at the commit, that a changeset is there. It comes last,
// for what is to be sent outside is read from the rows of the changeset.
func announce(ctx context.Context, tx *sqlx.Tx, number int) error {
	if err := queueNews(ctx, tx, number); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, `SELECT pg_notify('changeset', $1)`, fmt.Sprint(number)); err != nil {
		return fmt.Errorf("announcing changeset %d: %w", number, kind(ctx, err))
	}
	return nil
}

// Changesets lists all changesets, by number from 1.
func (s *Store) Changesets(ctx context.Context) (all []indicators.Changeset, err error) {
	err = s.read(ctx, func(tx *sqlx.Tx) error {
		all, err = changesets(ctx, tx, 0, math.MaxInt32)
		return err
	})
	return all, err
}

// changesets reads the changesets after one number up to another.
func changesets(ctx context.Context, from sqlx.QueryerContext, after, upTo int) ([]indicators.Changeset, error) {
	const query = `
		SELECT number, at, author, reason, coalesce(act, '') AS act, coalesce(role, '') AS role, internal, recorded
		FROM changeset
		WHERE number > $1 AND number <= $2
		ORDER BY number`

	var all []indicators.Changeset
	if err := sqlx.SelectContext(ctx, from, &all, query, after, upTo); err != nil {
		return nil, fmt.Errorf("reading the changesets: %w", kind(ctx, err))
	}
	return all, nil
}

// Zone is the programme's time zone, in which days begin and end.
func (s *Store) Zone(ctx context.Context) (*time.Location, error) {
	const query = `
		SELECT key, value
		FROM setting
		WHERE key = 'time_zone' AND until IS NULL`

	d := indicators.Definitions{}
	if err := s.db.SelectContext(ctx, &d.Settings, query); err != nil {
		return nil, fmt.Errorf("reading the time zone: %w", kind(ctx, err))
	}
	return d.Zone(), nil
}
