package web

import (
	"net/http"
	"strings"
	"testing"
)

// A figure that is severely doubted is not published until somebody says why it is right.
func TestSevereFindingsStopAPublication(t *testing.T) {
	m := newMinistry(t)
	record(t, m.store, nil, reported("THREE", "2021", "130"), reported("THREE", "2022", "134"), reported("THREE", "2023", "137"))
	m.signedIn("").served("/fr/indicators/THREE", "137")
	focal, verifier := m.signedIn("theme1"), m.signedIn("verifier")
	expect(t, focal.enters("THREE", "2025", "14100"), http.StatusSeeOther)
	expect(t, focal.steps("submit", "THREE", ""), http.StatusSeeOther) // who enters it is not held up
	expect(t, verifier.steps("verify", "THREE", ""), http.StatusSeeOther)

	figure := m.onItsWay("THREE")
	asked := expect(t, verifier.post("/fr/desk/review", "do", "publish", "figure", figure), http.StatusOK)
	for _, want := range []string{"Ce qui retient la publication", "l’unité est sans doute confondue", "14 100"} {
		if !strings.Contains(said(asked), want) && !strings.Contains(strings.ReplaceAll(said(asked), "\u202f", " "), want) {
			t.Errorf("the page of confirmation lacks %q: %s", want, said(asked))
		}
	}
	mark := hidden(t, asked, "finding")

	refused := expect(t, verifier.steps("publish", "THREE", "octobre"), http.StatusUnprocessableEntity)
	if !strings.Contains(said(refused), "Rien n’est publié") || !strings.Contains(refused, "octobre") {
		t.Errorf("refused with %s", said(refused))
	}
	sure := []string{"do", "publish", "sure", "yes", "figure", figure, "accept", "Vérifié au registre"}
	expect(t, verifier.post("/fr/desk/review", append(sure, "finding", "00000000000000000000000000000000")...), http.StatusUnprocessableEntity)
	if all, err := m.store.Acceptances(t.Context(), newestOf(t, m.store)); err != nil || len(all) != 0 {
		t.Errorf("accepted unseen: %v, %v", all, err)
	}

	expect(t, verifier.post("/fr/desk/review", append(sure, "finding", mark)...), http.StatusSeeOther)
	m.signedIn("").served("/fr/quality", "Vérifié au registre")
	if all, err := m.store.Acceptances(t.Context(), newestOf(t, m.store)); err != nil || all[mark].Reason != "Vérifié au registre" {
		t.Errorf("accepted as %v, %v", all, err)
	}
	m.signedIn("").served("/en/indicators/THREE", "14,100")
}
