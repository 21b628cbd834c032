package web

import (
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"jalon/indicators"
	"jalon/indicators/progress"
	"jalon/locale"
)


// attacks are texts that would be run if they were not shown as text.
func attacks() []string {
	return []string{
		`</script><script>alert(1)</script>`, `__f__alert(1)__f__`, `"><img src=x onerror=alert(1)>`, `=cmd|' /C calc'!A0`,
		`</title></style><svg onload=alert(1)>`, `{{.}} {0} {1} ${alert(1)}`, `javascript:alert(1)`,
	}
}

// attacked is the tests' programme with an attack for each text that people enter.
func attacked(text string) *indicators.Dataset {
	d := apiDefinitions()
	all := indicators.Text{FR: indicators.Optional(text), AR: indicators.Optional(text), EN: indicators.Optional(text)}
	some := indicators.Optional(text)
	for n := range d.Groups {
		d.Groups[n].Title, d.Groups[n].Coordinator = all, "MIN"
	}
	for n := range d.Organisations {
		d.Organisations[n].Name = all
	}
	for n := range d.Frameworks {
		d.Frameworks[n].Title = all
	}
	for n := range d.Results {
		d.Results[n].Title, d.Results[n].Level = all, some
	}
	for n := range d.Actions {
		a := &d.Actions[n]
		a.Title, a.Description, a.Obstacle, a.Partners, a.Governorates = all, all, all, indicators.Codes{"MIN"}, indicators.Codes{"TN-11"}
	}
	for n := range d.Milestones {
		d.Milestones[n].Title = all
	}
	for n := range d.Funding {
		d.Funding[n].Reference = some
	}
	for n := range d.Indicators {
		i := &d.Indicators[n]
		i.Title, i.UnitShown, i.Definition, i.Source, i.Responsible, i.External = all, all, all, some, "MIN", indicators.Codes{text}
		i.Key = true
	}
	for n := range d.Targets {
		d.Targets[n].Source, d.Targets[n].Note = some, some
	}
	d.Categories = []indicators.Category{{Dimension: "governorate", Code: "TN-11", Title: all}}
	d.Settings = append(d.Settings, indicators.Setting{Key: "title_fr", Value: text}, indicators.Setting{Key: "licence", Value: text}, indicators.Setting{Key: "contact", Value: text})
	figures := apiFigures()
	for key := range figures {
		for n := range figures[key] {
			figures[key][n].Source = some
		}
	}
	return indicators.NewDataset(d, apiChangesets(), figures)
}

