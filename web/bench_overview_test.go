package web

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"

	"jalon/indicators"
)

// planOf is a programme as large as any: so many indicators over five themes, twenty of them
// key indicators, linked to the seventeen goals and to a plan.
func planOf(count int) *indicators.Dataset {
	d, figures := apiDefinitions(), apiFigures()
	model := d.Indicators[len(d.Indicators)-1]
	d.Groups, d.Results = nil, nil
	for n := range 5 {
		d.Groups = append(d.Groups, indicators.Group{Code: fmt.Sprint(n + 1), Title: french("Axe de la protection et de l’investissement")})
	}
	for n := range 17 {
		d.Results = append(d.Results, indicators.Result{Framework: "sdg2030", Code: fmt.Sprint(n + 1), Title: french("Objectif de développement durable"), Level: "goal"})
		for t := range 10 {
			d.Results = append(d.Results, indicators.Result{Framework: "sdg2030", Code: fmt.Sprintf("%d.%d", n+1, t+1), Parent: indicators.Optional(fmt.Sprint(n + 1)), Title: french("Cible de l’objectif"), Level: "target"})
		}
	}
	for n := range 60 {
		code := fmt.Sprintf("P-%03d", n)
		d.Actions = append(d.Actions, indicators.Action{Code: code, Group: fmt.Sprint(n%5 + 1), Title: french("Action du plan"), Lead: "MIN", Status: "ongoing", Start: 20250101})
		for m := range 4 {
			d.Milestones = append(d.Milestones, indicators.Milestone{Action: code, Code: fmt.Sprint("J", m), Title: french("Jalon de l’action"), Due: indicators.Date(20261001).AddDays(n + 30*m)})
		}
	}
	for n := range count {
		i := model
		i.Code, i.Groups, i.Key = fmt.Sprintf("W-%04d", n), indicators.Codes{fmt.Sprint(n%5 + 1)}, n < 20
		i.Title, i.Actions = french("Part des ménages raccordés à l’eau potable"), indicators.Codes{fmt.Sprintf("P-%03d", n%60)}
		i.Results = links(fmt.Sprintf("sdg2030:%d.%d", n%17+1, n%10+1))
		d.Indicators = append(d.Indicators, i)
		d.Targets = append(d.Targets, indicators.Target{Indicator: i.Code, Kind: "target", Framework: "sdg2030", Period: period("2030"), Value: number("200"), Since: 1})
		all := []indicators.Figure{}
		for year := range 10 {
			all = append(all, indicators.Figure{Period: indicators.Year(2016 + year), Value: number(fmt.Sprint(100 + (n%7)*year)), Status: "A", Since: 1 + year/8})
		}
		figures[indicators.SeriesKey{Indicator: i.Code}] = all
	}
	return indicators.NewDataset(d, apiChangesets(), figures)
}

// BenchmarkOverview draws the overview of 500 indicators as the first reader after a change
// gets it, and as the next one does.
func BenchmarkOverview(b *testing.B) {
	s := apiServer(b, planOf(500), io.Discard)
	ps := newPages(s)
	handler := ps.page(s.languages["fr"], showOverview)
	for _, tt := range []struct {
		name string
		most float64
	}{{"uncached", 15}, {"cached", 1}} {
		b.Run(tt.name, func(b *testing.B) {
			r := httptest.NewRequestWithContext(b.Context(), http.MethodGet, "/fr/", nil)
			w := &sink{header: http.Header{}}
			handler.ServeHTTP(w, r)
			for b.Loop() {
				if tt.name == "uncached" {
					ps.cache = newPageCache(pageCacheLimit)
				}
				w.bytes = 0
				if handler.ServeHTTP(w, r); w.bytes < 50_000 {
					b.Fatalf("%d bytes", w.bytes)
				}
			}
			b.ReportMetric(float64(w.bytes)/1000, "page-kB")
			b.ReportMetric(b.Elapsed().Seconds()*1000/float64(b.N), "jalon-ms")
			b.ReportMetric(tt.most, "at-most")
		})
	}
}
