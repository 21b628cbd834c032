package web

import (
	"html"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// Every public page shows an earlier moment when asked to, says so, and every link on it
// leads to the same moment: all routes there are, and not only those that a link leads to.
func TestEveryPageLooksBack(t *testing.T) {
	m := newMinistry(t)
	record(t, m.store, nil, reported("THREE", "2024", "151.5"))
	public := m.signedIn("")
	public.served("/fr/indicators/THREE", `value="151.5"`)
	now := []string{"/fr/sign-in", "/fr/feed.atom", "/metrics", "/api/v1/openapi.json"} // what has no past
	link := regexp.MustCompile(`(?:href|src|srcset)="(/[^"]*)"`)
	pages := 0
	for _, g := range guardedRoutes() {
		method, path, _ := strings.Cut(g.pattern, " ")
		page := method == http.MethodGet && (strings.HasPrefix(path, "/fr/") || strings.HasPrefix(path, "/charts/")) && g.may == anybody
		if !page || regexp.MustCompile(`/(sign-in|oidc|invitation|latest)|\.(csv|atom|xlsx|xml)$|/\{(file|pair)\}|/snapshots/\{number\}`).MatchString(path) {
			continue
		}
		pages++
		if strings.HasPrefix(path, "/charts/") {
			for _, when := range []string{"?as-of=c1", ""} {
				answer := public.get(g.own + when)
				bodyOf(t, answer)
				shows := strings.Contains(path, "/trajectory") || strings.Contains(path, "/status")
				if answer.StatusCode != http.StatusOK && (shows || answer.StatusCode != http.StatusNotFound) {
					t.Errorf("%s%s answers %d", g.own, when, answer.StatusCode)
				}
			}
			continue
		}
		joint := "?"
		if strings.Contains(g.own, "?") {
			joint = "&"
		}
		answer := public.get(g.own + joint + "as-of=c1")
		body := expect(t, answer, http.StatusOK)
		if !strings.Contains(body, `class="past"`) || !strings.Contains(body, "changement n° <bdi class=\"num\">1</bdi>") {
			t.Errorf("%s does not say which moment it shows", g.own)
		}
		back := regexp.MustCompile(`(?s)<aside class="past".*?</aside>`).FindString(body)
		for _, found := range link.FindAllStringSubmatch(strings.Replace(body, back, "", 1), -1) {
			to := html.UnescapeString(found[1])
			if strings.HasPrefix(to, "/static/") || slices.Contains(now, to) {
				continue
			}
			if !strings.Contains(to, "as-of=c1") {
				t.Errorf("%s leads to %s, of now", g.own, to)
			}
		}
		if strings.Contains(expect(t, public.get(g.own), http.StatusOK), `class="past"`) {
			t.Errorf("%s calls the present past", g.own)
		}
	}
	if pages < 12 {
		t.Errorf("only %d pages", pages)
	}
}

// Every read of the API takes the moment, and answers from it.
func TestEveryReadLooksBack(t *testing.T) {
	m := newMinistry(t)
	record(t, m.store, nil, reported("THREE", "2024", "151.5"))
	public := m.signedIn("")
	public.served("/fr/indicators/THREE", `value="151.5"`)
	parts := strings.NewReplacer("{framework}", "sdg2030", "snapshots/{number}", "{none}", "{number}", "1")
	for _, route := range m.server.reads() {
		if !slices.Contains(route.parameters(), "as-of") {
			t.Errorf("%s takes no moment", route.path)
		}
		path := parts.Replace(route.path)
		for area, code := range map[string]string{"groups": "1", "actions": "A1", "indicators": "THREE", "frameworks": "sdg2030", "results": "10.c", "organisations": "MIN"} {
			if strings.HasPrefix(route.path, "/api/v1/"+area+"/") {
				path = strings.Replace(path, "{code}", code, 1)
			}
		}
		if strings.Contains(path, "{") {
			continue // addresses of what others have entered
		}
		body := expect(t, public.get(path+"?as-of=c1"), http.StatusOK)
		if strings.Contains(body, `"value":151.5,`) || strings.Contains(body, `"changeset":2`) || strings.Contains(body, `"number":2,`) {
			t.Errorf("%s as of the first changeset knows of the second: %s", path, body)
		}
	}
}
