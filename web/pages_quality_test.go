package web

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"jalon/indicators"
	"jalon/sql"
	"jalon/sql/sqltest"
)

// doubtful is the tests' programme with figures that the rules of quality doubt.
func doubtful() *indicators.Dataset {
	d, figures := apiDefinitions(), apiFigures()
	for n := range d.Indicators {
		if i := &d.Indicators[n]; i.Code == "THREE" {
			i.Accumulation = indicators.Cumulative
		}
	}
	three := figures[indicators.SeriesKey{Indicator: "THREE"}]
	last := three[1]
	last.Period, last.Value = period("2025"), number("139.5")
	figures[indicators.SeriesKey{Indicator: "THREE"}] = append(three, last)
	return indicators.NewDataset(d, apiChangesets(), figures)
}

func TestQualityPageSaysWhatIsDoubted(t *testing.T) {
	h := apiServer(t, doubtful(), io.Discard).Handler()
	for lang, words := range map[string][]string{
		"fr": {"Grave", "Cumul en baisse", "Le cumul est de 139,5", "en dessous de 140", "(2024)", "Illustratif et réel mêlés", "Les règles"},
		"en": {"Severe", "Cumulative value fell", "The cumulative value is 139.5", "below 140", "Illustrative beside real"},
		"ar": {"خطيرة", "انخفاض مجموع تراكمي", "139,5", "القواعد"},
	} {
		body := bodyOf(t, ask(t, h, "GET", "/"+lang+"/quality"))
		for _, want := range words {
			if !strings.Contains(said(body), want) {
				t.Errorf("%s: the page lacks %q:\n%s", lang, want, said(body))
			}
		}
		if !strings.Contains(body, `href="/`+lang+`/indicators/THREE"`) {
			t.Errorf("%s: nothing leads to the indicator", lang)
		}
		if strings.Contains(body, `class="judging"`) {
			t.Errorf("%s: the public is offered a form", lang)
		}
	}
	if body := bodyOf(t, ask(t, h, "GET", "/fr/")); !strings.Contains(body, `href="/fr/quality"`) {
		t.Error("no page leads there")
	}
}

func TestQualityPageIsNarrowedDown(t *testing.T) {
	h := apiServer(t, doubtful(), io.Discard).Handler()
	rows := func(address string) int {
		return strings.Count(bodyOf(t, ask(t, h, "GET", address)), `<th scope="row" role="rowheader">`)
	}
	all := rows("/fr/quality")
	for address, want := range map[string]int{
		"/fr/quality?severity=severe": 1, "/fr/quality?rule=cumulative_fell": 1, "/fr/quality?rule=jump": 0,
		"/fr/quality?rule=cumulative_fell&group=": 1, "/fr/quality?fbclid=1": all, "/fr/quality?rule=cumulative_fell&as-of=c1": 0,
	} {
		if got := rows(address); got != want {
			t.Errorf("%s shows %d findings, want %d", address, got, want)
		}
	}
	for address, want := range map[string]int{
		"/fr/quality?rule=none": 400, "/fr/quality?severity=grave": 400, "/fr/quality?group=99": 404, "/fr/quality?rule=jump&rule=stale": 400,
		"/fr/quality?as_of=c1": 400, "/fr/quality?rule=" + url.QueryEscape(attack): 400,
	} {
		answer := ask(t, h, "GET", address)
		if body := bodyOf(t, answer); answer.StatusCode != want || strings.Contains(body, "<script>alert") {
			t.Errorf("%s answers %d, want %d", address, answer.StatusCode, want)
		}
	}
}

// sent posts a form as somebody, who may be nobody.
func sent(t *testing.T, h http.Handler, who *indicators.Account, address string, form url.Values) *http.Response {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, address, strings.NewReader(form.Encode()))
	return as(h, who, r)
}

// seen asks for a page as somebody.
func seen(t *testing.T, h http.Handler, who *indicators.Account, address string) string {
	t.Helper()
	return bodyOf(t, as(h, who, httptest.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)))
}

