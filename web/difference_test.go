package web

import (
	"encoding/csv"
	"encoding/json"
	"html"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"jalon/indicators"
	"jalon/sql"
	"jalon/sql/sqltest"
)

// issued takes the snapshot of a month and publishes it.
func issued(t *testing.T, store *sql.Store, month string) {
	t.Helper()
	snap, err := store.TakeSnapshot(t.Context(), sql.Taking{Month: period(month), By: "test"})
	if err == nil {
		_, err = store.PublishSnapshot(t.Context(), sql.Issuing{Number: snap.Number, Act: indicators.Act{Author: "test"}})
	}
	if err != nil {
		t.Fatal(err)
	}
}

// twoMonths is a programme with two snapshots between which THREE went from 140 to 150, the
// value of REM-COST of 2023 was revised, and an indicator came.
func twoMonths(t *testing.T) http.Handler {
	t.Helper()
	store := sqltest.Open(t)
	record(t, store, apiWorkbook(), reported("THREE", "2016", "100"), reported("THREE", "2023", "140"),
		reported("REM-COST", "2016", "9.48699"), reported("REM-COST", "2023", "5.53667"))
	issued(t, store, "2024-12")
	record(t, store, nil, reported("THREE", "2024", "150"), reported("REM-COST", "2023", "7.2"))
	issued(t, store, "2025-01")
	return serving(t, store)
}

func TestThePageOfADifference(t *testing.T) {
	h := twoMonths(t)
	for lang, want := range map[string][]string{
		"fr": {"Ce qui a changé entre les arrêtés 2024-12 et 2025-01", "par la valeur de 2024", "par la révision de 2023", "Valeurs révisées", "7,2", "situation au 31 décembre 2024", "leurs parts s’additionnent au tout"},
		"ar": {"ما تغير بين اللقطتين الشهريتين", "بقيمة \u20682024\u2069", "بمراجعة قيمة \u20682023\u2069", "القيم المراجعة", "31 ديسمبر 2024"},
		"en": {"What changed between the snapshots 2024-12 and 2025-01", "through the value of 2024", "through the revision of 2023", "Revised values", "situation on 31 December 2024"},
	} {
		markup := bodyOf(t, ask(t, h, "GET", "/"+lang+"/snapshots/2024-12...2025-01"))
		body := html.UnescapeString(markup)
		for _, words := range want {
			if !strings.Contains(body, words) && !strings.Contains(said(body), words) {
				t.Errorf("%s: %q is not on the page: %s", lang, words, said(body))
			}
		}
		if link := regexp.MustCompile(`href="(/api/[^"]*)"`).FindStringSubmatch(markup); link == nil || ask(t, h, "GET", link[1]).StatusCode != http.StatusOK {
			t.Errorf("%s: the link to the JSON is %q", lang, link)
		}
		if strings.Contains(markup, attack) {
			t.Errorf("%s: what people wrote is markup", lang)
		}
	}
	if body := said(bodyOf(t, ask(t, h, "GET", "/fr/snapshots/2025-01...now"))); !strings.Contains(body, "Ce qui a changé depuis l’arrêté 2025-01") || !strings.Contains(body, "Maintenant") {
		t.Errorf("until now: %s", body)
	}
	if body := said(bodyOf(t, ask(t, h, "GET", "/fr/snapshots/2025-01...2025-01"))); !strings.Contains(body, "Rien de ce qui est publié n’a changé.") {
		t.Errorf("with itself: %s", body)
	}
	for _, address := range []string{"/fr/snapshots/2024-12...2024-11", "/fr/snapshots/now...2024-12", "/fr/snapshots/2024-12...", "/fr/snapshots/.....", "/fr/snapshots/2024-11...now/moved.csv", "/api/v1/differences/2024-11...now"} {
		if answer := ask(t, h, "GET", address); answer.StatusCode != http.StatusNotFound {
			t.Errorf("%s: %d", address, answer.StatusCode)
		}
	}
}

// What the API and the file tell of a move adds up, in each language.
func TestADifferenceAsJSONAndAsATable(t *testing.T) {
	h := twoMonths(t)
	var told struct {
		Before, After ToldEnd
		Moved         []struct {
			Indicator string
			Points    *json.Number
			Parts     []toldPart
			Sentence  map[string]string
		}
	}
	if err := json.Unmarshal([]byte(bodyOf(t, ask(t, h, "GET", "/api/v1/differences/2024-12...2025-01"))), &told); err != nil {
		t.Fatal(err)
	}
	if told.Before.Snapshot != "2024-12" || told.After.Snapshot != "2025-01" || told.After.AsOf.Date != 20250131 || len(told.Moved) == 0 {
		t.Fatalf("%+v", told)
	}
	hundredth := regexp.MustCompile(`^-?[0-9]+\.[0-9]{2}$`)
	causes := 0
	for _, m := range told.Moved {
		if m.Points == nil {
			t.Errorf("no points: %+v", m)
			continue
		}
		sum := number("0").Float()
		for _, p := range m.Parts {
			if causes++; !hundredth.MatchString(p.Points.String()) {
				t.Errorf("%s: %s points", m.Indicator, p.Points)
			}
			sum += number(p.Points.String()).Float()
		}
		if whole := number(m.Points.String()).Float(); sum-whole > 0.001 || whole-sum > 0.001 || len(m.Sentence) != 3 {
			t.Errorf("%s: parts of %v, whole %v, %v", m.Indicator, sum, whole, m.Sentence)
		}
	}
	rows, err := csv.NewReader(strings.NewReader(bodyOf(t, ask(t, h, "GET", "/fr/snapshots/2024-12...2025-01/moved.csv")))).ReadAll()
	if err != nil || len(rows) != 1+causes || rows[1][9] == "" || !strings.HasPrefix(rows[1][11], "Reste") && !strings.HasPrefix(rows[1][11], "Passe") {
		t.Errorf("%v: %q, want %d rows", err, rows, causes)
	}
}
