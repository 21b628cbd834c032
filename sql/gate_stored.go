package sql

import (
	"context"
	"fmt"

	"github.com/lib/pq"

	"jalon/indicators"
)

// judgeStored judges the indicators left for later by their published figures as they
// will be. Only those series are read that change; of an indicator whose parts add up, all.
func (g *gating) judgeStored(ctx context.Context, st *staging) error {
	ids, ranks, keys, err := g.concerned(ctx, st)
	if err != nil || len(ids) == 0 {
		return err
	}
	const query = `
		WITH wanted AS (
		    SELECT * FROM unnest($1::int[], $2::int[]) AS w(series, rank)
		), known AS (
		    SELECT series, period, value, obs_status, partial, file, line
		    FROM diff
		    WHERE review = 3 AND NOT remove AND series = ANY ($1)
		    UNION ALL
		    SELECT series, period, value, obs_status, partial, NULL, NULL
		    FROM observation o
		    WHERE series = ANY ($1) AND until IS NULL AND review = 3
		      AND NOT EXISTS (SELECT FROM diff d WHERE d.series = o.series AND d.period = o.period AND d.review = 3)
		)
		SELECT rank, series, period, value, obs_status, partial, file, line
		FROM known
		JOIN wanted USING (series)
		ORDER BY rank, series, period`

	// Without it the planner takes a million differences for a few.
	if _, err := st.tx.ExecContext(ctx, `ANALYZE diff (series, period, review)`); err != nil {
		return fmt.Errorf("judging the figures: %w", kind(ctx, err))
	}
	rows, err := st.tx.QueryContext(ctx, query, pq.Array(ids), pq.Array(ranks))
	if err != nil {
		return fmt.Errorf("judging the figures: %w", kind(ctx, err))
	}
	defer rows.Close()
	r := storedReader{gating: g, keys: keys, rank: -1}
	r.begin(-1)
	for rows.Next() {
		var rank, series int64
		var file, line *int
		var status []byte
		var f indicators.Figure
		if err := rows.Scan(&rank, &series, &f.Period, &f.Value, &status, &f.Partial, &file, &line); err != nil {
			return fmt.Errorf("judging the figures: %w", kind(ctx, err))
		}
		if rank != r.rank {
			r.end()
			r.begin(rank)
		}
		key := keys[series]
		f.Status = interned(r.statuses, status)
		r.series[key] = append(r.series[key], f)
		if line != nil {
			r.coming[indicators.FigureKey{Indicator: key.Indicator, Breakdown: key.Breakdown, Period: f.Period}] = rowOf{*file, *line}
		}
	}
	r.end()
	if err := rows.Err(); err != nil {
		return fmt.Errorf("judging the figures: %w", kind(ctx, err))
	}
	return nil
}

// A storedReader gathers the figures of one indicator after another.
type storedReader struct {
	*gating
	keys     map[int64]indicators.SeriesKey
	rank     int64 // of the indicator whose figures come
	series   map[indicators.SeriesKey][]indicators.Figure
	coming   map[indicators.FigureKey]rowOf
	statuses map[string]string
}

func (r *storedReader) begin(rank int64) {
	r.rank = rank
	r.series, r.coming = map[indicators.SeriesKey][]indicators.Figure{}, map[indicators.FigureKey]rowOf{}
	if r.statuses == nil {
		r.statuses = map[string]string{}
	}
}

// end judges an indicator whose figures have all come.
func (r *storedReader) end() {
	for key := range r.series {
		is := func(key indicators.FigureKey) bool { _, comes := r.coming[key]; return comes }
		r.take(r.gate.Objections(key.Indicator, r.series, is), func(key indicators.FigureKey) rowOf { return r.coming[key] })
		return // they are all of one indicator
	}
}

// concerned lists the series to be read, each with the rank of its indicator.
func (g *gating) concerned(ctx context.Context, st *staging) (ids, ranks []int64, keys map[int64]indicators.SeriesKey, err error) {
	const query = `
		SELECT DISTINCT series
		FROM diff
		WHERE review = 3 AND NOT remove`

	var changed []int64
	if err := st.tx.SelectContext(ctx, &changed, query); err != nil {
		return nil, nil, nil, fmt.Errorf("looking for changed series: %w", kind(ctx, err))
	}
	keys = map[int64]indicators.SeriesKey{}
	for key, id := range st.series.ids {
		if g.later[key.Indicator] {
			keys[id] = key
		}
	}
	rank, wanted := map[string]int64{}, map[int64]bool{}
	for _, id := range changed {
		if key, later := keys[id]; later {
			wanted[id] = true
			if _, ranked := rank[key.Indicator]; !ranked {
				rank[key.Indicator] = int64(len(rank))
			}
		}
	}
	for id, key := range keys {
		if n, ranked := rank[key.Indicator]; wanted[id] || ranked && g.gate.Weighs(key.Indicator) {
			ids, ranks = append(ids, id), append(ranks, n)
		}
	}
	return ids, ranks, keys, nil
}
