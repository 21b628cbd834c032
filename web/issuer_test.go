package web

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"jalon/indicators"
	"jalon/sql"
	"jalon/sql/sqltest"
)

const rulesForTests = "groups=admins:administrator; groups=focal-2:contributor groups=2; groups=focal-1:contributor groups=1"

// accountNow is the account of an address.
func accountNow(t *testing.T, store *sql.Store, email string) *indicators.Account {
	t.Helper()
	a, err := store.AccountByEmail(t.Context(), email)
	if err != nil {
		t.Fatal(err)
	}
	return &a
}

// Somebody new gets the role that the issuer's groups say; later, what they say by then.
func TestTheIssuerMakesAccountsAndKeepsTheirRoles(t *testing.T) {
	store, i := sqltest.Open(t), newTestIssuer(t)
	record(t, store, apiWorkbook())
	accountOf(t, store, "boss@example.tn", indicators.Administrator, indicators.Scope{})
	i.says(map[string]any{"groups": []string{"x", "focal-2", "focal-1"}})
	g := signingIn(t, store, i, rulesForTests)
	form := bodyOf(t, g.get(t, "/fr/sign-in?next=/fr/desk/grid"))
	if !strings.Contains(form, `href="/fr/oidc?next=%2Ffr%2Fdesk%2Fgrid"`) || !strings.Contains(form, "Se connecter avec Identité &lt;Essai&gt;") {
		t.Errorf("the form offers no other way:\n%s", form)
	}
	asked := g.leave(t, i, "/fr/desk/grid")
	for name, want := range map[string]string{"client_id": "jalon", "redirect_uri": "https://suivi.example.tn/oidc/callback", "response_type": "code", "code_challenge_method": "S256", "scope": "openid email profile"} {
		if asked.Get(name) != want {
			t.Errorf("%s is %q", name, asked.Get(name))
		}
	}
	answer := g.get(t, "/oidc/callback?"+i.authorize(asked).Encode())
	if answer.StatusCode != http.StatusSeeOther || answer.Header.Get("Location") != "/fr/desk/grid" || answer.Header.Get("Cache-Control") != "private, no-store" {
		t.Fatalf("%s %v %s", answer.Status, answer.Header, bodyOf(t, answer))
	}
	for _, cookie := range answer.Cookies() {
		if !cookie.Secure || !cookie.HttpOnly || cookie.Path != "/" || cookie.Domain != "" || cookie.SameSite != http.SameSiteLaxMode || !strings.HasPrefix(cookie.Name, "__Host-") {
			t.Errorf("a cookie is %s", cookie.Raw)
		}
	}
	if a := accountNow(t, store, "amel@example.tn"); !g.in(t) || a.Rank() != "contributor groups=1|2" || a.Name != "Amel B." || a.Language != "fr" {
		t.Errorf("the account is %+v", a)
	}
	i.says(map[string]any{"groups": "admins", "email": "elsewhere@example.tn"})
	g.signIn(t, i)
	if a := accountNow(t, store, "amel@example.tn"); a.Role != indicators.Administrator || !g.in(t) {
		t.Errorf("the account is %+v", a)
	}
	i.says(map[string]any{"groups": []string{}})
	g.signIn(t, i)
	if a := accountNow(t, store, "amel@example.tn"); a.Role != indicators.Administrator || !g.in(t) {
		t.Errorf("without a rule that fits, the account is %+v", a)
	}
	if all, err := store.Accounts(t.Context()); err != nil || len(all) != 2 {
		t.Errorf("accounts: %+v, %v", all, err)
	}
}

