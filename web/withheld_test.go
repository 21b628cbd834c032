package web

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"jalon/indicators"
	"jalon/sql/sqltest"
)

// What a small count would tell is told by no page, no metric and no answer of the API, of
// today or of before it was known to be small; what a browser has kept is out of date.
func TestNobodyIsToldSmallCounts(t *testing.T) {
	store := sqltest.Open(t)
	w := apiWorkbook()
	code := w.Indicators[0].Key
	define := w.Indicators[0].Change
	w.Indicators[0].Change = func(i *indicators.Indicator) {
		define(i)
		i.Kind, i.Unit, i.Min, i.Max, i.Factor, i.Decimals = "number", "PERSONS", indicators.Decimal{}, indicators.Decimal{}, indicators.Decimal{}, nil
	}
	part := func(sex, value string) indicators.Observation {
		o := reported(code, "2024", value)
		o.Breakdown.Sex = sex
		return o
	}
	w.Targets = append(w.Targets, edits([]indicators.Target{{
		Indicator: code, Kind: indicators.TargetKind, Period: indicators.Year(2030), Value: number("5000"), Breakdown: indicators.Breakdown{Sex: "F"},
	}})...)
	record(t, store, w, part("F", "1234"), part("M", "8765"), part("", "9999"))
	issued(t, store, "2024-12")
	s, h := running(t, store)
	get := func(address, tag string) (int, string, string) {
		t.Helper()
		r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
		r.Header.Set("If-None-Match", tag)
		answer := httptest.NewRecorder()
		h.ServeHTTP(answer, r)
		body := answer.Body.String()
		if address == "/metrics" { // those of the programme: how much memory there is may be any number
			body = strings.Join(slices.DeleteFunc(strings.Split(body, "\n"), func(line string) bool { return !strings.HasPrefix(line, "jalon_") }), "\n")
		}
		return answer.Code, body, answer.Header().Get("ETag")
	}
	addresses := []string{
		"/api/v1/observations?indicator=" + code, "/api/v1/observations?indicator=" + code + "&as-of=%231",
		"/api/v1/assessments?indicator=" + code, "/api/v1/assessments?indicator=" + code + "&as-of=%231",
		"/fr/indicators/" + code, "/fr/indicators/" + code + "?as-of=%231", "/metrics",
		"/fr/history/1", "/fr/history/1?as-of=%231", "/fr/indicators/" + code + "/history", "/fr/indicators/" + code + "/history/2024?breakdown=sex%3DF",
		"/fr/indicators/" + code + "/history/2024?breakdown=sex%3DM&as-of=%231",
		"/fr/snapshots/2024-12...now", "/fr/snapshots/2024-12...now/moved.csv", "/api/v1/differences/2024-12...now",
	}
	tags := map[string]string{}
	for _, address := range addresses {
		status, body, tag := get(address, "")
		if status != http.StatusOK {
			t.Fatalf("%s: %d %s", address, status, body)
		}
		if strings.Contains(address, "observations") && (!strings.Contains(body, "1234") || !strings.Contains(body, "8765")) {
			t.Fatalf("%s tells nothing: %s", address, body)
		}
		tags[address] = tag
	}
	record(t, store, nil, part("F", "4"), part("", "8769"))
	if err := s.live.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, address := range addresses {
		status, body, _ := get(address, tags[address])
		if status != http.StatusOK {
			t.Fatalf("%s: %d", address, status)
		}
		for _, number := range []string{"1234", "8765", "1 234", "8 765", "1\u202f234", "8\u202f765"} {
			if strings.Contains(body, number) {
				t.Errorf("%s tells %s: %s", address, number, body)
			}
		}
	}
	_, body, _ := get(addresses[0], "")
	type item struct {
		Value  *json.Number
		Status string `json:"obs_status"`
	}
	var list struct{ Items []item }
	if err := json.Unmarshal([]byte(body), &list); err != nil || len(list.Items) != 3 {
		t.Fatalf("%s: %v", body, err)
	}
	withheld := slices.DeleteFunc(slices.Clone(list.Items), func(i item) bool { return i.Status != "Q" || i.Value != nil })
	total := slices.ContainsFunc(list.Items, func(i item) bool { return i.Value != nil && *i.Value == "8769" })
	if len(withheld) != 2 || !total {
		t.Errorf("%d are withheld, the total is shown: %t: %s", len(withheld), total, body)
	}
}
