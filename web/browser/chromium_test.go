package browser

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"

	"github.com/chromedp/chromedp"
)

// names are the programs that will do, as the Makefile looks for them.
func names() []string {
	return []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable",
		"/Applications/Chromium.app/Contents/MacOS/Chromium", "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"}
}

var errNoBrowser = errors.New("these tests need Chromium: install it, for example by\n\tsudo apt-get install chromium fonts-noto-core")

// startBrowser starts a browser that reaches nobody but this machine.
func startBrowser(ctx context.Context) (context.Context, func(), error) {
	path := ""
	for _, name := range names() {
		if found, err := exec.LookPath(name); err == nil {
			path = found
			break
		}
	}
	if path == "" {
		return nil, nil, errNoBrowser
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path),
		chromedp.Flag("host-resolver-rules", "MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"),
		chromedp.Flag("no-sandbox", os.Geteuid() == 0), // root has none
		chromedp.DisableGPU,
		chromedp.Flag("font-render-hinting", "none"),
	)
	allocator, cancel := chromedp.NewExecAllocator(ctx, options...)
	browser, stop := chromedp.NewContext(allocator)
	if err := chromedp.Run(browser); err != nil {
		cancel()
		return nil, nil, fmt.Errorf("starting %s: %w", path, err)
	}
	return browser, func() { stop(); cancel() }, nil
}
