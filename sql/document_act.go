package sql

import (
	"context"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"jalon/indicators"
)

// Detach ends the attachment of a document to a figure, as one changeset. The content
// stays: for the other figures that it is attached to, and for who looks back.
func (s *Store) Detach(ctx context.Context, id int, act indicators.Act, wait time.Duration) error {
	act.Kind = indicators.Attached
	return s.relink(ctx, id, act, wait, func(l linkState) error {
		if l.Locked {
			return fmt.Errorf("%w: the period of the figure is locked: have it unlocked first", indicators.ErrConflict)
		}
		return nil
	}, "")
}

// Release lets the public have a document that was attached when the figure was published
// already, as one changeset: nobody has published it with the figure.
func (s *Store) Release(ctx context.Context, id int, act indicators.Act, wait time.Duration) error {
	const begin = `
		INSERT INTO document_link (id, document, series, period, name, confidential, released, attached, since)
		SELECT id, document, series, period, name, confidential, true, attached, until
		FROM document_link
		WHERE id = $1 AND until = $2`

	act.Kind = indicators.Publishing
	return s.relink(ctx, id, act, wait, func(l linkState) error {
		switch {
		case !l.Published:
			return fmt.Errorf("%w: the figure is not published: publish it, and the document with it", indicators.ErrConflict)
		case l.Confidential, l.Released:
			return fmt.Errorf("%w: the document is confidential, or public already", indicators.ErrConflict)
		}
		return nil
	}, begin)
}

// A linkState is what decides what may be done with an attachment.
type linkState struct {
	Confidential, Released, Published, Locked bool
	Public                                    bool // the public has it: its figure was published after it came, or it was released
}

// relink ends the live version of an attachment, if nothing speaks against it, and begins
// another one where a statement says how, all as one changeset.
func (s *Store) relink(ctx context.Context, id int, act indicators.Act, wait time.Duration, against func(linkState) error, begin string) error {
	const state = `
		SELECT confidential, released, EXISTS (SELECT ` + lockedPeriod + `) AS locked,
		       EXISTS (SELECT FROM observation o
		               WHERE o.series = p.series AND o.period = p.period AND o.until IS NULL AND o.review = 3) AS published,
		       NOT confidential AND EXISTS (SELECT FROM observation o
		                                    WHERE o.series = p.series AND o.period = p.period AND o.until IS NULL AND o.review = 3
		                                      AND (p.released OR o.since >= p.attached)) AS public
		FROM document_link p
		WHERE id = $1 AND until IS NULL`

	const end = `
		UPDATE document_link SET until = $2
		WHERE id = $1 AND until IS NULL`

	return s.transact(ctx, func(tx *sqlx.Tx) error {
		if err := lockWriters(ctx, tx, wait); err != nil {
			return err
		}
		var l linkState
		if err := tx.GetContext(ctx, &l, state, id); err != nil {
			return fmt.Errorf("document %d, which may have been detached: %w", id, kind(ctx, err))
		}
		if err := against(l); err != nil {
			return err
		}
		act.Effective = l.Public
		n, err := number(ctx, tx, act, time.Time{})
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, end, id, n); err != nil {
			return fmt.Errorf("ending the attachment %d: %w", id, kind(ctx, err))
		}
		if begin != "" {
			if _, err := tx.ExecContext(ctx, begin, id, n); err != nil {
				return fmt.Errorf("beginning the attachment %d anew: %w", id, kind(ctx, err))
			}
		}
		return announce(ctx, tx, n)
	})
}
