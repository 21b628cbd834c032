package sql

import (
	"cmp"
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

// A Taking is what is to be frozen, by whom and why.
type Taking struct {
	Month     indicators.Period
	Changeset int // what was known at it; 0: now
	By        string
	Role      indicators.Role     // of By; empty for the command line
	Reason    indicators.Optional // of a correction: required where the month is published
	// IfNone refuses with ErrConflict a month of which a snapshot was ever taken, also where
	// it was dropped.
	IfNone bool
	// Tell, where it is not nil, is told how many of about how many lines are written.
	Tell func(done, total int64)
	Wait time.Duration // for other writers, at the end; 0: for ever
}

// TakeSnapshot freezes what was known at a changeset, judged on the last day of a month.
// What is prepared already is replaced, while the texts beside it stay; of a month that is
// published a correction is prepared, which needs a reason. All of it is there, or nothing,
// and with it the changeset that says who took it. Of two at once the second is refused
// with ErrConflict.
func (s *Store) TakeSnapshot(ctx context.Context, t Taking) (indicators.Snapshot, error) {
	var snap indicators.Snapshot
	err := s.transact(ctx, func(tx *sqlx.Tx) error {
		if err := claim(ctx, tx, t.Month); err != nil {
			return err
		}
		again, err := t.begin(ctx, tx, &snap)
		if err != nil {
			return err
		}
		ds, err := s.dataset(ctx, t.Changeset, snap.Protection)
		if err != nil {
			return err
		}
		if snap.Changeset = ds.Newest().Number; snap.Changeset == 0 {
			return fmt.Errorf("%w: nothing has been recorded yet: import a programme first", indicators.ErrInvalid)
		}
		if again {
			if err := dropPieces(ctx, tx, snap.Number); err != nil {
				return err
			}
		}
		if err := s.freeze(ctx, tx, &snap, ds, t.Tell); err != nil {
			return err
		}
		return t.end(ctx, tx, &snap, again)
	})
	return snap, err
}

// begin finds the number that the snapshot gets, and tells whether one of that number is
// prepared already. Of moments, as of changesets, none lies before what is known.
func (t *Taking) begin(ctx context.Context, tx *sqlx.Tx, snap *indicators.Snapshot) (again bool, err error) {
	const (
		last   = snapshotColumns + ` WHERE left(s.number, 7) = $1` + newestFirst + ` LIMIT 1`
		moment = `SELECT greatest(clock_timestamp(), max(at)) FROM changeset`
	)
	var found []indicators.Snapshot
	if err := tx.SelectContext(ctx, &found, last, t.Month.String()); err != nil {
		return false, fmt.Errorf("looking for the snapshot: %w", kind(ctx, err))
	}
	snap.Number, snap.Reason, snap.State = t.Month.String(), t.Reason, indicators.PreparedSnapshot
	if len(found) > 0 {
		before := found[0]
		_, revision, err := indicators.ParseSnapshotNumber(before.Number)
		if err != nil {
			return false, err
		}
		if again = !before.IsPublished(); again {
			snap.Number, snap.Reason = before.Number, cmp.Or(t.Reason, before.Reason)
		} else {
			snap.Number = indicators.SnapshotNumber(t.Month, revision+1)
		}
	}
	if t.IfNone && len(found) > 0 {
		return false, fmt.Errorf("%w: the snapshot %s has been taken", indicators.ErrConflict, found[0].Number)
	}
	switch correction := snap.Number != t.Month.String(); {
	case correction && snap.Reason == "":
		return false, fmt.Errorf("%w: the snapshot %s is published and never altered: give the reason of a correction, or take that of another month", indicators.ErrConflict, t.Month)
	case !correction && snap.Reason != "":
		return false, fmt.Errorf("%w: no snapshot of %s is published that could be corrected: leave the reason out", indicators.ErrInvalid, t.Month)
	}
	snap.Judged, snap.Format, snap.TakenBy = t.Month.End(), indicators.SnapshotFormat, t.By
	if snap.Protection, err = newest(ctx, tx); err != nil {
		return false, err
	}
	if err := tx.GetContext(ctx, &snap.TakenAt, moment); err != nil {
		return false, fmt.Errorf("reading the clock: %w", kind(ctx, err))
	}
	snap.TakenAt = snap.TakenAt.UTC()
	return again, nil
}

// end writes the header, once, in the place of the one before, and who took it.
func (t *Taking) end(ctx context.Context, tx *sqlx.Tx, snap *indicators.Snapshot, again bool) error {
	const header = `
		INSERT INTO snapshot (number, reason, changeset, judged, format, taken_at, taken_by, sha256, lines, protection)
		VALUES ($1, $2, $3, $4, $5, $6, $7, decode($8, 'hex'), $9, $10)`

	if err := lockWriters(ctx, tx, t.Wait); err != nil {
		return err
	}
	if again { // under the lock: whoever writes a text beside it holds that, and needs the header
		if err := dropHeader(ctx, tx, snap.Number); err != nil {
			return err
		}
	}
	_, err := tx.ExecContext(ctx, header, snap.Number, snap.Reason, snap.Changeset, snap.Judged, snap.Format,
		snap.TakenAt, snap.TakenBy, snap.SHA256, snap.Lines, snap.Protection)
	if err != nil {
		return fmt.Errorf("writing the snapshot: %w", kind(ctx, err))
	}
	n, err := acted(ctx, tx, snap.Number, indicators.Act{Kind: indicators.Froze, Author: t.By, Role: t.Role, Reason: string(t.Reason)})
	if err != nil {
		return err
	}
	return t.noteMonth(ctx, tx, n)
}

// claim refuses a month that is just being frozen, published or dropped, before any of
// the long work. Nobody waits: whoever holds the claim needs connections too. What follows
// sees what its last holder committed.
func claim(ctx context.Context, tx *sqlx.Tx, month indicators.Period) error {
	const lock = `SELECT pg_try_advisory_xact_lock($1::int, $2::int)`

	var free bool
	if err := tx.GetContext(ctx, &free, lock, snapshotLock, int(month)); err != nil {
		return fmt.Errorf("claiming the snapshot: %w", kind(ctx, err))
	}
	if !free {
		return fmt.Errorf("%w: somebody is at work on the snapshot %s at this moment: look for it in jalon snapshot list", indicators.ErrConflict, month)
	}
	return nil
}

// freeze writes the pieces, and the sums over them into the header.
func (s *Store) freeze(ctx context.Context, tx *sqlx.Tx, snap *indicators.Snapshot, ds *indicators.Dataset, tell func(done, total int64)) error {
	const piece = `
		INSERT INTO snapshot_piece (snapshot, place, content)
		VALUES ($1, $2, $3)`

	sum, place := sha256.New(), 0
	pack := packer{flush: func(content []byte) error {
		if _, err := tx.ExecContext(ctx, piece, snap.Number, place, content); err != nil {
			return fmt.Errorf("writing the snapshot: %w", kind(ctx, err))
		}
		place++
		return nil
	}}
	for line, err := range told(s.frozen(ctx, *snap, ds), tell, estimate(ds)) {
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
	return nil
}

// frozen is the canonical form, computed from the stored versions.
func (s *Store) frozen(ctx context.Context, snap indicators.Snapshot, ds *indicators.Dataset) iter.Seq2[[]byte, error] {
	return indicators.Freeze(ds.On(snap.Judged), snap, s.eachObservation(ctx, snap.Changeset, snap.Protection))
}

// estimate is about how many lines a Dataset freezes to: figures of parts that have no
// target of their own are not in it.
func estimate(ds *indicators.Dataset) int {
	lines := len(ds.Indicators) + len(ds.Targets)
	for _, figures := range ds.Series {
		lines += len(figures)
	}
	return lines
}

// told passes lines on and tells how many there were, now and then.
func told(lines iter.Seq2[[]byte, error], tell func(done, total int64), total int) iter.Seq2[[]byte, error] {
	const every = 1000
	if tell == nil {
		return lines
	}
	return func(yield func([]byte, error) bool) {
		done := int64(0)
		for line, err := range lines {
			if done++; done%every == 0 {
				tell(done, max(done, int64(total)))
			}
			if !yield(line, err) {
				return
			}
		}
	}
}
