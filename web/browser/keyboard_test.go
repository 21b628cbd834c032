package browser

import (
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"jalon/locale"
)

// focused is where the keyboard is. Marks count what it has been on.
type focused struct {
	At       string // the beginning of the element; empty: on nothing
	Skip     bool   // it leads to the content
	Again    bool   // it was there before
	Seen     bool   // within the window, covered by nothing
	Outlined bool
}

const whereFocusIs = `(() => {
	const e = document.activeElement;
	if (!e || e === document.body) return {At: ''};
	const again = e.hasAttribute('data-walked') && window.walkedLast !== e; // a date has three places in one
	e.setAttribute('data-walked', '');
	window.walkedLast = e;
	const style = getComputedStyle(e), box = e.getClientRects()[0] ?? e.getBoundingClientRect();
	const left = Math.max(box.left, 0), right = Math.min(box.right, innerWidth), top = Math.max(box.top, 0), bottom = Math.min(box.bottom, innerHeight);
	const seen = [[(left + right) / 2, (top + bottom) / 2], [left + 3, top + 3], [right - 3, bottom - 3]].some(([x, y]) => {
		const there = document.elementFromPoint(x, y);
		return there && (e === there || e.contains(there));
	});
	return {At: e.outerHTML.slice(0, 140), Skip: e.matches('a[href="#content"]'), Again: again, Seen: seen,
		Outlined: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2};
})()`

// reachable are all things that the keyboard must come to. Of radio buttons with one
// name it comes to one.
const reachable = `[...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')].filter(e =>
	e.checkVisibility({visibilityProperty: true}) && !e.disabled && e.type !== 'hidden' && e.type !== 'radio')`

// tabs goes forward by the key, and tells where it comes to.
func (w *tab) tabs() (f focused) {
	w.Helper()
	w.do("pressing Tab", chromedp.KeyEvent(kb.Tab))
	w.eval(whereFocusIs, &f)
	return f
}

// walk goes through a page by the Tab key, from its beginning to its end.
func (w *tab) walk() {
	w.Helper()
	first := w.tabs()
	if !first.Skip {
		w.Errorf("%s: first the keyboard comes to %s, not to the link to the content", w.where(), first.At)
	}
	for f := first; f.At != "" && !f.Again; f = w.tabs() {
		if !f.Seen || !f.Outlined {
			w.Errorf("%s: seen %t, outlined %t when the keyboard is on %s", w.where(), f.Seen, f.Outlined, f.At)
		}
	}
	var left []string
	w.eval(reachable+`.filter(e => !e.hasAttribute('data-walked')).map(e => e.outerHTML.slice(0, 140))`, &left)
	if len(left) > 0 {
		w.Errorf("%s: the keyboard does not come to %d things, such as %s", w.where(), len(left), left[0])
	}
}

func TestMainPagesAreWalkedThroughByKeyboard(t *testing.T) {
	t.Parallel()
	for n, p := range mainPages() {
		t.Run(p.Name, func(t *testing.T) {
			t.Parallel()
			w := borrow(t, reader{as: p.As, lang: locale.Codes()[n%len(locale.Codes())]})
			w.page(p)
			w.walk()
		})
	}
}

func TestTheFirstLinkLeadsToTheContent(t *testing.T) {
	t.Parallel()
	for _, lang := range locale.Codes() {
		w := borrow(t, reader{lang: lang})
		w.visit("/methods")
		if f := w.tabs(); !f.Skip || !f.Seen {
			t.Fatalf("the first link is %+v", f)
		}
		w.do("pressing Enter", chromedp.KeyEvent(kb.Enter))
		w.until("focus on the content", func() (there bool) {
			w.eval(`document.activeElement.matches('main')`, &there)
			return there
		})
		var within bool
		if w.tabs(); true {
			w.eval(`!!document.activeElement.closest('main')`, &within)
		}
		if !within {
			t.Errorf("%s: the next is not in the content", lang)
		}
	}
}

// A menu opens and closes by the keyboard.
func TestTheMenuOpensByKeyboard(t *testing.T) {
	t.Parallel()
	for _, width := range []int64{1280, 360} {
		w := borrow(t, reader{width: width, height: 800})
		w.visit("/")
		for f := w.tabs(); ; f = w.tabs() {
			var summary bool
			if w.eval(`document.activeElement.matches('.top summary')`, &summary); summary {
				break
			}
			if f.At == "" || f.Again {
				t.Fatalf("%d pixels: the keyboard comes to no menu", width)
			}
		}
		w.do("pressing Enter", chromedp.KeyEvent(kb.Enter))
		w.until("open menu", func() bool { return w.has(`.top details[open] a`) })
		var within bool
		w.tabs()
		if w.eval(`!!document.activeElement.closest('.top details[open]')`, &within); !within {
			t.Errorf("%d pixels: the next is not in the menu", width)
		}
	}
}
