package sql

import (
	"context"
	"fmt"

	"github.com/jmoiron/sqlx"

	"jalon/indicators"
)

// A dictionary gives each key its number. Numbers for new keys are taken from a
// sequence, which no transaction holds; their rows are written under the lock.
type dictionary[K comparable] struct {
	ids      map[K]int64
	added    []K // in the order of their numbers
	reserved []int64
	reserve  func(context.Context) ([]int64, error)
}

func (d *dictionary[K]) id(ctx context.Context, key K) (int64, error) {
	if id, found := d.ids[key]; found {
		return id, nil
	}
	if len(d.reserved) == 0 {
		var err error
		if d.reserved, err = d.reserve(ctx); err != nil {
			return 0, err
		}
	}
	id := d.reserved[0]
	d.reserved = d.reserved[1:]
	d.ids[key], d.added = id, append(d.added, key)
	return id, nil
}

// reserver takes numbers from a table's sequence, on a connection aside: the
// transaction's is busy with COPY, and the pool may be in use by others who wait, too.
func (s *Store) reserver(table string) func(context.Context) ([]int64, error) {
	const query = `
		SELECT nextval(pg_get_serial_sequence($1, 'id'))
		FROM generate_series(1, 500)`

	return func(ctx context.Context) (ids []int64, err error) {
		if err := s.aside.SelectContext(ctx, &ids, query, table); err != nil {
			return nil, fmt.Errorf("reserving numbers for the table %s: %w", table, kind(ctx, err))
		}
		return ids, nil
	}
}

func (s *Store) seriesDictionary(ctx context.Context, tx *sqlx.Tx) (*dictionary[indicators.SeriesKey], error) {
	const query = `
		SELECT id, indicator, sex, age, governorate, breakdown
		FROM series`

	rows, err := tx.QueryContext(ctx, query)
	if err != nil {
		return nil, fmt.Errorf("reading the series: %w", kind(ctx, err))
	}
	defer rows.Close()
	d := &dictionary[indicators.SeriesKey]{ids: map[indicators.SeriesKey]int64{}, reserve: s.reserver("series")}
	for rows.Next() {
		var id int64
		var key indicators.SeriesKey
		b := &key.Breakdown
		if err := rows.Scan(&id, &key.Indicator, &b.Sex, &b.Age, &b.Governorate, &b.Other); err != nil {
			return nil, fmt.Errorf("reading the series: %w", kind(ctx, err))
		}
		d.ids[key] = id
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("reading the series: %w", kind(ctx, err))
	}
	return d, nil
}

func (s *Store) sourceDictionary(ctx context.Context, tx *sqlx.Tx) (*dictionary[string], error) {
	const query = `
		SELECT id, text
		FROM source`

	var rows []struct {
		ID   int64
		Text string
	}
	if err := tx.SelectContext(ctx, &rows, query); err != nil {
		return nil, fmt.Errorf("reading the sources: %w", kind(ctx, err))
	}
	d := &dictionary[string]{ids: make(map[string]int64, len(rows)), reserve: s.reserver("source")}
	for _, row := range rows {
		d.ids[row.Text] = row.ID
	}
	return d, nil
}

// writeDictionaries adds the new series and sources, under the lock.
func (st *staging) writeDictionaries(ctx context.Context, tx *sqlx.Tx) error {
	series := func(yield func([]any) bool) {
		for _, key := range st.series.added {
			b := key.Breakdown
			if !yield([]any{st.series.ids[key], key.Indicator, b.Sex, b.Age, b.Governorate, b.Other}) {
				return
			}
		}
	}
	if err := copyIn(ctx, tx, "series", []string{"id", "indicator", "sex", "age", "governorate", "breakdown"}, series); err != nil {
		return fmt.Errorf("adding series: %w", kind(ctx, err))
	}
	sources := func(yield func([]any) bool) {
		for _, text := range st.sources.added {
			if !yield([]any{st.sources.ids[text], text}) {
				return
			}
		}
	}
	if err := copyIn(ctx, tx, "source", []string{"id", "text"}, sources); err != nil {
		return fmt.Errorf("adding sources: %w", kind(ctx, err))
	}
	return nil
}
