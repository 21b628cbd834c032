package sql

import (
	"context"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"jalon/indicators"
)

// SnapshotTexts lists what is written beside a snapshot, by kind and group.
func (s *Store) SnapshotTexts(ctx context.Context, number string) ([]indicators.SnapshotText, error) {
	return snapshotTexts(ctx, s.db, number)
}

func snapshotTexts(ctx context.Context, from sqlx.QueryerContext, number string) ([]indicators.SnapshotText, error) {
	const query = `
		SELECT snapshot, kind, "group", text_fr AS "text.fr", text_ar AS "text.ar", text_en AS "text.en", since
		FROM snapshot_text
		WHERE snapshot = $1
		ORDER BY kind COLLATE "C", coalesce("group", '') COLLATE "C"`

	var all []indicators.SnapshotText
	if err := sqlx.SelectContext(ctx, from, &all, query, number); err != nil {
		return nil, fmt.Errorf("reading the texts of the snapshot %s: %w", number, kind(ctx, err))
	}
	return all, nil
}

// Decisions lists the decisions that the published snapshots ask for.
func (s *Store) Decisions(ctx context.Context) ([]indicators.SnapshotText, error) {
	const query = `
		SELECT t.snapshot, t.kind, t."group", t.text_fr AS "text.fr", t.text_ar AS "text.ar", t.text_en AS "text.en", t.since
		FROM snapshot_text t
		JOIN snapshot_publication p ON p.snapshot = t.snapshot
		WHERE t.kind = $1
		ORDER BY t.snapshot COLLATE "C"`

	var all []indicators.SnapshotText
	if err := s.db.SelectContext(ctx, &all, query, indicators.Decision); err != nil {
		return nil, fmt.Errorf("reading the decisions that are asked for: %w", kind(ctx, err))
	}
	return all, nil
}

// WriteSnapshotText writes what somebody has to say beside a snapshot that is prepared, in
// the place of the version that they have seen, text.Since (0: of none); an empty text takes
// it away. Where another version stands now, nothing is written: the error is of the kind
// ErrConflict, and the text is the one that stands.
func (s *Store) WriteSnapshotText(ctx context.Context, act indicators.Act, text indicators.SnapshotText, wait time.Duration) (indicators.SnapshotText, error) {
	const standing = `
		SELECT snapshot, kind, "group", text_fr AS "text.fr", text_ar AS "text.ar", text_en AS "text.en", since
		FROM snapshot_text
		WHERE snapshot = $1 AND kind = $2 AND "group" IS NOT DISTINCT FROM $3`

	if err := text.Check(); err != nil {
		return text, err
	}
	act.Kind = indicators.Worded
	err := s.transact(ctx, func(tx *sqlx.Tx) error {
		if err := lockWriters(ctx, tx, wait); err != nil {
			return err
		}
		if _, err := prepared(ctx, tx, text.Snapshot); err != nil {
			return err
		}
		var found []indicators.SnapshotText
		if err := tx.SelectContext(ctx, &found, standing, text.Snapshot, text.Kind, text.Group); err != nil {
			return fmt.Errorf("looking for the text: %w", kind(ctx, err))
		}
		now := indicators.SnapshotText{Snapshot: text.Snapshot, Kind: text.Kind, Group: text.Group}
		if len(found) > 0 {
			now = found[0]
		}
		switch {
		case now.Text == text.Text: // it says so already
			text = now
			return nil
		case now.Since != text.Since:
			text = now
			return fmt.Errorf("%w: somebody has written another text meanwhile: read it, and write yours anew", indicators.ErrConflict)
		}
		return writeText(ctx, tx, act, &text)
	})
	return text, err
}

func writeText(ctx context.Context, tx *sqlx.Tx, act indicators.Act, text *indicators.SnapshotText) (err error) {
	const remove = `
		DELETE FROM snapshot_text
		WHERE snapshot = $1 AND kind = $2 AND "group" IS NOT DISTINCT FROM $3`

	const insert = `
		INSERT INTO snapshot_text (snapshot, kind, "group", text_fr, text_ar, text_en, since)
		VALUES ($1, $2, $3, $4, $5, $6, $7)`

	const known = `
		SELECT EXISTS (SELECT FROM "group" WHERE code = $1 AND until IS NULL)`

	if text.Group != "" {
		var is bool
		if err := tx.GetContext(ctx, &is, known, text.Group); err != nil {
			return fmt.Errorf("looking for the group: %w", kind(ctx, err))
		}
		if !is {
			return fmt.Errorf("group %s: %w", indicators.Quote(string(text.Group)), indicators.ErrNotFound)
		}
	}
	if text.Since, err = acted(ctx, tx, text.Snapshot, act); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, remove, text.Snapshot, text.Kind, text.Group); err != nil {
		return fmt.Errorf("replacing the text: %w", kind(ctx, err))
	}
	if text.Text.Empty() {
		text.Since = 0
		return nil
	}
	_, err = tx.ExecContext(ctx, insert, text.Snapshot, text.Kind, text.Group, text.Text.FR, text.Text.AR, text.Text.EN, text.Since)
	if err != nil {
		return fmt.Errorf("writing the text: %w", kind(ctx, err))
	}
	return nil
}