// Whoever has an account already signs in to it, by the verified address once, then by the
// issuer's own name for them.
func TestTheIssuerLinksAnAccount(t *testing.T) {
	store, i := sqltest.Open(t), newTestIssuer(t)
	record(t, store, apiWorkbook())
	a := accountOf(t, store, "Amel@Example.tn", indicators.Administrator, indicators.Scope{})
	g := signingIn(t, store, i, "")
	if answer := g.signIn(t, i); answer.StatusCode != http.StatusSeeOther || !g.in(t) {
		t.Fatalf("%s %s", answer.Status, bodyOf(t, answer))
	}
	a.Email = "moved@example.tn"
	if err := store.ChangeAccount(t.Context(), a, "test"); err != nil {
		t.Fatal(err)
	}
	if g.in(t) {
		t.Fatal("a changed account stays signed in")
	}
	i.says(map[string]any{"email": nil, "email_verified": nil})
	if g.signIn(t, i); !g.in(t) {
		t.Error("the issuer's name for the person is forgotten")
	}
	// The last administrator stays one, whatever the issuer says.
	g = signingIn(t, store, i, "sub=person-1:auditor")
	if g.signIn(t, i); !g.in(t) || accountNow(t, store, "moved@example.tn").Role != indicators.Administrator {
		t.Errorf("the last administrator is %+v", accountNow(t, store, "moved@example.tn"))
	}
	// An address that is given to somebody else does not give the account away.
	i.says(map[string]any{"sub": "person-2", "email": "moved@example.tn"})
	other := signingIn(t, store, i, "")
	if answer := other.signIn(t, i); answer.StatusCode != http.StatusForbidden || other.in(t) {
		t.Errorf("the account is given away: %s", answer.Status)
	}
}

func TestTheIssuerIsNotBelievedBlindly(t *testing.T) {
	store, i := sqltest.Open(t), newTestIssuer(t)
	record(t, store, apiWorkbook())
	accountOf(t, store, "amel@example.tn", indicators.Administrator, indicators.Scope{})
	disabled := accountOf(t, store, "left@example.tn", indicators.Auditor, indicators.Scope{})
	disabled.Disabled = true
	if err := store.ChangeAccount(t.Context(), disabled, "test"); err != nil {
		t.Fatal(err)
	}
	stranger, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	const wrong, stale, nobody = "n’est pas valable", "Recommencez", "aucun compte"
	for _, tt := range []struct {
		name   string
		claims map[string]any
		signer *ecdsa.PrivateKey
		status int
		says   string
	}{
		{"another attempt's nonce", map[string]any{"nonce": "x"}, i.key, 400, wrong},
		{"no nonce", map[string]any{"nonce": nil}, i.key, 400, wrong},
		{"for another client", map[string]any{"aud": "other"}, i.key, 400, wrong},
		{"of another issuer", map[string]any{"iss": "https://elsewhere.tn"}, i.key, 400, wrong},
		{"expired", map[string]any{"exp": time.Now().Add(-time.Minute).Unix()}, i.key, 400, wrong},
		{"not to be used yet", map[string]any{"nbf": time.Now().Add(time.Hour).Unix()}, i.key, 400, wrong},
		{"signed by somebody else", nil, stranger, 400, wrong},
		{"not signed", nil, nil, 400, wrong},
		{"an address that is not verified", map[string]any{"email_verified": false}, i.key, 403, "confirmé votre adresse"},
		{"an address that is said to be verified by other words", map[string]any{"email_verified": "yes"}, i.key, 403, "confirmé votre adresse"},
		{"an address of which nothing is said", map[string]any{"email_verified": nil}, i.key, 403, "confirmé votre adresse"},
		{"no address", map[string]any{"email": nil}, i.key, 403, "confirmé votre adresse"},
		{"an unverified address for which there is a rule", map[string]any{"email_verified": false, "email": "boss@example.tn"}, i.key, 403, "confirmé votre adresse"},
		{"nobody's", map[string]any{"email": "nobody@example.tn"}, i.key, 403, nobody},
		{"a disabled account's", map[string]any{"email": "left@example.tn", "sub": "p9"}, i.key, 403, nobody},
		{"a role in a group that there is not", map[string]any{"email": "new@example.tn", "sub": "p8", "groups": "nowhere"}, i.key, 400, wrong},
		{"an address that is none", map[string]any{"email": "a@b\r\nBcc: x", "sub": "p7", "groups": "audit"}, i.key, 400, wrong},
	} {
		t.Run(tt.name, func(t *testing.T) {
			g := signingIn(t, store, i, "groups=nowhere:contributor groups=NIX; email=boss@example.tn:administrator; groups=audit:auditor")
			i.says(tt.claims)
			i.signer = tt.signer
			answer := g.signIn(t, i)
			if body := bodyOf(t, answer); answer.StatusCode != tt.status || !strings.Contains(body, tt.says) || g.in(t) {
				t.Errorf("%s: %s", answer.Status, body)
			}
		})
	}
	i.signer = i.key
	i.says(nil)
	for name, tt := range map[string]struct {
		change func(*guest, url.Values)
		status int
		says   string
	}{
		"no state":                    {func(_ *guest, back url.Values) { back.Del("state") }, 400, stale},
		"another state":               {func(_ *guest, back url.Values) { back.Set("state", "x") }, 400, stale},
		"another browser":             {func(g *guest, _ url.Values) { clear(g.cookies) }, 400, stale},
		"a cookie of somebody else":   {func(g *guest, _ url.Values) { g.cookies["__Host-jalon-attempt"] = "x.fr.Lw" }, 400, stale},
		"a cookie that is none":       {func(g *guest, _ url.Values) { g.cookies["__Host-jalon-attempt"] = "%%%" }, 400, stale},
		"refused there":               {func(_ *guest, back url.Values) { back.Set("error", "access_denied") }, 403, "a refusé"},
		"no code":                     {func(_ *guest, back url.Values) { back.Del("code") }, 400, wrong},
		"a code that was never given": {func(_ *guest, back url.Values) { back.Set("code", "x") }, 400, wrong},
		"asked for by another verifier": {func(_ *guest, back url.Values) {
			i.codes[back.Get("code")].Set("code_challenge", encoded(make([]byte, 32)))
		}, 400, wrong},
	} {
		t.Run(name, func(t *testing.T) {
			g := signingIn(t, store, i, "")
			back := i.authorize(g.leave(t, i, ""))
			tt.change(g, back)
			answer := g.get(t, "/oidc/callback?"+back.Encode())
			if body := bodyOf(t, answer); answer.StatusCode != tt.status || !strings.Contains(body, tt.says) || g.in(t) {
				t.Errorf("%s: %s", answer.Status, body)
			}
		})
	}
	if all, err := store.Accounts(t.Context()); err != nil || len(all) != 2 {
		t.Errorf("accounts were made: %+v, %v", all, err)
	}
}

