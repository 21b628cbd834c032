package web

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"jalon/locale"
)

// everyone are the people of the tests' ministry; "" is the public. theme1 and donor are
// those in whose scope the own address of a route lies, theme2 and other are strangers to it.
func everyone() []string {
	return []string{"", "admin", "verifier", "auditor", "theme1", "theme2", "donor", "other"}
}

const (
	anybody  = " admin verifier auditor theme1 theme2 donor other" // and the public
	accounts = "admin verifier auditor theme1 theme2 donor other"
)

// A guarded is a route with an address in the scope of theme1 and of donor, and one in the
// scope of neither (empty: the route has no scope). May lists who is let in to each; anybody
// begins with the public.
type guarded struct {
	pattern      string // with /fr for the language
	own, foreign string
	may          string
	mayForeign   string
	form         []string // of a post: names and values that change nothing
}

// guardedRoutes is the table of who may go where. Whoever is not named is asked to sign in,
// if nobody is known to be there and a page is asked for, else refused.
func guardedRoutes() []guarded {
	own, foreign := "/fr/desk/figures/DELAY?period=2026-08", "/fr/desk/figures/BILLION?period=2024"
	files, foreignFiles := "/fr/indicators/DELAY/documents", "/fr/indicators/BILLION/documents"
	entered := []string{"seen", "1", "value", "not a number", "obs_status", "A"}
	return append(guardedPlates(), []guarded{
		{pattern: "GET /{$}", own: "/", may: anybody},
		{pattern: "/", own: "/nothing", may: anybody},
		{pattern: "GET /metrics", own: "/metrics", may: anybody},
		{pattern: "GET /healthz", own: "/healthz", may: anybody},
		{pattern: "GET /readyz", own: "/readyz", may: anybody},
		{pattern: "GET /fr", own: "/fr", may: anybody},
		{pattern: "GET /fr/{$}", own: "/fr/", may: anybody},
		{pattern: "GET /fr/groups/{code}", own: "/fr/groups/1", may: anybody},
		{pattern: "GET /fr/actions/{code}", own: "/fr/actions/A1", may: anybody},
		{pattern: "GET /fr/indicators/{code}", own: "/fr/indicators/DELAY", may: anybody},
		{pattern: "GET /fr/frameworks/{code}", own: "/fr/frameworks/sdg2030", may: anybody},
		{pattern: "GET /fr/frameworks/{code}/{result}", own: "/fr/frameworks/sdg2030/10.c", may: anybody},
		{pattern: "GET /fr/actions", own: "/fr/actions?group=1", may: anybody},
		{pattern: "GET /fr/donors", own: "/fr/donors", may: anybody},
		{pattern: "GET /fr/donors/{code}", own: "/fr/donors/DON", may: anybody},
		{pattern: "GET /fr/donors/{code}/portfolio.csv", own: "/fr/donors/DON/portfolio.csv", may: anybody},
		{pattern: "GET /fr/donors/{code}/portfolio.xlsx", own: "/fr/donors/DON/portfolio.xlsx", may: anybody},
		{pattern: "GET /fr/donors/{code}/portfolio.xml", own: "/fr/donors/DON/portfolio.xml", may: anybody},
		{pattern: "GET /fr/territory", own: "/fr/territory", may: anybody},
		{pattern: "GET /fr/territory/{code}", own: "/fr/territory/TN-11", may: anybody},
		{pattern: "GET /fr/complementarities", own: "/fr/complementarities?by=donor", may: anybody},
		{pattern: "GET /fr/indicators", own: "/fr/indicators", may: anybody},
		{pattern: "GET /fr/indicators.csv", own: "/fr/indicators.csv", may: anybody},
		{pattern: "GET /fr/search", own: "/fr/search?q=delai", may: anybody},
		{pattern: "GET /fr/glossary", own: "/fr/glossary", may: anybody},
		{pattern: "GET /fr/feed.atom", own: "/fr/feed.atom", may: anybody},
		{pattern: "GET /fr/methods", own: "/fr/methods", may: anybody},
		{pattern: "GET /fr/data", own: "/fr/data", may: anybody},
		{pattern: "GET /fr/data/{file}", own: "/fr/data/indicators.csv", may: anybody},
		{pattern: "GET /fr/indicators/{code}/values.csv", own: "/fr/indicators/DELAY/values.csv", may: anybody},
		{pattern: "GET /fr/quality", own: "/fr/quality", may: anybody},
		{pattern: "POST /fr/quality", own: "/fr/quality", may: "admin verifier", form: []string{"do", "accept", "mark", "none"}},
		{pattern: "GET /fr/snapshots/{pair}/moved.csv", own: "/fr/snapshots/2026-08...now/moved.csv", may: anybody},
		{pattern: "GET /fr/styleguide", own: "/fr/styleguide", may: anybody},
		{pattern: "GET /fr/history", own: "/fr/history", may: anybody},
		{pattern: "GET /fr/history/{number}", own: "/fr/history/1", may: anybody},
		{pattern: "GET /fr/history.csv", own: "/fr/history.csv", may: "admin verifier auditor"},
		{pattern: "GET /fr/indicators/{code}/history", own: "/fr/indicators/DELAY/history", may: anybody},
		{pattern: "GET /fr/indicators/{code}/history/{period}", own: "/fr/indicators/DELAY/history/2026-07", may: anybody},

		{pattern: "GET /fr/snapshots/{number}", own: "/fr/snapshots/2020-01", may: anybody},
		{pattern: "GET /fr/snapshots/{number}/report.css", own: "/fr/snapshots/2020-01/report.css", may: anybody},
		{pattern: "GET /fr/snapshots/{number}/report.html", own: "/fr/snapshots/2020-01/report.html", may: anybody},
		{pattern: "GET /fr/snapshots/{number}/report.pdf", own: "/fr/snapshots/2020-01/report.pdf", may: anybody},
		{pattern: "GET /fr/snapshots/{number}/bundle.zip", own: "/fr/snapshots/2020-01/bundle.zip", may: anybody},
		{pattern: "GET /fr/snapshots/{number}/annexes.xlsx", own: "/fr/snapshots/2020-01/annexes.xlsx", may: anybody},

		{pattern: "GET /fr/sign-in", own: "/fr/sign-in", may: anybody},
		{pattern: "POST /fr/sign-in", own: "/fr/sign-in", may: anybody, form: []string{"email", "x@example.tn", "password", "wrong"}},
		{pattern: "POST /fr/sign-out", own: "/fr/sign-out", may: anybody},
		{pattern: "GET /fr/invitation/{key}", own: "/fr/invitation/none", may: anybody},
		{pattern: "POST /fr/invitation/{key}", own: "/fr/invitation/none", may: anybody},
		{pattern: "GET /fr/oidc", own: "/fr/oidc", may: anybody},
		{pattern: "GET /oidc/callback", own: "/oidc/callback", may: anybody},
		{pattern: "GET /fr/account", own: "/fr/account", may: accounts},
		{pattern: "POST /fr/account", own: "/fr/account", may: accounts, form: []string{"do", "password"}},

		// Tokens open these, no session does: see TestWhatATokenOpens.
		{pattern: "POST /api/v1/observations", own: "/api/v1/observations", may: "nobody"},
		{pattern: "POST /api/v1/review", own: "/api/v1/review", may: "nobody"},

		{pattern: "GET /fr/desk", own: "/fr/desk", may: accounts},
		{pattern: "POST /fr/desk/review", own: "/fr/desk/review", may: accounts},
		{pattern: "GET /fr/desk/grid", own: "/fr/desk/grid", may: "admin theme1 theme2"},
		{pattern: "POST /fr/desk/grid", own: "/fr/desk/grid", may: "admin theme1 theme2", form: []string{"seen", "1"}},
		{pattern: "GET /fr/desk/figures/{code}", own: own, foreign: foreign, may: "admin verifier auditor theme1 donor", mayForeign: "admin verifier auditor"},
		{pattern: "POST /fr/desk/figures/{code}", own: own, foreign: foreign, may: "admin theme1", mayForeign: "admin", form: entered},
		{pattern: "GET /documents/{id}/{name}", own: "/documents/1/a.pdf", may: anybody},
		{pattern: "GET /fr/indicators/{code}/documents", own: files, foreign: foreignFiles, may: anybody, mayForeign: anybody},
		{pattern: "POST /fr/indicators/{code}/documents", own: files, foreign: foreignFiles, may: "admin theme1", mayForeign: "admin"},
		{pattern: "POST /fr/indicators/{code}/documents/detach", own: files + "/detach", foreign: foreignFiles + "/detach", may: "admin verifier theme1", mayForeign: "admin verifier"},
		{pattern: "POST /fr/indicators/{code}/documents/release", own: files + "/release", foreign: foreignFiles + "/release", may: "admin verifier", mayForeign: "admin verifier"},
		{pattern: "POST /fr/indicators/{code}/documents/erase", own: files + "/erase", foreign: foreignFiles + "/erase", may: "admin", mayForeign: "admin"},

		{pattern: "GET /fr/snapshots", own: "/fr/snapshots", may: anybody},
		{pattern: "GET /fr/snapshots/latest", own: "/fr/snapshots/latest", may: anybody},
		{pattern: "POST /fr/desk/snapshots", own: "/fr/desk/snapshots", may: "admin verifier", form: []string{"month", "none"}},
		{pattern: "GET /fr/desk/snapshots/taking", own: "/fr/desk/snapshots/taking", may: "admin verifier"},
		{pattern: "POST /fr/desk/snapshots/taking", own: "/fr/desk/snapshots/taking", may: "admin verifier"},
		{pattern: "GET /fr/desk/snapshots/{number}", own: "/fr/desk/snapshots/2026-10", may: "admin verifier auditor theme1 theme2"},
		{pattern: "POST /fr/desk/snapshots/{number}", own: "/fr/desk/snapshots/2026-10", may: "admin verifier auditor theme1 theme2", form: []string{"do", "nothing"}},

		{pattern: "GET /fr/desk/periods", own: "/fr/desk/periods", may: "admin verifier"},
		{pattern: "POST /fr/desk/periods", own: "/fr/desk/periods", may: "admin verifier"},

		{pattern: "GET /fr/admin", own: "/fr/admin", may: "admin"},
		{pattern: "GET /fr/admin/settings", own: "/fr/admin/settings", may: "admin"},
		{pattern: "POST /fr/admin/settings", own: "/fr/admin/settings", may: "admin", form: []string{"drawn", "1", "time_zone", "Africa/Tunis"}},
		{pattern: "POST /fr/admin/settings/map", own: "/fr/admin/settings/map", may: "admin"},
		{pattern: "GET /fr/admin/{table}", own: "/fr/admin/groups", may: "admin"},
		{pattern: "GET /fr/admin/{table}/edit", own: "/fr/admin/groups/edit?key=1", foreign: "/fr/admin/groups/edit?key=2", may: "admin", mayForeign: "admin"},
		{pattern: "POST /fr/admin/{table}/edit", own: "/fr/admin/groups/edit?key=1", may: "admin", form: []string{"drawn", "1"}},
		{pattern: "GET /fr/admin/accounts", own: "/fr/admin/accounts", may: "admin"},
		{pattern: "GET /fr/admin/accounts/edit", own: "/fr/admin/accounts/edit", foreign: "/fr/admin/accounts/edit?id=1", may: "admin", mayForeign: "admin"},
		{pattern: "POST /fr/admin/accounts/edit", own: "/fr/admin/accounts/edit?id=1", may: "admin", form: []string{"do", "nothing"}},
	}...)
}

