package web

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"
	"time"

	"jalon/indicators"
)

const attack = `</script><script>alert(1)</script>"><img src=x onerror=alert(1)>`

func atDay(day string) time.Time {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		panic(err)
	}
	return t.Add(12 * time.Hour)
}

func number(text string) indicators.Decimal {
	d, err := indicators.ParseDecimal(text)
	if err != nil {
		panic(err)
	}
	return d
}

func period(text string) indicators.Period {
	p, err := indicators.ParsePeriod(text)
	if err != nil {
		panic(err)
	}
	return p
}

func links(text string) indicators.Links {
	l, err := indicators.ParseLinks(text)
	if err != nil {
		panic(err)
	}
	return l
}

func french(text string) indicators.Text { return indicators.Text{FR: indicators.Optional(text)} }

// apiDefinitions is a small programme with one of each: an indicator in three
// frameworks, a duration, two currencies, one without values, names that attack.
func apiDefinitions() *indicators.Definitions {
	due, baseline := 15, 2016
	indicator := func(code, kind, unit, direction string) indicators.Indicator {
		return indicators.Indicator{Code: code, Title: french("Titre de " + code), Unit: unit, Kind: kind, Direction: direction,
			Accumulation: indicators.Level, Frequency: indicators.Yearly}
	}
	cost := indicator("REM-COST", "percent", "PERCENT", indicators.Decrease)
	cost.Groups, cost.Results, cost.External = indicators.Codes{"2"}, links("sdg2030:10.c"), indicators.Codes{"ari:1", "sdg:10.c.1"}
	three := indicator("THREE", "number", "PERSONS", indicators.Increase)
	three.Groups, three.Title = indicators.Codes{"1"}, french(attack)
	delay := indicator("DELAY", "number", "DAYS", indicators.Decrease)
	delay.Actions, delay.Frequency, delay.DueDays = indicators.Codes{"A1"}, indicators.Monthly, &due
	billion := indicator("BILLION", "amount", "TND_B", indicators.Increase)
	silent := indicator("SILENT", "percent", "PERCENT", indicators.Increase)
	silent.Groups = indicators.Codes{"1"}
	usd := indicator("USD-IN", "amount", "USD", indicators.Increase)
	all := []indicators.Indicator{billion, delay, cost, silent, three, usd}
	slices.SortFunc(all, func(a, b indicators.Indicator) int { return indicators.CompareCodes(a.Code, b.Code) })
	target := func(indicator, kind, framework, at, value string) indicators.Target {
		return indicators.Target{Indicator: indicator, Kind: kind, Framework: indicators.Optional(framework),
			Period: period(at), Value: number(value), Since: 1}
	}
	return &indicators.Definitions{
		Settings: []indicators.Setting{{Key: "time_zone", Value: "Africa/Tunis"}},
		Organisations: []indicators.Organisation{
			{Code: "DON", Name: french("Donateur"), Kind: "donor"}, {Code: "MIN", Name: french("Ministère"), Kind: "ministry"},
		},
		Categories: []indicators.Category{
			{Dimension: "governorate", Code: "TN-11", Title: french("Tunis")}, {Dimension: "governorate", Code: "TN-61", Title: french("Sfax")},
		},
		Groups: []indicators.Group{{Code: "1", Title: french("Protection")}, {Code: "2", Title: french("Investissement")}},
		Frameworks: []indicators.Framework{
			{Code: "plan2016", Kind: "plan", Title: french("Plan"), Start: 2016, End: 2020},
			{Code: "plan2026", Kind: "plan", Title: french("Plan suivant"), Start: 2026, End: 2030},
			{Code: "sdg2030", Kind: "sdg", Title: french("ODD"), Start: 2016, End: 2030, Baseline: &baseline},
		},
		Results: []indicators.Result{
			{Framework: "sdg2030", Code: "10", Title: french("Inégalités"), Level: "goal"},
			{Framework: "sdg2030", Code: "10.c", Parent: "10", Title: french("Envois de fonds"), Level: "target"},
		},
		Actions: []indicators.Action{{Code: "A1", Group: "1", Title: french(attack), Lead: "MIN", Status: "ongoing",
			Start: 20250101, Results: links("sdg2030:10.c"), Illustrative: true}},
		Milestones: []indicators.Milestone{{Action: "A1", Code: "J1", Title: french("Guichet ouvert"), Due: 20260630}},
		Funding: []indicators.Funding{
			{Action: "A1", Donor: "DON", Kind: "commitment", Amount: number("1000.50"), Currency: "CHF", Date: 20250101},
			{Action: "A1", Donor: "DON", Kind: "commitment", Amount: number("500"), Currency: "CHF", Date: 20260101},
			{Action: "A1", Donor: "DON", Kind: "disbursement", Amount: number("200"), Currency: "TND", Date: 20260101},
		},
		Indicators: all,
		Targets: []indicators.Target{
			target("REM-COST", "target", "sdg2030", "2030", "3"),
			target("THREE", "baseline", "", "2016", "100"), target("THREE", "target", "", "2030", "200"),
			target("THREE", "target", "plan2026", "2030", "150"), target("THREE", "target", "sdg2030", "2030", "180"),
		},
	}
}

