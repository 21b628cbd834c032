package web

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"jalon/indicators"
)

// A figure goes from the grid of a focal point to the page of a citizen, and who may not see
// it on its way does not.
func TestAFigureGoesFromTheGridToThePublic(t *testing.T) {
	m := newMinistry(t)
	focal, verifier, citizen := m.signedIn("theme1"), m.signedIn("verifier"), m.signedIn("")
	expect(t, focal.enters("THREE", "2025", "151,5"), http.StatusSeeOther)
	if body := focal.page("/fr/desk"); !strings.Contains(body, "Brouillons à soumettre") || !strings.Contains(body, "151,5") {
		t.Error("the draft is not on the desk")
	}
	preview := expect(t, focal.post("/fr/desk/review", "do", "submit", "figure", m.onItsWay("THREE")), http.StatusOK)
	if !strings.Contains(preview, "Ce que la publication change") || strings.Count(preview, `class="status`) < 2 {
		t.Error("the page before submission does not say what moves")
	}
	expect(t, focal.steps("submit", "THREE", ""), http.StatusSeeOther)
	if strings.Contains(citizen.page("/fr/indicators/THREE"), "151,5") {
		t.Error("the public sees a submitted figure")
	}
	expect(t, verifier.steps("verify", "THREE", ""), http.StatusSeeOther)
	expect(t, verifier.steps("publish", "THREE", "octobre"), http.StatusSeeOther)
	citizen.served("/fr/indicators/THREE", "151,5")
}

// Nobody takes a step that is not theirs, whatever the form says.
func TestNobodyDoesWhatIsNotTheirs(t *testing.T) {
	m := newMinistry(t)
	focal := m.signedIn("theme1")
	expect(t, focal.enters("THREE", "2025", "151"), http.StatusSeeOther)
	for _, kind := range []string{"verify", "publish"} { // a step that finds the figure in another state
		expect(t, focal.steps(kind, "THREE", ""), http.StatusConflict)
	}
	expect(t, m.signedIn("theme2").steps("submit", "THREE", ""), http.StatusForbidden)
	expect(t, focal.steps("submit", "THREE", ""), http.StatusSeeOther)
	for _, who := range []string{"theme1", "theme2", "auditor", "donor"} {
		expect(t, m.signedIn(who).steps("verify", "THREE", ""), http.StatusForbidden)
	}
	expect(t, m.signedIn("").post("/fr/desk/review", "do", "verify", "figure", m.onItsWay("THREE")), http.StatusForbidden)
	expect(t, m.signedIn("verifier").steps("verify", "THREE", ""), http.StatusSeeOther)
	for _, who := range []string{"theme1", "auditor"} {
		expect(t, m.signedIn(who).steps("publish", "THREE", ""), http.StatusForbidden)
	}
	grid := "/fr/desk/grid?frequency=year"
	expect(t, m.signedIn("theme2").post(grid, "seen", "1", "v:THREE:2025", "1"), http.StatusForbidden)
	for _, who := range []string{"verifier", "auditor", "donor"} {
		expect(t, m.signedIn(who).post(grid, "seen", "1", "v:THREE:2025", "1"), http.StatusForbidden)
	}
	expect(t, focal.post("/fr/desk/periods", "do", "lock", "period", "2024", "reason", "x"), http.StatusForbidden)
}

