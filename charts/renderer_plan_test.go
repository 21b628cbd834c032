package charts

import (
	"fmt"
	"testing"
)

// BenchmarkDrawPlan draws the charts of a whole plan: forty indicators or actions, sixty
// indicators over two years.
func BenchmarkDrawPlan(b *testing.B) {
	r := NewRenderer(Bundle())
	defer r.Close()
	for _, f := range []Format{Wide, Narrow} {
		for _, c := range planCharts(b, languages(b)["fr"], themes(), "T2 2026", 40, f) {
			draw(b, r, c)
			b.Run(fmt.Sprintf("%s-%d", c.Name, c.Width), func(b *testing.B) {
				for b.Loop() {
					r.cache = newCache(cacheLimit)
					draw(b, r, c)
				}
				b.ReportMetric(float64(len(c.Option))/1000, "option-kB")
			})
		}
	}
}
