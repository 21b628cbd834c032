package browser

import (
	"testing"

	"jalon/locale"
)

// stills are the pictures of a page: how many were made room for, are to be seen, and have
// come of those for screens. That for paper is not to be seen.
type stills struct{ Charts, Seen, Come int }

const countStills = `(() => {
	const of = [...document.querySelectorAll('.chart .still img')];
	return {Charts: document.querySelectorAll('.chart .canvas').length,
		Seen: [...document.querySelectorAll('.chart .canvas img')].filter(i => i.checkVisibility()).length,
		Come: of.filter(i => i.complete && i.naturalWidth > 0).length};
})()`

// Without scripts, every page has its heading, its tables, and each chart as a picture.
func TestPagesWithoutScripts(t *testing.T) {
	t.Parallel()
	for n, p := range Pages() {
		t.Run(p.Name, func(t *testing.T) {
			t.Parallel()
			w := borrow(t, reader{as: p.As, lang: locale.Codes()[n%len(locale.Codes())], noScripts: true})
			w.page(p)
			w.must(`h1`, `main`)
			var s stills
			w.eval(countStills, &s)
			if s.Seen != s.Charts || s.Come != s.Charts {
				t.Errorf("of %d charts, %d pictures are to be seen and %d have come", s.Charts, s.Seen, s.Come)
			}
			var empty, tables int
			w.eval(`document.querySelectorAll('table').length`, &tables)
			if w.eval(`[...document.querySelectorAll('table')].filter(t => !t.querySelector('tbody tr')).length`, &empty); empty > 0 {
				t.Errorf("%d of %d tables are empty", empty, tables)
			}
		})
	}
}