func as(h http.Handler, who *indicators.Account, r *http.Request) *http.Response {
	if r.Method == http.MethodPost {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	if who != nil {
		r = r.WithContext(context.WithValue(r.Context(), visitorKey{}, visitor{account: who}))
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Result()
}

// falling is a database in which THREE falls, with a part that is more than the whole: it
// was published, in the first changeset, before that was doubted.
func falling(t *testing.T) *sql.Store {
	t.Helper()
	store := sqltest.Open(t)
	three := func(also func(*indicators.Indicator)) *indicators.Workbook {
		w := apiWorkbook()
		for n := range w.Indicators {
			if change := w.Indicators[n].Change; w.Indicators[n].Key == "THREE" {
				w.Indicators[n].Change = func(i *indicators.Indicator) {
					change(i)
					also(i)
				}
			}
		}
		return w
	}
	women := reported("THREE", "2024", "77777")
	women.Breakdown.Sex = "F"
	record(t, store, three(func(i *indicators.Indicator) { i.Kind = "number" }),
		reported("THREE", "2016", "100"), reported("THREE", "2023", "140"), reported("THREE", "2024", "139"), women)
	record(t, store, three(func(i *indicators.Indicator) {
		i.Accumulation, i.Additive, i.Kind = indicators.Cumulative, indicators.Codes{"sex"}, "number"
	}))
	return store
}

// markOf is the mark of the first finding of a rule on a page.
func markOf(t *testing.T, page, rule string) string {
	t.Helper()
	for _, row := range strings.Split(page, `<tr role="row" id="m-`)[1:] {
		if strings.Contains(row, rule) {
			return row[:32]
		}
	}
	t.Fatalf("no finding %q on the page: %s", rule, said(page))
	return ""
}

func verifierAccount() *indicators.Account {
	return &indicators.Account{ID: 7, Name: "Somebody", Email: "somebody@example.org", Role: indicators.Verifier}
}

// The public is told that parts do not add up, and no number from which a small one could
// be worked out; who sees all work is told the numbers.
func TestNumbersOfPartsAreNotForThePublic(t *testing.T) {
	h := serving(t, falling(t))
	own, public := seen(t, h, verifierAccount(), "/en/quality?rule=parts_total"), seen(t, h, nil, "/en/quality?rule=parts_total")
	if !strings.Contains(own, "77,777") {
		t.Errorf("a verifier is not told the sum: %s", said(own))
	}
	if mark := markOf(t, own, "Parts and total"); strings.Contains(public, mark) {
		t.Error("the public is given a mark, which is made of the numbers")
	}
	if strings.Contains(public, "77,777") || !strings.Contains(said(public), "The parts (sex) do not make the total") {
		t.Errorf("the public is told: %s", said(public))
	}
	donor := &indicators.Account{ID: 3, Role: indicators.DonorReader, Scope: indicators.Scope{Organisations: indicators.Codes{"DON"}}}
	if strings.Contains(seen(t, h, donor, "/en/quality?rule=parts_total"), "77,777") {
		t.Error("a donor reader is told the sum")
	}
}

// What is drawn for a person is kept by nobody; the public page has an ETag as all do.
func TestQualityPageOfAPersonIsNotKept(t *testing.T) {
	h := serving(t, falling(t))
	own := as(h, verifierAccount(), httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/fr/quality", nil))
	if own.Header.Get("Cache-Control") != "private, no-store" || own.Header.Get("ETag") != "" {
		t.Errorf("headers of a person's page: %v", own.Header)
	}
	if tag := ask(t, h, "GET", "/fr/quality").Header.Get("ETag"); !regexp.MustCompile(`^W/"c2-`).MatchString(tag) {
		t.Errorf("ETag of the public page: %q", tag)
	}
}

// The rules go through a state once, whatever is accepted or entered meanwhile; what is
// published has them go through it again.
func TestFindingsAreFoundOnce(t *testing.T) {
	kept, loads := newInspected(), 0
	load := func(context.Context) (indicators.QualityInput, error) {
		loads++
		return indicators.QualityInput{}, nil
	}
	known := apiChangesets()
	look := func(day indicators.Date) {
		t.Helper()
		if _, err := kept.of(t.Context(), indicators.NewDataset(apiDefinitions(), known, apiFigures()).On(day), load); err != nil {
			t.Fatal(err)
		}
	}
	for _, step := range []struct {
		kind indicators.Kind
		day  indicators.Date
		want int
	}{{"", 20261031, 1}, {indicators.Accepted, 20261031, 1}, {indicators.Drafted, 20261031, 1}, {indicators.Publishing, 20261031, 2}, {indicators.Accepted, 20261101, 3}} {
		if step.kind != "" {
			known = append(known, indicators.Changeset{Number: len(known) + 1, At: atDay("2026-10-01"), Kind: step.kind})
		}
		look(step.day)
		look(step.day)
		if loads != step.want {
			t.Errorf("after %q on %d: loaded %d times, want %d", step.kind, step.day, loads, step.want)
		}
	}
}
