package web

import (
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"jalon/indicators"
)

func TestAPINotModified(t *testing.T) {
	h := apiServer(t, apiDataset(), io.Discard).Handler()
	for _, address := range []string{"/api/v1/groups", "/api/v1/indicators/THREE", "/api/v1/assessments?group=1", "/api/v1/openapi.json", "/api/v1/groups/1/assessment"} {
		first := ask(t, h, "GET", address)
		tag := first.Header.Get("ETag")
		if tag == "" || first.Header.Get("Cache-Control") != "no-cache" {
			t.Fatalf("%s: ETag %q, Cache-Control %q", address, tag, first.Header.Get("Cache-Control"))
		}
		for _, given := range []string{tag, "W/" + tag, `"other", ` + tag, "*"} {
			if again := ask(t, h, "GET", address, "If-None-Match", given); again.StatusCode != http.StatusNotModified || bodyOf(t, again) != "" {
				t.Errorf("%s with %s: %s", address, given, again.Status)
			}
		}
		if other := ask(t, h, "GET", address, "If-None-Match", `"other"`); other.StatusCode != http.StatusOK {
			t.Errorf("%s with another ETag: %s", address, other.Status)
		}
	}
	if missing := ask(t, h, "GET", "/api/v1/indicators/NONE", "If-None-Match", "*"); missing.StatusCode != http.StatusNotFound {
		t.Errorf("what is not there: %s", missing.Status)
	}
}

// The ETag changes with what is known, the day, and the build.
func TestETagNamesTheState(t *testing.T) {
	ds := apiDataset()
	s := apiServer(t, ds, io.Discard)
	now := s.etag(ds.On(20261031))
	tomorrow := s.etag(ds.On(20261101))
	later := s.etag(ds.With(append(apiChangesets(), indicators.Changeset{Number: 3}), ds.Series).On(20261031))
	s.cfg.Build = "another"
	rebuilt := s.etag(ds.On(20261031))
	if tags := slices.Compact(slices.Sorted(slices.Values([]string{now, tomorrow, later, rebuilt}))); len(tags) != 4 {
		t.Errorf("the tags %q are not four", tags)
	}
	if strings.Count(rebuilt, `"`) != 2 {
		t.Errorf("%s is no tag", rebuilt)
	}
}

// Two databases that one address has served, both at the same changeset and day, are
// not taken for each other.
func TestETagNamesTheRecord(t *testing.T) {
	mine := apiServer(t, apiDataset(), io.Discard).Handler()
	for name, change := range map[string]func(*indicators.Changeset){
		"moment":                               func(c *indicators.Changeset) { c.At = c.At.Add(time.Microsecond) },
		"author":                               func(c *indicators.Changeset) { c.Author = "another" },
		"reason":                               func(c *indicators.Changeset) { c.Reason = "another" },
		"history carried over at another time": func(c *indicators.Changeset) { c.Recorded = &c.At },
	} {
		record := apiChangesets()
		change(&record[1])
		whole := indicators.NewDataset(apiDefinitions(), record, apiFigures())
		grown := indicators.NewDataset(apiDefinitions(), record[:1], nil).With(record, apiFigures())
		if whole.Record() != grown.Record() {
			t.Errorf("a record read at once is %s, read bit by bit %s", whole.Record(), grown.Record())
		}
		for _, ds := range []*indicators.Dataset{whole, grown} {
			theirs := apiServer(t, ds, io.Discard).Handler()
			for _, address := range []string{"/api/v1/assessments", "/fr/", "/charts/fr/overview/status.svg"} {
				tag := ask(t, mine, "GET", address).Header.Get("ETag")
				if answer := ask(t, theirs, "GET", address, "If-None-Match", tag); answer.StatusCode != http.StatusOK {
					t.Errorf("%s of a record with another %s: %s with %s", address, name, answer.Status, tag)
				}
			}
		}
	}
	again := apiServer(t, apiDataset(), io.Discard).Handler()
	tag := ask(t, mine, "GET", "/fr/").Header.Get("ETag")
	if answer := ask(t, again, "GET", "/fr/", "If-None-Match", tag); answer.StatusCode != http.StatusNotModified {
		t.Errorf("the same record, served anew: %s", answer.Status)
	}
}

