package browser

import (
	"testing"

	"jalon/locale"
)

// A table of values beside a chart is seen whole on a usual screen.
func TestTablesOfValuesFitBesideTheirChart(t *testing.T) {
	t.Parallel()
	for _, lang := range locale.Codes() {
		w := borrow(t, reader{lang: lang})
		for _, code := range []string{"A1-02-1", "A2-02-1", "REM-COST"} {
			w.visit("/indicators/" + code)
			var beyond float64
			w.eval(`Math.max(...[...document.querySelectorAll('.scroll:has(> table.values)')].filter(e => e.checkVisibility()).map(e => e.scrollWidth - e.clientWidth))`, &beyond)
			if beyond > 0 {
				t.Errorf("%s: a table of %s is %g pixels wider than its room", lang, code, beyond)
			}
		}
	}
}
