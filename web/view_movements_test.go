package web

import (
	"net/http"
	"strings"
	"testing"

	"jalon/indicators"
)

// A card tells of every status that turned since the state of before, those too that turned to
// or from what cannot be assessed, and who fell back is named below.
func TestACardTellsOfEveryTurn(t *testing.T) {
	s := demoServer(t)
	v := newPages(s).view(s.live.Picture(), s.languages["fr"], nil, nil)
	for turns, want := range map[indicators.Turns]string{
		{}:                    "",
		{Worse: 2, Gained: 1}: "2 en recul, 1 désormais évaluable",
		{Better: 1, Lost: 3}:  "1 en progrès, 3 ne sont plus évaluables",
	} {
		if got := plainText(string(v.turned(turns))); got != want {
			t.Errorf("%+v: %q, want %q", turns, got, want)
		}
	}
	for asOf, want := range map[string]string{"2026-11-22": " n’est plus évaluable depuis le ", "2026-03-10": " désormais évaluables depuis le "} {
		if page := plainText(bodyOf(t, ask(t, s.Handler(), http.MethodGet, "/fr/?as-of="+asOf))); !strings.Contains(page, want) {
			t.Errorf("as of %s no card says %q", asOf, want)
		}
	}
	_, fallen, _ := strings.Cut(plainText(bodyOf(t, ask(t, s.Handler(), http.MethodGet, "/fr/?as-of=2026-10-20"))), "Ont le plus reculé")
	if first := "Maintien en emploi à douze mois"; !strings.HasPrefix(fallen, first) { // three went further back, and kept their status
		t.Errorf("%q is not named first", first)
	}
}
