package browser

import (
	"context"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/cdproto/target"
	"github.com/chromedp/chromedp"
)

// A reader is somebody in front of a screen. The zero reader is the public, in French,
// before a laptop in daylight.
type reader struct {
	as            string // one of the people; "" is the public
	lang          string
	width, height int64
	dark          bool
	noScripts     bool
}

// A tab is a page that a reader looks at, apart from the tabs of all others. Whatever the
// browser complains of fails the test when the tab is closed.
type tab struct {
	testing.TB
	reader
	ctx    context.Context
	cancel context.CancelFunc
	apart  cdp.BrowserContextID // what shares its cookies and downloads
	complaints
}

// patience is how long anything may take on a machine that is busy.
const patience = 45 * time.Second

// open gives a reader a tab of their own, where nobody has been. It is closed at the end
// of the test.
func open(t testing.TB, r reader) *tab {
	t.Helper()
	w := newTab(t, r)
	t.Cleanup(w.close)
	t.Cleanup(w.hold)
	return w
}

// newTab opens a tab, as the reader, which somebody must close.
func newTab(t testing.TB, r reader) *tab {
	t.Helper()
	browser := cdp.WithExecutor(chrome, chromedp.FromContext(chrome).Browser)
	apart, err := target.CreateBrowserContext().Do(browser) // shares no cookies with others
	if err != nil {
		t.Fatal(err)
	}
	id, err := target.CreateTarget("about:blank").WithBrowserContextID(apart).WithNewWindow(true).Do(browser)
	if err != nil {
		t.Fatal(err)
	}
	w := &tab{TB: t, apart: apart}
	w.ctx, w.cancel = chromedp.NewContext(chrome, chromedp.WithTargetID(id))
	chromedp.ListenTarget(w.ctx, w.hear)
	if err := chromedp.Run(w.ctx); err != nil { // without a limit in time: it would be that of the tab
		t.Fatal(err)
	}
	w.do("opening a tab",
		emulation.SetFocusEmulationEnabled(true),
		emulation.SetScriptExecutionDisabled(r.noScripts),
	)
	w.sit(r)
	if r.as != "" {
		session := sessionOf(t, r.as)
		w.do("being "+r.as, network.SetCookie(session.Name, session.Value).WithURL(site.address).WithHTTPOnly(true).WithPath("/"))
	}
	return w
}

// sit puts a reader in front of the tab.
func (w *tab) sit(r reader) {
	w.Helper()
	if r.lang == "" {
		r.lang = "fr"
	}
	if r.width == 0 {
		r.width, r.height = 1280, 900
	}
	w.reader = r
	w.resize(r.width, r.height)
	w.media("screen", r.dark)
}

// close closes the tab, with all that it knows.
func (w *tab) close() {
	w.cancel()
	if err := target.DisposeBrowserContext(w.apart).Do(cdp.WithExecutor(chrome, chromedp.FromContext(chrome).Browser)); err != nil {
		w.Error(err)
	}
}

// do has the browser do things, and fails the test if one of them fails or takes too long.
func (w *tab) do(what string, actions ...chromedp.Action) {
	w.Helper()
	ctx, cancel := context.WithTimeout(w.ctx, patience)
	defer cancel()
	if err := chromedp.Run(ctx, actions...); err != nil {
		w.Fatalf("%s, %s: %v", w.lang, what, err)
	}
}

// resize makes the window as wide as said, in CSS pixels: half of them is a zoom of 200 %.
func (w *tab) resize(width, height int64) {
	w.Helper()
	w.do("resizing", emulation.SetDeviceMetricsOverride(width, height, 1, false))
}

// light is the colour scheme that the reader has chosen.
func (w *tab) light() string {
	if w.dark {
		return "dark"
	}
	return "light"
}

// media says on what, and in which light, the page is shown. Nothing may move.
func (w *tab) media(kind string, dark bool) {
	w.Helper()
	w.dark = dark
	w.do("choosing a medium", emulation.SetEmulatedMedia().WithMedia(kind).WithFeatures([]*emulation.MediaFeature{
		{Name: "prefers-color-scheme", Value: w.light()}, {Name: "prefers-reduced-motion", Value: "reduce"},
	}))
}

// page opens a page of the list.
func (w *tab) page(p Page) {
	w.Helper()
	status := int64(200)
	if p.Not != 0 {
		status = int64(p.Not)
		w.expect(site.address+p.Address(w.lang), p.Not)
	}
	w.loads(p.Path, status, chromedp.Navigate(site.address+p.Address(w.lang)))
}

// visit opens an address, given behind its language, and waits until all of it is drawn.
func (w *tab) visit(path string) {
	w.Helper()
	w.page(Page{Path: path})
}

// loads does what leads to another page, waits for it, and checks its status.
func (w *tab) loads(what string, status int64, actions ...chromedp.Action) {
	w.Helper()
	ctx, cancel := context.WithTimeout(w.ctx, patience)
	defer cancel()
	var answer *network.Response
	var err error
	if answer, err = chromedp.RunResponse(ctx, actions...); err != nil {
		w.Fatalf("%s, %s: %v", w.lang, what, err)
	}
	if answer != nil && answer.Status != status {
		w.Fatalf("%s, %s answers %d", w.lang, what, answer.Status)
	}
	w.settle()
}

// settled is fulfilled when fonts have come and charts are drawn, those too that a new width
// or another light asks for anew.
const settled = `(async () => {
	await document.fonts.ready;
	const frame = () => new Promise(requestAnimationFrame);
	const drawn = box => !box.parentElement.checkVisibility() || box.querySelector('svg, canvas') && !box.ariaBusy;
	await frame();
	await frame();
	while (![...document.querySelectorAll('[data-chart]')].every(drawn)) await frame();
	await frame();
	await frame();
})()`

// settle waits until the page is drawn, as far as that takes scripts.
func (w *tab) settle() {
	w.Helper()
	if !w.noScripts {
		w.eval(settled, nil)
	}
}

// eval asks the page something, by an expression that may be a promise.
func (w *tab) eval(expression string, into any) {
	w.Helper()
	w.do(strings.TrimSpace(expression[:min(len(expression), 60)]), chromedp.Evaluate(expression, into, func(p *runtime.EvaluateParams) *runtime.EvaluateParams {
		return p.WithAwaitPromise(!w.noScripts)
	}))
}

// quoted is a string as a script writes it.
func quoted(text string) string {
	out, _ := json.Marshal(text) // of a string, it cannot fail
	return string(out)
}
