package main

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"jalon/sql/pgserver"
)

// privateFolder is a data folder whose server, if one is left, ends with the test. The
// name is short enough for a socket, and the server's account may enter.
func privateFolder(t testing.TB) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "jalon-")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if left, _ := filepath.Glob(filepath.Join(dir, "pg", "*", "data", "postmaster.pid")); len(left) > 0 {
			join(t, dir)()
		}
		if err := os.RemoveAll(dir); err != nil {
			t.Error(err)
		}
	})
	return dir
}

// join uses the private server of a folder until the function it gives is called.
func join(t testing.TB, dir string) (leave func()) {
	t.Helper()
	ctx := context.WithoutCancel(t.Context())
	server, err := pgserver.Start(ctx, pgserver.Options{Dir: dir, Binaries: os.Getenv("JALON_PG_BIN")})
	if err != nil {
		t.Fatal(err)
	}
	return func() {
		if err := server.Stop(ctx); err != nil {
			t.Error(err)
		}
	}
}

// addressOf is the address of the database on the private server that somebody uses.
func addressOf(t testing.TB, dir string) string {
	t.Helper()
	server, err := pgserver.Start(t.Context(), pgserver.Options{Dir: dir, Binaries: os.Getenv("JALON_PG_BIN")})
	if err != nil {
		t.Fatal(err)
	}
	if err := server.Stop(t.Context()); err != nil {
		t.Error(err)
	}
	return server.DSN(pgserver.Database)
}

// A website is the built program serving, as another process.
type website struct {
	cmd      *exec.Cmd
	address  string // http://127.0.0.1:port
	messages bytes.Buffer
}

// visit starts the built program's serve on a free port and waits until it is ready.
func visit(t testing.TB, args ...string) *website {
	t.Helper()
	return visitProgram(t, os.Getenv(binaryAt), args...)
}

// visitProgram is visit with another program file.
func visitProgram(t testing.TB, file string, args ...string) *website {
	t.Helper()
	args = append([]string{"serve", "--listen", "127.0.0.1:0"}, args...)
	w := &website{cmd: built(context.WithoutCancel(t.Context()), args...)}
	w.cmd.Path = file
	w.cmd.Stderr = &w.messages
	out, err := w.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := w.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(w.kill)
	line, err := bufio.NewReader(out).ReadString('\n')
	address, said := strings.CutPrefix(line, "jalon is ready on ")
	if err != nil || !said {
		w.kill()
		t.Fatalf("it said %q (%v)\n%s", line, err, w.messages.String())
	}
	w.address = strings.TrimSpace(address)
	return w
}

// kill ends the process without a word, if it still runs.
func (w *website) kill() {
	if w.cmd.ProcessState == nil {
		_ = w.cmd.Process.Kill()
		_ = w.cmd.Wait()
	}
}

// stop ends the process as a service manager does, and gives how it ended.
func (w *website) stop(t testing.TB) outcome {
	t.Helper()
	if err := w.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	_ = w.cmd.Wait() // its exit code tells
	return outcome{code: w.cmd.ProcessState.ExitCode(), err: w.messages.String()}
}

// get reads an address of the site, with its status.
func (w *website) get(t testing.TB, path string) (status int, body string) {
	t.Helper()
	answer, body := w.ask(t, path)
	return answer.StatusCode, body
}

// ask reads an address of the site.
func (w *website) ask(t testing.TB, path string) (*http.Response, string) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, w.address+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer, string(body)
}

// until looks again and again, each time the database or the site is asked anew, and
// fails the test when it takes longer than it may.
func until(t testing.TB, atMost time.Duration, what string, look func() bool) time.Duration {
	t.Helper()
	began := time.Now()
	tick := time.NewTicker(2 * time.Millisecond)
	defer tick.Stop()
	for !look() {
		if time.Since(began) > atMost {
			t.Fatalf("%s: not within %s", what, atMost)
		}
		<-tick.C
	}
	return time.Since(began)
}
