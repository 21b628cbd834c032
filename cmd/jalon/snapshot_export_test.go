package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"jalon/sql/sqltest"
)

func TestExportingAReport(t *testing.T) {
	dsn, dir := sqltest.DSN(t), t.TempDir()
	must(t, "import", "--database", dsn, programme().in(t))
	must(t, "snapshot", "take", "--month", "2025-02", "--database", dsn)
	for format, begins := range map[string]string{"html": "<!doctype html>\n<html lang=\"ar\" dir=\"rtl\">", "xlsx": "PK"} {
		out := filepath.Join(dir, "report."+format)
		must(t, "snapshot", "export", "2025-02", "--format", format, "--lang", "ar", "--out", out, "--database", dsn)
		if body, err := os.ReadFile(out); err != nil || !bytes.HasPrefix(body, []byte(begins)) {
			t.Errorf("%s: %v, %.40q", format, err, body)
		}
	}
	jalon(t.Context(), "snapshot", "export", "2025-01", "--format", "html", "--out", filepath.Join(dir, "x"), "--database", dsn).check(t, exitRefused, `no snapshot "2025-01"`)
	jalon(t.Context(), "snapshot", "export", "2025-02", "--format", "doc", "--out", "x", "--database", dsn).check(t, exitUsage, "pdf")
	if left, err := os.ReadDir(dir); err != nil || len(left) != 2 {
		t.Errorf("%d files are there, %v", len(left), err)
	}
}
