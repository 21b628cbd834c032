package main

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"testing"
	"time"

	"jalon/sql"
	"jalon/sql/sqltest"
	"jalon/web"
)

// BenchmarkAsOf asks a server that has just started for pages as of two years ago, of a
// programme of 5,000 indicators and a million observations, a hundredth of them revised
// since. The overview is held against a bare reading of its points from the database.
func BenchmarkAsOf(b *testing.B) {
	const count, years = 5000, 30
	dsn, tables := sqltest.DSN(b), filepath.Join(b.TempDir(), "tables")
	now := time.Now()
	then := now.AddDate(-2, 0, 0).Format(time.DateOnly)
	run := func(args ...string) {
		if o := jalon(b.Context(), args...); o.code != exitDone {
			b.Fatalf("jalon %s: %s%s", args[0], o.out, o.err)
		}
	}
	run("generate", "--indicators", fmt.Sprint(count), "--years", fmt.Sprint(years), "--breakdowns", "6", "--out", tables)
	run("import", "--database", dsn, "--moment", now.AddDate(-2, 0, -30).Format(time.RFC3339), tables)
	revise(b, filepath.Join(tables, "observations.csv"))
	run("import", "--database", dsn, filepath.Join(tables, "observations.csv"))
	store, err := sql.Open(b.Context(), dsn)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { store.Close() })

	b.Run("indicator", func(b *testing.B) {
		var first, again time.Duration
		for n := 0; b.Loop(); n++ {
			h := started(b, store)
			address := fmt.Sprintf("/fr/indicators/G%05d?as-of=%s", 1+n%count, then)
			first += timed(b, h, address)
			again += timed(b, h, fmt.Sprintf("/en/indicators/G%05d?as-of=%s", 1+n%count, then))
		}
		b.ReportMetric(0, "ns/op") // of both together, and of the start
		b.ReportMetric(first.Seconds()*1000/float64(b.N), "jalon-ms")
		b.ReportMetric(again.Seconds()*1000/float64(b.N), "again-ms")
		b.ReportMetric(150, "at-most")
	})
	b.Run("overview", func(b *testing.B) {
		var first, again, reading time.Duration
		for b.Loop() {
			h := started(b, store)
			first += timed(b, h, "/fr/?as-of="+then)
			again += timed(b, h, "/en/?as-of="+then)
			began := time.Now()
			points, err := readPointsAt(b.Context(), store, 1)
			reading += time.Since(began)
			if err != nil || points != count*years {
				b.Fatalf("read %d points: %v", points, err)
			}
		}
		b.ReportMetric(0, "ns/op") // of all together, and of the start
		b.ReportMetric(first.Seconds()*1000/float64(b.N), "jalon-ms")
		b.ReportMetric(again.Seconds()*1000/float64(b.N), "again-ms")
		b.ReportMetric(reading.Seconds()*1000/float64(b.N), "SELECT-ms")
		b.ReportMetric(first.Seconds()/reading.Seconds(), "ratio") // of the times
		b.ReportMetric(3, "at-most")
	})
}

// started is a server that has read the newest state and nothing else.
func started(b *testing.B, store *sql.Store) http.Handler {
	b.Helper()
	live := web.NewLive(store, nil, nil)
	if err := live.Refresh(b.Context()); err != nil {
		b.Fatal(err)
	}
	s, err := web.New(web.Config{Version: "1"}, store, live)
	if err != nil {
		b.Fatal(err)
	}
	return s.Handler()
}

func timed(b *testing.B, h http.Handler, address string) time.Duration {
	b.Helper()
	r, w := httptest.NewRequestWithContext(b.Context(), http.MethodGet, address, nil), httptest.NewRecorder()
	began := time.Now()
	h.ServeHTTP(w, r)
	took := time.Since(began)
	if w.Code != http.StatusOK {
		b.Fatalf("%s: %d: %s", address, w.Code, w.Body)
	}
	return took
}

// readPointsAt reads what the overview as of a changeset is made of, and no more.
func readPointsAt(ctx context.Context, store *sql.Store, changeset int) (points int, err error) {
	const query = `
		SELECT series, period, value
		FROM observation
		WHERE headline AND review = 3 AND since <= $1 AND (until IS NULL OR until > $1)
		ORDER BY series, period`

	rows, err := store.DB().QueryContext(ctx, query, changeset)
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
