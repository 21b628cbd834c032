package web

import (
	"io"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"github.com/prometheus/client_golang/prometheus/testutil/promlint"
	"github.com/prometheus/common/expfmt"

	"jalon/indicators"
)

const prometheusAccepts = "application/openmetrics-text;version=1.0.0;q=0.6,text/plain;version=0.0.4;q=0.3,*/*;q=0.1"

func scrape(t *testing.T, ds *indicators.Dataset, headers ...string) (string, http.Header) {
	t.Helper()
	answer := ask(t, apiServer(t, ds, io.Discard).Handler(), "GET", "/metrics", headers...)
	if answer.StatusCode != http.StatusOK {
		t.Fatalf("status %d, want 200", answer.StatusCode)
	}
	return bodyOf(t, answer), answer.Header
}

func TestMetricsAreNegotiated(t *testing.T) {
	for _, tt := range []struct{ name, accept, want string }{
		{"nothing asked for is text", "", "text/plain; version=0.0.4; charset=utf-8"},
		{"a browser gets text", "text/html", "text/plain; version=0.0.4; charset=utf-8"},
		{"a draft alone gets text", "application/openmetrics-text;version=2.0.0", "text/plain; version=0.0.4; charset=utf-8"},
		{"nonsense gets text", ";;;", "text/plain; version=0.0.4; charset=utf-8"},
		{"Prometheus gets OpenMetrics", prometheusAccepts, "application/openmetrics-text; version=1.0.0; charset=utf-8"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			body, header := scrape(t, apiDataset(), "Accept", tt.accept)
			if got := header.Get("Content-Type"); !strings.HasPrefix(got, tt.want) {
				t.Errorf("Content-Type = %q, want %q", got, tt.want)
			}
			if open := strings.HasPrefix(tt.want, "application/openmetrics"); open != strings.HasSuffix(body, "# EOF\n") {
				t.Errorf("the answer ends with %q", body[len(body)-20:])
			}
		})
	}
}

func TestMetricsPassLint(t *testing.T) {
	body, _ := scrape(t, apiDataset())
	problems, err := promlint.New(strings.NewReader(body)).Lint()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range problems {
		t.Errorf("%s: %s", p.Metric, p.Text)
	}
}

func TestMetricsSayWhatIsKnown(t *testing.T) {
	body, _ := scrape(t, apiDataset())
	for _, line := range []string{
		`jalon_build_info{revision="abc",version="1.0.0"} 1`,
		`jalon_changeset 2`,
		`jalon_indicator_info{direction="decrease",indicator="REM-COST",sdg_indicator="10.c.1",title="Titre de REM-COST",unit="PERCENT"} 1`,
		`jalon_indicator_action_info{action="A1",group="1",indicator="DELAY"} 1`,
		`jalon_indicator_value_ratio{indicator="REM-COST"} 0.0553667`,
		`jalon_indicator_baseline_ratio{indicator="REM-COST"} 0.0948699`,
		`jalon_indicator_target_ratio{horizon="sdg2030",indicator="REM-COST"} 0.03`,
		`jalon_indicator_target_due_timestamp_seconds{horizon="sdg2030",indicator="REM-COST"} 1.924991999e+09`,
		`jalon_indicator_value_period_end_timestamp_seconds{indicator="REM-COST"} 1.704067199e+09`,
		`jalon_indicator_value_published_timestamp_seconds{indicator="REM-COST"} 1.7899056e+09`,
		`jalon_indicator_value_seconds{indicator="DELAY"} 2.8944e+06`,
		`jalon_indicator_value_tnd{indicator="BILLION"} 1.25e+09`,
		`jalon_indicator_value_usd{indicator="USD-IN"} 7.69`,
		`jalon_indicator_value{indicator="THREE"} 140`,
		`jalon_indicator_target{horizon="own",indicator="THREE"} 200`,
		`jalon_indicator_target{horizon="plan2026",indicator="THREE"} 150`,
		`jalon_indicator_target{horizon="sdg2030",indicator="THREE"} 180`,
		`jalon_indicator_progress_ratio{horizon="own",indicator="THREE"} 0.4`,
		`jalon_indicator_progress_ratio{horizon="sdg2030",indicator="THREE"} 0.5`,
		`jalon_indicator_observed{indicator="SILENT"} 0`,
		`jalon_indicator_observed{indicator="THREE"} 1`,
		`jalon_assessment_status{horizon="sdg2030",indicator="REM-COST",status="on_track"} 1`,
		`jalon_assessment_status{horizon="sdg2030",indicator="REM-COST",status="behind"} 0`,
		`jalon_actions{group="1",lifecycle="ongoing"} 1`,
		`jalon_actions{group="2",lifecycle="ongoing"} 0`,
		`jalon_funding_committed_chf{action="A1",donor="DON"} 1500.5`,
		`jalon_funding_disbursed_tnd{action="A1",donor="DON"} 200`,
		`jalon_overdue_reports{group="1"} 1`,
		`jalon_overdue_reports{group="2"} 0`,
	} {
		if !strings.Contains(body, "\n"+line+"\n") {
			name, _, _ := strings.Cut(line, "{")
			t.Errorf("missing %s\nthere is: %s", line, linesOf(body, name))
		}
	}
	for _, absent := range []string{`jalon_indicator_value_ratio{indicator="SILENT"}`, `_percent`, `_days`, `currency=`} {
		if strings.Contains(linesOf(body, "jalon_"), absent) {
			t.Errorf("%q must not be exposed", absent)
		}
	}
}

