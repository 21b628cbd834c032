package main

import (
	"context"
	"embed"
	"encoding/csv"
	"fmt"
	"path"
	"slices"
	"time"

	"jalon/exchange/table"
	"jalon/indicators"
	"jalon/sql"
)

//go:embed demo
var demonstration embed.FS

// A step is one import of the demonstration: history carried over, folder by
// folder, as it became known.
type step struct {
	folder     string
	moment     time.Time
	by, reason string
}

// demoSnapshots are the months frozen with the demonstration, each as of the
// fifteenth day of the month after.
func demoSnapshots() []indicators.Period {
	return []indicators.Period{202608001, 202609001}
}

// loadDemonstration brings the demonstration programme into an empty database, by
// the ordinary importer. One that was interrupted goes on where it stopped; a database
// with other content is left alone.
func loadDemonstration(ctx context.Context, c *console, store *sql.Store) error {
	steps, err := demoSteps()
	if err != nil {
		return err
	}
	known, err := store.Changesets(ctx)
	if err != nil || !beginning(known, steps) {
		return err
	}
	for n := len(known); n < len(steps); n++ {
		if err := loadStep(ctx, store, steps[n]); err != nil {
			return fmt.Errorf("loading the demonstration, %s: %w", steps[n].folder, err)
		}
		if n%10 == 0 {
			fmt.Fprintf(c.err, "loading the demonstration programme: %d of %d\n", n+1, len(steps))
		}
	}
	return takeDemoSnapshots(ctx, store, steps[0].by)
}

// beginning tells whether all that is known, if anything, is the first steps.
func beginning(known []indicators.Changeset, steps []step) bool {
	if len(known) > len(steps) {
		return false
	}
	for n, c := range known {
		if s := steps[n]; !c.At.Equal(s.moment) || c.Author != s.by || c.Reason != s.reason {
			return false
		}
	}
	return true
}

func takeDemoSnapshots(ctx context.Context, store *sql.Store, by string) error {
	taken, err := store.Snapshots(ctx)
	if err != nil {
		return err
	}
	for _, month := range demoSnapshots() {
		if slices.ContainsFunc(taken, func(s indicators.Snapshot) bool { return s.Number == month.String() }) {
			continue
		}
		at, err := resolve(ctx, store, month.End().AddDays(15).String())
		if err != nil {
			return err
		}
		if _, err := store.TakeSnapshot(ctx, month, at.Changeset, by); err != nil {
			return err
		}
	}
	return nil
}

func loadStep(ctx context.Context, store *sql.Store, s step) error {
	source, problems, err := table.OpenFS(demonstration, []string{path.Join("demo", s.folder)})
	if err != nil {
		return err
	}
	if len(problems) > 0 {
		return fmt.Errorf("%w: %s", indicators.ErrInvalid, problems[0])
	}
	report, err := record(ctx, store, source, sql.Recording{Act: indicators.Act{Author: s.by, Reason: s.reason}, Moment: s.moment})
	if err != nil && report.Refused() {
		return fmt.Errorf("%w: %s", err, report.Problems[0])
	}
	return err
}

func demoSteps() ([]step, error) {
	file, err := demonstration.Open("demo/steps.csv")
	if err != nil {
		return nil, fmt.Errorf("reading the steps of the demonstration: %w", err)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("reading the steps of the demonstration: %w", err)
	}
	if len(rows) == 0 || !slices.Equal(rows[0], []string{"folder", "moment", "by", "reason"}) {
		return nil, fmt.Errorf("reading the steps of the demonstration: %w: another heading", indicators.ErrInvalid)
	}
	var steps []step
	for _, row := range rows[1:] {
		moment, err := time.Parse(time.RFC3339, row[1])
		if err != nil {
			return nil, fmt.Errorf("reading the steps of the demonstration: %w", err)
		}
		steps = append(steps, step{row[0], moment, row[2], row[3]})
	}
	return steps, nil
}
