package web

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jmoiron/sqlx"

	"jalon/indicators"
	"jalon/sql"
	"jalon/sql/sqltest"
)

// writers are a served programme, with a token of each sort of writer.
type writers struct {
	store                                 *sql.Store
	h                                     http.Handler
	boss, verifier, focal, foreign, donor string
}

func theWriters(t *testing.T) *writers {
	t.Helper()
	store := sqltest.Open(t)
	record(t, store, apiWorkbook(), reported("THREE", "2016", "100"))
	w := &writers{store: store, h: serving(t, store)}
	of := func(role indicators.Role, scope indicators.Scope) string {
		return bearer(t, store, accountOf(t, store, string(role)+strings.Join(scope.Groups, "")+"@example.tn", role, scope), true)
	}
	w.boss, w.verifier = of(indicators.Administrator, indicators.Scope{}), of(indicators.Verifier, indicators.Scope{})
	w.focal = of(indicators.Contributor, indicators.Scope{Groups: indicators.Codes{"1"}})
	w.foreign = of(indicators.Contributor, indicators.Scope{Groups: indicators.Codes{"2"}})
	w.donor = of(indicators.DonorReader, indicators.Scope{Organisations: indicators.Codes{"DON"}})
	return w
}

// changesets is how many there are.
func (w *writers) changesets(t *testing.T) int {
	t.Helper()
	all, err := w.store.Changesets(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return len(all)
}

// enter posts figures that must be taken, and gives the changeset.
func (w *writers) enter(t *testing.T, token, body string) int {
	t.Helper()
	answer := postJSON(t, w.h, "/api/v1/observations", body, "Authorization", token)
	var done receipt
	if text := bodyOf(t, answer); answer.StatusCode != http.StatusCreated || json.Unmarshal([]byte(text), &done) != nil {
		t.Fatalf("%s: %s", answer.Status, text)
	}
	return done.Changeset
}

func TestAProgramEntersFigures(t *testing.T) {
	w := theWriters(t)
	body := `[{"indicator": "THREE", "period": "2025", "value": 12.50, "source": "Registre", "comment": "é \" <b>", "breakdown": {"sex": "F"}},
	          {"indicator": "THREE", "period": "2025", "numerator": null, "value": 30, "obs_status": "P", "partial": true, "status": "draft"}]`
	answer := postJSON(t, w.h, "/api/v1/observations?reason=envoi+du+soir", body, "Authorization", w.focal)
	if got := bodyOf(t, answer); answer.StatusCode != http.StatusCreated || got != `{"changeset":2,"added":2,"changed":0,"unchanged":0,"warnings":[]}` ||
		answer.Header.Get("Cache-Control") != "private, no-store" {
		t.Fatalf("%s %v\n%s", answer.Status, answer.Header, got)
	}
	again := postJSON(t, w.h, "/api/v1/observations", body, "Authorization", w.focal)
	if got := bodyOf(t, again); again.StatusCode != http.StatusOK || !strings.HasPrefix(got, `{"changeset":0,"added":0,"changed":0,"unchanged":2`) {
		t.Errorf("again: %s %s", again.Status, got)
	}
	all, err := w.store.Changesets(t.Context())
	if err != nil || len(all) != 2 {
		t.Fatalf("%v %v", all, err)
	}
	if c := all[1]; c.Author != "account-3" || c.Kind != indicators.Drafted || c.Role != indicators.Contributor || c.Reason != "envoi du soir" {
		t.Errorf("the changeset is %+v", c)
	}
	drafts := bodyOf(t, ask(t, w.h, "GET", "/api/v1/observations?status=draft", "Authorization", w.focal))
	for _, want := range []string{`"value":12.50,`, `"breakdown":{"sex":"F"}`, `"obs_status":"P","partial":true`, `"status":"draft"`, `"comment":"é \" \u003cb\u003e"`} {
		if !strings.Contains(drafts, want) {
			t.Errorf("the drafts lack %s:\n%s", want, drafts)
		}
	}
	if public := bodyOf(t, ask(t, w.h, "GET", "/api/v1/observations")); strings.Contains(public, "12.50") {
		t.Error("a draft is public")
	}
	if n := w.enter(t, w.boss, `[{"indicator": "THREE", "period": "2024", "value": 140, "status": "published"}]`); n != 3 {
		t.Errorf("an administrator publishes as changeset %d", n)
	}
	if public := bodyOf(t, ask(t, w.h, "GET", "/api/v1/observations?as-of=c3")); !strings.Contains(public, `"value":140,`) {
		t.Errorf("published is %s", public)
	}
}

func TestAProgramIsToldWhatIsWrong(t *testing.T) {
	w := theWriters(t)
	good := `{"indicator": "THREE", "period": "2025", "value": 1}`
	huge := "[" + strings.Repeat(" ", maxWrite) + "]"
	for _, tt := range []struct {
		name, token, body string
		status            int
		says              string
	}{
		{"no token", "", "[" + good + "]", 401, "a token is needed"},
		{"a token that only reads", "reads", "[" + good + "]", 403, "only reads"},
		{"an auditor", "auditor", "[" + good + "]", 403, "THREE 2025 lies outside"},
		{"a donor", w.donor, "[" + good + "]", 403, "item 0: THREE 2025 lies outside"},
		{"a verifier", w.verifier, "[" + good + "]", 403, "lies outside"},
		{"a contributor of another group", w.foreign, "[" + good + "]", 403, "item 0: THREE 2025 lies outside"},
		{"one foreign figure among own ones", w.focal, "[" + good + `, {"indicator": "REM-COST", "period": "2025", "value": 3}]`, 403, "item 1: REM-COST 2025"},
		{"a contributor who publishes", w.focal, `[{"indicator": "THREE", "period": "2025", "value": 1, "status": "published"}]`, 403, "only an administrator publishes"},
		{"verified from outside", w.boss, `[{"indicator": "THREE", "period": "2025", "value": 1, "status": "verified"}]`, 400, `"field":"status","message":"write draft, submitted or`},
		{"no JSON", w.focal, `[{"indicator": `, 400, "it ends too early"},
		{"broken JSON", w.focal, "[{}\n,]", 400, "this is not JSON: line 2"},
		{"no list", w.focal, good, 400, "send a JSON list"},
		{"nothing", w.focal, "", 400, "it ends too early"},
		{"null", w.focal, "null", 400, "the list is empty"},
		{"two lists", w.focal, "[" + good + "][]", 400, "something follows the list"},
		{"too much", w.focal, huge, 413, "too large"},
		{"too many", w.focal, "[" + strings.Repeat("{},", maxItems) + "{}]", 400, "5001 items are too many"},
		{"nothing in it", w.focal, "[{}]", 400, `"field":"indicator","message":"a code is required"`},
		{"an unknown field", w.focal, `[{"indicator": "THREE", "period": "2025", "vlaue": 1}]`, 400, `{"index":0,"field":"vlaue","message":"there is no such field`},
		{"a part that is no field", w.focal, `[{"indicator": "THREE", "period": "2025", "value": 1, "sex": "F"}]`, 400, `"field":"sex"`},
		{"a number in quotes", w.focal, `[{"indicator": "THREE", "period": "2025", "value": "1"}]`, 400, "without quotation marks"},
		{"an exponent", w.focal, `[{"indicator": "THREE", "period": "2025", "value": 1e9}]`, 400, `"field":"value"`},
		{"a period that is none", w.focal, `[{"indicator": "THREE", "period": "2025-13", "value": 1}]`, 400, `"field":"period"`},
		{"a period as a number", w.focal, `[{"indicator": "THREE", "period": 2025, "value": 1}]`, 400, "in quotation marks"},
		{"a period of another length", w.focal, `[{"indicator": "THREE", "period": "2025-01", "value": 1}]`, 400, `"field":"period","message":"2025-01 is not a year`},
		{"a period to come", w.focal, `[{"indicator": "THREE", "period": "2090", "value": 1}]`, 400, "has not begun"},
		{"an indicator that there is not", w.focal, `[{"indicator": "NIX", "period": "2025", "value": 1}]`, 400, `"field":"indicator"`},
		{"a breakdown that is none", w.focal, `[{"indicator": "THREE", "period": "2025", "value": 1, "breakdown": {"sex": "X"}}]`, 400, `"field":"sex"`},
		{"SQL", w.focal, `[{"indicator": "THREE'; DROP TABLE observation; --", "period": "2025", "value": 1}]`, 400, `"field":"indicator"`},
		{"a NUL", w.focal, `[{"indicator": "THREE", "period": "2025", "value": 1, "comment": "a\u0000b"}]`, 400, `"field":"comment"`},
		{"a text that turns others around", w.focal, `[{"indicator": "THREE", "period": "2025", "value": 1, "comment": "a\u202eb"}]`, 400, "not shown"},
		{"no value", w.focal, `[{"indicator": "THREE", "period": "2025"}]`, 400, `"field":"value"`},
		{"a figure twice", w.focal, "[" + good + "," + good + "]", 400, `{"index":1,"field":"","message":"this figure is given twice, first as item 0`},
		{"two states", w.focal, "[" + good + `,{"indicator": "THREE", "period": "2024", "value": 1, "status": "submitted"}]`, 400, `"index":1,"field":"status"`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			headers := []string{"Authorization", tt.token}
			switch tt.token {
			case "":
				headers = nil
			case "reads":
				headers[1] = bearer(t, w.store, accountOf(t, w.store, "reads@example.tn", indicators.Administrator, indicators.Scope{}), false)
			case "auditor":
				headers[1] = bearer(t, w.store, accountOf(t, w.store, "auditor@example.tn", indicators.Auditor, indicators.Scope{}), true)
			}
			answer := postJSON(t, w.h, "/api/v1/observations", tt.body, headers...)
			body := bodyOf(t, answer)
			if answer.StatusCode != tt.status || !strings.Contains(body, tt.says) || answer.Header.Get("Content-Type") != "application/problem+json" {
				t.Errorf("%s: %s", answer.Status, body)
			}
		})
	}
	for address, says := range map[string]string{
		"/api/v1/observations?seen=0": "seen", "/api/v1/observations?seen=99999999999": "seen", "/api/v1/observations?nix=1": "unknown parameter",
		"/api/v1/observations?reason=a%00b": "no text",
	} {
		if answer := postJSON(t, w.h, address, "["+good+"]", "Authorization", w.focal); answer.StatusCode != http.StatusBadRequest || !strings.Contains(bodyOf(t, answer), says) {
			t.Errorf("%s: %s", address, answer.Status)
		}
	}
	if answer := postJSON(t, w.h, "/api/v1/observations", "["+good+"]", "Authorization", w.focal, "Content-Type", "text/plain"); answer.StatusCode != http.StatusBadRequest {
		t.Errorf("a form of another site could be sent: %s", answer.Status)
	}
	if answer := postJSON(t, w.h, "/api/v1/observations", "["+good+"]", "Authorization", w.focal, "Sec-Fetch-Site", "cross-site"); answer.StatusCode != http.StatusForbidden {
		t.Errorf("another site writes: %s", answer.Status)
	}
	if n := w.changesets(t); n != 1 {
		t.Errorf("there are %d changesets", n)
	}
}

