package main

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"sync"
	"testing"
	"time"

	"jalon/sql/sqltest"
)

// A listener is the program that the webhook calls. It keeps under which delivery it was.
type listener struct {
	*httptest.Server
	mu    sync.Mutex
	calls []string
	first func() // is done within the first call, before it is answered
}

func listen(t *testing.T) *listener {
	t.Helper()
	l := &listener{}
	l.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		l.mu.Lock()
		defer l.mu.Unlock()
		l.calls = append(l.calls, r.Header.Get("X-Jalon-Delivery"))
		if l.first != nil {
			l.first()
			l.first = nil
		}
	}))
	t.Cleanup(l.Close)
	t.Setenv("JALON_WEBHOOK_URL", l.URL)
	t.Setenv("JALON_WEBHOOK_SECRET", "a secret of some length")
	return l
}

func (l *listener) received() []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return slices.Clone(l.calls)
}

// notified is the programme with the webhook switched on.
func notified() files {
	f := programme()
	f["settings.csv"] += "webhook,yes\n"
	return f
}

const waiting = `SELECT count(*) FROM message WHERE sent_at IS NULL`

// A server that is killed after it has called and before it has noted that calls again,
// under the same delivery, when it is started again.
func TestAKilledServerLosesNoMessage(t *testing.T) {
	dsn, l := sqltest.DSN(t), listen(t)
	must(t, "import", "--database", dsn, notified().in(t))
	started := make(chan *website, 1)
	l.first = func() { (<-started).kill() }
	started <- visit(t, "--database", dsn)
	until(t, 30*time.Second, "the first call", func() bool { return len(l.received()) == 1 })
	db := connectTo(t, dsn)
	if got := ask(t, db, waiting); got != "1" {
		t.Errorf("%s messages wait after the kill, want 1", got)
	}
	visit(t, "--database", dsn)
	until(t, 30*time.Second, "the second call", func() bool { return ask(t, db, waiting) == "0" })
	if all := l.received(); len(all) != 2 || all[0] == "" || all[0] != all[1] {
		t.Errorf("called under %q", all)
	}
}

// Two servers on one database call once for each changeset, also for what others import.
func TestTwoServersCallOnce(t *testing.T) {
	dsn, l := sqltest.DSN(t), listen(t)
	visit(t, "--database", dsn)
	visit(t, "--database", dsn)
	must(t, "import", "--database", dsn, notified().in(t))
	for _, value := range []string{"351", "362", "373", "384"} {
		must(t, "import", "--database", dsn, figures("PEOPLE,2025,"+value+",Registre").in(t))
	}
	db := connectTo(t, dsn)
	until(t, 30*time.Second, "five calls", func() bool { return ask(t, db, waiting) == "0" })
	all := l.received()
	slices.Sort(all)
	if len(all) != 5 || len(slices.Compact(all)) != 5 {
		t.Errorf("called under %q", all)
	}
}

func TestWhatIsConfiguredWronglyIsToldAtOnce(t *testing.T) {
	t.Setenv("JALON_SMTP_URL", "smtp://jalon:s3cret@mail.example.tn?tls=perhaps")
	process(t, "serve", "--listen", "127.0.0.1:0", "--data", "/dev/null/nowhere").check(t, exitRefused, "JALON_SMTP_URL", "starttls or none")
}
