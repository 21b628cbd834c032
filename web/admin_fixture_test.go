package web

import (
	"html"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"jalon/indicators"
)

// newest is the number of the last changeset in the database.
func (m *ministry) newest(t *testing.T) int {
	t.Helper()
	return m.changeset(t).Number
}

// changeset is the last one in the database.
func (m *ministry) changeset(t *testing.T) indicators.Changeset {
	t.Helper()
	all, err := m.store.Changesets(t.Context())
	if err != nil || len(all) == 0 {
		t.Fatalf("%d changesets: %v", len(all), err)
	}
	return all[len(all)-1]
}

func (m *ministry) author(name string) string {
	a := m.accounts[name]
	return a.Author()
}

// lands sends a form and fails unless that leads on to an address.
func (p *person) lands(address, to string, fields ...string) {
	p.m.t.Helper()
	answer := p.post(address, fields...)
	expect(p.m.t, answer, http.StatusSeeOther)
	if got := answer.Header.Get("Location"); got != to {
		p.m.t.Errorf("%s leads to %s, want %s", address, got, to)
	}
}

// typedForm are the names and values of a form, as a browser would send them.
type typedForm []string

// fieldsOf reads the form of an entry from its page.
func fieldsOf(t *testing.T, page string) typedForm {
	t.Helper()
	form := regexp.MustCompile(`(?s)<form class="sheet entry".*?</form>`).FindString(page)
	if form == "" {
		t.Fatal("there is no form")
	}
	attribute := func(tag, name string) string {
		found := regexp.MustCompile(` ` + name + `="([^"]*)"`).FindStringSubmatch(tag)
		if found == nil {
			return ""
		}
		return html.UnescapeString(found[1])
	}
	var all typedForm
	for _, found := range regexp.MustCompile(`(?s)<input [^>]*>|<select ([^>]*)>.*?</select>|<textarea [^>]*>(.*?)</textarea>`).FindAllStringSubmatch(form, -1) {
		tag, name := found[0], attribute(found[0], "name")
		switch {
		case strings.HasPrefix(tag, "<select"):
			chosen := regexp.MustCompile(`<option value="[^"]*" selected`).FindString(tag)
			all = append(all, name, attribute(chosen, "value"))
		case strings.HasPrefix(tag, "<textarea"):
			all = append(all, name, strings.TrimPrefix(html.UnescapeString(found[2]), "\n"))
		case !strings.Contains(tag, `type="checkbox"`) || strings.Contains(tag, " checked"):
			all = append(all, name, attribute(tag, "value"))
		}
	}
	return all
}

// with is the form with other values, and more fields.
func (f typedForm) with(others ...string) []string {
	given := map[string]bool{}
	for n := 0; n < len(others); n += 2 {
		given[others[n]] = true
	}
	var all []string
	for n := 0; n < len(f); n += 2 {
		if !given[f[n]] {
			all = append(all, f[n], f[n+1])
		}
	}
	return append(all, others...)
}

func (f typedForm) value(name string) string {
	for n := 0; n < len(f); n += 2 {
		if f[n] == name {
			return f[n+1]
		}
	}
	return ""
}

// showsAttack fails if a page runs what was typed, or does not show it though it should.
func showsAttack(t *testing.T, body string, shown bool) {
	t.Helper()
	for _, live := range []string{"<script>alert", "<img src=x", "ZgotmplZ"} {
		if strings.Contains(body, live) {
			t.Errorf("the page holds %q", live)
		}
	}
	if shown && !strings.Contains(html.UnescapeString(body), attack) {
		t.Error("what was typed is not shown")
	}
}
