package web

import (
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"jalon/indicators"
)

// crawl asks for the overview in a language and for everything that it leads to,
// and gives the pages by address. An answer other than 200 fails the test.
// Drawings are left to the test that asks for them: each takes a tenth of a second.
func crawl(t *testing.T, h http.Handler, from string) map[string]string {
	t.Helper()
	pages, waiting, kinds := map[string]string{}, []string{from}, map[string]int{}
	for len(waiting) > 0 {
		address := waiting[0]
		waiting = waiting[1:]
		kind := kindOf(address)
		if _, seen := pages[address]; seen || kind != "" && kinds[kind] >= enough {
			continue
		}
		kinds[kind]++
		answer := ask(t, h, "GET", address)
		body := bodyOf(t, answer)
		pages[address] = body
		if answer.StatusCode != http.StatusOK {
			t.Errorf("%s answers %d", address, answer.StatusCode)
		}
		if !strings.HasPrefix(answer.Header.Get("Content-Type"), "text/html") {
			continue
		}
		for _, found := range addresses(body) {
			to, _, _ := strings.Cut(strings.ReplaceAll(found, "&amp;", "&"), "#")
			if !strings.HasPrefix(to, "/charts/") && !strings.HasPrefix(to, "/api/v1/observations") { // which asks the database
				waiting = append(waiting, to)
			}
		}
	}
	return pages
}

// addresses are those of our own that a page refers to.
func addresses(body string) (all []string) {
	for {
		before, rest, found := strings.Cut(body, `="/`)
		if !found {
			return all
		}
		address, after, _ := strings.Cut(rest, `"`)
		for _, name := range []string{"href", "src", "srcset", "action"} {
			if strings.HasSuffix(before, name) {
				all = append(all, "/"+address)
				break
			}
		}
		body = after
	}
}

// enough is how many pages of a kind are looked at that differ in their filters alone, or in
// which change of the record they tell of: there are thousands.
const enough = 8

// kindOf is the kind of such a page; nothing for all others, of which each is looked at.
func kindOf(address string) string {
	path, query, filtered := strings.Cut(address, "?")
	_, page, _ := strings.Cut(strings.TrimPrefix(path, "/"), "/")
	switch at := strings.Index(page, "history/"); {
	case filtered && (!strings.HasPrefix(query, "as-of") || strings.Contains(query, "&")): // the moment comes first
		return path + "?"
	case at >= 0:
		return path[:3] + page[:at] + "history/"
	}
	return ""
}

func htmlPages(pages map[string]string) map[string]string {
	html := map[string]string{}
	for address, body := range pages {
		if strings.HasPrefix(body, "<!doctype html>") {
			html[address] = body
		}
	}
	return html
}

func TestEveryLinkOfEveryPageLeadsSomewhere(t *testing.T) {
	pages := htmlPages(crawl(t, apiServer(t, apiDataset(), io.Discard).Handler(), "/fr/"))
	for _, want := range []string{"/fr/groups/1", "/fr/actions/A1", "/fr/indicators/REM-COST", "/fr/frameworks/sdg2030",
		"/fr/frameworks/sdg2030/10.c", "/fr/methods", "/ar/indicators/REM-COST", "/en/frameworks/sdg2030/10.c"} {
		if pages[want] == "" {
			t.Errorf("no link leads to %s", want)
		}
	}
}

func TestPagesWithNothingToShow(t *testing.T) {
	definitions := map[string]*indicators.Definitions{
		"no programme": {},
		"groups alone": {Groups: []indicators.Group{{Code: "1", Title: french("Vide")}}},
		"framework without links": {Frameworks: []indicators.Framework{{Code: "plan", Kind: "strategy", Title: french("Plan"), Start: 2026, End: 2030}},
			Results: []indicators.Result{{Framework: "plan", Code: "1", Title: french("Axe")}}},
		"no values": func() *indicators.Definitions { return apiDefinitions() }(),
		"bare action": {Groups: []indicators.Group{{Code: "1", Title: french("G")}},
			Actions: []indicators.Action{{Code: "A", Group: "1", Title: french("Action"), Status: "planned"}}},
	}
	for name, d := range definitions {
		t.Run(name, func(t *testing.T) {
			h := apiServer(t, indicators.NewDataset(d, nil, nil), io.Discard).Handler()
			for address, body := range htmlPages(crawl(t, h, "/fr/")) {
				if strings.Contains(body, "NaN") || strings.Contains(body, "%!") {
					t.Errorf("%s shows what is no number:\n%s", address, body)
				}
			}
		})
	}
}

