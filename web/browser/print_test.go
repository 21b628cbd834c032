package browser

import (
	"fmt"
	"regexp"
	"testing"

	"jalon/locale"
)

// sheets is how many sheets a page takes on paper.
func (w *tab) sheets() int {
	w.Helper()
	return len(regexp.MustCompile(`/Type /Page[^s]`).FindAll(w.paper(), -1))
}

// prints prepares a page for paper of A4.
func (w *tab) prints(path string) {
	w.Helper()
	w.visit(path)
	w.media("print", false)
}

// multiplies repeats the rows of a list until there are so many, and ends it as the server does.
const multiplies = `(() => {
	const list = document.querySelector(%s), rows = list.children.length;
	while (list.children.length < %d) list.append(list.children[list.children.length %% rows].cloneNode(true));
	const rest = document.createElement('p');
	rest.className = 'print-only small soft';
	rest.textContent = '…';
	list.closest('section').append(rest);
	return [...list.children].filter(e => e.checkVisibility()).length;
})()`

// The Minister's page is one of A4, in every language, with more key indicators, more decisions,
// more that fell back and more actions that are stuck than there is room for, too.
func TestTheOverviewIsOnePageOfPaper(t *testing.T) {
	t.Parallel()
	for _, lang := range locale.Codes() {
		w := borrow(t, reader{lang: lang, width: 794, height: 1123})
		w.prints("/")
		if n := w.sheets(); n != 1 {
			t.Errorf("%s: %d pages", lang, n)
		}
		var keys, stuck, asked, fallen int
		w.eval(fmt.Sprintf(multiplies, quoted(`.keys tbody`), 40), &keys)
		w.eval(fmt.Sprintf(multiplies, quoted(`section:has(> #blocked) ul`), 20), &stuck)
		w.eval(fmt.Sprintf(multiplies, quoted(`section:has(> #decisions) ol`), 10), &asked)
		w.eval(fmt.Sprintf(multiplies, quoted(`section:has(> #moved) div + div > ul`), 10), &fallen)
		if keys != 11 || stuck != 2 || asked != 2 || fallen != 4 {
			t.Errorf("%s: %d of 40 key indicators, %d of 20 actions, %d of 10 decisions and %d of 10 that fell back are on paper", lang, keys, stuck, asked, fallen)
		}
		if n := w.sheets(); n != 1 {
			t.Errorf("%s: %d pages with many key indicators", lang, n)
		}
	}
}

// onPaper is what a page looks like on paper.
type onPaper struct {
	Numbered  bool     // the foot of each page
	Addresses []string // what follows a link to elsewhere
	Shown     []string // what is for the screen alone, and yet there
	Cut       []string // rows, pictures and headings that may be cut in two
	Folded    int      // tables that scroll on the screen and would be cut off
	Charts    int      // that have no picture for paper
}

const howOnPaper = `(() => {
	const link = document.createElement('a'), line = document.createElement('p');
	link.href = 'https://example.org/a';
	line.append(link);
	document.querySelector('main').append(line);
	const rules = [...document.styleSheets].flatMap(s => [...s.cssRules]);
	const seen = s => [...document.querySelectorAll(s)].filter(e => e.checkVisibility());
	return {
		Numbered: rules.some(r => r instanceof CSSPageRule && /counter\(page\).*counter\(pages\)/.test(r.cssText)),
		Addresses: [...document.querySelectorAll('main :is(p, dd, li) > a[href^="http"]')].map(a => getComputedStyle(a, '::after').content),
		Shown: seen('nav, .languages, .download, .filters, .no-print, footer form, .skip, .drawing').map(e => e.outerHTML.slice(0, 80)),
		Cut: seen('tr, figure').filter(e => !getComputedStyle(e).breakInside.startsWith('avoid')).concat(seen('h2, h3, caption').filter(e => !getComputedStyle(e).breakAfter.startsWith('avoid'))).map(e => e.outerHTML.slice(0, 80)),
		Folded: seen('.scroll, .tall').filter(e => getComputedStyle(e).overflowX !== 'visible' || getComputedStyle(e).maxBlockSize !== 'none').length,
		Charts: [...document.querySelectorAll('.canvas')].filter(c => c.checkVisibility() && !c.querySelector('img.print-only').checkVisibility()).length,
	};
})()`

// Other pages flow: pages are numbered, links to elsewhere have their addresses, no row and no
// picture is cut, nothing is there that one can only click on.
func TestPagesOnPaper(t *testing.T) {
	t.Parallel()
	w := borrow(t, reader{width: 794, height: 1123})
	for _, path := range []string{"/indicators/REM-COST", "/indicators/A1-01-1", "/groups/3", "/quality", "/donors/DEMO-DONOR-A", "/methods"} {
		w.prints(path)
		var p onPaper
		w.eval(howOnPaper, &p)
		if !p.Numbered || len(p.Addresses) == 0 || len(p.Shown) > 0 || len(p.Cut) > 0 || p.Folded > 0 || p.Charts > 0 {
			t.Errorf("%s: %+v", path, p)
		}
		for _, after := range p.Addresses {
			if !regexp.MustCompile(`https?://|attr\(href\)`).MatchString(after) {
				t.Errorf("%s: after a link to elsewhere stands %s", path, after)
			}
		}
		if n := w.sheets(); n < 2 {
			t.Errorf("%s: %d pages", path, n)
		}
		w.media("screen", false)
	}
}