func linesOf(body, prefix string) string {
	var found []string
	for line := range strings.Lines(body) {
		if strings.HasPrefix(line, prefix) {
			found = append(found, line)
		}
	}
	return strings.Join(found, "")
}

// A percentage is moved by its digits: 21.3 / 100 in binary is not always 0.213.
func TestUnitsAreExact(t *testing.T) {
	percent := unitOf(&indicators.Indicator{Kind: "percent"})
	for n := range 10_000 {
		text := strconv.Itoa(n/10) + "." + strconv.Itoa(n%10)
		want, err := strconv.ParseFloat(text+"e-2", 64)
		if err != nil {
			t.Fatal(err)
		}
		if got := percent.of(text); got != want {
			t.Fatalf("%s %% = %v, want %v", text, got, want)
		}
	}
}

func TestMetricsAreTheSameTwice(t *testing.T) {
	h := apiServer(t, apiDataset(), io.Discard).Handler()
	for _, accept := range []string{"", prometheusAccepts} {
		first := stable(bodyOf(t, ask(t, h, "GET", "/metrics", "Accept", accept)))
		second := stable(bodyOf(t, ask(t, h, "GET", "/metrics", "Accept", accept)))
		if first != second {
			t.Errorf("two scrapes of one state differ:\n%s\n%s", first, second)
		}
		if strings.Count(first, "\n") < 50 {
			t.Errorf("only %q is left to compare", first)
		}
	}
}

// stable leaves out what the server counts of itself.
func stable(body string) string {
	var kept strings.Builder
	for line := range strings.Lines(body) {
		name := strings.TrimPrefix(strings.TrimPrefix(line, "# HELP "), "# TYPE ")
		moving := false
		for _, prefix := range []string{"go_", "process_", "http_", "promhttp_"} {
			moving = moving || strings.HasPrefix(name, prefix)
		}
		if !moving {
			kept.WriteString(line)
		}
	}
	return kept.String()
}

