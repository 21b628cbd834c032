package browser

import (
	"context"
	"flag"
	"fmt"
	"os"
	"testing"
	"time"
)

// Where to leave pictures of all main pages; empty: those of one page are made and thrown
// away. And whether that of the README is made anew.
var (
	pictures = flag.String("pictures", "", "`folder` in which to leave screenshots of the main pages")
	readme   = flag.Bool("readme", false, "make the picture of the README anew")
)

// The one site and the one browser of all tests, which only look at them.
var (
	site   *served
	chrome context.Context
)

// TestMain builds the program, has it serve the demonstration with an account for each of
// its readers, and starts the browser.
func TestMain(m *testing.M) {
	flag.Parse()
	code, err := withSiteAndBrowser(m.Run)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		code = 1
	}
	os.Exit(code)
}

func withSiteAndBrowser(run func() int) (code int, err error) {
	ctx, cancel := context.WithTimeout(context.Background(), 15*time.Minute)
	defer cancel()
	started, stop, err := startBrowser(ctx) // first: it is what may be missing
	if err != nil {
		return 1, err
	}
	defer stop()
	chrome = started
	if site, err = serveDemonstration(ctx); err != nil {
		return 1, err
	}
	code = run()
	return code, site.stop()
}
