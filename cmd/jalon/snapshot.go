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

// snapshotFlags are what the verbs of the command are told beside the numbers.
type snapshotFlags struct {
	month, when, by, reason, format, lang, file, site, key string
	asJSON                                                 bool
}

func runSnapshot(ctx context.Context, c *console, a *arguments) error {
	var f snapshotFlags
	a.withDatabase()
	a.StringVar(&f.month, "month", "", "`month` of a snapshot to take, 2026-10; none: the last full one")
	a.StringVar(&f.when, "as-of", "", "`when` of what was known: a day, a month, an RFC 3339 time or #changeset; none: now")
	a.StringVar(&f.by, "by", "", "`e-mail` of who takes, publishes or drops it; none: the user of this machine")
	a.StringVar(&f.reason, "reason", "", "`why` a published month is corrected, or a prepared one dropped")
	a.StringVar(&f.format, "format", "json", "`form` of an export: json, the bundle that proves a snapshot without a database; pdf, html or xlsx, its report")
	a.StringVar(&f.lang, "lang", "fr", "`language` of a report: fr, ar or en")
	a.StringVar(&f.site, "public-url", "", "`URL` of the site that a report links to; none: JALON_PUBLIC_URL")
	a.StringVar(&f.file, "out", "", "`file` to export to")
	a.StringVar(&f.key, "key", "", "`file` with the key in PEM that must have signed what is verified; signing goes by JALON_SNAPSHOT_KEY_FILE")
	a.BoolVar(&f.asJSON, "json", false, "report as JSON")
	if err := a.parse(1, -1); err != nil {
		return err
	}
	verb, of := a.words[0], a.words[1:]
	if verb == "verify" && len(of) > 0 && allFiles(of) {
		return snapshots{console: c, snapshotFlags: f}.verify(ctx, of) // nothing but the files is looked at
	}
	f.site = firstOf(f.site, c.env("JALON_PUBLIC_URL"))
	act, err := f.act(verb, of)
	if err != nil {
		return err
	}
	store, end, err := a.openMigrated(ctx, c)
	if err != nil {
		return err
	}
	defer end()
	return act(ctx, snapshots{c, store, f})
}

func (f *snapshotFlags) act(verb string, of []string) (func(context.Context, snapshots) error, error) {
	switch {
	case verb == "take" && len(of) == 0:
		return func(ctx context.Context, s snapshots) error { return s.take(ctx) }, nil
	case verb == "list" && len(of) == 0:
		return func(ctx context.Context, s snapshots) error { return s.list(ctx) }, nil
	case verb == "show" && len(of) == 1:
		return func(ctx context.Context, s snapshots) error { return s.show(ctx, of[0]) }, nil
	case verb == "publish" && len(of) == 1:
		return func(ctx context.Context, s snapshots) error { return s.publish(ctx, of[0]) }, nil
	case verb == "drop" && len(of) == 1:
		return func(ctx context.Context, s snapshots) error { return s.drop(ctx, of[0]) }, nil
	case verb == "diff" && len(of) == 2:
		return func(ctx context.Context, s snapshots) error { return s.diff(ctx, of[0], of[1]) }, nil
	case verb == "verify":
		return func(ctx context.Context, s snapshots) error { return s.verify(ctx, of) }, nil
	case verb == "export" && len(of) == 1 && f.format != "json":
		return f.report(of[0])
	case verb == "export" && len(of) == 1 && f.file == "":
		return nil, usage("--out is missing: name the file to write the bundle to")
	case verb == "export" && len(of) == 1:
		return func(ctx context.Context, s snapshots) error { return s.export(ctx, of[0]) }, nil
	}
	return nil, usage("snapshot %s: write take, list, show NUMBER, publish NUMBER, drop NUMBER, diff A B, export NUMBER or verify [NUMBER|FILE…]", verb)
}

// snapshots are the verbs of the command.
type snapshots struct {
	*console
	store *sql.Store
	snapshotFlags
}

