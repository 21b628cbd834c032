package web

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"jalon/indicators"
	"jalon/sql/sqltest"
)

// Of two who change one entry the later is shown both versions, keeps what they typed, and
// takes over what they did not touch.
func TestTheLaterOfTwoIsShownBothVersions(t *testing.T) {
	m := newMinistry(t)
	m.add("second", indicators.Account{Role: indicators.Administrator})
	first, second := m.signedIn("admin"), m.signedIn("second")
	const edit = "/fr/admin/groups/edit?key=1"
	early := fieldsOf(t, second.page(edit))
	expect(t, first.post(edit, early.with("title_fr", "De la première", "title_en", "By the first", "do", "save", "reason", "x")...), http.StatusSeeOther)
	late := early.with("title_fr", "De la seconde", "coordinator", "MIN", "do", "save", "reason", "y")
	body := expect(t, second.post(edit, late...), http.StatusConflict)
	for _, want := range []string{"Quelqu’un d’autre a changé cela", "De la première", "De la seconde", "Protection"} {
		if !strings.Contains(body, want) {
			t.Errorf("the answer lacks %q", want)
		}
	}
	again := fieldsOf(t, body)
	if again.value("title_fr") != "De la seconde" || again.value("coordinator") != "MIN" || again.value("title_en") != "By the first" {
		t.Errorf("the form holds %q", again)
	}
	expect(t, second.post(edit, again.with("do", "save", "reason", "y")...), http.StatusSeeOther)
	if got := fieldsOf(t, first.page(edit)); got.value("title_fr") != "De la seconde" || got.value("title_en") != "By the first" {
		t.Errorf("written was %q", got)
	}
}

// What somebody else has ended is brought back only by whoever says so.
func TestAnEntryThatHasEndedMeanwhile(t *testing.T) {
	m := newMinistry(t)
	p := m.signedIn("admin")
	const edit = "/fr/admin/milestones/edit?key=A1%3AJ1"
	early := fieldsOf(t, p.page(edit))
	expect(t, p.post(edit, "drawn", early.value("drawn"), "remove", "yes", "do", "save", "reason", "x"), http.StatusSeeOther)
	body := expect(t, p.post(edit, early.with("title_fr", "Guichet rouvert", "do", "save", "reason", "y")...), http.StatusConflict)
	again := fieldsOf(t, body)
	if !strings.Contains(body, "a pris fin entre-temps") || again.value("action") != "A1" || again.value("code") != "J1" || again.value("title_fr") != "Guichet rouvert" {
		t.Errorf("the form holds %q", again)
	}
	expect(t, p.post("/fr/admin/milestones/edit", again.with("do", "save", "reason", "y")...), http.StatusSeeOther)
	expect(t, p.get(edit), http.StatusOK)
}

// Two who add an entry of one key: the later is shown that of the first.
func TestTwoWhoAddTheSame(t *testing.T) {
	m := newMinistry(t)
	p := m.signedIn("admin")
	const fresh = "/fr/admin/groups/edit"
	drawn := hidden(t, p.page(fresh), "drawn")
	form := []string{"drawn", drawn, "code", "9", "do", "save", "reason", "x"}
	expect(t, p.post(fresh, append(form, "title_fr", "Le premier")...), http.StatusSeeOther)
	body := expect(t, p.post(fresh, append(form, "title_fr", "Le second")...), http.StatusConflict)
	if !strings.Contains(body, "Le premier") || fieldsOf(t, body).value("title_fr") != "Le second" || !strings.Contains(body, `action="/fr/admin/groups/edit?key=9"`) {
		t.Error("the form does not lead to the entry that there is now")
	}
}

// A server that has not yet seen what another has written does not write over it.
func TestAConflictAtTheLastMoment(t *testing.T) {
	store := sqltest.Open(t)
	record(t, store, apiWorkbook())
	m := &ministry{t: t, store: store, accounts: map[string]indicators.Account{}}
	m.hash, _ = HashPassword(passphrase, "x@example.org")
	m.add("admin", indicators.Account{Role: indicators.Administrator})
	live := NewLive(store, nil, nil) // it does not run: nothing tells it of changesets
	s, err := New(Config{Version: "1"}, store, live)
	if err != nil {
		t.Fatal(err)
	}
	if err := live.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	m.h = s.Handler()
	p := m.signedIn("admin")
	const edit = "/fr/admin/groups/edit?key=1"
	form := fieldsOf(t, p.page(edit))
	settings := fieldsOf(t, p.page("/fr/admin/settings"))
	theirs := indicators.Edit[indicators.Group]{Key: "1", Change: func(g *indicators.Group) { g.Title.FR = "D’ailleurs" }}
	coverage := indicators.Edit[indicators.Setting]{Key: "min_coverage", Change: func(s *indicators.Setting) { *s = indicators.Setting{Key: "min_coverage", Value: "0.5"} }}
	record(t, store, &indicators.Workbook{Groups: []indicators.Edit[indicators.Group]{theirs}, Settings: []indicators.Edit[indicators.Setting]{coverage}})

	body := expect(t, p.post(edit, form.with("title_fr", "D’ici", "do", "save", "reason", "x")...), http.StatusConflict)
	if !strings.Contains(body, "D’ailleurs") || fieldsOf(t, body).value("title_fr") != "D’ici" {
		t.Error("one of the versions is lost")
	}
	live.current.Store(nil) // as the server was before
	if err := live.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	body = expect(t, p.post("/fr/admin/settings", settings.with("stale_years", "5", "do", "save", "reason", "x")...), http.StatusConflict)
	if again := fieldsOf(t, body); again.value("stale_years") != "5" || again.value("min_coverage") != "0.5" {
		t.Errorf("the form holds %q", again)
	}
	if c := m.newest(t); c != 2 {
		t.Errorf("%d changesets", c)
	}
}

