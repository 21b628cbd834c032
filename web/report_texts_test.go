package web

import (
	"archive/zip"
	"bytes"
	"crypto/ed25519"
	"encoding/base64"
	"io"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"jalon/exchange/bundle"
	"jalon/indicators"
	"jalon/sql/sqltest"
)

// withHistory is a ministry whose programme began half a year before the last full month, so
// that reports of DELAY were due since.
func withHistory(t *testing.T) (m *ministry, month indicators.Period) {
	t.Helper()
	store := sqltest.Open(t)
	month, _ = lastMonth()
	began := time.Date(month.End().Time().Year(), month.End().Time().Month()-6, 1, 12, 0, 0, 0, time.UTC)
	cameIn(t, store, began.Format(time.DateOnly), apiWorkbook(), indicators.Published)
	m = unserved(t, store)
	m.server, m.h = running(t, store)
	return m, month
}

// before is the month so many months earlier.
func monthsBefore(month indicators.Period, count int) string {
	return indicators.Month(month.EndMonth() - 1 - count).String()
}

// section is a section of the report.
func section(t *testing.T, body, id string) string {
	t.Helper()
	found := regexp.MustCompile(`(?s)<h2 id="` + id + `">.*?(<h2 |</article>)`).FindString(body)
	if found == "" {
		t.Fatalf("there is no section %s in %s", id, body)
	}
	return found
}

func TestTheReportSaysWhatWasVerified(t *testing.T) {
	m, month := withHistory(t)
	theme, verifier := m.signedIn("theme1"), m.signedIn("verifier")
	record(t, m.store, nil, reported("DELAY", monthsBefore(month, 3), "40")) // imported
	at := monthsBefore(month, 2)
	m.signedIn("").served("/api/v1/observations?indicator=DELAY", monthsBefore(month, 3))
	expect(t, theme.enters("DELAY", at, "41"), http.StatusSeeOther)
	expect(t, theme.steps("submit", "DELAY", ""), http.StatusSeeOther)
	expect(t, verifier.steps("verify", "DELAY", ""), http.StatusSeeOther)
	expect(t, verifier.steps("publish", "DELAY", ""), http.StatusSeeOther)
	verifier.takes(month.String(), "")
	verifier.publishes(month.String(), "")
	public := m.signedIn("")
	for lang, want := range map[string]string{"fr": "Vérifiés", "en": "Verified", "ar": "المتثبت منه"} {
		page := section(t, public.page("/"+lang+"/snapshots/"+month.String()), "reporting")
		if !strings.Contains(page, `<th scope="col" class="end">`+want+`</th>`) {
			t.Errorf("%s: no column says %s", lang, want)
		}
		rows := regexp.MustCompile(`(?s)<tr><th scope="row">.*?</tr>`).FindAllString(page, -1)
		var verified []string
		for _, row := range rows[:4] { // two themes, all of them, the donor
			cells := regexp.MustCompile(`(?s)<td.*?</td>`).FindAllString(row, -1)
			verified = append(verified, plainText(cells[len(cells)-2]))
		}
		half := map[string]string{"fr": "50 %", "en": "50%", "ar": "50%"}[lang]
		for n, cell := range verified {
			if want := "1 " + half; n != 1 && !sameDigits(cell, want) {
				t.Errorf("%s: row %d says %q of %d rows, want %q: %s", lang, n, cell, len(rows), want, plainText(rows[n]))
			}
		}
		if !sameDigits(verified[1], "0") {
			t.Errorf("%s: the theme that owes nothing says %q", lang, verified[1])
		}
	}
	file := bodyOf(t, public.get("/en/snapshots/"+month.String()+"/annexes.xlsx"))
	if sheets := sheetsOf(t, file); !strings.Contains(sheets["Reporting"], ">verified<") {
		t.Error("the annex does not tell")
	} else {
		everyValue(t, m, sheets["Values"])
	}
}

// everyValue holds the annex of values against the database: those of parts are there, too.
func everyValue(t *testing.T, m *ministry, sheet string) {
	t.Helper()
	want := 0
	for o, err := range m.store.EachObservation(t.Context(), m.newest(t)) {
		if err != nil {
			t.Fatal(err)
		}
		want++
		cell := `<v>` + o.Value.String() + `</v>`
		if !strings.Contains(sheet, cell) {
			t.Errorf("%s of %s is not there as a number", o.Value, o.Key())
		}
	}
	if got := strings.Count(sheet, "<row ") - 1; got != want || want < 9 {
		t.Errorf("%d values are there, not %d", got, want)
	}
}

// sameDigits compares two texts by their digits.
func sameDigits(a, b string) bool {
	digits := func(text string) string { return regexp.MustCompile(`[^0-9 ]`).ReplaceAllString(text, "") }
	return strings.Join(strings.Fields(digits(a)), " ") == strings.Join(strings.Fields(digits(b)), " ")
}

