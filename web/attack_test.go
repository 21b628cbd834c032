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
	"jalon/sql/sqltest"
)

// counting is a ministry in which DELAY counts persons, by sex; of June few women, which
// withholds both sexes. A count of men that corrects what is published is verified.
func counting(t *testing.T) *ministry {
	t.Helper()
	m := unserved(t, sqltest.Open(t))
	w := apiWorkbook()
	for n := range w.Indicators {
		define := w.Indicators[n].Change
		w.Indicators[n].Change = func(i *indicators.Indicator) {
			if define(i); i.Code == "DELAY" {
				i.Unit = "PERSONS"
			}
		}
	}
	part := func(sex, value string) indicators.Observation {
		o := reported("DELAY", "2026-06", value)
		o.Breakdown.Sex = sex
		return o
	}
	record(t, m.store, &indicators.Workbook{Indicators: w.Indicators}, part("F", "4"), part("M", "8765"), part("", "8769"))
	next := part("M", "8766")
	next.Review = indicators.Verified
	record(t, m.store, nil, next)
	m.server, m.h = running(t, m.store)
	return m
}

// published names the version of a figure that is published, as a form does.
func (m *ministry) published(key indicators.FigureKey) string {
	m.t.Helper()
	_, newest, err := m.store.Work(m.t.Context(), nil)
	if err != nil {
		m.t.Fatal(err)
	}
	all, err := m.store.Standing(m.t.Context(), newest, []string{key.Indicator}, []indicators.Period{key.Period})
	if err != nil {
		m.t.Fatal(err)
	}
	for _, o := range all {
		if o.Key() == key && o.Review == indicators.Published {
			return figureKey(&indicators.Work{Observation: o})
		}
	}
	m.t.Fatalf("%s is not published", key)
	return ""
}

// What is withheld from the public is told at the desk to those who enter, check or audit
// it, and not to those who pay for it.
func TestTheDeskTellsADonorNoSmallCount(t *testing.T) {
	m := counting(t)
	for name, knows := range map[string]bool{"theme1": true, "verifier": true, "auditor": true, "donor": false} {
		p := m.signedIn(name)
		for address, values := range map[string][]string{
			"/fr/desk":             {"8766", "8765"},
			"/fr/indicators/DELAY": {"8766", "8765"},
			"/fr/desk/figures/DELAY?period=2026-06&breakdown=sex%3DM": {"8766", "8765"},
		} {
			body := p.page(address)
			if !strings.Contains(body, "2026-06") {
				t.Errorf("%s at %s is not shown that there is a figure", name, address)
			}
			text := strings.ReplaceAll(said(body)+body, " ", "")
			for _, value := range values {
				if told := strings.Contains(text, value); told != knows {
					t.Errorf("%s at %s is told %s: %v", name, address, value, told)
				}
			}
		}
	}
}

// The page that asks for confirmation is for who takes the step: it shows figures as they
// are, and what they would move.
func TestAPreviewIsForWhoTakesTheStep(t *testing.T) {
	m := counting(t)
	key := indicators.FigureKey{Indicator: "DELAY", Breakdown: indicators.Breakdown{Sex: "M"}, Period: period("2026-06")}
	pending, standing := m.onItsWay("DELAY"), m.published(key)
	for name, refused := range map[string]string{
		"donor": "submit verify publish return discard withdraw", "other": "submit verify publish return discard withdraw",
		"theme2": "submit verify publish return discard withdraw", "auditor": "submit verify publish return discard withdraw",
		"theme1": "verify publish withdraw", "verifier": "submit discard",
	} {
		p := m.signedIn(name)
		for kind := range strings.FieldsSeq("submit verify publish return discard withdraw") {
			figure, want := pending, http.StatusOK
			if kind == "withdraw" {
				figure = standing
			}
			if strings.Contains(refused, kind) {
				want = http.StatusForbidden
			}
			body := expect(t, p.post("/fr/desk/review", "do", kind, "figure", figure), want)
			if text := said(body); want != http.StatusOK && (strings.Contains(text, "8765") || strings.Contains(text, "8766")) {
				t.Errorf("%s asks to %s and is told %s", name, kind, text)
			}
		}
	}
}

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
