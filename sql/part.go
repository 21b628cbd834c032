package sql

import (
	"context"
	"fmt"

	"golang.org/x/sync/errgroup"

	"jalon/indicators"
)

// PartOf is the part of what was known at a changeset that a page of one indicator shows:
// the indicator with its targets, figures, and actions with their milestones and funding,
// beside all that is common to the programme. Without an indicator, that alone. The
// changesets are those until then. However many indicators there are, and whatever has
// happened since, it costs the same.
func (s *Store) PartOf(ctx context.Context, indicator string, changesets []indicators.Changeset) (*indicators.Dataset, error) {
	const (
		itsActions = liveAt + ` AND action IN (SELECT action FROM indicator_action WHERE indicator = $2)`
		itself     = liveAt + ` AND code = $2`
		itsTargets = liveAt + ` AND indicator = $2`
		actions    = liveAt + ` AND code IN (SELECT action FROM indicator_action WHERE indicator = $2)`
	)
	withheld, err := protection(ctx, s.db)
	if err != nil {
		return nil, err
	}
	number, d, series := len(changesets), &indicators.Definitions{}, seriesFigures{}
	pieces, ctx := errgroup.WithContext(ctx)
	pieces.Go(func() error {
		for _, read := range []func() error{
			func() error { return entries(ctx, s.db, &d.Settings, settingQuery+liveAt, number) },
			func() error { return entries(ctx, s.db, &d.Categories, categoryQuery+liveAt, number) },
			func() error { return entries(ctx, s.db, &d.Organisations, organisationQuery+liveAt, number) },
			func() error { return entries(ctx, s.db, &d.Groups, groupQuery+liveAt, number) },
			func() error { return entries(ctx, s.db, &d.Frameworks, frameworkQuery+liveAt, number) },
			func() error { return entries(ctx, s.db, &d.Results, resultQuery+liveAt, number) },
			func() error { return entries(ctx, s.db, &d.Actions, actionQuery+actions, number, indicator) },
			func() error { return entries(ctx, s.db, &d.Milestones, milestoneQuery+itsActions, number, indicator) },
			func() error { return entries(ctx, s.db, &d.Funding, fundingQuery+itsActions, number, indicator) },
			func() error { return entries(ctx, s.db, &d.Indicators, indicatorQuery+itself, number, indicator) },
			func() error { return entries(ctx, s.db, &d.Targets, targetQuery+itsTargets, number, indicator) },
		} {
			if err := read(); err != nil {
				return fmt.Errorf("reading the definitions of %q as of changeset %d: %w", indicator, number, kind(ctx, err))
			}
		}
		return nil
	})
	pieces.Go(func() (err error) {
		series, err = figuresOfIndicator(ctx, s.db, number, indicator)
		return err
	})
	if err := pieces.Wait(); err != nil {
		return nil, err
	}
	ds := indicators.NewDataset(d, changesets, series)
	ds.Protection = withheld
	return ds, nil
}
