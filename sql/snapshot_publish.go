package sql

import (
	"context"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/jmoiron/sqlx"

	"jalon/indicators"
)

// acted records what somebody did to a snapshot, as a changeset of its own, under the lock.
func acted(ctx context.Context, tx *sqlx.Tx, snapshot string, act indicators.Act) (int, error) {
	reason := "snapshot " + snapshot
	if act.Reason != "" {
		reason += ": " + act.Reason
	}
	act.Reason = reason
	n, err := number(ctx, tx, act, time.Time{})
	if err != nil {
		return 0, err
	}
	return n, announce(ctx, tx, n)
}

// An Issuing is a snapshot that is to be published, and by whom.
type Issuing struct {
	Number string
	Act    indicators.Act
	Key    ed25519.PrivateKey // nil: without a signature
	Wait   time.Duration      // for other writers; 0: for ever
}

// PublishSnapshot publishes what is prepared, with the texts beside it. From then on nothing
// of it is altered, and the chain ties it to the snapshot that was published before.
func (s *Store) PublishSnapshot(ctx context.Context, i Issuing) (indicators.Snapshot, error) {
	const moment = `
		SELECT at
		FROM changeset
		WHERE number = $1`

	const insert = `
		INSERT INTO snapshot_publication (snapshot, changeset, at, by, previous, chain, public_key, signature)
		VALUES ($1, $2, $3, $4, $5, decode($6, 'hex'), decode($7, 'base64'), decode($8, 'base64'))`

	var snap indicators.Snapshot
	i.Act.Kind = indicators.Issued
	err := s.alone(ctx, i.Number, i.Wait, func(tx *sqlx.Tx) (err error) {
		if snap, err = prepared(ctx, tx, i.Number); err != nil {
			return err
		}
		if err := s.refuseAltered(ctx, &snap); err != nil {
			return err
		}
		previous, err := lastPublished(ctx, tx)
		if err != nil {
			return err
		}
		texts, err := snapshotTexts(ctx, tx, i.Number)
		if err != nil {
			return err
		}
		n, err := acted(ctx, tx, i.Number, i.Act)
		if err != nil {
			return err
		}
		var at time.Time
		if err := tx.GetContext(ctx, &at, moment, n); err != nil {
			return fmt.Errorf("reading the moment of changeset %d: %w", n, kind(ctx, err))
		}
		at = at.UTC()
		snap.State, snap.PublishedAt, snap.PublishedBy = indicators.PublishedSnapshot, &at, indicators.Optional(i.Act.Author)
		if err := snap.Sign(previous, texts, i.Key); err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, insert, snap.Number, n, at, snap.PublishedBy, snap.Previous, snap.Chain, snap.PublicKey, snap.Signature)
		if err != nil {
			return fmt.Errorf("publishing the snapshot %s: %w", snap.Number, kind(ctx, err))
		}
		return queueIssue(ctx, tx, &snap)
	})
	return snap, err
}

// refuseAltered refuses a snapshot whose stored lines no longer have the sum of its header:
// once it is published, nobody could mend it. What is prepared is stable: its month is claimed.
func (s *Store) refuseAltered(ctx context.Context, snap *indicators.Snapshot) error {
	sum := sha256.New()
	for line, err := range s.SnapshotLines(ctx, snap.Number) {
		if err != nil {
			return err
		}
		sum.Write(line)
	}
	if hex.EncodeToString(sum.Sum(nil)) != snap.SHA256 {
		return fmt.Errorf("%w: the stored lines of the snapshot %s are not those that were frozen: take it again", indicators.ErrConflict, snap.Number)
	}
	return nil
}

// DropSnapshot gives up what is prepared, with the texts beside it. That somebody did stays
// on record.
func (s *Store) DropSnapshot(ctx context.Context, number string, act indicators.Act, wait time.Duration) error {
	const texts = `
		DELETE FROM snapshot_text
		WHERE snapshot = $1`

	act.Kind = indicators.Dropped
	return s.alone(ctx, number, wait, func(tx *sqlx.Tx) error {
		if _, err := prepared(ctx, tx, number); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, texts, number); err != nil {
			return fmt.Errorf("dropping the texts of the snapshot %s: %w", number, kind(ctx, err))
		}
		if err := dropPieces(ctx, tx, number); err != nil {
			return err
		}
		if err := dropHeader(ctx, tx, number); err != nil {
			return err
		}
		_, err := acted(ctx, tx, number, act)
		return err
	})
}

