package sql

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"
	"golang.org/x/sync/errgroup"

	"jalon/indicators"
)

// Past is what was known at a changeset, made of what is known at a later one: only what
// has changed between the two is read, the rest is shared. It is the Dataset that
// Dataset gives.
func (s *Store) Past(ctx context.Context, later *indicators.Dataset, number int) (*indicators.Dataset, error) {
	between := span{number, later.Newest().Number}
	if number < 1 || number > between.to {
		return nil, fmt.Errorf("changeset %d: %w: the newest is %d", number, indicators.ErrNotFound, between.to)
	}
	var (
		definitions = &indicators.Definitions{}
		whole       seriesFigures // nil where only some have changed
		changes     = seriesFigures{}
	)
	pieces, aside := errgroup.WithContext(ctx)
	pieces.Go(func() (err error) {
		definitions, err = pastDefinitions(aside, s.db, later.Definitions, between)
		return err
	})
	pieces.Go(func() error {
		many, err := s.manyEnded(aside, between)
		switch {
		case err != nil:
			return err
		case many:
			whole, err = s.figuresAt(aside, number, byNow)
			return err
		}
		return s.endedFigures(aside, changes, between)
	})
	if err := pieces.Wait(); err != nil {
		return nil, err
	}
	if whole == nil {
		whole = pastFigures(later.Series, changes, number)
		if err := s.figuresBesides(ctx, whole, definitions, later, number); err != nil {
			return nil, err
		}
	}
	ds := indicators.NewDataset(definitions, later.Changesets[:number:number], whole)
	ds.Protection = later.Protection
	return ds, nil
}

// rereadAll is from how many ended figures on reading all of those known then is faster.
const rereadAll = 50_000

func (s *Store) manyEnded(ctx context.Context, between span) (many bool, err error) {
	const query = `
		SELECT count(*) = $3
		FROM (SELECT FROM observation WHERE until > $1 AND until <= $2 LIMIT $3) ended`

	if err := s.db.GetContext(ctx, &many, query, between.from, between.to, rereadAll); err != nil {
		return false, fmt.Errorf("counting the figures that have changed: %w", kind(ctx, err))
	}
	return many, nil
}

// A span is from what is known at one changeset to what is known at a later one.
type span struct{ from, to int }

// What separates the two ends of a span, $1 and $2: versions live at the first that
// have ended by the second, and versions begun between them that are live at the second.
const (
	endedWithin = `since <= $1 AND until > $1 AND until <= $2`
	begunWithin = `since > $1 AND since <= $2 AND (until IS NULL OR until > $2)`
)

func pastDefinitions(ctx context.Context, from sqlx.QueryerContext, later *indicators.Definitions, between span) (*indicators.Definitions, error) {
	d := *later
	for _, back := range []func() error{
		func() error { return goBack(ctx, from, settingTable(), &d.Settings, between) },
		func() error { return goBack(ctx, from, categoryTable(), &d.Categories, between) },
		func() error { return goBack(ctx, from, organisationTable(), &d.Organisations, between) },
		func() error { return goBack(ctx, from, groupTable(), &d.Groups, between) },
		func() error { return goBack(ctx, from, frameworkTable(), &d.Frameworks, between) },
		func() error { return goBack(ctx, from, resultTable(), &d.Results, between) },
		func() error { return goBack(ctx, from, actionTable(), &d.Actions, between) },
		func() error { return goBack(ctx, from, milestoneTable(), &d.Milestones, between) },
		func() error { return goBack(ctx, from, fundingTable(), &d.Funding, between) },
		func() error { return goBack(ctx, from, indicatorTable(), &d.Indicators, between) },
		func() error { return goBack(ctx, from, targetTable(), &d.Targets, between) },
	} {
		if err := back(); err != nil {
			return nil, fmt.Errorf("reading the definitions as of changeset %d: %w", between.from, kind(ctx, err))
		}
	}
	return &d, nil
}