// crawl asks for the overview in a language and for everything that it leads to,
// and gives the pages by address. An answer other than 200 fails the test.
// Drawings are left to the test that asks for them: each takes a tenth of a second.
func crawl(t *testing.T, h http.Handler, from string) map[string]string {
	t.Helper()
	pages, waiting := map[string]string{}, []string{from}
	for len(waiting) > 0 {
		address := waiting[0]
		waiting = waiting[1:]
		if _, seen := pages[address]; seen {
			continue
		}
		answer := ask(t, h, "GET", address)
		body := bodyOf(t, answer)
		pages[address] = body
		if answer.StatusCode != http.StatusOK {
			t.Errorf("%s answers %d", address, answer.StatusCode)
		}
		if !strings.HasPrefix(answer.Header.Get("Content-Type"), "text/html") {
			continue
		}
		for _, found := range regexp.MustCompile(`(?:href|src|srcset|action)="(/[^"]*)"`).FindAllStringSubmatch(body, -1) {
			to := strings.ReplaceAll(found[1], "&amp;", "&")
			if !strings.HasPrefix(to, "/charts/") {
				waiting = append(waiting, to)
			}
		}
	}
	return pages
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

// Quotes, angle brackets and ampersands of a text must not survive in markup; in
// the options of charts they are escaped as JSON.
func TestAttacksAreShownAsText(t *testing.T) {
	for _, text := range attacks() {
		h := apiServer(t, attacked(text), io.Discard).Handler()
		for address, body := range htmlPages(crawl(t, h, "/fr/")) {
			for _, live := range []string{"<script>alert", "<img src=x", "<svg onload", `href="javascript:`, "__f__\"alert", "</style>"} {
				if strings.Contains(body, live) {
					t.Errorf("%s with %q: the page holds %q", address, text, live)
				}
			}
			if strings.Contains(body, "ZgotmplZ") {
				t.Errorf("%s with %q: the template refused a value", address, text)
			}
		}
		page := bodyOf(t, ask(t, h, "GET", "/fr/indicators/REM-COST"))
		if shown := `<h1><bdi>` + htmlEscaped(text); !strings.Contains(page, shown) {
			t.Errorf("the title %q is not shown as text", text)
		}
	}
}

func htmlEscaped(text string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&#34;", "'", "&#39;").Replace(text)
}

func TestNothingInline(t *testing.T) {
	values := regexp.MustCompile(`"[^"]*"`) // of attributes: whatever they hold is quoted
	inline := regexp.MustCompile(`(?i)<[^>]*\s(style|on[a-z]+)=|<style|<script(?: defer src=| type="" id=)?`)
	for address, body := range htmlPages(crawl(t, apiServer(t, apiDataset(), io.Discard).Handler(), "/fr/")) {
		for _, found := range inline.FindAllString(values.ReplaceAllString(body, `""`), -1) {
			if !strings.HasSuffix(found, "src=") && !strings.HasSuffix(found, " id=") {
				t.Errorf("%s holds %q, which the Content-Security-Policy forbids", address, found)
			}
		}
	}
}

func TestNoMissingWord(t *testing.T) {
	languages, err := locale.Load()
	if err != nil {
		t.Fatal(err)
	}
	key := regexp.MustCompile(`>[^<]*\b[a-z_]+\.[a-z_]+[a-z_.]*\b[^<]*<`)
	for _, l := range languages {
		known := l.Keys()
		for address, body := range htmlPages(crawl(t, apiServer(t, apiDataset(), io.Discard).Handler(), "/"+l.Code+"/")) {
			for _, text := range key.FindAllString(body, -1) {
				word := strings.Trim(text, "<>")
				if slices.Contains(known, word) || regexp.MustCompile(`^(`+keyAreas()+`)\.`).MatchString(word) {
					t.Errorf("%s shows the key %q", address, word)
				}
			}
		}
	}
	fr, keys := languages["fr"], []string{}
	for _, s := range progress.Statuses() {
		keys = append(keys, "status."+string(s), "methods.when."+string(s))
	}
	for _, r := range progress.Reasons() {
		keys = append(keys, "reason."+string(r))
	}
	for area, words := range map[string][]string{
		"action.status.": indicators.ActionStatuses(), "scope.": indicators.ActionScopes(), "funding.": indicators.FundingKinds(),
		"framework.kind.": indicators.FrameworkKinds(), "framework.tree.": indicators.FrameworkKinds(), "target.": indicators.TargetKinds(),
		"aim.": indicators.Comparisons(), "direction.": indicators.Directions(), "frequency.": indicators.Frequencies(), "result_type.": indicators.ResultTypes(),
		"obs_status.": {"P", "E", "B", "O", "Q"}, "milestone.": {"late", "soon", "later"}, "breakdown.sex.": {"F", "M"},
	} {
		for _, word := range words {
			keys = append(keys, area+word)
		}
	}
	for _, key := range keys {
		if !fr.Has(key) {
			t.Errorf("no French for %q", key)
		}
	}
	for _, l := range languages {
		for _, key := range l.Keys() {
			if strings.ContainsAny(l.T(key), "<>&\"") {
				t.Errorf("%s %q holds markup: sentences take it as it is", l.Code, key)
			}
		}
	}
}

// keyAreas are the first words of our keys, for a regular expression.
func keyAreas() string {
	return "page|menu|past|foot|overview|lead|card|tally|indicators|way|tag|value|invented|group|actions?|steps|due|milestone|funding|framework|results?|level|indicator|block|fact|values|targets?|aim|during|why|outlook|methods|problem|reason|chart"
}

func TestHeadersOfAPage(t *testing.T) {
	h := apiServer(t, apiDataset(), io.Discard).Handler()
	answer := ask(t, h, "GET", "/ar/indicators/REM-COST", "Accept-Encoding", "gzip")
	for header, want := range map[string]string{
		"Content-Type": "text/html; charset=utf-8", "Content-Language": "ar", "Content-Encoding": "gzip",
		"Vary": "Accept-Encoding", "Cache-Control": "no-cache", "ETag": `W/"c2-20261031-1.0.0+abc"`,
	} {
		if got := answer.Header.Get(header); got != want {
			t.Errorf("%s: %q, want %q", header, got, want)
		}
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
	// Options of charts and the names of static files change with their own packages.
	body = regexp.MustCompile(`(?s)(<script type="application/json"[^>]*>).*?(</script>)`).ReplaceAllString(body, "$1…$2")
	body = regexp.MustCompile(`(/static/\w+)\.[0-9a-f]{12}\.`).ReplaceAllString(body, "$1.HASH.")
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

func TestStyleSheetKnowsNoLeftAndRight(t *testing.T) {
	sheet, err := ownFiles.ReadFile("static/jalon.css")
	if err != nil {
		t.Fatal(err)
	}
	physical := regexp.MustCompile(`(?m)[{;\s](left|right|top|bottom|width|height|(min|max)-(width|height)|(margin|padding|border|inset)-(left|right|top|bottom)[a-z-]*|border-(top|bottom)-(left|right)-radius)\s*:|(float|clear|text-align):\s*(left|right)`)
	for _, found := range physical.FindAllString(string(sheet), -1) {
		t.Errorf("physical property %q", found)
	}
}

func TestStaticFilesStayForEver(t *testing.T) {
	h := apiServer(t, apiDataset(), io.Discard).Handler()
	page := bodyOf(t, ask(t, h, "GET", "/fr/"))
	for _, address := range regexp.MustCompile(`/static/[^"]+`).FindAllString(page, -1) {
		answer := ask(t, h, "GET", address, "Accept-Encoding", "br, gzip;q=0.5")
		if answer.StatusCode != http.StatusOK || !strings.Contains(answer.Header.Get("Cache-Control"), "immutable") {
			t.Errorf("%s answers %d %v", address, answer.StatusCode, answer.Header)
		}
	}
}

// The demonstration programme has what the small one lacks: every page of it must
// be reachable and whole.
func TestDemonstrationPages(t *testing.T) {
	h := apiServer(t, demoDataset(t), io.Discard).Handler()
	count := 0
	var visit func(address string)
	seen := map[string]bool{}
	visit = func(address string) {
		if seen[address] || strings.HasPrefix(address, "/charts/") || strings.HasPrefix(address, "/static/") {
			return
		}
		seen[address] = true
		answer := ask(t, h, "GET", address)
		body := bodyOf(t, answer)
		count++
		if answer.StatusCode != http.StatusOK || strings.Contains(body, "%!") || strings.Contains(body, "NaN") {
			t.Errorf("%s answers %d", address, answer.StatusCode)
		}
		for _, found := range regexp.MustCompile(`href="(/(?:fr|ar)/[^"]*)"`).FindAllStringSubmatch(body, -1) {
			visit(found[1])
		}
	}
	visit("/fr/")
	if count < 150 {
		t.Errorf("only %d pages are reached", count)
	}
}
