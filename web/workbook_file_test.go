package web

import (
	"archive/zip"
	"bytes"
	"io"
	"net/http"
	"strings"
	"testing"

	"jalon/exchange/table"
	"jalon/indicators"
	"jalon/sql"
	"jalon/sql/sqltest"
)

// What is downloaded can be imported again, and changes nothing; figures of parts and all.
func TestTheWorkbookComesBackAsItIs(t *testing.T) {
	store := sqltest.Open(t)
	w := apiWorkbook()
	women := reported("THREE", "2024", "70")
	women.Breakdown.Sex = "F"
	record(t, store, w, reported("REM-COST", "2023", "5.53667"), reported("THREE", "2024", "140"), women)
	draft := reported("THREE", "2025", "999")
	draft.Review = indicators.Draft
	record(t, store, nil, draft)
	live := NewLive(store, nil, nil)
	if err := live.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	s, err := New(Config{Version: "1"}, store, live)
	if err != nil {
		t.Fatal(err)
	}
	h := s.Handler()

	values := bodyOf(t, ask(t, h, "GET", "/fr/indicators/THREE/values.csv"))
	if lines := strings.Split(strings.TrimSpace(values), "\n"); len(lines) != 3 || strings.Contains(values, "999") || strings.Contains(values, "REM-COST") || !strings.Contains(values, "THREE,2024,70,,,F") {
		t.Errorf("the figures of THREE: %q", values)
	}
	if earlier := bodyOf(t, ask(t, h, "GET", "/fr/indicators/THREE/values.csv?as-of=c1")); !strings.Contains(earlier, "THREE,2024,140") {
		t.Errorf("as of the first changeset: %q", earlier)
	}

	answer := ask(t, h, "GET", "/fr/data/workbook.zip")
	if answer.StatusCode != http.StatusOK || answer.Header.Get("Content-Type") != "application/zip" {
		t.Fatalf("%s, %s", answer.Status, answer.Header.Get("Content-Type"))
	}
	body := []byte(bodyOf(t, answer))
	archive, err := zip.NewReader(bytes.NewReader(body), int64(len(body)))
	if err != nil {
		t.Fatal(err)
	}
	source, problems, err := table.OpenFS(archive, []string{"."})
	if err != nil || len(problems) > 0 || len(source.Files()) < 8 {
		t.Fatalf("%v, %v", err, problems)
	}
	again := sql.Recording{Act: indicators.Act{Author: "a@example.org", Reason: "again"}}
	if again.Workbook, again.Found, err = source.Workbook(t.Context()); err != nil {
		t.Fatal(err)
	}
	again.Observations = source.Lines(t.Context())
	if report, err := store.Record(t.Context(), again); err != nil || !report.Unchanged {
		t.Errorf("%v, %+v", err, report)
	}
}

func TestDataThatIsNotThere(t *testing.T) {
	h := apiServer(t, apiDataset(), io.Discard).Handler()
	for _, address := range []string{"/fr/data/none.csv", "/fr/data/indicators", "/fr/data/workbook.xlsx", "/fr/indicators/none/values.csv"} {
		if answer := ask(t, h, "GET", address); answer.StatusCode != http.StatusNotFound {
			t.Errorf("%s: %s", address, answer.Status)
		}
	}
	tag := ask(t, h, "GET", "/fr/data/indicators.csv").Header.Get("ETag")
	if again := ask(t, h, "GET", "/fr/data/indicators.csv", "If-None-Match", tag); tag == "" || again.StatusCode != http.StatusNotModified {
		t.Errorf("asked again with %q: %s", tag, again.Status)
	}
}
