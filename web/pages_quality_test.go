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
	"time"

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

// falling is a database in which THREE falls, with a part that is more than the whole.
func falling(t *testing.T) *sql.Store {
	t.Helper()
	store := sqltest.Open(t)
	w := apiWorkbook()
	for n := range w.Indicators {
		if change := w.Indicators[n].Change; w.Indicators[n].Key == "THREE" {
			w.Indicators[n].Change = func(i *indicators.Indicator) {
				change(i)
				i.Accumulation, i.Additive, i.Kind = indicators.Cumulative, indicators.Codes{"sex"}, "number"
			}
		}
	}
	women := reported("THREE", "2024", "77777")
	women.Breakdown.Sex = "F"
	record(t, store, w, reported("THREE", "2016", "100"), reported("THREE", "2023", "140"), reported("THREE", "2024", "139"), women)
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

func TestAcceptingAFindingOnThePage(t *testing.T) {
	store := falling(t)
	h, who := serving(t, store), verifierAccount()
	page := seen(t, h, who, "/fr/quality")
	mark := markOf(t, page, "Cumul en baisse")

	reason := "Le registre a été recompté " + attack
	answer := sent(t, h, who, "/fr/quality?severity=severe", url.Values{"do": {"accept"}, "mark": {mark}, "reason": {reason}})
	if answer.StatusCode != http.StatusSeeOther || answer.Header.Get("Location") != "/fr/quality?severity=severe&done=accept" {
		t.Fatalf("%d to %q: %s", answer.StatusCode, answer.Header.Get("Location"), said(bodyOf(t, answer)))
	}
	page = seen(t, h, who, "/fr/quality?done=accept")
	if !strings.Contains(page, "Le constat est accepté.") || strings.Contains(page, `id="m-`+mark) || strings.Contains(page, "<script>alert") {
		t.Errorf("the page after it:\n%s", said(page))
	}
	public := bodyOf(t, ask(t, h, "GET", "/fr/quality"))
	for _, want := range []string{"Le registre a été recompté", "accepté par la vérification le"} {
		if !strings.Contains(said(public), want) {
			t.Errorf("the public is not told %q", want)
		}
	}
	for _, never := range []string{"Somebody", "somebody@example.org", "account-7", "<script>alert"} {
		if strings.Contains(public, never) {
			t.Errorf("the public is told %q", never)
		}
	}
	if before := seen(t, h, who, "/fr/quality?as-of=c1"); !strings.Contains(before, `id="m-`+mark) {
		t.Error("it was not accepted yet at the first changeset")
	}

	again := sent(t, h, who, "/fr/quality", url.Values{"do": {"accept"}, "mark": {mark}, "reason": {"encore"}})
	if body := bodyOf(t, again); again.StatusCode != http.StatusConflict || !strings.Contains(said(body), "n’est plus ce qu’il était") {
		t.Errorf("accepted twice: %d", again.StatusCode)
	}
	answer = sent(t, h, who, "/fr/quality", url.Values{"do": {"take_back"}, "mark": {mark}, "reason": {"Le registre était faux"}})
	if answer.StatusCode != http.StatusSeeOther || !strings.Contains(seen(t, h, who, "/fr/quality"), `id="m-`+mark) {
		t.Errorf("taken back: %d", answer.StatusCode)
	}
}

// A figure that changes while somebody writes why it is right is not accepted by that.
func TestAFigureChangesUnderAnAcceptance(t *testing.T) {
	store := falling(t)
	h, who := serving(t, store), verifierAccount()
	mark := markOf(t, seen(t, h, who, "/fr/quality"), "Cumul en baisse")
	record(t, store, nil, reported("THREE", "2024", "138"))
	within(t, 5*time.Second, "the new figure", func() bool {
		return !strings.Contains(seen(t, h, who, "/fr/quality"), `id="m-`+mark)
	})
	answer := sent(t, h, who, "/fr/quality", url.Values{"do": {"accept"}, "mark": {mark}, "reason": {"Le registre a été recompté"}})
	if answer.StatusCode != http.StatusConflict {
		t.Errorf("answered %d", answer.StatusCode)
	}
	if accepted, err := store.Acceptances(t.Context(), 9); err != nil || len(accepted) != 0 {
		t.Errorf("accepted: %v, %v", accepted, err)
	}
}

func TestWhoMayAccept(t *testing.T) {
	store := falling(t)
	h := serving(t, store)
	mark := markOf(t, seen(t, h, verifierAccount(), "/fr/quality"), "Cumul en baisse")
	everybody := []*indicators.Account{nil, {ID: 9, Role: indicators.Verifier, Disabled: true}}
	for _, role := range indicators.Roles() {
		everybody = append(everybody, &indicators.Account{ID: 8, Role: role, Scope: indicators.Scope{Groups: indicators.Codes{"1", "2"}}})
	}
	for _, who := range everybody {
		may := who.Has(indicators.Accept)
		if form := strings.Contains(seen(t, h, who, "/fr/quality"), `class="judging"`); form != may {
			t.Errorf("%+v is offered a form: %v", who, form)
		}
		if strings.Contains(seen(t, h, who, "/fr/quality?as-of=c1"), `class="judging"`) {
			t.Errorf("%+v is offered to change the past", who)
		}
		for _, do := range []string{"accept", "take_back"} {
			answer := sent(t, h, who, "/fr/quality", url.Values{"do": {do}, "mark": {mark}, "reason": {"essai"}})
			if want := map[bool]int{true: http.StatusSeeOther, false: http.StatusForbidden}[may]; answer.StatusCode != want {
				t.Errorf("%+v: %s answers %d, want %d", who, do, answer.StatusCode, want)
			}
		}
	}
}

func newestOf(t *testing.T, store *sql.Store) int {
	t.Helper()
	all, err := store.Changesets(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return len(all)
}

// What is refused is said at the form, which keeps what was typed.
func TestAcceptancesThatAreNotUnderstood(t *testing.T) {
	store := falling(t)
	h, who := serving(t, store), verifierAccount()
	mark := markOf(t, seen(t, h, who, "/fr/quality"), "Cumul en baisse")
	long := strings.Repeat("é", maxReason+1)
	for _, tt := range []struct {
		name   string
		form   url.Values
		status int
		says   string
	}{
		{"no reason", url.Values{"do": {"accept"}, "mark": {mark}, "reason": {"  "}}, 422, "Un motif est nécessaire"},
		{"too long", url.Values{"do": {"accept"}, "mark": {mark}, "reason": {long}}, 422, "2000 caractères au plus"},
		{"another mark", url.Values{"do": {"accept"}, "mark": {"../../etc"}, "reason": {"x"}}, 409, "n’est plus ce qu’il était"},
		{"not accepted", url.Values{"do": {"take_back"}, "mark": {mark}, "reason": {"x"}}, 409, "n’est plus ce qu’il était"},
		{"another deed", url.Values{"do": {"delete"}, "mark": {mark}, "reason": {"x"}}, 400, "pas comprise"},
		{"nothing", nil, 400, "pas comprise"},
	} {
		answer := sent(t, h, who, "/fr/quality", tt.form)
		body := bodyOf(t, answer)
		if answer.StatusCode != tt.status || !strings.Contains(said(body), tt.says) {
			t.Errorf("%s: %d, want %d with %q", tt.name, answer.StatusCode, tt.status, tt.says)
		}
		if tt.name == "too long" && !strings.Contains(body, long) {
			t.Error("what was typed is lost")
		}
	}
	if n := newestOf(t, store); n != 1 {
		t.Errorf("%d changesets: something was written", n)
	}
}

// Who waits too long for another writer is told, and keeps what was typed.
func TestAcceptingWhileAnotherWrites(t *testing.T) {
	store := falling(t)
	h, who := serving(t, store), verifierAccount()
	mark := markOf(t, seen(t, h, who, "/fr/quality"), "Cumul en baisse")
	tx, err := store.DB().BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback()
	if _, err := tx.ExecContext(t.Context(), `SELECT pg_advisory_xact_lock(7461001)`); err != nil {
		t.Fatal(err)
	}
	answer := sent(t, h, who, "/fr/quality", url.Values{"do": {"accept"}, "mark": {mark}, "reason": {"Le registre a été recompté"}})
	if body := bodyOf(t, answer); answer.StatusCode != http.StatusServiceUnavailable || answer.Header.Get("Retry-After") != "5" ||
		!strings.Contains(body, "Le registre a été recompté") || !strings.Contains(said(body), "Une autre écriture est en cours") {
		t.Errorf("answered %d with Retry-After %q", answer.StatusCode, answer.Header.Get("Retry-After"))
	}
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
	if tag := ask(t, h, "GET", "/fr/quality").Header.Get("ETag"); !regexp.MustCompile(`^W/"c1-`).MatchString(tag) {
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
