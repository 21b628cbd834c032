package sql

import (
	"context"
	"fmt"

	"jalon/indicators"
)

// maxFalls bounds how many falls are read; those beyond are counted. It is as many as a
// report lists.
const maxFalls = 100

// falls finds, among the published values of cumulative indicators that the import adds
// or changes, those that will be below the newest earlier value of their series, or above
// the next later one. A value after a break (B) begins a new count, and a partial one is
// nobody's earlier value. more counts the warnings beyond those given.
func (st *staging) falls(ctx context.Context) (warnings []indicators.Problem, more int, err error) {
	if !st.counts {
		return nil, 0, nil
	}
	// before is the month in which the earlier value's period ends, then the rest of it, as
	// one array: the greatest is that of the newest.
	const query = `
		WITH known AS (
		    SELECT series, period, obs_status, partial, value, file, line, counter
		    FROM diff
		    WHERE counter IS NOT NULL AND review = 3
		    UNION ALL
		    SELECT series, period, obs_status, partial, value, NULL, NULL, NULL
		    FROM observation o
		    WHERE o.series IN (SELECT series FROM diff WHERE counter IS NOT NULL AND review = 3)
		      AND o.until IS NULL AND o.review = 3
		      AND NOT EXISTS (SELECT FROM diff d WHERE d.series = o.series AND d.period = o.period AND d.review = 3)
		), ended AS (
		    SELECT *, period / 100000 * 12 + period / 1000 % 100 + period % 1000 AS month
		    FROM known
		    WHERE value IS NOT NULL
		), paired AS (
		    SELECT period, value, file, line, counter,
		           max(CASE WHEN NOT partial THEN ARRAY[month, period, value, file, line, counter]::numeric[] END) OVER earlier AS before,
		           max(month) FILTER (WHERE obs_status = 'B') OVER so_far AS begun
		    FROM ended
		    WINDOW so_far AS (PARTITION BY series ORDER BY month),
		           earlier AS (so_far RANGE BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
		)
		SELECT coalesce(file, before[4]) AS file, coalesce(line, before[5]) AS line, coalesce(counter, before[6]) AS "column",
		       line IS NULL AS at_earlier, before[2]::int AS earlier, before[3] AS earlier_value, period AS later, value AS later_value,
		       count(*) OVER () AS total
		FROM paired
		WHERE value < before[3] AND before[1] >= coalesce(begun, before[1]) AND (line IS NOT NULL OR before[5] IS NOT NULL)
		ORDER BY 1, 2, later
		LIMIT $1`

	// Without it the planner takes a million differences for a few.
	if _, err := st.tx.ExecContext(ctx, `ANALYZE diff (series, period, review, counter)`); err != nil {
		return nil, 0, fmt.Errorf("looking for cumulative values that fall: %w", kind(ctx, err))
	}
	var found []struct {
		File, Line, Column, Total int
		AtEarlier                 bool `db:"at_earlier"`
		indicators.Fall
	}
	if err := st.tx.SelectContext(ctx, &found, query, maxFalls); err != nil {
		return nil, 0, fmt.Errorf("looking for cumulative values that fall: %w", kind(ctx, err))
	}
	for n := range found {
		f := &found[n]
		w := st.problem(rowOf{f.File, f.Line}, f.OfLater())
		if w.Column = f.Column; f.AtEarlier {
			w.Message = f.OfEarlier()
		}
		warnings = append(warnings, w)
		more = f.Total - len(found)
	}
	return warnings, more, nil
}