func TestNothingInline(t *testing.T) {
	t.Parallel()
	values := regexp.MustCompile(`"[^"]*"`) // of attributes: whatever they hold is quoted
	inline := regexp.MustCompile(`(?i)<[^>]*\s(style|on[a-z]+)=|<style|<script(?: defer src=)?`)
	for address, body := range htmlPages(crawl(t, apiServer(t, apiDataset(), io.Discard).Handler(), "/fr/")) {
		for _, found := range inline.FindAllString(values.ReplaceAllString(body, `""`), -1) {
			if !strings.HasSuffix(found, "src=") {
				t.Errorf("%s holds %q, which the Content-Security-Policy forbids", address, found)
			}
		}
	}
}

func TestHeadersOfAPage(t *testing.T) {
	h := apiServer(t, apiDataset(), io.Discard).Handler()
	answer := ask(t, h, "GET", "/ar/indicators/REM-COST", "Accept-Encoding", "gzip")
	for header, want := range map[string]string{
		"Content-Type": "text/html; charset=utf-8", "Content-Language": "ar", "Content-Encoding": "gzip",
		"Vary": "Accept-Encoding", "Cache-Control": "no-cache",
	} {
		if got := answer.Header.Get(header); got != want {
			t.Errorf("%s: %q, want %q", header, got, want)
		}
	}
	if tag := answer.Header.Get("ETag"); !regexp.MustCompile(`^W/"c2-20261031-[0-9a-f]{12}-b1"$`).MatchString(tag) {
		t.Errorf("ETag: %s", tag)
	}
	policy := answer.Header.Get("Content-Security-Policy")
	if strings.Contains(policy, "unsafe") || strings.Contains(policy, "http") || !strings.Contains(policy, "default-src 'none'") {
		t.Errorf("the policy is not strict: %s", policy)
	}
	again := ask(t, h, "GET", "/ar/indicators/REM-COST", "If-None-Match", answer.Header.Get("ETag"))
	if again.StatusCode != http.StatusNotModified || bodyOf(t, again) != "" {
		t.Errorf("the same again answers %d", again.StatusCode)
	}
	if head := ask(t, h, "HEAD", "/fr/"); head.StatusCode != http.StatusOK || bodyOf(t, head) != "" || head.Header.Get("Content-Length") == "" {
		t.Errorf("HEAD answers %d with headers %v", head.StatusCode, head.Header)
	}
}

func TestHomeGoesToTheReadersLanguage(t *testing.T) {
	h := apiServer(t, apiDataset(), io.Discard).Handler()
	for accepted, want := range map[string]string{
		"": "/fr/", "ar-TN,ar;q=0.9,fr;q=0.5": "/ar/", "en-GB": "/en/", "de,en;q=0.3": "/en/", "ja": "/fr/", "fr-CH, en;q=0.9": "/fr/", "%%%": "/fr/",
	} {
		answer := ask(t, h, "GET", "/", "Accept-Language", accepted)
		if got := answer.Header.Get("Location"); got != want || answer.StatusCode != http.StatusFound {
			t.Errorf("%q goes to %q (%d), want %q", accepted, got, answer.StatusCode, want)
		}
	}
	if got := ask(t, h, "GET", "/ar?as-of=2026-10").Header.Get("Location"); got != "/ar/?as-of=2026-10" {
		t.Errorf("/ar goes to %q", got)
	}
}

func TestAnEarlierMomentIsSaidAndCarriedOn(t *testing.T) {
	h := apiServer(t, apiDataset(), io.Discard).Handler()
	pages := htmlPages(crawl(t, h, "/fr/?as-of=2026-10-30"))
	for address, body := range pages {
		if strings.Contains(address, "as-of") != strings.Contains(body, `class="past"`) {
			t.Errorf("%s: the band does not go with the moment asked for", address)
		}
	}
	if len(pages) < 30 {
		t.Errorf("only %d pages are reached", len(pages))
	}
	page := bodyOf(t, ask(t, h, "GET", "/fr/indicators/REM-COST?as-of=2026-10-30"))
	for _, want := range []string{"30 octobre 2026", `href="/en/indicators/REM-COST?as-of=2026-10-30"`, `href="/fr/groups/2?as-of=2026-10-30"`} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	if answer := ask(t, h, "GET", "/fr/?as-of=2099-01-01"); answer.StatusCode != http.StatusBadRequest || !strings.Contains(bodyOf(t, answer), "<!doctype html>") {
		t.Errorf("the future answers %d", answer.StatusCode)
	}
}