// Ten at once, under one name, write once, and all are answered alike.
func TestARequestOfANameIsCarriedOutOnce(t *testing.T) {
	w := theWriters(t)
	const body = `[{"indicator": "THREE", "period": "2025", "value": 7, "status": "submitted"}]`
	var all sync.WaitGroup
	answers := make([]string, 10)
	for n := range answers {
		all.Go(func() {
			answer := postJSON(t, w.h, "/api/v1/observations", body, "Authorization", w.focal, "Idempotency-Key", "soir-1")
			answers[n] = fmt.Sprint(answer.StatusCode, " ", bodyOf(t, answer))
		})
	}
	all.Wait()
	for _, answer := range answers {
		if answer != `201 {"changeset":2,"added":1,"changed":0,"unchanged":0,"warnings":[]}` {
			t.Errorf("answered %s", answer)
		}
	}
	if n := w.changesets(t); n != 2 {
		t.Errorf("there are %d changesets", n)
	}
	for name, tt := range map[string]struct {
		token, key, address, body string
		status                    int
	}{
		"the same again":             {w.focal, "soir-1", "/api/v1/observations", body, 201},
		"another body":               {w.focal, "soir-1", "/api/v1/observations", strings.Replace(body, "7", "8", 1), 422},
		"another address":            {w.focal, "soir-1", "/api/v1/review", body, 422},
		"another parameter":          {w.focal, "soir-1", "/api/v1/observations?reason=x", body, 422},
		"of another account":         {w.boss, "soir-1", "/api/v1/observations", body, 200},
		"an empty name":              {w.focal, "", "/api/v1/observations", body, 400},
		"a name that is too long":    {w.focal, strings.Repeat("x", 256), "/api/v1/observations", body, 400},
		"of whoever has no token":    {"Bearer jalon_x", "soir-1", "/api/v1/observations", body, 401},
		"another one, the same body": {w.focal, "soir-2", "/api/v1/observations", body, 200},
	} {
		answer := postJSON(t, w.h, tt.address, tt.body, "Authorization", tt.token, "Idempotency-Key", tt.key)
		if text := bodyOf(t, answer); answer.StatusCode != tt.status {
			t.Errorf("%s: %s %s", name, answer.Status, text)
		}
		if replayed := answer.Header.Get("Idempotent-Replayed") == "true"; replayed != (name == "the same again") {
			t.Errorf("%s: replayed %v", name, replayed)
		}
	}
}

