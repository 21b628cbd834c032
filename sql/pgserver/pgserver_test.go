package pgserver

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

func TestColdAndWarmStart(t *testing.T) {
	t.Parallel()
	dir := tempDir(t)
	s := mustStart(t, dir)
	if got := query(t, s, "SELECT current_user || ' ' || current_database() || ' ' || current_setting('server_encoding')"); got != "jalon jalon UTF8" {
		t.Errorf("user, database, encoding = %q", got)
	}
	if got := query(t, s, "SELECT current_setting('listen_addresses') || current_setting('TimeZone')"); got != "UTC" && got != "Etc/UTC" {
		t.Errorf("addresses and time zone = %q, want no address and UTC", got)
	}
	process := serverOf(t, s.data)
	mustStop(t, s)
	mustStop(t, s) // a second time does nothing
	if process.alive(s.data) || serverOf(t, s.data).pid != 0 {
		t.Errorf("process %d is still there after Stop", process.pid)
	}

	began := time.Now()
	again := mustStart(t, dir)
	t.Logf("warm start: %v", time.Since(began))
	if again.data != s.data {
		t.Errorf("data folder = %s, before %s", again.data, s.data)
	}
	if got := query(t, again, "SELECT 'here'"); got != "here" {
		t.Errorf("answer = %q", got)
	}
}

func TestCommandsShareAServer(t *testing.T) {
	t.Parallel()
	dir := tempDir(t)
	_, leave := startChild(t, dir, "ready")
	s := mustStart(t, dir)
	process := serverOf(t, s.data)

	leave() // the one that started the server goes first
	if got := query(t, s, "SELECT 'still here'"); got != "still here" {
		t.Errorf("answer = %q", got)
	}
	mustStop(t, s)
	if process.alive(s.data) {
		t.Errorf("process %d is still there after the last one left", process.pid)
	}
}

func TestManyFirstStartsAtOnce(t *testing.T) {
	t.Parallel()
	dir := tempDir(t)
	servers := make([]*Server, 5)
	errs := make([]error, len(servers))
	var all sync.WaitGroup
	for n := range servers {
		all.Go(func() { servers[n], errs[n] = Start(t.Context(), options(dir)) })
	}
	all.Wait()
	if err := errors.Join(errs...); err != nil {
		t.Fatal(err)
	}
	process := serverOf(t, servers[0].data)
	for _, s := range servers {
		if got := query(t, s, "SELECT 'here'"); got != "here" {
			t.Errorf("answer = %q", got)
		}
		mustStop(t, s)
	}
	if process.alive(servers[0].data) {
		t.Errorf("process %d is still there after the last one left", process.pid)
	}
}

func TestAServerIsAdoptedWhenItsStarterWasKilled(t *testing.T) {
	t.Parallel()
	dir := tempDir(t)
	starter, _ := startChild(t, dir, "ready")
	if err := starter.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = starter.Wait()

	// No programs are given: the server that runs is the only one there can be.
	s, err := start(t.Context(), Options{Dir: dir}, nowhere())
	if err != nil {
		t.Fatal(err)
	}
	process := serverOf(t, s.data)
	if got := query(t, s, "SELECT 'here'"); got != "here" {
		t.Errorf("answer = %q", got)
	}
	mustStop(t, s)
	if process.alive(s.data) {
		t.Errorf("process %d is still there after Stop", process.pid)
	}
}

func TestAServerThatWasKilledIsStartedAgain(t *testing.T) {
	t.Parallel()
	dir := tempDir(t)
	s := mustStart(t, dir)
	process := serverOf(t, s.data)
	if err := process.signal(9); err != nil {
		t.Fatal(err)
	}
	for process.alive(s.data) {
		if err := wait(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	again := mustStart(t, dir)
	if got := query(t, again, "SELECT 'here'"); got != "here" {
		t.Errorf("answer = %q", got)
	}
	if pid := serverOf(t, again.data).pid; pid == process.pid {
		t.Errorf("process %d answers although it was killed", pid)
	}
}

func TestAnotherProcessWithTheServersNumberIsNotTakenForIt(t *testing.T) {
	t.Parallel()
	dir := tempDir(t)
	s := mustStart(t, dir)
	mustStop(t, s)
	left := fmt.Sprintf("%d\n%s\n1\n5432\n%s\n\n1 1\nready   \n", os.Getpid(), s.data, s.sockets)
	if err := os.WriteFile(filepath.Join(s.data, pidFile), []byte(left), 0o600); err != nil {
		t.Fatal(err)
	}
	if serverOf(t, s.data).alive(s.data) {
		t.Errorf("this test is taken for the server of %s", s.data)
	}
}

func TestAnInterruptedFirstStartLeavesNothingHalfMade(t *testing.T) {
	t.Parallel()
	dir := tempDir(t)
	starter, _ := startChild(t, dir, "starting")
	for len(glob(t, dir, "data.init/base")) == 0 { // initdb is at work
		if err := wait(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if err := starter.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = starter.Wait()
	if made := glob(t, dir, "data"); len(made) != 0 {
		t.Fatalf("%v was there before it was complete", made)
	}

	s := mustStart(t, dir)
	if got := query(t, s, "SELECT 'here'"); got != "here" {
		t.Errorf("answer = %q", got)
	}
	if half := glob(t, dir, "data.init"); len(half) != 0 {
		t.Errorf("%v is still there", half)
	}
}

func glob(t *testing.T, dir, name string) []string {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(dir, "pg", "*", name))
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestACancelledFirstStartLeavesNothingHalfMade(t *testing.T) {
	t.Parallel()
	dir := tempDir(t)
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		for len(glob(t, dir, "data.init/base")) == 0 && wait(t.Context()) == nil {
			continue
		}
		cancel()
	}()
	if _, err := Start(ctx, options(dir)); !errors.Is(err, context.Canceled) {
		t.Errorf("error = %v, want context.Canceled", err)
	}
	if left := glob(t, dir, "data*"); len(left) != 0 {
		t.Errorf("%v was left", left)
	}
}

func TestLongAndStrangeFolderNames(t *testing.T) {
	t.Parallel()
	for _, name := range []string{
		strings.Repeat("long/", 40),
		`with 'quotes', commas & a [*] "star" \ é %`,
	} {
		t.Run(name[:10], func(t *testing.T) {
			t.Parallel()
			s := mustStart(t, filepath.Join(tempDir(t), name))
			if got := query(t, s, "SELECT 'here'"); got != "here" {
				t.Errorf("answer = %q", got)
			}
			if len(s.sockets) > maxSocketFolder {
				t.Errorf("socket folder %s is too long", s.sockets)
			}
			sockets := s.sockets
			mustStop(t, s)
			if _, err := os.Stat(sockets); strings.HasPrefix(name, "long") && err == nil {
				t.Errorf("%s is still there after Stop", sockets)
			}
		})
	}
}
