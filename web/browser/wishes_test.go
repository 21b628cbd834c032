package browser

import (
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
)

// wishes tells the page what its reader has asked the browser for, by name and value.
func (w *tab) wishes(pairs ...string) {
	w.Helper()
	var features []*emulation.MediaFeature
	for n := 0; n < len(pairs); n += 2 {
		features = append(features, &emulation.MediaFeature{Name: pairs[n], Value: pairs[n+1]})
	}
	w.do("wishing", emulation.SetEmulatedMedia().WithMedia("screen").WithFeatures(features))
}

// chartColours are the colours of the sheet and of the letters of the first drawn chart.
const chartColours = `(() => {
	const svg = document.querySelector('.drawing svg');
	const rgb = c => { const p = document.createElement('canvas').getContext('2d'); p.fillStyle = c; return p.fillStyle; };
	return {Sheet: rgb(svg.querySelector('rect, path').getAttribute('fill')), Letters: [...new Set([...svg.querySelectorAll('text')].map(e => rgb(getComputedStyle(e).fill)))]};
})()`

// Who asks for more contrast is given charts in the stronger colours, by day and by night, and
// at once; so is who has colours of their own forced on all pages, in which a chart stays what it is.
func TestChartsForWhoAsksForMoreContrast(t *testing.T) {
	t.Parallel()
	w := borrow(t, reader{})
	w.visit("/indicators/REM-COST")
	for _, s := range []struct {
		wishes         []string
		sheet, letters string
	}{
		{[]string{"prefers-contrast", "no-preference"}, "#ffffff", "#1c2430"},
		{[]string{"prefers-contrast", "more"}, "#ffffff", "#000000"},
		{[]string{"prefers-contrast", "more", "prefers-color-scheme", "dark"}, "#0a0e13", "#ffffff"},
		{[]string{"forced-colors", "active"}, "#ffffff", "#000000"},
		{[]string{"forced-colors", "active", "prefers-color-scheme", "dark"}, "#0a0e13", "#ffffff"},
		{[]string{"prefers-color-scheme", "dark"}, "#1a212b", "#e9edf2"},
	} {
		w.wishes(s.wishes...)
		w.settle()
		var drawn struct {
			Sheet   string
			Letters []string
		}
		w.eval(chartColours, &drawn)
		if drawn.Sheet != s.sheet || !strings.Contains(strings.Join(drawn.Letters, " "), s.letters) {
			t.Errorf("%v: letters of %v on %s, want %s on %s", s.wishes, drawn.Letters, drawn.Sheet, s.letters, s.sheet)
		}
	}
}

// Who wants no motion sees none: nothing fades or slides, and a chart is there at once, also
// where the page is changed in place.
func TestNothingMovesForWhoWantsNoMotion(t *testing.T) {
	t.Parallel()
	w := borrow(t, reader{})
	for _, p := range mainPages() {
		if p.As != "" {
			continue
		}
		w.page(p)
		w.stays()
	}
	w.visit("/indicators/A1-02-1")
	w.chooses(`main .selector a[href*="breakdown=sex"]`)
	w.stays()
}

// stays checks that nothing moves by itself, or would when it is pointed at, and that charts
// are the same two frames later.
func (w *tab) stays() {
	w.Helper()
	var m struct {
		Running int
		Would   []string
		Same    bool
	}
	w.eval(`(async () => {
		const frame = () => new Promise(requestAnimationFrame);
		const drawn = () => [...document.querySelectorAll('.drawing')].map(e => e.innerHTML).join();
		const first = drawn();
		await frame(); await frame();
		return {Running: document.getAnimations().length, Same: drawn() === first,
			Would: [...document.querySelectorAll('*')].filter(e => { const s = getComputedStyle(e); return s.animationName !== 'none' || /[1-9]/.test(s.transitionDuration) || s.scrollBehavior === 'smooth'; }).map(e => e.outerHTML.slice(0, 80))};
	})()`, &m)
	if m.Running > 0 || len(m.Would) > 0 || !m.Same {
		w.Errorf("%s: %d animations run, charts stay: %t, these would move: %.5q", w.where(), m.Running, m.Same, m.Would)
	}
}