// A code serves once, and so does the attempt that it answers.
func TestAReplayedCodeOpensNothing(t *testing.T) {
	store, i := sqltest.Open(t), newTestIssuer(t)
	record(t, store, apiWorkbook())
	accountOf(t, store, "amel@example.tn", indicators.Administrator, indicators.Scope{})
	g := signingIn(t, store, i, "")
	asked := g.leave(t, i, "")
	back, attempt := i.authorize(asked), g.cookies["__Host-jalon-attempt"]
	if answer := g.get(t, "/oidc/callback?"+back.Encode()); answer.StatusCode != http.StatusSeeOther || g.cookies["__Host-jalon-attempt"] != "" {
		t.Fatalf("%s, cookies %v", answer.Status, g.cookies)
	}
	thief := &guest{g.h, map[string]string{}}
	if answer := thief.get(t, "/oidc/callback?"+back.Encode()); answer.StatusCode != http.StatusBadRequest || thief.in(t) {
		t.Errorf("the address alone opens: %s", answer.Status)
	}
	thief.cookies["__Host-jalon-attempt"] = attempt
	if answer := thief.get(t, "/oidc/callback?"+back.Encode()); answer.StatusCode != http.StatusBadRequest || thief.in(t) {
		t.Errorf("the code is taken twice: %s", answer.Status)
	}
}

// After signing in, a person stays on this site, whatever the link said.
func TestTheIssuerLeadsToNoOtherSite(t *testing.T) {
	store, i := sqltest.Open(t), newTestIssuer(t)
	record(t, store, apiWorkbook())
	accountOf(t, store, "amel@example.tn", indicators.Administrator, indicators.Scope{})
	g := signingIn(t, store, i, "")
	for _, next := range []string{"https://elsewhere.tn/", "//elsewhere.tn", `/\elsewhere.tn`, "javascript:alert(1)", ""} {
		answer := g.get(t, "/oidc/callback?"+i.authorize(g.leave(t, i, next)).Encode())
		if to := answer.Header.Get("Location"); to != "/fr/desk" {
			t.Errorf("%q leads to %q", next, to)
		}
	}
	forged := encoded([]byte("https://elsewhere.tn/"))
	asked := g.leave(t, i, "/fr/")
	parts := strings.Split(g.cookies["__Host-jalon-attempt"], ".")
	g.cookies["__Host-jalon-attempt"] = parts[0] + ".fr." + forged
	if to := g.get(t, "/oidc/callback?"+i.authorize(asked).Encode()).Header.Get("Location"); to != "/fr/desk" {
		t.Errorf("a forged cookie leads to %q", to)
	}
}

