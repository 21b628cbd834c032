package sql

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"iter"
	"time"

	"github.com/jmoiron/sqlx"

	"jalon/indicators"
)

// snapshotLock is the first half of the advisory lock on a month that is being
// frozen; the month is the second.
const snapshotLock = 7_461_003

// TakeSnapshot freezes what was known at a changeset (0: now), judged on the last
// day of a month, under the month's number. A snapshot is never altered: a second
// one of the same month is refused with ErrConflict.
func (s *Store) TakeSnapshot(ctx context.Context, month indicators.Period, changeset int, by string) (indicators.Snapshot, error) {
	snap := indicators.Snapshot{
		Number: month.String(), Judged: month.End(), Format: indicators.SnapshotFormat,
		TakenAt: time.Now().UTC().Truncate(time.Microsecond), // as the database keeps it
		TakenBy: by,
	}
	err := s.transact(ctx, func(tx *sqlx.Tx) error {
		if err := claim(ctx, tx, month); err != nil {
			return err
		}
		var err error
		if snap.Protection, err = newest(ctx, tx); err != nil {
			return err
		}
		ds, err := s.dataset(ctx, changeset, snap.Protection)
		if err != nil {
			return err
		}
		if snap.Changeset = ds.Newest().Number; snap.Changeset == 0 {
			return fmt.Errorf("%w: nothing has been recorded yet: import a programme first", indicators.ErrInvalid)
		}
		return s.freeze(ctx, tx, &snap, ds)
	})
	return snap, err
}

// claim refuses a month that is frozen already or is just being frozen, before any
// of the long work. Nobody waits: whoever holds the claim needs connections too.
func claim(ctx context.Context, tx *sqlx.Tx, month indicators.Period) error {
	const (
		lock  = `SELECT pg_try_advisory_xact_lock($1::int, $2::int)`
		taken = `SELECT EXISTS (SELECT FROM snapshot WHERE number = $1)` // after the lock: it sees what its last holder committed
	)
	var free, exists bool
	if err := tx.GetContext(ctx, &free, lock, snapshotLock, int(month)); err != nil {
		return fmt.Errorf("claiming the snapshot: %w", kind(ctx, err))
	}
	if !free {
		return fmt.Errorf("%w: the snapshot %s is being taken at this moment: look for it in jalon snapshot list", indicators.ErrConflict, month)
	}
	if err := tx.GetContext(ctx, &exists, taken, month.String()); err != nil {
		return fmt.Errorf("looking for the snapshot: %w", kind(ctx, err))
	}
	if exists {
		return fmt.Errorf("%w: the snapshot %s has been taken and is never altered: take that of another month", indicators.ErrConflict, month)
	}
	return nil
}

// freeze writes the pieces, then the header with the sums over them: once, for
// neither can be altered.
func (s *Store) freeze(ctx context.Context, tx *sqlx.Tx, snap *indicators.Snapshot, ds *indicators.Dataset) error {
	const piece = `
		INSERT INTO snapshot_piece (snapshot, place, content)
		VALUES ($1, $2, $3)`

	const header = `
		INSERT INTO snapshot (number, changeset, judged, format, taken_at, taken_by, sha256, lines, protection)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`

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
	_, err := tx.ExecContext(ctx, header, snap.Number, snap.Changeset, snap.Judged, snap.Format,
		snap.TakenAt, snap.TakenBy, sum.Sum(nil), snap.Lines, snap.Protection)
	if err != nil {
		return fmt.Errorf("writing the snapshot: %w", kind(ctx, err))
	}
	return nil
}

// frozen is the canonical form, computed from the stored versions.
func (s *Store) frozen(ctx context.Context, snap indicators.Snapshot, ds *indicators.Dataset) iter.Seq2[[]byte, error] {
	return indicators.Freeze(ds.On(snap.Judged), snap, s.eachObservation(ctx, snap.Changeset, snap.Protection))
}

const snapshotColumns = `
	SELECT number, changeset, judged, format, taken_at, taken_by, encode(sha256, 'hex') AS sha256, lines,
	       coalesce(protection, changeset) AS protection
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
	return linesOf(s.snapshotPieces(ctx, number))
}

// linesOf are the lines of a run of texts.
func linesOf(texts iter.Seq2[[]byte, error]) iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		for text, err := range texts {
			if err != nil {
				yield(nil, err)
				return
			}
			for line := range bytes.Lines(text) {
				if !yield(line, nil) {
					return
				}
			}
		}
	}
}

// snapshotPieces streams the text of the stored pieces of a snapshot, from the first
// to the first gap.
func (s *Store) snapshotPieces(ctx context.Context, number string) iter.Seq2[[]byte, error] {
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
			text, err := unpack(contents[0])
			if err != nil {
				yield(nil, fmt.Errorf("%w: piece %d of the snapshot %s cannot be read: %w", indicators.ErrInvalid, place, number, err))
				return
			}
			if !yield(text, nil) {
				return
			}
		}
	}
}
