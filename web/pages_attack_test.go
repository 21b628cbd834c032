package web

import (
	"io"
	"strings"
	"testing"

	"jalon/indicators"
)

// attacks are texts that would be run if they were not shown as text.
func attacks() []string {
	return []string{
		`</script><script>alert(1)</script>`, `__f__alert(1)__f__`, `"><img src=x onerror=alert(1)>`, `=cmd|' /C calc'!A0`,
		`</title></style><svg onload=alert(1)>`, `{{.}} {0} {1} ${alert(1)}`, `javascript:alert(1)`,
	}
}

// Quotes, angle brackets and ampersands of a text must not survive in markup; in
// the options of charts they are escaped as JSON.
func TestAttacksAreShownAsText(t *testing.T) {
	t.Parallel()
	for _, text := range attacks() {
		d, figures := everywhere(text)
		h := apiServer(t, indicators.NewDataset(d, apiChangesets(), figures), io.Discard).Handler()
		for address, body := range htmlPages(crawl(t, h, "/fr/")) {
			for _, live := range append(lively(), "ZgotmplZ") {
				if strings.Contains(body, live) {
					t.Errorf("%s with %q: the page holds %q", address, text, live)
				}
			}
			if why := broken(body); why != "" {
				t.Errorf("%s with %q is not whole: %s", address, text, why)
			}
		}
		page := bodyOf(t, ask(t, h, "GET", "/fr/indicators/REM-COST"))
		if shown := `<h1><bdi>` + htmlEscaped(text); !strings.Contains(page, shown) {
			t.Errorf("the title %q is not shown as text", text)
		}
	}
}

func htmlEscaped(text string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&#34;", "'", "&#39;").Replace(text)
}
