package sql

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"
	"golang.org/x/sync/errgroup"

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

const someFigures = figureColumns + `
	WHERE series = ANY ($2) AND review = 3 AND since <= $1 AND (until IS NULL OR until > $1)
	ORDER BY series, period`

// seriesFigures are the figures of series, by period.
type seriesFigures = map[indicators.SeriesKey][]indicators.Figure

// figuresAt reads all figures of the Dataset as of a changeset: totals through the index
// of headlines, in two halves side by side, for half of the time goes into decoding. What
// is withheld by the knowledge of another changeset has no value.
func (s *Store) figuresAt(ctx context.Context, number, by int) (seriesFigures, error) {
	const headlines = figureColumns + `
		WHERE headline AND review = 3 AND since <= $1 AND (until IS NULL OR until > $1) AND series BETWEEN $2 AND $3
		ORDER BY series, period`

	keys, err := seriesKeys(ctx, s.db, seriesQuery, number)
	if err != nil {
		return nil, err
	}
	texts, err := sourceTexts(ctx, s.db)
	if err != nil {
		return nil, err
	}
	withheld, err := withheldBy(ctx, s.db, by)
	if err != nil {
		return nil, err
	}
	totals, broken := keys.split()
	parts := [3]seriesFigures{}
	pieces, ctx := errgroup.WithContext(ctx)
	read := func(part int, query string, others ...any) {
		parts[part] = make(seriesFigures, len(keys)/2)
		reader := figureReader{keys: keys, texts: texts, withheld: withheld, into: parts[part]}
		pieces.Go(func() error { return reader.read(ctx, s.db, query, number, others...) })
	}
	if middle := len(totals) / 2; len(totals) > 0 {
		read(0, headlines, totals[0], totals[middle])
		read(1, headlines, totals[middle]+1, totals[len(totals)-1])
	}
	if len(broken) > 0 {
		read(2, someFigures, pq.Array(broken))
	}
	if err := pieces.Wait(); err != nil {
		return nil, err
	}
	series := make(seriesFigures, len(keys))
	for _, part := range parts {
		maps.Copy(series, part)
	}
	return series, nil
}

// figuresOf reads the figures of some series; one without any is there, empty.
func figuresOf(ctx context.Context, from sqlx.QueryerContext, number int, ids []int64) (seriesFigures, error) {
	keys, err := seriesKeys(ctx, from, seriesQuery+` AND id = ANY ($2)`, number, pq.Array(ids))
	if err != nil {
		return nil, err
	}
	return figuresIn(ctx, from, number, keys)
}

// figuresOfIndicator reads the figures of the Dataset's series of one indicator.
func figuresOfIndicator(ctx context.Context, from sqlx.QueryerContext, number int, indicator string) (seriesFigures, error) {
	keys, err := seriesKeys(ctx, from, seriesQuery+` AND indicator = $2`, number, indicator)
	if err != nil {
		return nil, err
	}
	series, err := figuresIn(ctx, from, number, keys)
	return filled(series), err
}

// filled leaves out series without figures.
func filled(series seriesFigures) seriesFigures {
	maps.DeleteFunc(series, func(_ indicators.SeriesKey, figures []indicators.Figure) bool { return len(figures) == 0 })
	return series
}

// figuresIn reads the figures of series, but for what is withheld by what is known now.
func figuresIn(ctx context.Context, from sqlx.QueryerContext, number int, keys seriesByID) (seriesFigures, error) {
	withheld, err := withheldOf(ctx, from, byNow, keys.ids())
	if err != nil {
		return nil, err
	}
	return trueFigures(ctx, from, number, keys, withheld)
}

// trueFigures reads the figures of series, but for those that are withheld; one without
// any is there, empty.
func trueFigures(ctx context.Context, from sqlx.QueryerContext, number int, keys seriesByID, withheld map[rowKey]int) (seriesFigures, error) {
	series := make(seriesFigures, len(keys))
	for _, key := range keys {
		series[key] = nil
	}
	texts, err := sourceTextsOf(ctx, from, keys.ids())
	if err != nil {
		return nil, err
	}
	reader := figureReader{keys: keys, texts: texts, withheld: withheld, into: series}
	return series, reader.read(ctx, from, someFigures, number, pq.Array(keys.ids()))
}

// seriesByID are series by their number in the database.
type seriesByID map[int32]indicators.SeriesKey

// ids lists the numbers.
func (keys seriesByID) ids() []int64 {
	all := make([]int64, 0, len(keys))
	for id := range keys {
		all = append(all, int64(id))
	}
	return all
}

// split lists the numbers of totals, from the lowest, and those of breakdowns.
func (keys seriesByID) split() (totals, broken []int64) {
	for id, key := range keys {
		if key.Breakdown.IsTotal() {
			totals = append(totals, int64(id))
		} else {
			broken = append(broken, int64(id))
		}
	}
	slices.Sort(totals)
	return totals, broken
}

func seriesKeys(ctx context.Context, from sqlx.QueryerContext, query string, args ...any) (seriesByID, error) {
	rows, err := from.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, fmt.Errorf("reading the series: %w", kind(ctx, err))
	}
	defer rows.Close()
	keys := seriesByID{}
	for rows.Next() {
		var id int32
		var key indicators.SeriesKey
		b := &key.Breakdown
		if err := rows.Scan(&id, &key.Indicator, &b.Sex, &b.Age, &b.Governorate, &b.Other); err != nil {
			return nil, fmt.Errorf("reading the series: %w", kind(ctx, err))
		}
		keys[id] = key
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("reading the series: %w", kind(ctx, err))
	}
	return keys, nil
}

// A figureReader reads the figures of some series, but for what is withheld. That is
// looked up here: a join would cost the totals their index.
type figureReader struct {
	keys     seriesByID
	texts    map[int64]string // of sources
	withheld map[rowKey]int
	into     seriesFigures
}

// read reads rows as known at a changeset, sorted by series, into the figures of each.
func (r *figureReader) read(ctx context.Context, from sqlx.QueryerContext, query string, number int, others ...any) error {
	rows, err := from.QueryContext(ctx, query, append([]any{number}, others...)...)
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
			f.Source = indicators.Optional(r.texts[*source])
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

func sourceTexts(ctx context.Context, from sqlx.QueryerContext) (map[int64]string, error) {
	return textsByID(ctx, from, `SELECT id, text FROM source`)
}

// sourceTextsOf are the sources of some series, at whatever time.
func sourceTextsOf(ctx context.Context, from sqlx.QueryerContext, series []int64) (map[int64]string, error) {
	const query = `
		SELECT id, text
		FROM source
		WHERE id IN (SELECT source FROM observation WHERE series = ANY ($1))`

	return textsByID(ctx, from, query, pq.Array(series))
}

func textsByID(ctx context.Context, from sqlx.QueryerContext, query string, args ...any) (map[int64]string, error) {
	var rows []struct {
		ID   int64
		Text string
	}
	if err := sqlx.SelectContext(ctx, from, &rows, query, args...); err != nil {
		return nil, fmt.Errorf("reading the sources: %w", kind(ctx, err))
	}
	texts := make(map[int64]string, len(rows))
	for _, row := range rows {
		texts[row.ID] = row.Text
	}
	return texts, nil
}