// The server starts while the issuer is down, says so, and asks again.
func TestTheIssuerMayBeDown(t *testing.T) {
	store, i := sqltest.Open(t), newTestIssuer(t)
	record(t, store, apiWorkbook())
	accountOf(t, store, "amel@example.tn", indicators.Administrator, indicators.Scope{})
	i.down = true
	g := signingIn(t, store, i, "")
	if i.asked > 0 {
		t.Error("the issuer was asked before anybody came")
	}
	for range 3 {
		answer := g.get(t, "/en/oidc")
		if body := bodyOf(t, answer); answer.StatusCode != http.StatusServiceUnavailable || answer.Header.Get("Retry-After") == "" || !strings.Contains(body, "does not answer") {
			t.Errorf("%s: %s", answer.Status, body)
		}
	}
	if i.asked != 1 {
		t.Errorf("three people within a moment, and it was asked %d times", i.asked)
	}
	if answer := g.get(t, "/fr/sign-in"); answer.StatusCode != http.StatusOK {
		t.Errorf("the other way is closed, too: %s", answer.Status)
	}
	i.down = false
	door := newIssuerDoor(Issuer{URL: i.URL, ClientID: "jalon", Client: i.Client()})
	door.failed = time.Now().Add(-issuerRest)
	if _, err := door.provider(t.Context()); err != nil {
		t.Errorf("it is not asked again: %v", err)
	}
}

// What the token does not say, the issuer may say beside it, of the same person only.
func TestTheIssuerSaysTheAddressApart(t *testing.T) {
	store, i := sqltest.Open(t), newTestIssuer(t)
	record(t, store, apiWorkbook())
	accountOf(t, store, "amel@example.tn", indicators.Administrator, indicators.Scope{})
	i.says(map[string]any{"email": nil, "email_verified": nil})
	i.info = map[string]any{"sub": "person-9", "email": "amel@example.tn", "email_verified": true}
	g := signingIn(t, store, i, "")
	if g.signIn(t, i); g.in(t) {
		t.Error("somebody else's address is taken")
	}
	i.info["sub"] = "person-1"
	if g.signIn(t, i); !g.in(t) {
		t.Error("the address is not taken")
	}
}

// Without an issuer there is no such door, and without TLS nobody passes it.
func TestTheDoorOfTheIssuerIsClosed(t *testing.T) {
	store, i := sqltest.Open(t), newTestIssuer(t)
	record(t, store, apiWorkbook())
	h := serving(t, store)
	for _, address := range []string{"/fr/oidc", "/oidc/callback?code=x&state=y"} {
		if answer := ask(t, h, "GET", address); answer.StatusCode != http.StatusNotFound {
			t.Errorf("%s: %s", address, answer.Status)
		}
	}
	if body := bodyOf(t, ask(t, h, "GET", "/fr/sign-in")); strings.Contains(body, "oidc") {
		t.Error("it is offered")
	}
	live := NewLive(store, nil, nil)
	if err := live.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	s, err := New(Config{Issuer: Issuer{URL: i.URL, ClientID: "jalon", Client: i.Client()}}, store, live)
	if err != nil {
		t.Fatal(err)
	}
	for _, address := range []string{"/fr/oidc", "/oidc/callback?code=x&state=y"} { // from 192.0.2.1, without TLS
		if answer := ask(t, s.Handler(), "GET", address); answer.StatusCode != http.StatusForbidden {
			t.Errorf("%s: %s", address, answer.Status)
		}
	}
}

// Who is forgotten here is somebody new to the issuer's rules.
func TestAForgottenPersonIsNobody(t *testing.T) {
	store, i := sqltest.Open(t), newTestIssuer(t)
	record(t, store, apiWorkbook())
	accountOf(t, store, "boss@example.tn", indicators.Administrator, indicators.Scope{})
	a := accountOf(t, store, "amel@example.tn", indicators.Auditor, indicators.Scope{})
	g := signingIn(t, store, i, "")
	if g.signIn(t, i); !g.in(t) {
		t.Fatal("not signed in")
	}
	if err := store.DeleteAccount(t.Context(), a.ID, "test"); err != nil {
		t.Fatal(err)
	}
	if answer := g.signIn(t, i); answer.StatusCode != http.StatusForbidden || g.in(t) {
		t.Errorf("%s", answer.Status)
	}
}
