package main

import (
	"context"
	"fmt"
	"iter"

	"jalon/exchange/table"
	"jalon/indicators"
)

func runExport(ctx context.Context, c *console, a *arguments) error {
	a.withDatabase()
	format := a.String("format", "csv", "`form` of the files: csv, the tables of the workbook")
	out := a.String("out", "", "`folder` to write to")
	when := a.String("as-of", "", "`when`: a day, a month, an RFC 3339 time or #changeset")
	if err := a.parse(0, 0); err != nil {
		return err
	}
	if *format != "csv" {
		return usage("--format %s: there is only csv", *format)
	}
	if *out == "" {
		return usage("--out is missing: name the folder to write the tables to")
	}
	store, end, err := a.openMigrated(ctx, c)
	if err != nil {
		return err
	}
	defer end()
	p, err := picture(ctx, store, *when)
	if err != nil {
		return err
	}
	if p.Newest().Number == 0 {
		return fmt.Errorf("%w: nothing has been recorded yet, so there is nothing to export: import a programme first", indicators.ErrNotFound)
	}
	if err := table.Write(*out, p.Definitions.WithRules(), byValue(store.EachObservation(ctx, p.Newest().Number))); err != nil {
		return err
	}
	fmt.Fprintf(c.out, "the content as of changeset %d is in %s\n", p.Newest().Number, *out)
	return nil
}

func byValue(all iter.Seq2[*indicators.Observation, error]) iter.Seq2[indicators.Observation, error] {
	return func(yield func(indicators.Observation, error) bool) {
		for o, err := range all {
			if err != nil {
				yield(indicators.Observation{}, err)
				return
			}
			if !yield(*o, nil) {
				return
			}
		}
	}
}
