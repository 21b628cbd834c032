package web

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
)

// An opened is an act of the API upon something in the scope of theme1, and in that of
// neither; who may do it with a token that writes, or only reads.
type opened struct {
	name           string
	address        string
	own, foreign   string // what is sent; empty: it is read
	may            string
	mayForeign     string
	mayOnlyReading string
}

func openedActs() []opened {
	// Figures without a value: whoever may enter them is told so (400).
	entered := func(code, period, status string) string {
		return fmt.Sprintf(`[{"indicator": %q, "period": %q, "status": %q}]`, code, period, status)
	}
	// Versions that there are not: whoever may act is told so (409), the others are refused.
	step := func(code, period, kind string) string {
		return fmt.Sprintf(`{"step": %q, "reason": "r", "figures": [{"indicator": %q, "period": %q, "changeset": 999}]}`, kind, code, period)
	}
	return []opened{
		{name: "who one is", address: "/api/v1/account", may: accounts, mayOnlyReading: accounts},
		{name: "drafts", address: "/api/v1/observations?status=draft", may: accounts, mayOnlyReading: accounts},
		{name: "what is published", address: "/api/v1/observations", may: anybody, mayOnlyReading: anybody},
		{name: "to enter", address: "/api/v1/observations", own: entered("THREE", "2025", "draft"), foreign: entered("REM-COST", "2025", "draft"),
			may: "admin theme1", mayForeign: "admin theme2"},
		{name: "to submit at once", address: "/api/v1/observations", own: entered("THREE", "2025", "submitted"), foreign: entered("BILLION", "2025", "submitted"),
			may: "admin theme1", mayForeign: "admin"},
		{name: "to publish at once", address: "/api/v1/observations", own: entered("THREE", "2025", "published"), foreign: entered("REM-COST", "2025", "published"),
			may: "admin", mayForeign: "admin"},
		{name: "to submit", address: "/api/v1/review", own: step("THREE", "2024", "submit"), foreign: step("REM-COST", "2023", "submit"),
			may: "admin verifier theme1", mayForeign: "admin verifier theme2"},
		{name: "to withdraw", address: "/api/v1/review", own: step("THREE", "2024", "withdraw"), foreign: step("BILLION", "2023", "withdraw"),
			may: "admin verifier theme1", mayForeign: "admin verifier"},
	}
}

// Every act of the API × every role × own and foreign scope × tokens that write and that
// only read. Who may is answered, or told what is wrong; who may not, refused.
func TestWhatATokenOpens(t *testing.T) {
	m := newMinistry(t)
	changesets := func() int {
		all, err := m.store.Changesets(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return len(all)
	}
	before := changesets()
	for _, name := range everyone() {
		for _, writes := range []bool{true, false} {
			var header []string
			if name != "" {
				header = []string{"Authorization", bearer(t, m.store, m.accounts[name], writes)}
			}
			try := func(act opened, body, may string) {
				t.Helper()
				var answer *http.Response
				if body == "" {
					answer = ask(t, m.h, "GET", act.address, header...)
				} else {
					answer = postJSON(t, m.h, act.address, body, header...)
				}
				refused := answer.StatusCode == http.StatusUnauthorized || answer.StatusCode == http.StatusForbidden
				allowed := slices.Contains(strings.Split(may, " "), name)
				if allowed == refused || answer.StatusCode >= 500 || (name == "") != (answer.StatusCode == http.StatusUnauthorized) && refused {
					t.Errorf("%q, %q, writing %v, %s: %s %s", act.name, name, writes, body, answer.Status, bodyOf(t, answer))
				}
			}
			for _, act := range openedActs() {
				may, mayForeign := act.may, act.mayForeign
				if !writes {
					may, mayForeign = act.mayOnlyReading, ""
				}
				if may == "" {
					may = "nobody"
				}
				try(act, act.own, may)
				if act.foreign != "" {
					if mayForeign == "" {
						mayForeign = "nobody"
					}
					try(act, act.foreign, mayForeign)
				}
			}
		}
	}
	if n := changesets(); n != before {
		t.Errorf("%d changesets were written", n-before)
	}
}
