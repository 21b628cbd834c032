package main

import (
	"bytes"
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"jalon/sql/sqltest"
)

// The database server itself is stopped in the middle of an act, politely or at once, and started
// again by the website that keeps it: the act is refused and has done nothing, and is carried out
// when it is asked for again.
func TestTheDatabaseIsRestartedInTheMiddleOfASnapshot(t *testing.T) {
	t.Parallel()
	dir := privateFolder(t)
	w := visit(t, "--data", dir) // starts the database server, and keeps it
	dsn := addressOf(t, dir)
	db := connectTo(t, dsn)
	must(t, "import", "--database", dsn, programme().in(t))
	must(t, "snapshot", "take", "--month", "2025-01", "--database", dsn)
	header, chain := snapshotStandstills()[3].standstill, snapshotStandstills()[5].standstill
	for _, tt := range []struct {
		name string
		at   standstill
		how  syscall.Signal
		act  []string
	}{
		{"taking, stopped politely", header, syscall.SIGINT, []string{"take", "--month", "2025-02"}},
		{"publishing, stopped politely", chain, syscall.SIGINT, []string{"publish", "2025-01"}},
		{"taking, stopped at once", header, syscall.SIGQUIT, []string{"take", "--month", "2025-03"}},
		{"publishing, stopped at once", chain, syscall.SIGQUIT, []string{"publish", "2025-02"}},
	} {
		before := ask(t, db, snapshotsAre)
		release := tt.at.hold(t, db)
		var said bytes.Buffer
		cmd := built(t.Context(), append(append([]string{"snapshot"}, tt.act...), "--database", dsn)...)
		cmd.Stderr = &said
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		tt.at.meet(t, db)
		restarted(t, dir, db, tt.how)
		hung := time.AfterFunc(30*time.Second, func() { _ = cmd.Process.Signal(syscall.SIGQUIT) }) // says where
		_ = cmd.Wait()                                                                             // its exit code tells
		hung.Stop()
		release()
		outcome{cmd.ProcessState.ExitCode(), "", said.String()}.check(t, exitDatabase, "the database cannot be used")
		if after := ask(t, db, snapshotsAre); after != before {
			t.Errorf("%s: there is\n%s\nnot, as before,\n%s", tt.name, after, before)
		}
		must(t, append(append([]string{"snapshot"}, tt.act...), "--database", dsn)...)
	}
	must(t, "snapshot", "verify", "--database", dsn)
	const are = `SELECT string_agg(s.number || CASE WHEN p.snapshot IS NULL THEN '' ELSE ' published' END, ', ' ORDER BY s.number)
		FROM snapshot s LEFT JOIN snapshot_publication p ON p.snapshot = s.number`
	if got := ask(t, db, are); got != "2025-01 published, 2025-02 published, 2025-03" {
		t.Errorf("there are %s", got)
	}
	until(t, 30*time.Second, "the site tells of what was published", func() bool {
		status, _ := w.get(t, "/fr/snapshots/2025-02")
		return status == 200
	})
	w.stop(t).check(t, exitDone)
}

// restarted stops the database server of a folder and waits until the one that a website starts
// in its place answers.
func restarted(t *testing.T, dir string, db *sql.DB, how syscall.Signal) {
	t.Helper()
	server := serverOf(t, dir)
	if err := syscall.Kill(server, how); err != nil {
		t.Fatal(err)
	}
	until(t, 30*time.Second, "the end of the database server", func() bool { return syscall.Kill(server, 0) != nil })
	until(t, 60*time.Second, "another database server", func() bool {
		var one int
		return db.QueryRowContext(t.Context(), `SELECT 1`).Scan(&one) == nil
	})
	if now := serverOf(t, dir); now == server {
		t.Fatalf("process %d serves the database still", now)
	}
}

// due is a programme of which the snapshot of the last month is taken by itself.
func due() files {
	f := programme()
	f["settings.csv"] += "snapshot_day,1\n"
	return f
}

// takenByItself are the snapshots that servers have taken by themselves, and the acts that did.
const takenByItself = `SELECT (SELECT count(*) FROM snapshot WHERE taken_by = 'jalon') || ' by ' || (SELECT count(*) FROM changeset WHERE act = 'freeze')`

