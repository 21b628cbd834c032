package main

import (
	"bytes"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
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

// Whoever has the address of a published snapshot downloads what the command line exports, byte
// for byte, and proves it without a database.
func TestTheBundleIsDownloaded(t *testing.T) {
	t.Parallel()
	dsn, dir := sqltest.DSN(t), t.TempDir()
	must(t, "import", "--database", dsn, programme().in(t))
	for _, month := range []string{"2025-01", "2025-02"} {
		must(t, "snapshot", "take", "--month", month, "--database", dsn)
	}
	must(t, "snapshot", "publish", "2025-01", "--database", dsn)
	exported, downloaded := filepath.Join(dir, "exported.zip"), filepath.Join(dir, "downloaded.zip")
	must(t, "snapshot", "export", "2025-01", "--out", exported, "--database", dsn)
	want, err := os.ReadFile(exported)
	if err != nil {
		t.Fatal(err)
	}
	w := visit(t, "--database", dsn)
	for _, lang := range []string{"fr", "ar", "en"} {
		answer, body := w.ask(t, "/"+lang+"/snapshots/2025-01/bundle.zip")
		if answer.StatusCode != http.StatusOK || answer.Header.Get("Content-Type") != "application/zip" || body != string(want) {
			t.Errorf("%s: %d, %q, %d bytes, not the %d that are exported", lang, answer.StatusCode, answer.Header, len(body), len(want))
		}
		if err := os.WriteFile(downloaded, []byte(body), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if out := must(t, "snapshot", "verify", downloaded); !strings.HasPrefix(out, "2025-01 equal") {
		t.Errorf("verify says %s", out)
	}
	if status, _ := w.get(t, "/fr/snapshots/2025-02/bundle.zip"); status != http.StatusNotFound {
		t.Errorf("one that is not published is given out: %d", status)
	}
	w.stop(t).check(t, exitDone)
}

// What a process that was killed has left is swept by the next one; what another one still
// writes is not.
func TestUnfinishedFilesDoNotPileUp(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "january.zip")
	for _, left := range []string{".january.zip.unfinished-1", ".january.zip.unfinished-2", ".february.zip.unfinished-3"} {
		if err := os.WriteFile(filepath.Join(dir, left), []byte("half"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	err := writeWhole(name, func(io.Writer) error {
		return writeWhole(name, func(w io.Writer) error { _, err := io.WriteString(w, "inner"); return err })
	})
	if err != nil {
		t.Fatal(err)
	}
	all, err := os.ReadDir(dir)
	if err != nil || len(all) != 2 || all[0].Name() != ".february.zip.unfinished-3" || all[1].Name() != "january.zip" {
		t.Errorf("there are %v, %v", all, err)
	}
}
