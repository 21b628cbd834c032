package web

import (
	"net/http"
	"strings"
	"testing"

	"jalon/indicators"
	"jalon/sql/sqltest"
)

// countedProgramme makes the first indicator of the tests' programme a count of persons by sex and
// governorate.
func countedProgramme() (w *indicators.Workbook, code string) {
	w = apiWorkbook()
	code = w.Indicators[0].Key
	define := w.Indicators[0].Change
	w.Indicators[0].Change = func(i *indicators.Indicator) {
		define(i)
		i.Kind, i.Unit, i.Min, i.Max, i.Factor, i.Decimals = "number", "PERSONS", indicators.Decimal{}, indicators.Decimal{}, indicators.Decimal{}, nil
		i.Breakdowns, i.Additive = indicators.Codes{"age", "governorate", "sex"}, indicators.Codes{"age", "governorate", "sex"}
	}
	return w, code
}

// partAddresses are where the parts of an indicator are shown.
func partAddresses(code string) []string {
	at := "/charts/fr/indicators/" + code
	return []string{
		"/fr/indicators/" + code, "/fr/indicators/" + code + "?breakdown=sex%3DF", "/fr/indicators/" + code + "?period=2024", "/fr/indicators/" + code + "?as-of=%231",
		"/fr/territory", "/fr/territory?indicator=" + code, "/fr/territory/TN-11", "/fr/territory/TN-61", "/fr/territory/TN-11?as-of=%231",
		at + "/governorates.csv", at + "/ranking.csv", at + "/sex.csv", at + "/governorates.svg", at + "/ranking.svg", at + "/sex.svg",
		at + "/governorates", at + "/ranking?period=2024", at + "/sex", at + "/trajectory.csv?breakdown=sex%3DF", at + "/trajectory.svg?breakdown=governorate%3DTN-11",
	}
}

func TestPartsOfTheWhole(t *testing.T) {
	store := sqltest.Open(t)
	w, code := countedProgramme()
	record(t, store, w, reported(code, "2024", "9999"), partly(code, "2024", "1234", "sex=F"), partly(code, "2024", "8765", "sex=M"),
		partly(code, "2024", "3456", "governorate=TN-11"), partly(code, "2024", "6543", "governorate=TN-61"),
		partly(code, "2024", "4321", "age=15-24"), partly(code, "2024", "5678", "age=25+"))
	_, h := running(t, store)
	for _, address := range partAddresses(code) {
		if answer := ask(t, h, http.MethodGet, address); answer.StatusCode != http.StatusOK {
			t.Errorf("%s: %s", address, answer.Status)
		}
	}
	page := bodyOf(t, ask(t, h, http.MethodGet, "/fr/indicators/"+code))
	for _, words := range []string{"Par gouvernorat", "Femmes et hommes", "Ventilation\u00a0: <bdi>âge</bdi>", `<data value="4321"`, "34,6", "−7531", `data-chart="governorates"`, `data-chart="ranking"`, `data-chart="sex"`} {
		if !strings.Contains(page, words) {
			t.Errorf("the page of %s does not say %q", code, words)
		}
	}
	part := bodyOf(t, ask(t, h, http.MethodGet, "/fr/indicators/"+code+"?breakdown=sex%3DF"))
	if !strings.Contains(part, "Trajectoire – femmes") || !strings.Contains(part, "trajectory.svg?breakdown=sex%3DF") || !strings.Contains(part, `lang="ar" hreflang="ar">`) || !strings.Contains(part, "/ar/indicators/"+code+"?breakdown=sex%3DF") {
		t.Error("the trajectory of women is not shown, or not in every language")
	}
	if csv := bodyOf(t, ask(t, h, http.MethodGet, "/charts/fr/indicators/"+code+"/governorates.csv")); !strings.Contains(csv, "TN-61,Sfax,2024,6543,A,") {
		t.Errorf("the table behind the map: %s", csv)
	}
	if here := bodyOf(t, ask(t, h, http.MethodGet, "/fr/territory/TN-11")); !strings.Contains(here, `<data value="3456"`) || !strings.Contains(here, `<data value="9999"`) {
		t.Error("a governorate is not shown beside the country")
	}
	for _, address := range []string{
		"/fr/indicators/" + code + "?breakdown=sex%3DX", "/fr/indicators/" + code + "?period=2011", "/fr/indicators/" + code + "?method=none",
		"/fr/territory/XX-99", "/fr/territory?indicator=none", "/fr/territory?indicator=" + code + "&period=2011", "/charts/fr/indicators/" + code + "/ranking.svg?period=2011",
	} {
		if answer := ask(t, h, http.MethodGet, address); answer.StatusCode != http.StatusNotFound {
			t.Errorf("%s: %s, want 404", address, answer.Status)
		}
	}
	for _, address := range []string{"/fr/indicators/" + code + "?breakdown=sex", "/fr/indicators/" + code + "?period=yesterday"} {
		if answer := ask(t, h, http.MethodGet, address); answer.StatusCode != http.StatusBadRequest && answer.StatusCode != http.StatusUnprocessableEntity {
			t.Errorf("%s: %s, want a refusal", address, answer.Status)
		}
	}
}

// Neither what small counts would tell nor what is under way is told by maps, rankings,
// pairs and tables of parts.
func TestPartsKeepToThemselves(t *testing.T) {
	store := sqltest.Open(t)
	w, code := countedProgramme()
	record(t, store, w, reported(code, "2024", "9999"), partly(code, "2024", "1234", "sex=F"), partly(code, "2024", "8765", "sex=M"),
		partly(code, "2024", "3456", "governorate=TN-11"), partly(code, "2024", "6543", "governorate=TN-61"))
	record(t, store, nil, reported(code, "2024", "9998"), partly(code, "2024", "3", "sex=F"), partly(code, "2024", "9995", "sex=M"),
		partly(code, "2024", "2", "governorate=TN-11"), partly(code, "2024", "9996", "governorate=TN-61"))
	draft := partly(code, "2025", "7771", "governorate=TN-11")
	draft.Review = indicators.Submitted
	record(t, store, nil, draft)
	_, h := running(t, store)
	for _, address := range partAddresses(code) {
		body := bodyOf(t, ask(t, h, http.MethodGet, address))
		for _, secret := range []string{"1234", "8765", "3456", "6543", "9995", "9996", "7771", "1 234", "8\u202f765", "9\u202f995", "9\u202f996", "7\u202f771"} {
			if strings.Contains(body, secret) {
				t.Errorf("%s tells %s", address, secret)
			}
		}
	}
	page := bodyOf(t, ask(t, h, http.MethodGet, "/fr/indicators/"+code))
	if !strings.Contains(page, "masquée pour protéger les personnes") {
		t.Error("the page does not say that parts are withheld")
	}
}
