package main

import (
	"net"
	"net/http"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"jalon/sql/sqltest"
)

func TestAPortThatIsTakenIsTold(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	o := jalon(t.Context(), "serve", "--listen", taken.Addr().String(), "--data", "/dev/null/nowhere")
	o.check(t, exitRefused, "cannot listen on "+taken.Addr().String(), "name another with --listen")
	jalon(t.Context(), "serve", "--listen", "nonsense", "--data", "/dev/null/nowhere").check(t, exitRefused, "cannot listen on nonsense")
}

// A private server lives as long as somebody uses it, and leaves with the last.
func TestServeEndsCleanlyAndTakesItsServerAlong(t *testing.T) {
	t.Parallel()
	dir := privateFolder(t)
	w := visit(t, "--data", dir)
	if status, body := w.get(t, "/readyz"); status != http.StatusOK {
		t.Errorf("/readyz: %d\n%s", status, body)
	}
	must(t, "import", "--data", dir, programme().in(t)) // shares the server
	idle, err := net.Dial("tcp", strings.TrimPrefix(w.address, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer idle.Close() // a visitor who says nothing keeps nobody from leaving
	began := time.Now()
	o := w.stop(t)
	o.check(t, exitDone)
	if took := time.Since(began); took > 15*time.Second {
		t.Errorf("it took %s", took)
	}
	if o.err != "" {
		t.Errorf("it complained:\n%s", o.err)
	}
	if left, _ := filepath.Glob(filepath.Join(dir, "pg", "*", "data", "postmaster.pid")); len(left) > 0 {
		t.Errorf("the database server is still there: %s", left)
	}
	if w := visit(t, "--data", dir); !strings.Contains(page(t, w, "/fr/indicators/PEOPLE"), "Personnes aidées") {
		t.Error("what was imported is gone")
	}
}

// page is what an address shows; any other answer than 200 fails the test.
func page(t testing.TB, w *website, path string) string {
	t.Helper()
	status, body := w.get(t, path)
	if status != http.StatusOK {
		t.Fatalf("%s: %d\n%s", path, status, body)
	}
	return body
}

// A figure that another process imports is shown within a second of its commit.
func TestAFigureIsShownWithinASecond(t *testing.T) {
	const atMost = time.Second
	dsn := sqltest.DSN(t)
	must(t, "import", "--database", dsn, programme().in(t))
	w := visit(t, "--database", dsn)
	const metric = `jalon_indicator_value{`
	tags := regexp.MustCompile(`<[^>]*>`) // the name of a file may hold any digits
	shows := func(value string) bool {
		return strings.Contains(tags.ReplaceAllString(page(t, w, "/fr/indicators/PEOPLE"), " "), value)
	}
	for _, value := range []string{"351", "362", "373"} {
		if shows(value) {
			t.Fatalf("%s is shown before it is known", value)
		}
		process(t, "import", "--database", dsn, figures("PEOPLE,2025,"+value+",Registre").in(t)).check(t, exitDone)
		onPage := until(t, atMost, value+" on the page", func() bool { return shows(value) })
		shown := until(t, atMost-onPage, value+" in the metrics", func() bool {
			for line := range strings.Lines(page(t, w, "/metrics")) {
				if strings.HasPrefix(line, metric) && strings.Contains(line, `"PEOPLE"`) && strings.HasSuffix(line, " "+value+"\n") {
					return true
				}
			}
			return false
		})
		t.Logf("%s: on the page after %s, in the metrics after %s", value, onPage.Round(time.Millisecond), (onPage + shown).Round(time.Millisecond))
	}
}

// A private database server that is killed is started again, though no command comes
// by: what needs it answers within seconds.
func TestServeRevivesItsServer(t *testing.T) {
	const atMost = 20 * time.Second
	t.Parallel()
	dir := privateFolder(t)
	w := visit(t, "--data", dir)
	must(t, "import", "--data", dir, programme().in(t))
	const observations = "/api/v1/observations?indicator=PEOPLE"
	var before string
	until(t, atMost, "the figures that were imported", func() bool {
		before = page(t, w, observations)
		return strings.Contains(before, "300")
	})
	db := connectTo(t, addressOf(t, dir))
	const started = `SELECT pg_postmaster_start_time()`
	first := ask(t, db, started)
	if err := syscall.Kill(serverOf(t, dir), syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	until(t, atMost, "another database server", func() bool {
		var now string
		return db.QueryRowContext(t.Context(), started).Scan(&now) == nil && now != first
	})
	until(t, atMost, "the observations", func() bool {
		status, body := w.get(t, observations)
		return status == http.StatusOK && body == before
	})
	page(t, w, "/readyz")
	must(t, "import", "--data", dir, figures("PEOPLE,2025,351,Registre").in(t))
	until(t, atMost, "a new figure on the page", func() bool {
		return strings.Contains(page(t, w, "/fr/indicators/PEOPLE"), "351")
	})
	w.stop(t).check(t, exitDone, "has been started again")
	if left, _ := filepath.Glob(filepath.Join(dir, "pg", "*", "data", "postmaster.pid")); len(left) > 0 {
		t.Errorf("the database server is still there: %s", left)
	}
}
