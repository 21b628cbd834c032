package sql

import (
	"context"
	"fmt"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"

	"jalon/indicators"
)

// Receipts tells when the reports of some indicators came in first, by submission or by
// publication, and which are submitted or verified, as known at a changeset.
func (s *Store) Receipts(ctx context.Context, codes []string, changeset int) (indicators.Receipts, error) {
	const query = `
		SELECT s.indicator, o.period, min(o.since) AS first,
		       coalesce(bool_or(o.review < 3 AND (o.until IS NULL OR o.until > $2)), false) AS waiting
		FROM series s
		JOIN observation o ON o.series = s.id
		WHERE s.indicator = ANY ($1) AND s.sex = '' AND s.age = '' AND s.governorate = '' AND s.breakdown = ''
		  AND o.review > 0 AND NOT o.partial AND o.since <= $2
		GROUP BY s.indicator, o.period`

	const definitions = `
		SELECT code, min(since) AS first
		FROM indicator
		WHERE code = ANY ($1)
		GROUP BY code`

	var rows []struct {
		indicators.Receipt
		First   int
		Waiting bool
	}
	var defined []struct {
		Code  string
		First int
	}
	err := s.read(ctx, func(tx *sqlx.Tx) error {
		if err := tx.SelectContext(ctx, &rows, query, pq.Array(codes), changeset); err != nil {
			return err
		}
		return tx.SelectContext(ctx, &defined, definitions, pq.Array(codes))
	})
	if err != nil {
		return indicators.Receipts{}, fmt.Errorf("reading when reports came in: %w", kind(ctx, err))
	}
	r := indicators.Receipts{
		First: make(map[indicators.Receipt]int, len(rows)), Waiting: map[indicators.Receipt]bool{}, Defined: make(map[string]int, len(defined)),
	}
	for _, row := range rows {
		r.First[row.Receipt] = row.First
		if row.Waiting {
			r.Waiting[row.Receipt] = true
		}
	}
	for _, row := range defined {
		r.Defined[row.Code] = row.First
	}
	return r, nil
}
