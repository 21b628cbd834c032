package browser

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// complaints are what a browser says against the pages of a tab: errors and warnings of the
// console, violations of the security policy among them, exceptions, requests that failed
// or that went to somebody else.
type complaints struct {
	mu       sync.Mutex
	said     []string
	expected []string // what a complaint about a page that is meant to fail begins with
}

// expect lets an address answer with a status.
func (c *complaints) expect(address string, status int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.expected = append(c.expected, fmt.Sprintf("%s: Failed to load resource: the server responded with a status of %d", address, status),
		fmt.Sprintf("%s answers %d", address, status))
}

func (c *complaints) add(format string, args ...any) {
	said := fmt.Sprintf(format, args...)
	c.mu.Lock()
	defer c.mu.Unlock()
	if !slices.ContainsFunc(c.expected, func(expected string) bool { return strings.HasPrefix(said, expected) }) {
		c.said = append(c.said, said)
	}
}

// hear keeps what the browser says.
func (c *complaints) hear(event any) {
	switch e := event.(type) {
	case *runtime.EventExceptionThrown:
		c.add("exception: %s", e.ExceptionDetails.Error())
	case *runtime.EventConsoleAPICalled:
		if e.Type == runtime.APITypeError || e.Type == runtime.APITypeWarning || e.Type == runtime.APITypeAssert {
			for _, arg := range e.Args {
				c.add("console: %s%s", arg.Value, arg.Description)
			}
		}
	case *log.EventEntryAdded:
		if e.Entry.Level == log.LevelError || e.Entry.Level == log.LevelWarning {
			c.add("%s: %s", e.Entry.URL, e.Entry.Text)
		}
	case *network.EventRequestWillBeSent:
		if own := strings.HasPrefix(e.Request.URL, site.address+"/"); !own && !strings.HasPrefix(e.Request.URL, "data:") {
			c.add("%s asks %s", e.DocumentURL, e.Request.URL)
		}
	case *network.EventResponseReceived:
		if e.Response.Status >= 400 {
			c.add("%s answers %d", e.Response.URL, e.Response.Status)
		}
	case *network.EventLoadingFailed:
		if !e.Canceled {
			c.add("a %s failed: %s %s", e.Type, e.ErrorText, e.BlockedReason)
		}
	}
}

// heard are the complaints until now.
func (c *complaints) heard() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Clone(c.said)
}

// forget expects nothing more of what has been expected.
func (c *complaints) forget() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.said, c.expected = nil, nil
}

// hold fails the test for every complaint.
func (w *tab) hold() {
	if !w.Failed() {
		w.eval(`0`, nil) // what was said before the answer has been heard when it is there
	}
	for _, said := range w.heard() {
		w.Errorf("%s: the browser complains: %s", w.lang, said)
	}
}

// A test that hears nothing because it is deaf would pass.
func TestComplaintsAreHeard(t *testing.T) {
	t.Parallel()
	for what, c := range map[string]struct{ script, words, more string }{
		"an error on the console": {`console.error('oh no')`, "oh no", ""},
		"an exception":            {`setTimeout(() => { throw new Error('thrown') })`, "thrown", ""},
		"a script in the page":    {`document.body.append(Object.assign(document.createElement('script'), {textContent: '1'}))`, "Content Security Policy", ""},
		"a style in the page":     {`document.body.setAttribute('style', 'color: red')`, "Content Security Policy", ""},
		"a picture of elsewhere":  {`new Image().src = 'https://example.org/a.png'`, "example.org", ""},
		"what is not there":       {`new Image().src = '/nothing.png'`, "answers 404", "Failed to load"},
	} {
		t.Run(what, func(t *testing.T) {
			w := open(t, reader{})
			w.visit("/sign-in")
			w.eval(c.script+`; 0`, nil)
			w.until("complaint", func() bool {
				all := strings.Join(w.heard(), "\n")
				return strings.Contains(all, c.words) && strings.Contains(all, c.more)
			})
			w.forget()
		})
	}
	t.Run("a name of elsewhere is not found", func(t *testing.T) {
		w := open(t, reader{})
		ctx := w.ctx
		if err := chromedp.Run(ctx, chromedp.Navigate("http://example.org/")); err == nil || !strings.Contains(err.Error(), "ERR_NAME_NOT_RESOLVED") {
			t.Errorf("%v", err)
		}
		w.forget()
	})
}
