package web

import (
	"maps"
	"net/http"
	"testing"

	"jalon/sql"
	"jalon/sql/sqltest"
)

// What the desk costs the database does not grow with the programme.
func TestQueriesOfTheDeskDoNotGrow(t *testing.T) {
	few, many := queriesOfDesk(t, 5), queriesOfDesk(t, 60)
	if !maps.Equal(few, many) {
		t.Errorf("queries with 5 indicators: %v, with 60: %v", few, many)
	}
	for address, queries := range many {
		if queries > 20 { // with those that begin and end a reading
			t.Errorf("%s makes %d queries", address, queries)
		}
	}
}

func queriesOfDesk(t *testing.T, count int) map[string]int64 {
	t.Helper()
	through, queries := countQueries(t, sqltest.DSN(t))
	store, err := sql.Open(t.Context(), through)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	m := unserved(t, store)
	deskOf(t, m, count)
	live := NewLive(store, nil, nil) // it does not run: polling would be counted, too
	if err := live.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	if m.server, err = New(Config{Version: "1"}, store, live); err != nil {
		t.Fatal(err)
	}
	m.h = m.server.Handler()
	p, counts := m.signedIn("theme1"), map[string]int64{}
	for _, address := range []string{"/fr/desk", "/fr/desk/grid?frequency=month&count=24", "/fr/indicators/M-0003", "/fr/desk/figures/M-0003?period=2026-01"} {
		before := queries.Load()
		expect(t, p.get(address), http.StatusOK)
		counts[address] = queries.Load() - before
	}
	return counts
}