// A donor reader sees what it funds once that is verified, before the public does; another
// donor does not.
func TestADonorSeesWhatItFundsBeforeThePublic(t *testing.T) {
	m := newMinistry(t)
	focal, donor, other := m.signedIn("theme1"), m.signedIn("donor"), m.signedIn("other")
	expect(t, focal.enters("DELAY", "2026-08", "37,25"), http.StatusSeeOther)
	expect(t, focal.steps("submit", "DELAY", ""), http.StatusSeeOther)
	seen := func(p *person) bool {
		onDesk, onPage := strings.Contains(p.page("/fr/desk"), "37,25"), strings.Contains(p.page("/fr/indicators/DELAY"), "37,25")
		if onDesk != onPage {
			t.Error("the desk and the page do not show the same")
		}
		return onDesk
	}
	if seen(donor) || seen(other) {
		t.Error("a donor sees what is only submitted")
	}
	expect(t, m.signedIn("verifier").steps("verify", "DELAY", ""), http.StatusSeeOther)
	if !seen(donor) {
		t.Error("the donor does not see what it funds")
	}
	if seen(other) || strings.Contains(m.signedIn("").page("/fr/indicators/DELAY"), "37,25") {
		t.Error("somebody else sees it, too")
	}
	form := "/fr/desk/figures/DELAY?period=2026-08"
	if !strings.Contains(donor.page(form), "37,25") {
		t.Error("the donor is not shown the figure whole")
	}
	expect(t, other.get(form), http.StatusForbidden)
	expect(t, donor.post(form, "seen", "1", "value", "1", "obs_status", "A"), http.StatusForbidden)
}

// Of two who change one figure the later is told both versions, and keeps what they typed.
func TestTheLaterOfTwoKeepsWhatTheyTyped(t *testing.T) {
	m := newMinistry(t)
	first, second := m.signedIn("theme1"), m.signedIn("admin")
	grid := "/fr/desk/grid?frequency=year"
	seen := hidden(t, second.page(grid), "seen")
	expect(t, first.enters("THREE", "2025", "151"), http.StatusSeeOther)
	body := expect(t, second.post(grid, "seen", seen, "v:THREE:2025", "152", "v:REM-COST:2025", "4", "do", "draft"), http.StatusConflict)
	for _, want := range []string{"151", `name="v:THREE:2025" inputmode="decimal" dir="ltr" value="152"`, `value="4"`, "Quelqu’un d’autre est passé avant"} {
		if !strings.Contains(body, want) {
			t.Errorf("the answer lacks %q", want)
		}
	}
	expect(t, second.post(grid, "seen", hidden(t, body, "seen"), "v:THREE:2025", "152", "do", "draft"), http.StatusSeeOther)
}

// What cannot be a figure is told at its cell, in the reader's language, and nothing is
// written.
func TestWhatIsTypedWronglyIsToldAtItsCell(t *testing.T) {
	m := newMinistry(t)
	p := m.signedIn("admin")
	grid := "/fr/desk/grid?frequency=year"
	seen := hidden(t, p.page(grid), "seen")
	for text, want := range map[string]string{
		"beaucoup": "n’est pas un nombre", "140": "dépasse le maximum", "-1": "sous le minimum", `"><script>`: "&gt;&lt;script&gt;",
	} {
		body := expect(t, p.post(grid, "seen", seen, "v:REM-COST:2025", text, "v:THREE:2025", "150", "do", "draft"), http.StatusUnprocessableEntity)
		if !strings.Contains(body, want) || !strings.Contains(body, `value="150"`) || !strings.Contains(body, `aria-invalid="true"`) {
			t.Errorf("%q: the answer lacks %q, what was typed, or the mark", text, want)
		}
	}
	body := expect(t, p.post(grid, "seen", seen, "v:THREE:2024", "", "do", "draft"), http.StatusUnprocessableEntity)
	if !strings.Contains(body, "ne s’efface pas") {
		t.Error("a published value is taken away by emptying its cell")
	}
	if all, _, err := m.store.Work(t.Context(), nil); err != nil || len(all) > 0 {
		t.Errorf("something was written: %+v, %v", all, err)
	}
}

// A number is read as people type it: with groups and a decimal comma, or in the digits of
// an Arabic keyboard.
func TestNumbersAreReadAsPeopleTypeThem(t *testing.T) {
	for text, want := range map[string]string{"1 234,5": "1234.5", "−3": "-3", "١٧٣": "173", "٤١٫٢": "41.2", "-٢": "-2"} {
		if got, err := typedNumber(text); err != nil || got.String() != want {
			t.Errorf("%q: got %v, %v", text, got, err)
		}
	}
	for _, text := range []string{"beaucoup", "١٫٢٫٣", "٪"} {
		if got, err := typedNumber(text); err == nil {
			t.Errorf("%q is read as %v", text, got)
		}
	}
}

