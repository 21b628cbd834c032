package main

import (
	"context"
	"embed"
	"encoding/csv"
	"errors"
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
	decisions, err := demoDecisions()
	if err != nil {
		return err
	}
	return takeDemoSnapshots(ctx, store, steps[0].by, decisions)
}

// beginning tells whether all that is known, if anything, is the first steps and the
// snapshots after them.
func beginning(known []indicators.Changeset, steps []step) bool {
	for n, c := range known {
		if n >= len(steps) {
			if c.Kind != indicators.Froze && c.Kind != indicators.Worded && c.Kind != indicators.Issued {
				return false
			}
			continue
		}
		if s := steps[n]; !c.At.Equal(s.moment) || c.Author != s.by || c.Reason != s.reason {
			return false
		}
	}
	return true
}

func takeDemoSnapshots(ctx context.Context, store *sql.Store, by string, decisions []indicators.SnapshotText) error {
	for _, month := range demoSnapshots() {
		snap, err := store.Snapshot(ctx, month.String())
		if errors.Is(err, indicators.ErrNotFound) {
			at, err := resolve(ctx, store, month.End().AddDays(15).String())
			if err != nil {
				return err
			}
			if snap, err = store.TakeSnapshot(ctx, sql.Taking{Month: month, Changeset: at.Changeset, By: by}); err != nil {
				return err
			}
		} else if err != nil {
			return err
		}
		if snap.IsPublished() {
			continue
		}
		for _, text := range decisions {
			if text.Snapshot != snap.Number {
				continue
			}
			if _, err := store.WriteSnapshotText(ctx, indicators.Act{Author: by}, text, 0); err != nil {
				return err
			}
		}
		if _, err := store.PublishSnapshot(ctx, sql.Issuing{Number: snap.Number, Act: indicators.Act{Author: by}}); err != nil {
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
	rows, err := demoRows("steps.csv", "folder", "moment", "by", "reason")
	if err != nil {
		return nil, err
	}
	var steps []step
	for _, row := range rows {
		moment, err := time.Parse(time.RFC3339, row[1])
		if err != nil {
			return nil, fmt.Errorf("reading the steps of the demonstration: %w", err)
		}
		steps = append(steps, step{row[0], moment, row[2], row[3]})
	}
	return steps, nil
}

// demoDecisions are what the snapshots of the demonstration ask to decide.
func demoDecisions() ([]indicators.SnapshotText, error) {
	rows, err := demoRows("decisions.csv", "snapshot", "text_fr", "text_ar", "text_en")
	if err != nil {
		return nil, err
	}
	var all []indicators.SnapshotText
	for _, row := range rows {
		text := indicators.Text{FR: indicators.Optional(row[1]), AR: indicators.Optional(row[2]), EN: indicators.Optional(row[3])}
		all = append(all, indicators.SnapshotText{Snapshot: row[0], Kind: indicators.Decision, Text: text})
	}
	return all, nil
}

// demoRows are the rows of a table of the demonstration that is not for the importer.
func demoRows(name string, heading ...string) ([][]string, error) {
	file, err := demonstration.Open(path.Join("demo", name))
	if err != nil {
		return nil, fmt.Errorf("reading %s of the demonstration: %w", name, err)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("reading %s of the demonstration: %w", name, err)
	}
	if len(rows) == 0 || !slices.Equal(rows[0], heading) {
		return nil, fmt.Errorf("reading %s of the demonstration: %w: another heading", name, indicators.ErrInvalid)
	}
	return rows[1:], nil
}