// What is answered again is what was done then, even if others have changed it since.
func TestAnAnswerGivenAgainWritesNothing(t *testing.T) {
	w := theWriters(t)
	first := `[{"indicator": "THREE", "period": "2025", "value": 7}]`
	for range 2 {
		answer := postJSON(t, w.h, "/api/v1/observations", first, "Authorization", w.focal, "Idempotency-Key", "k")
		if body := bodyOf(t, answer); answer.StatusCode != http.StatusCreated || !strings.Contains(body, `"changeset":2`) {
			t.Fatalf("%s %s", answer.Status, body)
		}
		if w.changesets(t) == 2 {
			w.enter(t, w.boss, strings.Replace(first, "7", "8", 1))
		}
	}
	if drafts := bodyOf(t, ask(t, w.h, "GET", "/api/v1/observations?status=draft&as-of=c3", "Authorization", w.boss)); !strings.Contains(drafts, `"value":8,`) {
		t.Errorf("the drafts are %s", drafts)
	}
	// A request that was refused may be mended under its name.
	if answer := postJSON(t, w.h, "/api/v1/observations", `[{"indicator": "NIX"}]`, "Authorization", w.focal, "Idempotency-Key", "m"); answer.StatusCode != http.StatusBadRequest {
		t.Errorf("%s", answer.Status)
	}
	if answer := postJSON(t, w.h, "/api/v1/observations", strings.Replace(first, "2025", "2024", 1), "Authorization", w.focal, "Idempotency-Key", "m"); answer.StatusCode != http.StatusCreated {
		t.Errorf("%s", answer.Status)
	}
}

