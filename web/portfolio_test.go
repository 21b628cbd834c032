package web

import (
	"bytes"
	"encoding/xml"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"jalon/indicators"
)

// opened reads a workbook as whoever has it does.
func openedBook(t *testing.T, answer *http.Response) *excelize.File {
	t.Helper()
	if kind := answer.Header.Get("Content-Type"); answer.StatusCode != http.StatusOK || !strings.HasSuffix(kind, "spreadsheetml.sheet") {
		t.Fatalf("%s, %s", answer.Status, kind)
	}
	book, err := excelize.OpenReader(bytes.NewReader([]byte(bodyOf(t, answer))))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { book.Close() })
	return book
}

// column gives a column of a sheet by its heading, without it.
func column(t *testing.T, book *excelize.File, sheet, heading string) (cells []string) {
	t.Helper()
	rows, err := book.GetRows(sheet, excelize.Options{RawCellValue: true})
	if err != nil || len(rows) == 0 {
		t.Fatalf("the sheet %s: %v", sheet, err)
	}
	for n, word := range rows[0] {
		if word != heading {
			continue
		}
		for _, row := range rows[1:] {
			cell := ""
			if n < len(row) {
				cell = row[n]
			}
			cells = append(cells, cell)
		}
		return cells
	}
	t.Fatalf("%s has no column %q: %q", sheet, heading, rows[0])
	return nil
}

// A portfolio as a workbook has what its page has, narrowed down in the same way.
func TestAPortfolioAsAWorkbook(t *testing.T) {
	h := apiServer(t, apiDataset(), io.Discard).Handler()
	book := openedBook(t, ask(t, h, "GET", "/fr/donors/DON/portfolio.xlsx"))
	for sheet, wants := range map[string]map[string]string{
		"Actions":     {"code": "A1", "intitulé": attack, "illustratif": "illustratif", "état": "En cours", "indicateurs": "1"},
		"Argent":      {"bailleur": "Donateur|Donateur", "monnaie": "CHF|TND", "engagé": "1500.5|0", "décaissé": "0|200"},
		"Indicateurs": {"action": "A1", "code": "DELAY", "valeur": "33.5", "période": "2026-08", "pièces": "0"},
		"Sources":     {"code": "DELAY", "première période": "2026-07", "dernière période": "2026-08", "valeurs": "2"},
	} {
		for heading, want := range wants {
			if got := strings.Join(column(t, book, sheet, heading), "|"); got != want {
				t.Errorf("%s, %s: %q, want %q", sheet, heading, got, want)
			}
		}
	}
	for _, cell := range []string{"E2", "F2"} {
		if kind, err := book.GetCellType("Argent", cell); err != nil || kind != excelize.CellTypeUnset && kind != excelize.CellTypeNumber {
			t.Errorf("the amount in %s is of the type %v (%v)", cell, kind, err)
		}
	}
	about, err := book.GetRows("Portefeuille")
	if err != nil {
		t.Fatal(err)
	}
	text := strings.ReplaceAll(strings.Join(flat(about), "\n"), "\u00a0", " ")
	for _, want := range []string{"Donateur", "2026-10-31", "2026-09-20", "/fr/donors/DON", "inventés"} {
		if !strings.Contains(text, want) {
			t.Errorf("the first sheet does not say %q:\n%s", want, text)
		}
	}
	filtered := openedBook(t, ask(t, h, "GET", "/fr/donors/DON/portfolio.xlsx?reference=NOBODY&as-of=c2"))
	if codes := column(t, filtered, "Actions", "code"); len(codes) > 0 {
		t.Errorf("a reference that no action has finds %q", codes)
	}
	if rows, err := filtered.GetRows("Portefeuille"); err != nil || !strings.Contains(strings.Join(flat(rows), "\n"), "NOBODY") {
		t.Errorf("the filter is not named (%v)", err)
	}
	arabic := openedBook(t, ask(t, h, "GET", "/ar/donors/DON/portfolio.xlsx"))
	if view, err := arabic.GetSheetView(arabic.GetSheetList()[0], 0); err != nil || view.RightToLeft == nil || !*view.RightToLeft {
		t.Errorf("the Arabic workbook does not run from right to left (%v)", err)
	}
}

