package web

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/alexedwards/argon2id"

	"jalon/indicators"
	"jalon/sql"
	"jalon/sql/sqltest"
)

// passphrase is the password of everybody in the tests.
const passphrase = "une phrase que personne ne devine"

// A ministry is a server over a database with the tests' programme and one account of each
// role, and of two of those that have a scope.
type ministry struct {
	t        testing.TB
	store    *sql.Store
	server   *Server
	h        http.Handler
	accounts map[string]indicators.Account
	hash     string
}

// newMinistry has: admin, verifier, auditor; theme1 and theme2, contributors of a group each;
// donor, of the organisation that funds A1, and other, of one that funds nothing.
func newMinistry(t testing.TB) *ministry {
	t.Helper()
	m := unserved(t, sqltest.Open(t))
	m.server, m.h = running(t, m.store)
	return m
}

// unserved is a ministry whose server does not run yet.
func unserved(t testing.TB, store *sql.Store) *ministry {
	t.Helper()
	record(t, store, apiWorkbook(), reported("THREE", "2016", "100"), reported("THREE", "2024", "140"),
		reported("REM-COST", "2016", "9.48699"), reported("REM-COST", "2023", "5.53667"), reported("DELAY", "2026-07", "40"),
		partly("DELAY", "2026-07", "38", "sex=F"), partly("DELAY", "2026-07", "42", "sex=M"),
		partly("DELAY", "2026-07", "31", "governorate=TN-11"), partly("DELAY", "2026-07", "47", "governorate=TN-61"))
	// Made in no time and compared in no time: the program's own take 30 ms each.
	hash, err := argon2id.CreateHash(passphrase, &argon2id.Params{Memory: 8, Iterations: 1, Parallelism: 1, SaltLength: 16, KeyLength: 32})
	if err != nil {
		t.Fatal(err)
	}
	m := &ministry{t: t, store: store, accounts: map[string]indicators.Account{}, hash: hash}
	for name, a := range map[string]indicators.Account{
		"admin": {Role: indicators.Administrator}, "verifier": {Role: indicators.Verifier}, "auditor": {Role: indicators.Auditor},
		"theme1": {Role: indicators.Contributor, Scope: indicators.Scope{Groups: indicators.Codes{"1"}}},
		"theme2": {Role: indicators.Contributor, Scope: indicators.Scope{Groups: indicators.Codes{"2"}}},
		"donor":  {Role: indicators.DonorReader, Scope: indicators.Scope{Organisations: indicators.Codes{"DON"}}},
		"other":  {Role: indicators.DonorReader, Scope: indicators.Scope{Organisations: indicators.Codes{"MIN"}}},
	} {
		m.add(name, a)
	}
	return m
}

func (m *ministry) add(name string, a indicators.Account) {
	m.t.Helper()
	a.Email, a.Name, a.Language = indicators.Optional(name+"@example.tn"), "Nom de "+name, "fr"
	id, err := m.store.AddAccount(m.t.Context(), a, "test")
	if err == nil {
		err = m.store.SetPassword(m.t.Context(), id, m.hash, "test")
	}
	if err != nil {
		m.t.Fatal(err)
	}
	a.ID = id
	m.accounts[name] = a
}

// A person is a browser: it keeps its cookie.
type person struct {
	m      *ministry
	cookie *http.Cookie
}

// signedIn is somebody at the desk; nobody, the public, has no name.
func (m *ministry) signedIn(name string) *person {
	m.t.Helper()
	p := &person{m: m}
	if name == "" {
		return p
	}
	answer := p.post("/fr/sign-in", "email", name+"@example.tn", "password", passphrase)
	if answer.StatusCode != http.StatusSeeOther || p.cookie == nil {
		m.t.Fatalf("%s cannot sign in: %d", name, answer.StatusCode)
	}
	return p
}

func (p *person) send(r *http.Request) *http.Response {
	r.RemoteAddr = "127.0.0.1:1"
	if p.cookie != nil {
		r.AddCookie(p.cookie)
	}
	w := httptest.NewRecorder()
	p.m.h.ServeHTTP(w, r)
	answer := w.Result()
	for _, c := range answer.Cookies() {
		if p.cookie = c; c.MaxAge < 0 {
			p.cookie = nil
		}
	}
	return answer
}

func (p *person) get(address string) *http.Response {
	return p.send(httptest.NewRequestWithContext(p.m.t.Context(), http.MethodGet, address, nil))
}

func (p *person) page(address string) string {
	p.m.t.Helper()
	answer := p.get(address)
	body := bodyOf(p.m.t, answer)
	if answer.StatusCode != http.StatusOK {
		p.m.t.Fatalf("%s answers %d: %s", address, answer.StatusCode, body)
	}
	return body
}

// post sends a form of names and values.
func (p *person) post(address string, fields ...string) *http.Response {
	form := url.Values{}
	for n := 0; n < len(fields); n += 2 {
		form.Add(fields[n], fields[n+1])
	}
	r := httptest.NewRequestWithContext(p.m.t.Context(), http.MethodPost, address, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return p.send(r)
}

// expect fails unless an answer has a status, and gives its body.
func expect(t testing.TB, answer *http.Response, status int) string {
	t.Helper()
	body := bodyOf(t, answer)
	if answer.StatusCode != status {
		t.Errorf("answers %d, want %d: %s", answer.StatusCode, status, regexp.MustCompile(`(?s)<main.*?</main>`).FindString(body))
	}
	return body
}

// hidden is the value of a hidden field of a page.
func hidden(t testing.TB, body, name string) string {
	t.Helper()
	found := regexp.MustCompile(`name="` + name + `" value="([^"]*)"`).FindStringSubmatch(body)
	if found == nil {
		t.Fatalf("no field %s in %s", name, regexp.MustCompile(`(?s)<main.*?</main>`).FindString(body))
	}
	return found[1]
}

// enters types a value into the grid and saves it as a draft.
func (p *person) enters(indicator, at, value string) *http.Response {
	p.m.t.Helper()
	frequency := map[int]string{1: "month", 3: "quarter", 6: "semester", 12: "year"}[period(at).Months()]
	grid := "/fr/desk/grid?frequency=" + frequency + "&count=12"
	seen := hidden(p.m.t, p.page(grid), "seen")
	return p.post(grid, "seen", seen, "v:"+indicator+":"+at, value, "do", "draft")
}

// steps takes a step with the figure of an indicator that is on its way.
func (p *person) steps(kind, indicator, reason string) *http.Response {
	p.m.t.Helper()
	return p.post("/fr/desk/review", "do", kind, "sure", "yes", "reason", reason, "figure", p.m.onItsWay(indicator))
}

// onItsWay names the figure of an indicator that is under review.
func (m *ministry) onItsWay(indicator string) string {
	m.t.Helper()
	all, _, err := m.store.Work(m.t.Context(), []string{indicator})
	if err != nil || len(all) != 1 {
		m.t.Fatalf("on its way: %+v, %v", all, err)
	}
	return figureKey(&all[0])
}

// served waits until a page has a text, at most as long as the poll takes.
func (p *person) served(address, text string) {
	p.m.t.Helper()
	within(p.m.t, 3*time.Second, address+" with "+text, func() bool { return strings.Contains(bodyOf(p.m.t, p.get(address)), text) })
}
