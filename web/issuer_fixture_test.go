package web

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"sync"
	"testing"
	"time"

	"jalon/indicators"
	"jalon/sql"
)

// A testIssuer is an identity service, as strict as one should be: a code serves once, for
// the client and the verifier that it was given for.
type testIssuer struct {
	*httptest.Server
	key    *ecdsa.PrivateKey
	signer *ecdsa.PrivateKey // by which tokens are signed; that of key, if it is honest

	mu     sync.Mutex
	codes  map[string]url.Values // what was asked for, by code
	claims map[string]any        // of whoever signs in; they stand before the usual ones
	info   map[string]any        // what is said beside the token; nil: nothing
	down   bool
	asked  int // how often for its description
}

const clientSecret = "s3cret: %"

func newTestIssuer(t *testing.T) *testIssuer {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	i := &testIssuer{key: key, signer: key, codes: map[string]url.Values{}}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /.well-known/openid-configuration", i.describe)
	mux.HandleFunc("GET /keys", i.keys)
	mux.HandleFunc("POST /token", i.token)
	mux.HandleFunc("GET /userinfo", i.userinfo)
	i.Server = httptest.NewTLSServer(mux)
	t.Cleanup(i.Close)
	return i
}

// says is what the issuer claims of whoever signs in next.
func (i *testIssuer) says(claims map[string]any) {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.claims = claims
}

func (i *testIssuer) describe(w http.ResponseWriter, _ *http.Request) {
	i.mu.Lock()
	defer i.mu.Unlock()
	if i.asked++; i.down {
		http.Error(w, "down", http.StatusBadGateway)
		return
	}
	about := map[string]any{
		"issuer": i.URL, "authorization_endpoint": i.URL + "/authorize", "token_endpoint": i.URL + "/token", "jwks_uri": i.URL + "/keys",
		"id_token_signing_alg_values_supported": []string{"ES256"}, "response_types_supported": []string{"code"}, "subject_types_supported": []string{"public"},
	}
	if i.info != nil {
		about["userinfo_endpoint"] = i.URL + "/userinfo"
	}
	answerJSON(w, about)
}

func (i *testIssuer) keys(w http.ResponseWriter, _ *http.Request) {
	point, err := i.key.PublicKey.Bytes()
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	answerJSON(w, map[string]any{"keys": []any{map[string]any{
		"kty": "EC", "crv": "P-256", "alg": "ES256", "use": "sig", "kid": "1", "x": encoded(point[1:33]), "y": encoded(point[33:]),
	}}})
}

// authorize is what a person does there: they sign in, and their browser is sent back with
// a code.
func (i *testIssuer) authorize(asked url.Values) (back url.Values) {
	code, _ := newKey()
	i.mu.Lock()
	defer i.mu.Unlock()
	i.codes[code] = asked
	return url.Values{"code": {code}, "state": {asked.Get("state")}}
}

