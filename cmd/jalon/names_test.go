package main

import (
	"encoding/json"
	"html"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"jalon/sql/sqltest"
)

// attacks are names that would be run if they were not shown as text.
func attacks() []string {
	return []string{
		`</script><script>alert(1)</script>`, `__f__alert(1)__f__`, `"><img src=x onerror=alert(1)>`, `=cmd|' /C calc'!A0`,
	}
}

// named is the programme with one text for all that people may name and describe.
func named(text string) files {
	cell := `"` + strings.ReplaceAll(text, `"`, `""`) + `"`
	all := programme()
	all["settings.csv"] = "key,value\ntime_zone,Africa/Tunis\ntitle_fr," + cell + "\ncontact," + cell + "\n"
	all["organisations.csv"] = "code,name_fr,name_ar,name_en,kind\nMIN," + cell + "," + cell + "," + cell + ",ministry\nDON," + cell + "," + cell + ",,donor\n"
	all["milestones.csv"] = "action,code,title_fr,due\nA1,M1," + cell + ",2025-06-30\n"
	all["funding.csv"] = "action,donor,kind,amount,currency,date,reference\nA1,DON,commitment,1,TND,2024-01-01," + cell + "\n"
	for name, title := range map[string]string{"groups.csv": "", "frameworks.csv": "", "results.csv": "", "actions.csv": ",obstacle_fr", "indicators.csv": ",unit_fr,definition_fr,source"} {
		lines := strings.Split(strings.TrimSpace(all[name]), "\n")
		at := 0 // of the French title
		for n, heading := range strings.Split(lines[0], ",") {
			if heading == "title_fr" {
				at = n
			}
		}
		lines[0] += title
		for n := 1; n < len(lines); n++ {
			cells := strings.Split(lines[n], ",")
			cells[at] = cell
			lines[n] = strings.Join(cells, ",") + strings.Repeat(","+cell, strings.Count(title, ","))
		}
		all[name] = strings.Join(lines, "\n") + "\n"
	}
	all["targets.csv"] = "indicator,kind,period,value,framework,source,note\nPEOPLE,target,2030,400,plan," + cell + "," + cell + "\n"
	all["observations.csv"] = "indicator,period,value,sex,source,comment\nPEOPLE,2024,310,," + cell + "," + cell + "\nPEOPLE,2024,111,F," + cell + ",\n"
	return all
}

func TestNamesAreShownAsTextEverywhere(t *testing.T) {
	dsn := sqltest.DSN(t)
	must(t, "import", "--database", dsn, programme().in(t))
	w := visit(t, "--database", dsn)
	for n, text := range attacks() {
		t.Run(text, func(t *testing.T) {
			must(t, "import", "--database", dsn, named(text).in(t))
			until(t, 5*time.Second, "the newest state", func() bool {
				return strings.Contains(page(t, w, "/metrics"), "\njalon_changeset "+string(rune('2'+n))+"\n")
			})
			for _, path := range []string{"/", "/groups/1", "/actions/A1", "/indicators/PEOPLE", "/indicators/SHARE", "/frameworks/plan", "/frameworks/plan/1.1", "/methods"} {
				for _, language := range []string{"/fr", "/ar", "/en"} {
					showsAsText(t, w, language+path, text, path != "/methods")
				}
			}
			for _, path := range []string{"overview/status", "indicators/PEOPLE/trajectory", "indicators/SHARE/trajectory", "frameworks/plan/matrix"} {
				_, body := fetch(t, w, "/charts/fr/"+path+".svg", "image/svg+xml")
				harmless(t, path, body)
			}
			answersAsText(t, w, text)
			_, metrics := fetch(t, w, "/metrics", "text/plain")
			if escaped := strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(text); !strings.Contains(metrics, `"`+escaped+`"`) {
				t.Errorf("/metrics does not name it")
			}
			for path, status := range map[string]int{"/fr/indicators/" + "%3Cscript%3Ealert(1)%3C%2Fscript%3E": http.StatusNotFound, "/api/v1/indicators?nix=%3Cscript%3Ealert(1)": http.StatusBadRequest} {
				got, body := w.get(t, path)
				if got != status {
					t.Errorf("%s: %d, want %d", path, got, status)
				}
				harmless(t, path, body)
			}
			goesRound(t, dsn, text)
		})
	}
}

