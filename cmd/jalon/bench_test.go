package main

import (
	"bufio"
	"context"
	"fmt"
	"html"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// BenchmarkServe starts the built program as its user does: on nothing, then on the
// data folder that this left. It measures up to the first answer of /readyz, and the
// memory of this one process once every page was asked for and every chart drawn.
func BenchmarkServe(b *testing.B) {
	data := filepath.Join(enterable(b), "data")

	first := startServe(b, "--data", data, "--demo")
	pages, drawings := first.visitAll(b)
	if pages < 100 || drawings < 50 {
		b.Fatalf("visited %d pages and %d drawings: that is not the demonstration", pages, drawings)
	}
	resident, peak := first.memory(b, "VmRSS"), first.memory(b, "VmHWM")
	first.stop(b)
	again := startServe(b, "--data", data, "--demo")
	again.stop(b)

	figure(b, "first-start", first.ready.Seconds(), "jalon-s", 10, "at-most")
	figure(b, "next-start", again.ready.Seconds(), "jalon-s", 2, "at-most")
	figure(b, "resident", resident, "jalon-MB", 120, "at-most")
	figure(b, "resident-peak", peak, "jalon-MB", 120, "at-most")
}

// figure reports what was measured beside what is wanted of it, for make bench.
func figure(b *testing.B, what string, measured float64, unit string, wanted float64, side string) {
	b.Run(what, func(b *testing.B) {
		b.ReportMetric(0, "ns/op") // none of its own
		b.ReportMetric(measured, unit)
		b.ReportMetric(wanted, side)
	})
}

// enterable is a temporary folder that the database's account may enter and write
// to, unlike b.TempDir as root.
func enterable(b *testing.B) string {
	b.Helper()
	dir, err := os.MkdirTemp("", "jalon-bench-")
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		if err := os.RemoveAll(dir); err != nil {
			b.Error(err)
		}
	})
	if err := os.Chmod(dir, 0o777); err != nil {
		b.Fatal(err)
	}
	return dir
}

// A serving is a jalon that serves.
type serving struct {
	cmd   *exec.Cmd
	site  string // http://127.0.0.1:port
	ready time.Duration
}

func startServe(b *testing.B, args ...string) *serving {
	b.Helper()
	args = append([]string{"serve", "--listen", "127.0.0.1:0"}, args...)
	s := &serving{cmd: built(context.WithoutCancel(b.Context()), args...)} // ended by stop, with its database
	out, err := s.cmd.StdoutPipe()
	if err != nil {
		b.Fatal(err)
	}
	var complaints strings.Builder
	s.cmd.Stderr = &complaints
	began := time.Now()
	if err := s.cmd.Start(); err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { s.stop(b) })
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		b.Fatalf("not ready: %v: %s", err, complaints.String())
	}
	s.site = strings.TrimSpace(strings.TrimPrefix(line, "jalon is ready on "))
	s.get(b, "/readyz")
	s.ready = time.Since(began)
	return s
}

// stop ends the program as Ctrl-C does, once.
func (s *serving) stop(b *testing.B) {
	b.Helper()
	if s.cmd.ProcessState != nil {
		return
	}
	if err := s.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		b.Fatal(err)
	}
	if err := s.cmd.Wait(); err != nil {
		b.Errorf("jalon serve: %v", err)
	}
}

func (s *serving) get(b *testing.B, path string) string {
	b.Helper()
	r, err := http.NewRequestWithContext(b.Context(), http.MethodGet, s.site+path, nil)
	if err != nil {
		b.Fatal(err)
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		b.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode != http.StatusOK {
		b.Fatalf("%s: %s, %v", path, answer.Status, err)
	}
	return string(body)
}

// visitAll follows every link within the site, starting where a reader does.
func (s *serving) visitAll(b *testing.B) (pages, drawings int) {
	b.Helper()
	link := regexp.MustCompile(`(?:href|src)="(/[^"#]*)`)
	seen, next := map[string]bool{"/": true}, []string{"/"}
	for len(next) > 0 {
		path := next[0]
		next = next[1:]
		body := s.get(b, path)
		if strings.HasSuffix(path, ".svg") {
			drawings++
			continue
		}
		if !strings.HasPrefix(body, "<!") {
			continue // a style, a script, a table of the API
		}
		pages++
		for _, found := range link.FindAllStringSubmatch(body, -1) {
			if to := html.UnescapeString(found[1]); !seen[to] {
				seen[to], next = true, append(next, to)
			}
		}
	}
	return pages, drawings
}

// memory is a figure of the process's memory in MB.
func (s *serving) memory(b *testing.B, name string) float64 {
	b.Helper()
	mb, err := memoryOf(s.cmd.Process.Pid, name)
	if err != nil {
		b.Fatalf("memory is measured on Linux only: %v", err)
	}
	return mb
}

// memoryOf is a figure of a process's memory in MB, as Linux tells it: VmRSS, what it
// has now, or VmHWM, the most it had.
func memoryOf(pid int, name string) (float64, error) {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0, err
	}
	for line := range strings.Lines(string(status)) {
		if words := strings.Fields(line); words[0] == name+":" {
			kB, err := strconv.ParseFloat(words[1], 64)
			return kB / 1024, err
		}
	}
	return 0, fmt.Errorf("process %d has no %s", pid, name)
}
