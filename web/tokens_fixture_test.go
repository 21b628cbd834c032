package web

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"jalon/indicators"
	"jalon/sql"
)

// accountOf is an account of a role, with a scope.
func accountOf(t *testing.T, store *sql.Store, email string, role indicators.Role, scope indicators.Scope) indicators.Account {
	t.Helper()
	a := indicators.Account{Email: indicators.Optional(email), Name: "Nom de " + email, Role: role, Language: "fr", Scope: scope}
	id, err := store.AddAccount(t.Context(), a, "test")
	if err != nil {
		t.Fatal(err)
	}
	a.ID = id
	return a
}

// bearer is the header of a new token of an account.
func bearer(t *testing.T, store *sql.Store, a indicators.Account, writes bool) string {
	t.Helper()
	token, err := indicators.NewToken(a.ID, "essai", writes, 1, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	secret, _, err := IssueToken(t.Context(), store, token, "test")
	if err != nil {
		t.Fatal(err)
	}
	return "Bearer " + secret
}

// postJSON sends JSON to the API.
func postJSON(t testing.TB, h http.Handler, address, body string, headers ...string) *http.Response {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, address, strings.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	for n := 0; n < len(headers); n += 2 {
		r.Header.Set(headers[n], headers[n+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Result()
}