// Who waits for a long import is told after a while, and the form keeps what was typed.
func TestWhoWaitsForAnImportIsTold(t *testing.T) {
	m := newMinistry(t)
	m.server.cfg.WriteWait = 50 * time.Millisecond
	p := m.signedIn("theme1")
	tx, err := m.store.DB().BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = tx.Rollback() }()
	if _, err := tx.ExecContext(t.Context(), `SELECT pg_advisory_xact_lock(7461001)`); err != nil {
		t.Fatal(err)
	}
	answer := p.enters("THREE", "2025", "151")
	if body := expect(t, answer, http.StatusServiceUnavailable); answer.Header.Get("Retry-After") == "" || !strings.Contains(body, `value="151"`) {
		t.Error("what was typed is lost, or nothing says when to try again")
	}
}

func TestAFigureWhole(t *testing.T) {
	m := newMinistry(t)
	p := m.signedIn("theme1")
	form := "/fr/desk/figures/THREE?period=2025&breakdown=sex%3DF"
	seen := hidden(t, p.page(form), "seen")
	expect(t, p.post(form, "seen", seen, "value", "71,5", "obs_status", "P", "comment", "<b>provisoire</b>", "source", "INS", "do", "draft"), http.StatusSeeOther)
	body := p.page(form)
	for _, want := range []string{"71,5", "&lt;b&gt;provisoire&lt;/b&gt;", "INS", ", femmes"} {
		if !strings.Contains(body, want) {
			t.Errorf("the form lacks %q", want)
		}
	}
	all, _, err := m.store.Work(t.Context(), nil)
	if err != nil || len(all) != 1 || all[0].Breakdown != (indicators.Breakdown{Sex: "F"}) || all[0].Status != "P" {
		t.Errorf("work = %+v, %v", all, err)
	}
	expect(t, p.post(form, "seen", hidden(t, body, "seen"), "value", "", "obs_status", "A", "do", "draft"), http.StatusUnprocessableEntity)
	expect(t, p.get("/fr/desk/figures/THREE?period=demain"), http.StatusBadRequest)
	expect(t, p.get("/fr/desk/figures/NOTHING?period=2025"), http.StatusNotFound)
}

func TestALockedPeriodIsNotEntered(t *testing.T) {
	m := newMinistry(t)
	verifier, focal := m.signedIn("verifier"), m.signedIn("theme1")
	expect(t, verifier.post("/fr/desk/periods", "do", "lock", "period", "2025", "reason", ""), http.StatusUnprocessableEntity)
	expect(t, verifier.post("/fr/desk/periods", "do", "lock", "period", "hier", "reason", "x"), http.StatusUnprocessableEntity)
	expect(t, verifier.post("/fr/desk/periods", "do", "lock", "period", "2025", "reason", "clos <b>"), http.StatusSeeOther)
	expect(t, verifier.post("/fr/desk/periods", "do", "lock", "period", "2025", "reason", "encore"), http.StatusConflict)
	if body := verifier.page("/fr/desk/periods"); !strings.Contains(body, "clos &lt;b&gt;") {
		t.Error("the list lacks the lock")
	}
	if strings.Contains(focal.page("/fr/desk/grid?frequency=year"), `name="v:THREE:2025"`) {
		t.Error("a cell of a locked period can be typed into")
	}
	expect(t, focal.enters("THREE", "2025", "151"), http.StatusUnprocessableEntity)
	expect(t, verifier.post("/fr/desk/periods", "do", "unlock", "period", "2025", "reason", "erreur"), http.StatusSeeOther)
	expect(t, focal.enters("THREE", "2025", "151"), http.StatusSeeOther)
}

