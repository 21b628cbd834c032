package web

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"jalon/indicators"
	"jalon/sql"
	"jalon/sql/sqltest"
)

func edits[T indicators.Entry](entries []T) []indicators.Edit[T] {
	all := make([]indicators.Edit[T], len(entries))
	for n, entry := range entries {
		all[n] = indicators.Edit[T]{Key: entry.EntryKey(), Change: func(t *T) { *t = entry }}
	}
	return all
}

// apiWorkbook brings the tests' programme into a database.
func apiWorkbook() *indicators.Workbook {
	d := apiDefinitions()
	for n := range d.Indicators {
		d.Indicators[n].Breakdowns = indicators.Codes{"governorate", "sex"}
	}
	return &indicators.Workbook{
		Settings: edits(d.Settings), Organisations: edits(d.Organisations), Groups: edits(d.Groups), Frameworks: edits(d.Frameworks),
		Categories: edits(d.Categories), Results: edits(d.Results), Actions: edits(d.Actions), Milestones: edits(d.Milestones), Funding: edits(d.Funding),
		Indicators: edits(d.Indicators), Targets: edits(d.Targets),
	}
}

// reported is a published value of an indicator for a year.
func reported(indicator, at, value string) indicators.Observation {
	return indicators.Observation{Indicator: indicator, Review: indicators.Published,
		Figure: indicators.Figure{Period: period(at), Value: number(value), Status: "A"}}
}

// partly is a published value of a part of an indicator.
func partly(indicator, at, value, part string) indicators.Observation {
	o := reported(indicator, at, value)
	var err error
	if o.Breakdown, err = indicators.ParseBreakdown(part); err != nil {
		panic(err)
	}
	return o
}

func record(t testing.TB, store *sql.Store, w *indicators.Workbook, all ...indicators.Observation) {
	t.Helper()
	lines := &indicators.Lines{
		File: "observations.csv",
		Has:  func(string) bool { return true },
		Each: func(yield func(*indicators.Line, error) bool) {
			for n, o := range all {
				row := indicators.Place{File: "observations.csv", Line: n + 2, Column: 1}
				if !yield(&indicators.Line{Observation: o, Number: row.Line, At: func(string) indicators.Place { return row }}, nil) {
					return
				}
			}
		},
	}
	report, err := store.Record(t.Context(), sql.Recording{Workbook: w, Observations: []*indicators.Lines{lines}, Act: indicators.Act{Author: "a@example.org", Reason: "essai"}})
	if err != nil {
		t.Fatalf("%v: %+v", err, report.Problems)
	}
}

// serving runs a whole server over a database until the test ends.
func serving(t testing.TB, store *sql.Store) http.Handler {
	t.Helper()
	_, h := running(t, store)
	return h
}

func running(t testing.TB, store *sql.Store) (*Server, http.Handler) {
	t.Helper()
	live := NewLive(store, nil, nil)
	s, err := New(Config{Version: "1"}, store, live)
	if err != nil {
		t.Fatal(err)
	}
	if err := live.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	over := make(chan error, 1)
	go func() { over <- live.Run(ctx) }()
	t.Cleanup(func() {
		cancel()
		if err := <-over; err != nil {
			t.Error(err)
		}
	})
	return s, s.Handler()
}

// within gives something a while to become true, and tells how long it took.
func within(t testing.TB, limit time.Duration, what string, true func() bool) time.Duration {
	t.Helper()
	began, tick := time.Now(), time.NewTicker(5*time.Millisecond)
	defer tick.Stop()
	for !true() {
		if <-tick.C; time.Since(began) > limit {
			t.Fatalf("%s: not within %s", what, limit)
		}
	}
	return time.Since(began)
}

