package sql

import (
	"context"
	"fmt"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"

	"jalon/indicators"
)

// Receipts tells when the reports of some indicators came in first, by submission or by
// publication, which are submitted or verified, of which more than one value has been
// published, and of which the published one was verified before, as known at a changeset:
// those of periods that begin in a year or after it. What was verified ends at the changeset that
// publishes it.
func (s *Store) Receipts(ctx context.Context, codes []string, since, changeset int) (indicators.Receipts, error) {
	const query = `
		SELECT s.indicator, o.period, min(o.since) AS first,
		       coalesce(bool_or(o.review < 3 AND (o.until IS NULL OR o.until > $2)), false) AS waiting,
		       count(DISTINCT o.value) FILTER (WHERE o.review = 3) > 1 AS revised,
		       coalesce(max(o.since) FILTER (WHERE o.review = 3 AND (o.until IS NULL OR o.until > $2))
		                = ANY (array_agg(o.until) FILTER (WHERE o.review = 2)), false) AS verified
		FROM series s
		JOIN observation o ON o.series = s.id
		WHERE s.indicator = ANY ($1) AND s.sex = '' AND s.age = '' AND s.governorate = '' AND s.breakdown = ''
		  AND o.period >= $3 AND o.review > 0 AND NOT o.partial AND o.since <= $2
		GROUP BY s.indicator, o.period`

	return s.receipts(ctx, codes, query, pq.Array(codes), changeset, indicators.Year(since))
}

// Waiting tells which reports are submitted or verified now. When they came in first it
// does not say.
func (s *Store) Waiting(ctx context.Context) (indicators.Receipts, error) {
	const query = `
		SELECT s.indicator, o.period, 0 AS first, true AS waiting, false AS revised, false AS verified
		FROM observation o
		JOIN series s ON s.id = o.series
		WHERE o.until IS NULL AND o.review IN (1, 2) AND o.headline AND NOT o.partial`

	return s.receipts(ctx, nil, query)
}

// receipts reads what a query finds, and since when there are the indicators: those of the
// codes, or all.
func (s *Store) receipts(ctx context.Context, codes []string, query string, args ...any) (indicators.Receipts, error) {
	const definitions = `
		SELECT code, min(since) AS first
		FROM indicator
		WHERE $1::text[] IS NULL OR code = ANY ($1)
		GROUP BY code`

	var rows []struct {
		indicators.Receipt
		First                      int
		Waiting, Revised, Verified bool
	}
	var defined []struct {
		Code  string
		First int
	}
	err := s.read(ctx, func(tx *sqlx.Tx) error {
		if err := tx.SelectContext(ctx, &rows, query, args...); err != nil {
			return err
		}
		return tx.SelectContext(ctx, &defined, definitions, pq.Array(codes))
	})
	if err != nil {
		return indicators.Receipts{}, fmt.Errorf("reading when reports came in: %w", kind(ctx, err))
	}
	r := indicators.Receipts{
		First: map[indicators.Receipt]int{}, Waiting: map[indicators.Receipt]bool{}, Revised: map[indicators.Receipt]bool{},
		Verified: map[indicators.Receipt]bool{}, Defined: map[string]int{},
	}
	for _, row := range rows {
		if row.First > 0 {
			r.First[row.Receipt] = row.First
		}
		if row.Waiting {
			r.Waiting[row.Receipt] = true
		}
		if row.Revised {
			r.Revised[row.Receipt] = true
		}
		if row.Verified {
			r.Verified[row.Receipt] = true
		}
	}
	for _, row := range defined {
		r.Defined[row.Code] = row.First
	}
	return r, nil
}
