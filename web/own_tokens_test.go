package web

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"jalon/indicators"
	"jalon/sql"
	"jalon/sql/sqltest"
)

// signed is the cookie of a new session of an account.
func signed(t *testing.T, store *sql.Store, a indicators.Account) string {
	t.Helper()
	key, hash := newKey()
	if err := store.BeginSession(t.Context(), a.ID, hash, time.Now().Add(time.Hour), "test"); err != nil {
		t.Fatal(err)
	}
	return "jalon=" + key
}

// sendForm sends a form as a browser does that is signed in.
func sendForm(t *testing.T, h http.Handler, cookie, address string, form url.Values) *http.Response {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, address, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Cookie", cookie)
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	r.RemoteAddr = "127.0.0.1:1234"
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Result()
}

// A token is made on the page of one's account, shown once, used, and revoked there.
func TestAPersonMakesAndRevokesTokens(t *testing.T) {
	store := sqltest.Open(t)
	record(t, store, apiWorkbook())
	focal := accountOf(t, store, "focal@example.tn", indicators.Contributor, indicators.Scope{Groups: indicators.Codes{"1"}})
	other := accountOf(t, store, "other@example.tn", indicators.Auditor, indicators.Scope{})
	h := serving(t, store)
	cookie := signed(t, store, focal)
	made := sendForm(t, h, cookie, "/fr/account", url.Values{"do": {"token"}, "name": {attack}, "days": {"30"}, "writes": {"yes"}})
	body := bodyOf(t, made)
	secret := regexp.MustCompile(`jalon_[A-Za-z0-9_-]{43}`).FindString(body)
	if made.StatusCode != http.StatusOK || secret == "" || made.Header.Get("Cache-Control") != "private, no-store" || strings.Contains(body, "<script>alert") {
		t.Fatalf("%s\n%s", made.Status, body)
	}
	if answer := postJSON(t, h, "/api/v1/observations", `[{"indicator": "THREE", "period": "2025", "value": 7}]`, "Authorization", "Bearer "+secret); answer.StatusCode != http.StatusCreated {
		t.Errorf("the token does not write: %s", bodyOf(t, answer))
	}
	for _, language := range []string{"fr", "ar", "en"} {
		page := bodyOf(t, ask(t, h, "GET", "/"+language+"/account", "Cookie", cookie))
		if strings.Contains(page, secret) || !strings.Contains(page, `name="token" value="1"`) {
			t.Errorf("the page in %s is\n%s", language, page)
		}
	}
	if answer := sendForm(t, h, signed(t, store, other), "/fr/account", url.Values{"do": {"revoke"}, "token": {"1"}}); answer.StatusCode != http.StatusNotFound {
		t.Errorf("another account revokes it: %s", answer.Status)
	}
	if answer := sendForm(t, h, cookie, "/fr/account", url.Values{"do": {"revoke"}, "token": {"1"}}); answer.StatusCode != http.StatusSeeOther || answer.Header.Get("Location") != "/fr/account?done=token" {
		t.Errorf("revoked: %s %s", answer.Status, answer.Header.Get("Location"))
	}
	if answer := ask(t, h, "GET", "/api/v1/account", "Authorization", "Bearer "+secret); answer.StatusCode != http.StatusUnauthorized {
		t.Errorf("revoked, it still opens: %s", answer.Status)
	}
	if page := bodyOf(t, ask(t, h, "GET", "/fr/account", "Cookie", cookie)); strings.Contains(page, `value="revoke"`) || !strings.Contains(page, "révoqué") {
		t.Errorf("the page is\n%s", page)
	}
}

func TestATokenIsRefusedWithTheFormFilledAgain(t *testing.T) {
	store := sqltest.Open(t)
	record(t, store, apiWorkbook())
	auditor := accountOf(t, store, "a@example.tn", indicators.Auditor, indicators.Scope{})
	h := serving(t, store)
	cookie := signed(t, store, auditor)
	for _, form := range []url.Values{
		{"do": {"token"}, "name": {""}, "days": {"30"}},
		{"do": {"token"}, "name": {"Relevé"}, "days": {"367"}},
		{"do": {"token"}, "name": {"Relevé"}, "days": {"' OR 1=1"}},
	} {
		answer := sendForm(t, h, cookie, "/fr/account", form)
		body := bodyOf(t, answer)
		if answer.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(body, "une durée de 1 à 366 jours") || !strings.Contains(body, fmt.Sprintf("value=%q", form.Get("name"))) {
			t.Errorf("%v: %s\n%s", form, answer.Status, body)
		}
		if strings.Contains(body, `name="writes"`) {
			t.Error("an auditor is offered to write")
		}
	}
	for _, form := range []url.Values{{"do": {"revoke"}, "token": {"x"}}, {"do": {"revoke"}}, {"do": {"nix"}}} {
		if answer := sendForm(t, h, cookie, "/fr/account", form); answer.StatusCode != http.StatusBadRequest {
			t.Errorf("%v: %s", form, answer.Status)
		}
	}
	if all, err := store.Tokens(t.Context(), 0); err != nil || len(all) != 0 {
		t.Errorf("there are tokens: %v, %v", all, err)
	}
}
