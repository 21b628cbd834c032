package sql

import (
	"context"
	"errors"
	"fmt"
	"iter"

	"github.com/jmoiron/sqlx"

	"jalon/indicators"
)

// An ObservationQuery asks for published observations, totals and breakdowns, as
// of a changeset.
type ObservationQuery struct {
	Indicator string // "": of all indicators
	Changeset int
	After     int64 // cursor: rows that follow this one; 0: from the first
	Limit     int
}

// Observations gives one page of what is asked for, ordered by series and period,
// and the cursor of the next one, 0 after the last.
func (s *Store) Observations(ctx context.Context, q ObservationQuery) ([]indicators.Observation, int64, error) {
	const query = `
		SELECT o.series::bigint * 4294967296 + o.period AS cursor,
		       s.indicator, o.period, o.value, o.numerator, o.denominator, o.obs_status, o.partial, c.text AS source,
		       o.since, s.sex AS "breakdown.sex", s.age AS "breakdown.age", s.governorate AS "breakdown.governorate",
		       s.breakdown AS "breakdown.breakdown", o.comment, encode(o.comment_sha256, 'hex') AS comment_sha256, o.evidence, o.review
		FROM series s
		JOIN observation o ON o.series = s.id
		LEFT JOIN source c ON c.id = o.source
		WHERE ($1 = '' OR s.indicator = $1)
		  AND o.review = 3 AND o.since <= $2 AND (o.until IS NULL OR o.until > $2)
		  AND (o.series, o.period) > ($3, $4)
		ORDER BY o.series, o.period
		LIMIT $5`

	var rows []struct {
		Cursor int64
		indicators.Observation
	}
	err := s.db.SelectContext(ctx, &rows, query, q.Indicator, q.Changeset, q.After>>32, q.After&0xffffffff, q.Limit+1)
	if err != nil {
		return nil, 0, fmt.Errorf("reading observations: %w", kind(ctx, err))
	}
	next := int64(0)
	if len(rows) > q.Limit {
		rows = rows[:q.Limit]
		next = rows[q.Limit-1].Cursor
	}
	all := make([]indicators.Observation, len(rows))
	for n := range rows {
		all[n] = rows[n].Observation
	}
	return all, next, nil
}

// EachObservation streams all published observations as of a changeset, ordered by
// indicator, breakdown and period, from one state of the database.
func (s *Store) EachObservation(ctx context.Context, changeset int) iter.Seq2[*indicators.Observation, error] {
	const query = `
		SELECT s.indicator, o.period, o.value, o.numerator, o.denominator, o.obs_status, o.partial, c.text AS source,
		       o.since, s.sex AS "breakdown.sex", s.age AS "breakdown.age", s.governorate AS "breakdown.governorate",
		       s.breakdown AS "breakdown.breakdown", o.comment, encode(o.comment_sha256, 'hex') AS comment_sha256, o.evidence, o.review
		FROM observation o
		JOIN series s ON s.id = o.series
		LEFT JOIN source c ON c.id = o.source
		WHERE o.review = 3 AND o.since <= $1 AND (o.until IS NULL OR o.until > $1)
		ORDER BY s.indicator, s.sex, s.age, s.governorate, s.breakdown, o.period`

	return func(yield func(*indicators.Observation, error) bool) {
		err := s.read(ctx, func(tx *sqlx.Tx) error { return each(ctx, tx, yield, query, changeset) })
		if err != nil && !errors.Is(err, errNothing) {
			yield(nil, err)
		}
	}
}

func each(ctx context.Context, tx *sqlx.Tx, yield func(*indicators.Observation, error) bool, query string, changeset int) error {
	rows, err := tx.QueryxContext(ctx, query, changeset)
	if err != nil {
		return fmt.Errorf("reading observations: %w", kind(ctx, err))
	}
	defer rows.Close()
	for rows.Next() {
		var o indicators.Observation
		if err := rows.StructScan(&o); err != nil {
			return fmt.Errorf("reading observations: %w", kind(ctx, err))
		}
		if !yield(&o, nil) {
			return errNothing
		}
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("reading observations: %w", kind(ctx, err))
	}
	return nil
}
