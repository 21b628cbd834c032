package sql

import (
	"context"
	"fmt"

	"jalon/indicators"
)

// Versions reads all that was ever published of the totals of an indicator (of all
// indicators: ""), as known at a changeset: each figure in every version, by period and
// from the first version to the last. An end that came later is not known yet. What has
// to be withheld by what is known now has no value in any version.
func (s *Store) Versions(ctx context.Context, indicator string, changeset int) (map[string][]indicators.Version, error) {
	const query = `
		SELECT s.indicator, o.period, o.value, o.numerator, o.denominator, o.obs_status, o.partial, c.text,
		       o.since, CASE WHEN o.until <= $2 THEN o.until ELSE 0 END, h.series IS NOT NULL
		FROM series s
		JOIN observation o ON o.series = s.id
		LEFT JOIN source c ON c.id = o.source
		LEFT JOIN suppression h ON h.series = o.series AND h.period = o.period AND h.until IS NULL
		WHERE ($1 = '' OR s.indicator = $1)
		  AND o.headline AND o.review = 3 AND o.since <= $2
		ORDER BY o.series, o.period, o.since`

	rows, err := s.db.QueryContext(ctx, query, indicator, changeset)
	if err != nil {
		return nil, fmt.Errorf("reading the versions of figures: %w", kind(ctx, err))
	}
	defer rows.Close()
	all, texts := map[string][]indicators.Version{}, map[string]string{}
	for rows.Next() {
		var code, status, source []byte
		var v indicators.Version
		var withheld bool
		if err := rows.Scan(&code, &v.Period, &v.Value, &v.Numerator, &v.Denominator, &status, &v.Partial, &source, &v.Since, &v.Until, &withheld); err != nil {
			return nil, fmt.Errorf("reading the versions of figures: %w", kind(ctx, err))
		}
		v.Status, v.Source = interned(texts, status), indicators.Optional(interned(texts, source))
		if withheld {
			v.Withhold(v.Since)
		}
		of := interned(texts, code)
		all[of] = append(all[of], v)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("reading the versions of figures: %w", kind(ctx, err))
	}
	return all, nil
}
