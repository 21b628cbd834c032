package web

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"jalon/indicators"
	"jalon/sql"
	"jalon/sql/sqltest"
)

// cameIn records figures as history: on a day, in a state of review.
func cameIn(t *testing.T, store *sql.Store, on string, w *indicators.Workbook, state indicators.Review, all ...indicators.Observation) {
	t.Helper()
	lines := &indicators.Lines{File: "observations.csv", Has: func(string) bool { return true }, Each: func(yield func(*indicators.Line, error) bool) {
		for n, o := range all {
			o.Review = state
			row := indicators.Place{File: "observations.csv", Line: n + 2, Column: 1}
			if !yield(&indicators.Line{Observation: o, Number: row.Line, At: func(string) indicators.Place { return row }}, nil) {
				return
			}
		}
	}}
	r := sql.Recording{Workbook: w, Observations: []*indicators.Lines{lines}, Moment: atDay(on), Act: indicators.Act{Author: "a", Reason: "r"}}
	if report, err := store.Record(t.Context(), r); err != nil {
		t.Fatalf("%v: %+v", err, report.Problems)
	}
}

// DELAY is due on the fifteenth of each month, from January 2025 on.
func TestTheReportingRateIsShown(t *testing.T) {
	store := sqltest.Open(t)
	cameIn(t, store, "2024-12-01", apiWorkbook(), indicators.Published)
	cameIn(t, store, "2025-02-15", nil, indicators.Published, reported("DELAY", "2025-01", "5"))
	cameIn(t, store, "2025-03-16", nil, indicators.Published, reported("DELAY", "2025-02", "5"))
	cameIn(t, store, "2025-05-01", nil, indicators.Published, reported("DELAY", "2025-01", "6")) // a revision
	cameIn(t, store, "2025-05-10", nil, indicators.Submitted, reported("DELAY", "2025-04", "7"))
	cameIn(t, store, "2025-05-18", nil, indicators.Published, reported("DELAY", "2025-04", "7"))
	now := func() time.Time { return atDay("2025-05-20") }
	live := NewLive(store, now, nil)
	if err := live.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	s, err := New(Config{Version: "1", Now: now}, store, live)
	if err != nil {
		t.Fatal(err)
	}
	h := s.Handler()
	for _, tt := range []struct {
		asOf, api, page string
	}{
		{"", `"from":"2024-05-20","to":"2025-05-19","due":4,"made":3,"in_time":2,"verified":0`, "attendus : 4, faits : 3 (75 %), dont dans les délais : 2 (50 %)"},
		{"2025-05-17", `"from":"2024-05-17","to":"2025-05-16","due":4,"made":2,"in_time":1,"verified":0`, "attendus : 4, faits : 2 (50 %), dont dans les délais : 1 (25 %)"},
		{"2025-03-20", `"from":"2024-03-20","to":"2025-03-19","due":2,"made":2,"in_time":1,"verified":0`, "attendus : 2, faits : 2 (100 %), dont dans les délais : 1 (50 %)"},
		{"2025-03-15", `"from":"2024-03-15","to":"2025-03-14","due":1,"made":1,"in_time":1,"verified":0`, "attendus : 1, faits : 1 (100 %), dont dans les délais : 1 (100 %)"},
		{"2025-02-15", `"from":"2024-02-15","to":"2025-02-14","due":0,"made":0,"in_time":0,"verified":0`, ""},
	} {
		query := ""
		if tt.asOf != "" {
			query = "?as-of=" + tt.asOf
		}
		if got := bodyOf(t, ask(t, h, "GET", "/api/v1/groups/1/reporting"+query)); got != `{"group":"1",`+tt.api+`}` {
			t.Errorf("as of %s the API says %s", tt.asOf, got)
		}
		page := plainText(bodyOf(t, ask(t, h, "GET", "/fr/groups/1"+query)))
		if !strings.Contains(page, tt.page) || tt.page == "" && strings.Contains(page, "Rapports des douze") {
			t.Errorf("as of %s the page says %s", tt.asOf, page)
		}
	}
	rows := strings.Split(bodyOf(t, ask(t, h, "GET", "/charts/fr/groups/1/reporting.csv")), "\r\n")
	for n, want := range []string{"2025-01,2025-02-15,revised", "2025-02,2025-03-15,late", "2025-03,2025-04-15,missing", "2025-04,2025-05-15,in_time"} {
		if len(rows) != 6 || !strings.HasSuffix(rows[n+1], want) {
			t.Errorf("month by month: %q, want %s", rows, want)
		}
	}
	if page := bodyOf(t, ask(t, h, "GET", "/fr/groups/1")); !strings.Contains(page, `<td class="f-missing">manque</td>`) || !strings.Contains(page, `<td class="f-revised">révisée</td>`) {
		t.Error("the table of the page does not say what is missing and what was revised")
	}
	if body := bodyOf(t, ask(t, h, "GET", "/metrics")); !strings.Contains(body, "jalon_overdue_reports{group=\"1\"} 0\n") {
		t.Errorf("the metric says %s", linesOf(body, "jalon_overdue"))
	}
	if answer := ask(t, h, "GET", "/api/v1/groups/none/reporting"); answer.StatusCode != http.StatusNotFound {
		t.Errorf("an unknown group: %s", answer.Status)
	}
}

