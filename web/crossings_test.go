package web

import (
	"html"
	"io"
	"regexp"
	"strings"
	"testing"

	"jalon/indicators"
)

// Whoever follows a number of the matrix finds that many actions.
func TestEveryNumberOfTheMatrixLeadsToItsActions(t *testing.T) {
	h := apiServer(t, apiDataset(), io.Discard).Handler()
	cell := regexp.MustCompile(`<td class="num[^"]*"><a href="([^"]*)" title="[^"]*">(\d+)</a>`)
	found := regexp.MustCompile(`<h2 id="found">(?:<bdi class="num">)?(\d+)`)
	followed := 0
	for _, address := range []string{"/fr/complementarities?framework=sdg2030", "/fr/complementarities?by=governorate", "/fr/complementarities?by=partner", "/fr/complementarities?by=donor"} {
		for _, m := range cell.FindAllStringSubmatch(bodyOf(t, ask(t, h, "GET", address)), -1) {
			list := bodyOf(t, ask(t, h, "GET", html.UnescapeString(m[1])))
			if count := found.FindStringSubmatch(strings.ReplaceAll(list, "\n", "")); count == nil || count[1] != m[2] {
				t.Errorf("%s: %s says %s, there are %v", address, m[1], m[2], count)
			}
			followed++
		}
	}
	if followed == 0 {
		t.Error("the matrices are empty")
	}
}

func TestActionsThatNobodyHas(t *testing.T) {
	h := apiServer(t, apiDataset(), io.Discard).Handler()
	for _, query := range []string{"group=%3Cb%3E", "result=plan%3A9", "donor=NOBODY", "status=odd", "scope=&group=9"} {
		body := bodyOf(t, ask(t, h, "GET", "/fr/actions?"+query))
		if !strings.Contains(body, "Aucune action ne répond") || strings.Contains(body, "<b>") {
			t.Errorf("%s: does not say that there is none", query)
		}
	}
}

// Frameworks without links and programmes without groups leave the page whole.
func TestCrossingsOfNothing(t *testing.T) {
	h := apiServer(t, indicators.NewDataset(&indicators.Definitions{}, nil, nil), io.Discard).Handler()
	for _, address := range []string{"/fr/complementarities", "/ar/complementarities?by=donor", "/en/complementarities?by=odd&framework=none", "/fr/actions"} {
		if body := bodyOf(t, ask(t, h, "GET", address)); !strings.Contains(body, "</html>") {
			t.Errorf("%s is not whole", address)
		}
	}
}

// A portfolio as a file has what its page has, narrowed down in the same way.
func TestAPortfolioAsATable(t *testing.T) {
	h := apiServer(t, apiDataset(), io.Discard).Handler()
	whole := bodyOf(t, ask(t, h, "GET", "/fr/donors/DON/portfolio.csv"))
	if !strings.Contains(whole, "\r\nA1,") {
		t.Errorf("the funded action is not in %q", whole)
	}
	if none := bodyOf(t, ask(t, h, "GET", "/fr/donors/DON/portfolio.csv?reference=NOBODY")); strings.Contains(none, "\r\nA1,") {
		t.Errorf("a reference that the action does not have finds it: %q", none)
	}
	if answer := ask(t, h, "GET", "/fr/donors/NOBODY/portfolio.csv"); answer.StatusCode != 404 {
		t.Errorf("a donor that there is not answers %d", answer.StatusCode)
	}
}
