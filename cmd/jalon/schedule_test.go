package main

import (
	"strings"
	"testing"
	"time"

	"jalon/sql/sqltest"
)

// Five servers that look at the same moment take a month that is due once: here all of them
// wait for a table that they read first.
func TestFiveServersTakeASnapshotOnce(t *testing.T) {
	dsn, f := sqltest.DSN(t), programme()
	f["settings.csv"] += "snapshot_day,1\n"
	must(t, "migrate", "up", "--database", dsn)
	must(t, "import", "--database", dsn, f.in(t))
	db := connectTo(t, dsn)
	lock, err := db.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = lock.Rollback() }()
	if _, err := lock.ExecContext(t.Context(), `LOCK TABLE snapshot_month`); err != nil {
		t.Fatal(err)
	}
	var servers []*website
	for range 5 {
		servers = append(servers, visit(t, "--database", dsn))
	}
	const waiting = `SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%snapshot_month%'`
	until(t, 30*time.Second, "five that wait", func() bool { return ask(t, db, waiting) == "5" })
	if err := lock.Commit(); err != nil {
		t.Fatal(err)
	}
	const taken = `SELECT count(*) || ' ' || count(*) FILTER (WHERE taken_by = 'jalon') FROM snapshot`
	const idle = `SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND state <> 'idle' AND query NOT LIKE '%pg_stat_activity%'`
	until(t, 30*time.Second, "the snapshot", func() bool { return ask(t, db, taken) == "1 1" })
	until(t, 30*time.Second, "the end of the work", func() bool { return ask(t, db, idle) == "0" })
	const acts = `SELECT count(*) || ' ' || max(author) || ' ' || max(reason) FROM changeset WHERE act = 'freeze'`
	number := ask(t, db, `SELECT number FROM snapshot`)
	if got := ask(t, db, acts); got != "1 jalon snapshot "+number {
		t.Errorf("the record says %q", got)
	}
	if got := ask(t, db, `SELECT count(*) FROM snapshot_publication`); got != "0" {
		t.Error("it is published, though nobody did that")
	}
	for n, w := range servers {
		_, metrics := w.get(t, "/metrics")
		if !strings.Contains(metrics, "jalon_snapshot_failures_total 0\n") || !strings.Contains(metrics, "\njalon_snapshot_last_success_timestamp_seconds 1.") {
			t.Errorf("server %d shows\n%s", n, metrics)
		}
	}
	must(t, "snapshot", "verify", "--database", dsn, number)
}
