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

const (
	everyRule  = `{type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']}`
	colourRule = `{type: 'rule', values: ['color-contrast', 'link-in-text-block']}` // all that the light changes
)

// A violation is what axe finds.
type violation struct {
	Rule, Help string
	At         []string
}

// abides holds the page against rules of accessibility.
func (w *tab) abides(rules, how string) {
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
	w.eval(`axe.run(document, {runOnly: `+rules+`, resultTypes: ['violations'], preload: false}).then(r => r.violations.map(v =>
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
			return r.width && (r.right > room + 1 || r.left < -1) && !e.closest('.scroll') && e.checkVisibility();
		}).map(e => e.outerHTML.slice(0, 120)).slice(0, 5).concat('the page is ' + document.documentElement.scrollWidth + ' pixels wide');
	})()`, &wider)
	if len(wider) > 0 {
		w.Errorf("%s is wider than %d pixels:\n\t%s", w.where(), width, strings.Join(wider, "\n\t"))
	}
}

// thins takes rows and items out that are built like three before them: they say other
// words, but there is nothing else to find in them.
func (w *tab) thins() {
	w.Helper()
	w.eval(`(() => {
		const built = e => e.tagName + '.' + e.className + [...e.attributes].map(a => a.name).sort() + (e.childElementCount ? '' : !!e.textContent.trim()) +
			[...e.children].map(built);
		const seen = new Map();
		for (const e of document.querySelectorAll('main tr, main li')) {
			const as = built(e);
			seen.set(as, (seen.get(as) ?? 0) + 1);
			if (seen.get(as) > 3) e.remove();
		}
	})()`, nil)
}

// Every page, in every language, in daylight and in the dark, at a zoom of 200 and of 400 %.
// In French it is looked at whole, on a phone too where it is a main page; a page with
// few rows stands for it elsewhere.
func TestEveryPageIsAccessible(t *testing.T) {
	t.Parallel()
	for _, p := range Pages() {
		t.Run(p.Name, func(t *testing.T) {
			t.Parallel()
			w := open(t, reader{as: p.As})
			for n, lang := range locale.Codes() {
				w.lang = lang
				w.resize(w.width, w.height)
				w.page(p)
				w.stands()
				if n == 0 {
					w.abides(everyRule, "light")
					w.reflows(640)
				}
				w.reflows(320)
				w.thins()
				if n == 0 && p.Main {
					w.abides(everyRule, "phone")
				}
				w.resize(w.width, w.height)
				if n > 0 {
					w.abides(everyRule, "light")
				}
				w.media("screen", true)
				w.abides(colourRule, "dark")
				w.media("screen", false)
			}
		})
	}
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
