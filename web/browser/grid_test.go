package browser

import (
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// The fields beside a figure come where they are asked for: in one cell, or in a whole row.
func TestTheGridUnfoldsWhatIsBesideAFigure(t *testing.T) {
	t.Parallel()
	w := open(t, reader{as: "focal"})
	w.visit("/desk/grid")
	if w.has(`table.grid details`) {
		t.Error("there are fields before anybody asked")
	}
	const cell = `table.grid tbody tr:nth-child(2) td:has(> input)`
	w.do("asking for one", chromedp.Click(cell+` a.more`, chromedp.ByQuery))
	w.must(cell + ` details[open] textarea:focus`)
	const names = `(() => {
		const cell = document.querySelector('table.grid details').parentElement;
		const figure = cell.querySelector('input[name^="v:"]').name.slice(2);
		return ['c:', 'f:', 'a:'].every(kind => cell.querySelector(` + "`[name=\"${kind}${figure}\"]`" + `));
	})()`
	var named bool
	if w.eval(names, &named); !named {
		t.Error("the fields are not named by their figure")
	}
	w.do("typing", chromedp.KeyEvent("révisé"), chromedp.KeyEvent(kb.Escape))
	w.must(cell + ` details:not([open]) summary:focus`)

	w.do("asking for a row", chromedp.Click(`table.grid tbody tr:nth-child(3) button[name="open"]`, chromedp.ByQuery))
	var values, fields int
	w.eval(`document.querySelectorAll('table.grid tbody tr:nth-child(3) input[name^="v:"]').length`, &values)
	w.eval(`document.querySelectorAll('table.grid tbody tr:nth-child(3) details[open]').length`, &fields)
	if values == 0 || fields != values {
		t.Errorf("a row of %d figures has %d fields", values, fields)
	}
	w.must(`table.grid tbody tr:nth-child(3) textarea:focus`)

	asked := make(chan struct{}, 1)
	chromedp.ListenTarget(w.ctx, func(event any) {
		if _, is := event.(*page.EventJavascriptDialogOpening); is {
			asked <- struct{}{}
		}
	})
	w.do("leaving", chromedp.Evaluate(`setTimeout(() => location.assign('/fr/'))`, nil))
	select {
	case <-asked:
	case <-time.After(patience):
		t.Error("what was typed is left without a question")
	}
	w.do("staying", page.HandleJavaScriptDialog(false))
}

// What was sent after the session had ended is sent again by loading the answer anew.
func TestAnEndedSessionIsTakenUpByReloading(t *testing.T) {
	t.Parallel()
	w := open(t, reader{as: "focal"})
	session := sessionOf(t, "focal")
	w.visit("/desk/grid")
	const cell = `table.grid td > input[name^="v:"]:not([value=""])` // others fill in empty ones
	w.must(cell)
	w.do("typing", chromedp.SetValue(cell, "7", chromedp.ByQuery), network.DeleteCookies(session.Name).WithURL(site.address))
	var action string
	w.eval(`document.querySelector('form[action*="/desk/grid"]').action`, &action)
	w.expect(action, 403)
	w.loads("saving", 403, chromedp.Click(`form[action*="/desk/grid"] button[name="do"]`, chromedp.ByQuery))
	w.must(`a.button[target="_blank"]`)
	w.do("signing in elsewhere", network.SetCookie(session.Name, session.Value).WithURL(site.address).WithHTTPOnly(true).WithPath("/"))
	w.loads("loading anew", 200, chromedp.Reload())
	w.must(`main h1`)
	if at := w.where(); !strings.HasPrefix(at, "/fr/desk?done=") {
		t.Errorf("it leads to %s", at)
	}
}