func (s snapshots) take(ctx context.Context) error {
	zone, err := s.store.Zone(ctx)
	if err != nil {
		return err
	}
	today := indicators.DateOf(time.Now().In(zone))
	chosen := indicators.LastFullMonth(today)
	if s.month != "" {
		if chosen, err = indicators.ParsePeriod(s.month); err != nil || chosen.Months() != 1 {
			return usage("--month %s: write a month such as 2026-10", s.month)
		}
	}
	if chosen.End() >= today {
		return fmt.Errorf("%w: %s is not over: take the snapshot of a full month", indicators.ErrInvalid, chosen)
	}
	at, err := resolve(ctx, s.store, s.when)
	if err != nil {
		return err
	}
	act, err := actOf(ctx, s.store, s.by, s.reason)
	if err != nil {
		return err
	}
	bar := s.bar("snapshot "+chosen.String(), lines)
	snap, err := s.store.TakeSnapshot(ctx, sql.Taking{
		Month: chosen, Changeset: at.Changeset, By: act.Author, Role: act.Role, Reason: indicators.Optional(s.reason), Tell: bar.at,
	})
	bar.end()
	if err != nil {
		return err
	}
	if s.asJSON {
		return s.json(snap)
	}
	fmt.Fprintf(s.out, "snapshot %s of changeset %d, judged on %s\nsha256 %s\n%s: jalon snapshot publish %s publishes it\n",
		snap.Number, snap.Changeset, snap.Judged, snap.SHA256, snap.State, snap.Number)
	return nil
}

// publish publishes a prepared snapshot, signed where the environment names a key.
func (s snapshots) publish(ctx context.Context, number string) error {
	key, err := signingKey(s.env("JALON_SNAPSHOT_KEY_FILE"))
	if err != nil {
		return err
	}
	act, err := actOf(ctx, s.store, s.by, s.reason)
	if err != nil {
		return err
	}
	snap, err := s.store.PublishSnapshot(ctx, sql.Issuing{Number: number, Act: act, Key: key})
	if err != nil {
		return err
	}
	if s.asJSON {
		return s.json(snap)
	}
	fmt.Fprintf(s.out, "snapshot %s is published\n", snap.Number)
	s.publication(&snap)
	return nil
}

// publication tells when a snapshot was published, and how that can be proved.
func (s snapshots) publication(snap *indicators.Snapshot) {
	if !snap.IsPublished() {
		return
	}
	fmt.Fprintf(s.out, "published %s by %s\n", snap.PublishedAt.Format(time.RFC3339), snap.PublishedBy)
	for _, line := range [][2]string{
		{"after", string(snap.Previous)}, {"chain", string(snap.Chain)}, {"public key", string(snap.PublicKey)}, {"signature", string(snap.Signature)},
	} {
		if line[1] != "" {
			fmt.Fprintln(s.out, line[0], line[1])
		}
	}
}

func (s snapshots) drop(ctx context.Context, number string) error {
	act, err := actOf(ctx, s.store, s.by, s.reason)
	if err != nil {
		return err
	}
	if err := s.store.DropSnapshot(ctx, number, act, 0); err != nil {
		return err
	}
	if s.asJSON {
		return s.json(map[string]string{"dropped": number})
	}
	fmt.Fprintf(s.out, "snapshot %s is dropped\n", number)
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
	fmt.Fprintln(w, "NUMBER\tSTATE\tCHANGESET\tJUDGED\tTAKEN\tBY\tSHA-256")
	for _, snap := range all {
		fmt.Fprintf(w, "%s\t%s\t%d\t%s\t%s\t%s\t%s\n", snap.Number, snap.State, snap.Changeset, snap.Judged, snap.TakenAt.Format(time.RFC3339), snap.TakenBy, snap.SHA256)
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
	texts, err := s.store.SnapshotTexts(ctx, snap.Number)
	if err != nil {
		return err
	}
	rows, statuses := map[string]int{}, map[progress.Status]int{}
	for line, err := range s.store.SnapshotLines(ctx, snap.Number) {
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
		return s.json(map[string]any{"snapshot": snap, "rows": rows, "assessments": statuses, "texts": append([]indicators.SnapshotText{}, texts...)})
	}
	fmt.Fprintf(s.out, "snapshot %s\nstate %s\nchangeset %d\njudged on %s\ntaken %s by %s\nsha256 %s\n",
		snap.Number, snap.State, snap.Changeset, snap.Judged, snap.TakenAt.Format(time.RFC3339), snap.TakenBy, snap.SHA256)
	if snap.Reason != "" {
		fmt.Fprintf(s.out, "reason %s\n", snap.Reason)
	}
	s.publication(&snap)
	for _, table := range append(indicators.Tables(), "changesets", "assessments") {
		fmt.Fprintf(s.out, "%-14s %d\n", table, rows[table])
	}
	for _, status := range progress.Statuses() {
		fmt.Fprintf(s.out, "  %-14s %d\n", status, statuses[status])
	}
	fmt.Fprintf(s.out, "%-14s %d\n", "texts", len(texts))
	return nil
}
