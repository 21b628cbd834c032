package web

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"jalon/indicators"
	"jalon/sql"
)

// busy is a ministry in which people of each role have acted, and somebody at a machine.
func busy(t *testing.T) *ministry {
	t.Helper()
	o := newOffice(t, indicators.Draft)
	focal, verifier := o.people["theme1"], o.people["verifier"]
	expect(t, focal.enters("THREE", "2025", "151"), http.StatusSeeOther)
	expect(t, focal.steps("submit", "THREE", "données du registre"), http.StatusSeeOther)
	expect(t, verifier.steps("verify", "THREE", "contrôlé"), http.StatusSeeOther)
	expect(t, verifier.steps("publish", "THREE", "octobre"), http.StatusSeeOther)
	expect(t, verifier.post("/fr/desk/periods", "do", "lock", "period", "2024", "reason", "clos"), http.StatusSeeOther)
	o.mustAttach("admin", delayAt, "public", "note.pdf")
	act := indicators.Act{Kind: indicators.Imported, Author: "amine.bensalah", Reason: "essai"}
	settings := edits([]indicators.Setting{{Key: "licence", Value: "CC-BY"}})
	if _, err := o.store.Record(t.Context(), sql.Recording{Workbook: &indicators.Workbook{Settings: settings}, Act: act}); err != nil {
		t.Fatal(err)
	}
	if err := o.server.live.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	return o.ministry
}

// publicAddresses are those that answer the public with something.
func (m *ministry) publicAddresses() []string {
	all := []string{
		delayAt, "/fr/indicators/THREE", "/fr/indicators/THREE/history", "/fr/indicators/THREE/history/2025", "/fr/indicators/THREE/documents",
		"/fr/quality?as-of=c1", "/fr/?as-of=c1", "/fr/history?kind=publish", "/fr/indicators/NONE", "/fr/history/999999", "/api/v1/changesets?limit=1000",
	}
	for n := range m.server.live.Picture().Newest().Number {
		all = append(all, fmt.Sprintf("/fr/history/%d", n+1), fmt.Sprintf("/api/v1/changesets/%d", n+1))
	}
	for _, g := range guardedRoutes() {
		if !strings.HasPrefix(g.pattern, "POST") && !strings.HasPrefix(g.pattern, "GET /documents/") {
			all = append(all, g.own)
		}
	}
	for _, r := range m.server.reads() {
		all = append(all, strings.NewReplacer("{framework}", "sdg2030", "{code}", "1", "{number}", "2").Replace(r.path))
	}
	return all
}

// No page, answer, metric or error names a person to the public, or tells their address.
// A page that somebody with an account has looked at before is not given to the public.
func TestNobodyIsNamedToThePublic(t *testing.T) {
	m := busy(t)
	admin, citizen := m.signedIn("admin"), m.signedIn("")
	for _, address := range m.publicAddresses() {
		answer := admin.get(address)
		kept, theirs := answer.Header.Get("Cache-Control"), bodyOf(t, answer)
		private := answer.StatusCode == http.StatusOK && strings.HasPrefix(address, "/fr/")
		answer = citizen.get(address)
		body := bodyOf(t, answer)
		if private && kept != "private, no-store" && theirs != body { // a download is the same for everybody
			t.Errorf("what %s shows an administrator may be kept: %q", address, kept)
		}
		for _, personal := range []string{"Nom de ", "@example", "account-", "bensalah", "sign-out"} {
			if strings.Contains(body, personal) {
				t.Errorf("%s tells the public %q", address, personal)
			}
		}
		if answer.StatusCode >= 500 || len(answer.Cookies()) > 0 {
			t.Errorf("%s answers %d with cookies %v", address, answer.StatusCode, answer.Cookies())
		}
	}
	for _, address := range []string{"/fr/history/2", "/fr/history"} {
		if !strings.Contains(admin.page(address), "@example") {
			t.Errorf("%s names nobody to an administrator, and so proves nothing", address)
		}
	}
}

