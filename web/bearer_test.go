package web

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"jalon/indicators"
	"jalon/sql"
	"jalon/sql/sqltest"
)

// A token that opens nothing is told so at every address, the public ones too: whoever
// sends it would else miss figures without a word.
func TestATokenThatOpensNothingIsRefused(t *testing.T) {
	store := sqltest.Open(t)
	record(t, store, apiWorkbook())
	boss := accountOf(t, store, "boss@example.tn", indicators.Administrator, indicators.Scope{})
	left := accountOf(t, store, "left@example.tn", indicators.Auditor, indicators.Scope{})
	gone := accountOf(t, store, "gone@example.tn", indicators.Auditor, indicators.Scope{})
	h := serving(t, store)
	working, revoked, ofLeft, ofGone := bearer(t, store, boss, true), bearer(t, store, boss, true), bearer(t, store, left, true), bearer(t, store, gone, true)
	expired := "jalon_" + strings.Repeat("e", 43)
	token := indicators.Token{Account: boss.ID, Name: "vieux", ExpiresAt: time.Now().Add(-time.Second)}
	if _, err := store.AddToken(t.Context(), token, hashed(expired), "test"); err != nil {
		t.Fatal(err)
	}
	left.Disabled = true
	for _, err := range []error{
		store.RevokeToken(t.Context(), 2, boss.ID, "test"),
		store.ChangeAccount(t.Context(), left, "test"),
		store.DeleteAccount(t.Context(), gone.ID, "test"),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	forged := working[:len(working)-1] + map[bool]string{true: "B", false: "A"}[working[len(working)-1] == 'A']
	for name, header := range map[string]string{
		"forged": forged, "expired": "Bearer " + expired, "revoked": revoked, "of a disabled account": ofLeft, "of a deleted account": ofGone,
		"empty": "Bearer ", "another's": "Bearer ghp_" + strings.Repeat("x", 36), "without a scheme": strings.TrimPrefix(working, "Bearer "),
		"of another scheme": "Token " + strings.TrimPrefix(working, "Bearer "), "its hash": "Bearer jalon_" + fmt.Sprintf("%x", hashed(working)),
		"with SQL": "Bearer jalon_' OR true --",
	} {
		t.Run(name, func(t *testing.T) {
			for _, address := range []string{"/api/v1/groups", "/api/v1/openapi.json", "/api/v1/account", "/api/v1/observations?status=draft", "/api/v1/nix"} {
				answer := ask(t, h, "GET", address, "Authorization", header)
				body := bodyOf(t, answer)
				if answer.StatusCode != http.StatusUnauthorized || answer.Header.Get("WWW-Authenticate") != `Bearer realm="jalon", error="invalid_token"` ||
					answer.Header.Get("Content-Type") != "application/problem+json" || answer.Header.Get("Access-Control-Allow-Origin") != "" {
					t.Errorf("%s: %s %v\n%s", address, answer.Status, answer.Header, body)
				}
			}
		})
	}
	for name, header := range map[string]string{"that works": working, "of a scheme in small letters": "bearer" + strings.TrimPrefix(working, "Bearer"), "of the proxy": "Basic YTpi"} {
		if answer := ask(t, h, "GET", "/api/v1/groups", "Authorization", header); answer.StatusCode != http.StatusOK {
			t.Errorf("a token %s: %s", name, answer.Status)
		}
	}
}

// What is answered to a token stays with whoever sent it.
func TestAnswersToATokenAreKeptByNobody(t *testing.T) {
	store := sqltest.Open(t)
	record(t, store, apiWorkbook(), reported("THREE", "2024", "140"))
	token := bearer(t, store, accountOf(t, store, "a@example.tn", indicators.Auditor, indicators.Scope{}), false)
	h := serving(t, store)
	for _, address := range []string{"/api/v1/groups", "/api/v1/groups/1", "/api/v1/observations", "/api/v1/observations?status=draft", "/api/v1/account"} {
		answer := ask(t, h, "GET", address, "Authorization", token, "If-None-Match", "*", "Origin", "https://elsewhere.tn")
		header := answer.Header
		if answer.StatusCode != http.StatusOK || header.Get("Cache-Control") != "private, no-store" || header.Get("ETag") != "" ||
			header.Get("Access-Control-Allow-Origin") != "" || header.Get("Cross-Origin-Resource-Policy") != "same-origin" {
			t.Errorf("%s: %s %v", address, answer.Status, header)
		}
	}
	public := ask(t, h, "GET", "/api/v1/groups").Header
	if public.Get("Vary") != "Authorization" || public.Get("ETag") == "" || public.Get("Access-Control-Allow-Origin") != "*" {
		t.Errorf("the public is answered with %v", public)
	}
	preflight := ask(t, h, "OPTIONS", "/api/v1/observations", "Origin", "https://elsewhere.tn", "Access-Control-Request-Headers", "authorization")
	if strings.Contains(strings.ToLower(preflight.Header.Get("Access-Control-Allow-Headers")), "authorization") {
		t.Error("other sites may send tokens")
	}
}

// A session is no token: a browser acts by its forms only.
func TestASessionOpensNothingOfTheAPI(t *testing.T) {
	store := sqltest.Open(t)
	record(t, store, apiWorkbook())
	a := accountOf(t, store, "a@example.tn", indicators.Administrator, indicators.Scope{})
	key, hash := newKey()
	if err := store.BeginSession(t.Context(), a.ID, hash, time.Now().Add(time.Hour), ""); err != nil {
		t.Fatal(err)
	}
	h := serving(t, store)
	if page := ask(t, h, "GET", "/fr/account", "Cookie", "jalon="+key); page.StatusCode != http.StatusOK {
		t.Fatalf("the session does not work: %s", page.Status)
	}
	for _, address := range []string{"/api/v1/account", "/api/v1/observations?status=draft"} {
		if answer := ask(t, h, "GET", address, "Cookie", "jalon="+key); answer.StatusCode != http.StatusUnauthorized {
			t.Errorf("%s: %s", address, answer.Status)
		}
	}
}

// inReview brings figures of three indicators in each state on its way.
func inReview(t *testing.T, store *sql.Store) {
	t.Helper()
	var all []indicators.Observation
	for n, state := range []indicators.Review{indicators.Draft, indicators.Submitted, indicators.Verified} {
		for _, code := range []string{"THREE", "REM-COST"} {
			o := reported(code, fmt.Sprint(2020+n), "12")
			o.Review = state
			all = append(all, o)
		}
		o := reported("DELAY", "2026-0"+fmt.Sprint(n+1), "12")
		o.Review = state
		all = append(all, o)
	}
	record(t, store, nil, all...)
}

// shownOf are the indicators of the figures in a state that a token is shown.
func shownOf(t *testing.T, h http.Handler, status, token string) string {
	t.Helper()
	var page struct {
		Items []struct{ Indicator, Status string }
	}
	if err := json.Unmarshal([]byte(bodyOf(t, ask(t, h, "GET", "/api/v1/observations?status="+status, "Authorization", token))), &page); err != nil {
		t.Fatal(err)
	}
	var codes []string
	for _, o := range page.Items {
		if o.Status != status {
			t.Errorf("asked for %s, got %s", status, o.Status)
		}
		codes = append(codes, o.Indicator)
	}
	slices.Sort(codes)
	return strings.Join(codes, " ")
}

func TestATokenShowsWhatItsAccountSees(t *testing.T) {
	store := sqltest.Open(t)
	record(t, store, apiWorkbook(), reported("THREE", "2016", "100"))
	inReview(t, store)
	h := serving(t, store)
	scope := func(groups, organisations, actions indicators.Codes) indicators.Scope {
		return indicators.Scope{Groups: groups, Organisations: organisations, Actions: actions}
	}
	const all = "DELAY REM-COST THREE"
	for _, tt := range []struct {
		name                       string
		role                       indicators.Role
		scope                      indicators.Scope
		draft, submitted, verified string
	}{
		{"an administrator", indicators.Administrator, scope(nil, nil, nil), all, all, all},
		{"a verifier", indicators.Verifier, scope(nil, nil, nil), all, all, all},
		{"an auditor", indicators.Auditor, scope(nil, nil, nil), all, all, all},
		{"a contributor of a group", indicators.Contributor, scope(indicators.Codes{"2"}, nil, nil), "REM-COST", "REM-COST", "REM-COST"},
		{"a contributor of an action", indicators.Contributor, scope(nil, nil, indicators.Codes{"A1"}), "DELAY", "DELAY", "DELAY"},
		{"a contributor of an organisation", indicators.Contributor, scope(nil, indicators.Codes{"MIN"}, nil), "DELAY", "DELAY", "DELAY"},
		{"a donor that funds", indicators.DonorReader, scope(nil, indicators.Codes{"DON"}, nil), "", "", "DELAY"},
		{"a donor that does not", indicators.DonorReader, scope(nil, indicators.Codes{"MIN"}, nil), "", "", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			email := strings.ReplaceAll(tt.name, " ", ".") + "@example.tn"
			token := bearer(t, store, accountOf(t, store, email, tt.role, tt.scope), false)
			for status, want := range map[string]string{"draft": tt.draft, "submitted": tt.submitted, "verified": tt.verified, "published": "THREE"} {
				if got := shownOf(t, h, status, token); got != want {
					t.Errorf("%s: %q, want %q", status, got, want)
				}
			}
		})
	}
	for _, status := range []string{"draft", "submitted", "verified"} {
		answer := ask(t, h, "GET", "/api/v1/observations?status="+status, "If-None-Match", "*")
		if answer.StatusCode != http.StatusUnauthorized || answer.Header.Get("WWW-Authenticate") != `Bearer realm="jalon"` {
			t.Errorf("the public, %s: %s", status, answer.Status)
		}
	}
	donor := bearer(t, store, accountOf(t, store, "donor@example.tn", indicators.DonorReader, scope(nil, indicators.Codes{"DON"}, nil)), false)
	record(t, store, &indicators.Workbook{Settings: edits([]indicators.Setting{{Key: "donors_see", Value: "submitted"}})})
	within(t, time.Second, "the setting", func() bool { return shownOf(t, h, "submitted", donor) == "DELAY" })
	if got := shownOf(t, h, "draft", donor); got != "" {
		t.Errorf("a donor sees drafts of %s", got)
	}
	if body := bodyOf(t, ask(t, h, "GET", "/api/v1/observations?status=draft&as-of=c1", "Authorization", donor)); !strings.Contains(body, `"items":[]`) {
		t.Errorf("as of a moment before: %s", body)
	}
}