// isOpen tells of addresses that are there for everybody by their kind.
func isOpen(pattern string) bool {
	return strings.HasPrefix(pattern, "GET /static/") || strings.HasPrefix(pattern, "/api/v1/")
}

// inFrench is a pattern with the language of the table.
func inFrench(pattern string) string {
	for _, code := range locale.Codes() {
		for _, before := range []string{"/", "/charts/"} {
			method, path, found := strings.Cut(pattern, " ")
			if rest, ok := strings.CutPrefix(path, before+code); found && ok && (rest == "" || rest[0] == '/') {
				return method + " " + before + "fr" + rest
			}
		}
	}
	return pattern
}

func TestEveryRouteIsInTheTableOfRights(t *testing.T) {
	m := newMinistry(t)
	s := m.server
	var listed []string
	for _, g := range guardedRoutes() {
		listed = append(listed, g.pattern)
	}
	for _, pattern := range s.addresses {
		if !isOpen(pattern) && !slices.Contains(listed, inFrench(pattern)) {
			t.Errorf("%s is not in the table of rights: say who may go there", pattern)
		}
	}
	for _, pattern := range listed {
		if !slices.Contains(s.addresses, pattern) {
			t.Errorf("%s is in the table of rights, but there is no such route", pattern)
		}
	}
}

