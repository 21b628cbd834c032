package sql

import (
	"context"
	"fmt"

	"github.com/lib/pq"

	"jalon/indicators"
)

// partsQuery names the series of some indicators by one dimension each.
const partsQuery = `
	SELECT id, indicator, sex, age, governorate, breakdown
	FROM series
	WHERE indicator = ANY ($1)
	  AND (sex <> '')::int + (age <> '')::int + (governorate <> '')::int + (breakdown <> '')::int = 1
	  AND position('|' IN breakdown) = 0`

// Parts are the published figures of an indicator by one dimension each, as of a
// changeset. What has to be withheld by what is known now has no value.
func (s *Store) Parts(ctx context.Context, indicator string, changeset int) (indicators.Parts, error) {
	all, err := s.PartsOf(ctx, []string{indicator}, changeset)
	return all[indicator], err
}

// PartsOf are the parts of several indicators, by indicator, in as many queries as of one.
// An indicator without any is left out.
func (s *Store) PartsOf(ctx context.Context, codes []string, changeset int) (map[string]indicators.Parts, error) {
	keys, err := seriesKeys(ctx, s.db, partsQuery, pq.Array(codes))
	if err != nil || len(keys) == 0 {
		return nil, err
	}
	series, err := figuresIn(ctx, s.db, changeset, keys)
	if err != nil {
		return nil, err
	}
	all := map[string]indicators.Parts{}
	for key, figures := range filled(series) {
		if all[key.Indicator] == nil {
			all[key.Indicator] = indicators.Parts{}
		}
		all[key.Indicator][key.Breakdown] = figures
	}
	return all, nil
}

// LatestIn is the newest published figure of each indicator in a governorate, as of a
// changeset, by indicator. What has to be withheld by what is known now has no value.
func (s *Store) LatestIn(ctx context.Context, governorate string, changeset int) (map[string]indicators.Figure, error) {
	const query = `
		SELECT DISTINCT ON (s.indicator)
		       s.indicator, o.period, o.value, o.numerator, o.denominator, o.obs_status, o.partial, c.text AS source,
		       o.since, coalesce(h.since, 0) AS withheld
		FROM series s
		JOIN observation o ON o.series = s.id
		LEFT JOIN source c ON c.id = o.source
		LEFT JOIN suppression h ON h.series = o.series AND h.period = o.period AND h.until IS NULL
		WHERE s.governorate = $1 AND s.sex = '' AND s.age = '' AND s.breakdown = ''
		  AND o.review = 3 AND o.since <= $2 AND (o.until IS NULL OR o.until > $2)
		ORDER BY s.indicator, o.period DESC`

	var rows []struct {
		Indicator string
		indicators.Figure
		Withheld int
	}
	if err := s.db.SelectContext(ctx, &rows, query, governorate, changeset); err != nil {
		return nil, fmt.Errorf("reading the figures of %s: %w", governorate, kind(ctx, err))
	}
	latest := make(map[string]indicators.Figure, len(rows))
	for n := range rows {
		f := rows[n].Figure
		if since := rows[n].Withheld; since > 0 {
			f.Withhold(min(since, changeset))
		}
		latest[rows[n].Indicator] = f
	}
	return latest, nil
}

// ByGovernorate counts, for each indicator, the governorates of which it has published
// figures as of a changeset. Indicators without any are left out.
func (s *Store) ByGovernorate(ctx context.Context, changeset int) (map[string]int, error) {
	const query = `
		SELECT s.indicator, count(*) AS governorates
		FROM series s
		WHERE s.governorate <> '' AND s.sex = '' AND s.age = '' AND s.breakdown = ''
		  AND EXISTS (SELECT FROM observation o
		              WHERE o.series = s.id AND o.review = 3 AND o.since <= $1 AND (o.until IS NULL OR o.until > $1))
		GROUP BY s.indicator`

	var rows []struct {
		Indicator    string
		Governorates int
	}
	if err := s.db.SelectContext(ctx, &rows, query, changeset); err != nil {
		return nil, fmt.Errorf("counting governorates with figures: %w", kind(ctx, err))
	}
	counts := make(map[string]int, len(rows))
	for _, row := range rows {
		counts[row.Indicator] = row.Governorates
	}
	return counts, nil
}