// Who waits for a long import is told after a while, and the form keeps what was typed.
func TestAFormThatWaitsForAnImportKeepsWhatWasTyped(t *testing.T) {
	m := newMinistry(t)
	m.server.cfg.WriteWait = 50 * time.Millisecond
	p := m.signedIn("admin")
	form := fieldsOf(t, p.page("/fr/admin/groups/edit?key=1"))
	settings := fieldsOf(t, p.page("/fr/admin/settings"))
	tx, err := m.store.DB().BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = tx.Rollback() }()
	if _, err := tx.ExecContext(t.Context(), `SELECT pg_advisory_xact_lock(7461001)`); err != nil {
		t.Fatal(err)
	}
	for address, fields := range map[string][]string{
		"/fr/admin/groups/edit?key=1": form.with("title_fr", "Gardé", "do", "save", "reason", "Gardée"), "/fr/admin/settings": settings.with("licence", "Gardé", "do", "save", "reason", "Gardée"),
	} {
		answer := p.post(address, fields...)
		body := expect(t, answer, http.StatusServiceUnavailable)
		if answer.Header.Get("Retry-After") == "" || !strings.Contains(body, `value="Gardé"`) || !strings.Contains(body, "Gardée</textarea>") || !strings.Contains(body, "Rien n’est perdu") {
			t.Errorf("%s: what was typed is lost, or nothing says when to try again", address)
		}
	}
}

// Another site has nothing changed in an administrator's name.
func TestFormsFromOtherSitesAreRefused(t *testing.T) {
	m := newMinistry(t)
	p := m.signedIn("admin")
	for address, form := range map[string]url.Values{
		"/fr/admin/groups/edit?key=1":       {"drawn": {"1"}, "title_fr": {"X"}, "do": {"save"}, "reason": {"x"}},
		"/fr/admin/settings":                {"drawn": {"1"}, "licence": {"X"}, "do": {"save"}, "reason": {"x"}},
		"/fr/admin/accounts/edit":           {"do": {"add"}, "name": {"X"}, "email": {"x@example.tn"}, "role": {"administrator"}, "language": {"fr"}},
		"/fr/admin/accounts/edit?id=" + "2": {"do": {"delete"}, "sure": {"yes"}},
	} {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, address, strings.NewReader(form.Encode()))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Sec-Fetch-Site", "cross-site")
		r.Header.Set("Origin", "https://evil.example")
		expect(t, p.send(r), http.StatusForbidden)
	}
	people, err := m.store.People(t.Context())
	if err != nil || len(people) != len(m.accounts) || m.newest(t) != 1 {
		t.Errorf("%d accounts, %d changesets: %v", len(people), m.newest(t), err)
	}
}

// What a change leads to is reckoned in well under a second, also with many indicators.
func TestALookAtWhatChangesIsQuick(t *testing.T) {
	m := newMinistry(t)
	var d indicators.Definitions
	for n := range 300 {
		i := indicators.Indicator{Code: fmt.Sprintf("W-%03d", n), Title: french("Large"), Unit: "PERSONS", Kind: "number", Direction: indicators.Increase,
			Accumulation: indicators.Level, Frequency: indicators.Yearly, Groups: indicators.Codes{"1"}, Results: links("sdg2030:10.c")}
		d.Indicators = append(d.Indicators, i)
		d.Targets = append(d.Targets, indicators.Target{Indicator: i.Code, Kind: "target", Framework: "sdg2030", Period: period("2030"), Value: number("200")})
	}
	all := make([]indicators.Observation, 0, 600)
	for n := range d.Indicators {
		all = append(all, reported(d.Indicators[n].Code, "2016", "100"), reported(d.Indicators[n].Code, "2024", "120"))
	}
	record(t, m.store, &indicators.Workbook{Indicators: edits(d.Indicators), Targets: edits(d.Targets)}, all...)
	p := m.signedIn("admin")
	p.served("/fr/groups/1", "Large")
	edit := "/fr/admin/frameworks/edit?key=sdg2030"
	form := fieldsOf(t, p.page(edit)).with("method", "achievement_rate", "do", "preview")
	began := time.Now()
	body := expect(t, p.post(edit, form...), http.StatusOK)
	took := time.Since(began)
	t.Logf("%s for 300 indicators", took)
	if took > time.Second || !strings.Contains(body, "évaluations changent") || !strings.Contains(body, "et "+strconv.Itoa(302-listedMoves)+" autres") {
		t.Errorf("after %s: %s", took, body[strings.Index(body, "<main"):])
	}
}
