package browser

import "testing"

// Words without end break, be they asked for or in the titles that people gave: no page gets
// wider than its screen.
func TestEndlessWordsWidenNoPage(t *testing.T) {
	t.Parallel()
	const long = `(() => {
		for (const e of document.querySelectorAll(':is(h1, h2, h3, a, th, dt, .crumbs) bdi:not(.num)')) e.textContent = 'W'.repeat(300);
	})()`
	for n, at := range []string{
		"/search?q=" + "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
		"/", "/groups/3", "/actions/A1-03", "/indicators/A1-02-1", "/indicators/REM-COST/history", "/indicators/REM-COST/documents",
		"/snapshots/2026-09", "/history", "/donors/DEMO-DONOR-A", "/glossary",
	} {
		w := borrow(t, reader{lang: []string{"fr", "ar"}[n%2]})
		for _, width := range []int64{1280, 390} {
			w.resize(width, 900)
			w.visit(at)
			w.eval(long, nil)
			w.reflows(width)
		}
	}
}
