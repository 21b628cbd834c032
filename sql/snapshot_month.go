package sql

import (
	"context"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"jalon/indicators"
)

// SnapshotMonths lists the months of which a snapshot was ever taken, dropped ones too.
func (s *Store) SnapshotMonths(ctx context.Context) ([]indicators.Period, error) {
	const query = `
		SELECT month
		FROM snapshot_month
		ORDER BY month`

	var texts []string
	if err := s.db.SelectContext(ctx, &texts, query); err != nil {
		return nil, fmt.Errorf("reading of which months there are snapshots: %w", kind(ctx, err))
	}
	months := make([]indicators.Period, len(texts))
	for n, text := range texts {
		var err error
		if months[n], _, err = indicators.ParseSnapshotNumber(text); err != nil {
			return nil, err
		}
	}
	return months, nil
}

// SnapshotTakenAt is when a snapshot was taken last, whatever became of it; zero: never.
func (s *Store) SnapshotTakenAt(ctx context.Context) (time.Time, error) {
	const query = `
		SELECT greatest((SELECT max(taken_at) FROM snapshot), (SELECT max(at) FROM changeset WHERE act = 'freeze'))`

	var at *time.Time
	if err := s.db.GetContext(ctx, &at, query); err != nil || at == nil {
		return time.Time{}, kind(ctx, err)
	}
	return *at, nil
}

// noteMonth keeps that a month was taken. Of one that is to be the first it is an error of
// the kind ErrConflict that it was.
func (t *Taking) noteMonth(ctx context.Context, tx *sqlx.Tx, changeset int) error {
	const insert = `
		INSERT INTO snapshot_month (month, changeset)
		VALUES ($1, $2)`

	query := insert
	if !t.IfNone {
		query += ` ON CONFLICT (month) DO NOTHING`
	}
	if _, err := tx.ExecContext(ctx, query, t.Month.String(), changeset); err != nil {
		return fmt.Errorf("noting that the snapshot of %s is taken: %w", t.Month, kind(ctx, err))
	}
	return nil
}
