package main

import (
	"bytes"
	"syscall"
	"testing"
	"time"

	"jalon/sql/sqltest"
)

// Ctrl-C in the middle of an import is no error of the database.
func TestAnImportThatIsInterruptedLeavesNothing(t *testing.T) {
	t.Parallel()
	tables := generated(t)
	for _, s := range standstills() {
		t.Run(s.name, func(t *testing.T) {
			dsn := sqltest.DSN(t)
			db := connectTo(t, dsn)
			release := s.hold(t, db)
			defer release()
			var said bytes.Buffer
			cmd := built(t.Context(), "import", "--database", dsn, tables)
			cmd.Stderr = &said
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			s.meet(t, db)
			if err := cmd.Process.Signal(syscall.SIGINT); err != nil {
				t.Fatal(err)
			}
			hung := time.AfterFunc(30*time.Second, func() { _ = cmd.Process.Signal(syscall.SIGQUIT) }) // says where
			_ = cmd.Wait()                                                                             // its exit code tells
			hung.Stop()
			outcome{cmd.ProcessState.ExitCode(), "", said.String()}.check(t, exitRefused, "jalon: interrupted")
			release()
			if n := newest(t, dsn); n != 0 {
				t.Errorf("%d changesets, want none", n)
			}
		})
	}
}
