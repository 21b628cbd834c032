package browser

import (
	_ "embed"
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"

	"jalon/locale"
)

// axe is the text of axe-core, which make fetches.
var axe = sync.OnceValues(func() (string, error) {
	text, err := os.ReadFile("node_modules/axe-core/axe.min.js")
	if err != nil {
		err = fmt.Errorf("these tests need axe-core: run make browser (%w)", err)
	}
	return string(text), err
})

// Rules of axe to hold a page against.
const (
	everyRule  = `runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']`
	colourRule = `runOnly: ['color-contrast', 'link-in-text-block']` // all that the light changes
	otherRule  = everyRule + `, rules: {'color-contrast': {enabled: false}, 'link-in-text-block': {enabled: false}}`
)

// A violation is what axe finds.
type violation struct {
	Rule, Help string
	At         []string
}

// What of a page axe looks at. A drawn chart is one picture to those whom axe speaks for, and its
// colours are measured where they are chosen: what is in it need be looked at only once.
const (
	whole  = `document`
	around = `{exclude: [['.drawing svg']]}`
)

// abides holds the page against rules of accessibility.
func (w *tab) abides(part, rules, how string) {
	w.Helper()
	text, err := axe()
	if err != nil {
		w.Fatal(err)
	}
	var loaded bool
	if w.eval(`!!window.axe`, &loaded); !loaded {
		w.eval(text+`; 0`, nil)
	}
	var found []violation
	w.eval(`axe.run(`+part+`, {`+rules+`, resultTypes: ['violations'], preload: false}).then(r => r.violations.map(v =>
		({Rule: v.id, Help: v.help, At: v.nodes.map(n => n.target.join(' ') + ': ' + n.failureSummary + ' ' + n.html.slice(0, 200))})))`, &found)
	for _, v := range found {
		w.Errorf("%s, %s: %s: %s (%d times)\n\t%s", w.where(), how, v.Rule, v.Help, len(v.At), strings.Join(v.At[:min(3, len(v.At))], "\n\t"))
	}
}

// reflows checks that a page as wide as said needs no scrolling in two directions, except
// in regions made for it.
func (w *tab) reflows(width int64) {
	w.Helper()
	w.resize(width, 640)
	w.settle()
	var wider []string
	w.eval(`(() => {
		const room = document.documentElement.clientWidth;
		if (document.documentElement.scrollWidth <= room) return [];
		return [...document.body.querySelectorAll('*')].filter(e => {
			const r = e.getBoundingClientRect();
			return r.width && (r.right > room + 1 || r.left < -1) && !e.parentElement.closest('.scroll') && e.checkVisibility();
		}).map(e => e.outerHTML.slice(0, 120)).slice(0, 5).concat('the page is ' + document.documentElement.scrollWidth + ' pixels wide');
	})()`, &wider)
	if len(wider) > 0 {
		w.Errorf("%s is wider than %d pixels:\n\t%s", w.where(), width, strings.Join(wider, "\n\t"))
	}
}

// thins takes rows and items out that are built like two before them: they say other
// words, but there is nothing else to find in them.
func (w *tab) thins() {
	w.Helper()
	w.eval(`(() => {
		const built = e => e.tagName + '.' + e.className + [...e.attributes].map(a => a.name).sort() + (e.childElementCount ? '' : !!e.textContent.trim()) +
			[...e.children].map(built);
		const seen = new Map();
		for (const e of document.querySelectorAll('tr, li')) {
			const as = built(e);
			seen.set(as, (seen.get(as) ?? 0) + 1);
			if (seen.get(as) > 2) e.remove();
		}
	})()`, nil)
}

// bleaches takes out all but one of the things that have the same place in the page, by the
// names and looks of all that is around them: they have the same colours. Charts go, too.
func (w *tab) bleaches() {
	w.Helper()
	w.eval(`(() => {
		const look = e => e.tagName + '.' + e.className + [...e.attributes].map(a => a.name).sort() + e.ariaCurrent + e.type;
		const path = e => e === document.body ? '' : path(e.parentElement) + '>' + look(e);
		const seen = new Set();
		document.querySelectorAll('.canvas').forEach(e => e.remove());
		for (const e of [...document.body.querySelectorAll('*')].reverse()) { // what is in a thing before the thing
			if (e.childElementCount) continue;
			const as = path(e) + !!e.textContent.trim();
			if (seen.has(as)) e.remove();
			seen.add(as);
		}
	})()`, nil)
}

// Every page, in every language, in daylight and in the dark, at a zoom of 200 and of 400 %, and
// nothing moves while it is drawn, be the screen wide or narrow. Each is loaded once in a
// language: first in French on a wide screen, looked at whole; then in the others on a
// narrow one, where a page with few rows stands for it once its width has been measured;
// the main pages on a wide one, too.
// Between two languages it stays as light as it was: another light draws all charts anew.
func TestEveryPageIsAccessible(t *testing.T) {
	t.Parallel()
	for _, p := range Pages() {
		t.Run(p.Name, func(t *testing.T) {
			t.Parallel()
			w := borrow(t, reader{as: p.As})
			for n, lang := range locale.Codes() {
				w.lang = lang
				if n == 0 {
					w.looksWide(p)
				} else {
					w.looksNarrow(p)
				}
				w.bleaches()
				w.abides(around, colourRule, w.light())
				w.media("screen", !w.dark)
				w.abides(around, colourRule, w.light())
			}
		})
	}
}

// looksWide loads a page on a wide screen, and leaves a thin one on a narrow screen.
func (w *tab) looksWide(p Page) {
	w.Helper()
	w.page(p)
	w.stands()
	w.abides(whole, everyRule, w.light())
	w.reflows(640)
	w.reflows(320)
	w.thins()
	if p.Main {
		w.abides(around, otherRule, "the rest")
	}
}

// looksNarrow loads a page on a narrow screen, and leaves a thin one, of a main page on a wide screen.
func (w *tab) looksNarrow(p Page) {
	w.Helper()
	w.resize(320, 640)
	w.page(p)
	w.stands()
	w.reflows(320)
	w.thins()
	if p.Main {
		w.resize(w.width, w.height)
		w.settle()
	}
	w.abides(around, otherRule, "the rest")
}

// mainPages are those that readers see most.
func mainPages() (main []Page) {
	for _, p := range Pages() {
		if p.Main {
			main = append(main, p)
		}
	}
	return main
}
