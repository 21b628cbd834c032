package main

import (
	"context"
	"fmt"
	"math"
	"path/filepath"
	"testing"
	"time"

	"jalon/indicators"
	"jalon/sql"
	"jalon/sql/sqltest"
)

// BenchmarkSnapshot takes and verifies the snapshot of a programme of 300 indicators and
// 60,000 published observations, beside a bare reading of these from the database.
func BenchmarkSnapshot(b *testing.B) {
	const rows = 60_000
	store := synthetic(b, 300)
	month := indicators.Period(202510001)
	taking := sql.Taking{Month: month, By: "a@example.org"}
	if _, err := store.TakeSnapshot(b.Context(), taking); err != nil {
		b.Fatal(err)
	}
	beside := func(b *testing.B, most float64, work func() error) {
		var ours, reading time.Duration
		for b.Loop() {
			began := time.Now()
			if err := work(); err != nil {
				b.Fatal(err)
			}
			ours += time.Since(began)
			began = time.Now()
			read, err := readObservations(b.Context(), store)
			reading += time.Since(began)
			if err != nil || read != rows {
				b.Fatalf("read %d observations: %v", read, err)
			}
		}
		b.ReportMetric(0, "ns/op") // of both together
		b.ReportMetric(ours.Seconds()*1000/float64(b.N), "jalon-ms")
		b.ReportMetric(reading.Seconds()*1000/float64(b.N), "SELECT-ms")
		b.ReportMetric(ours.Seconds()/reading.Seconds(), "ratio") // of the times
		b.ReportMetric(most, "at-most")
	}
	b.Run("take", func(b *testing.B) {
		beside(b, 3, func() error {
			_, err := store.TakeSnapshot(b.Context(), taking)
			return err
		})
	})
	b.Run("verify", func(b *testing.B) {
		beside(b, 5, func() error {
			v, err := store.VerifySnapshot(b.Context(), month.String())
			if err == nil && !v.Equal {
				b.Errorf("verification %+v", v)
			}
			return err
		})
	})
	b.Run("growth", func(b *testing.B) { snapshotGrowth(b, taking) })
}

// synthetic is a programme of so many indicators, each with 200 observations.
func synthetic(b *testing.B, count int) *sql.Store {
	b.Helper()
	store, _ := syntheticAt(b, count)
	return store
}

// syntheticAt is the same with the address of its database.
func syntheticAt(b *testing.B, count int) (store *sql.Store, dsn string) {
	b.Helper()
	dsn = sqltest.DSN(b)
	tables := filepath.Join(b.TempDir(), "tables")
	for _, args := range [][]string{
		{"generate", "--indicators", fmt.Sprint(count), "--years", "20", "--breakdowns", "9", "--out", tables},
		{"import", "--database", dsn, tables},
	} {
		if o := jalon(b.Context(), args...); o.code != exitDone {
			b.Fatalf("jalon %s: %s%s", args[0], o.out, o.err)
		}
	}
	return opened(b, dsn), dsn
}

// snapshotGrowth tells by which power of its size a programme takes longer to freeze and to
// prove: the slope of the line through the logarithms of three sizes, up to 5,000 indicators and a
// million observations.
func snapshotGrowth(b *testing.B, taking sql.Taking) {
	sizes := []int{200, 1000, 5000}
	stores := make([]*sql.Store, len(sizes))
	for n, size := range sizes {
		stores[n] = synthetic(b, size)
	}
	took := make([]time.Duration, len(sizes))
	for b.Loop() {
		for n, store := range stores {
			began := time.Now()
			if _, err := store.TakeSnapshot(b.Context(), taking); err != nil {
				b.Fatal(err)
			}
			if v, err := store.VerifySnapshot(b.Context(), taking.Month.String()); err != nil || !v.Equal {
				b.Fatalf("verification %+v, %v", v, err)
			}
			took[n] += time.Since(began)
		}
	}
	// Each size is five times the one before, so that the middle one has no weight in the slope.
	slope := math.Log(took[2].Seconds()/took[0].Seconds()) / math.Log(float64(sizes[2])/float64(sizes[0]))
	b.ReportMetric(0, "ns/op") // of all three together
	b.ReportMetric(slope, "jalon-power")
	b.ReportMetric(1.15, "at-most")
}

// readObservations reads the published observations with all that a snapshot freezes of them.
func readObservations(ctx context.Context, store *sql.Store) (read int, err error) {
	const query = `
		SELECT s.indicator, s.sex, s.age, s.governorate, s.breakdown, o.period, o.value, o.numerator, o.denominator,
		       o.obs_status, o.partial, c.text, o.since, o.comment, o.evidence
		FROM observation o
		JOIN series s ON s.id = o.series
		LEFT JOIN source c ON c.id = o.source
		WHERE o.review = 3 AND o.until IS NULL
		ORDER BY s.indicator, s.sex, s.age, s.governorate, s.breakdown, o.period`

	rows, err := store.DB().QueryContext(ctx, query)
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	for rows.Next() {
		var o struct {
			indicator, sex, age, governorate, breakdown, status string
			period, since                                       int
			value, numerator, denominator                       *string
			source, comment, evidence                           *string
			partial                                             bool
		}
		err := rows.Scan(&o.indicator, &o.sex, &o.age, &o.governorate, &o.breakdown, &o.period, &o.value, &o.numerator, &o.denominator,
			&o.status, &o.partial, &o.source, &o.since, &o.comment, &o.evidence)
		if err != nil {
			return 0, err
		}
		read++
	}
	return read, rows.Err()
}