func TestATokenTellsWhoOneIs(t *testing.T) {
	store := sqltest.Open(t)
	record(t, store, apiWorkbook())
	focal := accountOf(t, store, "focal@example.tn", indicators.Contributor, indicators.Scope{Groups: indicators.Codes{"1"}})
	h := serving(t, store)
	for writes, rights := range map[bool]string{true: `"rights":{"propose":"scope","read_work":"scope"}`, false: `"rights":{"read_work":"scope"}`} {
		body := bodyOf(t, ask(t, h, "GET", "/api/v1/account", "Authorization", bearer(t, store, focal, writes)))
		for _, want := range []string{`"email":"focal@example.tn"`, `"role":"contributor"`, `"groups":["1"]`, rights, `"used_at":`, fmt.Sprintf(`"writes":%v`, writes)} {
			if !strings.Contains(body, want) {
				t.Errorf("%s lacks %s", body, want)
			}
		}
	}
	if answer := ask(t, h, "GET", "/api/v1/account"); answer.StatusCode != http.StatusUnauthorized {
		t.Errorf("the public: %s", answer.Status)
	}
}

// What a token costs the database does not grow with the programme.
func TestQueriesOfATokenDoNotGrow(t *testing.T) {
	counts := map[int]int64{}
	for _, size := range []int{10, 1000} {
		direct := sqltest.DSN(t)
		through, queries := countQueries(t, direct)
		store, err := sql.Open(t.Context(), through)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { store.Close() })
		w := apiWorkbook()
		d := wide(size)
		w.Indicators, w.Targets = edits(d.Indicators), edits(d.Targets)
		draft := reported("W-0003", "2024", "140")
		draft.Review = indicators.Draft
		record(t, store, w, draft)
		token := bearer(t, store, accountOf(t, store, "a@example.tn", indicators.Contributor, indicators.Scope{Groups: indicators.Codes{"1", "2"}}), false)
		live := NewLive(store, nil, nil) // it does not run: polling would be counted, too
		if err := live.Refresh(t.Context()); err != nil {
			t.Fatal(err)
		}
		s, err := New(Config{}, store, live)
		if err != nil {
			t.Fatal(err)
		}
		h := s.Handler()
		ask(t, h, "GET", "/api/v1/account", "Authorization", token)
		before := queries.Load()
		shownOf(t, h, "draft", token)
		counts[size] = queries.Load() - before
	}
	if counts[10] != counts[1000] || counts[10] == 0 || counts[10] > 10 {
		t.Errorf("queries by size: %v", counts)
	}
}