// Whoever waits for a long import is told after five seconds.
func TestAWriteWaitsFiveSeconds(t *testing.T) {
	t.Parallel()
	dsn := sqltest.DSN(t)
	store, err := sql.Open(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	record(t, store, apiWorkbook())
	token := bearer(t, store, accountOf(t, store, "boss@example.tn", indicators.Administrator, indicators.Scope{}), true)
	h := serving(t, store)
	db, err := sqlx.ConnectContext(t.Context(), "postgres", dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	tx := db.MustBeginTx(t.Context(), nil)
	tx.MustExecContext(t.Context(), `SELECT pg_advisory_xact_lock(7461001)`)
	began := time.Now()
	write := func() *http.Response {
		return postJSON(t, h, "/api/v1/observations", `[{"indicator": "THREE", "period": "2025", "value": 7}]`, "Authorization", token, "Idempotency-Key", "k")
	}
	answer := write()
	took, body := time.Since(began), bodyOf(t, answer)
	if answer.StatusCode != http.StatusServiceUnavailable || answer.Header.Get("Retry-After") != "5" || !strings.Contains(body, "another changeset is being written") {
		t.Errorf("%s %s", answer.Status, body)
	}
	if took < 4*time.Second || took > 8*time.Second {
		t.Errorf("it waited %s", took)
	}
	if err := tx.Rollback(); err != nil {
		t.Fatal(err)
	}
	if answer := write(); answer.StatusCode != http.StatusCreated {
		t.Errorf("afterwards: %s %s", answer.Status, bodyOf(t, answer))
	}
}
