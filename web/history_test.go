package web

import (
	"encoding/csv"
	"fmt"
	"net/http"
	"strings"
	"testing"
)

// reviewed is a ministry whose DELAY of August went through the review, was returned once,
// published, corrected and withdrawn, each with a reason that tells who may read it.
func reviewed(t *testing.T) *ministry {
	t.Helper()
	m := newMinistry(t)
	theme, verifier := m.signedIn("theme1"), m.signedIn("verifier")
	expect(t, theme.enters("DELAY", "2026-08", "31"), http.StatusSeeOther)
	expect(t, theme.steps("submit", "DELAY", "motif interne de la soumission"), http.StatusSeeOther)
	expect(t, verifier.steps("return", "DELAY", "motif interne du renvoi"), http.StatusSeeOther)
	expect(t, theme.enters("DELAY", "2026-08", "33"), http.StatusSeeOther)
	expect(t, theme.steps("submit", "DELAY", ""), http.StatusSeeOther)
	expect(t, verifier.steps("verify", "DELAY", "motif interne de la vérification"), http.StatusSeeOther)
	expect(t, verifier.steps("publish", "DELAY", "motif public de la publication"), http.StatusSeeOther)
	record(t, m.store, nil, reported("DELAY", "2026-08", "34"))
	expect(t, theme.enters("DELAY", "2026-09", "29"), http.StatusSeeOther) // on its way
	newest, err := m.store.Dataset(t.Context(), 0)
	if err != nil {
		t.Fatal(err)
	}
	number := newest.Newest().Number
	within(t, 3e9, "the newest changeset", func() bool { return m.server.live.Picture().Newest().Number == number })
	return m
}

// historyAddresses are all pages of the record that speak of DELAY.
func historyAddresses(upTo int) []string {
	all := []string{
		"/fr/history", "/fr/history?indicator=DELAY", "/fr/indicators/DELAY/history", "/fr/indicators/DELAY/history/2026-08", "/fr/indicators/DELAY/history/2026-07",
		"/api/v1/changesets",
	}
	for number := range upTo {
		all = append(all, fmt.Sprintf("/fr/history/%d", number+1), fmt.Sprintf("/api/v1/changesets/%d", number+1))
	}
	return all
}

// The public reads what changed something published, by role; never a draft, a submission,
// a return, its reason, nor a name.
func TestThePublicReadsPublishedEffectsOnly(t *testing.T) {
	m := reviewed(t)
	newest := m.server.live.Picture().Newest().Number
	readers := []string{"", "theme2", "other"} // no trail, and DELAY is not theirs
	for _, name := range readers {
		p, text := m.signedIn(name), ""
		for _, address := range historyAddresses(newest) {
			text += bodyOf(t, p.get(address))
		}
		if name != "" { // their own name stands on every page
			text = strings.ReplaceAll(text, "Nom de "+name, "")
		}
		for _, secret := range []string{"motif interne", "Nom de ", "@example", ">31<", ">29<", `value="31"`, "account-", "a@example.org"} {
			if strings.Contains(text, secret) {
				t.Errorf("%q reads %q", name, secret)
			}
		}
		for _, known := range []string{"motif public de la publication", "Vérification", `value="33"`, `value="34"`} {
			if !strings.Contains(text, known) {
				t.Errorf("%q does not read %q", name, known)
			}
		}
	}
	public := m.signedIn("")
	for number, want := range map[int]int{1: 200, 2: 404, 3: 404, 4: 404, 7: 404, 8: 200, 9: 200, 10: 404, 99: 404} {
		for _, address := range []string{"/fr/history/%d", "/api/v1/changesets/%d"} {
			if got := public.get(fmt.Sprintf(address, number)).StatusCode; got != want {
				t.Errorf(address+" answers %d, want %d", number, got, want)
			}
		}
	}
	if list := bodyOf(t, public.get("/fr/history")); strings.Contains(list, "/fr/history/4\"") || !strings.Contains(list, "/fr/history/8\"") {
		t.Error("the list does not hold what is public")
	}
}