// SQL in every parameter, of the path, the query and forms, is a text like any other.
func TestSQLIsATextLikeAnyOther(t *testing.T) {
	t.Parallel()
	m := newMinistry(t)
	p, newest := m.signedIn("admin"), newestOf(t, m.store)
	names := []string{
		"as-of", "limit", "cursor", "indicator", "group", "action", "framework", "donor", "status", "kind", "level", "parent", "currency", "dimension",
		"period", "breakdown", "before", "severity", "rule", "frequency", "last", "count", "page", "key", "id", "next", "done",
	}
	for _, text := range []string{`'; DROP TABLE observation; --`, `1) OR (1=1`, `"; SELECT pg_sleep(9); --`, `\'; UPDATE account SET role = 'administrator'; --`, `$1`} {
		var addresses []string
		for _, g := range guardedRoutes() {
			addresses = append(addresses, withText(g.pattern[strings.IndexByte(g.pattern, '/'):], text))
		}
		for _, r := range m.server.reads() {
			addresses = append(addresses, withText(r.path, text))
		}
		form := []string{"do", text, "reason", text, "figure", "THREE 2024 1 " + text, "figure", text, "mark", text, "document", text, "seen", text, "value", text, "token", text}
		for _, address := range addresses {
			answers := []*http.Response{p.post(address, form...)}
			p = m.stillIn(p)
			answers = append(answers, p.get(address))
			for _, name := range names {
				if strings.HasPrefix(address, "/api/") || name == "period" || name == "key" || name == "as-of" || name == "breakdown" {
					answers = append(answers, p.get(address+"?"+url.Values{name: {text}}.Encode()))
				}
			}
			for _, answer := range answers {
				if answer.StatusCode >= 500 {
					t.Errorf("%s with %q answers %d: %s", address, text, answer.StatusCode, said(bodyOf(t, answer)))
				}
			}
		}
	}
	if now := newestOf(t, m.store); now != newest {
		t.Errorf("%d changesets were made", now-newest)
	}
	for name, before := range m.accounts {
		if now := m.account(t, name); now.Role != before.Role || now.Disabled {
			t.Errorf("%s has become %+v", name, now)
		}
	}
}

// Bytes that are no text are refused wherever the query is read, not by the database.
func TestBytesThatAreNoTextAreRefusedInAddresses(t *testing.T) {
	m := newMinistry(t)
	admin := m.signedIn("admin")
	for _, address := range []string{
		"/fr/history?indicator=", "/fr/indicators/DELAY/history/2026-07?breakdown=sex%3D", "/fr/indicators/DELAY/documents?breakdown=a%3D", "/fr/quality?group=",
		"/fr/?as-of=", "/api/v1/observations?indicator=", "/api/v1/assessments?group=", "/fr/desk/figures/DELAY?period=2026-07&breakdown=a%3D",
		"/fr/desk/grid?group=", "/fr/admin/groups/edit?key=", "/fr/sign-in?next=", "/fr/desk?done=",
	} {
		for _, bytes := range []string{"%00", "%ff", "a%00b"} {
			if answer := admin.get(address + bytes); answer.StatusCode != http.StatusBadRequest {
				t.Errorf("%s%s: %s", address, bytes, answer.Status)
			}
		}
	}
}

// withText puts a text in the place of each parameter of a pattern.
func withText(pattern, text string) string {
	for _, name := range []string{"code", "result", "framework", "number", "period", "key", "id", "name", "table"} {
		pattern = strings.ReplaceAll(pattern, "{"+name+"}", url.PathEscape(text))
	}
	return strings.ReplaceAll(pattern, "{$}", "")
}

// stillIn is a person, signed in anew should a form have signed them out.
func (m *ministry) stillIn(p *person) *person {
	if p.cookie == nil {
		return m.signedIn("admin")
	}
	return p
}

// What a donor sees before the public, with its comment and its evidence, no door opens to
// another donor, to another group, or to the public; looking back opens none either.
func TestNoDoorLeadsToAnothersFigures(t *testing.T) {
	t.Parallel()
	o := newOffice(t, indicators.Published)
	m, focal := o.ministry, o.people["theme1"]
	form := "/fr/desk/figures/DELAY?period=2026-09"
	seen := hidden(t, focal.page(form), "seen")
	expect(t, focal.post(form, "seen", seen, "value", "37,25", "obs_status", "A", "comment", "Mot secret", "do", "draft"), http.StatusSeeOther)
	expect(t, focal.steps("submit", "DELAY", ""), http.StatusSeeOther)
	name := "rapport secret.pdf"
	o.mustAttach("theme1", "/fr/indicators/DELAY/documents?period=2026-09", "confidential", name)
	expect(t, o.people["verifier"].steps("verify", "DELAY", "motif secret"), http.StatusSeeOther)
	if err := m.server.live.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	addresses := append(m.publicAddresses(), "/fr/desk", "/fr/desk/grid?frequency=month", form,
		"/fr/indicators/DELAY/history/2026-09", "/fr/indicators/DELAY/documents?period=2026-09", "/fr/indicators/DELAY/documents", "/fr/history?indicator=DELAY")
	for _, address := range addresses[:len(addresses):len(addresses)] {
		separator := "?"
		if strings.Contains(address, "?") {
			separator = "&"
		}
		addresses = append(addresses, address+separator+"as-of="+fmt.Sprintf("c%d", newestOf(t, m.store)))
	}
	told := func(who string) (all []string) {
		for _, address := range addresses {
			body := bodyOf(t, o.people[who].get(address))
			for _, secret := range []string{"37,25", "37.25", "Mot secret", "motif secret", name} {
				if strings.Contains(body, secret) {
					all = append(all, address+" tells "+secret)
				}
			}
		}
		return all
	}
	for _, who := range []string{"", "other", "theme2"} {
		if leaks := told(who); len(leaks) > 0 {
			t.Errorf("%q is told what is not theirs: %v", who, leaks)
		}
	}
	if len(told("donor")) == 0 {
		t.Error("who funds it is told nothing, and so this proves nothing")
	}
}
