package main

import (
	"context"
	"errors"
	"fmt"
	"os/user"
	"strings"
	"text/tabwriter"
	"time"

	"jalon/exchange/table"
	"jalon/indicators"
	"jalon/sql"
)

func runImport(ctx context.Context, c *console, a *arguments) error {
	a.withDatabase()
	dry := a.Bool("dry-run", false, "check and compare, write nothing")
	asJSON := a.Bool("json", false, "report as JSON")
	by := a.String("by", "", "`e-mail` of who says it; none: the user of this machine")
	reason := a.String("reason", "", "`why`")
	accept := a.String("accept", "", "`why` severe findings that the figures bring may stand")
	moment := a.String("moment", "", "`when` it became known, for history carried over from an older system")
	if err := a.parse(1, -1); err != nil {
		return err
	}
	if *accept != "" && strings.TrimSpace(*accept) == "" {
		return usage("--accept: say why the figures are right")
	}
	source, problems, err := table.Open(a.words)
	if err != nil {
		return err
	}
	if len(problems) > 0 { // judging rows without some of the tables would mislead
		report := &indicators.Report{DryRun: *dry}
		report.Refuse(problems...)
		report.Warn(source.Warnings()...)
		return c.report(report, *asJSON, refused(report))
	}
	store, end, err := a.openMigrated(ctx, c)
	if err != nil {
		return err
	}
	defer end()
	r := sql.Recording{DryRun: *dry, Accept: *accept, AcceptWith: "--accept REASON"}
	if r.Act, err = actOf(ctx, store, *by, firstOf(*reason, "import")); err != nil {
		return err
	}
	if r.Moment, err = parseMoment(ctx, store, *moment); err != nil {
		return err
	}
	bar := c.bar("import", volume)
	source.Progress = bar.at
	report, err := record(ctx, store, source, r)
	bar.end()
	if errors.As(err, new(*indicators.Doubted)) { // each is told at its row
		err = fmt.Errorf("%w: nothing was imported: severe findings stand that nobody has accepted", indicators.ErrConflict)
	}
	return c.report(report, *asJSON, err)
}

// record reads a source and records it: the importer, whoever calls it.
func record(ctx context.Context, store *sql.Store, source *table.Source, r sql.Recording) (*indicators.Report, error) {
	var err error
	if r.Workbook, r.Found, err = source.Workbook(ctx); err != nil {
		return &indicators.Report{}, err
	}
	r.Observations, r.Doubted = source.Lines(ctx), source.Warnings()
	report, err := store.Record(ctx, r)
	refusedRows := map[string]int{}
	for _, file := range source.Files() {
		refusedRows[source.TableOf(file)] += report.Rows(file)
	}
	for n := range report.Counts {
		count := &report.Counts[n]
		count.Refused = refusedRows[count.Table]
	}
	return report, err
}

func refused(report *indicators.Report) error {
	if report.Refused() {
		return fmt.Errorf("%w: nothing was imported", indicators.ErrInvalid)
	}
	return nil
}

func parseMoment(ctx context.Context, store *sql.Store, text string) (time.Time, error) {
	if text == "" {
		return time.Time{}, nil
	}
	zone, err := store.Zone(ctx)
	if err != nil {
		return time.Time{}, err
	}
	w, err := indicators.ParseWhen(text, zone, time.Now())
	if err == nil && w.Changeset > 0 {
		err = usage("--moment %s: a changeset is no moment: write a day or an RFC 3339 time", text)
	}
	return w.Moment, err
}

// author is who is named, else the user of this machine.
func author(by string) string {
	if by != "" {
		return by
	}
	if u, err := user.Current(); err == nil && u.Username != "" {
		return u.Username
	}
	return "unknown"
}

// actOf is an import by whoever is named: by their account, where they have one, so that
// the record keeps a number and the role, else as they are named.
func actOf(ctx context.Context, store *sql.Store, by, reason string) (indicators.Act, error) {
	if strings.Contains(by, "@") {
		a, err := store.AccountByEmail(ctx, by)
		if err == nil {
			return a.By(indicators.Imported, reason), nil
		}
		if !errors.Is(err, indicators.ErrNotFound) {
			return indicators.Act{}, err
		}
	}
	return indicators.Act{Kind: indicators.Imported, Author: author(by), Reason: reason}, nil
}

// report prints what an import did, or every problem that stands against it.
func (c *console) report(r *indicators.Report, asJSON bool, err error) error {
	if asJSON {
		if r.Problems == nil {
			r.Problems = []indicators.Problem{}
		}
		if r.Warnings == nil {
			r.Warnings = []indicators.Problem{}
		}
		if printing := c.json(r); printing != nil {
			return printing
		}
		return err
	}
	for _, p := range r.Problems {
		fmt.Fprintln(c.out, p)
	}
	if r.More > 0 {
		fmt.Fprintf(c.out, "and %d more problems\n", r.More)
	}
	for _, p := range r.Warnings {
		p.Message = indicators.Plain("warning: " + p.Message.String())
		fmt.Fprintln(c.out, p)
	}
	if r.MoreWarnings > 0 {
		fmt.Fprintf(c.out, "and %d more warnings\n", r.MoreWarnings)
	}
	w := tabwriter.NewWriter(c.out, 0, 0, 2, ' ', tabwriter.AlignRight)
	if len(r.Counts) > 0 {
		fmt.Fprintln(w, "table\tadded\tchanged\tunchanged\tremoved\trefused\t")
	}
	for _, n := range r.Counts {
		fmt.Fprintf(w, "%s\t%d\t%d\t%d\t%d\t%d\t\n", n.Table, n.Added, n.Changed, n.Unchanged, n.Removed, n.Refused)
	}
	if err := w.Flush(); err != nil {
		return fmt.Errorf("printing the report: %w", err)
	}
	switch {
	case err != nil:
	case r.Unchanged:
		fmt.Fprintln(c.out, "unchanged: everything was there already")
	case r.DryRun:
		fmt.Fprintln(c.out, "dry run: nothing was written")
	case r.Accepted > 0:
		fmt.Fprintf(c.out, "changeset %d, with findings accepted in changeset %d\n", r.Changeset, r.Accepted)
	case r.Changeset > 0:
		fmt.Fprintf(c.out, "changeset %d\n", r.Changeset)
	}
	return err
}