// goBack replaces the entries live at the end of a span by those at its beginning.
func goBack[T indicators.Entry](ctx context.Context, from sqlx.QueryerContext, v versioned[T], rows *[]T, between span) error {
	var ended []T
	if err := entries(ctx, from, &ended, v.query+` WHERE `+endedWithin, between.from, between.to); err != nil {
		return err
	}
	begun, err := v.keysWhere(ctx, from, begunWithin, between.from, between.to)
	if err != nil || len(ended)+len(begun) == 0 {
		return err
	}
	stay := make([]T, 0, len(*rows)+len(ended))
	for _, row := range *rows {
		if !begun[row.EntryKey()] {
			stay = append(stay, row)
		}
	}
	*rows = append(stay, ended...)
	indicators.SortEntries(*rows)
	return nil
}

// endedFigures reads the figures of the Dataset's series that were known at the beginning
// of a span and no more at its end.
func (s *Store) endedFigures(ctx context.Context, into seriesFigures, between span) error {
	const (
		which = ` AND id IN (SELECT series FROM observation WHERE review = 3 AND ` + endedWithin + `)`
		query = figureColumns + `
			WHERE review = 3 AND ` + endedWithin + ` AND (headline OR series = ANY ($3))
			ORDER BY series, period`
	)
	keys, err := seriesKeys(ctx, s.db, seriesQuery+which, between.from, between.to)
	if err != nil || len(keys) == 0 {
		return err
	}
	texts, err := sourceTexts(ctx, s.db)
	if err != nil {
		return err
	}
	withheld, err := withheldBy(ctx, s.db, byNow)
	if err != nil {
		return err
	}
	_, broken := keys.split()
	reader := figureReader{keys: keys, texts: texts, withheld: withheld, into: into}
	return reader.read(ctx, s.db, query, between.from, between.to, pq.Array(broken))
}

// pastFigures takes from later figures those that were not known yet, and adds to them
// those that have ended since. Series without either are shared.
func pastFigures(later, ended seriesFigures, number int) seriesFigures {
	series := make(seriesFigures, len(later))
	unknown := func(f indicators.Figure) bool { return f.Since > number }
	for key, figures := range later {
		if slices.ContainsFunc(figures, unknown) {
			figures = slices.DeleteFunc(slices.Clone(figures), unknown)
		}
		if len(figures) > 0 {
			series[key] = figures
		}
	}
	for key, figures := range ended {
		all := slices.Concat(series[key], figures)
		slices.SortFunc(all, func(a, b indicators.Figure) int { return cmp.Compare(a.Period, b.Period) })
		series[key] = all
	}
	return series
}

// figuresBesides puts right which breakdowns are there, those that had a target then, and
// reads what withholding has left unknown: since when there is a figure without its value.
func (s *Store) figuresBesides(ctx context.Context, series seriesFigures, then *indicators.Definitions, later *indicators.Dataset, number int) error {
	had, has, lacking := brokenDown(then), brokenDown(later.Definitions), []string(nil)
	for key := range had {
		if !has[key] {
			lacking = append(lacking, key.Indicator)
		}
	}
	for key, figures := range later.Series {
		if slices.ContainsFunc(figures, func(f indicators.Figure) bool { return f.Protected }) {
			lacking = append(lacking, key.Indicator)
		}
	}
	for key := range series {
		if !key.Breakdown.IsTotal() && !had[key] {
			delete(series, key)
		}
	}
	if len(lacking) == 0 {
		return nil
	}
	keys, err := seriesKeys(ctx, s.db, seriesQuery+` AND indicator = ANY ($2)`, number, pq.Array(lacking))
	if err != nil {
		return err
	}
	whole, err := figuresIn(ctx, s.db, number, keys)
	for key, figures := range whole {
		if delete(series, key); len(figures) > 0 {
			series[key] = figures
		}
	}
	return err
}

// brokenDown are the breakdowns that have a row of targets.
func brokenDown(d *indicators.Definitions) map[indicators.SeriesKey]bool {
	keys := map[indicators.SeriesKey]bool{}
	for n := range d.Targets {
		if t := &d.Targets[n]; !t.Breakdown.IsTotal() {
			keys[indicators.SeriesKey{Indicator: t.Indicator, Breakdown: t.Breakdown}] = true
		}
	}
	return keys
}
