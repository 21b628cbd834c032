package web

import (
	"net/http"
	"strings"
	"testing"

	"jalon/indicators"
	"jalon/sql/sqltest"
)

// cellsOf is all that a workbook says.
func cellsOf(t *testing.T, answer *http.Response) string {
	t.Helper()
	book := openedBook(t, answer)
	var all []string
	for _, sheet := range book.GetSheetList() {
		rows, err := book.GetRows(sheet)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, flat(rows)...)
	}
	return strings.Join(all, "\n")
}

// A portfolio's files hold for everybody what the public may have, whoever asks for them:
// no figure on its way, no confidential file, nothing of another state than the one asked for.
func TestThePortfoliosFilesArePublic(t *testing.T) {
	o := newOffice(t, indicators.Published)
	focal := o.people["theme1"]
	form := "/fr/desk/figures/DELAY?period=2026-09"
	expect(t, focal.post(form, "seen", hidden(t, focal.page(form), "seen"), "value", "37,25", "obs_status", "A", "do", "draft"), http.StatusSeeOther)
	expect(t, focal.steps("submit", "DELAY", ""), http.StatusSeeOther)
	expect(t, o.people["verifier"].steps("verify", "DELAY", "contrôlé"), http.StatusSeeOther)
	o.mustAttach("admin", delayAt, "public", "note.pdf")
	o.mustAttach("admin", delayAt, "confidential", "secret.pdf")
	seen := map[string]string{}
	for _, who := range everyone() {
		p := o.people[who]
		for at, text := range map[string]string{
			"IATI": bodyOf(t, p.get("/fr/donors/DON/portfolio.xml")), "XLSX": cellsOf(t, p.get("/fr/donors/DON/portfolio.xlsx")),
		} {
			for _, secret := range []string{"37,25", "37.25", "secret", "2026-09-30"} {
				if strings.Contains(text, secret) {
					t.Errorf("the %s tells %q %s", at, who, secret)
				}
			}
			if seen[at] == "" {
				seen[at] = text
			} else if seen[at] != text {
				t.Errorf("the %s is another for %q", at, who)
			}
		}
	}
	if !strings.Contains(seen["XLSX"], "note.pdf") || !strings.Contains(seen["XLSX"], "/documents/") {
		t.Errorf("the public file is not in the workbook: %s", seen["XLSX"])
	}
	before := readActivities(t, o.people[""].get("/fr/donors/DON/portfolio.xml?as-of=c1"))
	now := readActivities(t, o.people[""].get("/fr/donors/DON/portfolio.xml"))
	if totals(before) != "40" || totals(now) != "40 33" {
		t.Errorf("before %q, now %q", totals(before), totals(now))
	}
	var parts []string
	for _, a := range now[0].Actuals {
		for _, d := range a.Dimensions {
			parts = append(parts, d.Value+"="+a.Value)
		}
	}
	if got := strings.Join(parts, " "); got != "TN-11=31 TN-61=47 F=38 M=42" {
		t.Errorf("the parts are %q", got)
	}
}

// totals are the values of the whole in a file's one activity.
func totals(all []readActivity) string {
	var values []string
	for _, a := range all[0].Actuals {
		if len(a.Dimensions) == 0 {
			values = append(values, a.Value)
		}
	}
	return strings.Join(values, " ")
}

// Small numbers of persons, and what would betray them, are in no file.
func TestThePortfoliosFilesWithholdSmallNumbers(t *testing.T) {
	store := sqltest.Open(t)
	w := apiWorkbook()
	for n := range w.Indicators {
		if define := w.Indicators[n].Change; w.Indicators[n].Key == "DELAY" {
			w.Indicators[n].Change = func(i *indicators.Indicator) {
				define(i)
				i.Unit = "PERSONS"
			}
		}
	}
	record(t, store, w, reported("DELAY", "2026-07", "8769"), partly("DELAY", "2026-07", "4", "sex=F"), partly("DELAY", "2026-07", "8765", "sex=M"),
		reported("DELAY", "2026-06", "300"), partly("DELAY", "2026-06", "120", "sex=F"), partly("DELAY", "2026-06", "180", "sex=M"))
	_, h := running(t, store)
	all := readActivities(t, ask(t, h, "GET", "/fr/donors/DON/portfolio.xml"))
	var shown []string
	for _, a := range all[0].Actuals {
		shown = append(shown, a.Value)
	}
	if got := strings.Join(shown, " "); got != "300 120 180 8769" {
		t.Errorf("the file tells %q", got)
	}
	if cells := cellsOf(t, ask(t, h, "GET", "/fr/donors/DON/portfolio.xlsx")); strings.Contains(cells, "8765") {
		t.Error("the workbook tells what is withheld")
	}
}
