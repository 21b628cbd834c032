package sql

import (
	"context"
	"fmt"

	"jalon/indicators"
)

// SnapshotTells tells whether the stored lines of a snapshot hold what the public must not see
// any more: a figure that is withheld by now and was not when it was taken, or, in the formats
// that have comments in full, one that was erased since.
func (s *Store) SnapshotTells(ctx context.Context, snap *indicators.Snapshot) (bool, error) {
	const query = `
		WITH held AS (
			SELECT o.series, o.period, o.comment_sha256
			FROM observation o
			WHERE o.review = 3 AND o.since <= $1 AND (o.until IS NULL OR o.until > $1)
		)
		SELECT h.period
		FROM held h
		JOIN suppression w ON w.series = h.series AND w.period = h.period AND w.until IS NULL
		WHERE NOT EXISTS (SELECT FROM suppression t
		                  WHERE t.series = h.series AND t.period = h.period AND t.since <= $2 AND (t.until IS NULL OR t.until > $2))
		UNION
		SELECT h.period
		FROM held h
		WHERE $3 AND h.comment_sha256 IS NOT NULL`

	var periods []indicators.Period
	if err := s.db.SelectContext(ctx, &periods, query, snap.Changeset, snap.Protection, snap.TellsComments()); err != nil {
		return false, fmt.Errorf("looking at what is withheld of the snapshot %s: %w", snap.Number, kind(ctx, err))
	}
	for _, p := range periods {
		if p.End() <= snap.Judged {
			return true, nil
		}
	}
	return false, nil
}