// Every route × every role × own and foreign scope.
func TestWhoMayGoWhere(t *testing.T) {
	t.Parallel()
	m := newMinistry(t)
	for _, name := range everyone() {
		p := m.signedIn(name)
		for _, g := range guardedRoutes() {
			p = m.walk(p, name, g, g.own, g.may)
			if g.foreign != "" {
				p = m.walk(p, name, g, g.foreign, g.mayForeign)
			}
		}
	}
}

// walk asks for an address as somebody, and holds the answer against who may. It gives the
// person back, signed in anew should a form have signed them out.
func (m *ministry) walk(p *person, name string, g guarded, address, may string) *person {
	m.t.Helper()
	before := p.cookie
	method, _, found := strings.Cut(g.pattern, " ")
	if !found {
		method = http.MethodGet
	}
	answer := p.get
	if method == http.MethodPost {
		answer = func(address string) *http.Response { return p.post(address, g.form...) }
	}
	got := answer(address)
	toSignIn := strings.Contains(got.Header.Get("Location"), "/sign-in?")
	refused := got.StatusCode == http.StatusForbidden || got.StatusCode == http.StatusUnauthorized || toSignIn
	allowed := slices.Contains(strings.Split(may, " "), name)
	switch {
	case got.StatusCode >= 500:
		m.t.Errorf("%s as %q: %d", g.pattern, name, got.StatusCode)
	case allowed && refused:
		m.t.Errorf("%s at %s refuses %q: %d", g.pattern, address, name, got.StatusCode)
	case !allowed && !refused:
		m.t.Errorf("%s at %s lets %q in: %d", g.pattern, address, name, got.StatusCode)
	case !allowed && name == "" && method == http.MethodGet && !toSignIn:
		m.t.Errorf("%s at %s does not lead the public to sign in", g.pattern, address)
	}
	if before != nil && p.cookie == nil {
		return m.signedIn(name)
	}
	return p
}
