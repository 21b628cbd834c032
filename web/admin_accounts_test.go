package web

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"jalon/indicators"
)

// accountAddress is the address of the form of somebody's account.
func (m *ministry) accountAddress(name string) string {
	return fmt.Sprintf("/fr/admin/accounts/edit?id=%d", m.accounts[name].ID)
}

func (m *ministry) account(t *testing.T, name string) indicators.Account {
	t.Helper()
	a, err := m.store.Account(t.Context(), m.accounts[name].ID)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// An account is made, its invitation shown once and taken up; then its owner is in.
func TestAnAccountIsMadeAndTakenUp(t *testing.T) {
	m := newMinistry(t)
	p := m.signedIn("admin")
	const fresh = "/fr/admin/accounts/edit"
	form := []string{"do", "add", "name", attack, "email", "nouvelle@example.tn", "language", "ar", "role", "contributor", "groups", "1", "groups", "2"}
	body := expect(t, p.post(fresh, form...), http.StatusOK)
	showsAttack(t, body, true)
	invitation := regexp.MustCompile(`value="http://example.com(/ar/invitation/[^"]+)"`).FindStringSubmatch(body)
	if invitation == nil {
		t.Fatal("no invitation is shown")
	}
	list := p.page("/fr/admin/accounts")
	showsAttack(t, list, true)
	if strings.Contains(list, invitation[1]) || !strings.Contains(list, "invitation en attente") {
		t.Error("the invitation is shown again, or the list does not say that it waits")
	}
	if body := expect(t, p.post(fresh, form...), http.StatusConflict); !strings.Contains(body, "modifiez celui-là") || !strings.Contains(body, `value="nouvelle@example.tn"`) {
		t.Error("the same address again is not told, or what was typed is lost")
	}
	newcomer := &person{m: m}
	expect(t, newcomer.post(invitation[1], "password", passphrase, "again", passphrase), http.StatusSeeOther)
	if newcomer.cookie == nil {
		t.Error("the newcomer is not signed in")
	}
	expect(t, newcomer.get("/ar/desk"), http.StatusOK)
	expect(t, newcomer.get("/fr/admin"), http.StatusForbidden)
	if list := p.page("/fr/admin/accounts"); strings.Contains(list, "invitation en attente") {
		t.Error("the invitation is said to wait still")
	}
}

func TestAccountsThatAreRefused(t *testing.T) {
	m := newMinistry(t)
	p := m.signedIn("admin")
	for what, tt := range map[string]struct {
		fields []string
		says   string
	}{
		"no address":              {[]string{"email", "nobody", "role", "auditor"}, "n’est pas une adresse électronique"},
		"a header in the address": {[]string{"email", "x@example.tn\r\nBcc: all@example.tn", "role", "auditor"}, "n’est pas une adresse électronique"},
		"no such role":            {[]string{"email", "x@example.tn", "role", "root"}, "n’est pas un rôle"},
		"no scope":                {[]string{"email", "x@example.tn", "role", "contributor"}, "nommez-en au moins un"},
		"a scope of nothing":      {[]string{"email", "x@example.tn", "role", "contributor", "groups", "99"}, "il n’y a pas de groupe"},
		"a scope too much":        {[]string{"email", "x@example.tn", "role", "auditor", "groups", "1"}, "valent partout"},
		"a donor by group":        {[]string{"email", "x@example.tn", "role", "donor", "groups", "1"}, "suit l’argent"},
	} {
		body := expect(t, p.post("/fr/admin/accounts/edit", append(tt.fields, "do", "add", "name", "X", "language", "fr")...), http.StatusUnprocessableEntity)
		if !strings.Contains(body, tt.says) {
			t.Errorf("%s: the answer lacks %q", what, tt.says)
		}
	}
	if people, err := m.store.People(t.Context()); err != nil || len(people) != len(m.accounts) {
		t.Errorf("%d accounts, %v", len(people), err)
	}
}

// Role and scope change at once: the open session of the account has ended.
func TestAChangedRoleHoldsAtOnce(t *testing.T) {
	m := newMinistry(t)
	p, focal := m.signedIn("admin"), m.signedIn("theme1")
	edit := m.accountAddress("theme1")
	form := fieldsOf(t, p.page(edit))
	p.lands(edit, "/fr/admin/accounts?done=account", form.with("name", "Autre nom", "do", "change")...)
	expect(t, focal.get("/fr/desk/grid"), http.StatusOK) // a name is no right
	form = fieldsOf(t, p.page(edit))
	p.lands(edit, "/fr/admin/accounts?done=account", form.with("role", "auditor", "groups", "", "do", "change")...)
	if answer := focal.get("/fr/desk"); answer.StatusCode != http.StatusSeeOther {
		t.Errorf("the session lives on: %d", answer.StatusCode)
	}
	if a := m.account(t, "theme1"); a.Role != indicators.Auditor || a.Name != "Autre nom" || len(a.Scope.Groups) > 0 {
		t.Errorf("the account is %+v", a)
	}
	body := expect(t, p.post(edit, form.with("name", "D’avant", "do", "change")...), http.StatusConflict)
	if !strings.Contains(body, "Quelqu’un d’autre") || !strings.Contains(body, `value="D’avant"`) {
		t.Error("a form from before is not told what has changed, or is lost")
	}
}

// Nobody takes the administration from themselves, and the last administrator stays.
func TestTheAdministrationIsNotLost(t *testing.T) {
	m := newMinistry(t)
	p := m.signedIn("admin")
	own := m.accountAddress("admin")
	form := fieldsOf(t, p.page(own))
	for _, fields := range [][]string{
		form.with("role", "auditor", "do", "change"), {"do", "disable"}, {"do", "delete", "sure", "yes"},
	} {
		expect(t, p.post(own, fields...), http.StatusUnprocessableEntity)
	}
	m.add("second", indicators.Account{Role: indicators.Administrator})
	second := m.signedIn("second")
	second.lands(own, "/fr/admin/accounts?done=account", "do", "disable")
	if answer := p.get("/fr/admin"); answer.StatusCode != http.StatusSeeOther {
		t.Errorf("a disabled administrator goes on: %d", answer.StatusCode)
	}
	expect(t, second.post(m.accountAddress("second"), "do", "disable"), http.StatusUnprocessableEntity)
	second.lands(own, "/fr/admin/accounts?done=account", "do", "enable")
	if m.account(t, "admin").Disabled {
		t.Error("it is disabled still")
	}
	last := m.accounts["second"]
	last.Role = indicators.Auditor
	if err := m.store.ChangeAccount(t.Context(), last, "test"); err != nil {
		t.Fatal(err)
	}
	last = m.accounts["admin"]
	last.Disabled = true
	if err := m.store.ChangeAccount(t.Context(), last, "test"); err == nil {
		t.Error("the last administrator is disabled")
	}
}

// One's own address may change; the session goes on.
func TestAnAdministratorChangesTheirOwnAddress(t *testing.T) {
	m := newMinistry(t)
	p := m.signedIn("admin")
	own := m.accountAddress("admin")
	p.lands(own, "/fr/admin/accounts?done=account", fieldsOf(t, p.page(own)).with("email", "neuve@example.tn", "do", "change")...)
	expect(t, p.get("/fr/admin/accounts"), http.StatusOK)
}

// What an account did stays under its number when it is deleted; who it was does not.
func TestADeletedAccountIsForgotten(t *testing.T) {
	m := newMinistry(t)
	p, focal := m.signedIn("admin"), m.signedIn("theme1")
	expect(t, focal.enters("THREE", "2025", "151"), http.StatusSeeOther)
	author, edit := m.author("theme1"), m.accountAddress("theme1")
	expect(t, p.post(edit, "do", "delete"), http.StatusUnprocessableEntity) // without being sure
	p.lands(edit, "/fr/admin/accounts?done=account_deleted", "do", "delete", "sure", "yes")
	if c := m.changeset(t); c.Author != author || c.Role != indicators.Contributor {
		t.Errorf("its act is by %s, %s", c.Author, c.Role)
	}
	expect(t, p.get(edit), http.StatusNotFound)
	expect(t, p.post(edit, "do", "enable"), http.StatusNotFound)
	list := p.page("/fr/admin/accounts")
	if strings.Contains(list, "theme1@example.tn") || strings.Contains(list, "Nom de theme1") || !strings.Contains(list, "compte supprimé") {
		t.Error("the list names it still, or does not say that there was one")
	}
	if answer := focal.get("/fr/desk"); answer.StatusCode != http.StatusSeeOther {
		t.Errorf("its session lives on: %d", answer.StatusCode)
	}
}

// Signing out everywhere, and a new invitation in place of the one before.
func TestTheDoorsOfAnAccount(t *testing.T) {
	m := newMinistry(t)
	p, focal := m.signedIn("admin"), m.signedIn("theme1")
	edit := m.accountAddress("theme1")
	link := regexp.MustCompile(`value="http://example.com(/fr/invitation/[^"]+)"`)
	first := link.FindStringSubmatch(expect(t, p.post(edit, "do", "invite"), http.StatusOK))
	second := link.FindStringSubmatch(expect(t, p.post(edit, "do", "invite"), http.StatusOK))
	if first == nil || second == nil || first[1] == second[1] {
		t.Fatalf("the invitations are %q and %q", first, second)
	}
	expect(t, p.get(first[1]), http.StatusNotFound)
	expect(t, p.get(second[1]), http.StatusOK)
	p.lands(edit, edit+"&done=signed_out", "do", "sign_out")
	expect(t, p.get(second[1]), http.StatusNotFound)
	if answer := focal.get("/fr/desk"); answer.StatusCode != http.StatusSeeOther {
		t.Errorf("the session lives on: %d", answer.StatusCode)
	}
	if who := m.lastEvent(t, "theme1"); who != m.author("admin") {
		t.Errorf("the trail says that %s signed it out", who)
	}
	p.lands(edit, "/fr/admin/accounts?done=account", "do", "disable")
	expect(t, p.post(edit, "do", "invite"), http.StatusNotFound) // nobody is invited who cannot come in
	expect(t, p.post(edit, "do", "nothing"), http.StatusBadRequest)
}

// lastEvent is who did what last happened to an account.
func (m *ministry) lastEvent(t *testing.T, name string) (by string) {
	t.Helper()
	const query = `SELECT by FROM account_event WHERE account = $1 ORDER BY id DESC LIMIT 1`
	if err := m.store.DB().QueryRowContext(t.Context(), query, m.accounts[name].ID).Scan(&by); err != nil {
		t.Fatal(err)
	}
	return by
}

// Whoever edits the identifiers in a form gains nothing: the right is asked for first, and
// what the form does not offer is not taken.
func TestEditedIdentifiersGainNothing(t *testing.T) {
	m := newMinistry(t)
	for _, name := range []string{"verifier", "auditor", "theme1", "donor", ""} {
		p := m.signedIn(name)
		for _, fields := range [][]string{
			{"do", "change", "name", "X", "email", name + "@example.tn", "language", "fr", "role", "administrator"},
			{"do", "enable"}, {"do", "invite"}, {"do", "delete", "sure", "yes"},
		} {
			expect(t, p.post(m.accountAddress("theme1"), fields...), http.StatusForbidden)
			expect(t, p.post("/fr/admin/accounts/edit", fields...), http.StatusForbidden)
		}
		expect(t, p.post("/fr/admin/groups/edit?key=1", "drawn", "1", "title_fr", "X", "do", "save", "reason", "x"), http.StatusForbidden)
		expect(t, p.post("/fr/admin/settings", "drawn", "1", "four_eyes", "no", "do", "save", "reason", "x"), http.StatusForbidden)
	}
	p := m.signedIn("admin")
	edit := m.accountAddress("theme1")
	form := fieldsOf(t, p.page(edit))
	p.lands(edit, "/fr/admin/accounts?done=account", form.with("id", "1", "disabled", "yes", "password", "x", "name", "Renommé", "do", "change")...)
	for name := range m.accounts {
		if a := m.account(t, name); a.Disabled || a.Role != m.accounts[name].Role || (a.Name == "Renommé") != (name == "theme1") {
			t.Errorf("%s is %+v", name, a)
		}
	}
	if m.newest(t) != 1 {
		t.Error("something was defined")
	}
}
