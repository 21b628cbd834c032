package main

import (
	"encoding/json"
	"testing"

	"jalon/indicators"
	"jalon/sql/sqltest"
)

// A snapshot that this program cannot judge does not keep it from the others.
func TestVerifyGoesOnAfterASnapshotOfAnotherFormat(t *testing.T) {
	dsn := sqltest.DSN(t)
	must(t, "import", "--database", dsn, programme().in(t))
	for _, month := range []string{"2025-01", "2025-02", "2025-03"} {
		must(t, "snapshot", "take", "--month", month, "--database", dsn)
	}
	const alter = `
		SET session_replication_role = replica; -- as a superuser can
		UPDATE snapshot SET format = 7 WHERE number = '2025-02'`

	if _, err := connectTo(t, dsn).ExecContext(t.Context(), alter); err != nil {
		t.Fatal(err)
	}
	jalon(t.Context(), "snapshot", "verify", "--database", dsn).check(t, exitRefused,
		"2025-01 equal", "2025-02 differs\n  format 7, which this jalon does not know", "2025-03 equal", "1 of 3 snapshots")

	o := jalon(t.Context(), "snapshot", "verify", "--json", "--database", dsn)
	o.check(t, exitRefused, "1 of 3 snapshots")
	var all []indicators.Verification
	if err := json.Unmarshal([]byte(o.out), &all); err != nil || len(all) != 3 {
		t.Fatalf("%d results, %v", len(all), err)
	}
	for _, v := range all {
		if v.Equal != (v.Number != "2025-02") {
			t.Errorf("result = %+v", v)
		}
	}
}

func TestExportOfAnEmptyDatabaseSaysSo(t *testing.T) {
	o := jalon(t.Context(), "export", "--database", sqltest.DSN(t), "--out", t.TempDir())
	o.check(t, exitRefused, "not found", "nothing to export", "import a programme first")
	if o.out != "" {
		t.Errorf("it reports %q", o.out)
	}
}
