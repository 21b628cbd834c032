package web

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestSigningInAndOut(t *testing.T) {
	m := newMinistry(t)
	p := m.signedIn("theme1")
	if !p.cookie.HttpOnly || p.cookie.SameSite != http.SameSiteLaxMode || p.cookie.Path != "/" || p.cookie.Domain != "" || p.cookie.Name != "jalon" {
		t.Errorf("the cookie is %+v", p.cookie)
	}
	answer := p.get("/fr/desk")
	if body := expect(t, answer, http.StatusOK); !strings.Contains(body, "Nom de theme1") || answer.Header.Get("Cache-Control") != "private, no-store" {
		t.Errorf("the desk may be kept: %v", answer.Header)
	}
	stolen := *p.cookie
	expect(t, p.post("/fr/sign-out"), http.StatusSeeOther)
	thief := &person{m: m, cookie: &stolen}
	if answer := thief.get("/fr/desk"); answer.StatusCode != http.StatusSeeOther || !strings.HasPrefix(answer.Header.Get("Location"), "/fr/sign-in") {
		t.Errorf("a cookie of before signing out opens the desk: %d", answer.StatusCode)
	}
}

// A key that somebody planted in a browser before is not the one after signing in.
func TestSessionsAreNotFixed(t *testing.T) {
	m := newMinistry(t)
	p := &person{m: m, cookie: &http.Cookie{Name: "jalon", Value: "planted"}}
	expect(t, p.post("/fr/sign-in", "email", "theme1@example.tn", "password", passphrase), http.StatusSeeOther)
	if p.cookie.Value == "planted" {
		t.Error("the planted key was taken")
	}
	first := p.cookie.Value
	expect(t, p.post("/fr/sign-in", "email", "theme1@example.tn", "password", passphrase), http.StatusSeeOther)
	old := &person{m: m, cookie: &http.Cookie{Name: "jalon", Value: first}}
	if p.cookie.Value == first || old.get("/fr/desk").StatusCode != http.StatusSeeOther {
		t.Error("the session of before is still open")
	}
}

// Over TLS the cookie is bound to the host, and off the loopback nobody signs in without.
func TestTheCookieOverTLS(t *testing.T) {
	m := newMinistry(t)
	request := func(from string, tls bool) *http.Response {
		scheme := "http"
		if tls {
			scheme = "https"
		}
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, scheme+"://jalon.example/fr/sign-in",
			strings.NewReader("email=theme1%40example.tn&password="+strings.ReplaceAll(passphrase, " ", "+")))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.RemoteAddr = from
		w := httptest.NewRecorder()
		m.h.ServeHTTP(w, r)
		return w.Result()
	}
	if answer := request("192.0.2.7:99", false); answer.StatusCode != http.StatusForbidden || len(answer.Cookies()) > 0 {
		t.Errorf("a password in the clear is taken: %d", answer.StatusCode)
	}
	answer := request("192.0.2.7:99", true)
	cookies := answer.Cookies()
	if answer.StatusCode != http.StatusSeeOther || len(cookies) != 1 || cookies[0].Name != "__Host-jalon" || !cookies[0].Secure {
		t.Errorf("%d, cookies %v", answer.StatusCode, cookies)
	}
}

// Whether the address is unknown or the password wrong: the same words.
func TestNobodyLearnsWhoHasAnAccount(t *testing.T) {
	m := newMinistry(t)
	p := &person{m: m}
	bare := func(email string) string {
		body := expect(t, p.post("/fr/sign-in", "email", email, "password", "wrong"), http.StatusUnprocessableEntity)
		return strings.ReplaceAll(body, email, "")
	}
	if bare("theme1@example.tn") != bare("nobody@example.tn") {
		t.Error("the two answers differ")
	}
}

// The time that it takes does not tell either: the medians are near each other. One is
// measured after the other in turns, so that whatever else the machine does slows both down.
func TestTheTimeTellsNothing(t *testing.T) {
	m := newMinistry(t)
	hash, err := HashPassword(passphrase, "theme1@example.tn")
	if err == nil {
		err = m.store.SetPassword(t.Context(), m.accounts["theme1"].ID, hash, "test")
	}
	if err != nil {
		t.Fatal(err)
	}
	took := map[string][]time.Duration{}
	for range 9 {
		for _, email := range []string{"theme1@example.tn", "nobody@example.tn"} {
			began := time.Now()
			(&person{m: m}).post("/fr/sign-in", "email", email, "password", "wrong")
			took[email] = append(took[email], time.Since(began))
		}
	}
	median := func(email string) time.Duration {
		slices.Sort(took[email])
		return took[email][len(took[email])/2]
	}
	known, unknown := median("theme1@example.tn"), median("nobody@example.tn")
	if ratio := known.Seconds() / unknown.Seconds(); ratio < 0.4 || ratio > 2.5 {
		t.Errorf("a known address takes %s, an unknown one %s", known, unknown)
	}
}

func TestGuessingIsSlowedDown(t *testing.T) {
	m := newMinistry(t)
	p := &person{m: m}
	for n := range attemptsOfAccount {
		if answer := p.post("/fr/sign-in", "email", "theme1@example.tn", "password", "wrong"); answer.StatusCode != http.StatusUnprocessableEntity {
			t.Fatalf("attempt %d answers %d", n+1, answer.StatusCode)
		}
	}
	answer := p.post("/fr/sign-in", "email", "THEME1@example.tn", "password", passphrase)
	if answer.StatusCode != http.StatusTooManyRequests || answer.Header.Get("Retry-After") == "" || p.cookie != nil {
		t.Errorf("the right password after too many wrong ones: %d", answer.StatusCode)
	}
	m.signedIn("theme2") // others are not held up
}