// A server that is killed in the middle of taking what is due leaves nothing, and the next one
// takes it, once.
func TestAServerIsKilledWhileItTakesASnapshot(t *testing.T) {
	t.Parallel()
	for _, at := range []int{0, 3} { // before its pieces, before its header
		dsn := sqltest.DSN(t)
		must(t, "import", "--database", dsn, due().in(t))
		db, s := connectTo(t, dsn), snapshotStandstills()[at]
		release := s.hold(t, db)
		w := visit(t, "--database", dsn)
		s.meet(t, db)
		w.kill()
		release()
		const sessions = `SELECT count(*) FROM pg_stat_activity WHERE application_name = 'jalon' AND datname = current_database()`
		until(t, 30*time.Second, "the end of its sessions", func() bool { return ask(t, db, sessions) == "0" })
		if got := ask(t, db, takenByItself); got != "0 by 0" {
			t.Errorf("%s: it has left %s", s.name, got)
		}
		for range 2 { // the second finds it there
			next := visit(t, "--database", dsn)
			until(t, 30*time.Second, "the snapshot", func() bool { return ask(t, db, takenByItself) == "1 by 1" })
			until(t, 30*time.Second, "a look at what is due", func() bool {
				_, metrics := next.get(t, "/metrics")
				return strings.Contains(metrics, "\njalon_snapshot_last_success_timestamp_seconds 1.")
			})
			next.stop(t).check(t, exitDone)
		}
		if got := ask(t, db, takenByItself); got != "1 by 1" {
			t.Errorf("%s: there are %s", s.name, got)
		}
		must(t, "snapshot", "verify", "--database", dsn)
	}
}

// The database server is restarted while a server takes what is due: that is counted as a
// failure, the server goes on, and the next look takes it, once.
func TestTheDatabaseIsRestartedWhileAServerTakesASnapshot(t *testing.T) {
	t.Parallel()
	dir := privateFolder(t)
	leave := join(t, dir)
	defer leave()
	dsn := addressOf(t, dir)
	must(t, "import", "--data", dir, due().in(t))
	db, s := connectTo(t, dsn), snapshotStandstills()[3]
	release := s.hold(t, db)
	w := visit(t, "--data", dir)
	s.meet(t, db)
	restarted(t, dir, db, syscall.SIGINT)
	release()
	until(t, 30*time.Second, "the failure is counted", func() bool {
		_, metrics := w.get(t, "/metrics")
		return strings.Contains(metrics, "jalon_snapshot_failures_total 1\n")
	})
	if got := ask(t, db, takenByItself); got != "0 by 0" {
		t.Errorf("it has left %s", got)
	}
	if status, _ := w.get(t, "/fr/"); status != 200 {
		t.Errorf("the site answers %d", status)
	}
	w.stop(t).check(t, exitDone)
	w = visit(t, "--data", dir)
	until(t, 30*time.Second, "the snapshot", func() bool { return ask(t, db, takenByItself) == "1 by 1" })
	must(t, "snapshot", "verify", "--database", dsn)
	w.stop(t).check(t, exitDone)
}

// An export that is killed with half of its file written leaves the file of before at its name;
// the next one takes away what it left.
func TestAnExportThatIsKilledLeavesTheFileOfBefore(t *testing.T) {
	t.Parallel()
	dsn := sqltest.DSN(t)
	must(t, "import", "--database", dsn, generated(t))
	must(t, "snapshot", "take", "--month", "2025-01", "--database", dsn)
	dir := t.TempDir()
	file := filepath.Join(dir, "january.zip")
	if err := os.WriteFile(file, []byte("of before"), 0o600); err != nil {
		t.Fatal(err)
	}
	halves := func() (all []string) {
		all, err := filepath.Glob(filepath.Join(dir, ".january.zip.unfinished-*"))
		if err != nil {
			t.Fatal(err)
		}
		return all
	}
	seen := ""
	for range 3 {
		cmd := built(t.Context(), "snapshot", "export", "2025-01", "--out", file, "--database", dsn)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		const some = 64 << 10 // bytes
		until(t, 30*time.Second, "half a file", func() bool {
			for _, half := range halves() {
				if info, err := os.Stat(half); err == nil && half != seen && info.Size() > some {
					seen = half
					return true
				}
			}
			return false
		})
		if err := cmd.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		_ = cmd.Wait()
		if cmd.ProcessState.Exited() {
			t.Fatalf("the export was over before it was killed: %s", cmd.ProcessState)
		}
		if text, err := os.ReadFile(file); err != nil || string(text) != "of before" {
			t.Errorf("the file is %.20q, %v", text, err)
		}
		if left := halves(); len(left) != 1 {
			t.Errorf("unfinished: %v", left)
		}
	}
	must(t, "snapshot", "export", "2025-01", "--out", file, "--database", dsn)
	if left, err := os.ReadDir(dir); err != nil || len(left) != 1 {
		t.Errorf("there are %v, %v", left, err)
	}
	if out := must(t, "snapshot", "verify", file); !strings.HasPrefix(out, "2025-01 equal") {
		t.Errorf("verify says %s", out)
	}
}