func (i *testIssuer) token(w http.ResponseWriter, r *http.Request) {
	i.mu.Lock()
	defer i.mu.Unlock()
	_ = r.ParseForm()
	asked, known := i.codes[r.PostForm.Get("code")]
	delete(i.codes, r.PostForm.Get("code"))
	id, secret, _ := r.BasicAuth()
	secret, _ = url.QueryUnescape(secret)
	challenge := sha256.Sum256([]byte(r.PostForm.Get("code_verifier")))
	switch {
	case !known, asked.Get("code_challenge_method") != "S256", encoded(challenge[:]) != asked.Get("code_challenge"), asked.Get("redirect_uri") != r.PostForm.Get("redirect_uri"):
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(http.StatusBadRequest)
		_, _ = w.Write([]byte(`{"error": "invalid_grant"}`))
		return
	case id != "jalon" || secret != clientSecret:
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	claims := map[string]any{
		"iss": i.URL, "aud": "jalon", "sub": "person-1", "nonce": asked.Get("nonce"), "email": "amel@example.tn", "email_verified": true, "name": "Amel B.",
		"iat": time.Now().Unix(), "exp": time.Now().Add(time.Minute).Unix(),
	}
	maps.Copy(claims, i.claims)
	maps.DeleteFunc(claims, func(_ string, claim any) bool { return claim == nil })
	answerJSON(w, map[string]any{"access_token": "a", "token_type": "Bearer", "id_token": i.signed(claims)})
}

func (i *testIssuer) userinfo(w http.ResponseWriter, r *http.Request) {
	if r.Header.Get("Authorization") != "Bearer a" {
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	answerJSON(w, i.info)
}

// signed is a token with claims; unsigned where the issuer has no key left.
func (i *testIssuer) signed(claims map[string]any) string {
	body, _ := json.Marshal(claims)
	if i.signer == nil {
		return encoded([]byte(`{"alg":"none"}`)) + "." + encoded(body) + "."
	}
	text := encoded([]byte(`{"alg":"ES256","kid":"1"}`)) + "." + encoded(body)
	sum := sha256.Sum256([]byte(text))
	r, s, err := ecdsa.Sign(rand.Reader, i.signer, sum[:])
	if err != nil {
		return ""
	}
	return text + "." + encoded(append(r.FillBytes(make([]byte, 32)), s.FillBytes(make([]byte, 32))...))
}

func encoded(b []byte) string { return base64.RawURLEncoding.EncodeToString(b) }

func answerJSON(w http.ResponseWriter, answer any) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(answer)
}

// A guest is a browser before a site at which one may sign in by an issuer.
type guest struct {
	h       http.Handler
	cookies map[string]string
}

// signingIn serves a programme whose people sign in by an issuer.
func signingIn(t *testing.T, store *sql.Store, i *testIssuer, rules string) *guest {
	t.Helper()
	roles, err := indicators.ParseRoleRules(rules)
	if err != nil {
		t.Fatal(err)
	}
	live := NewLive(store, nil, nil)
	if err := live.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	cfg := Config{PublicURL: "https://suivi.example.tn", Issuer: Issuer{URL: i.URL, ClientID: "jalon", ClientSecret: clientSecret, Name: "Identité <Essai>", Roles: roles, Client: i.Client()}}
	s, err := New(cfg, store, live)
	if err != nil {
		t.Fatal(err)
	}
	return &guest{s.Handler(), map[string]string{}}
}

// get follows a link, with the cookies that the browser has.
func (g *guest) get(t *testing.T, address string) *http.Response {
	t.Helper()
	r := httptest.NewRequestWithContext(context.WithoutCancel(t.Context()), http.MethodGet, address, nil)
	for name, value := range g.cookies {
		r.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	w := httptest.NewRecorder()
	g.h.ServeHTTP(w, r)
	answer := w.Result()
	for _, cookie := range answer.Cookies() {
		if g.cookies[cookie.Name] = cookie.Value; cookie.MaxAge < 0 {
			delete(g.cookies, cookie.Name)
		}
	}
	return answer
}

// leave begins to sign in, and gives what the issuer is asked.
func (g *guest) leave(t *testing.T, i *testIssuer, next string) url.Values {
	t.Helper()
	answer := g.get(t, "/fr/oidc?"+url.Values{"next": {next}}.Encode())
	to, err := url.Parse(answer.Header.Get("Location"))
	if err != nil || answer.StatusCode != http.StatusSeeOther || to.Scheme+"://"+to.Host+to.Path != i.URL+"/authorize" {
		t.Fatalf("%s to %s: %s", answer.Status, to, bodyOf(t, answer))
	}
	return to.Query()
}

// signIn goes the whole way.
func (g *guest) signIn(t *testing.T, i *testIssuer) *http.Response {
	t.Helper()
	return g.get(t, "/oidc/callback?"+i.authorize(g.leave(t, i, "/fr/desk")).Encode())
}

// in tells whether the browser is signed in.
func (g *guest) in(t *testing.T) bool {
	t.Helper()
	return g.get(t, "/fr/account").StatusCode == http.StatusOK
}