func flat(rows [][]string) (cells []string) {
	for _, row := range rows {
		cells = append(cells, row...)
	}
	return cells
}

// An activity as far as the tests look.
type readActivity struct {
	Identifier string   `xml:"iati-identifier"`
	Titles     []string `xml:"title>narrative"`
	Amounts    []string `xml:"transaction>value"`
	Actuals    []struct {
		Value      string `xml:"value,attr"`
		Dimensions []struct {
			Value string `xml:"value,attr"`
		} `xml:"dimension"`
		Documents []struct {
			URL string `xml:"url,attr"`
		} `xml:"document-link"`
	} `xml:"result>indicator>period>actual"`
}

func readActivities(t *testing.T, answer *http.Response) []readActivity {
	t.Helper()
	body := bodyOf(t, answer)
	if kind := answer.Header.Get("Content-Type"); answer.StatusCode != http.StatusOK || kind != "application/xml" || !strings.Contains(answer.Header.Get("Content-Disposition"), "attachment") {
		t.Fatalf("%s, %s, %s", answer.Status, kind, answer.Header.Get("Content-Disposition"))
	}
	var file struct {
		Activities []readActivity `xml:"iati-activity"`
	}
	if err := xml.Unmarshal([]byte(body), &file); err != nil {
		t.Fatal(err)
	}
	return file.Activities
}

func TestAPortfolioAsIATI(t *testing.T) {
	h := apiServer(t, apiDataset(), io.Discard).Handler()
	all := readActivities(t, ask(t, h, "GET", "/ar/donors/DON/portfolio.xml"))
	if len(all) != 1 || all[0].Identifier != "JALON-DRAFT-A1" || all[0].Titles[0] != attack || len(all[0].Amounts) != 3 || len(all[0].Actuals) != 2 {
		t.Errorf("%+v", all)
	}
	for _, address := range []string{"/fr/donors/DON/portfolio.xml?reference=NOBODY", "/fr/donors/MIN/portfolio.xml", "/fr/donors/NOBODY/portfolio.xml", "/fr/donors/NOBODY/portfolio.xlsx"} {
		if answer := ask(t, h, "GET", address); answer.StatusCode != http.StatusNotFound || answer.Header.Get("Content-Disposition") != "" {
			t.Errorf("%s answers %d", address, answer.StatusCode)
		}
	}
}

// An organisation that pays for nothing has a page that says so; a code that nobody has does
// not.
func TestADonorThatPaysForNothing(t *testing.T) {
	d := apiDefinitions()
	d.Organisations = append(d.Organisations, indicators.Organisation{Code: "NEW", Name: french("Nouveau"), Kind: "donor"})
	h := apiServer(t, indicators.NewDataset(d, apiChangesets(), apiFigures()), io.Discard).Handler()
	for address, want := range map[string]string{"/fr/donors/NEW": "ne finance encore aucune action", "/en/donors/NEW": "organisation does not fund any action yet"} {
		answer := ask(t, h, "GET", address)
		if body := said(bodyOf(t, answer)); answer.StatusCode != http.StatusOK || !strings.Contains(body, want) || strings.Contains(body, "portfolio.") {
			t.Errorf("%s: %s", address, answer.Status)
		}
	}
	if body := said(bodyOf(t, ask(t, h, "GET", "/fr/donors/DON?reference=none"))); !strings.Contains(body, "Aucune action ne répond à ces critères") {
		t.Error("who asks for too much is not told so")
	}
	if csv := bodyOf(t, ask(t, h, "GET", "/fr/donors/NEW/portfolio.csv")); strings.Count(csv, "\r\n") != 1 {
		t.Errorf("the table of nothing is %q", csv)
	}
	if answer := ask(t, h, "GET", "/fr/donors/NOBODY"); answer.StatusCode != http.StatusNotFound {
		t.Errorf("a donor that there is not answers %d", answer.StatusCode)
	}
}
