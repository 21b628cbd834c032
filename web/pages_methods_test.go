package web

import (
	"io"
	"regexp"
	"slices"
	"strings"
	"testing"

	"jalon/indicators"
	"jalon/indicators/progress"
	"jalon/locale"
)

// remitting is the small programme under the newest rules, with the World Bank's
// figures for the cost of sending money to Tunisia.
func remitting(t *testing.T, change func(*indicators.Definitions)) *indicators.Dataset {
	t.Helper()
	ds := apiDataset()
	d := *ds.Definitions
	d.Settings = append([]indicators.Setting{{Key: "rules", Value: "2"}}, d.Settings...)
	d.Frameworks = slices.Clone(d.Frameworks)
	for n := range d.Frameworks {
		d.Frameworks[n].Method = ""
	}
	if change != nil {
		change(&d)
	}
	var figures []indicators.Figure
	for n, value := range []string{"9.48699", "10.6492", "8.83464", "9.51176", "8.99019", "10.28448", "8.9175", "5.53667"} {
		v, err := indicators.ParseDecimal(value)
		if err != nil {
			t.Fatal(err)
		}
		figures = append(figures, indicators.Figure{Period: indicators.Year(2016 + n), Value: v, Status: "A", Since: 2})
	}
	return indicators.NewDataset(&d, ds.Changesets, map[indicators.SeriesKey][]indicators.Figure{{Indicator: "REM-COST"}: figures})
}

// said is a page as it is read: without markup, white space folded.
func said(body string) string {
	text := regexp.MustCompile(`</(dt|dd|p|li|h\d|td|th|summary)>`).ReplaceAllString(body, " ")
	text = regexp.MustCompile(`(?s)<script.*?</script>|<[^>]*>`).ReplaceAllString(text, "")
	text = strings.NewReplacer("\u202f", " ", "\u00a0", " ", "\u2212", "-", "&#39;", "'", "&amp;", "&", "\u2068", "", "\u2069", "").Replace(text)
	return strings.Join(strings.Fields(text), " ")
}

func TestAnIndicatorShowsHowItIsJudged(t *testing.T) {
	h := apiServer(t, remitting(t, nil), io.Discard).Handler()
	for path, wants := range map[string][]string{
		"/fr/indicators/REM-COST": {
			"La valeur est de 5,54 PERCENT en 2023, contre 9,49 PERCENT en 2016 : -7,4 % par an, et il faudrait -7,9 % par an pour la cible (3 PERCENT en 2030). C’est 94 % du rythme requis.",
			"g = (v ÷ b)^(1 ÷ n) - 1 = (5,53667 ÷ 9,48699)^(1 ÷ 7) - 1 = -7,404773 %", "p = d × g ÷ |r| = -1 × (-7,404773 %) ÷ |(-7,894577 %)| = 0,938",
			"p ≥ 0,95", "À surveiller", "Les méthodes ne disent pas la même chose : « En bonne voie » selon Taux de réalisation, « À surveiller » selon Progression Open SDG.",
			"(modèle logistique, 8 valeurs), la valeur serait de 5,20 PERCENT en 2030", "de 3,15 à 8,46 PERCENT", "Probabilité d’atteindre la cible", "8 % si la tendance se poursuit",
			"sur 6 résultats, 3 étaient dans l’intervalle à 80 %, soit 50 %. Score de Brier de la probabilité : 0,47", "CESAP, écart anticipé", "P = 26,0 %",
			"On dispose de 8 valeurs (la première : 2016 ; la dernière : 2023, âgée de",
		},
		"/en/indicators/REM-COST": {
			"The value is 5.54 PERCENT in 2023, against 9.49 PERCENT in 2016: -7.4% a year, where the target (3 PERCENT in 2030) needs -7.9% a year. That is 94% of the pace required.",
			"Probability of reaching the target", "8% if the trend goes on", "Method: Open SDG progress, version 1.",
		},
		"/ar/indicators/REM-COST": {"القيمة 5,54 PERCENT في 2023 مقابل 9,49 PERCENT في 2016", "هذا 94 % من النسق المطلوب", "احتمال بلوغ"},
	} {
		text := said(bodyOf(t, ask(t, h, "GET", path)))
		for _, want := range wants {
			if !strings.Contains(text, want) {
				t.Errorf("%s does not say %q:\n%s", path, want, text)
			}
		}
	}
	if list := bodyOf(t, ask(t, h, "GET", "/fr/groups/2")); !strings.Contains(list, "les méthodes divergent") {
		t.Errorf("the list does not flag the disagreement")
	}
}

// Whichever method judges, in whichever language, the page has its arithmetic and no
// number that is none.
func TestEveryMethodCanBeShown(t *testing.T) {
	for _, code := range progress.Judging() {
		h := apiServer(t, remitting(t, func(d *indicators.Definitions) {
			d.Indicators = slices.Clone(d.Indicators)
			for n := range d.Indicators {
				d.Indicators[n].Method = indicators.Optional(code)
			}
		}), io.Discard).Handler()
		for _, lang := range locale.Codes() {
			text := said(bodyOf(t, ask(t, h, "GET", "/"+lang+"/indicators/REM-COST")))
			for _, wrong := range []string{"NaN", "Inf", "{", "symbol.", "why.", "category."} {
				if strings.Contains(text, wrong) {
					t.Errorf("%s, %s: the page says %q:\n%s", code, lang, wrong, text)
				}
			}
			if !strings.Contains(text, " ÷ ") || !strings.Contains(text, strings.Replace(code, "no_target", "target", 1)) {
				t.Errorf("%s, %s: no arithmetic:\n%s", code, lang, text)
			}
		}
	}
}

func TestTheMethodsPageListsEveryMethod(t *testing.T) {
	h := apiServer(t, remitting(t, nil), io.Discard).Handler()
	for _, lang := range locale.Codes() {
		body := bodyOf(t, ask(t, h, "GET", "/"+lang+"/methods"))
		for _, m := range progress.All() {
			if !strings.Contains(body, "<code>"+m.Code+"@1</code>") {
				t.Errorf("%s: no %s", lang, m.Code)
			}
		}
		for _, r := range slices.Concat(progress.Reasons(), progress.MethodReasons(), progress.ProjectionReasons()) {
			if !strings.Contains(body, "<code>"+string(r)+"</code>") {
				t.Errorf("%s: no reason %s", lang, r)
			}
		}
	}
}
