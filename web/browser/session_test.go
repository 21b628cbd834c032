package browser

import (
	"context"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// sessions are those of the people who have signed in, by name: each does it once.
var sessions = struct {
	sync.Mutex
	of map[string]*network.Cookie
}{of: map[string]*network.Cookie{}}

// sessionOf signs somebody in by the form, once, and gives the session.
func sessionOf(t testing.TB, name string) *network.Cookie {
	t.Helper()
	sessions.Lock()
	defer sessions.Unlock()
	if known := sessions.of[name]; known != nil {
		return known
	}
	w := open(t, reader{})
	w.visit("/sign-in")
	w.signIn(name)
	var cookies []*network.Cookie
	w.do("reading the session", chromedp.ActionFunc(func(ctx context.Context) (err error) {
		cookies, err = network.GetCookies().Do(ctx)
		return err
	}))
	if len(cookies) != 1 {
		t.Fatalf("%d cookies of %s, want the session alone", len(cookies), name)
	}
	sessions.of[name] = cookies[0]
	return cookies[0]
}

// signIn fills in the form, and sends it.
func (w *tab) signIn(name string) {
	w.Helper()
	w.do("typing", chromedp.SendKeys(`input[name="email"]`, emailOf(name), chromedp.ByQuery), chromedp.SendKeys(`input[name="password"]`, passphrase, chromedp.ByQuery))
	w.press(`main form button`)
}