// What another process imports is served within a second: one look by the poll
// and the time to read it. Usually the notification is far quicker.
func TestImportedValueIsServedWithinASecond(t *testing.T) {
	dsn := sqltest.DSN(t)
	open := func() *sql.Store {
		store, err := sql.Open(t.Context(), dsn)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { store.Close() })
		return store
	}
	here, there := open(), open()
	record(t, there, apiWorkbook(), reported("THREE", "2016", "100"), reported("THREE", "2024", "140"))
	h := serving(t, here)
	tag := ask(t, h, "GET", "/api/v1/assessments").Header.Get("ETag")
	for value := range 3 {
		record(t, there, nil, reported("THREE", "2024", fmt.Sprint(150+value)))
		took := within(t, time.Second, "the new value", func() bool {
			metric := fmt.Sprintf("jalon_indicator_value{indicator=\"THREE\"} %d\n", 150+value)
			latest := fmt.Sprintf(`"value":%d,"obs_status"`, 150+value)
			return strings.Contains(bodyOf(t, ask(t, h, "GET", "/metrics")), metric) &&
				strings.Contains(bodyOf(t, ask(t, h, "GET", "/api/v1/assessments?indicator=THREE")), latest)
		})
		t.Logf("served after %s", took)
	}
	if again := ask(t, h, "GET", "/api/v1/assessments", "If-None-Match", tag); again.StatusCode != http.StatusOK {
		t.Errorf("the old ETag still holds: %s", again.Status)
	}
	if body := bodyOf(t, ask(t, h, "GET", "/api/v1/assessments?indicator=THREE&as-of=c1")); strings.Contains(body, `"value":152,`) {
		t.Errorf("the past has changed: %s", body)
	}
}

func TestObservationsWithBreakdownsAndPages(t *testing.T) {
	store := sqltest.Open(t)
	women, draft := reported("THREE", "2024", "80"), reported("THREE", "2025", "99")
	women.Breakdown.Sex, draft.Review = "F", indicators.Draft
	missing := reported("REM-COST", "2023", "1")
	missing.Value, missing.Status, missing.Comment = indicators.Decimal{}, "O", attack
	record(t, store, apiWorkbook(), reported("THREE", "2016", "100"), reported("THREE", "2024", "140.50"), women, draft, missing)
	record(t, store, nil, reported("THREE", "2016", "101"))
	h := serving(t, store)

	golden(t, "api-observations", bodyOf(t, ask(t, h, "GET", "/api/v1/observations")))
	var items []json.RawMessage
	for address := "/api/v1/observations?indicator=THREE&limit=1"; address != ""; {
		answer := ask(t, h, "GET", address)
		var page struct{ Items []json.RawMessage }
		if err := json.Unmarshal([]byte(bodyOf(t, answer)), &page); err != nil {
			t.Fatal(err)
		}
		items = append(items, page.Items...)
		address, _, _ = strings.Cut(strings.TrimPrefix(answer.Header.Get("Link"), "<"), ">")
	}
	if len(items) != 3 {
		t.Errorf("%d observations in pages of one, want 3: %s", len(items), items)
	}
	if before := bodyOf(t, ask(t, h, "GET", "/api/v1/observations?indicator=THREE&as-of=c1")); !strings.Contains(before, `"value":100,`) || strings.Contains(before, `"value":101,`) {
		t.Errorf("as of the first changeset: %s", before)
	}
	if answer := ask(t, h, "GET", "/api/v1/observations?cursor=YWJj"); answer.StatusCode != http.StatusBadRequest {
		t.Errorf("a cursor of another list: %s", answer.Status)
	}
}

// The pool's metrics are there with a database.
func TestMetricsOfThePool(t *testing.T) {
	store := sqltest.Open(t)
	record(t, store, apiWorkbook())
	body := bodyOf(t, ask(t, serving(t, store), "GET", "/metrics"))
	if !strings.Contains(body, `go_sql_open_connections{db_name="jalon"} `) {
		t.Errorf("there is %s", linesOf(body, "go_sql"))
	}
}

// Without the database, what is known is served on.
func TestServedOnWhenTheDatabaseIsLost(t *testing.T) {
	store := sqltest.Open(t)
	record(t, store, apiWorkbook(), reported("THREE", "2024", "140"))
	h := serving(t, store)
	store.Close()
	within(t, 5*time.Second, "noticing that the database is gone", func() bool {
		return strings.Contains(bodyOf(t, ask(t, h, "GET", "/readyz")), `"status":"degraded"`)
	})
	for address, want := range map[string]int{
		"/readyz": 200, "/healthz": 200, "/metrics": 200, "/api/v1/assessments": 200, "/api/v1/observations": 503,
	} {
		answer := ask(t, h, "GET", address)
		if body := bodyOf(t, answer); answer.StatusCode != want || strings.Contains(body, "sql:") {
			t.Errorf("%s: %s: %s", address, answer.Status, body)
		}
	}
}
