package web

import (
	"bytes"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"jalon/indicators"
)

// What a browser or a proxy has kept of an earlier moment is out of date once something of
// it is erased.
func TestWhatIsErasedIsNotKeptOfEarlierMoments(t *testing.T) {
	m := newMinistry(t)
	o := reported("DELAY", "2026-06", "41")
	o.Comment = "Mme X., 55 123 456"
	record(t, m.store, nil, o)
	refresh := func() {
		if err := m.server.live.Refresh(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	refresh()
	const address = "/api/v1/observations?indicator=DELAY&as-of=c2"
	before := ask(t, m.h, "GET", address)
	if body := bodyOf(t, before); !strings.Contains(body, "55 123 456") {
		t.Fatalf("there is no comment: %s", body)
	}
	act := (&indicators.Account{ID: 1, Role: indicators.Administrator}).By(indicators.Erased, "une personne est nommée")
	if err := m.store.EraseComment(t.Context(), o.Key(), indicators.HashOf(string(o.Comment)), act, time.Second); err != nil {
		t.Fatal(err)
	}
	refresh()
	after := ask(t, m.h, "GET", address, "If-None-Match", before.Header.Get("ETag"))
	if body := bodyOf(t, after); after.StatusCode != http.StatusOK || strings.Contains(body, "55 123 456") {
		t.Errorf("%s: %s", after.Status, body)
	}
}

// Who looks back has the rights of today, and changes nothing there.
func TestNobodyRegainsARightByLookingBack(t *testing.T) {
	o := newOffice(t, indicators.Submitted)
	setting := func(value string) {
		record(t, o.store, &indicators.Workbook{Settings: edits([]indicators.Setting{{Key: "donors_see", Value: value}})})
		if err := o.server.live.Refresh(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	setting("submitted")
	file := o.mustAttach("theme1", delayOf8, "confidential", "conf.pdf")
	if answer, _ := o.get("donor", file); answer.StatusCode != http.StatusOK {
		t.Fatalf("the donor does not have the file: %s", answer.Status)
	}
	then := fmt.Sprintf("c%d", newestOf(t, o.store))
	setting("verified")
	for _, asOf := range []string{"", "as-of=" + then} {
		if answer, _ := o.get("donor", file+"?"+asOf); answer.StatusCode != http.StatusNotFound {
			t.Errorf("the donor has it still with %q: %s", asOf, answer.Status)
		}
		if _, body := o.get("donor", delayOf8+"&"+asOf); strings.Contains(body, "conf.pdf") {
			t.Errorf("the donor sees it listed with %q", asOf)
		}
	}

	// DELAY becomes a matter of group 2 alone: theme1 has no right to it any more.
	w := apiWorkbook()
	for n := range w.Actions {
		define := w.Actions[n].Change
		w.Actions[n].Change = func(a *indicators.Action) { define(a); a.Group = "2" }
	}
	record(t, o.store, &indicators.Workbook{Actions: w.Actions})
	if err := o.server.live.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	newest := newestOf(t, o.store)
	for _, asOf := range []string{"", "&as-of=" + then} {
		if answer, _ := o.attach("theme1", delayAt+asOf, "confidential", sentFile{named("a.pdf"), "application/pdf", pdf + asOf}); answer.StatusCode < 400 {
			t.Errorf("theme1 attaches a file with %q: %s", asOf, answer.Status)
		}
		detach := strings.Replace(delayOf8, "/documents?", "/documents/detach?", 1) + asOf
		if answer, _ := o.post("theme1", detach, url.Values{"document": {strings.Split(file, "/")[2]}, "reason": {"r"}}); answer.StatusCode < 400 {
			t.Errorf("theme1 detaches a file with %q: %s", asOf, answer.Status)
		}
	}
	if now := newestOf(t, o.store); now != newest {
		t.Errorf("changesets up to %d, there were %d", now, newest)
	}
}

// The key of an invitation is nowhere in the log, for whoever reads that could take it up.
func TestTheLogHoldsNoKey(t *testing.T) {
	var log bytes.Buffer
	var mu sync.Mutex
	m := newMinistry(t)
	m.server.cfg.Log = slog.New(slog.NewTextHandler(locked{&mu, &log}, nil))
	key, hash := newKey()
	if err := m.store.Invite(t.Context(), m.accounts["other"].ID, hash, time.Now().Add(time.Hour), "test"); err != nil {
		t.Fatal(err)
	}
	p := m.signedIn("theme1")
	cookie := p.cookie.Value
	p.page("/fr/account")
	expect(t, (&person{m: m}).get("/fr/invitation/"+key), http.StatusOK)
	ask(t, m.h, "GET", "/api/v1/groups", "Authorization", "Bearer jalon_"+key)
	mu.Lock()
	defer mu.Unlock()
	if !strings.Contains(log.String(), "path=/fr/invitation/") {
		t.Fatalf("nothing is logged: %s", log.String())
	}
	for _, secret := range []string{key, cookie, "example.tn", passphrase} {
		if strings.Contains(log.String(), secret) {
			t.Errorf("the log holds %q: %s", secret, log.String())
		}
	}
}

// locked lets several write one after the other.
type locked struct {
	mu *sync.Mutex
	to *bytes.Buffer
}

func (l locked) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.to.Write(p)
}

// No form of another site is taken, whatever it is sent as and whoever's browser sends it.
func TestNoRouteTakesAFormOfAnotherSite(t *testing.T) {
	m := newMinistry(t)
	p, newest := m.signedIn("admin"), newestOf(t, m.store)
	for _, g := range guardedRoutes() {
		if !strings.HasPrefix(g.pattern, "POST ") {
			continue
		}
		body, multi := form(t, map[string]string{"reason": "r", "do": "save"}, sentFile{named("a.pdf"), "application/pdf", pdf})
		for _, kind := range []string{"application/x-www-form-urlencoded", multi, "text/plain"} {
			for _, headers := range [][2]string{{"Sec-Fetch-Site", "cross-site"}, {"Sec-Fetch-Site", "same-site"}, {"Origin", "https://evil.example"}} {
				r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "http://jalon.example"+g.own, bytes.NewReader(body.Bytes()))
				r.Header.Set("Content-Type", kind)
				r.Header.Set(headers[0], headers[1])
				if answer := p.send(r); answer.StatusCode != http.StatusForbidden || len(answer.Cookies()) > 0 {
					t.Errorf("%s as %s with %v answers %d", g.pattern, kind, headers, answer.StatusCode)
				}
			}
		}
	}
	if now := newestOf(t, m.store); now != newest {
		t.Errorf("%d changesets were made", now-newest)
	}
}

// No form takes more than its fields do, nor characters that turn others around unseen.
func TestTextsOfTheDeskAreBounded(t *testing.T) {
	m := newMinistry(t)
	focal, verifier, newest := m.signedIn("theme1"), m.signedIn("verifier"), newestOf(t, m.store)
	figure, long := "/fr/desk/figures/THREE?period=2025", strings.Repeat("é", 4001)
	seen := hidden(t, focal.page(figure), "seen")
	for _, name := range []string{"comment", "source", "evidence", "value", "reason"} {
		fields := []string{"seen", seen, "obs_status", "A", "do", "draft", name, long}
		if name != "value" {
			fields = append(fields, "value", "1")
		}
		expect(t, focal.post(figure, fields...), http.StatusBadRequest)
	}
	expect(t, focal.post("/fr/desk/grid?frequency=year", "seen", seen, "v:THREE:2025", "1", "reason", long), http.StatusBadRequest)
	expect(t, verifier.post("/fr/desk/periods", "do", "lock", "period", "2020", "reason", long), http.StatusBadRequest)
	for _, name := range []string{"reason", "accept"} {
		expect(t, verifier.post("/fr/desk/review", "do", "publish", "figure", "THREE 2025 1", "sure", "yes", name, long), http.StatusBadRequest)
	}
	if now := newestOf(t, m.store); now != newest {
		t.Errorf("%d changesets were made", now-newest)
	}
	expect(t, focal.post(figure, "seen", seen, "value", "1", "obs_status", "A", "do", "draft", "comment", "un\r\ndeux\u202e trois\a"), http.StatusSeeOther)
	if all, _, err := m.store.Work(t.Context(), nil); err != nil || len(all) != 1 || all[0].Comment != "un\ndeux trois" {
		t.Errorf("kept is %+v, %v", all, err)
	}
}
