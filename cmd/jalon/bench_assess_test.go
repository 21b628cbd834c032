package main

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"jalon/indicators"
	"jalon/sql"
	"jalon/sql/sqltest"
)

// BenchmarkAssess judges 10,000 indicators of 30 points, held against a bare reading
// of those points from the database.
func BenchmarkAssess(b *testing.B) {
	const count, years = 10_000, 30
	dsn, tables := sqltest.DSN(b), filepath.Join(b.TempDir(), "tables")
	for _, args := range [][]string{
		{"generate", "--indicators", fmt.Sprint(count), "--years", fmt.Sprint(years), "--out", tables},
		{"import", "--database", dsn, tables},
	} {
		if o := jalon(b.Context(), args...); o.code != exitDone {
			b.Fatalf("jalon %s: %s%s", args[0], o.out, o.err)
		}
	}
	store, err := sql.Open(b.Context(), dsn)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { store.Close() })
	ds, err := store.Dataset(b.Context(), 0)
	if err != nil {
		b.Fatal(err)
	}
	day := indicators.Date(2026_10_31)
	b.Run("speed", func(b *testing.B) {
		var judging, reading time.Duration
		for b.Loop() {
			began := time.Now()
			judged := len(ds.Assess(day))
			judging += time.Since(began)
			began = time.Now()
			points, err := readPoints(b.Context(), store)
			reading += time.Since(began)
			if err != nil || judged != count || points != count*years {
				b.Fatalf("judged %d indicators, read %d points: %v", judged, points, err)
			}
		}
		perOp := func(d time.Duration) float64 { return d.Seconds() * 1000 / float64(b.N) }
		b.ReportMetric(0, "ns/op") // of both together
		b.ReportMetric(perOp(judging), "jalon-ms")
		b.ReportMetric(perOp(reading), "SELECT-ms")
		b.ReportMetric(judging.Seconds()/reading.Seconds(), "ratio") // of the times
		b.ReportMetric(0.1, "at-most")
	})
	// The list itself, and what its length does not change.
	figure(b, "allocations", testing.AllocsPerRun(3, func() { ds.Assess(day) }), "jalon-allocs", 5, "at-most")
}

// readPoints reads what the assessments are made of, and no more.
func readPoints(ctx context.Context, store *sql.Store) (points int, err error) {
	const query = `
		SELECT series, period, value
		FROM observation
		WHERE headline AND review = 3 AND until IS NULL
		ORDER BY series, period`

	rows, err := store.DB().QueryContext(ctx, query)
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	for rows.Next() {
		var series, period int64
		var value float64
		if err := rows.Scan(&series, &period, &value); err != nil {
			return 0, err
		}
		points++
	}
	return points, rows.Err()
}
