package web

import (
	"bufio"
	"encoding/binary"
	"fmt"
	"io"
	"maps"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"jalon/indicators"
	"jalon/sql"
	"jalon/sql/sqltest"
)

// What a page costs the database does not grow with the programme: pages of now cost
// nothing, but for the history of an indicator with a projection, for its figures by sex,
// governorate and so on, and for when the reports of a group came in; those of an earlier moment the same few queries, once.
func TestQueriesDoNotGrowWithTheIndicators(t *testing.T) {
	const history = 5  // one or two, in a transaction of their own; of the outbox its count
	const parts = 5    // series, what is withheld, sources and figures of one indicator by its parts; of which there are any
	const files = 6    // of a portfolio: the same of all its indicators at once, and the documents
	const quality = 20 // what the rules need beside the figures, and what is accepted
	few, many := queriesOfPages(t, 10), queriesOfPages(t, 1000)
	if !maps.Equal(few, many) {
		t.Errorf("queries with 10 indicators: %v, with 1000: %v", few, many)
	}
	for path, queries := range many {
		now := path != "start" && path != "/fr/?as-of=c1"
		if strings.Contains(path, "/history") { // of the record, which no memory holds
			if queries > 40 {
				t.Errorf("%s makes %d queries, want no more than 40", path, queries)
			}
			continue
		}
		if path == "/fr/indicators/W-0004?as-of=c1" { // that part alone, and its history
			if queries > 20+history {
				t.Errorf("%s makes %d queries, want no more than %d", path, queries, 20+history)
			}
			continue
		}
		if strings.Contains(path, "W-0005") || strings.HasPrefix(path, "/fr/territory") {
			if queries == 0 || queries > history+parts {
				t.Errorf("%s makes %d queries, want some and %d at most", path, queries, history+parts)
			}
			continue
		}
		if strings.Contains(path, "/portfolio.x") {
			if queries == 0 || queries > files {
				t.Errorf("%s makes %d queries, want some and %d at most", path, queries, files)
			}
			continue
		}
		if strings.HasPrefix(path, "/fr/indicators/") || strings.Contains(path, "/fr/groups/") || strings.HasPrefix(path, "/fr/data/") || path == "/metrics" {
			if queries > history {
				t.Errorf("%s makes %d queries, want %d at most", path, queries, history)
			}
		} else if path == "/fr/quality" {
			if queries == 0 || queries > quality {
				t.Errorf("%s makes %d queries, want some and no more than %d", path, queries, quality)
			}
		} else if now && queries > 0 {
			t.Errorf("%s makes %d queries, want none", path, queries)
		} else if !now && (queries == 0 || queries > 40) {
			t.Errorf("%s makes %d queries, want some and no more than 40", path, queries)
		}
	}
	t.Logf("to read all: %d queries, as of an earlier moment: %d", many["start"], many["/fr/?as-of=c1"])
}

