package sql

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"

	"jalon/indicators"
)

// Locks lists the periods that were locked at a changeset; 0: that are.
func (s *Store) Locks(ctx context.Context, changeset int) ([]indicators.Lock, error) {
	const query = `
		SELECT period, l.since, c.at, c.author, coalesce(c.role, '') AS role, c.reason
		FROM period_lock l
		JOIN changeset c ON c.number = l.since
		WHERE CASE WHEN $1 = 0 THEN l.until IS NULL ELSE l.since <= $1 AND (l.until IS NULL OR l.until > $1) END
		ORDER BY period`

	var all []indicators.Lock
	if err := s.db.SelectContext(ctx, &all, query, changeset); err != nil {
		return nil, fmt.Errorf("reading the locked periods: %w", kind(ctx, err))
	}
	return all, nil
}

// Lock closes a period: no figure within it changes until it is unlocked.
func (s *Store) Lock(ctx context.Context, act indicators.Act, period indicators.Period, wait time.Duration) (changeset int, err error) {
	const insert = `
		INSERT INTO period_lock (period, since)
		VALUES ($1, $2)`

	return s.lock(ctx, act, wait, func(tx *sqlx.Tx, n int) error {
		_, err := tx.ExecContext(ctx, insert, int64(period), n)
		switch err = kind(ctx, err); {
		case errors.Is(err, indicators.ErrConflict):
			return fmt.Errorf("%w: %s is locked already", indicators.ErrConflict, period)
		case err != nil:
			return fmt.Errorf("locking %s: %w", period, err)
		}
		return nil
	})
}

// Unlock opens a locked period again.
func (s *Store) Unlock(ctx context.Context, act indicators.Act, period indicators.Period, wait time.Duration) (changeset int, err error) {
	const end = `
		UPDATE period_lock SET until = $2
		WHERE period = $1 AND until IS NULL`

	return s.lock(ctx, act, wait, func(tx *sqlx.Tx, n int) error {
		done, err := tx.ExecContext(ctx, end, int64(period), n)
		if err != nil {
			return fmt.Errorf("unlocking %s: %w", period, kind(ctx, err))
		}
		if rows, err := done.RowsAffected(); err != nil || rows != 1 {
			return fmt.Errorf("%w: %s is not locked", indicators.ErrConflict, period)
		}
		return nil
	})
}

// lock writes a changeset about a locked period. A reason is required.
func (s *Store) lock(ctx context.Context, act indicators.Act, wait time.Duration, write func(*sqlx.Tx, int) error) (changeset int, err error) {
	if strings.TrimSpace(act.Reason) == "" {
		return 0, fmt.Errorf("%w: a reason is required", indicators.ErrInvalid)
	}
	err = s.transact(ctx, func(tx *sqlx.Tx) error {
		if err := lockWriters(ctx, tx, wait); err != nil {
			return err
		}
		if changeset, err = number(ctx, tx, act, time.Time{}); err != nil {
			return err
		}
		if err := write(tx, changeset); err != nil {
			return err
		}
		return announce(ctx, tx, changeset)
	})
	return changeset, err
}

// lockedPeriod finds the live lock within which the period of a row p lies. A period is
// written as its year, first month and length: 202604003.
const lockedPeriod = `
	FROM period_lock l
	WHERE l.until IS NULL
	  AND l.period / 100000 * 12 + l.period / 1000 % 100 <= p.period / 100000 * 12 + p.period / 1000 % 100
	  AND l.period / 100000 * 12 + l.period / 1000 % 100 + l.period % 1000
	      >= p.period / 100000 * 12 + p.period / 1000 % 100 + p.period % 1000`

// refuseLocked refuses to touch figures of locked periods.
func refuseLocked(ctx context.Context, tx *sqlx.Tx, all []found) error {
	const query = `
		SELECT p.period
		FROM unnest($1::int[]) AS p(period)
		WHERE EXISTS (SELECT ` + lockedPeriod + `)
		LIMIT 1`

	periods := make([]int64, len(all))
	for n := range all {
		periods[n] = int64(all[n].Period)
	}
	var locked []indicators.Period
	if err := tx.SelectContext(ctx, &locked, query, pq.Array(periods)); err != nil {
		return fmt.Errorf("looking for locked periods: %w", kind(ctx, err))
	}
	if len(locked) > 0 {
		return fmt.Errorf("%w: the period %s is locked: have it unlocked first", indicators.ErrConflict, locked[0])
	}
	return nil
}
