package charts

import (
	"strings"
	"testing"

	"jalon/indicators"
)

// The sentence counts each indicator once, and says which bars hold twice and what no bar holds.
func TestBarsAreCounted(t *testing.T) {
	three := indicators.Counts{2, 0, 0, 0, 0, 0, 1}
	for lang, wanted := range map[string]map[InThemes]string{
		"fr": {
			{Counts: three}:             "3 indicateurs dans les thèmes – Atteint : 2, Non évaluable : 1.",
			{Counts: three, Several: 1}: "3 indicateurs dans les thèmes – Atteint : 2, Non évaluable : 1. Dont 1 dans plusieurs thèmes, montré dans chacun.",
			{Counts: three, Outside: 5}: "3 indicateurs dans les thèmes – Atteint : 2, Non évaluable : 1. Hors thème : 5 indicateurs.",
			{Outside: 1}:                "Hors thème : 1 indicateur.",
			{}:                          "Aucun indicateur n’est suivi.",
		},
		"en": {{Counts: three, Several: 2, Outside: 1}: "3 indicators in the themes – Achieved: 2, Not assessable: 1. Of these, 2 are in more than one theme, and shown in each. Outside the themes: 1 indicator."},
		"ar": {{Counts: three, Several: 2, Outside: 1}: "في المحاور: 3 مؤشرات – محقق: 2، غير قابل للتقييم: 1. منها مؤشران ينتميان إلى أكثر من محور، ويظهران في كل منها. خارج المحاور: مؤشر واحد."},
	} {
		for in, want := range wanted {
			c, err := StatusBars(languages(t)[lang], nil, in, Wide)
			if got := strings.NewReplacer("\u00a0", " ", "\u202f", " ").Replace(c.Description); err != nil || got != want {
				t.Errorf("%s %+v: %q, %v; want %q", lang, in, got, err, want)
			}
		}
	}
}
