package web

import (
	"html"
	"io"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"jalon/locale"
)

// onOneLine is what a picture says, without the breaks and invisible marks of its lines.
func onOneLine(svg string) string {
	var said []string
	for _, text := range regexp.MustCompile(`<text[^>]*>([^<]*)</text>`).FindAllStringSubmatch(svg, -1) {
		said = append(said, text[1])
	}
	return bareText(strings.Join(said, " "))
}

func bareText(text string) string {
	return strings.NewReplacer("\u2067", "", "\u2068", "", "\u2069", "", "&#39;", "'").Replace(text)
}

// takenFrom are the pictures that pages of the demonstration offer, each once.
func takenFrom(t *testing.T, h http.Handler, lang string) map[string]bool {
	t.Helper()
	all := map[string]bool{}
	link := regexp.MustCompile(`href="(/charts/[^"]+\.svg\?[^"]*full=1[^"]*)" download`)
	pages := []string{"", "indicators/POV-NAT", "frameworks/sdg2030", "donors", "groups/1", "territory", "actions/A1"}
	for _, donor := range donorsOf(t, h) {
		pages = append(pages, "donors/"+donor)
	}
	for _, page := range pages {
		for _, found := range link.FindAllStringSubmatch(bodyOf(t, ask(t, h, "GET", "/"+lang+"/"+page)), -1) {
			all[html.UnescapeString(found[1])] = true
		}
	}
	return all
}

func donorsOf(t *testing.T, h http.Handler) (codes []string) {
	t.Helper()
	for _, found := range regexp.MustCompile(`href="/fr/donors/([^"/?]+)"`).FindAllStringSubmatch(bodyOf(t, ask(t, h, "GET", "/fr/donors")), -1) {
		codes = append(codes, found[1])
	}
	return codes
}

func TestAPictureThatLeavesItsPageSaysWhatThePageSays(t *testing.T) {
	t.Parallel()
	h := demoServer(t).Handler()
	languages, err := locale.Load()
	if err != nil {
		t.Fatal(err)
	}
	for code, l := range languages {
		kinds := map[string]bool{}
		for at := range takenFrom(t, h, code) {
			path, _, _ := strings.Cut(at, "?")
			kind := path[strings.LastIndex(path, "/")+1:]
			kinds[kind] = true
			full := bodyOf(t, ask(t, h, "GET", at))
			said := onOneLine(full)
			title, _, _ := strings.Cut(full[strings.Index(full, "<title>")+len("<title>"):], "</title>")
			want := []string{bareText(title), bareText(strings.TrimSuffix(l.T("chart.cut_off", ""), "."))}
			if !strings.Contains(path, "plan2026") { // of no indicators yet
				want = append(want, l.T("chart.sources"))
			}
			if kind != "reporting.svg" && kind != "schedule.svg" && (kind != "actions.svg" || strings.Contains(path, "territory")) { // days have none
				want = append(want, l.T("chart.unit"))
			}
			for _, words := range want {
				if !strings.Contains(said, words) {
					t.Errorf("%s: %q is not in %q", at, words, said)
				}
			}
			if !strings.HasSuffix(said, programmeOf(code)) {
				t.Errorf("%s does not end with whose programme it is: %q", at, said)
			}
			if within := onOneLine(bodyOf(t, ask(t, h, "GET", strings.Replace(at, "full=1", "", 1)))); strings.Contains(within, l.T("chart.sources")) {
				t.Errorf("%s: the picture within the page says what stands beside it", at)
			}
		}
		if len(kinds) < 8 {
			t.Errorf("%s: only %v were looked at", code, kinds)
		}
	}
	if answer := ask(t, h, "GET", "/charts/fr/overview/status.svg?full=2"); answer.StatusCode != http.StatusBadRequest {
		t.Errorf("full=2 answers %d", answer.StatusCode)
	}
}

func programmeOf(lang string) string {
	return map[string]string{
		"fr": "Migration et développement – programme de démonstration", "en": "Migration and development – demonstration programme", "ar": "الهجرة والتنمية – برنامج للعرض",
	}[lang]
}

func TestWhatIsTakenFromAPageIsThePictureThatSaysAll(t *testing.T) {
	h := apiServer(t, apiDataset(), io.Discard).Handler()
	page := bodyOf(t, ask(t, h, "GET", "/fr/indicators/REM-COST"))
	const at = "/charts/fr/indicators/REM-COST/trajectory.svg"
	for _, want := range []string{`<a href="` + at + `?full=1" download>SVG</a>`, `data-png="` + at + `?full=1"`, `<img src="` + at + `"`} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
}

// A chart of many indicators names their sources where they are few, else where they stand.
func TestSourcesOfManyIndicators(t *testing.T) {
	h := demoServer(t).Handler()
	for at, want := range map[string]string{
		"overview/status": "celles de chaque indicateur, sur sa page", "overview/keys": "Banque mondiale",
	} {
		if said := onOneLine(bodyOf(t, ask(t, h, "GET", "/charts/fr/"+at+".svg?full=1"))); !strings.Contains(said, want) {
			t.Errorf("%s does not say %q: %q", at, want, said)
		}
	}
	if said := onOneLine(bodyOf(t, ask(t, h, "GET", "/charts/fr/overview/status.svg?full=1"))); !strings.Contains(said, "inventées") {
		t.Errorf("a picture of invented figures does not say so: %q", said)
	}
	if said := onOneLine(bodyOf(t, ask(t, h, "GET", "/charts/fr/indicators/POV-NAT/trajectory.svg?full=1"))); strings.Contains(said, "inventées") {
		t.Errorf("a picture of real figures says that they are invented: %q", said)
	}
}
