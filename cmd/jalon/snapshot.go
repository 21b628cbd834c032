package main

import (
	"context"
	"encoding/json"
	"fmt"
	"text/tabwriter"
	"time"

	"jalon/indicators"
	"jalon/indicators/progress"
	"jalon/sql"
)

func runSnapshot(ctx context.Context, c *console, a *arguments) error {
	a.withDatabase()
	month := a.String("month", "", "`month` of a snapshot to take, 2026-10; none: the last full one")
	when := a.String("as-of", "", "`when` of what was known: a day, a month, an RFC 3339 time or #changeset; none: now")
	by := a.String("by", "", "`e-mail` of who takes it; none: the user of this machine")
	asJSON := a.Bool("json", false, "report as JSON")
	if err := a.parse(1, -1); err != nil {
		return err
	}
	var act func(snapshots) error
	switch verb, numbers := a.words[0], a.words[1:]; {
	case verb == "take" && len(numbers) == 0:
		act = func(s snapshots) error { return s.take(ctx, *month, *when, author(*by)) }
	case verb == "list" && len(numbers) == 0:
		act = func(s snapshots) error { return s.list(ctx) }
	case verb == "show" && len(numbers) == 1:
		act = func(s snapshots) error { return s.show(ctx, numbers[0]) }
	case verb == "verify":
		act = func(s snapshots) error { return s.verify(ctx, numbers) }
	default:
		return usage("snapshot %s: write take, list, show NUMBER or verify [NUMBER…]", a.words[0])
	}
	store, end, err := a.openMigrated(ctx, c)
	if err != nil {
		return err
	}
	defer end()
	return act(snapshots{c, store, *asJSON})
}

// snapshots are the verbs of the command.
type snapshots struct {
	*console
	store  *sql.Store
	asJSON bool
}

func (s snapshots) take(ctx context.Context, month, when, by string) error {
	zone, err := s.store.Zone(ctx)
	if err != nil {
		return err
	}
	today := indicators.DateOf(time.Now().In(zone))
	chosen := indicators.LastFullMonth(today)
	if month != "" {
		if chosen, err = indicators.ParsePeriod(month); err != nil || chosen.Months() != 1 {
			return usage("--month %s: write a month such as 2026-10", month)
		}
	}
	if chosen.End() >= today {
		return fmt.Errorf("%w: %s is not over: take the snapshot of a full month", indicators.ErrInvalid, chosen)
	}
	at, err := resolve(ctx, s.store, when)
	if err != nil {
		return err
	}
	snap, err := s.store.TakeSnapshot(ctx, sql.Taking{Month: chosen, Changeset: at.Changeset, By: by})
	if err != nil {
		return err
	}
	if s.asJSON {
		return s.json(snap)
	}
	fmt.Fprintf(s.out, "snapshot %s of changeset %d, judged on %s\nsha256 %s\n", snap.Number, snap.Changeset, snap.Judged, snap.SHA256)
	return nil
}

func (s snapshots) list(ctx context.Context) error {
	all, err := s.store.Snapshots(ctx)
	if err != nil {
		return err
	}
	if s.asJSON {
		return s.json(append([]indicators.Snapshot{}, all...))
	}
	w := tabwriter.NewWriter(s.out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "NUMBER\tCHANGESET\tJUDGED\tTAKEN\tBY\tSHA-256")
	for _, snap := range all {
		fmt.Fprintf(w, "%s\t%d\t%s\t%s\t%s\t%s\n", snap.Number, snap.Changeset, snap.Judged, snap.TakenAt.Format(time.RFC3339), snap.TakenBy, snap.SHA256)
	}
	return w.Flush()
}

// show prints what the frozen lines hold: rows of each table, indicators of each
// status.
func (s snapshots) show(ctx context.Context, number string) error {
	snap, err := s.store.Snapshot(ctx, number)
	if err != nil {
		return err
	}
	rows, statuses := map[string]int{}, map[progress.Status]int{}
	for line, err := range s.store.SnapshotLines(ctx, number) {
		if err != nil {
			return err
		}
		var frozen struct {
			Table string
			Row   struct{ Status progress.Status }
		}
		if err := json.Unmarshal(line, &frozen); err != nil {
			return fmt.Errorf("%w: a line of the snapshot %s cannot be read: jalon snapshot verify %s tells more", indicators.ErrInvalid, number, number)
		}
		rows[frozen.Table]++
		if frozen.Table == "assessments" {
			statuses[frozen.Row.Status]++
		}
	}
	if s.asJSON {
		return s.json(map[string]any{"snapshot": snap, "rows": rows, "assessments": statuses})
	}
	fmt.Fprintf(s.out, "snapshot %s\nchangeset %d\njudged on %s\ntaken %s by %s\nsha256 %s\n",
		snap.Number, snap.Changeset, snap.Judged, snap.TakenAt.Format(time.RFC3339), snap.TakenBy, snap.SHA256)
	for _, table := range append(indicators.Tables(), "assessments") {
		fmt.Fprintf(s.out, "%-14s %d\n", table, rows[table])
	}
	for _, status := range progress.Statuses() {
		fmt.Fprintf(s.out, "  %-14s %d\n", status, statuses[status])
	}
	return nil
}

// verify recomputes the snapshots named, or all of them.
func (s snapshots) verify(ctx context.Context, numbers []string) error {
	if len(numbers) == 0 {
		all, err := s.store.Snapshots(ctx)
		if err != nil {
			return err
		}
		for _, snap := range all {
			numbers = append(numbers, snap.Number)
		}
	}
	different, results := 0, []sql.Verification{}
	for _, number := range numbers {
		v, err := s.store.VerifySnapshot(ctx, number)
		if err != nil {
			return err
		}
		results = append(results, v)
		if !v.Equal {
			different++
		}
		s.verified(v)
	}
	if s.asJSON {
		if err := s.json(results); err != nil {
			return err
		}
	}
	if different > 0 {
		return fmt.Errorf("%w: %d of %d snapshots are not what was frozen", indicators.ErrConflict, different, len(numbers))
	}
	return nil
}

func (s snapshots) verified(v sql.Verification) {
	if s.asJSON {
		return
	}
	if v.Equal {
		fmt.Fprintf(s.out, "%s equal (sha256 %s)\n", v.Number, v.SHA256)
		if v.Erased > 0 {
			fmt.Fprintf(s.out, "  %d comments were erased since: what it froze of them has the hashes that stayed\n", v.Erased)
		}
		return
	}
	fmt.Fprintf(s.out, "%s differs\n", v.Number)
	for _, d := range v.Differences {
		fmt.Fprintf(s.out, "  %s\n", d)
	}
}
