package browser

import (
	"os"
	"path/filepath"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/chromedp"
)

// downloads clicks on a link to a file, and gives what came.
func (w *tab) downloads(selector string) string {
	w.Helper()
	dir := w.TempDir()
	came := make(chan string, 1)
	chromedp.ListenTarget(w.ctx, func(event any) {
		if e, ok := event.(*browser.EventDownloadProgress); ok && e.State == browser.DownloadProgressStateCompleted {
			select {
			case came <- e.GUID:
			default:
			}
		}
	})
	w.must(selector)
	w.do("clicking on a file",
		browser.SetDownloadBehavior(browser.SetDownloadBehaviorBehaviorAllowAndName).WithDownloadPath(dir).WithEventsEnabled(true).WithBrowserContextID(w.apart),
		chromedp.Click(selector, chromedp.ByQuery, chromedp.NodeVisible),
	)
	var name string
	w.until("download", func() bool {
		select {
		case name = <-came:
			return true
		default:
			return false
		}
	})
	content, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil || len(content) == 0 {
		w.Errorf("%s: %d bytes came (%v)", selector, len(content), err)
	}
	return string(content)
}
