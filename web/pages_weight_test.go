package web

import (
	"io/fs"
	"path"
	"regexp"
	"strings"
	"testing"

	"jalon/charts"
)

// firstVisit is how many bytes the first page that somebody reads may cost them, compressed,
// without the chart bundle.
const firstVisit = 60_000

// Every page of the demonstration, with its style sheet, its icon and our own scripts, is light;
// the chart bundle comes on pages with charts only, once they are painted, and is kept for a year under its hash.
func TestAFirstVisitIsLight(t *testing.T) {
	t.Parallel()
	s, pages := demoPages(t)
	h := s.Handler()
	bundled := map[string]bool{}
	for name, a := range s.assets {
		if _, err := fs.Stat(charts.Bundle(), name); err == nil {
			bundled[a.address] = true
			if kept := ask(t, h, "GET", a.address).Header.Get("Cache-Control"); kept != "public, max-age=31536000, immutable" {
				t.Errorf("%s is kept: %q", a.address, kept)
			}
		}
	}
	loads := regexp.MustCompile(`(src|href|data-engine|data-words)="(/static/[^"]*)"`)
	heaviest, most := "", 0
	for address, body := range htmlPages(pages) {
		bytes, withBundle := len(pack([]byte(body))), false
		for _, found := range loads.FindAllStringSubmatch(body, -1) {
			if bundled[found[2]] {
				withBundle = true
				if !strings.HasPrefix(found[1], "data-") { // charts.js fetches it once the page is painted
					t.Errorf("%s waits for %s", address, path.Base(found[2]))
				}
				continue
			}
			bytes += len(bodyOf(t, ask(t, h, "GET", found[2], "Accept-Encoding", "gzip")))
		}
		if withBundle != strings.Contains(body, "data-chart=") {
			t.Errorf("%s loads the chart bundle: %v", address, withBundle)
		}
		if bytes > firstVisit {
			t.Errorf("%s weighs %d bytes, want %d at most", address, bytes, firstVisit)
		}
		if bytes > most {
			heaviest, most = address, bytes
		}
	}
	t.Logf("%s is heaviest: %d bytes", heaviest, most)
}