// What no keyboard sends is refused in a sentence, wherever it is typed.
func TestBytesThatAreNoTextAreRefused(t *testing.T) {
	m := newMinistry(t)
	p := m.signedIn("admin")
	for _, text := range []string{"a\x00b", "\xff"} {
		for _, answer := range []*http.Response{
			m.signedIn("").post("/fr/sign-in", "email", text, "password", "x"),
			p.post("/fr/desk/periods", "do", "lock", "period", "2020", "reason", text),
			p.post("/fr/desk/review", "do", "publish", "figure", text),
			p.post("/fr/desk/figures/THREE?period=2025", "seen", "1", "value", "1", "obs_status", "A", "comment", text),
		} {
			expect(t, answer, http.StatusBadRequest)
		}
	}
}

// Whoever saves what has been submitted or locked meanwhile finds what they typed on the page.
func TestWhatCannotBeEnteredAnyMoreIsShown(t *testing.T) {
	m := newMinistry(t)
	first, second := m.signedIn("theme1"), m.signedIn("admin")
	form := "/fr/desk/figures/THREE?period=2025"
	inGrid, inForm := hidden(t, second.page(yearGrid), "seen"), hidden(t, second.page(form), "seen")
	expect(t, first.enters("THREE", "2025", "151"), http.StatusSeeOther)
	expect(t, first.steps("submit", "THREE", ""), http.StatusSeeOther)
	shows := func(answer *http.Response, status int) {
		t.Helper()
		body := said(expect(t, answer, status))
		for _, typed := range []string{"152,5", "vu sur place"} {
			if !strings.Contains(body, typed) {
				t.Errorf("%q is gone: %s", typed, body)
			}
		}
	}
	shows(second.sends(yearGrid, nil, "seen", inGrid, "v:THREE:2025", "152,5", "c:THREE:2025", "vu sur place", "do", "draft"), http.StatusConflict)
	shows(second.post(form, "seen", inForm, "value", "152,5", "comment", "vu sur place", "obs_status", "A", "do", "draft"), http.StatusConflict)
	if strings.Contains(second.page(yearGrid), "152,5") {
		t.Error("it was saved all the same")
	}
	expect(t, m.signedIn("verifier").post("/fr/desk/periods", "do", "lock", "period", "2024", "reason", "clos"), http.StatusSeeOther)
	inGrid = hidden(t, second.page(yearGrid), "seen")
	shows(second.sends(yearGrid, nil, "seen", inGrid, "v:THREE:2024", "152,5", "c:THREE:2024", "vu sur place", "do", "draft"), http.StatusUnprocessableEntity)
}

// A form sent after the session has ended says how to send it again.
func TestAnEndedSessionLosesNoForm(t *testing.T) {
	m := newMinistry(t)
	nobody := m.signedIn("")
	for code, words := range map[string]string{"fr": "Votre session est finie", "ar": "انتهت جلستكم", "en": "Your session has ended"} {
		body := expect(t, nobody.post("/"+code+"/desk/grid?frequency=year", "seen", "1", "v:THREE:2025", "152", "do", "draft"), http.StatusForbidden)
		if !strings.Contains(body, words) || !strings.Contains(body, `target="_blank"`) || strings.Contains(body, "not allowed") {
			t.Errorf("%s: %s", code, said(body))
		}
	}
	if answer := nobody.send(httptest.NewRequest(http.MethodHead, "/fr/desk/grid", nil)); answer.StatusCode != http.StatusSeeOther {
		t.Errorf("HEAD answers %s", answer.Status)
	}
	for address, allowed := range map[string]string{"/fr/methods": "GET, HEAD", "/fr/desk/grid": "GET, HEAD, POST", "/fr/nope": ""} {
		answer := nobody.send(httptest.NewRequest(http.MethodOptions, address, nil))
		if got := answer.Header.Get("Allow"); got != allowed || (answer.StatusCode == http.StatusNotFound) != (allowed == "") {
			t.Errorf("OPTIONS of %s answers %s and allows %q", address, answer.Status, got)
		}
	}
	if body := expect(t, nobody.send(httptest.NewRequest(http.MethodPut, "/fr/methods", nil)), http.StatusMethodNotAllowed); !strings.Contains(body, "Cette adresse ne se demande pas ainsi") {
		t.Errorf("PUT answers %s", said(body))
	}
}
