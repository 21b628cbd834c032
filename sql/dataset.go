package sql

import (
	"context"
	"fmt"
	"maps"

	"github.com/jmoiron/sqlx"
	"golang.org/x/sync/errgroup"

	"jalon/indicators"
)

// Dataset is everything published that was known at a changeset; 0 is the newest. What
// has to be withheld by what is known now has no value, whatever the changeset.
func (s *Store) Dataset(ctx context.Context, number int) (*indicators.Dataset, error) {
	return s.dataset(ctx, number, byNow)
}

// dataset is the same, withholding by what was known at another changeset.
func (s *Store) dataset(ctx context.Context, number, by int) (*indicators.Dataset, error) {
	last, err := newest(ctx, s.db)
	switch {
	case err != nil:
		return nil, err
	case number > last || number < 0:
		return nil, fmt.Errorf("changeset %d: %w: the newest is %d", number, indicators.ErrNotFound, last)
	case number == 0:
		number = last
	}
	return s.datasetAt(ctx, number, by)
}

// datasetAt reads definitions and figures side by side, on connections of their own.
// What was known at a changeset never changes, so that each may see another state of the
// database. What is withheld may: it is read after the number that tells of it, so that
// nothing is shown under a number by which it is withheld.
func (s *Store) datasetAt(ctx context.Context, number, by int) (*indicators.Dataset, error) {
	withheld, err := protection(ctx, s.db)
	if err != nil {
		return nil, err
	}
	var (
		definitions *indicators.Definitions
		history     []indicators.Changeset
		series      map[indicators.SeriesKey][]indicators.Figure
	)
	pieces, ctx := errgroup.WithContext(ctx)
	pieces.Go(func() (err error) {
		if history, err = changesets(ctx, s.db, 0, number); err == nil {
			definitions, err = definitionsAt(ctx, s.db, number)
		}
		return err
	})
	pieces.Go(func() (err error) {
		series, err = s.figuresAt(ctx, number, by)
		return err
	})
	if err := pieces.Wait(); err != nil {
		return nil, err
	}
	ds := indicators.NewDataset(definitions, history, series)
	ds.Protection = withheld
	return ds, nil
}

// Refresh is the Dataset as of the newest changeset: the same one where nothing is
// new, else one that shares with it what did not change.
func (s *Store) Refresh(ctx context.Context, ds *indicators.Dataset) (*indicators.Dataset, error) {
	known := ds.Newest().Number
	next, last, anew := ds, 0, false
	err := s.read(ctx, func(tx *sqlx.Tx) (err error) {
		last, err = newest(ctx, tx)
		if err != nil || last == known {
			return err
		}
		if anew, err = definitionsChanged(ctx, tx, known); err != nil || anew {
			return err
		}
		next, err = s.refreshed(ctx, tx, ds, last)
		return err
	})
	if err == nil && anew { // targets may ask for other series, too
		return s.datasetAt(ctx, last, byNow)
	}
	return next, err
}

// reloadAll is from how many changed series on reading everything is faster.
const reloadAll = 2000

func (s *Store) refreshed(ctx context.Context, tx *sqlx.Tx, ds *indicators.Dataset, last int) (*indicators.Dataset, error) {
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
	withheld, err := protection(ctx, tx)
	if err != nil {
		return nil, err
	}
	var series seriesFigures
	if len(touched) == reloadAll {
		series, err = s.figuresAt(ctx, last, byNow)
	} else {
		series, err = changedFigures(ctx, tx, ds, last, touched)
	}
	if err != nil {
		return nil, err
	}
	next := ds.With(history, series)
	next.Protection = withheld
	return next, nil
}

// changedFigures are the figures of a Dataset with those of some series read anew.
func changedFigures(ctx context.Context, tx *sqlx.Tx, ds *indicators.Dataset, last int, touched []int64) (seriesFigures, error) {
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
