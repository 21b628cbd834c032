package browser

import (
	"fmt"
	"time"

	"github.com/chromedp/chromedp"
)

// until looks again and again, and fails the test when it takes too long.
func (w *tab) until(what string, look func() bool) {
	w.Helper()
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for began := time.Now(); !look(); <-tick.C {
		if time.Since(began) > patience {
			w.Fatalf("%s: no %s within %s", w.lang, what, patience)
		}
	}
}

// has tells whether something is on the page and can be seen.
func (w *tab) has(selector string) (found bool) {
	w.Helper()
	w.eval(fmt.Sprintf(`[...document.querySelectorAll(%s)].some(e => e.checkVisibility())`, quoted(selector)), &found)
	return found
}

// must fails the test unless all of these are on the page and can be seen.
func (w *tab) must(selectors ...string) {
	w.Helper()
	for _, selector := range selectors {
		if !w.has(selector) {
			w.Errorf("%s: nothing on %s is %s", w.lang, w.where(), selector)
		}
	}
}

// where is the address of the page, behind the site's.
func (w *tab) where() (path string) {
	w.Helper()
	w.eval(`location.pathname + location.search`, &path)
	return path
}

// unfold opens, one after the other, what is folded over an element: it clicks on what
// the reader would have to.
func (w *tab) unfold(selector string) {
	w.Helper()
	folded := fmt.Sprintf(`(() => {
		document.querySelectorAll('[data-fold]').forEach(e => e.removeAttribute('data-fold'));
		const all = [...document.querySelectorAll(%s)];
		if (!all.length || all.some(e => e.checkVisibility({visibilityProperty: true}))) return false;
		for (const one of all) {
			let outer = null;
			for (let d = one.closest('details'); d; d = d.parentElement.closest('details')) if (!d.open) outer = d;
			const summary = outer?.querySelector('summary');
			if (!summary?.checkVisibility({visibilityProperty: true})) continue;
			summary.setAttribute('data-fold', '');
			return true;
		}
		return false;
	})()`, quoted(selector))
	for found := true; found; {
		if w.eval(folded, &found); found {
			w.do("unfolding", chromedp.Click(`[data-fold]`, chromedp.ByQuery))
		}
	}
}

// press clicks on the first thing to be seen that matches, and waits for the page that it leads to.
func (w *tab) press(selector string) {
	w.Helper()
	w.unfold(selector)
	var found bool
	w.eval(fmt.Sprintf(`(() => {
		document.querySelectorAll('[data-hand]').forEach(e => e.removeAttribute('data-hand'));
		const first = [...document.querySelectorAll(%s)].find(e => e.checkVisibility({visibilityProperty: true}));
		first?.setAttribute('data-hand', '');
		return !!first;
	})()`, quoted(selector)), &found)
	if !found {
		w.Fatalf("%s: nothing to click on on %s is %s", w.lang, w.where(), selector)
	}
	w.loads(selector, 200, chromedp.Click(`[data-hand]`, chromedp.ByQuery))
}