func TestMetricsCarryNoTimeAndNoNaN(t *testing.T) {
	body, _ := scrape(t, apiDataset())
	parser := expfmt.NewTextParser(1) // UTF-8 allowed in label values in any case
	families, err := parser.TextToMetricFamilies(strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if len(families) < 20 {
		t.Fatalf("only %d families", len(families))
	}
	for name, family := range families {
		if family.GetHelp() == "" {
			t.Errorf("%s has no help", name)
		}
		for _, m := range family.GetMetric() {
			if m.TimestampMs != nil {
				t.Errorf("%s carries a time", name)
			}
			if value := m.GetGauge().GetValue(); strings.HasPrefix(name, "jalon_") && value != value {
				t.Errorf("%s is NaN", name)
			}
		}
	}
}

func TestWithdrawnValueLeavesNoTrace(t *testing.T) {
	s := apiServer(t, apiDataset(), io.Discard)
	h := s.Handler()
	const series = `jalon_indicator_value{indicator="THREE"}`
	if body := bodyOf(t, ask(t, h, "GET", "/metrics")); !strings.Contains(body, series) {
		t.Fatal("the value is not there to be withdrawn")
	}
	figures := apiFigures()
	delete(figures, indicators.SeriesKey{Indicator: "THREE"})
	after := apiDataset().With(append(apiChangesets(), indicators.Changeset{Number: 3, At: apiNow()}), figures)
	s.live.current.Store(after.On(20261031))
	body := bodyOf(t, ask(t, h, "GET", "/metrics"))
	if strings.Contains(body, series) || !strings.Contains(body, `jalon_indicator_observed{indicator="THREE"} 0`) || !strings.Contains(body, "jalon_changeset 3\n") {
		t.Errorf("after the withdrawal: %s", linesOf(body, "jalon_indicator_value"))
	}
}

// A framework may be called what a target without framework is exposed as.
func TestMetricsSurviveAFrameworkCalledOwn(t *testing.T) {
	d := apiDefinitions()
	d.Frameworks = append(d.Frameworks, indicators.Framework{Code: own, Kind: "plan", Title: french("Propre"), Start: 2016, End: 2030})
	d.Targets = append(d.Targets, indicators.Target{Indicator: "THREE", Kind: "target", Framework: own, Period: period("2030"), Value: number("300"), Since: 1})
	body, _ := scrape(t, indicators.NewDataset(d, apiChangesets(), apiFigures()))
	if got := strings.Count(body, `jalon_indicator_target{horizon="own",indicator="THREE"}`); got != 1 {
		t.Errorf("%d series for one horizon", got)
	}
}

func TestHTTPMetricsAreBounded(t *testing.T) {
	h := apiServer(t, apiDataset(), io.Discard).Handler()
	for _, address := range []string{"/api/v1/indicators/THREE", "/api/v1/indicators/X", "/api/v1/nowhere/1", "/api/v1/nowhere/2"} {
		ask(t, h, "GET", address)
	}
	ask(t, h, "BREW", "/api/v1/groups")
	body := bodyOf(t, ask(t, h, "GET", "/metrics"))
	for _, line := range []string{
		`http_requests_total{code="200",method="GET",route="/api/v1/indicators/{code}"} 1`,
		`http_requests_total{code="404",method="GET",route="/api/v1/indicators/{code}"} 1`,
		`http_requests_total{code="404",method="GET",route="/"} 2`,
		`http_requests_total{code="405",method="other",route="/api/v1/groups"} 1`,
	} {
		if !strings.Contains(body, line+"\n") {
			t.Errorf("missing %s\nthere is: %s", line, linesOf(body, "http_requests_total"))
		}
	}
}

func TestOverdue(t *testing.T) {
	for _, tt := range []struct {
		name string
		day  indicators.Date
		want string
	}{
		{"the last report due is there", 20261015, "0"},
		{"September was due on the fifteenth of October", 20261016, "1"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			found := 0
			p := apiDataset().On(tt.day)
			for _, i := range p.GroupIndicators("1") {
				if p.Overdue(i) {
					found++
				}
			}
			if strconv.Itoa(found) != tt.want {
				t.Errorf("%d overdue on %s, want %s", found, tt.day, tt.want)
			}
		})
	}
}

// The demonstration programme has every kind of unit there is.
func TestMetricsOfTheDemonstrationPassLint(t *testing.T) {
	body, _ := scrape(t, demoDataset(t))
	problems, err := promlint.New(strings.NewReader(body)).Lint()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range problems {
		t.Errorf("%s: %s", p.Metric, p.Text)
	}
	for line := range strings.Lines(linesOf(body, "jalon_")) {
		name, _, _ := strings.Cut(line, "{")
		if strings.Contains(name, "percent") || strings.Contains(name, "days") {
			t.Errorf("%s is named after a unit that is no base unit", name)
		}
	}
	if got := strings.Count(body, "\njalon_indicator_observed{"); got < 40 {
		t.Errorf("only %d indicators", got)
	}
}