// Auditors read everything, with names; who works on a figure reads all of that one.
func TestWhoReadsTheWholeHistory(t *testing.T) {
	m := reviewed(t)
	auditor := m.signedIn("auditor")
	list := auditor.page("/fr/history")
	for _, want := range []string{"motif interne du renvoi", "Nom de theme1 &lt;theme1@example.tn&gt;", "non public", "/fr/history.csv", "Soumission"} {
		if !strings.Contains(list, want) {
			t.Errorf("the auditor's list lacks %q", want)
		}
	}
	if page := auditor.page("/fr/history/4"); !strings.Contains(page, "Renvoi") || !strings.Contains(page, "Brouillon") {
		t.Errorf("the changeset of the return: %s", page)
	}
	for name, names := range map[string]bool{"auditor": true, "theme1": false, "donor": false} {
		text := m.signedIn(name).page("/fr/indicators/DELAY/history/2026-08")
		if strings.Contains(text, "Nom de verifier") != names {
			t.Errorf("%s is told names: %t, want %t", name, !names, names)
		}
		if strings.Contains(text, "motif interne du renvoi") != (name != "donor") { // donors see from the state of verified on
			t.Errorf("%s: the reason of the return: %t", name, name == "donor")
		}
		if !strings.Contains(text, "motif interne de la vérification") {
			t.Errorf("%s does not read the verification", name)
		}
	}
}

// The history is itself as of a moment, and rights are those of today.
func TestTheHistoryAsOfAnEarlierMoment(t *testing.T) {
	m := reviewed(t)
	public := m.signedIn("")
	page := public.page("/fr/indicators/DELAY/history/2026-08?as-of=c8")
	if strings.Contains(page, `value="34"`) || !strings.Contains(page, `value="33"`) || !strings.Contains(page, `class="past"`) {
		t.Error("as of the publication, the correction is known")
	}
	if got := public.get("/fr/indicators/DELAY/history/2026-08?as-of=c7").StatusCode; got != http.StatusNotFound {
		t.Errorf("before the publication the figure answers %d", got)
	}
	if got := public.get("/fr/history/9?as-of=c8").StatusCode; got != http.StatusNotFound {
		t.Errorf("a later changeset answers %d", got)
	}
	if list := public.page("/fr/history?as-of=c8"); strings.Contains(list, "/fr/history/9") || !strings.Contains(list, "/fr/history/8?as-of=c8") {
		t.Error("the list as of the publication")
	}
}

func TestTheRevisionTable(t *testing.T) {
	m := reviewed(t)
	text := said(m.signedIn("").page("/fr/indicators/DELAY/history"))
	for _, want := range []string{"août 2026", "Première valeur (P) 33", "Dernière valeur (L)", "OCDE", "Révision absolue moyenne", "Indicateur"} {
		if !strings.Contains(text, strings.Split(want, " (")[0]) {
			t.Errorf("the page lacks %q: %s", want, text)
		}
	}
}

func TestTheListIsPagedAndFiltered(t *testing.T) {
	m := newMinistry(t)
	for n := range historyPage + 5 {
		record(t, m.store, nil, reported("THREE", "2024", fmt.Sprint(200+n)))
	}
	record(t, m.store, nil, reported("REM-COST", "2023", "5"))
	public := m.signedIn("")
	within(t, 3e9, "the newest changeset", func() bool { return m.server.live.Picture().Newest().Number == historyPage+7 })
	rows := func(address string) (numbers []string, body string) {
		body = public.page(address)
		for _, part := range strings.Split(body, `href="/fr/history/`)[1:] {
			numbers = append(numbers, part[:strings.IndexAny(part, `"?`)])
		}
		return numbers, body
	}
	first, body := rows("/fr/history")
	if len(first) != historyPage || !strings.Contains(body, "before=8") {
		t.Errorf("%d rows: %v", len(first), first)
	}
	if rest, _ := rows("/fr/history?before=8"); fmt.Sprint(rest) != "[7 6 5 4 3 2 1]" {
		t.Errorf("the rest is %v", rest)
	}
	if of, _ := rows("/fr/history?indicator=REM-COST"); fmt.Sprint(of) != fmt.Sprintf("[%d 1]", historyPage+7) {
		t.Errorf("of REM-COST: %v", of)
	}
	if none, body := rows("/fr/history?kind=withdraw"); len(none) != 0 || !strings.Contains(body, "Aucun changement") {
		t.Errorf("withdrawals: %v", none)
	}
	for _, address := range []string{"/fr/history?kind=nonsense", "/fr/history?before=x", "/fr/history?before=0", "/fr/indicators/DELAY/history/nonsense", "/fr/indicators/DELAY/history/2026-07?breakdown=x"} {
		if got := public.get(address).StatusCode; got != http.StatusBadRequest {
			t.Errorf("%s answers %d", address, got)
		}
	}
	for _, address := range []string{"/fr/history/x", "/fr/history/-1", "/fr/indicators/NONE/history", "/fr/indicators/DELAY/history/1999-01", "/fr/indicators/' OR 1=1/history"} {
		if got := public.get(strings.ReplaceAll(address, " ", "%20")).StatusCode; got != http.StatusNotFound {
			t.Errorf("%s answers %d", address, got)
		}
	}
}

