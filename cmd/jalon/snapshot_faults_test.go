package main

import (
	"bytes"
	"context"
	"database/sql"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"jalon/sql/sqltest"
)

// A snapshotStandstill is a point within an act on a snapshot at which a test can meet it.
type snapshotStandstill struct {
	standstill
	act []string
}

func snapshotStandstills() []snapshotStandstill {
	at := func(name, block, waits string, act ...string) snapshotStandstill {
		met := `SELECT count(*) FROM pg_locks WHERE NOT granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database()) AND ` + waits
		return snapshotStandstill{standstill{name, block, met}, act}
	}
	const writers = `SELECT pg_advisory_xact_lock(7461001)`
	again, publish := []string{"take", "--month", "2025-01"}, []string{"publish", "2025-01"}
	return []snapshotStandstill{
		at("taking, before its pieces", `LOCK TABLE snapshot_piece IN SHARE MODE`, `relation = 'snapshot_piece'::regclass`, "take", "--month", "2025-02"),
		at("taking, before the lock of the writers", writers, `locktype = 'advisory'`, "take", "--month", "2025-02"),
		at("taking again, with the pieces of before gone", writers, `locktype = 'advisory'`, again...),
		at("taking again, before its header", `LOCK TABLE snapshot IN SHARE MODE`, `relation = 'snapshot'::regclass`, again...),
		at("publishing, before the lock of the writers", writers, `locktype = 'advisory'`, publish...),
		at("publishing, before it is tied to the chain", `LOCK TABLE snapshot_publication IN SHARE MODE`, `relation = 'snapshot_publication'::regclass`, publish...),
		at("dropping, before the texts go", `LOCK TABLE snapshot_text IN SHARE MODE`, `relation = 'snapshot_text'::regclass`, "drop", "2025-01"),
	}
}

const snapshotsAre = `
	SELECT (SELECT string_agg(number || ' ' || encode(sha256, 'hex') || ' ' || lines, ', ' ORDER BY number) FROM snapshot) || '; '
	       || (SELECT string_agg(md5(content), ' ' ORDER BY snapshot, place) FROM snapshot_piece) || '; '
	       || (SELECT count(*) FROM snapshot_text) || ' texts, ' || (SELECT count(*) FROM snapshot_publication) || ' published, '
	       || (SELECT count(*) FROM changeset) || ' changesets'`

// An act on a snapshot that ends in the middle, however it does, has done nothing, and can be
// carried out afterwards.
func TestAnActOnASnapshotThatEndsInTheMiddleLeavesNothing(t *testing.T) {
	t.Parallel()
	const leave = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'jalon' AND datname = current_database()`
	for _, s := range snapshotStandstills() {
		dsn := sqltest.DSN(t)
		must(t, "import", "--database", dsn, programme().in(t))
		must(t, "snapshot", "take", "--month", "2025-01", "--database", dsn)
		db := connectTo(t, dsn)
		args := append(append([]string{"snapshot"}, s.act...), "--database", dsn)
		for how, end := range map[string]func(*exec.Cmd) error{
			"killed":               func(cmd *exec.Cmd) error { return cmd.Process.Kill() },
			"interrupted":          func(cmd *exec.Cmd) error { return cmd.Process.Signal(syscall.SIGINT) },
			"without its database": func(*exec.Cmd) error { _, err := db.ExecContext(t.Context(), leave); return err },
		} {
			t.Run(s.name+" "+how, func(t *testing.T) { endsInTheMiddle(t, db, s, how, args, end) })
		}
		must(t, args...)
		if s.act[0] != "drop" {
			must(t, "snapshot", "verify", "--database", dsn)
		}
	}
}

func endsInTheMiddle(t *testing.T, db *sql.DB, s snapshotStandstill, how string, args []string, end func(*exec.Cmd) error) {
	t.Helper()
	before := ask(t, db, snapshotsAre)
	release := s.hold(t, db)
	defer release()
	var said bytes.Buffer
	cmd := built(t.Context(), args...)
	cmd.Stderr = &said
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	s.meet(t, db)
	if err := end(cmd); err != nil {
		t.Fatal(err)
	}
	hung := time.AfterFunc(30*time.Second, func() { _ = cmd.Process.Signal(syscall.SIGQUIT) }) // says where
	_ = cmd.Wait()                                                                             // its exit code tells
	hung.Stop()
	switch code := cmd.ProcessState.ExitCode(); {
	case how == "killed":
	case how == "interrupted":
		outcome{code, "", said.String()}.check(t, exitRefused, "jalon: interrupted")
	default:
		outcome{code, "", said.String()}.check(t, exitDatabase, "the connection to it was lost")
	}
	release()
	const sessions = `SELECT count(*) FROM pg_stat_activity WHERE application_name = 'jalon' AND datname = current_database()`
	until(t, 30*time.Second, "the end of its sessions", func() bool { return ask(t, db, sessions) == "0" })
	if after := ask(t, db, snapshotsAre); after != before {
		t.Errorf("there is\n%s\nnot, as before,\n%s", after, before)
	}
}

// A full disk, a kill or an interruption in the middle of an export leave what was there.
func TestAnExportThatCannotEndLeavesTheFileOfBefore(t *testing.T) {
	t.Parallel()
	dsn := sqltest.DSN(t)
	must(t, "import", "--database", dsn, programme().in(t))
	must(t, "snapshot", "take", "--month", "2025-01", "--database", dsn)
	dir := t.TempDir()
	file := filepath.Join(dir, "january.zip")
	if err := os.WriteFile(file, []byte("of before"), 0o600); err != nil {
		t.Fatal(err)
	}
	left := func() {
		t.Helper()
		text, err := os.ReadFile(file)
		if err != nil || string(text) != "of before" {
			t.Errorf("the file is %q, %v", text, err)
		}
		if all, err := os.ReadDir(dir); err != nil || len(all) != 1 {
			t.Errorf("files: %v, %v", all, err)
		}
	}
	var said bytes.Buffer
	whole := built(t.Context(), "snapshot", "export", "2025-01", "--out", file, "--database", dsn)
	full := exec.CommandContext(t.Context(), "sh", append([]string{"-c", `ulimit -f 1; exec "$0" "$@"`, whole.Path}, whole.Args[1:]...)...)
	full.Env, full.Stderr = whole.Env, &said
	_ = full.Run() // its exit code tells
	outcome{full.ProcessState.ExitCode(), "", said.String()}.check(t, exitRefused, "file too large")
	left()

	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	jalon(ctx, "snapshot", "export", "2025-01", "--out", file, "--database", dsn).check(t, exitRefused, "interrupted")
	left()
	jalon(t.Context(), "snapshot", "export", "2025-01", "--out", filepath.Join(dir, "nowhere", "x.zip"), "--database", dsn).check(t, exitRefused, "no such file")

	if err := whole.Run(); err != nil {
		t.Fatal(err)
	}
	if out := must(t, "snapshot", "verify", file); !strings.HasPrefix(out, "2025-01 equal") {
		t.Errorf("verify says %s", out)
	}
}
