package sql

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"

	"jalon/indicators"
)

// QualityInput is what the rules of quality need beside the Dataset of a changeset: the
// figures of all breakdowns, and what became of figures and definitions before.
func (s *Store) QualityInput(ctx context.Context, number int) (in indicators.QualityInput, err error) {
	err = s.read(ctx, func(tx *sqlx.Tx) error {
		if in.Parts, err = partsAt(ctx, tx, number); err != nil {
			return err
		}
		if in.Provisional, err = provisionalSince(ctx, tx, number); err != nil {
			return err
		}
		if in.Targets, err = formerTargets(ctx, tx, number); err != nil {
			return err
		}
		in.Frameworks, err = formerFrameworks(ctx, tx, number)
		return err
	})
	return in, err
}

// partsAt reads the published figures of all breakdowns as of a changeset, those too that
// are withheld from the public: a mistake in them is one.
func partsAt(ctx context.Context, tx *sqlx.Tx, number int) (map[indicators.SeriesKey][]indicators.Figure, error) {
	const broken = `
		SELECT id, indicator, sex, age, governorate, breakdown
		FROM series s
		WHERE NOT (sex = '' AND age = '' AND governorate = '' AND breakdown = '')`
	const figures = figureColumns + `
		WHERE NOT headline AND review = 3 AND since <= $1 AND (until IS NULL OR until > $1)
		ORDER BY series, period`

	keys, err := seriesKeys(ctx, tx, broken)
	if err != nil || len(keys) == 0 {
		return nil, err
	}
	texts, err := sourceTexts(ctx, tx)
	if err != nil {
		return nil, err
	}
	reader := figureReader{keys: keys, texts: texts, into: make(seriesFigures, len(keys))}
	return reader.into, reader.read(ctx, tx, figures, number)
}

// provisionalSince tells of each figure that is provisional as of a changeset from which
// one on it has been: by its first version after the last one that was not.
func provisionalSince(ctx context.Context, tx *sqlx.Tx, number int) (map[indicators.FigureKey]int, error) {
	const query = `
		SELECT s.indicator, s.sex, s.age, s.governorate, s.breakdown, o.period,
		       (SELECT min(p.since)
		        FROM observation p
		        WHERE p.series = o.series AND p.period = o.period AND p.review = 3 AND p.since <= o.since
		          AND p.since > coalesce((SELECT max(q.since)
		                                  FROM observation q
		                                  WHERE q.series = o.series AND q.period = o.period AND q.review = 3
		                                    AND q.since < o.since AND q.obs_status <> 'P'), 0)) AS since
		FROM observation o
		JOIN series s ON s.id = o.series
		WHERE o.obs_status = 'P' AND o.review = 3 AND o.since <= $1 AND (o.until IS NULL OR o.until > $1)`

	return sinceByFigure(ctx, tx, "reading since when figures are provisional", query, number)
}

// formerTargets reads the rows of targets that had ended by a changeset.
func formerTargets(ctx context.Context, tx *sqlx.Tx, number int) ([]indicators.FormerTarget, error) {
	const query = `
		SELECT indicator, kind, period, value, low, high, comparison, framework, decided, source, note,
		       sex AS "breakdown.sex", age AS "breakdown.age", governorate AS "breakdown.governorate",
		       breakdown AS "breakdown.breakdown", since, until
		FROM target
		WHERE until <= $1
		ORDER BY since, until, indicator, kind, period`

	var all []indicators.FormerTarget
	if err := tx.SelectContext(ctx, &all, query, number); err != nil {
		return nil, fmt.Errorf("reading former targets: %w", kind(ctx, err))
	}
	return all, nil
}

// formerFrameworks reads the versions of frameworks that had ended by a changeset.
func formerFrameworks(ctx context.Context, tx *sqlx.Tx, number int) ([]indicators.FormerFramework, error) {
	const query = `
		SELECT code, kind, title_fr AS "title.fr", title_ar AS "title.ar", title_en AS "title.en",
		       start, "end", baseline, method, since, until
		FROM framework
		WHERE until <= $1
		ORDER BY code, since`

	var all []indicators.FormerFramework
	if err := tx.SelectContext(ctx, &all, query, number); err != nil {
		return nil, fmt.Errorf("reading former frameworks: %w", kind(ctx, err))
	}
	return all, nil
}

// qualityOf is as much of the Dataset of a changeset as the severe rules about figures need
// for some indicators: their definitions, their figures and those of their parts. How long
// something has been so, which takes the record, none of them asks.
func qualityOf(ctx context.Context, tx *sqlx.Tx, number int, codes map[string]bool) (*indicators.Dataset, indicators.QualityInput, error) {
	const all = `
		SELECT id, indicator, sex, age, governorate, breakdown
		FROM series
		WHERE indicator = ANY ($1)`

	of, d := pq.Array(slices.Sorted(maps.Keys(codes))), &indicators.Definitions{}
	in := indicators.QualityInput{Parts: map[indicators.SeriesKey][]indicators.Figure{}}
	for _, read := range []func() error{
		func() error { return entries(ctx, tx, &d.Settings, settingQuery+liveAt, number) },
		func() error { return entries(ctx, tx, &d.Categories, categoryQuery+liveAt, number) },
		func() error {
			return tx.SelectContext(ctx, &d.Indicators, indicatorQuery+liveAt+` AND code = ANY ($2)`, number, of)
		},
	} {
		if err := read(); err != nil {
			return nil, in, fmt.Errorf("reading the definitions as of changeset %d: %w", number, kind(ctx, err))
		}
	}
	indicators.SortEntries(d.Indicators)
	keys, err := seriesKeys(ctx, tx, all, of)
	if err != nil {
		return nil, in, err
	}
	totals, err := trueFigures(ctx, tx, number, keys, nil)
	if err != nil {
		return nil, in, err
	}
	for key, figures := range totals {
		if len(figures) == 0 {
			delete(totals, key)
		} else if !key.Breakdown.IsTotal() {
			in.Parts[key] = figures
			delete(totals, key)
		}
	}
	return indicators.NewDataset(d, nil, totals), in, nil
}
