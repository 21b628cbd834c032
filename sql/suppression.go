package sql

import (
	"context"
	"fmt"
	"math"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"

	"jalon/indicators"
)

// byNow is the changeset by whose knowledge figures are withheld: the newest there is.
const byNow = math.MaxInt32

// A rowKey names a figure as the tables do.
type rowKey struct {
	series int32
	period indicators.Period
}

const withheldQuery = `
	SELECT series, period, since
	FROM suppression
	WHERE since <= $1 AND (until IS NULL OR until > $1)`

// withheldBy are the figures to be withheld by the knowledge of a changeset, with that
// which made it known.
func withheldBy(ctx context.Context, from sqlx.QueryerContext, changeset int) (map[rowKey]int, error) {
	return withheldRows(ctx, from, withheldQuery, changeset)
}

// withheldOf is the same of some series.
func withheldOf(ctx context.Context, from sqlx.QueryerContext, changeset int, ids []int64) (map[rowKey]int, error) {
	return withheldRows(ctx, from, withheldQuery+` AND series = ANY ($2)`, changeset, pq.Array(ids))
}

func withheldRows(ctx context.Context, from sqlx.QueryerContext, query string, args ...any) (map[rowKey]int, error) {
	rows, err := from.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, fmt.Errorf("reading what is withheld: %w", kind(ctx, err))
	}
	defer rows.Close()
	all := map[rowKey]int{}
	for rows.Next() {
		var key rowKey
		var since int
		if err := rows.Scan(&key.series, &key.period, &since); err != nil {
			return nil, fmt.Errorf("reading what is withheld: %w", kind(ctx, err))
		}
		all[key] = since
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("reading what is withheld: %w", kind(ctx, err))
	}
	return all, nil
}

// Withheld are the figures of some indicators that are withheld from the public by what is
// known now, with the changeset that made it known.
func (s *Store) Withheld(ctx context.Context, of []string) (map[indicators.FigureKey]int, error) {
	const query = `
		SELECT s.indicator, s.sex, s.age, s.governorate, s.breakdown, h.period, h.since
		FROM suppression h
		JOIN series s ON s.id = h.series
		WHERE h.until IS NULL AND s.indicator = ANY ($1)`

	return sinceByFigure(ctx, s.db, "reading what is withheld", query, pq.Array(of))
}

// sinceByFigure reads the changeset since which something holds of each figure: the columns
// of its key, then the number.
func sinceByFigure(ctx context.Context, from sqlx.QueryerContext, doing, query string, args ...any) (map[indicators.FigureKey]int, error) {
	rows, err := from.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", doing, kind(ctx, err))
	}
	defer rows.Close()
	all := map[indicators.FigureKey]int{}
	for rows.Next() {
		var key indicators.FigureKey
		var since int
		b := &key.Breakdown
		if err := rows.Scan(&key.Indicator, &b.Sex, &b.Age, &b.Governorate, &b.Other, &key.Period, &since); err != nil {
			return nil, fmt.Errorf("%s: %w", doing, kind(ctx, err))
		}
		all[key] = since
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("%s: %w", doing, kind(ctx, err))
	}
	return all, nil
}

// protection is the newest changeset after which something else is withheld than
// before, 0 if nothing ever was.
func protection(ctx context.Context, from sqlx.QueryerContext) (int, error) {
	const query = `
		SELECT greatest((SELECT max(since) FROM suppression),
		                (SELECT max(until) FROM suppression WHERE until IS NOT NULL), 0)`

	var number int
	if err := sqlx.GetContext(ctx, from, &number, query); err != nil {
		return 0, fmt.Errorf("reading what is withheld: %w", kind(ctx, err))
	}
	return number, nil
}
