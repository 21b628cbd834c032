package web

import (
	"cmp"
	"encoding/csv"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"jalon/exchange/table"
	"jalon/indicators"
)

// demoFolder is the demonstration programme, as it lies in the repository.
const demoFolder = "../cmd/jalon/demo"

// demoDataset reads the demonstration programme step by step, as its loader does,
// without a database.
func demoDataset(tb testing.TB) *indicators.Dataset {
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
	for n, row := range rows[1:] {
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
	source, problems, err := table.Open([]string{filepath.Join(demoFolder, folder)})
	if err != nil || len(problems) > 0 {
		tb.Fatal(err, problems)
	}
	edits, problems, err := source.Workbook(tb.Context())
	if err != nil || len(problems) > 0 {
		tb.Fatal(err, problems)
	}
	after, _, problems := d.Apply(edits)
	if len(problems) > 0 {
		tb.Fatal(problems)
	}
	for _, file := range source.Observations() {
		for row, err := range file.Rows(tb.Context()) {
			if err != nil || len(row.Problems) > 0 {
				tb.Fatal(err, row)
			}
			o := row.Observation
			if o.Status == "" {
				o.Status = "A"
			}
			o.Since = number
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
