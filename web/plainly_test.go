package web

import (
	"io"
	"net/http"
	"strings"
	"testing"
)

// A citizen's question has one figure for an answer, at the head of a theme and of an
// indicator, whatever is known; another method shows the same block.
func TestOneFigureAnswers(t *testing.T) {
	h := apiServer(t, apiDataset(), io.Discard).Handler()
	for address, wants := range map[string][]string{
		"/fr/indicators/REM-COST": {"Où en est-on : Titre de REM-COST ?", "5,54 PERCENT en 2023 ; cible : 3 PERCENT d’ici 2030"},
		"/en/indicators/REM-COST": {"Where do we stand: Titre de REM-COST?", "5.54 PERCENT in 2023; target: 3 PERCENT by 2030"},
		"/ar/indicators/REM-COST": {"5,54 PERCENT في 2023؛ القيمة المستهدفة: 3 PERCENT في أفق 2030"},
		"/fr/indicators/SILENT":   {"Aucune valeur n’est encore publiée, et aucune cible n’est fixée"},
		"/fr/indicators/DELAY":    {"33,5 DAYS en août 2026 ; aucune cible n’est fixée"},
		"/fr/groups/2":            {"En clair", "Où en est-on : Titre de REM-COST ?", "Télécharger les chiffres (CSV)", "Comment c’est jugé"},
	} {
		text := said(bodyOf(t, ask(t, h, http.MethodGet, address)))
		for _, want := range wants {
			if !strings.Contains(text, want) {
				t.Errorf("%s does not say %q", address, want)
			}
		}
	}
	by := bodyOf(t, ask(t, h, http.MethodGet, "/fr/indicators/REM-COST?method=opensdg_progress"))
	if !strings.Contains(said(by), "Jugé ici, pour comparer, par la méthode « Progression Open SDG »") || !strings.Contains(by, `href="/fr/indicators/REM-COST"`) {
		t.Error("another method does not judge, or there is no way back")
	}
}