// What is asked wrongly is refused, whatever the reader already has.
func TestAPIRefusesBeforeNotModified(t *testing.T) {
	h := apiServer(t, apiDataset(), io.Discard).Handler()
	tag := ask(t, h, "GET", "/api/v1/assessments").Header.Get("ETag")
	ofIndicators := cursorOf("/api/v1/indicators", "THREE")
	for _, query := range []string{
		"assessments?limit=0", "assessments?limit=x", "assessments?status=nope", "assessments?cursor=***", "assessments?cursor=QUJD",
		"assessments?cursor=QUJDREVGRw", "assessments?cursor=" + ofIndicators, "observations?cursor=NQ", "observations?limit=0",
		"actions?status=nope", "targets?kind=nope", "frameworks?kind=nope", "organisations?kind=nope", "funding?kind=nope", "groups?nope=1",
	} {
		if answer := ask(t, h, "GET", "/api/v1/"+query, "If-None-Match", tag); answer.StatusCode != http.StatusBadRequest {
			t.Errorf("%s: %s", query, answer.Status)
		}
	}
	for _, query := range []string{"indicators?cursor=" + ofIndicators, "assessments?limit=5&status=on_track", "observations?limit=5"} {
		if answer := ask(t, h, "GET", "/api/v1/"+query, "If-None-Match", tag); answer.StatusCode != http.StatusNotModified {
			t.Errorf("%s: %s", query, answer.Status)
		}
	}
}

func TestAPIAsOf(t *testing.T) {
	h := apiServer(t, apiDataset(), io.Discard).Handler()
	for _, tt := range []struct{ asOf, want string }{
		{"2026-10-31", `{"date":"2026-10-31","changeset":2}`},
		{"2026-09-30", `{"date":"2026-09-30","changeset":2}`},
		{"2026-02", `{"date":"2026-02-28","changeset":1}`},
		{"c1", `{"date":"2026-01-10","changeset":1}`},
		{"2026-09-20T13:00:00%2B01:00", `{"date":"2026-09-20","changeset":2}`},
		{"2026-09-20T12:59:59%2B01:00", `{"date":"2026-09-20","changeset":1}`},
	} {
		body := bodyOf(t, ask(t, h, "GET", "/api/v1/groups/1/assessment?as-of="+tt.asOf))
		if !strings.Contains(body, `"as_of":`+tt.want) {
			t.Errorf("as of %s: %s, want %s", tt.asOf, body, tt.want)
		}
	}
}

func TestAPIHeadAndOptions(t *testing.T) {
	h := apiServer(t, apiDataset(), io.Discard).Handler()
	site := httptest.NewServer(h)
	defer site.Close()
	get := ask(t, h, "GET", "/api/v1/groups")
	head, err := site.Client().Head(site.URL + "/api/v1/groups")
	if err != nil {
		t.Fatal(err)
	}
	defer head.Body.Close()
	if head.StatusCode != 200 || head.Header.Get("Content-Length") != get.Header.Get("Content-Length") || head.Header.Get("ETag") == "" || bodyOf(t, head) != "" {
		t.Errorf("HEAD: %s %v", head.Status, head.Header)
	}
	options := ask(t, h, "OPTIONS", "/api/v1/groups", "Origin", "https://example.org", "Access-Control-Request-Method", "GET")
	if options.StatusCode != 204 || options.Header.Get("Access-Control-Allow-Origin") != "*" || options.Header.Get("Access-Control-Allow-Methods") != "GET, HEAD, OPTIONS" {
		t.Errorf("OPTIONS: %s %v", options.Status, options.Header)
	}
}
