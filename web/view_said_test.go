package web

import (
	"html"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"jalon/indicators"
	"jalon/locale"
)

// saysIn fails unless a refusal says a sentence, in the language of its page.
func saysIn(t *testing.T, answer *http.Response, status int, want string) {
	t.Helper()
	body := html.UnescapeString(expect(t, answer, status))
	at := strings.Index(body, want)
	if at < 0 {
		t.Errorf("the answer lacks %q", want)
		return
	}
	if tag := body[strings.LastIndex(body[:at], "<"):at]; strings.Contains(tag, "lang=") {
		t.Errorf("%q is marked as of another language: %s", want, tag)
	}
}

// What the rules refuse or doubt of an entry is said in the reader's language.
func TestFormsOfEntriesSpeakTheReadersLanguage(t *testing.T) {
	m := newMinistry(t)
	p := m.signedIn("admin")
	group := func(lang, coordinator string) *http.Response {
		at := "/" + lang + "/admin/groups/edit?key=1"
		return p.post(at, fieldsOf(t, p.page(at)).with("coordinator", coordinator, "do", "preview")...)
	}
	target := func(lang, value string) *http.Response {
		at := "/" + lang + "/admin/targets/edit?" + url.Values{"key": {"THREE::target:2030::"}}.Encode()
		return p.post(at, fieldsOf(t, p.page(at)).with("value", value, "do", "preview")...)
	}
	const refused, done = http.StatusUnprocessableEntity, http.StatusOK
	saysIn(t, group("fr", "PERSONNE"), refused, "«\u00a0PERSONNE\u00a0» n’est pas dans organisations\u00a0: corrigez le code, ou ajoutez-le là")
	saysIn(t, group("ar", "NOBODY"), refused, "«\u2068NOBODY\u2069» غير موجود في \u2068organisations\u2069: صحح الرمز أو أضفه هناك")
	saysIn(t, group("en", "NOBODY"), refused, `"NOBODY" is not in organisations: correct the code, or add it there`)
	saysIn(t, target("fr", "12,5 %"), refused, "porte un signe de pourcentage\u00a0: écrivez le nombre seul")
	saysIn(t, target("ar", "99,5"), refused, "يقع \u206899,5\u2069 في الجهة الخاطئة من القيمة المرجعية، \u2068100\u2069")
	saysIn(t, target("fr", "210,5"), done, "la valeur (target) de THREE pour 2030 était 200 et devient 210,5, comme si elle avait été mal saisie")
	saysIn(t, target("ar", "210,5"), done, "للفترة \u20682030\u2069 هي \u2068200\u2069 وتصبح \u2068210,5\u2069")
}

func TestTheDeskSpeaksTheReadersLanguage(t *testing.T) {
	m := newMinistry(t)
	p := m.signedIn("theme1")
	grid := func(lang string) string { return "/" + lang + "/desk/grid?frequency=year&count=12" }
	seen := hidden(t, p.page(grid("fr")), "seen")
	expect(t, m.signedIn("verifier").post("/fr/desk/periods", "do", "lock", "period", "2025", "reason", "clos"), http.StatusSeeOther)
	half := func(lang string) *http.Response {
		return p.post("/"+lang+"/desk/figures/THREE?period=2023", "seen", seen, "value", "", "numerator", "3", "obs_status", "A", "do", "draft")
	}
	for lang, want := range map[string][2]string{
		"fr": {"la période est verrouillée\u00a0: ôtez la ligne", "le numérateur et le dénominateur vont ensemble\u00a0: remplissez les deux cellules"},
		"ar": {"الفترة مقفلة: احذف السطر", "البسط والمقام متلازمان: املأ الخانتين معا"},
		"en": {"the period is locked: leave the row out", "numerator and denominator go together: fill both cells"},
	} {
		saysIn(t, p.post(grid(lang), "seen", seen, "v:THREE:2025", "151", "do", "draft"), http.StatusUnprocessableEntity, want[0])
		saysIn(t, half(lang), http.StatusUnprocessableEntity, want[1])
	}
}

// Values in a sentence are written as they are elsewhere on the page.
func TestValuesInSentences(t *testing.T) {
	languages, err := locale.Load()
	if err != nil {
		t.Fatal(err)
	}
	later, earlier := number("12345.50"), number("-1.5")
	s := indicators.Say("%s, %s, %s, %s, %s, %s", later, earlier, period("2026-Q1"), indicators.Date(20260301), indicators.Yearly,
		indicators.Say("at least %s", indicators.Quote("a\u202e\"b")))
	for lang, want := range map[string]string{
		"fr": "12\u202f345,50, \u22121,5, 1er trimestre 2026, 1er mars 2026, annuel, au moins «\u00a0a\\u202e\"b\u00a0»",
		"en": "12,345.50, \u22121.5, 1st quarter of 2026, 1 March 2026, yearly, at least \"a\\u202e\"b\"",
	} {
		if got := (&view{l: languages[lang]}).said(s); got != want {
			t.Errorf("%s: got %q, want %q", lang, got, want)
		}
	}
}