// queriesOfPages counts what a server asks of the database at its start and for each
// kind of page.
func queriesOfPages(t *testing.T, count int) map[string]int64 {
	t.Helper()
	direct := sqltest.DSN(t)
	through, queries := countQueries(t, direct)
	store, err := sql.Open(t.Context(), through)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	w := apiWorkbook()
	d := wide(count)
	for n := range d.Indicators {
		if d.Indicators[n].Code == "W-0005" {
			d.Indicators[n].Breakdowns = indicators.Codes{"governorate", "sex"}
		}
	}
	w.Indicators, w.Targets = edits(d.Indicators), edits(d.Targets)
	record(t, store, w, reported("W-0003", "2016", "100"), reported("W-0003", "2024", "140"))
	record(t, store, nil, reported("W-0003", "2024", "150"))
	record(t, store, nil, partly("W-0005", "2024", "60", "governorate=TN-11"), partly("W-0005", "2024", "50", "governorate=TN-61"),
		partly("W-0005", "2024", "70", "sex=F"), partly("W-0005", "2024", "40", "sex=M"))

	counts, before := map[string]int64{}, queries.Load()
	since := func(what string) {
		counts[what] = queries.Load() - before
		before = queries.Load()
	}
	live := NewLive(store, nil, nil) // it does not run: polling would be counted, too
	if err := live.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	s, err := New(Config{Version: "1"}, store, live)
	if err != nil {
		t.Fatal(err)
	}
	since("start")
	h := s.Handler()
	for _, path := range []string{
		"/fr/", "/fr/groups/1", "/fr/actions/A1", "/fr/indicators/W-0003", "/fr/indicators/W-0005", "/fr/territory", "/fr/territory/TN-11", "/fr/frameworks/sdg2030", "/fr/frameworks/sdg2030/10.c", "/fr/methods", "/fr/quality",
		"/charts/fr/indicators/W-0005/governorates.svg", "/charts/fr/indicators/W-0005/sex.csv", "/charts/fr/overview/status.svg", "/charts/fr/indicators/W-0003/trajectory.svg", "/charts/fr/frameworks/sdg2030/matrix.svg",
		"/charts/fr/groups/1/reporting.csv", "/charts/fr/groups/1/actions.csv", "/charts/fr/frameworks/sdg2030/pairs.csv",
		"/fr/data", "/fr/data/workbook.zip", "/fr/indicators/W-0003/values.csv",
		"/fr/donors/DON/portfolio.xml", "/fr/donors/DON/portfolio.xlsx",
		"/metrics", "/api/v1/assessments", "/fr/indicators/W-0004?as-of=c1", "/fr/?as-of=c1", "/fr/groups/1?as-of=c1", "/fr/indicators/W-0003?as-of=c1",
		"/fr/history", "/fr/history?indicator=W-0003", "/fr/history/1", "/fr/indicators/W-0003/history", "/fr/indicators/W-0003/history/2024",
	} {
		if answer := ask(t, h, http.MethodGet, path); answer.StatusCode != http.StatusOK {
			t.Fatalf("%s: %s: %s", path, answer.Status, bodyOf(t, answer))
		}
		since(path)
	}
	return counts
}

// countQueries puts itself between a program and its database and counts the queries
// that pass.
func countQueries(t *testing.T, dsn string) (through string, queries *atomic.Int64) {
	t.Helper()
	u, err := url.Parse(dsn)
	if err != nil {
		t.Fatal(err)
	}
	parameters := u.Query()
	database := filepath.Join(parameters.Get("host"), ".s.PGSQL.5432")
	dir, err := os.MkdirTemp("", "jalon-queries-") // a socket's path must be short
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	listener, err := (&net.ListenConfig{}).Listen(t.Context(), "unix", filepath.Join(dir, ".s.PGSQL.5432"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close() })
	queries = &atomic.Int64{}
	go func() {
		for {
			client, err := listener.Accept()
			if err != nil {
				return // closed at the end of the test
			}
			server, err := (&net.Dialer{}).DialContext(t.Context(), "unix", database)
			if err != nil {
				client.Close()
				continue
			}
			go func() { defer client.Close(); _, _ = io.Copy(client, server) }() // until either is gone
			go func() { defer server.Close(); _ = forward(client, server, queries) }()
		}
	}()
	parameters.Set("host", dir)
	u.RawQuery = parameters.Encode()
	return u.String(), queries
}

// forward passes a client's messages on: first one of a length and content, then
// ones with a letter before. Q is a simple query, E the execution of a prepared one.
func forward(client io.Reader, server io.Writer, queries *atomic.Int64) error {
	from, letter := bufio.NewReader(client), 0
	for {
		head, err := from.Peek(letter + 4)
		if err != nil {
			return fmt.Errorf("the client has gone: %w", err)
		}
		if letter == 1 && (head[0] == 'Q' || head[0] == 'E') {
			queries.Add(1)
		}
		length := int64(letter) + int64(binary.BigEndian.Uint32(head[letter:]))
		if _, err := io.CopyN(server, from, length); err != nil {
			return fmt.Errorf("the server has gone: %w", err)
		}
		letter = 1
	}
}
