package main

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"jalon/sql/sqltest"
)

// funded is the programme with money from a donor that is not the only one.
func funded() files {
	all := programme()
	all["organisations.csv"] = "code,name_fr,kind,iati_id\nMIN,Ministère,ministry,TN-COA-1\nDON,Donateur,donor,CH-4\nNEW,Nouveau,donor,\n"
	all["funding.csv"] = "action,donor,kind,amount,currency,date\nA1,DON,commitment,1000.5,CHF,2024-01-01\nA1,MIN,budget,700,TND,2024-01-01\n"
	all["settings.csv"] = "key,value\ntime_zone,Africa/Tunis\npublisher,MIN\n"
	return all
}

// The command writes the very file that the page of the donor gives.
func TestAPortfolioIsExportedAsThePageGivesIt(t *testing.T) {
	dsn, dir := sqltest.DSN(t), t.TempDir()
	must(t, "import", "--database", dsn, funded().in(t))
	w := visit(t, "--database", dsn)
	for address, args := range map[string][]string{
		"/fr/donors/DON/portfolio.xml":             {"--format", "iati", "--donor", "DON"},
		"/ar/donors/DON/portfolio.xlsx":            {"--format", "xlsx", "--donor", "DON", "--lang", "ar"},
		"/fr/donors/DON/portfolio.xlsx?as-of=%231": {"--format", "xlsx", "--donor", "DON", "--as-of", "#1"},
		"/en/donors/DON/portfolio.xml?as-of=%231":  {"--format", "iati", "--donor", "DON", "--as-of", "#1"},
	} {
		file := filepath.Join(dir, "portfolio")
		args = append([]string{"export", "--database", dsn, "--out", file}, args...)
		must(t, args...)
		got, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if status, want := w.get(t, address); status != http.StatusOK || string(got) != want {
			t.Errorf("%s: %d, %d bytes; the command writes %d", address, status, len(want), len(got))
		}
	}
	w.stop(t).check(t, exitDone)
}

func TestWhatIsFundedIsExported(t *testing.T) {
	dsn := sqltest.DSN(t)
	empty := jalon(t.Context(), "export", "--database", dsn, "--format", "xlsx")
	empty.check(t, exitRefused, "nothing has been recorded yet")
	must(t, "import", "--database", dsn, funded().in(t))
	all := must(t, "export", "--database", dsn, "--format", "iati")
	for _, want := range []string{"<iati-identifier>TN-COA-1-A1<", `provider-org ref="CH-4"`, "<budget ", ">700<", ">1000.5<"} {
		if !strings.Contains(all, want) {
			t.Errorf("the file of all donors does not say %s:\n%s", want, all)
		}
	}
	if one := must(t, "export", "--database", dsn, "--format", "iati", "--donor", "DON", "--public-url", "https://suivi.example.tn"); strings.Contains(one, "<budget ") ||
		!strings.Contains(one, `url="https://suivi.example.tn/fr/actions/A1"`) {
		t.Errorf("the file of one donor has money of another, or no links:\n%s", one)
	}
	if book := must(t, "export", "--database", dsn, "--format", "xlsx"); !strings.HasPrefix(book, "PK") {
		t.Error("what is written is no workbook")
	}
	never := filepath.Join(t.TempDir(), "never.xml")
	for _, tt := range []struct {
		args string
		code int
		says string
	}{
		{"--format iati --donor NEW --out " + never, exitRefused, "no action to write in a file of IATI"},
		{"--format iati --donor NOBODY --out " + never, exitRefused, `there is no donor "NOBODY"`},
		{"--format odd", exitUsage, "write one of csv, xlsx, iati"},
		{"--format csv --donor DON --out " + never, exitUsage, "--donor goes with"},
		{"--format xlsx --lang xx --out " + never, exitUsage, "--lang xx"},
		{"--format iati --public-url nowhere --out " + never, exitUsage, "is not the address of a site"},
		{"--format iati --as-of 2999-01-01 --out " + never, exitRefused, ""},
	} {
		o := jalon(t.Context(), append([]string{"export", "--database", dsn}, strings.Fields(tt.args)...)...)
		o.check(t, tt.code, tt.says)
	}
	if _, err := os.Stat(never); err == nil {
		t.Error("a refused export leaves a file")
	}
}