// The trail is CSV that no spreadsheet takes for formulas, whole, and for auditors only.
func TestTheAuditTrailAsCSV(t *testing.T) {
	m := reviewed(t)
	theme := m.signedIn("theme1")
	expect(t, theme.steps("submit", "DELAY", `=HYPERLINK("http://evil";"click")`), http.StatusSeeOther)
	auditor := m.signedIn("auditor")
	number := 11
	within(t, 3e9, "the newest changeset", func() bool { return m.server.live.Picture().Newest().Number == number })
	answer := auditor.get("/fr/history.csv")
	body := bodyOf(t, answer)
	if answer.StatusCode != 200 || answer.Header.Get("Cache-Control") != "private, no-store" || !strings.HasPrefix(answer.Header.Get("Content-Disposition"), "attachment;") {
		t.Fatalf("%d %v: %s", answer.StatusCode, answer.Header, body)
	}
	if strings.Count(body, "\r\n") != strings.Count(body, "\n") {
		t.Error("lines do not end as RFC 4180 has it")
	}
	rows, err := csv.NewReader(strings.NewReader(body)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	changesets, events, formula := 0, 0, false
	for _, row := range rows[1:] {
		if row[2] != "" {
			changesets++
		} else {
			events++
		}
		for _, cell := range row {
			if cell != "" && strings.ContainsRune("=+-@", rune(cell[0])) {
				t.Errorf("the cell %q begins a formula", cell)
			}
			formula = formula || strings.HasPrefix(cell, `'=HYPERLINK("http://evil"`)
		}
	}
	if changesets != number || events < 14 || !formula || !strings.Contains(body, "theme1@example.tn") {
		t.Errorf("%d changesets, %d events, formula %t:\n%s", changesets, events, formula, body)
	}
	if early, err := csv.NewReader(strings.NewReader(auditor.page("/fr/history.csv?as-of=c8"))).ReadAll(); err != nil || early[len(early)-1][2] != "8" {
		t.Errorf("as of 8, the last line is %v, %v", early[len(early)-1], err)
	}
}

func TestHarmlessCells(t *testing.T) {
	for cell, want := range map[string]string{
		"": "", "texte": "texte", "=1+1": "'=1+1", "+1": "'+1", "-1": "'-1", "@SUM(A1)": "'@SUM(A1)", "\t=1": "'\t=1", "\r=1": "'\r=1", " =1": "' =1", "a=1": "a=1",
	} {
		if got := harmless(cell); got != want {
			t.Errorf("%q becomes %q, want %q", cell, got, want)
		}
	}
}

// A change of definitions says of which indicator a target is, and names columns as the
// forms do.
func TestAChangeOfDefinitionsIsWorded(t *testing.T) {
	body := newMinistry(t).signedIn("").page("/fr/history/1")
	for _, want := range []string{`<li><a href="/fr/history">`, `<bdi class="num code">REM-COST</bdi> <a href="/fr/indicators/REM-COST"><bdi>Cible 2030`, "<dt><bdi>Valeur</bdi></dt>"} {
		if !strings.Contains(body, want) {
			t.Errorf("the page of the changeset lacks %s", want)
		}
	}
}
