package web

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"jalon/indicators"
)

// deskOf fills a database with monthly indicators of theme 1: 30 months of figures each, the
// last of them on its way.
func deskOf(b testing.TB, m *ministry, count int) {
	b.Helper()
	w, due := &indicators.Workbook{}, 15
	var all []indicators.Observation
	var entries []indicators.Indicator
	var targets []indicators.Target
	for n := range count {
		i := indicators.Indicator{Code: fmt.Sprintf("M-%04d", n), Title: french("Indicateur mensuel de la population concernée"), Unit: "PERSONS",
			Kind: "number", Direction: indicators.Increase, Accumulation: indicators.Level, Frequency: indicators.Monthly, DueDays: &due, Groups: indicators.Codes{"1"}}
		entries = append(entries, i)
		targets = append(targets, indicators.Target{Indicator: i.Code, Kind: "target", Framework: "plan2026", Period: period("2030"), Value: number("900")})
		last := indicators.Monthly.Containing(indicators.DateOf(time.Now()))
		for back := range 30 {
			o := reported(i.Code, last.Back(back).String(), fmt.Sprint(500-back+n%7))
			if back == 0 {
				o.Review = indicators.Review(n % 3)
			}
			all = append(all, o)
		}
	}
	w.Indicators, w.Targets = edits(entries), edits(targets)
	record(b, m.store, w, all...)
}

// BenchmarkDesk draws the desk of a focal point with 300 indicators, and its grid of 24
// periods.
func BenchmarkDesk(b *testing.B) {
	m := newMinistry(b)
	deskOf(b, m, 300)
	p := m.signedIn("theme1")
	p.served("/fr/desk", "M-0299")
	for name, address := range map[string]string{"desk": "/fr/desk", "grid": "/fr/desk/grid?frequency=month&count=24"} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				r := httptest.NewRequestWithContext(b.Context(), http.MethodGet, address, nil)
				r.AddCookie(p.cookie)
				w := &sink{header: http.Header{}}
				if m.h.ServeHTTP(w, r); w.bytes < 100_000 {
					b.Fatalf("%d bytes", w.bytes)
				}
			}
			b.ReportMetric(b.Elapsed().Seconds()*1000/float64(b.N), "jalon-ms")
			b.ReportMetric(100, "at-most")
		})
	}
}
