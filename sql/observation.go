package sql

import (
	"context"
	"errors"
	"fmt"
	"iter"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"

	"jalon/indicators"
)

// An ObservationQuery asks for observations, totals and breakdowns, as of a changeset:
// published ones, or those on their way.
type ObservationQuery struct {
	Indicator string   // "": of all indicators
	Of        []string // of these only; nil: of all
	Pending   bool     // those on their way, in the state Review
	Review    indicators.Review
	Changeset int
	True      bool  // with the values that the public is not shown, for those who review
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
		       s.breakdown AS "breakdown.breakdown", o.comment, encode(o.comment_sha256, 'hex') AS comment_sha256, o.evidence, o.review,
		       coalesce(h.since, 0) AS withheld
		FROM series s
		JOIN observation o ON o.series = s.id
		LEFT JOIN source c ON c.id = o.source
		LEFT JOIN suppression h ON h.series = o.series AND h.period = o.period AND h.until IS NULL AND NOT $6
		WHERE ($1 = '' OR s.indicator = $1)
		  AND ($8 OR s.indicator = ANY ($9))
		  AND o.review = $7 AND o.since <= $2 AND (o.until IS NULL OR o.until > $2)
		  AND (o.series, o.period) > ($3, $4)
		ORDER BY o.series, o.period
		LIMIT $5`

	review := indicators.Published
	if q.Pending {
		review = q.Review
	}
	var rows []struct {
		Cursor int64
		guarded
	}
	err := s.db.SelectContext(ctx, &rows, query, q.Indicator, q.Changeset, q.After>>32, q.After&0xffffffff, q.Limit+1, q.True,
		int16(review), q.Of == nil, pq.Array(q.Of))
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
		all[n] = rows[n].public(q.Changeset)
	}
	return all, next, nil
}

// A guarded observation has the changeset since which it is kept from the public, 0: it
// is not.
type guarded struct {
	indicators.Observation
	Withheld int
}

// public is what the public is shown of it as of a changeset.
func (g *guarded) public(changeset int) indicators.Observation {
	if g.Withheld > 0 {
		g.Withhold(min(g.Withheld, changeset))
	}
	return g.Observation
}

// EachObservation streams all published observations as of a changeset, ordered by
// indicator, breakdown and period, from one state of the database. What has to be
// withheld by what is known now comes without its value.
func (s *Store) EachObservation(ctx context.Context, changeset int) iter.Seq2[*indicators.Observation, error] {
	return s.eachObservation(ctx, changeset, byNow)
}

// EachObservationOf is the same of one indicator alone.
func (s *Store) EachObservationOf(ctx context.Context, indicator string, changeset int) iter.Seq2[*indicators.Observation, error] {
	return s.observationsOf(ctx, indicator, changeset, byNow)
}

// eachObservation is the same, withholding by what was known at another changeset.
func (s *Store) eachObservation(ctx context.Context, changeset, by int) iter.Seq2[*indicators.Observation, error] {
	return s.observationsOf(ctx, "", changeset, by)
}

// observationsOf are those of an indicator, or of all.
func (s *Store) observationsOf(ctx context.Context, indicator string, changeset, by int) iter.Seq2[*indicators.Observation, error] {
	const query = `
		SELECT s.indicator, o.period, o.value, o.numerator, o.denominator, o.obs_status, o.partial, c.text AS source,
		       o.since, s.sex AS "breakdown.sex", s.age AS "breakdown.age", s.governorate AS "breakdown.governorate",
		       s.breakdown AS "breakdown.breakdown", o.comment, encode(o.comment_sha256, 'hex') AS comment_sha256, o.evidence, o.review,
		       coalesce(h.since, 0) AS withheld
		FROM observation o
		JOIN series s ON s.id = o.series
		LEFT JOIN source c ON c.id = o.source
		LEFT JOIN suppression h ON h.series = o.series AND h.period = o.period
		                       AND h.since <= $2 AND (h.until IS NULL OR h.until > $2)
		WHERE o.review = 3 AND o.since <= $1 AND (o.until IS NULL OR o.until > $1)
		  AND ($3 = '' OR s.indicator = $3)
		ORDER BY s.indicator, s.sex, s.age, s.governorate, s.breakdown, o.period`

	return func(yield func(*indicators.Observation, error) bool) {
		err := s.read(ctx, func(tx *sqlx.Tx) error { return each(ctx, tx, yield, query, changeset, by, indicator) })
		if err != nil && !errors.Is(err, errNothing) {
			yield(nil, err)
		}
	}
}

func each(ctx context.Context, tx *sqlx.Tx, yield func(*indicators.Observation, error) bool, query string, changeset int, others ...any) error {
	rows, err := tx.QueryxContext(ctx, query, append([]any{changeset}, others...)...)
	if err != nil {
		return fmt.Errorf("reading observations: %w", kind(ctx, err))
	}
	defer rows.Close()
	for rows.Next() {
		var g guarded
		if err := rows.StructScan(&g); err != nil {
			return fmt.Errorf("reading observations: %w", kind(ctx, err))
		}
		o := g.public(changeset)
		if !yield(&o, nil) {
			return errNothing
		}
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("reading observations: %w", kind(ctx, err))
	}
	return nil
}