// Nobody who asks for an earlier moment is shown today's figures for it.
func TestPagesRefuseAnOddMoment(t *testing.T) {
	h := apiServer(t, apiDataset(), io.Discard).Handler()
	tag := ask(t, h, "GET", "/fr/").Header.Get("ETag")
	for address, title := range map[string]string{
		"/fr/?as-of=c1;y=2": "Cette demande n’est pas comprise", "/fr/?as_of=c1": "pas comprise", "/fr/?as-of=c1&as-of=zzz": "pas comprise",
		"/en/methods?asof=c1": "This request is not understood", "/ar/indicators/THREE?As-Of=c1": "الطلب غير مفهوم", "/en/?as-of=%zz": "not understood",
		"/charts/en/overview/status.svg?as_of=c1": "not understood", "/charts/en/overview/status.svg?format=tall": "not understood",
		"/charts/fr/overview/status.svg?format=wide&format=narrow": "pas comprise",
	} {
		answer := ask(t, h, "GET", address, "If-None-Match", tag)
		if body := bodyOf(t, answer); answer.StatusCode != http.StatusBadRequest || !strings.Contains(body, title) || answer.Header.Get("ETag") != "" {
			t.Errorf("%s answers %d without %q", address, answer.StatusCode, title)
		}
	}
	for _, address := range []string{"/fr/?fbclid=IwAR0&utm_source=mail", "/fr/?as-of=", "/fr/methods?as-of=2026-10-30&utm_source=mail"} {
		if answer := ask(t, h, "GET", address); answer.StatusCode != http.StatusOK {
			t.Errorf("%s answers %d", address, answer.StatusCode)
		}
	}
}

func TestNotFoundHelps(t *testing.T) {
	h := apiServer(t, apiDataset(), io.Discard).Handler()
	for address, want := range map[string]string{
		"/fr/indicators/REM-COTS": `href="/fr/indicators/REM-COST"`, "/ar/groups/99": `lang="ar"`, "/en/nowhere": "There is no such page",
		"/fr/frameworks/sdg2030/99": "Cette page n’existe pas", "/nowhere": "Cette page", "/fr/actions/a1": `href="/fr/actions/A1"`,
		"/charts/en/indicators/none/trajectory.svg": `lang="en"`,
	} {
		answer := ask(t, h, "GET", address)
		if body := bodyOf(t, answer); answer.StatusCode != http.StatusNotFound || !strings.Contains(body, want) {
			t.Errorf("%s answers %d without %q", address, answer.StatusCode, want)
		}
	}
}

func TestIllustrativeIsSaidInWords(t *testing.T) {
	h := apiServer(t, apiDataset(), io.Discard).Handler()
	for _, address := range []string{"/fr/", "/fr/groups/1", "/fr/actions/A1", "/fr/indicators/DELAY", "/fr/frameworks/sdg2030", "/fr/frameworks/sdg2030/10", "/fr/frameworks/sdg2030/10.c"} {
		if body := bodyOf(t, ask(t, h, "GET", address)); !strings.Contains(body, "Démonstration.") {
			t.Errorf("%s does not say that something on it is invented", address)
		}
	}
	if body := bodyOf(t, ask(t, h, "GET", "/fr/indicators/REM-COST")); strings.Contains(body, "Démonstration.") {
		t.Error("a real indicator is called invented")
	}
}

func TestGoldenPage(t *testing.T) {
	body := bodyOf(t, ask(t, apiServer(t, apiDataset(), io.Discard).Handler(), "GET", "/fr/indicators/REM-COST"))
	// Charts, and the names of static files, change with their own packages; without
	// the chart bundle a sentence stands in their place.
	for pattern, stand := range map[string]string{
		`(?s)<figure class="chart">.*?</figure>|<p class="note">[^<]*make assets[^<]*</p>`: "CHART",
		`<script defer[^>]*></script>\n`: "",
		`(/static/\w+)\.[0-9a-f]{12}\.`:  "$1.HASH.",
	} {
		body = regexp.MustCompile(pattern).ReplaceAllString(body, stand)
	}
	file := filepath.Join("testdata", "indicator.golden.html")
	if *update {
		if err := os.WriteFile(file, []byte(body), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if body != string(want) {
		t.Errorf("the page differs from %s; if that is meant, run the test with -update and read the difference\n%s", file, body)
	}
}

// The demonstration programme has what the small one lacks: every page of it must
// be reachable and whole.
func TestDemonstrationPages(t *testing.T) {
	t.Parallel()
	s, now := demoPages(t)
	whole := func(t *testing.T, pages map[string]string, least int) {
		t.Helper()
		all := htmlPages(pages)
		for address, body := range all {
			if strings.Contains(body, "%!") || strings.Contains(body, "NaN") {
				t.Errorf("%s shows what is no number", address)
			}
			if why := broken(body); why != "" {
				t.Errorf("%s is not whole: %s", address, why)
			}
		}
		if len(all) < least {
			t.Errorf("only %d pages are reached", len(all))
		}
	}
	t.Run("now", func(t *testing.T) {
		t.Parallel()
		whole(t, now, 300)
	})
	t.Run("before any action was known", func(t *testing.T) {
		t.Parallel()
		whole(t, crawl(t, s.Handler(), "/fr/?as-of=2024-01-31"), 80)
	})
}