// A token passes nothing on that the public is not told of what is published; what is on its
// way is shown as it is to those who work on it.
func TestATokenKeepsSmallCountsFromThePublic(t *testing.T) {
	store := sqltest.Open(t)
	women, men := reported("THREE", "2024", "3"), reported("THREE", "2024", "137")
	women.Breakdown.Sex, men.Breakdown.Sex = "F", "M"
	record(t, store, apiWorkbook(), reported("THREE", "2024", "140"), women, men)
	women.Review, women.Value = indicators.Draft, number("4")
	record(t, store, nil, women)
	h := serving(t, store)
	boss := bearer(t, store, accountOf(t, store, "boss@example.tn", indicators.Administrator, indicators.Scope{}), true)
	for _, headers := range [][]string{nil, {"Authorization", boss}} {
		body := bodyOf(t, ask(t, h, "GET", "/api/v1/observations?indicator=THREE", headers...))
		if !strings.Contains(body, `"value":140,`) || strings.Contains(body, `"value":3,`) || strings.Contains(body, `"value":137,`) {
			t.Errorf("with %v, what is published is %s", headers, body)
		}
	}
	if body := bodyOf(t, ask(t, h, "GET", "/api/v1/observations?status=draft", "Authorization", boss)); !strings.Contains(body, `"value":4,`) {
		t.Errorf("on its way is %s", body)
	}
}
