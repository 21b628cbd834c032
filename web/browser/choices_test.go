package browser

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"jalon/locale"
)

// chosen is what a page shows, and whether it is the page that was loaded.
type chosen struct {
	Same            bool
	Address, Status string // the address; and what was last said
	Focus           string // the choice that the keyboard is on
	Option          string // address of the first chart
	Written         string // the first chart and the table beside it, and the block before them
	Top             float64
}

const whatIsChosen = `({Same: !!window.marked, Address: location.search, Status: document.querySelector('body > [role=status]').textContent,
	Focus: document.activeElement.getAttribute('href') ?? '', Option: document.querySelector('[data-chart]').dataset.wide,
	Written: [...document.querySelectorAll('.block, [data-chart] svg, table.values')].slice(0, 3).map(e => e.textContent).join(),
	Top: document.activeElement.getBoundingClientRect().top})`

// chooses clicks on a link of the page to itself, and waits until what it chose is drawn.
func (w *tab) chooses(selector string) (before, after chosen) {
	w.Helper()
	w.unfold(selector)
	w.eval(`window.marked = true; document.querySelector(`+quoted(selector)+`).focus()`, nil)
	w.eval(whatIsChosen, &before)
	w.do("choosing", chromedp.Click(selector, chromedp.ByQuery))
	w.until("choice in "+selector, func() bool {
		w.eval(whatIsChosen, &after)
		return after.Address != before.Address
	})
	w.settle()
	w.eval(whatIsChosen, &after)
	if !after.Same {
		w.Errorf("%s: %s: the page was loaded anew", w.where(), selector)
	}
	if after.Status == "" || after.Status == before.Status {
		w.Errorf("%s: %s: %q is said", w.where(), selector, after.Status)
	}
	if !strings.Contains(after.Focus, after.Address) {
		w.Errorf("%s: %s: the keyboard is on %q", w.where(), selector, after.Focus)
	}
	if moved := after.Top - before.Top; moved < -2 || moved > 2 {
		w.Errorf("%s: %s: the choice moved by %g pixels under the pointer", w.where(), selector, moved)
	}
	return before, after
}

// Another part, another method, and the choice of before: chart, table and sentence change in
// place, the address with them.
func TestChoicesChangeThePageInPlace(t *testing.T) {
	t.Parallel()
	for _, lang := range locale.Codes() {
		w := borrow(t, reader{lang: lang})
		w.visit("/indicators/A1-02-1")
		before, part := w.chooses(`main .selector a[href*="breakdown=sex"]`)
		if part.Option == before.Option || !strings.Contains(part.Option, "breakdown=sex") || part.Written == before.Written {
			t.Errorf("%s: the chart is drawn from %s, before from %s", lang, part.Option, before.Option)
		}
		before, method := w.chooses(`main .working a[href*="method="]:not([aria-current])`)
		if !strings.Contains(method.Address, "breakdown=") || method.Written == before.Written {
			t.Errorf("%s: another method shows %s", lang, method.Address)
		}
		w.must(`main .block .note a`, `main .working a[aria-current]`)
		var kept string
		w.eval(`document.querySelector('.languages a:not([aria-current])').search`, &kept)
		if kept != method.Address {
			t.Errorf("%s: the language switch leads to %s, the page shows %s", lang, kept, method.Address)
		}
		w.visit("/indicators/A1-02-1" + method.Address) // as it would be without a script
		var loaded chosen
		if w.eval(whatIsChosen, &loaded); loaded.Written != method.Written {
			t.Errorf("%s: the page of that address shows something else:\n%s\n%s", lang, loaded.Written, method.Written)
		}
	}
}

// Where what was chosen cannot be fetched, the link leads there as it would without the script.
func TestAChoiceThatCannotBeFetchedIsAPage(t *testing.T) {
	t.Parallel()
	w := borrow(t, reader{})
	w.visit("/territory")
	w.eval(`window.fetch = () => Promise.reject(new Error('away'))`, nil)
	w.press(`main .selector a[href*="indicator="]:not([aria-current])`)
	if at := w.where(); !strings.Contains(at, "indicator=") {
		t.Errorf("the link leads to %s", at)
	}
}
