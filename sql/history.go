package sql

import (
	"context"
	"fmt"

	"github.com/jmoiron/sqlx"

	"jalon/indicators"
)

// versionColumns are those of an indicators.FigureVersion, of the observation o of the
// series s with the source t; an end after the changeset $1 is not known.
const versionColumns = `
	SELECT s.indicator, o.period, o.value, o.numerator, o.denominator, o.obs_status, o.partial, t.text AS source,
	       o.since, s.sex AS "breakdown.sex", s.age AS "breakdown.age", s.governorate AS "breakdown.governorate",
	       s.breakdown AS "breakdown.breakdown", o.comment, o.evidence, o.review,
	       CASE WHEN o.until <= $1 THEN o.until ELSE 0 END AS until, coalesce(h.since, 0) AS withheld
	FROM series s
	JOIN observation o ON o.series = s.id
	LEFT JOIN source t ON t.id = o.source
	LEFT JOIN suppression h ON h.series = o.series AND h.period = o.period AND h.until IS NULL`

// shownTo is which versions of figures, as o, somebody is shown: with those on their way
// to the public and those withheld from it ($2), or without.
const shownTo = `
		  AND ($2 OR o.review = 3
		         AND NOT EXISTS (SELECT FROM suppression w WHERE w.series = o.series AND w.period = o.period AND w.until IS NULL))`

// FigureHistory lists the versions of a figure as known at a changeset, from the first to
// the last; with those on their way to the public, or without. A figure that is withheld
// from it has one version without a value, but for who may know it: how often it changed,
// and when, would tell of it, too.
func (s *Store) FigureHistory(ctx context.Context, key indicators.FigureKey, changeset int, withWork, knows bool) ([]indicators.FigureVersion, error) {
	const query = versionColumns + `
		WHERE s.indicator = $2 AND s.sex = $3 AND s.age = $4 AND s.governorate = $5 AND s.breakdown = $6 AND o.period = $7
		  AND o.since <= $1 AND ($8 OR o.review = 3)
		ORDER BY o.since, o.review`

	var rows []struct {
		indicators.FigureVersion
		Withheld int
	}
	b := key.Breakdown
	err := s.db.SelectContext(ctx, &rows, query, changeset, key.Indicator, b.Sex, b.Age, b.Governorate, b.Other, int64(key.Period), withWork)
	if err != nil {
		return nil, fmt.Errorf("reading the history of %s: %w", key, kind(ctx, err))
	}
	all := make([]indicators.FigureVersion, 0, len(rows))
	for n := range rows {
		f := rows[n].FigureVersion
		if rows[n].Withheld > 0 && !knows {
			f.Withhold(min(rows[n].Withheld, changeset))
			f.Until, f.Review = 0, indicators.Published
			return append(all, f), nil
		}
		all = append(all, f)
	}
	return all, nil
}

// ChangesetsOf lists the changesets, up to one, that changed an indicator, its targets or
// its figures; also those that moved only figures on their way, or withheld ones, or not.
func (s *Store) ChangesetsOf(ctx context.Context, indicator string, upTo int, withWork bool) ([]int, error) {
	const query = `
		SELECT DISTINCT number
		FROM (SELECT since, until FROM indicator WHERE code = $1
		      UNION ALL
		      SELECT since, until FROM target WHERE indicator = $1
		      UNION ALL
		      SELECT o.since, o.until
		      FROM series s
		      JOIN observation o ON o.series = s.id
		      WHERE s.indicator = $1` + shownTo + `) version
		CROSS JOIN LATERAL (VALUES (since), (until)) change(number)
		WHERE number <= $3
		ORDER BY number`

	var all []int
	if err := s.db.SelectContext(ctx, &all, query, indicator, withWork, upTo); err != nil {
		return nil, fmt.Errorf("looking for the changesets of %s: %w", indicator, kind(ctx, err))
	}
	return all, nil
}

// DefinitionHistory lists what changesets, up to one, have changed in the definition of an
// indicator and in its targets, from the first: per changeset the definition, then the
// targets by key.
func (s *Store) DefinitionHistory(ctx context.Context, indicator string, upTo int) ([]indicators.DatedChange, error) {
	var all []indicators.DatedChange
	err := s.read(ctx, func(tx *sqlx.Tx) error {
		definition, err := versionsOf(ctx, tx, indicatorTable(), "indicators", "code", indicator, upTo)
		if err != nil {
			return err
		}
		targets, err := versionsOf(ctx, tx, targetTable(), "targets", "indicator", indicator, upTo)
		all = append(definition, targets...)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("reading the history of the definition of %s: %w", indicator, kind(ctx, err))
	}
	indicators.SortByChangeset(all)
	return all, nil
}
