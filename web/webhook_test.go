package web

import (
	"crypto/hmac"
	"crypto/sha256"
	"crypto/x509"
	"encoding/hex"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"jalon/indicators"
	"jalon/sql"
)

const secret = "a secret of some length"

// A called webhook keeps what it is told, and answers one code after the other.
type called struct {
	*httptest.Server
	mu      sync.Mutex
	answers []int // then 204
	calls   []call
}

type call struct {
	header http.Header
	body   string
	path   string
}

func listening(t *testing.T, answers ...int) *called {
	t.Helper()
	c := &called{answers: answers}
	c.Server = httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		c.mu.Lock()
		defer c.mu.Unlock()
		c.calls = append(c.calls, call{r.Header, string(body), r.Method + " " + r.URL.RequestURI()})
		code := http.StatusNoContent
		if len(c.answers) > 0 {
			code, c.answers = c.answers[0], c.answers[1:]
		}
		w.Header().Set("Location", "/elsewhere")
		w.WriteHeader(code)
	}))
	t.Cleanup(c.Close)
	return c
}

func (c *called) outside() Outside {
	roots := x509.NewCertPool()
	roots.AddCert(c.Certificate())
	return Outside{Webhook: c.URL + "/jalon?key=k3y", Secret: secret, Roots: roots}
}

func (c *called) received() []call {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Clone(c.calls)
}

// genuine checks a call as its receiver would: the signature, and that it is not old.
func (c call) genuine(now time.Time) bool {
	at := c.header.Get("X-Jalon-Timestamp")
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte(at + "." + c.body))
	want := "sha256=" + hex.EncodeToString(mac.Sum(nil))
	var seconds int64
	if json.Unmarshal([]byte(at), &seconds) != nil {
		return false
	}
	age := now.Sub(time.Unix(seconds, 0))
	return hmac.Equal([]byte(c.header.Get("X-Jalon-Signature")), []byte(want)) && age >= 0 && age < time.Minute
}

func TestTheWebhookIsCalled(t *testing.T) {
	hook := listening(t)
	d := delivering(t, hook.outside())
	d.go1(t)
	all := hook.received()
	if len(all) != 1 {
		t.Fatalf("%d calls\n%s", len(all), d.log.String())
	}
	c := all[0]
	if c.path != "POST /jalon?key=k3y" || c.header.Get("Content-Type") != "application/json" || c.header.Get("User-Agent") != "jalon/1" || len(c.header.Get("X-Jalon-Delivery")) != 36 {
		t.Errorf("called %s with %v", c.path, c.header)
	}
	if !c.genuine(d.at) {
		t.Errorf("the signature %s does not hold", c.header.Get("X-Jalon-Signature"))
	}
	if old := c; old.genuine(d.at.Add(time.Hour)) {
		t.Error("an old call is taken")
	}
	changed := c
	changed.body += " "
	if changed.genuine(d.at) {
		t.Error("another body has the same signature")
	}
	var told struct {
		Event      string
		Number     int
		Reason     string
		Indicators []string
	}
	if err := json.Unmarshal([]byte(c.body), &told); err != nil || told.Event != "changeset" || told.Number != 1 || told.Reason != "essai" || len(told.Indicators) != 6 {
		t.Errorf("told %s, %v", c.body, err)
	}
	if strings.Contains(c.body, "a@example.org") {
		t.Errorf("an address is told: %s", c.body)
	}
}

