package main

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"jalon/sql"
	"jalon/web"
)

// reported is a programme of 300 indicators, 40 of them key, and 60,000 observations, with two
// published snapshots; between them a value of every indicator was revised.
func reported(b *testing.B) *sql.Store {
	b.Helper()
	store, dsn := syntheticAt(b, 300)
	key, revised := "code,title_fr,unit,kind,direction,accumulation,frequency,key\n", "indicator,period,value\n"
	for n := range 300 {
		if n < 40 {
			key += fmt.Sprintf("G%05d,Indicateur clé,NUMBER,number,%s,level,year,yes\n", n+1, map[bool]string{true: "decrease", false: "increase"}[n%3 == 0])
		}
		revised += fmt.Sprintf("G%05d,2024,%d\n", n+1, 100+3*n)
	}
	for n, f := range []files{{"indicators.csv": key}, {"observations.csv": revised}} {
		must(b, "import", "--database", dsn, f.in(b))
		month := fmt.Sprintf("2025-%02d", 10+n)
		must(b, "snapshot", "take", "--month", month, "--database", dsn)
		must(b, "snapshot", "publish", month, "--database", dsn)
	}
	return store
}

// freshSite is a server that has drawn nothing yet.
func freshSite(b *testing.B, store *sql.Store) http.Handler {
	b.Helper()
	live := web.NewLive(store, time.Now, nil)
	if err := live.Refresh(b.Context()); err != nil {
		b.Fatal(err)
	}
	s, err := web.New(web.Config{Version: "1", PublicURL: "https://suivi.example.tn"}, store, live)
	if err != nil {
		b.Fatal(err)
	}
	return s.Handler()
}

func asked(b *testing.B, site http.Handler, path string) []byte {
	b.Helper()
	w := httptest.NewRecorder()
	site.ServeHTTP(w, httptest.NewRequestWithContext(b.Context(), http.MethodGet, path, nil))
	if w.Code != http.StatusOK {
		b.Fatalf("%s answers %d: %s", path, w.Code, w.Body)
	}
	return w.Body.Bytes()
}

// BenchmarkReport writes the report of a snapshot as HTML on a server that has drawn nothing yet,
// and again; tells what is different between two snapshots; and makes the report a PDF, beside
// WeasyPrint with the same file.
func BenchmarkReport(b *testing.B) {
	store := reported(b)
	const report = "/fr/snapshots/2025-11/report"
	timed := func(b *testing.B, unit string, most float64, fresh bool, path string) {
		site := freshSite(b, store)
		if !fresh {
			asked(b, site, path)
		}
		var took time.Duration
		for b.Loop() {
			if fresh {
				site = freshSite(b, store)
			}
			began := time.Now()
			asked(b, site, path)
			took += time.Since(began)
		}
		each := took.Seconds() / float64(b.N)
		if unit == "jalon-ms" {
			each *= 1000
		}
		b.ReportMetric(0, "ns/op") // with the servers that are made for it
		b.ReportMetric(each, unit)
		b.ReportMetric(most, "at-most")
	}
	b.Run("cold", func(b *testing.B) { timed(b, "jalon-s", 10, true, report+".html") })
	b.Run("cached", func(b *testing.B) { timed(b, "jalon-s", 1, false, report+".html") })
	b.Run("difference", func(b *testing.B) { timed(b, "jalon-ms", 300, true, "/api/v1/differences/2025-10...2025-11") })
	b.Run("annexes", func(b *testing.B) { timed(b, "jalon-s", 10, true, "/fr/snapshots/2025-11/annexes.xlsx") })

	site := freshSite(b, store)
	html := asked(b, site, report+".html")
	ours := observed(b, func(context.Context) error { asked(b, site, report+".pdf"); return nil })
	theirs := observed(b, func(ctx context.Context) error { return weasyPrint(ctx, b, html) })
	beside := func(name, unit string, ours, theirs float64) {
		b.Run(name, func(b *testing.B) {
			b.ReportMetric(0, "ns/op") // none of its own
			b.ReportMetric(ours, "jalon-"+unit)
			b.ReportMetric(theirs, "WeasyPrint-"+unit)
			b.ReportMetric(ours/theirs, "ratio")
			b.ReportMetric(1, "at-most")
		})
	}
	beside("PDF", "s", ours.took.Seconds(), theirs.took.Seconds())
	beside("PDF-memory", "MB", ours.peak, theirs.peak)
}

// weasyPrint lays out a file of HTML as a user of it does.
func weasyPrint(ctx context.Context, b *testing.B, html []byte) error {
	dir := b.TempDir()
	in := filepath.Join(dir, "report.html")
	if err := os.WriteFile(in, html, 0o600); err != nil {
		return err
	}
	cmd := exec.CommandContext(ctx, "weasyprint", "--quiet", in, filepath.Join(dir, "report.pdf"))
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("weasyprint (make weasyprint installs it): %w: %s", err, out)
	}
	return nil
}

// A cost is what something took: time, and in MB the most memory that the processes had which it
// started, all together.
type cost struct {
	took time.Duration
	peak float64
}

// observed does something while it looks, thirty times a second, at the processes below this one.
func observed(b *testing.B, do func(context.Context) error) (c cost) {
	b.Helper()
	known := below(b, os.Getpid(), nil) // the database's, if it is one's own
	done := make(chan error, 1)
	began := time.Now()
	go func() { done <- do(b.Context()) }()
	tick := time.NewTicker(time.Second / 30)
	defer tick.Stop()
	for {
		select {
		case err := <-done:
			if err != nil {
				b.Fatal(err)
			}
			c.took = time.Since(began)
			return c
		case <-tick.C:
			sum := 0.0
			for pid := range below(b, os.Getpid(), known) {
				sum += proportional(pid)
			}
			c.peak = max(c.peak, sum)
		}
	}
}

// below are the processes that descend from one, but for those that are known.
func below(b *testing.B, root int, known map[int]bool) map[int]bool {
	b.Helper()
	all, err := filepath.Glob("/proc/[0-9]*/stat")
	if err != nil || len(all) == 0 {
		b.Fatalf("memory is measured on Linux only: %v", err)
	}
	children := map[int][]int{}
	for _, name := range all {
		text, err := os.ReadFile(name)
		if err != nil {
			continue // it is over
		}
		pid, _ := strconv.Atoi(filepath.Base(filepath.Dir(name)))
		words := strings.Fields(string(text[bytes.LastIndexByte(text, ')')+1:])) // state, parent, …
		parent, _ := strconv.Atoi(words[1])
		children[parent] = append(children[parent], pid)
	}
	found := map[int]bool{}
	var add func(pid int)
	add = func(pid int) {
		for _, child := range children[pid] {
			if !known[child] {
				found[child] = true
				add(child)
			}
		}
	}
	add(root)
	return found
}

// proportional is the memory of a process in MB; what several have in common counts in parts.
func proportional(pid int) float64 {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/smaps_rollup", pid))
	if err != nil {
		return 0 // it is over
	}
	for line := range strings.Lines(string(text)) {
		if words := strings.Fields(line); len(words) > 1 && words[0] == "Pss:" {
			kB, _ := strconv.ParseFloat(words[1], 64)
			return kB / 1024
		}
	}
	return 0
}
