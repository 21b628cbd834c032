package sql

import (
	"context"
	"fmt"
	"maps"

	"github.com/jmoiron/sqlx"

	"jalon/indicators"
)

// Dataset is everything published that was known at a changeset; 0 is the newest. What
// has to be withheld by what is known now has no value, whatever the changeset.
func (s *Store) Dataset(ctx context.Context, number int) (*indicators.Dataset, error) {
	return s.dataset(ctx, number, byNow)
}

// dataset is the same, withholding by what was known at another changeset.
func (s *Store) dataset(ctx context.Context, number, by int) (*indicators.Dataset, error) {
	var ds *indicators.Dataset
	err := s.read(ctx, func(tx *sqlx.Tx) error {
		last, err := newest(ctx, tx)
		if err != nil {
			return err
		}
		switch {
		case number > last || number < 0:
			return fmt.Errorf("changeset %d: %w: the newest is %d", number, indicators.ErrNotFound, last)
		case number == 0:
			number = last
		}
		ds, err = datasetAt(ctx, tx, number, by)
		return err
	})
	return ds, err
}

func datasetAt(ctx context.Context, tx *sqlx.Tx, number, by int) (*indicators.Dataset, error) {
	definitions, err := definitionsAt(ctx, tx, number)
	if err != nil {
		return nil, err
	}
	history, err := changesets(ctx, tx, 0, number)
	if err != nil {
		return nil, err
	}
	series, err := figuresAt(ctx, tx, number, by)
	if err != nil {
		return nil, err
	}
	ds := indicators.NewDataset(definitions, history, series)
	ds.Protection, err = protection(ctx, tx)
	return ds, err
}

// Refresh is the Dataset as of the newest changeset: the same one where nothing is
// new, else one that shares with it what did not change.
func (s *Store) Refresh(ctx context.Context, ds *indicators.Dataset) (*indicators.Dataset, error) {
	known := ds.Newest().Number
	next := ds
	err := s.read(ctx, func(tx *sqlx.Tx) error {
		last, err := newest(ctx, tx)
		if err != nil || last == known {
			return err
		}
		if changed, err := definitionsChanged(ctx, tx, known); err != nil {
			return err
		} else if changed { // targets may ask for other series, too
			next, err = datasetAt(ctx, tx, last, byNow)
			return err
		}
		next, err = refreshed(ctx, tx, ds, last)
		return err
	})
	return next, err
}

// reloadAll is from how many changed series on reading everything is faster.
const reloadAll = 2000

func refreshed(ctx context.Context, tx *sqlx.Tx, ds *indicators.Dataset, last int) (*indicators.Dataset, error) {
	const query = `
		SELECT series FROM observation WHERE since > $1 AND review = 3
		UNION
		SELECT series FROM observation WHERE until > $1 AND review = 3
		UNION
		SELECT series FROM suppression WHERE since > $1
		UNION
		SELECT series FROM suppression WHERE until > $1
		LIMIT $2`

	known := ds.Newest().Number
	var touched []int64
	if err := tx.SelectContext(ctx, &touched, query, known, reloadAll); err != nil {
		return nil, fmt.Errorf("looking for changed figures: %w", kind(ctx, err))
	}
	history, err := changesets(ctx, tx, known, last)
	if err != nil {
		return nil, err
	}
	history = append(ds.Changesets[:len(ds.Changesets):len(ds.Changesets)], history...)
	var series map[indicators.SeriesKey][]indicators.Figure
	if len(touched) == reloadAll {
		series, err = figuresAt(ctx, tx, last, byNow)
	} else {
		series, err = changedFigures(ctx, tx, ds, last, touched)
	}
	if err != nil {
		return nil, err
	}
	next := ds.With(history, series)
	next.Protection, err = protection(ctx, tx)
	return next, err
}

// changedFigures are the figures of a Dataset with those of some series read anew.
func changedFigures(ctx context.Context, tx *sqlx.Tx, ds *indicators.Dataset, last int, touched []int64) (map[indicators.SeriesKey][]indicators.Figure, error) {
	fresh, err := figuresOf(ctx, tx, last, touched)
	if err != nil {
		return nil, err
	}
	series := maps.Clone(ds.Series)
	for key, figures := range fresh {
		if len(figures) == 0 {
			delete(series, key)
		} else {
			series[key] = figures
		}
	}
	return series, nil
}
