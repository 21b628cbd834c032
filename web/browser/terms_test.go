package browser

import (
	"fmt"
	"testing"

	"jalon/locale"
)

// hiddenDefinitions goes through all words that say what they mean, and lists those whose
// definition, while the word has the focus, is not wholly to be seen, or pushes the page
// wider than the screen.
const hiddenDefinitions = `(() => {
	const wrong = [];
	for (const word of document.querySelectorAll('.terms .term > a')) {
		word.scrollIntoView({block: 'center'});
		word.focus();
		const box = word.nextElementSibling.getBoundingClientRect();
		const seen = [[box.left + 3, box.top + 3], [box.right - 3, box.bottom - 3], [box.left + 3, box.bottom - 3], [box.right - 3, box.top + 3]]
			.every(([x, y]) => document.elementFromPoint(x, y) === word.nextElementSibling);
		const below = box.top >= word.getBoundingClientRect().bottom - 1 && box.top < word.getBoundingClientRect().bottom + 24;
		if (!seen || !below || document.documentElement.scrollWidth > innerWidth) wrong.push(word.textContent + ' ' + JSON.stringify(box) + ' ' + below);
		word.blur();
	}
	return wrong;
})()`

// What the words of a table mean is wholly to be seen, on a phone, too.
func TestDefinitionsAreSeen(t *testing.T) {
	t.Parallel()
	for _, lang := range locale.Codes() {
		for _, width := range []int64{360, 1280} {
			t.Run(fmt.Sprint(lang, width), func(t *testing.T) {
				t.Parallel()
				w := open(t, reader{lang: lang, width: width, height: 800})
				for _, path := range []string{"/groups/3", "/frameworks/sdg2030"} {
					w.visit(path)
					w.must(`.terms .term > a`)
					var wrong []string
					if w.eval(hiddenDefinitions, &wrong); len(wrong) > 0 {
						t.Errorf("%s: %q", path, wrong)
					}
				}
			})
		}
	}
}

// longLabels lists the labels of small cards that run out of their column: those that are
// wider than it and may not break.
const longLabels = `(() => {
	const pen = document.createElement('canvas').getContext('2d');
	return [...document.querySelectorAll('.stack td[data-label]')].filter(cell => {
		const look = getComputedStyle(cell, '::before');
		if (look.content === 'none' || getComputedStyle(cell).display !== 'grid') return false;
		pen.font = look.font;
		const room = parseFloat(getComputedStyle(cell).gridTemplateColumns);
		return look.whiteSpace === 'nowrap' && pen.measureText(cell.dataset.label).width > room;
	}).map(cell => cell.dataset.label);
})()`

// On a phone, no label of a small card runs into its value.
func TestLabelsKeepToTheirColumn(t *testing.T) {
	t.Parallel()
	for _, lang := range locale.Codes() {
		t.Run(lang, func(t *testing.T) {
			t.Parallel()
			w := open(t, reader{lang: lang, width: 360, height: 800})
			for _, path := range []string{"/frameworks/plan2016", "/groups/3", "/donors/DEMO-DONOR-A", "/indicators", "/actions"} {
				w.visit(path)
				var long []string
				if w.eval(longLabels, &long); len(long) > 0 {
					t.Errorf("%s: %q", path, long)
				}
			}
		})
	}
}
