package sql

import (
	"bytes"
	"context"
	"fmt"
	"iter"

	"github.com/jmoiron/sqlx"

	"jalon/indicators"
)

const snapshotColumns = `
	SELECT s.number, s.reason, s.changeset, s.judged, s.format, s.taken_at, s.taken_by, encode(s.sha256, 'hex') AS sha256, s.lines,
	       coalesce(s.protection, s.changeset) AS protection,
	       CASE WHEN p.snapshot IS NULL THEN 'prepared' ELSE 'published' END AS state,
	       p.at AS published_at, p.by AS published_by, p.previous, encode(p.chain, 'hex') AS chain,
	       encode(p.public_key, 'base64') AS public_key, replace(encode(p.signature, 'base64'), E'\n', '') AS signature
	FROM snapshot s
	LEFT JOIN snapshot_publication p ON p.snapshot = s.number`

// newestFirst sorts by month, and a month's corrections by their numbers.
const newestFirst = `
	ORDER BY left(s.number, 7) DESC, length(s.number) DESC, s.number DESC`

// Snapshots lists the snapshots, prepared ones too, newest first.
func (s *Store) Snapshots(ctx context.Context) ([]indicators.Snapshot, error) {
	var all []indicators.Snapshot
	if err := s.db.SelectContext(ctx, &all, snapshotColumns+newestFirst); err != nil {
		return nil, fmt.Errorf("reading the snapshots: %w", kind(ctx, err))
	}
	return all, nil
}

// Latest stands for the number of the newest published snapshot.
const Latest = "latest"

// Snapshot is one snapshot, without its content.
func (s *Store) Snapshot(ctx context.Context, number string) (indicators.Snapshot, error) {
	return snapshotAt(ctx, s.db, number)
}

func snapshotAt(ctx context.Context, from sqlx.QueryerContext, number string) (indicators.Snapshot, error) {
	const which = `
		WHERE s.number = $1 OR $1 = 'latest' AND p.snapshot IS NOT NULL` + newestFirst + `
		LIMIT 1`

	var snap indicators.Snapshot
	if err := sqlx.GetContext(ctx, from, &snap, snapshotColumns+which, number); err != nil {
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