func TestTheWebhookIsCalledUntilItAnswersWell(t *testing.T) {
	hook := listening(t, http.StatusInternalServerError, http.StatusFound, http.StatusNotFound, http.StatusAccepted)
	d := delivering(t, hook.outside())
	for n, want := range []string{"failed 0, sent 0, waiting 1", "failed 0, sent 0, waiting 1", "failed 0, sent 0, waiting 1", "failed 0, sent 1, waiting 0"} {
		d.go1(t)
		d.go1(t) // before its time nothing is tried
		if got := d.state(t, sql.Webhook); got != want {
			t.Errorf("after %d calls: %s, want %s", n+1, got, want)
		}
		d.at = d.at.Add(time.Duration(1<<n) * time.Minute)
	}
	all := hook.received()
	if len(all) != 4 {
		t.Fatalf("%d calls", len(all))
	}
	for n, c := range all {
		at := d.at.Add(-15 * time.Minute).Add(time.Duration(1<<n-1) * time.Minute)
		if c.path != "POST /jalon?key=k3y" { // a redirect is not followed
			t.Errorf("called %s", c.path)
		}
		if c.body != all[0].body || c.header.Get("X-Jalon-Delivery") != all[0].header.Get("X-Jalon-Delivery") || !c.genuine(at) {
			t.Errorf("call %d was %v %s", n+1, c.header, c.body)
		}
	}
	if log := d.log.String(); strings.Contains(log, "k3y") || strings.Contains(log, secret) || !strings.Contains(log, "500") {
		t.Errorf("the log says:\n%s", log)
	}
}

func TestAWebhookThatIsNotThereIsTriedAgain(t *testing.T) {
	hook := listening(t)
	d := delivering(t, hook.outside())
	hook.Close()
	d.go1(t)
	if got := d.state(t, sql.Webhook); got != "failed 0, sent 0, waiting 1" {
		t.Error(got)
	}
	if log := d.log.String(); strings.Contains(log, "k3y") || !strings.Contains(log, "calling the webhook") {
		t.Errorf("the log says:\n%s", log)
	}
}

// A mail that cannot leave does not keep the webhook waiting, and what is not configured
// waits without being tried.
func TestChannelsAreApart(t *testing.T) {
	hook := listening(t)
	d := delivering(t, hook.outside())
	a := d.focalPoint(t, "amel", "fr")
	queueNotice(t, d, a, "returned", "r")
	d.go1(t)
	if mail, called := d.state(t, sql.Mail), d.state(t, sql.Webhook); mail != "failed 0, sent 0, waiting 1" || called != "failed 0, sent 1, waiting 0" {
		t.Errorf("mail %s, webhook %s", mail, called)
	}
	d.compare(t.Context())
	if !strings.Contains(d.log.String(), "JALON_SMTP_URL is not set") || strings.Contains(d.log.String(), "JALON_WEBHOOK_URL") {
		t.Errorf("the log says:\n%s", d.log.String())
	}
	record(t, d.store, &indicators.Workbook{Settings: edits([]indicators.Setting{{Key: "webhook", Value: "no"}})})
	d.refresh(t)
	d.compare(t.Context())
	if !strings.Contains(d.log.String(), "JALON_WEBHOOK_URL is set, but nothing is sent") {
		t.Errorf("the log says:\n%s", d.log.String())
	}
}

func TestTheOutboxIsCountedInTheMetrics(t *testing.T) {
	hook := listening(t)
	d := delivering(t, hook.outside())
	s, err := New(Config{Version: "1"}, d.store, d.live)
	if err != nil {
		t.Fatal(err)
	}
	h := s.Handler()
	for _, want := range []string{`{channel="webhook",state="waiting"} 1`, `{channel="webhook",state="sent"} 1`} {
		if body := bodyOf(t, ask(t, h, "GET", "/metrics")); !strings.Contains(body, "jalon_outbox_messages"+want+"\n") || strings.Count(body, "jalon_outbox_messages{") != 6 {
			t.Errorf("want %s, there is:\n%s", want, linesOf(body, "jalon_outbox"))
		}
		d.go1(t)
	}
	// Without the database the other metrics are still there.
	if err := d.store.Close(); err != nil {
		t.Fatal(err)
	}
	if body := bodyOf(t, ask(t, h, "GET", "/metrics")); strings.Contains(body, "jalon_outbox") || !strings.Contains(body, "jalon_overdue_reports") {
		t.Errorf("without a database: %s", linesOf(body, "jalon_o"))
	}
}
