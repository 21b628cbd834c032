package sql

import (
	"context"
	"fmt"

	"github.com/lib/pq"

	"jalon/indicators"
)

// A Beside is what there is beside the total of an indicator at a period.
type Beside struct {
	indicators.FigureKey
	Comment   string `db:"comment"`   // on what is published
	Documents int    `db:"documents"` // how many are attached
}

// Beside lists, as known at a changeset, the published comments and the number of
// documents of the totals of some indicators within some periods, where there are any.
// Who may read them is for the caller to judge.
func (s *Store) Beside(ctx context.Context, changeset int, of []string, periods []indicators.Period) ([]Beside, error) {
	const query = `
		SELECT t.indicator, b.period, coalesce(max(b.comment), '') AS comment, sum(b.documents) AS documents
		FROM series t
		JOIN LATERAL (
			SELECT o.period, o.comment, 0 AS documents
			FROM observation o
			WHERE o.series = t.id AND o.period = ANY ($3) AND o.review = 3 AND o.comment <> ''
			  AND o.since <= $1 AND (o.until IS NULL OR o.until > $1)
			UNION ALL
			SELECT l.period, NULL, 1
			FROM document_link l
			WHERE l.series = t.id AND l.period = ANY ($3)
			  AND l.since <= $1 AND (l.until IS NULL OR l.until > $1)) b ON true
		WHERE t.indicator = ANY ($2) AND t.sex = '' AND t.age = '' AND t.governorate = '' AND t.breakdown = ''
		GROUP BY t.indicator, b.period`

	numbers := make([]int64, len(periods))
	for n, p := range periods {
		numbers[n] = int64(p)
	}
	var all []Beside
	if err := s.db.SelectContext(ctx, &all, query, changeset, pq.Array(of), pq.Array(numbers)); err != nil {
		return nil, fmt.Errorf("reading what is beside figures as of changeset %d: %w", changeset, kind(ctx, err))
	}
	return all, nil
}