func apiFigures() map[indicators.SeriesKey][]indicators.Figure {
	figure := func(at, value string) indicators.Figure {
		return indicators.Figure{Period: period(at), Value: number(value), Status: "A", Since: 2}
	}
	return map[indicators.SeriesKey][]indicators.Figure{
		{Indicator: "REM-COST"}: {figure("2016", "9.48699"), figure("2019", "21.3"), figure("2023", "5.53667")},
		{Indicator: "THREE"}:    {figure("2016", "100"), figure("2024", "140")},
		{Indicator: "DELAY"}:    {figure("2026-07", "40"), figure("2026-08", "33.5")},
		{Indicator: "BILLION"}:  {figure("2024", "1.25")},
		{Indicator: "USD-IN"}:   {figure("2024", "7.690")},
	}
}

func apiChangesets() []indicators.Changeset {
	return []indicators.Changeset{
		{Number: 1, At: atDay("2026-01-10"), Author: "somebody@example.org", Reason: "le programme"},
		{Number: 2, At: atDay("2026-09-20"), Author: "import", Reason: "les chiffres"},
	}
}

func apiDataset() *indicators.Dataset {
	return indicators.NewDataset(apiDefinitions(), apiChangesets(), apiFigures())
}

// apiSource gives a Dataset for each changeset, without a database.
func apiSource(ds *indicators.Dataset) source {
	from := source{
		dataset: func(_ context.Context, number int) (*indicators.Dataset, error) {
			if number == 0 || number == ds.Newest().Number {
				return ds, nil
			}
			return indicators.NewDataset(apiDefinitions(), ds.Changesets[:number], nil), nil
		},
		refresh: func(_ context.Context, known *indicators.Dataset) (*indicators.Dataset, error) { return known, nil },
		listen: func(ctx context.Context) (<-chan struct{}, error) {
			never := make(chan struct{})
			context.AfterFunc(ctx, func() { close(never) })
			return never, nil
		},
	}
	return readWhole(from, from.dataset)
}

// readWhole has a source read every Dataset, and the part of one, as a whole.
func readWhole(from source, dataset func(context.Context, int) (*indicators.Dataset, error)) source {
	from.dataset = dataset
	from.past = func(ctx context.Context, _ *indicators.Dataset, number int) (*indicators.Dataset, error) {
		return dataset(ctx, number)
	}
	from.part = func(ctx context.Context, _ string, changesets []indicators.Changeset) (*indicators.Dataset, error) {
		return dataset(ctx, len(changesets))
	}
	return from
}

// apiNow is the day on which the tests' programme is judged.
func apiNow() time.Time { return atDay("2026-10-31") }

// apiServer serves a Dataset; what it logs goes to log.
func apiServer(tb testing.TB, ds *indicators.Dataset, log io.Writer) *Server {
	tb.Helper()
	live := newLive(apiSource(ds), apiNow, nil)
	if err := live.Refresh(tb.Context()); err != nil {
		tb.Fatal(err)
	}
	cfg := Config{Version: "1.0.0", Revision: "abc", Build: "b1", Now: apiNow, Log: slog.New(slog.NewTextHandler(log, nil))}
	s, err := New(cfg, nil, live)
	if err != nil {
		tb.Fatal(err)
	}
	return s
}

// ask sends one request through the whole handler.
func ask(tb testing.TB, h http.Handler, method, address string, headers ...string) *http.Response {
	tb.Helper()
	r := httptest.NewRequestWithContext(tb.Context(), method, address, nil)
	for n := 0; n < len(headers); n += 2 {
		r.Header.Set(headers[n], headers[n+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Result()
}

func bodyOf(tb testing.TB, answer *http.Response) string {
	tb.Helper()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		tb.Fatal(err)
	}
	return string(body)
}
