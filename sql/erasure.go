package sql

import (
	"context"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"jalon/indicators"
)

// EraseComment takes a comment out of all versions of a figure that hold the very same
// text, as one changeset: in each its hash stays. The text is named by its SHA-256.
// Pieces of snapshots of the formats 1 and 2, and backups, still hold it. The changeset is
// not told to the public: its reason may say what must not be said.
func (s *Store) EraseComment(ctx context.Context, at indicators.FigureKey, sha256 string, act indicators.Act, wait time.Duration) error {
	const name = `
		INSERT INTO erasure (changeset, what, sha256, series, period)
		VALUES ($1, 'comment', decode($2, 'hex'), $3, $4)`

	const erase = `
		SELECT erase_comment($1, $2, decode($3, 'hex'))`

	act.Kind = indicators.Erased
	return s.transact(ctx, func(tx *sqlx.Tx) error {
		series, err := seriesOf(ctx, tx, at.Indicator, at.Breakdown)
		if err != nil {
			return err
		}
		if err := lockWriters(ctx, tx, wait); err != nil {
			return err
		}
		n, err := number(ctx, tx, act, time.Time{})
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, name, n, sha256, series, int64(at.Period)); err != nil {
			return fmt.Errorf("erasing a comment of %s for %s: %w", at.Indicator, at.Period, kind(ctx, err))
		}
		var erased int
		if err := tx.GetContext(ctx, &erased, erase, series, int64(at.Period), sha256); err != nil {
			return fmt.Errorf("erasing a comment of %s for %s: %w", at.Indicator, at.Period, kind(ctx, err))
		}
		if erased == 0 {
			return fmt.Errorf("%w: no version of %s for %s has this comment: it may have been erased already", indicators.ErrNotFound, at.Indicator, at.Period)
		}
		return announce(ctx, tx, n)
	})
}

// EraseDocument takes out the content of a document, which is named by its SHA-256, at all
// figures that it is attached to, as one changeset. That it was there, its size, its hash
// and the acts stay.
func (s *Store) EraseDocument(ctx context.Context, sha256 string, act indicators.Act, wait time.Duration) error {
	const name = `
		INSERT INTO erasure (changeset, what, sha256)
		VALUES ($1, 'document', decode($2, 'hex'))`

	const erase = `
		SELECT erase_document(decode($1, 'hex'))`

	act.Kind = indicators.Erased
	return s.transact(ctx, func(tx *sqlx.Tx) error {
		if err := lockWriters(ctx, tx, wait); err != nil {
			return err
		}
		n, err := number(ctx, tx, act, time.Time{})
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, name, n, sha256); err != nil {
			return fmt.Errorf("erasing the document %s: %w", sha256, kind(ctx, err))
		}
		var erased int
		if err := tx.GetContext(ctx, &erased, erase, sha256); err != nil {
			return fmt.Errorf("erasing the document %s: %w", sha256, kind(ctx, err))
		}
		if erased == 0 {
			return fmt.Errorf("%w: there is no content with the SHA-256 %s: it may have been erased already", indicators.ErrNotFound, sha256)
		}
		return announce(ctx, tx, n)
	})
}

// A Comment is a text that versions of a figure hold, or held until it was erased.
type Comment struct {
	Text     string `db:"text"` // empty: erased
	SHA256   string `db:"sha256"`
	Versions int    `db:"versions"`
	Since    int    `db:"since"` // changeset that brought it first
}

// Comments lists the comments of a figure, drafts among them, each once, in the order in
// which they came: for whoever may read all that.
func (s *Store) Comments(ctx context.Context, at indicators.FigureKey) ([]Comment, error) {
	const query = `
		SELECT coalesce(o.comment, '') AS text,
		       encode(coalesce(o.comment_sha256, sha256(convert_to(o.comment, 'UTF8'))), 'hex') AS sha256,
		       count(*) AS versions, min(o.since) AS since
		FROM observation o
		JOIN series s ON s.id = o.series
		WHERE s.indicator = $1 AND s.sex = $2 AND s.age = $3 AND s.governorate = $4 AND s.breakdown = $5 AND o.period = $6
		  AND (o.comment IS NOT NULL OR o.comment_sha256 IS NOT NULL)
		GROUP BY 1, 2
		ORDER BY 4, 2`

	var all []Comment
	b := at.Breakdown
	err := s.db.SelectContext(ctx, &all, query, at.Indicator, b.Sex, b.Age, b.Governorate, b.Other, int64(at.Period))
	if err != nil {
		return nil, fmt.Errorf("reading the comments of %s for %s: %w", at.Indicator, at.Period, kind(ctx, err))
	}
	return all, nil
}
