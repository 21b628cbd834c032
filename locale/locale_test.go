package locale

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

func load(t *testing.T) map[string]*Language {
	t.Helper()
	all, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// shown makes the unbreakable spaces and signs of a text visible.
func shown(text string) string {
	return strings.NewReplacer("\u202f", "_", "\u00a0", "~", "\u2212", "-").Replace(text)
}

func TestNumbers(t *testing.T) {
	all := load(t)
	for _, tt := range []struct{ plain, fr, en string }{
		{"0", "0", "0"}, {"5", "5", "5"}, {"1234", "1234", "1234"}, {"12345", "12_345", "12,345"}, {"-12345.60", "-12_345,60", "-12,345.60"},
		{"1234567.891", "1_234_567,891", "1,234,567.891"}, {"-0.0", "0,0", "0.0"}, {"-0.01", "-0,01", "-0.01"}, {"999999999999999999", "999_999_999_999_999_999", "999,999,999,999,999,999"},
	} {
		fr, en, ar := all["fr"].Digits(tt.plain), all["en"].Digits(tt.plain), all["ar"].Digits(tt.plain)
		if shown(fr) != tt.fr || shown(en) != tt.en || ar != fr {
			t.Errorf("%s: %s, %s, %s", tt.plain, shown(fr), shown(en), shown(ar))
		}
	}
	for _, tt := range []struct {
		x        float64
		decimals int
		fr       string
	}{
		{0.605, 1, "0,6"}, {-0.04, 1, "0,0"}, {-0.06, 1, "-0,1"}, {12345.678, 2, "12_345,68"}, {1e15, 0, "1_000_000_000_000_000"}, {2.5, 0, "3"}, {-2.5, 0, "-3"}, {60.5, 0, "61"}, {1.005, 2, "1,01"}, {0.285, 2, "0,29"}, {2.49, 0, "2"}, {0.5, 1, "0,5"},
	} {
		if got := shown(all["fr"].Number(tt.x, tt.decimals)); got != tt.fr {
			t.Errorf("%v: %s, want %s", tt.x, got, tt.fr)
		}
	}
	if fr, en := all["fr"].Percent(0.6089, 1), all["en"].Percent(-0.5, 0); shown(fr) != "60,9_%" || shown(en) != "-50%" {
		t.Errorf("percentages: %s, %s", shown(fr), shown(en))
	}
}

func TestDates(t *testing.T) {
	all := load(t)
	last, first := time.Date(2026, 10, 31, 18, 5, 0, 0, time.UTC), time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	for code, want := range map[string]string{
		"fr": "31 octobre 2026, 18:05 / 1er mars 2026",
		"en": "31 October 2026, 18:05 / 1 March 2026",
		"ar": "31 أكتوبر 2026، 18:05 / 1 مارس 2026",
	} {
		if got := all[code].Moment(last) + " / " + all[code].Date(first); got != want {
			t.Errorf("%s: %s, want %s", code, got, want)
		}
	}
}

func TestPeriods(t *testing.T) {
	all := load(t)
	for _, tt := range []struct {
		year, month, months int
		fr, en, ar, brief   string
	}{
		{2023, 1, 12, "2023", "2023", "2023", "2023"},
		{2026, 3, 1, "mars 2026", "March 2026", "مارس 2026", "03/2026"},
		{2026, 1, 3, "1er trimestre 2026", "1st quarter of 2026", "الثلاثي الأول 2026", "T1 2026"},
		{2026, 10, 3, "4e trimestre 2026", "4th quarter of 2026", "الثلاثي الرابع 2026", "T4 2026"},
		{2026, 7, 6, "2e semestre 2026", "2nd half of 2026", "السداسي الثاني 2026", "S2 2026"},
		{2016, 1, 60, "2016–2020", "2016–2020", "2016–2020", "2016–2020"},
		{0, 0, 0, "", "", "", ""},
	} {
		fr, en, ar := all["fr"].Period(tt.year, tt.month, tt.months), all["en"].Period(tt.year, tt.month, tt.months), all["ar"].Period(tt.year, tt.month, tt.months)
		if brief := all["fr"].ShortPeriod(tt.year, tt.month, tt.months); fr != tt.fr || en != tt.en || ar != tt.ar || brief != tt.brief {
			t.Errorf("got %s, %s, %s, %s, want %+v", fr, en, ar, brief, tt)
		}
	}
}

// words is a language of a few texts, beside its French.
func words(code string, own map[string]string) *Language {
	french := &Language{Code: "fr", words: map[string]string{
		"days.one": "{0} jour", "days.other": "{0} jours", "title": "{0} de {1}", "only": "seulement",
	}}
	return &Language{Code: code, words: own, fallback: french}
}

func TestPlurals(t *testing.T) {
	ar := map[string]string{
		"days.zero": "zero", "days.one": "one", "days.two": "two", "days.few": "few {0}", "days.many": "many {0}", "days.other": "other {0}",
	}
	for _, tt := range []struct {
		l    *Language
		n    int
		want string
	}{
		{words("fr", words("", nil).fallback.words), 0, "0 jour"},
		{words("fr", words("", nil).fallback.words), -1, "-1 jour"},
		{words("fr", words("", nil).fallback.words), 2, "2 jours"},
		{words("en", map[string]string{"days.one": "{0} day", "days.other": "{0} days"}), 0, "0 days"},
		{words("en", map[string]string{"days.one": "{0} day", "days.other": "{0} days"}), 1, "1 day"},
		{words("en", nil), 0, "0 jour"}, // by the rule of the language that stands in
		{words("ar", nil), 2, "2 jours"},
		{words("ar", ar), 0, "zero"}, {words("ar", ar), 1, "one"}, {words("ar", ar), 2, "two"}, {words("ar", ar), 3, "few 3"}, {words("ar", ar), 10, "few 10"},
		{words("ar", ar), 11, "many 11"}, {words("ar", ar), 99, "many 99"}, {words("ar", ar), 100, "other 100"}, {words("ar", ar), 102, "other 102"},
		{words("ar", ar), 103, "few 103"}, {words("ar", ar), 111, "many 111"}, {words("ar", map[string]string{"days.other": "أيام {0}"}), 2, "أيام 2"},
	} {
		if got := shown(tt.l.N("days", tt.n)); got != tt.want {
			t.Errorf("%s, %d: %s, want %s", tt.l.Code, tt.n, got, tt.want)
		}
	}
}

func TestTexts(t *testing.T) {
	l := words("en", map[string]string{"title": "{1}: {0}, {1}"})
	for want, got := range map[string]string{
		"{1} </script>: {0}, {1} </script>": l.T("title", "{0}", "{1} </script>"), // an argument is no text to fill in
		"seulement":                         l.T("only"),
		"nothing.of.the.kind":               l.T("nothing.of.the.kind", 1),
		"{1}: {0}, {1}":                     l.T("title"),
	} {
		if got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

// A key of another language that French lacks is a text that nobody asks for, or a
// misspelt one. Plural forms differ: French has "one" and "other".
func TestCataloguesAgree(t *testing.T) {
	all := load(t)
	places := regexp.MustCompile(`\{\d+\}`)
	placesOf := func(text string) string {
		found := places.FindAllString(text, -1)
		slices.Sort(found)
		return fmt.Sprint(slices.Compact(found))
	}
	forms := []string{".zero", ".one", ".two", ".few", ".many"}
	for _, code := range Codes()[1:] {
		for _, key := range all[code].Keys() {
			french, small := key, false
			for _, form := range forms {
				if base, plural := strings.CutSuffix(key, form); plural && all["fr"].Has(base+".other") {
					french, small = base+".other", form == ".zero" || form == ".one" || form == ".two"
				}
			}
			if !all["fr"].Has(french) {
				t.Errorf("%s: French has no %s", code, key)
				continue
			}
			own, theirs := placesOf(all[code].T(key)), placesOf(all["fr"].T(french))
			if own != theirs && !(small && own == placesOf(strings.ReplaceAll(all["fr"].T(french), "{0}", ""))) { // "one day" names its number itself
				t.Errorf("%s: %s has %s, in French %s", code, key, own, theirs)
			}
		}
	}
	for _, code := range Codes() {
		for _, key := range all[code].Keys() {
			if strings.TrimSpace(all[code].T(key)) == "" {
				t.Errorf("%s: %s is empty", code, key)
			}
		}
	}
}
