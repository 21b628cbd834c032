package pgserver

import (
	"context"
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// keeping keeps a server until the function it gives is called or the test ends.
func keeping(t *testing.T, s *Server) (end func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	var kept sync.WaitGroup
	kept.Go(func() { s.Keep(ctx) })
	end = func() { cancel(); kept.Wait() }
	t.Cleanup(end)
	return end
}

// kill ends the server process without a word, and gives what it was.
func kill(t *testing.T, s *Server) postmaster {
	t.Helper()
	process := serverOf(t, s.data)
	if process.pid == 0 {
		t.Fatal("no server runs")
	}
	if err := process.signal(syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	for process.alive(s.data) {
		if err := wait(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	return process
}

// backWithin waits until another server than the killed one answers.
func backWithin(t *testing.T, s *Server, killed postmaster, atMost time.Duration) postmaster {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), atMost)
	defer cancel()
	for {
		p, err := readPostmaster(s.data)
		if err == nil && p.pid != killed.pid && p.answers(ctx) {
			return p
		}
		if wait(ctx) != nil {
			t.Fatalf("no server answers within %s of the death of process %d", atMost, killed.pid)
		}
	}
}

func TestAKeptServerComesBack(t *testing.T) {
	t.Parallel()
	s, err := Start(t.Context(), Options{Dir: tempDir(t), Binaries: os.Getenv("JALON_PG_BIN")}) // Fast would lose what was just committed
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { mustStop(t, s) })
	db, err := sql.Open("postgres", s.DSN(Database)) // sessions that outlive their server for a moment
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.ExecContext(t.Context(), "CREATE TABLE kept AS SELECT 'what was committed' AS word"); err != nil {
		t.Fatal(err)
	}
	keeping(t, s)
	for range 2 {
		backWithin(t, s, kill(t, s), 10*time.Second)
		if got := query(t, s, "SELECT word FROM kept"); got != "what was committed" {
			t.Errorf("answer = %q", got)
		}
	}
}

// Three keep the same server: one of them starts it, the others find it.
func TestManyKeepersStartOneServer(t *testing.T) {
	t.Parallel()
	dir := tempDir(t)
	servers := []*Server{mustStart(t, dir), mustStart(t, dir), mustStart(t, dir)}
	var ends []func()
	for _, s := range servers {
		ends = append(ends, keeping(t, s))
	}
	now := backWithin(t, servers[0], kill(t, servers[0]), 10*time.Second)
	for _, s := range servers {
		for !s.lives() { // each has had its look, or has one coming
			if err := wait(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		if err := s.revive(t.Context()); err != nil { // a keeper who was late to look
			t.Error(err)
		}
		if got := query(t, s, "SELECT 'here'"); got != "here" {
			t.Errorf("answer = %q", got)
		}
	}
	if p := serverOf(t, servers[0].data); p.pid != now.pid {
		t.Errorf("process %d serves, not %d, which was started again", p.pid, now.pid)
	}
	text, err := os.ReadFile(filepath.Join(filepath.Dir(servers[0].data), "server.log"))
	if err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(string(text), "ready to accept connections"); n != 2 {
		t.Errorf("a server was ready %d times, want at first and again:\n%s", n, text)
	}
	for n, s := range servers {
		ends[n]()
		mustStop(t, s)
	}
	if now.alive(servers[0].data) {
		t.Errorf("process %d is still there after the last one left", now.pid)
	}
}

// A server that was stopped is not brought back by whoever still keeps it.
func TestAKeeperLetsAStoppedServerBe(t *testing.T) {
	t.Parallel()
	s := mustStart(t, tempDir(t))
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		s.Keep(t.Context())
	}()
	mustStop(t, s)
	select {
	case <-ended: // at its next look
	case <-time.After(30 * time.Second):
		t.Fatal("it still keeps a server that nobody uses")
	}
	if p := serverOf(t, s.data); p.pid != 0 {
		t.Errorf("process %d was started after Stop", p.pid)
	}
}
