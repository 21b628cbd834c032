package web

import (
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

func TestSearchFindsInThreeLanguages(t *testing.T) {
	h := demoServer(t).Handler()
	for _, tt := range []struct{ address, want string }{
		{"/fr/search?q=zzzzqq", "Rien n’a été trouvé"},
		{"/fr/search?q=valeur+de+r%C3%A9f%C3%A9rence", `<a href="/fr/glossary#baseline"><bdi><mark>valeur</mark> de <mark>référence</mark></bdi></a>`},
		{"/ar/search?q=" + url.QueryEscape("قيمه مرجعيه"), `href="/ar/glossary#baseline"`},
		{"/en/search?q=baselnie", `<mark>baseline</mark>`},
		{"/fr/search?q=baseline", `<bdi lang="en" dir="auto"><mark>baseline</mark></bdi>`},
		{"/fr/search?q=baseline&as-of=2025-06-30", `href="/fr/glossary?as-of=2025-06-30#baseline"`},
		{"/fr/search?q=migration&kind=term", `aria-current="true"`},
		{"/fr/search", `role="search"`},
		{"/fr/search?q=%3Cscript%3E", "Rien n’a été trouvé pour « <bdi>&lt;script&gt;</bdi> »"},
		{"/fr/search?q=" + strings.Repeat("migration+", 500), "seuls ses <bdi class=\"num\">200</bdi> premiers caractères"},
	} {
		answer := ask(t, h, "GET", tt.address)
		if body := bodyOf(t, answer); answer.StatusCode != http.StatusOK || !strings.Contains(body, tt.want) {
			t.Errorf("%.80s: %d, without %s", tt.address, answer.StatusCode, tt.want)
		}
	}
	for _, address := range []string{"/fr/search?kind=nothing", "/fr/search?q=a&q=b", "/fr/search?q=%00", "/fr/search?q=%ff", "/fr/indicators?status=good", "/fr/indicators?page=0"} {
		if answer := ask(t, h, "GET", address); answer.StatusCode != http.StatusBadRequest {
			t.Errorf("%s: %d", address, answer.StatusCode)
		}
	}
}

// Every indicator of the demonstration is found by its code and by its title, in whatever
// language, first.
func TestEveryIndicatorIsFound(t *testing.T) {
	t.Parallel()
	s := demoServer(t)
	h, p := s.Handler(), s.live.Picture()
	first := regexp.MustCompile(`<p class="hit"><strong><a href="([^"]*)"`)
	for n := range p.Indicators {
		i := &p.Indicators[n]
		for _, query := range []string{i.Code, strings.ToLower(i.Code), string(i.Title.FR), string(i.Title.AR), string(i.Title.EN)} {
			if query == "" || len([]rune(query)) > searchLetters {
				continue
			}
			found := first.FindStringSubmatch(bodyOf(t, ask(t, h, "GET", "/fr/search?kind=indicator&q="+url.QueryEscape(query))))
			if len(found) == 0 || found[1] != "/fr/indicators/"+i.Code {
				t.Errorf("%q finds %v before %s", query, found, i.Code)
			}
		}
	}
}

func TestListOfIndicators(t *testing.T) {
	h := apiServer(t, apiDataset(), io.Discard).Handler()
	for _, tt := range []struct{ query, with, without string }{
		{"", "/fr/indicators/REM-COST\"", "Tout afficher"},
		{"?q=rem-cost", "/fr/indicators/REM-COST\"", "/fr/indicators/DELAY\""},
		{"?framework=sdg2030", "/fr/indicators/REM-COST\"", "/fr/indicators/DELAY\""},
		{"?group=none", "Aucun indicateur ne répond", "<tbody"},
		{"?q=zzzzzz&key=yes", "Tout afficher", "<tbody"},
		{"?as-of=2026-02-01&group=1", `<input type="hidden" name="as-of" value="2026-02-01">`, "zzz"},
	} {
		answer := ask(t, h, "GET", "/fr/indicators"+tt.query)
		main := bodyOf(t, answer)
		if at := strings.Index(main, "<main"); at >= 0 {
			main = main[at:]
		}
		if answer.StatusCode != http.StatusOK || !strings.Contains(main, tt.with) || strings.Contains(main, tt.without) {
			t.Errorf("%s: %d, without %s or with %s", tt.query, answer.StatusCode, tt.with, tt.without)
		}
	}
	table := bodyOf(t, ask(t, h, "GET", "/fr/indicators.csv?q=rem-cost"))
	if rows := strings.Split(strings.TrimSpace(table), "\r\n"); len(rows) != 2 || !strings.HasPrefix(rows[1], "REM-COST,") {
		t.Errorf("the table: %s", table)
	}
}

// Ids are told apart, and what describes something is there.
func TestIdsOfAPageAreItsOwn(t *testing.T) {
	t.Parallel()
	h := demoServer(t).Handler()
	id, named := regexp.MustCompile(` id="([^"]*)"`), regexp.MustCompile(`aria-(?:describedby|labelledby)="([^"]*)"`)
	for _, address := range []string{"/fr/", "/ar/methods", "/fr/glossary", "/ar/glossary", "/fr/indicators", "/fr/search?q=emploi", "/fr/nothing", "/fr/groups/1", "/en/frameworks/sdg2030"} {
		body, seen := bodyOf(t, ask(t, h, "GET", address)), map[string]bool{}
		for _, found := range id.FindAllStringSubmatch(body, -1) {
			if seen[found[1]] {
				t.Errorf("%s has %q twice", address, found[1])
			}
			seen[found[1]] = true
		}
		for _, found := range named.FindAllStringSubmatch(body, -1) {
			if !seen[found[1]] {
				t.Errorf("%s refers to %q, which is not there", address, found[1])
			}
		}
	}
}

func TestNotFoundInAnyLanguage(t *testing.T) {
	h := demoServer(t).Handler()
	for _, tt := range []struct{ address, accept, lang, want string }{
		{"/de/", "de", "fr", "/ar/"},
		{"/de/indicators/x", "de, ar;q=0.5", "ar", `role="search"`},
		{"/xx/yy", "en-GB,en;q=0.9", "en", `value="yy"`},
		{"/fr/indicators/nothing%00", "", "fr", ""},
		{"/fr/actions/%3Cscript%3E", "", "fr", `value="&lt;script&gt;"`},
		{"/nothing", strings.Repeat("x-y-z,", 3000), "fr", `value="nothing"`},
		{"/nothing", "*;q=zz,,;,\xff", "fr", ""},
		{"/fr/invitation/SECRET/x", "", "fr", `name="q" value=""`},
		{"/documents/7/secret.pdf", "", "fr", `name="q" value=""`},
		{"/fr/nothing?" + strings.Repeat("a=b&", 2000), "", "fr", ""},
	} {
		answer := ask(t, h, "GET", tt.address, "Accept-Language", tt.accept)
		body := bodyOf(t, answer)
		if answer.StatusCode != http.StatusNotFound || !strings.Contains(body, `<html lang="`+tt.lang+`"`) || !strings.Contains(body, tt.want) {
			t.Errorf("%.60s for %.20s: %d, want a page in %s with %s", tt.address, tt.accept, answer.StatusCode, tt.lang, tt.want)
		}
	}
}

// What was mistyped is offered.
func TestNotFoundKnowsWhatWasMeant(t *testing.T) {
	s := demoServer(t)
	h, p := s.Handler(), s.live.Picture()
	for n := range p.Indicators {
		code := p.Indicators[n].Code
		body := bodyOf(t, ask(t, h, "GET", "/fr/indicators/"+strings.ToLower(code)))
		if !strings.Contains(body, `href="/fr/indicators/`+code+`"`) {
			t.Errorf("%s is not offered to whoever asks for %s", code, strings.ToLower(code))
		}
	}
}

// Every word that pages explain has a definition.
func TestWhatIsExplainedIsInTheGlossary(t *testing.T) {
	glossary, err := loadTerms()
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, found := range regexp.MustCompile(`\.explained\("([^"]*)"`).FindAllStringSubmatch(string(source), -1) {
			if term := glossary.find(found[1]); term == nil || term.Definition["fr"] == "" {
				t.Errorf("%s explains %q, which the glossary does not define", file, found[1])
			}
		}
	}
}

func TestCrumbsOfPages(t *testing.T) {
	h := demoServer(t).Handler()
	for address, want := range map[string]string{
		"/fr/":                "",
		"/fr/methods":         `<li><a href="/fr/"><bdi>Vue d’ensemble</bdi></a></li><li aria-current="page"><bdi>`,
		"/fr/search?q=emploi": `<li aria-current="page"><bdi>Recherche : emploi</bdi></li>`,
		"/fr/nothing":         `<li aria-current="page">`,
	} {
		body := bodyOf(t, ask(t, h, "GET", address))
		if strings.Count(body, `class="crumbs"`) != min(len(want), 1) || !strings.Contains(body, want) {
			t.Errorf("%s has not the crumbs %s", address, want)
		}
	}
}
