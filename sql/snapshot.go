package sql

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"iter"

	"github.com/jmoiron/sqlx"

	"jalon/indicators"
)

// TakeSnapshot freezes what was known at a changeset (0: now), judged on the last
// day of a month, under the month's number. A snapshot is never altered: a second
// one of the same month is refused with ErrConflict.
func (s *Store) TakeSnapshot(ctx context.Context, month indicators.Period, changeset int, by string) (indicators.Snapshot, error) {
	snap := indicators.Snapshot{Number: month.String(), Judged: month.End(), Format: indicators.SnapshotFormat, TakenBy: by}
	ds, err := s.Dataset(ctx, changeset)
	if err != nil {
		return snap, err
	}
	if snap.Changeset = ds.Newest().Number; snap.Changeset == 0 {
		return snap, fmt.Errorf("%w: nothing has been recorded yet: import a programme first", indicators.ErrInvalid)
	}
	err = s.transact(ctx, func(tx *sqlx.Tx) error {
		const taken = `SELECT EXISTS (SELECT FROM snapshot WHERE number = $1)`
		var exists bool
		if err := tx.GetContext(ctx, &exists, taken, snap.Number); err != nil {
			return fmt.Errorf("looking for the snapshot: %w", kind(ctx, err))
		}
		if exists {
			return fmt.Errorf("%w: the snapshot %s has been taken and is never altered: take that of another month", indicators.ErrConflict, snap.Number)
		}
		return s.freeze(ctx, tx, &snap, ds)
	})
	return snap, err
}

// freeze writes the header first, so that of two takers the second one fails at
// once, then the pieces, then the header's sums.
func (s *Store) freeze(ctx context.Context, tx *sqlx.Tx, snap *indicators.Snapshot, ds *indicators.Dataset) error {
	const header = `
		INSERT INTO snapshot (number, changeset, judged, format, taken_by, sha256, lines)
		VALUES ($1, $2, $3, $4, $5, $6, 0)
		RETURNING taken_at`

	const piece = `
		INSERT INTO snapshot_piece (snapshot, place, content)
		VALUES ($1, $2, $3)`

	const sums = `
		UPDATE snapshot SET sha256 = $2, lines = $3
		WHERE number = $1`

	row := tx.QueryRowContext(ctx, header, snap.Number, snap.Changeset, snap.Judged, snap.Format, snap.TakenBy, make([]byte, 32))
	if err := row.Scan(&snap.TakenAt); err != nil {
		return fmt.Errorf("writing the snapshot: %w", kind(ctx, err))
	}
	sum, place := sha256.New(), 0
	pack := packer{flush: func(content []byte) error {
		if _, err := tx.ExecContext(ctx, piece, snap.Number, place, content); err != nil {
			return fmt.Errorf("writing the snapshot: %w", kind(ctx, err))
		}
		place++
		return nil
	}}
	for line, err := range s.frozen(ctx, *snap, ds) {
		if err != nil {
			return err
		}
		sum.Write(line)
		snap.Lines++
		if err := pack.add(line); err != nil {
			return err
		}
	}
	if err := pack.close(); err != nil {
		return err
	}
	snap.SHA256 = hex.EncodeToString(sum.Sum(nil))
	if _, err := tx.ExecContext(ctx, sums, snap.Number, sum.Sum(nil), snap.Lines); err != nil {
		return fmt.Errorf("writing the snapshot: %w", kind(ctx, err))
	}
	return nil
}

// frozen is the canonical form, computed from the stored versions.
func (s *Store) frozen(ctx context.Context, snap indicators.Snapshot, ds *indicators.Dataset) iter.Seq2[[]byte, error] {
	return indicators.Freeze(ds.On(snap.Judged), snap.Number, s.EachObservation(ctx, snap.Changeset))
}

const snapshotColumns = `
	SELECT number, changeset, judged, format, taken_at, taken_by, encode(sha256, 'hex') AS sha256, lines
	FROM snapshot`

// Snapshots lists the snapshots, newest first.
func (s *Store) Snapshots(ctx context.Context) ([]indicators.Snapshot, error) {
	var all []indicators.Snapshot
	if err := s.db.SelectContext(ctx, &all, snapshotColumns+` ORDER BY number DESC`); err != nil {
		return nil, fmt.Errorf("reading the snapshots: %w", kind(ctx, err))
	}
	return all, nil
}

// Snapshot is one snapshot, without its content.
func (s *Store) Snapshot(ctx context.Context, number string) (indicators.Snapshot, error) {
	var snap indicators.Snapshot
	if err := s.db.GetContext(ctx, &snap, snapshotColumns+` WHERE number = $1`, number); err != nil {
		return snap, fmt.Errorf("snapshot %s: %w", number, kind(ctx, err))
	}
	return snap, nil
}

// SnapshotLines streams the stored lines of a snapshot, each with its line feed.
func (s *Store) SnapshotLines(ctx context.Context, number string) iter.Seq2[[]byte, error] {
	const query = `
		SELECT content
		FROM snapshot_piece
		WHERE snapshot = $1 AND place = $2`

	return func(yield func([]byte, error) bool) {
		for place := 0; ; place++ {
			var contents [][]byte
			if err := s.db.SelectContext(ctx, &contents, query, number, place); err != nil {
				yield(nil, fmt.Errorf("reading the snapshot %s: %w", number, kind(ctx, err)))
				return
			}
			if len(contents) == 0 {
				return
			}
			lines, err := unpack(contents[0])
			if err != nil {
				yield(nil, fmt.Errorf("%w: piece %d of the snapshot %s cannot be read: %w", indicators.ErrInvalid, place, number, err))
				return
			}
			for line := range bytes.Lines(lines) {
				if !yield(line, nil) {
					return
				}
			}
		}
	}
}
