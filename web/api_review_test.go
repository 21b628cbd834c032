package web

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"testing"
)

func TestAProgramTakesTheStepsOfReview(t *testing.T) {
	w := theWriters(t)
	seen := w.enter(t, w.focal, `[{"indicator": "THREE", "period": "2025", "value": 7}]`)
	step := func(token, kind, reason string, changeset int, figure string) (int, string) {
		t.Helper()
		why, _ := json.Marshal(reason)
		body := fmt.Sprintf(`{"step": %q, "reason": %s, "figures": [{%s, "breakdown": null, "changeset": %d}]}`, kind, why, figure, changeset)
		answer := postJSON(t, w.h, "/api/v1/review", body, "Authorization", token, "Idempotency-Key", kind+strconv.Itoa(changeset)+token+reason)
		return answer.StatusCode, bodyOf(t, answer)
	}
	const three = `"indicator": "THREE", "period": "2025"`
	for _, tt := range []struct {
		name, token, step, reason string
		changeset                 int
		figure                    string
		status                    int
		says                      string
	}{
		{"of another scope", w.foreign, "submit", "", seen, three, 403, "lies outside what this account may review"},
		{"of another scope, in a version that there is not", w.foreign, "submit", "", 99, three, 403, "lies outside"},
		{"a donor", w.donor, "publish", "", seen, three, 403, "lies outside"},
		{"in an old version", w.focal, "submit", "", 1, three, 409, "THREE 2025 is 7 by now, draft, since changeset 2"},
		{"in a state that it has not", w.verifier, "verify", "", seen, three, 409, "draft"},
		{"of what there is not", w.boss, "submit", "", seen, `"indicator": "THREE", "period": "2024"`, 409, "THREE 2024 is not there"},
		{"that there is not", w.boss, "frobnicate", "", seen, three, 400, "no step of review"},
		{"submitted", w.focal, "submit", "", seen, three, 201, `"changeset":3,"added":0,"changed":1`},
		{"verified by a contributor", w.focal, "verify", "", 3, three, 403, "not allowed"},
		{"returned without a reason", w.verifier, "return", "", 3, three, 400, "a reason is required"},
		{"returned", w.verifier, "return", "unité", 3, three, 201, `"changeset":4`},
		{"submitted again", w.focal, "submit", "", 4, three, 201, `"changeset":5`},
		{"verified", w.verifier, "verify", "", 5, three, 201, `"changeset":6`},
		{"published by a contributor", w.focal, "publish", "", 6, three, 403, "not allowed"},
		{"published", w.verifier, "publish", "", 6, three, 201, `"changeset":7`},
		{"the same step under the same name", w.verifier, "publish", "", 6, three, 201, `"changeset":7`},
		{"withdrawn", w.verifier, "withdraw", "faux", 7, three, 201, `"changeset":8`},
	} {
		if status, body := step(tt.token, tt.step, tt.reason, tt.changeset, tt.figure); status != tt.status || !strings.Contains(body, tt.says) {
			t.Errorf("%s: %d %s", tt.name, status, body)
		}
	}
	w.enter(t, w.boss, `[{"indicator": "THREE", "period": "2025", "value": 9, "status": "submitted"}]`)
	if status, body := step(w.boss, "verify", "", 9, three); status != http.StatusForbidden || !strings.Contains(body, "whoever submits") {
		t.Errorf("two eyes for four: %d %s", status, body)
	}
	twice := fmt.Sprintf(`{"step": "submit", "figures": [{%s, "changeset": 9}, {%s, "changeset": 9}]}`, three, three)
	for _, body := range []string{twice, "[]", "{", `{"step": "submit"}`, `{"step": "submit", "figures": [{}]}`, `{"nix": 1, "step": "submit", "figures": [{}]}`,
		`{"step": "submit", "figures": [{` + three + `, "changeset": 1.5}]}`, `{"step": "submit", "figures": [{` + three + `, "changeset": 9, "x": 1}]}`} {
		if answer := postJSON(t, w.h, "/api/v1/review", body, "Authorization", w.boss); answer.StatusCode != http.StatusBadRequest {
			t.Errorf("%s: %s %s", body, answer.Status, bodyOf(t, answer))
		}
	}
}

// What is under review is not replaced, and whoever says what they have read is told what
// others have changed since.
func TestAProgramIsToldWhatOthersChanged(t *testing.T) {
	w := theWriters(t)
	w.enter(t, w.focal, `[{"indicator": "THREE", "period": "2025", "value": 7}]`)
	answer := postJSON(t, w.h, "/api/v1/observations?seen=1", `[{"indicator": "THREE", "period": "2024", "value": 1}, {"indicator": "THREE", "period": "2025", "value": 8}]`, "Authorization", w.boss)
	if body := bodyOf(t, answer); answer.StatusCode != http.StatusConflict ||
		!strings.Contains(body, `{"index":1,"field":"","message":"THREE 2025 is 7 by now, draft, since changeset 2`) {
		t.Errorf("%s %s", answer.Status, body)
	}
	w.enter(t, w.focal, `[{"indicator": "THREE", "period": "2025", "value": 8, "status": "submitted"}]`)
	answer = postJSON(t, w.h, "/api/v1/observations", `[{"indicator": "THREE", "period": "2025", "value": 9, "status": "published"}]`, "Authorization", w.boss)
	if body := bodyOf(t, answer); answer.StatusCode != http.StatusConflict || !strings.Contains(body, "is 8 by now, submitted") {
		t.Errorf("%s %s", answer.Status, body)
	}
}

// Severe findings keep figures from being published by a program as by a person.
func TestAProgramDoesNotPublishWhatIsSeverelyDoubted(t *testing.T) {
	w := theWriters(t)
	record(t, w.store, nil, reported("THREE", "2021", "130"), reported("THREE", "2022", "134"), reported("THREE", "2023", "137"))
	before := w.changesets(t)
	const says = `{"index":0,"field":"","message":"the severe finding unit_`
	figure := `[{"indicator": "THREE", "period": "2024", "value": 14100, "status": "published"}]`
	answer := postJSON(t, w.h, "/api/v1/observations", figure, "Authorization", w.boss)
	if body := bodyOf(t, answer); answer.StatusCode != http.StatusConflict || !strings.Contains(body, says) {
		t.Errorf("directly: %s %s", answer.Status, body)
	}
	seen := w.enter(t, w.focal, strings.Replace(figure, "published", "submitted", 1))
	step := func(kind string, seen int) *http.Response {
		body := fmt.Sprintf(`{"step": %q, "figures": [{"indicator": "THREE", "period": "2024", "changeset": %d}]}`, kind, seen)
		return postJSON(t, w.h, "/api/v1/review", body, "Authorization", w.verifier)
	}
	if answer := step("verify", seen); answer.StatusCode != http.StatusCreated {
		t.Fatalf("verified: %s %s", answer.Status, bodyOf(t, answer))
	}
	answer = step("publish", seen+1)
	if body := bodyOf(t, answer); answer.StatusCode != http.StatusConflict || !strings.Contains(body, says) {
		t.Errorf("in review: %s %s", answer.Status, body)
	}
	if n := w.changesets(t); n != before+2 {
		t.Errorf("%d changesets were written", n-before)
	}
}
