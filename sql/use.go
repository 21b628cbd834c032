package sql

import (
	"context"
	"fmt"
	"maps"

	"github.com/jmoiron/sqlx"

	"jalon/indicators"
)

// Definitions are those known at a changeset; 0 is the newest.
func (s *Store) Definitions(ctx context.Context, number int) (d *indicators.Definitions, err error) {
	err = s.read(ctx, func(tx *sqlx.Tx) error {
		if number == 0 {
			if number, err = newest(ctx, tx); err != nil {
				return err
			}
		}
		d, err = definitionsAt(ctx, tx, number)
		return err
	})
	return d, err
}

// Figures are those published, at a changeset, of some series, of which a Dataset may hold
// none: breakdowns without a target. What is withheld has no value; series without figures
// are left out.
func (s *Store) Figures(ctx context.Context, number int, of []indicators.SeriesKey) (all seriesFigures, err error) {
	const query = `
		SELECT id, indicator, sex, age, governorate, breakdown
		FROM series
		WHERE indicator = $1 AND sex = $2 AND age = $3 AND governorate = $4 AND breakdown = $5`

	err = s.read(ctx, func(tx *sqlx.Tx) error {
		known := seriesByID{}
		for _, key := range of {
			b := key.Breakdown
			keys, err := seriesKeys(ctx, tx, query, key.Indicator, b.Sex, b.Age, b.Governorate, b.Other)
			if err != nil {
				return err
			}
			maps.Copy(known, keys)
		}
		all, err = figuresIn(ctx, tx, number, known)
		return err
	})
	return filled(all), err
}

// FigureCount is how many figures of an indicator there are at present, published or on
// their way, of the total and of breakdowns.
func (s *Store) FigureCount(ctx context.Context, indicator string) (n int, err error) {
	const query = `
		SELECT count(*)
		FROM series s
		JOIN observation o ON o.series = s.id
		WHERE s.indicator = $1 AND o.until IS NULL`

	if err := s.db.GetContext(ctx, &n, query, indicator); err != nil {
		return 0, fmt.Errorf("counting the figures of %s: %w", indicator, kind(ctx, err))
	}
	return n, nil
}

// ScopeCount is how many accounts are for a group, an organisation or an action.
func (s *Store) ScopeCount(ctx context.Context, what, code string) (n int, err error) {
	const query = `
		SELECT count(*)
		FROM account_scope
		WHERE kind = $1 AND code = $2`

	if err := s.db.GetContext(ctx, &n, query, what, code); err != nil {
		return 0, fmt.Errorf("counting the accounts for %s %s: %w", what, code, kind(ctx, err))
	}
	return n, nil
}
