package sql

import (
	"context"
	"fmt"

	"github.com/lib/pq"

	"jalon/indicators"
)

// refuseLocked tells of rows that would change a figure of a locked period.
func (st *staging) refuseLocked(ctx context.Context) error {
	const query = `
		SELECT file, line, 0 AS first
		FROM diff p
		WHERE EXISTS (SELECT ` + lockedPeriod + `)
		ORDER BY file, line`

	var any bool
	if err := st.tx.GetContext(ctx, &any, `SELECT EXISTS (SELECT FROM period_lock WHERE until IS NULL)`); err != nil {
		return fmt.Errorf("looking for locked periods: %w", kind(ctx, err))
	}
	if !any {
		return nil
	}
	return st.tell(ctx, query, func(at rowOf, _ int) indicators.Problem {
		return st.problem(at, indicators.Say("the period is locked: leave the row out, or have the period unlocked first"))
	})
}

// refuseOvertaken refuses to replace what whoever enters figures has not seen: versions
// begun or ended since then, and what is under review by now.
func (st *staging) refuseOvertaken(ctx context.Context, seen int) error {
	const touched = `
		SELECT d.series, d.period
		FROM diff d
		JOIN observation o ON o.series = d.series AND o.period = d.period
		WHERE o.since > $1 OR o.until > $1 OR o.until IS NULL AND o.review IN (1, 2)
		GROUP BY d.series, d.period
		LIMIT 100`

	const live = `
		JOIN unnest($1::int[], $2::int[]) AS k(series, period) ON o.series = k.series AND o.period = k.period
		WHERE o.until IS NULL
		  AND (o.review < 3 OR NOT EXISTS (SELECT FROM observation q
		                                   WHERE q.series = o.series AND q.period = o.period AND q.until IS NULL AND q.review < 3))
		ORDER BY s.indicator, s.sex, s.age, s.governorate, s.breakdown, o.period`

	if seen == 0 {
		return nil
	}
	var keys []struct{ Series, Period int64 }
	if err := st.tx.SelectContext(ctx, &keys, touched, seen); err != nil {
		return fmt.Errorf("looking for what others have changed: %w", kind(ctx, err))
	}
	if len(keys) == 0 {
		return nil
	}
	series, periods := make([]int64, len(keys)), make([]int64, len(keys))
	for n, k := range keys {
		series[n], periods[n] = k.Series, k.Period
	}
	var now []found
	if err := st.tx.SelectContext(ctx, &now, workColumns+live, pq.Array(series), pq.Array(periods)); err != nil {
		return fmt.Errorf("reading what others have changed: %w", kind(ctx, err))
	}
	overtaken := &indicators.Overtaken{}
	for n := range now {
		overtaken.Now = append(overtaken.Now, now[n].Work)
	}
	return overtaken
}