// alone works on a snapshot while nobody takes, publishes or drops one of its month, and no
// other changeset is written.
func (s *Store) alone(ctx context.Context, number string, wait time.Duration, work func(*sqlx.Tx) error) error {
	month, _, err := indicators.ParseSnapshotNumber(number)
	if err != nil {
		return err
	}
	return s.transact(ctx, func(tx *sqlx.Tx) error {
		if err := claim(ctx, tx, month); err != nil {
			return err
		}
		if err := lockWriters(ctx, tx, wait); err != nil {
			return err
		}
		return work(tx)
	})
}

// prepared is a snapshot that is not published yet.
func prepared(ctx context.Context, tx *sqlx.Tx, number string) (indicators.Snapshot, error) {
	snap, err := snapshotAt(ctx, tx, number)
	if err == nil && snap.IsPublished() {
		err = fmt.Errorf("%w: the snapshot %s is published and never altered", indicators.ErrConflict, number)
	}
	return snap, err
}

// lastPublished is the end of the chain: of those from before there were states, the
// newest; nil before the first publication.
func lastPublished(ctx context.Context, tx *sqlx.Tx) (*indicators.Snapshot, error) {
	const last = snapshotColumns + `
		WHERE p.snapshot IS NOT NULL
		ORDER BY p.changeset DESC NULLS LAST, p.at DESC, s.number DESC
		LIMIT 1`

	var snap indicators.Snapshot
	err := kind(ctx, tx.GetContext(ctx, &snap, last))
	if errors.Is(err, indicators.ErrNotFound) {
		return nil, nil //nolint:nilnil // there is none before the first
	} else if err != nil {
		return nil, fmt.Errorf("looking for the last published snapshot: %w", err)
	}
	return &snap, nil
}

// Chain lists the chained publications up to that of a snapshot, from the first one on; none
// of one that is not published, or from before there was a chain.
func (s *Store) Chain(ctx context.Context, number string) ([]indicators.Chained, error) {
	var all []indicators.Chained
	err := s.read(ctx, func(tx *sqlx.Tx) error {
		snap, err := snapshotAt(ctx, tx, number)
		for ; err == nil && snap.Chain != ""; snap, err = snapshotAt(ctx, tx, string(snap.Previous)) {
			var before *indicators.Snapshot
			if snap.Previous != "" {
				found, err := snapshotAt(ctx, tx, string(snap.Previous))
				if err != nil {
					return err
				}
				before = &found
			}
			texts, err := snapshotTexts(ctx, tx, snap.Number)
			if err != nil {
				return err
			}
			p, err := indicators.PublicationOf(&snap, before, texts)
			if err != nil {
				return err
			}
			all = append(all, indicators.Chained{Chain: snap.Chain, Publication: p, Signature: snap.Signature})
			if before == nil {
				return nil
			}
		}
		return err
	})
	slices.Reverse(all)
	return all, err
}

func dropPieces(ctx context.Context, tx *sqlx.Tx, number string) error {
	const pieces = `
		DELETE FROM snapshot_piece
		WHERE snapshot = $1`

	if _, err := tx.ExecContext(ctx, pieces, number); err != nil {
		return fmt.Errorf("dropping the pieces of the snapshot %s: %w", number, kind(ctx, err))
	}
	return nil
}

func dropHeader(ctx context.Context, tx *sqlx.Tx, number string) error {
	const header = `
		DELETE FROM snapshot
		WHERE number = $1`

	if _, err := tx.ExecContext(ctx, header, number); err != nil {
		return fmt.Errorf("dropping the snapshot %s: %w", number, kind(ctx, err))
	}
	return nil
}