// plainText is a page without its markup and its unbreakable spaces.
func plainText(body string) string {
	var words strings.Builder
	inside := false
	for _, r := range body {
		switch {
		case r == '<':
			inside = true
		case r == '>':
			inside = false
		case !inside:
			words.WriteRune(r)
		}
	}
	return strings.NewReplacer("\u202f", " ", "\u00a0", " ").Replace(words.String())
}

// asPerson asks as somebody who has signed in.
func asPerson(t *testing.T, s *Server, a indicators.Account, address string) *http.Response {
	t.Helper()
	id, err := s.store.AddAccount(t.Context(), a, "test")
	if err != nil {
		t.Fatal(err)
	}
	key, hash := newKey()
	if err := s.store.BeginSession(t.Context(), id, hash, time.Now().Add(time.Hour), ""); err != nil {
		t.Fatal(err)
	}
	return ask(t, s.Handler(), "GET", address, "Cookie", "jalon="+key)
}

func TestTheDeskListsWhatIsOwed(t *testing.T) {
	store := sqltest.Open(t)
	cameIn(t, store, "2024-12-01", apiWorkbook(), indicators.Published)
	cameIn(t, store, "2025-02-15", nil, indicators.Published, reported("DELAY", "2025-01", "5"))
	cameIn(t, store, "2025-05-10", nil, indicators.Submitted, reported("DELAY", "2025-03", "7"))
	cameIn(t, store, "2025-05-11", nil, indicators.Draft, reported("DELAY", "2025-04", "7"))
	now := func() time.Time { return atDay("2025-06-10") }
	live := NewLive(store, now, nil)
	if err := live.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	s, err := New(Config{Version: "1", Now: now}, store, live)
	if err != nil {
		t.Fatal(err)
	}
	amel := indicators.Account{Email: "amel@example.tn", Name: "Amel", Role: indicators.Contributor, Language: "fr", Scope: indicators.Scope{Groups: indicators.Codes{"1"}}}
	answer := asPerson(t, s, amel, "/fr/desk")
	body := bodyOf(t, answer)
	owed, _, _ := strings.Cut(body[strings.Index(body, `id="owed"`):], "</section>")
	var got []string
	for _, row := range strings.Split(owed, "<tr role=")[2:] {
		got = append(got, strings.Join(strings.Fields(plainText(row[strings.Index(row, ">")+1:])), " "))
	}
	want := []string{
		"Titre de DELAY février 2025 15 mars 2025 En retard", "Titre de DELAY avril 2025 15 mai 2025 En retard", "Titre de DELAY mai 2025 15 juin 2025 Bientôt",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") || !strings.Contains(owed, "2 en retard") || answer.Header.Get("Cache-Control") != "private, no-store" {
		t.Errorf("got\n%s\nwant\n%s\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"), owed)
	}
	if !strings.Contains(owed, `href="/fr/desk/grid?frequency=month&amp;last=2025-02"`) {
		t.Errorf("no way leads to the grid: %s", owed)
	}
	other := amel
	other.Email, other.Scope.Groups = "autre@example.tn", indicators.Codes{"2"}
	if body := bodyOf(t, asPerson(t, s, other, "/fr/desk")); !strings.Contains(body, "Rien n’est attendu de vous") || strings.Contains(body, "DELAY") {
		t.Error("another's reports are listed, or nothing says that there are none")
	}
}