// What is written beside a snapshot stands in the report in the reader's language; where it has
// no version in it, the French one stands in, and says so to who listens to the page.
func TestTheTextsStandInTheReport(t *testing.T) {
	m := newMinistry(t)
	_, number := lastMonth()
	theme, verifier := m.signedIn("theme1"), m.signedIn("verifier")
	verifier.takes(number, "")
	desk := "/fr/desk/snapshots/" + number
	write := func(who *person, kind, group, fr, ar, en string) {
		t.Helper()
		who.lands(desk, desk+"?done=word", "do", "text", "kind", kind, "group", group, "since", "0", "fr", fr, "ar", ar, "en", en)
	}
	write(theme, "comment", "1", "Bonne récolte", "موسم طيّب", "Good harvest")
	write(theme, "risks", "1", "La sécheresse\nLe prix des semences", "", "")
	write(theme, "next_steps", "1", "", "الموسم القادم", "")
	write(verifier, "key_message", "", "Tout avance "+attack, "", "All is moving")
	write(verifier, "good_news", "", "Un guichet ouvert", "فتح شباك", "")
	write(verifier, "alert", "", "Un retard", "", "")
	write(verifier, "decision", "", "Recruter deux agents", "", "Hire two officers")

	for name, who := range map[string]*person{"the public": m.signedIn(""), "a focal point": theme, "donors": m.signedIn("donor")} {
		expect(t, who.get("/fr/snapshots/"+number), http.StatusNotFound)
		if answer := who.get("/fr/snapshots/" + number + "/bundle.zip"); answer.StatusCode != http.StatusNotFound {
			t.Errorf("%s may have what is prepared: %d", name, answer.StatusCode)
		}
	}
	if draft := verifier.page("/fr/snapshots/" + number); !strings.Contains(draft, "Bonne récolte") {
		t.Error("whoever publishes does not see the texts before")
	}
	verifier.publishes(number, "")

	standing := func(lang, text string) string { return `<bdi lang="` + lang + `" dir="auto">` + text + `</bdi>` }
	own := func(text string) string { return `<bdi>` + text + `</bdi>` }
	for lang, wanted := range map[string]map[string][]string{
		"fr": {
			"message": {own("Un guichet ouvert"), own("Un retard"), own("Recruter deux agents")},
			"themes":  {own("Bonne récolte"), own("La sécheresse"), own("Le prix des semences"), standing("ar", "الموسم القادم")},
		},
		"ar": {
			"message": {own("فتح شباك"), standing("fr", "Un retard"), standing("fr", "Recruter deux agents")},
			"themes":  {own("موسم طيّب"), standing("fr", "La sécheresse"), own("الموسم القادم")},
		},
		"en": {
			"message": {own("All is moving"), standing("fr", "Un guichet ouvert"), standing("fr", "Un retard"), own("Hire two officers")},
			"themes":  {own("Good harvest"), standing("fr", "Le prix des semences"), standing("ar", "الموسم القادم")},
		},
	} {
		for _, address := range []string{"", "/report.html"} {
			body := bodyOf(t, m.signedIn("").get("/"+lang+"/snapshots/"+number+address))
			for id, texts := range wanted {
				for _, want := range texts {
					if !strings.Contains(section(t, body, id), want) {
						t.Errorf("%s%s: the section %s has no %s", lang, address, id, want)
					}
				}
			}
			if strings.Contains(body, "<script>alert") {
				t.Errorf("%s%s: what was written is carried out", lang, address)
			}
		}
	}
}

// What was dropped is gone, with its texts and all its addresses; the month can be taken anew.
func TestADroppedSnapshotIsGone(t *testing.T) {
	m := newMinistry(t)
	_, number := lastMonth()
	verifier := m.signedIn("verifier")
	verifier.takes(number, "")
	desk := "/fr/desk/snapshots/" + number
	verifier.lands(desk, desk+"?done=word", "do", "text", "kind", "alert", "group", "", "since", "0", "fr", "Un retard", "ar", "", "en", "")
	verifier.lands(desk, "/fr/snapshots", "do", "drop", "reason", "chiffres à revoir")
	for _, address := range []string{desk, "/fr/snapshots/" + number, "/fr/snapshots/" + number + "/report.html", "/fr/snapshots/" + number + "/bundle.zip", "/fr/?as-of=snapshot%3A" + number} {
		expect(t, verifier.get(address), http.StatusNotFound)
	}
	m.signedIn("admin").served("/fr/history", "chiffres à revoir")
	verifier.takes(number, "")
	if strings.Contains(verifier.page(desk), "Un retard") {
		t.Error("the text of what was dropped came back")
	}
}

// With a key, what the desk publishes is signed, and the bundle that everybody downloads proves
// it by the public one.
func TestTheDeskSigns(t *testing.T) {
	m := newMinistry(t)
	public, key, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	m.server.cfg.SnapshotKey = key
	_, number := lastMonth()
	verifier := m.signedIn("verifier")
	verifier.takes(number, "")
	verifier.publishes(number, "")
	v := proved(t, m.signedIn(""), number)
	want := indicators.Optional(base64.StdEncoding.EncodeToString(public))
	if !v.Equal || v.PublicKey != want {
		t.Errorf("it is %+v, want equal and signed by %s", v, want)
	}
	if v, err := m.store.ProveSnapshot(t.Context(), number, nil); err != nil || !v.Equal || v.PublicKey != want {
		t.Errorf("the database says %+v, %v", v, err)
	}
}

// proved checks the bundle that somebody downloads.
func proved(t *testing.T, who *person, number string) *indicators.Verification {
	t.Helper()
	file := []byte(expect(t, who.get("/fr/snapshots/"+number+"/bundle.zip"), http.StatusOK))
	v, err := bundle.Check(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// sheetsOf are the sheets of a workbook, by their names.
func sheetsOf(t *testing.T, file string) map[string]string {
	t.Helper()
	files, err := zip.NewReader(strings.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	read := func(name string) string {
		r, err := files.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		return string(body)
	}
	all := map[string]string{}
	names := regexp.MustCompile(`<sheet name="([^"]*)" sheetId="(\d+)"`).FindAllStringSubmatch(read("xl/workbook.xml"), -1)
	for _, name := range names {
		all[name[1]] = read("xl/worksheets/sheet" + name[2] + ".xml")
	}
	return all
}
