package sql

import (
	"context"
	"fmt"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"

	"jalon/indicators"
)

// seriesQuery names the series of the Dataset: totals, and breakdowns that have a
// row of targets.
const seriesQuery = `
	SELECT id, indicator, sex, age, governorate, breakdown
	FROM series s
	WHERE (sex = '' AND age = '' AND governorate = '' AND breakdown = ''
	    OR EXISTS (SELECT FROM target t
	               WHERE t.indicator = s.indicator AND t.sex = s.sex AND t.age = s.age
	                 AND t.governorate = s.governorate AND t.breakdown = s.breakdown
	                 AND t.since <= $1 AND (t.until IS NULL OR t.until > $1)))`

// figureColumns are read in this order by readFigures.
const figureColumns = `
	SELECT o.series, o.period, o.value, o.numerator, o.denominator, o.obs_status, o.partial, o.source, o.since
	FROM observation o `

// figuresAt reads all figures of the Dataset as of a changeset, totals through the
// index of headlines. What is withheld by the knowledge of another changeset has no value.
func figuresAt(ctx context.Context, tx *sqlx.Tx, number, by int) (map[indicators.SeriesKey][]indicators.Figure, error) {
	const headlines = figureColumns + `
		WHERE headline AND review = 3 AND since <= $1 AND (until IS NULL OR until > $1)
		ORDER BY series, period`

	keys, broken, err := seriesKeys(ctx, tx, seriesQuery, number)
	if err != nil {
		return nil, err
	}
	withheld, err := withheldBy(ctx, tx, by)
	if err != nil {
		return nil, err
	}
	series := make(map[indicators.SeriesKey][]indicators.Figure, len(keys))
	reader := figureReader{keys, withheld, series}
	if err := reader.read(ctx, tx, headlines, number); err != nil {
		return nil, err
	}
	if len(broken) > 0 {
		if err := reader.read(ctx, tx, someFigures, number, pq.Array(broken)); err != nil {
			return nil, err
		}
	}
	return series, nil
}

const someFigures = figureColumns + `
	WHERE series = ANY ($2) AND review = 3 AND since <= $1 AND (until IS NULL OR until > $1)
	ORDER BY series, period`

// figuresOf reads the figures of some series; one without any is there, empty.
func figuresOf(ctx context.Context, tx *sqlx.Tx, number int, ids []int64) (map[indicators.SeriesKey][]indicators.Figure, error) {
	keys, _, err := seriesKeys(ctx, tx, seriesQuery+` AND id = ANY ($2)`, number, pq.Array(ids))
	if err != nil {
		return nil, err
	}
	withheld, err := withheldOf(ctx, tx, byNow, ids)
	if err != nil {
		return nil, err
	}
	series := make(map[indicators.SeriesKey][]indicators.Figure, len(keys))
	for _, key := range keys {
		series[key] = nil
	}
	reader := figureReader{keys, withheld, series}
	return series, reader.read(ctx, tx, someFigures, number, pq.Array(ids))
}

// seriesKeys reads series by id, and lists those of breakdowns.
func seriesKeys(ctx context.Context, tx *sqlx.Tx, query string, args ...any) (map[int32]indicators.SeriesKey, []int64, error) {
	rows, err := tx.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, nil, fmt.Errorf("reading the series: %w", kind(ctx, err))
	}
	defer rows.Close()
	keys, broken := map[int32]indicators.SeriesKey{}, []int64(nil)
	for rows.Next() {
		var id int32
		var key indicators.SeriesKey
		b := &key.Breakdown
		if err := rows.Scan(&id, &key.Indicator, &b.Sex, &b.Age, &b.Governorate, &b.Other); err != nil {
			return nil, nil, fmt.Errorf("reading the series: %w", kind(ctx, err))
		}
		keys[id] = key
		if !b.IsTotal() {
			broken = append(broken, int64(id))
		}
	}
	if err := rows.Err(); err != nil {
		return nil, nil, fmt.Errorf("reading the series: %w", kind(ctx, err))
	}
	return keys, broken, nil
}

// A figureReader reads the figures of some series, but for what is withheld. That is
// looked up here: a join would cost the totals their index.
type figureReader struct {
	keys     map[int32]indicators.SeriesKey
	withheld map[rowKey]int
	into     map[indicators.SeriesKey][]indicators.Figure
}

// read reads rows as known at a changeset, sorted by series, into the figures of each.
func (r *figureReader) read(ctx context.Context, tx *sqlx.Tx, query string, number int, others ...any) error {
	texts, err := sourceTexts(ctx, tx)
	if err != nil {
		return err
	}
	rows, err := tx.QueryContext(ctx, query, append([]any{number}, others...)...)
	if err != nil {
		return fmt.Errorf("reading the figures: %w", kind(ctx, err))
	}
	defer rows.Close()
	var last int32
	var run []indicators.Figure
	keep := func() {
		if key, wanted := r.keys[last]; wanted && len(run) > 0 {
			r.into[key] = append([]indicators.Figure(nil), run...)
		}
		run = run[:0]
	}
	statuses := map[string]string{}
	for rows.Next() {
		var series int32
		var source *int64
		var status []byte
		var f indicators.Figure
		if err := rows.Scan(&series, &f.Period, &f.Value, &f.Numerator, &f.Denominator, &status, &f.Partial, &source, &f.Since); err != nil {
			return fmt.Errorf("reading the figures: %w", kind(ctx, err))
		}
		if series != last {
			keep()
			last = series
		}
		f.Status = interned(statuses, status)
		if source != nil {
			f.Source = indicators.Optional(texts[*source])
		}
		if since, is := r.withheld[rowKey{series, f.Period}]; is {
			f.Withhold(min(since, number))
		}
		run = append(run, f)
	}
	keep()
	if err := rows.Err(); err != nil {
		return fmt.Errorf("reading the figures: %w", kind(ctx, err))
	}
	return nil
}

// interned is a text of which only one copy is kept.
func interned(known map[string]string, text []byte) string {
	if s, found := known[string(text)]; found {
		return s
	}
	s := string(text)
	known[s] = s
	return s
}

func sourceTexts(ctx context.Context, tx *sqlx.Tx) (map[int64]string, error) {
	var rows []struct {
		ID   int64
		Text string
	}
	if err := tx.SelectContext(ctx, &rows, `SELECT id, text FROM source`); err != nil {
		return nil, fmt.Errorf("reading the sources: %w", kind(ctx, err))
	}
	texts := make(map[int64]string, len(rows))
	for _, row := range rows {
		texts[row.ID] = row.Text
	}
	return texts, nil
}