func TestGoingOnAfterSigningInStaysHere(t *testing.T) {
	for next, want := range map[string]string{
		"/fr/desk/grid?count=3": "/fr/desk/grid?count=3", "//evil.example/": "/fr/desk", "https://evil.example/": "/fr/desk",
		`/\evil.example`: "/fr/desk", "javascript:alert(1)": "/fr/desk", "/\r\nSet-Cookie: a=b": "/fr/desk", "evil.example": "/fr/desk", "": "/fr/desk",
	} {
		if got := localPath(next, "/fr/desk"); got != want {
			t.Errorf("%q leads to %q, want %q", next, got, want)
		}
	}
	m := newMinistry(t)
	answer := (&person{m: m}).post("/fr/sign-in", "email", "theme1@example.tn", "password", passphrase, "next", "//evil.example/")
	if to := answer.Header.Get("Location"); to != "/fr/desk" {
		t.Errorf("signing in leads to %q", to)
	}
}

// A form that another site sends in the reader's name is refused, with or without a session.
func TestFormsOfOtherSitesAreRefused(t *testing.T) {
	m := newMinistry(t)
	p := m.signedIn("verifier")
	for _, headers := range [][2]string{{"Sec-Fetch-Site", "cross-site"}, {"Origin", "https://evil.example"}, {"Origin", "null"}} {
		for _, address := range []string{"/fr/desk/periods", "/fr/sign-in", "/fr/sign-out", "/fr/account", "/fr/desk/review"} {
			r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "http://jalon.example"+address, strings.NewReader("do=lock&period=2020&reason=x"))
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			r.Header.Set(headers[0], headers[1])
			if answer := p.send(r); answer.StatusCode != http.StatusForbidden {
				t.Errorf("%s with %v answers %d", address, headers, answer.StatusCode)
			}
		}
	}
	if locks, err := m.store.Locks(t.Context(), 0); err != nil || len(locks) > 0 {
		t.Errorf("a period was locked: %v, %v", locks, err)
	}
}

func TestOnesOwnAccount(t *testing.T) {
	m := newMinistry(t)
	here, there := m.signedIn("theme1"), m.signedIn("theme1")
	if body := here.page("/fr/account"); strings.Count(body, "<td><bdi>") < 2 {
		t.Error("the two sessions are not listed")
	}
	change := func(present, password, again string) *http.Response {
		return here.post("/fr/account", "do", "password", "present", present, "password", password, "again", again)
	}
	expect(t, change("wrong", "une autre phrase longue", "une autre phrase longue"), http.StatusUnprocessableEntity)
	expect(t, change(passphrase, "court", "court"), http.StatusUnprocessableEntity)
	expect(t, change(passphrase, "une autre phrase longue", "une autre phrase longe"), http.StatusUnprocessableEntity)
	expect(t, change(passphrase, "theme1 theme1 theme1", "theme1 theme1 theme1"), http.StatusUnprocessableEntity)
	expect(t, change(passphrase, "une autre phrase longue", "une autre phrase longue"), http.StatusSeeOther)
	expect(t, here.get("/fr/desk"), http.StatusOK)
	if there.get("/fr/desk").StatusCode != http.StatusSeeOther {
		t.Error("a session from before the new password is still open")
	}
	expect(t, here.post("/fr/account", "do", "sessions"), http.StatusSeeOther)
	if here.cookie != nil || here.get("/fr/desk").StatusCode != http.StatusSeeOther {
		t.Error("signed out everywhere, and still in")
	}
}

func TestInvitationsAreTakenUpOnce(t *testing.T) {
	m := newMinistry(t)
	key, hash := newKey()
	if err := m.store.Invite(t.Context(), m.accounts["other"].ID, hash, time.Now().Add(time.Hour), "test"); err != nil {
		t.Fatal(err)
	}
	p, address := &person{m: m}, "/fr/invitation/"+key
	if body := p.page(address); !strings.Contains(body, "other@example.tn") {
		t.Error("the invitation does not say whom it is for")
	}
	expect(t, p.post(address, "password", "court", "again", "court"), http.StatusUnprocessableEntity)
	expect(t, p.post(address, "password", "une phrase toute neuve", "again", "une phrase toute neuve"), http.StatusSeeOther)
	expect(t, p.get("/fr/desk"), http.StatusOK)
	expect(t, p.post(address, "password", "une phrase toute neuve", "again", "une phrase toute neuve"), http.StatusNotFound)
	expect(t, p.get(address), http.StatusNotFound)
	expect(t, p.get("/fr/invitation/forged"), http.StatusNotFound)
}

// Who is disabled is out at once, whatever they hold.
func TestWhoIsDisabledIsOut(t *testing.T) {
	m := newMinistry(t)
	p := m.signedIn("theme1")
	a := m.accounts["theme1"]
	a.Disabled = true
	if err := m.store.ChangeAccount(t.Context(), a, "test"); err != nil {
		t.Fatal(err)
	}
	if p.get("/fr/desk").StatusCode != http.StatusSeeOther {
		t.Error("the session is still open")
	}
	expect(t, (&person{m: m}).post("/fr/sign-in", "email", "theme1@example.tn", "password", passphrase), http.StatusUnprocessableEntity)
}
