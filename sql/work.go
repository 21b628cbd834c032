package sql

import (
	"context"
	"fmt"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"

	"jalon/indicators"
)

// workColumns are those of an indicators.Work, of live versions. Who entered a value is the
// author of the oldest version in a row that has it; who submitted it, that of the newest
// version in the state of submission. What is published is looked up for each, as OFFSET 0
// makes sure: before the first statistics after an import, it would be all that is published.
const workColumns = `
	SELECT o.series, s.indicator, s.sex AS "breakdown.sex", s.age AS "breakdown.age", s.governorate AS "breakdown.governorate",
	       s.breakdown AS "breakdown.breakdown", o.period, o.value, o.numerator, o.denominator, o.obs_status, o.partial,
	       t.text AS source, o.since, o.comment, o.evidence, o.review,
	       c.number AS "by.number", c.at AS "by.at", c.author AS "by.author", c.reason AS "by.reason",
	       coalesce(c.act, '') AS "by.act", coalesce(c.role, '') AS "by.role",
	       coalesce((SELECT e.author
	                 FROM observation h
	                 JOIN changeset e ON e.number = h.since
	                 WHERE h.series = o.series AND h.period = o.period AND h.review = 0 AND h.since <= o.since AND coalesce(e.act, '') <> 'return'
	                 ORDER BY h.since DESC
	                 LIMIT 1), '') AS entered,
	       coalesce((SELECT e.author
	                 FROM observation h
	                 JOIN changeset e ON e.number = h.since
	                 WHERE h.series = o.series AND h.period = o.period AND h.review = 1 AND h.since <= o.since
	                 ORDER BY h.since DESC
	                 LIMIT 1), '') AS submitted,
	       coalesce(p.period, 0) AS "published.period", p.value AS "published.value", p.numerator AS "published.numerator",
	       p.denominator AS "published.denominator", coalesce(p.obs_status, '') AS "published.obs_status",
	       coalesce(p.partial, false) AS "published.partial", coalesce(p.since, 0) AS "published.since"
	FROM observation o
	JOIN series s ON s.id = o.series
	JOIN changeset c ON c.number = o.since
	LEFT JOIN source t ON t.id = o.source
	LEFT JOIN LATERAL (
		SELECT *
		FROM observation l
		WHERE l.series = o.series AND l.period = o.period AND l.until IS NULL AND l.review = 3 AND o.review < 3
		OFFSET 0) p ON true`

// Work lists the figures on their way, of some indicators (nil: of all), by indicator,
// breakdown and period; and the number of the newest changeset of that moment.
func (s *Store) Work(ctx context.Context, of []string) (all []indicators.Work, changeset int, err error) {
	const pending = `
		WHERE o.until IS NULL AND o.review < 3 AND ($1 OR s.indicator = ANY ($2))
		ORDER BY s.indicator, s.sex, s.age, s.governorate, s.breakdown, o.period`

	err = s.read(ctx, func(tx *sqlx.Tx) error {
		if changeset, err = newest(ctx, tx); err != nil {
			return err
		}
		var rows []found
		if err := tx.SelectContext(ctx, &rows, workColumns+pending, of == nil, pq.Array(of)); err != nil {
			return fmt.Errorf("reading the figures under review: %w", kind(ctx, err))
		}
		all = make([]indicators.Work, len(rows))
		for n := range rows {
			all[n] = rows[n].Work
		}
		return nil
	})
	return all, changeset, err
}

// Standing is what was known, at a changeset, of the figures of some indicators within some
// periods: published ones, and those on their way.
func (s *Store) Standing(ctx context.Context, changeset int, of []string, periods []indicators.Period) ([]indicators.Observation, error) {
	const query = `
		SELECT s.indicator, o.period, o.value, o.numerator, o.denominator, o.obs_status, o.partial, c.text AS source,
		       o.since, s.sex AS "breakdown.sex", s.age AS "breakdown.age", s.governorate AS "breakdown.governorate",
		       s.breakdown AS "breakdown.breakdown", o.comment, o.evidence, o.review
		FROM series s
		JOIN observation o ON o.series = s.id
		LEFT JOIN source c ON c.id = o.source
		WHERE s.indicator = ANY ($2) AND o.period = ANY ($3)
		  AND o.since <= $1 AND (o.until IS NULL OR o.until > $1)`

	numbers := make([]int64, len(periods))
	for n, p := range periods {
		numbers[n] = int64(p)
	}
	var all []indicators.Observation
	if err := s.db.SelectContext(ctx, &all, query, changeset, pq.Array(of), pq.Array(numbers)); err != nil {
		return nil, fmt.Errorf("reading figures as of changeset %d: %w", changeset, kind(ctx, err))
	}
	return all, nil
}