// fetch reads an address that must be of a type, and not be taken for another.
func fetch(t *testing.T, w *website, path, contentType string) (http.Header, string) {
	t.Helper()
	answer, body := w.ask(t, path)
	header := answer.Header
	if answer.StatusCode != http.StatusOK {
		t.Errorf("%s: %s", path, answer.Status)
	}
	if got := header.Get("Content-Type"); !strings.HasPrefix(got, contentType) || header.Get("X-Content-Type-Options") != "nosniff" {
		t.Errorf("%s is %q, %q", path, got, header.Get("X-Content-Type-Options"))
	}
	return header, body
}

// harmless fails the test if markup of an attack stands in a document.
func harmless(t *testing.T, path, body string) {
	t.Helper()
	for _, markup := range []string{"<script>alert", "</script><script>a", "<img src=x", "\">\"><img"} {
		if at := strings.Index(body, markup); at >= 0 {
			t.Errorf("%s runs it: …%s…", path, body[max(at-100, 0):min(at+100, len(body))])
		}
	}
}

// showsAsText looks at a page: its markup, and the options of its charts, of which
// every text has to stay one.
func showsAsText(t *testing.T, w *website, path, text string, named bool) {
	t.Helper()
	header, body := fetch(t, w, path, "text/html")
	if policy := header.Get("Content-Security-Policy"); policy == "" || strings.Contains(policy, "unsafe") {
		t.Errorf("%s: Content-Security-Policy = %q", path, policy)
	}
	harmless(t, path, body)
	if named && !strings.Contains(html.UnescapeString(body), text) {
		t.Errorf("%s does not show it", path)
	}
	for _, found := range regexp.MustCompile(`(?s)<script([^>]*)>(.*?)</script>`).FindAllStringSubmatch(body, -1) {
		if attributes, content := found[1], found[2]; content != "" || !strings.Contains(attributes, `src="/`) {
			t.Errorf("%s: a script that is not ours: <script%s>%s", path, attributes, content)
		}
	}
	options := regexp.MustCompile(`data-(?:wide|narrow)="([^"]*)"`).FindAllStringSubmatch(body, -1)
	for _, found := range options {
		_, option := fetch(t, w, html.UnescapeString(found[1]), "application/json")
		harmless(t, found[1], option)
		if !json.Valid([]byte(option)) {
			t.Errorf("%s: the option of a chart is not JSON:\n%s", path, option)
		}
	}
	if strings.Contains(path, "/indicators/") && len(options) == 0 {
		t.Errorf("%s has no chart", path)
	}
}

// answersAsText looks at the lists of the API.
func answersAsText(t *testing.T, w *website, text string) {
	t.Helper()
	for _, list := range []string{"groups", "actions", "indicators", "observations", "targets", "results", "frameworks", "organisations", "funding", "assessments"} {
		_, body := fetch(t, w, "/api/v1/"+list, "application/json")
		harmless(t, list, body)
		var answer any
		if err := json.Unmarshal([]byte(body), &answer); err != nil {
			t.Errorf("%s: %v", list, err)
		}
		if list != "assessments" && !holds(answer, text) {
			t.Errorf("%s does not name it:\n%s", list, body)
		}
	}
}

// holds tells whether a text is one of the texts of a JSON document, whole.
func holds(document any, text string) bool {
	switch document := document.(type) {
	case string:
		return document == text
	case []any:
		for _, part := range document {
			if holds(part, text) {
				return true
			}
		}
	case map[string]any:
		for _, part := range document {
			if holds(part, text) {
				return true
			}
		}
	}
	return false
}

// goesRound exports the names, in which no spreadsheet must find a formula, and
// imports them again.
func goesRound(t *testing.T, dsn, text string) {
	t.Helper()
	exported := content(t, dsn)
	if formula := regexp.MustCompile(`(?m)(^|,|")[=+@]`).FindString(exported); formula != "" {
		t.Errorf("a cell begins like a formula: %q", formula)
	}
	if text[0] == '=' && !strings.Contains(exported, "'"+text) {
		t.Errorf("the export does not guard it:\n%s", exported)
	}
	dir := t.TempDir()
	must(t, "export", "--database", dsn, "--out", dir)
	jalon(t.Context(), "import", "--database", dsn, dir).check(t, exitDone, "unchanged")
}
