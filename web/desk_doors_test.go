package web

import (
	"net/http"
	"strings"
	"testing"
)

// Everybody with an account finds on the desk what is of use to them, and nobody is led to
// where they may not go.
func TestTheDeskLeadsEverybodySomewhere(t *testing.T) {
	m := newMinistry(t)
	expect(t, m.signedIn("theme1").enters("THREE", "2025", "151"), http.StatusSeeOther)
	for who, tt := range map[string]struct{ has, lacks string }{
		"auditor":  {`href="/fr/quality?rule=overdue" href="/fr/history" href="/fr/history.csv" id="under_way"`, `href="/fr/desk/grid" id="others" id="funded"`},
		"verifier": {`href="/fr/quality?rule=overdue" href="/fr/desk/periods" href="/fr/history.csv" id="others"`, `href="/fr/desk/grid" id="funded"`},
		"donor":    {`id="funded" href="/fr/actions/A1" href="/fr/quality" href="/fr/history"`, `href="/fr/history.csv" href="/fr/desk/periods"`},
		"other":    {`href="/fr/quality" href="/fr/history"`, `id="funded" href="/fr/actions/A1"`},
		"theme1":   {`href="/fr/desk/grid" href="/fr/quality" href="/fr/history" id="drafts"`, `href="/fr/history.csv" href="/fr/desk/periods" id="funded"`},
	} {
		p := m.signedIn(who)
		body := p.page("/fr/desk")
		for _, want := range strings.Fields(tt.has) {
			if !strings.Contains(body, want) {
				t.Errorf("%s: the desk lacks %s", who, want)
			}
			if address, found := strings.CutPrefix(want, `href="`); found {
				expect(t, p.get(strings.TrimSuffix(address, `"`)), http.StatusOK)
			}
		}
		for _, other := range strings.Fields(tt.lacks) {
			if strings.Contains(body, other) {
				t.Errorf("%s: the desk has %s", who, other)
			}
		}
	}
}

// From a figure one comes to the desk, its documents and its history, also before anything
// was said of it, and from its history back.
func TestAFigureLeadsToItsHistoryAndBack(t *testing.T) {
	m := newMinistry(t)
	p := m.signedIn("theme1")
	form, own := "/fr/desk/figures/THREE?period=2025", `href="/fr/indicators/THREE/history/2025"`
	if body := p.page(form); strings.Contains(body, own) || !strings.Contains(body, `href="/fr/indicators/THREE/history"`) {
		t.Error("a figure of which nothing is said leads to a history that it does not have")
	}
	answer := p.post(form, "seen", hidden(t, p.page(form), "seen"), "value", "151", "obs_status", "A", "do", "draft")
	expect(t, answer, http.StatusSeeOther)
	body := p.page(answer.Header.Get("Location"))
	for _, want := range []string{"Les chiffres sont enregistrés comme brouillons.", own, `href="/fr/desk"`, `href="/fr/indicators/THREE/documents?period=2025"`} {
		if !strings.Contains(body, want) {
			t.Errorf("the figure lacks %s", want)
		}
	}
	history, back := "/fr/indicators/THREE/history/2024", `href="/fr/desk/figures/THREE?period=2024"`
	if body := p.page(history); !strings.Contains(body, back) || !strings.Contains(body, `href="/fr/indicators/THREE/documents?period=2024"`) {
		t.Error("the history does not lead back to the figure and its documents")
	}
	documents := "/fr/indicators/THREE/documents?period=2024"
	if !strings.Contains(p.page(documents), back) {
		t.Error("the documents do not lead to the figure")
	}
	if citizen := m.signedIn(""); strings.Contains(citizen.page(history), back) || strings.Contains(citizen.page(documents), back) {
		t.Error("the public is led to a form")
	}
}

// Each cell of the grid is labelled by its indicator and its period.
func TestTheCellsOfTheGridAreLabelled(t *testing.T) {
	body := newMinistry(t).signedIn("theme1").page("/fr/desk/grid?frequency=year&count=3")
	cell := body[strings.Index(body, `name="v:`):]
	_, after, _ := strings.Cut(cell[:strings.Index(cell, ">")], `aria-labelledby="`)
	heads, _, _ := strings.Cut(after, `"`)
	for _, id := range strings.Fields(heads) {
		if strings.Count(body, ` id="`+id+`"`) != 1 {
			t.Errorf("the label %q of a cell is not one place on the page", id)
		}
	}
	if len(strings.Fields(heads)) != 2 {
		t.Errorf("a cell is labelled by %q", heads)
	}
}
