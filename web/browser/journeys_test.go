package browser

import (
	"fmt"
	"image/png"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"jalon/locale"
)

// Each of the five readers, in each language, goes where they have to by clicking on what
// the pages offer. Links are known by where they lead, never by their words.
func TestJourneys(t *testing.T) {
	t.Parallel()
	for name, journey := range map[string]func(*testing.T, string){
		"the minister": minister, "a citizen": citizen, "a focal point": focalPoint, "a donor": donor, "a statistician": statistician,
	} {
		for _, lang := range locale.Codes() {
			t.Run(name+", "+lang, func(t *testing.T) {
				t.Parallel()
				journey(t, lang)
			})
		}
	}
}

// to is a link of the content to a kind of page.
func (w *tab) to(kind string) string { return fmt.Sprintf(`main a[href^="/%s/%s"]`, w.lang, kind) }

// The minister sees in five seconds what moves, and follows what does not to its figures.
func minister(t *testing.T, lang string) {
	w := open(t, reader{lang: lang})
	w.visit("/")
	w.must(`.chart .drawing svg`, `.status`, w.to("groups/"))
	w.press(w.to("groups/"))
	w.press(w.to("actions/"))
	w.must(`.life`)
	w.press(w.to("indicators/"))
	w.must(`.block .status`, `.chart .drawing svg`, `table.values tbody tr`)
	for _, kind := range []string{".svg", ".csv"} {
		if file := w.downloads(`main .chart a[href*="` + kind + `"]`); !strings.Contains(file, kind[1:]) && !strings.Contains(file, ",") {
			t.Errorf("%s: downloaded %q", kind, file[:min(len(file), 80)])
		}
	}
	w.takesPoints()
}

// takesPoints takes a chart along as a picture of points: that one holds title and sources
// around the drawing.
func (w *tab) takesPoints() {
	w.Helper()
	var drawn int
	w.do("measuring the drawing", chromedp.Evaluate(`Number(document.querySelector('main .chart img.print-only').getAttribute('height'))`, &drawn))
	points, err := png.Decode(strings.NewReader(w.downloads(`main .chart button[data-png]`)))
	if err != nil {
		w.Errorf("taking a picture of points: %v", err)
		return
	}
	if got := points.Bounds().Dy() / 2; got < drawn+60 {
		w.Errorf("the picture of points is %d high, its drawing alone %d: nothing stands around it", got, drawn)
	}
}

// A citizen with a phone comes by the menu, changes the language, asks where a figure
// comes from and what was known before.
func citizen(t *testing.T, lang string) {
	w := open(t, reader{lang: "fr", width: 390, height: 844})
	w.visit("/")
	w.lang = lang
	w.press(`.languages a[hreflang="` + lang + `"]`)
	w.must(`html[lang="` + lang + `"]`)
	w.press(`.top a[href="/` + lang + `/frameworks/sdg2030"]`)
	w.press(w.to("frameworks/sdg2030/"))
	w.press(w.to("indicators/"))
	indicator := w.where()
	w.press(`main a[href="` + indicator + `/history"]`)
	w.press(`main a[href^="` + indicator + `/history/"]`)
	w.must(`main table tbody tr`)
	w.visit("/")
	w.eval(`document.querySelector('footer input[type="date"]').value = '2026-03-31'`, nil)
	w.press(`footer form button`)
	w.must(`.past a`)
}

// A focal point signs in, enters a figure in the grid and submits it; who verifies finds it.
func focalPoint(t *testing.T, lang string) {
	w := open(t, reader{lang: lang})
	w.visit("/")
	w.press(`footer a[href*="/sign-in"]`)
	w.signIn("focal")
	w.must(`.own form button`)
	w.press(`main a[href^="/` + lang + `/desk/grid"]`)
	row := map[string]int{"fr": 0, "ar": 1, "en": 2}[lang] // each has an indicator of their own
	var figure string
	w.eval(fmt.Sprintf(`(() => {
		const rows = [...document.querySelectorAll('table.grid tbody tr')].map(r => [...r.querySelectorAll('input[name^="v:"]')].filter(i => !i.value && i.dataset.last));
		const cell = rows.filter(cells => cells.length)[%d][0];
		cell.id = 'entered';
		return cell.name;
	})()`, row), &figure)
	w.do("typing", chromedp.SetAttributeValue(`#entered`, "autocomplete", "off", chromedp.ByQuery))
	var last string
	w.eval(`document.getElementById('entered').dataset.last.replace('.', ',')`, &last)
	w.do("typing", chromedp.SendKeys(`#entered`, last, chromedp.ByQuery))
	w.press(`main form button[value="submit"]`)
	parts := strings.Split(figure, ":") // v:CODE:PERIOD
	submitted := fmt.Sprintf(`main a[href*="/desk/figures/%s?"][href*="period=%s"]`, parts[1], parts[2])
	w.visit("/desk")
	w.must(submitted)
	w.press(`.own form button`) // signs out
	w.must(`footer a[href*="/sign-in"]`)

	v := open(t, reader{lang: lang, as: "verifier"})
	v.visit("/desk")
	v.must(submitted)
	v.press(submitted)
	v.must(`main h1`)
}

// A donor signs in, finds the actions that it funds, with their money, and takes its portfolio
// along.
func donor(t *testing.T, lang string) {
	w := open(t, reader{lang: lang, as: "donor"})
	w.visit("/desk")
	w.must(`#funded`)
	w.press(w.to("actions/"))
	w.must(`#funding`, `[aria-labelledby="funding"] tbody tr`)
	w.press(w.to("indicators/"))
	w.must(`.block .status`)
	w.visit("/donors/DEMO-DONOR-A")
	for ending, begins := range map[string]string{"xlsx": "PK", "xml": "<?xml"} {
		if file := w.downloads(`main a[href*="/portfolio.` + ending + `"]`); !strings.HasPrefix(file, begins) {
			t.Errorf("%s: downloaded %q", ending, file[:min(len(file), 80)])
		}
	}
}

// A statistician reads how things are judged and what the rules of quality find, and
// follows a change to its figures.
func statistician(t *testing.T, lang string) {
	w := open(t, reader{lang: lang})
	w.visit("/")
	w.press(`.top a[href="/` + lang + `/methods"]`)
	w.must(`main h2[id]`)
	w.press(`footer a[href="/` + lang + `/quality"]`)
	w.press(`main a[href*="/quality?severity=warning"]`)
	w.press(w.to("indicators/"))
	w.must(`table.values tbody tr`)
	w.press(`footer a[href="/` + lang + `/history"]`)
	w.visit("/history?kind=import") // the newest is that a month was frozen, which touches no indicator
	w.press(w.to("history/"))
	w.press(w.to("indicators/"))
	w.must(`main h1`)
}
