package web

import (
	"encoding/csv"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"jalon/charts"
)

// samplePlates are addresses of charts of each kind, as the tests' programmes have them.
func samplePlates() map[string]string {
	return map[string]string{
		"overview/status":                  "overview/status",
		"overview/keys":                    "overview/keys",
		"overview/moves":                   "overview/moves",
		"snapshots/{pair}/moves":           "snapshots/2026-08...now/moves",
		"indicators/{code}/trajectory":     "indicators/DELAY/trajectory",
		"frameworks/{code}/matrix":         "frameworks/sdg2030/matrix",
		"currencies/{currency}/flows":      "currencies/EUR/flows",
		"donors/{code}/balance":            "donors/DON/balance",
		"donors/{code}/outcomes":           "donors/DON/outcomes",
		"donors/{code}/money":              "donors/DON/money",
		"groups/{code}/actions":            "groups/1/actions",
		"groups/{code}/reporting":          "groups/1/reporting",
		"actions/{code}/schedule":          "actions/A1/schedule",
		"frameworks/{code}/pairs":          "frameworks/sdg2030/pairs",
		"frameworks/{code}/{result}/pairs": "frameworks/sdg2030/10/pairs",
		"indicators/{code}/governorates":   "indicators/DELAY/governorates",
		"indicators/{code}/ranking":        "indicators/DELAY/ranking",
		"indicators/{code}/sex":            "indicators/DELAY/sex",
		"territory/actions":                "territory/actions",
	}
}

// guardedPlates are the charts in the table of rights: everybody sees every one, in each form.
func guardedPlates() []guarded {
	var all []guarded
	for pattern, address := range samplePlates() {
		for _, ending := range []string{".svg", ".json", ".csv", ""} {
			all = append(all, guarded{pattern: "GET /charts/fr/" + pattern + ending, own: "/charts/fr/" + address + ending, may: anybody})
		}
	}
	return all
}

func TestAChartAsATable(t *testing.T) {
	h := apiServer(t, apiDataset(), io.Discard).Handler()
	for _, lang := range []string{"fr", "ar", "en"} {
		rows, err := csv.NewReader(strings.NewReader(bodyOf(t, ask(t, h, "GET", "/charts/"+lang+"/indicators/REM-COST/trajectory.csv")))).ReadAll()
		if err != nil || len(rows) < 3 {
			t.Fatalf("%s: %v in %q", lang, err, rows)
		}
		values := 0
		for _, row := range rows[1:] {
			if row[1] == "2023" && row[2] == "5.53667" {
				values++
			}
		}
		if values == 0 {
			t.Errorf("%s: the latest value is not among %q", lang, rows)
		}
	}
}

func TestAFrameOnAnotherSite(t *testing.T) {
	h := apiServer(t, apiDataset(), io.Discard).Handler()
	framed := ask(t, h, "GET", "/charts/fr/indicators/REM-COST/trajectory")
	body := bodyOf(t, framed)
	if policy := framed.Header.Get("Content-Security-Policy"); framed.StatusCode != http.StatusOK || !strings.Contains(policy, "frame-ancestors *") || framed.Header.Get("X-Frame-Options") != "" {
		t.Errorf("a chart cannot be framed: %d, %q", framed.StatusCode, policy)
	}
	if strings.Contains(body, "<nav") || strings.Contains(body, "<form") {
		t.Error("a frame has something to click that does more than lead on")
	}
	page := ask(t, h, "GET", "/fr/indicators/REM-COST")
	whole := bodyOf(t, page)
	if policy := page.Header.Get("Content-Security-Policy"); !strings.Contains(policy, "frame-ancestors 'none'") {
		t.Errorf("a whole page can be framed: %q", policy)
	}
	if !strings.Contains(whole, "&lt;iframe src=&#34;/charts/fr/indicators/REM-COST/trajectory&#34;") {
		t.Error("the page does not tell how to frame its chart")
	}
}

func TestNoFormulaInATable(t *testing.T) {
	body, err := figures{heading: []string{"a"}, rows: [][]string{{"=1+1"}, {"-0.5"}, {"-cmd"}, {"@x"}}}.csv()
	if want := "a\r\n'=1+1\r\n-0.5\r\n'-cmd\r\n'@x\r\n"; err != nil || string(body) != want {
		t.Errorf("%q, %v; want %q", body, err, want)
	}
}

func TestAChartForADarkScreen(t *testing.T) {
	h := demoServer(t).Handler()
	const at = "/charts/fr/overview/status.svg"
	day, night := bodyOf(t, ask(t, h, "GET", at)), bodyOf(t, ask(t, h, "GET", at+"?theme=dark"))
	sheet := charts.Tokens()["sheet"]
	if !strings.Contains(day, sheet.Light) || !strings.Contains(night, sheet.Dark) || strings.Contains(night, `fill="`+sheet.Light+`"`) {
		t.Errorf("by night the chart is %.300s", night)
	}
	if answer := ask(t, h, "GET", at+"?theme=pink"); answer.StatusCode != http.StatusUnprocessableEntity && answer.StatusCode != http.StatusBadRequest {
		t.Errorf("a theme that does not exist answers %d", answer.StatusCode)
	}
	page := bodyOf(t, ask(t, h, "GET", "/fr/"))
	if !strings.Contains(page, `(prefers-color-scheme: dark)" srcset="`+at+"?theme=dark") {
		t.Error("the page does not offer the chart for dark screens")
	}
}

// The sentence of chart A speaks of every indicator of the programme, and of each once.
func TestChartACountsEachIndicatorOnce(t *testing.T) {
	s := demoServer(t)
	p := s.live.Picture()
	within, several := 0, 0
	for n := range p.Indicators {
		switch groups := len(p.GroupsOf(&p.Indicators[n])); {
		case groups > 1:
			several++
			fallthrough
		case groups == 1:
			within++
		}
	}
	outside := len(p.Indicators) - within
	if several == 0 || outside == 0 {
		t.Fatalf("in the demonstration %d are in several themes and %d in none", several, outside)
	}
	want := fmt.Sprintf("%d indicators in the themes – Achieved: ", within)
	page := bodyOf(t, ask(t, s.Handler(), http.MethodGet, "/en/"))
	for _, want := range []string{want, fmt.Sprintf(" Of these, %d ", several), fmt.Sprintf(" Outside the themes: %d indicators.", outside)} {
		if !strings.Contains(plainText(page), want) {
			t.Errorf("the overview does not say %q", want)
		}
	}
}

// The sentence of chart B says how many key indicators it does not show.
func TestChartBSaysWhoIsMissing(t *testing.T) {
	s := demoServer(t)
	shown, missing := 0, 0
	for n := range s.live.Picture().Indicators {
		if i := &s.live.Picture().Indicators[n]; !i.Key {
			continue
		} else if s.live.Picture().Principal(i.Code).Achievement.Valid {
			shown++
		} else {
			missing++
		}
	}
	page := plainText(bodyOf(t, ask(t, s.Handler(), http.MethodGet, "/en/")))
	for _, want := range []string{
		fmt.Sprintf("%d indicators, from the baseline", shown),
		fmt.Sprintf("In the table only, as no share of the way can be computed: %d indicators.", missing),
	} {
		if shown < 2 || missing < 2 || !strings.Contains(page, want) {
			t.Errorf("the overview does not say %q", want)
		}
	}
}
