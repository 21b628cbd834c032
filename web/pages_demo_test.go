package web

import (
	"cmp"
	"context"
	"encoding/csv"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"jalon/exchange/table"
	"jalon/indicators"
)

// demoFolder is the demonstration programme, as it lies in the repository.
const demoFolder = "../cmd/jalon/demo"

// demoSource gives the demonstration programme as it was after each of its steps.
func demoSource(tb testing.TB) source {
	return readWhole(apiSource(demoDataset(tb)), func(_ context.Context, number int) (*indicators.Dataset, error) { return demoUntil(tb, number), nil })
}

// demoServer serves the demonstration programme, on a day when all of it is known.
func demoServer(tb testing.TB) *Server {
	tb.Helper()
	now := func() time.Time { return atDay("2026-11-23") }
	live := newLive(demoSource(tb), now, nil)
	if err := live.Refresh(tb.Context()); err != nil {
		tb.Fatal(err)
	}
	s, err := New(Config{Version: "1", Now: now}, nil, live)
	if err != nil {
		tb.Fatal(err)
	}
	return s
}

// demonstration is the server of the demonstration with all its pages, read once for the tests
// that look at each.
var demonstration struct {
	once   sync.Once
	server *Server
	pages  map[string]string
}

func demoPages(t *testing.T) (*Server, map[string]string) {
	t.Helper()
	d := &demonstration
	d.once.Do(func() {
		d.server = demoServer(t)
		d.pages = crawl(t, d.server.Handler(), "/fr/")
	})
	return d.server, d.pages
}

// demoDataset is the whole demonstration programme.
func demoDataset(tb testing.TB) *indicators.Dataset { return demoUntil(tb, 0) }

// demoUntil reads the demonstration programme step by step, as its loader does,
// without a database; up to a step, 0 for all.
func demoUntil(tb testing.TB, last int) *indicators.Dataset {
	tb.Helper()
	steps, err := os.Open(filepath.Join(demoFolder, "steps.csv"))
	if err != nil {
		tb.Fatal(err)
	}
	defer steps.Close()
	rows, err := csv.NewReader(steps).ReadAll()
	if err != nil {
		tb.Fatal(err)
	}
	d := &indicators.Definitions{}
	series := map[indicators.SeriesKey][]indicators.Figure{}
	var changesets []indicators.Changeset
	rows = rows[1:]
	if last > 0 {
		rows = rows[:last]
	}
	for n, row := range rows {
		at, err := time.Parse(time.RFC3339, row[1])
		if err != nil {
			tb.Fatal(err)
		}
		d = demoStep(tb, d, series, row[0], n+1)
		changesets = append(changesets, indicators.Changeset{Number: n + 1, At: at, Author: row[2], Reason: row[3]})
	}
	for n := range d.Targets {
		d.Targets[n].Since = 1
	}
	return indicators.NewDataset(d, changesets, series)
}

func demoStep(tb testing.TB, d *indicators.Definitions, series map[indicators.SeriesKey][]indicators.Figure, folder string, number int) *indicators.Definitions {
	tb.Helper()
	ctx := context.WithoutCancel(tb.Context()) // other tests may ask the server for a step when this one is over
	source, problems, err := table.Open([]string{filepath.Join(demoFolder, folder)})
	if err != nil || len(problems) > 0 {
		tb.Fatal(err, problems)
	}
	edits, problems, err := source.Workbook(ctx)
	if err != nil || len(problems) > 0 {
		tb.Fatal(err, problems)
	}
	after, _, problems := d.Apply(edits)
	if len(problems) > 0 {
		tb.Fatal(problems)
	}
	checker := indicators.NewChecker(after, 20261123)
	for _, file := range source.Observations() {
		for row, err := range file.Rows(ctx) {
			if err != nil || len(row.Problems) > 0 {
				tb.Fatal(err, row)
			}
			o := row.Observation
			if o.Status == "" {
				o.Status = "A"
			}
			o.Since = number
			if column, message := checker.Check(&o); !message.IsZero() { // gives the values of quotients
				tb.Fatal(file.File, row.Line(), column, message)
			}
			key := indicators.SeriesKey{Indicator: o.Indicator, Breakdown: o.Breakdown}
			at, found := slices.BinarySearchFunc(series[key], o.Period, func(f indicators.Figure, p indicators.Period) int { return cmp.Compare(f.Period, p) })
			if found {
				series[key][at] = o.Figure
			} else {
				series[key] = slices.Insert(series[key], at, o.Figure)
			}
		}
	}
	return after
}
