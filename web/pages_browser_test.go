package web

import (
	"io"
	"net/http"
	"net/http/httptest"
	"path"
	"slices"
	"strings"
	"testing"

	"jalon/web/browser"
)

// isNoPage tells of addresses that lead on, or to a file: there is nothing to look at.
func isNoPage(pattern string) bool {
	return slices.Contains([]string{".svg", ".json", ".csv", ".atom", ".css", ".html", ".pdf", ".xlsx", ".xml", ".zip"}, path.Ext(pattern)) || slices.Contains([]string{"GET /fr", "GET /fr/oidc", "GET /fr/data/{file}", "GET /fr/snapshots/latest", "GET /fr/desk/snapshots/taking"}, pattern)
}

func TestEveryPageIsLookedAtInABrowser(t *testing.T) {
	s := apiServer(t, apiDataset(), io.Discard)
	mux := register{http.NewServeMux(), s}
	s.pageRoutes(mux)
	looked := map[string]bool{}
	for _, p := range browser.Pages() {
		_, pattern := mux.mux.Handler(httptest.NewRequest(http.MethodGet, p.Address("fr"), nil))
		looked[pattern] = true
	}
	for _, pattern := range s.addresses {
		french := strings.HasPrefix(pattern, "GET /fr") || strings.HasPrefix(pattern, "GET /charts/fr")
		if french && !isNoPage(pattern) && !looked[pattern] {
			t.Errorf("no browser looks at %s: add an address of it to web/browser/pages.go", pattern)
		}
	}
}
