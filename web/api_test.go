package web

import (
	"bytes"
	"encoding/json"
	"flag"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"jalon/indicators"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// golden compares an answer with the one on file.
func golden(t *testing.T, name, body string) {
	t.Helper()
	var indented bytes.Buffer
	if err := json.Indent(&indented, []byte(body), "", "  "); err != nil {
		t.Fatalf("%v in %s", err, body)
	}
	indented.WriteByte('\n')
	path := filepath.Join("testdata", name+".json")
	if *update {
		if err := os.WriteFile(path, indented.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if indented.String() != string(want) {
		t.Errorf("the answer is\n%s\nwant\n%s", indented.String(), want)
	}
}

func TestAPIAnswers(t *testing.T) {
	h := apiServer(t, apiDataset(), io.Discard).Handler()
	for _, tt := range []struct{ name, address string }{
		{"assessment", "/api/v1/assessments?indicator=REM-COST"},
		{"assessment-without-target", "/api/v1/assessments?indicator=SILENT"},
		{"indicator", "/api/v1/indicators/THREE"},
		{"actions", "/api/v1/actions"},
		{"targets", "/api/v1/targets?indicator=THREE"},
		{"funding", "/api/v1/funding?kind=disbursement"},
		{"changesets", "/api/v1/changesets"},
		{"group-assessment", "/api/v1/groups/1/assessment"},
		{"result-assessment", "/api/v1/results/sdg2030/10/assessment"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			answer := ask(t, h, "GET", tt.address)
			body := bodyOf(t, answer)
			if answer.StatusCode != http.StatusOK || answer.Header.Get("Content-Type") != "application/json" {
				t.Fatalf("%s %s: %s", answer.Status, answer.Header.Get("Content-Type"), body)
			}
			golden(t, "api-"+tt.name, body)
		})
	}
}

// keys gives what tells the items of an answer apart.
func keysOf(t *testing.T, body string, names ...string) []string {
	t.Helper()
	var answer struct{ Items []map[string]any }
	if err := json.Unmarshal([]byte(body), &answer); err != nil {
		t.Fatalf("%v in %s", err, body)
	}
	keys := []string{}
	for _, item := range answer.Items {
		var parts []string
		for _, name := range names {
			if text, ok := item[name].(string); ok {
				parts = append(parts, text)
			}
		}
		keys = append(keys, strings.Join(parts, " "))
	}
	return keys
}

func TestAPIFilters(t *testing.T) {
	h := apiServer(t, apiDataset(), io.Discard).Handler()
	for _, tt := range []struct{ address, want string }{
		{"assessments?group=2", "REM-COST sdg2030"},
		{"assessments?action=A1", "DELAY"},
		{"assessments?donor=DON", "DELAY"},
		{"assessments?donor=NOBODY", ""},
		{"assessments?framework=plan2026", "THREE plan2026"},
		{"assessments?framework=sdg2030&status=on_track", "REM-COST sdg2030"},
		{"assessments?indicator=THREE", "THREE,THREE plan2026,THREE sdg2030"},
		{"indicators?group=1", "DELAY,SILENT,THREE"},
		{"indicators?framework=sdg2030", "REM-COST,THREE"},
		{"indicators?action=A1", "DELAY"},
		{"actions?framework=sdg2030&donor=DON&status=ongoing&group=1", "A1"},
		{"actions?status=planned", ""},
		{"targets?kind=baseline", "THREE"},
		{"results?parent=10", "10.c"},
		{"results?level=goal", "10"},
		{"organisations?kind=donor", "DON"},
		{"frameworks?kind=sdg", "sdg2030"},
		{"milestones?action=A1", "J1"},
		{"funding?currency=TND", "DON"},
	} {
		t.Run(tt.address, func(t *testing.T) {
			names := []string{"indicator", "code", "framework"}
			if strings.HasPrefix(tt.address, "results") || strings.HasPrefix(tt.address, "targets") {
				names = names[:2]
			}
			if strings.HasPrefix(tt.address, "funding") {
				names = []string{"donor"}
			}
			body := bodyOf(t, ask(t, h, "GET", "/api/v1/"+tt.address))
			if got := strings.Join(keysOf(t, body, names...), ","); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestAPIRefusesWithAProblem(t *testing.T) {
	h := apiServer(t, apiDataset(), io.Discard).Handler()
	for _, tt := range []struct {
		method, address string
		status          int
		says            string
	}{
		{"GET", "/api/v1/groups?limt=3", 400, `unknown parameter "limt"`},
		{"GET", "/api/v1/groups/1?limit=3", 400, `unknown parameter "limit"`},
		{"GET", "/api/v1/groups?limit=1&limit=2", 400, `"limit" is given 2 times`},
		{"GET", "/api/v1/groups?limit=0", 400, "from 1 to 5000"},
		{"GET", "/api/v1/groups?limit=x", 400, "from 1 to 5000"},
		{"GET", "/api/v1/groups?cursor=%21", 400, "cursor"},
		{"GET", "/api/v1/groups?as-of=yesterday", 400, "is not a moment"},
		{"GET", "/api/v1/groups?as-of=2027-01-01", 400, "future"},
		{"GET", "/api/v1/groups?as-of=c99", 404, "newest is #2"},
		{"GET", "/api/v1/groups?as-of=2020-01-01", 404, "begins on 2026-01-10"},
		{"GET", "/api/v1/groups?a=%zz", 400, "cannot be read"},
		{"GET", "/api/v1/assessments?status=well", 400, "on_track"},
		{"GET", "/api/v1/indicators/NONE", 404, `no indicator "NONE"`},
		{"GET", "/api/v1/groups/NONE/assessment", 404, `no group "NONE"`},
		{"GET", "/api/v1/results/sdg2030/99", 404, `no result "sdg2030:99"`},
		{"GET", "/api/v1/changesets/3", 404, "no changeset"},
		{"GET", "/api/v1/nothing", 404, "/api/v1/openapi.json"},
		{"GET", "/api/", 404, "nothing at"},
		{"POST", "/api/v1/groups", 405, "not POST"},
		{"DELETE", "/api/v1/openapi.json", 405, "not DELETE"},
	} {
		t.Run(tt.method+" "+tt.address, func(t *testing.T) {
			answer := ask(t, h, tt.method, tt.address)
			var p Problem
			if err := json.Unmarshal([]byte(bodyOf(t, answer)), &p); err != nil {
				t.Fatal(err)
			}
			if answer.StatusCode != tt.status || p.Status != tt.status || !strings.Contains(p.Detail, tt.says) {
				t.Errorf("%d, %+v; want %d with %q", answer.StatusCode, p, tt.status, tt.says)
			}
			if got := answer.Header.Get("Content-Type"); got != "application/problem+json" {
				t.Errorf("Content-Type = %q", got)
			}
			if p.RequestID == "" || p.RequestID != answer.Header.Get("X-Request-Id") {
				t.Errorf("request id %q, header %q", p.RequestID, answer.Header.Get("X-Request-Id"))
			}
			if answer.Header.Get("ETag") != "" || answer.Header.Get("Access-Control-Allow-Origin") != "*" {
				t.Errorf("headers %v", answer.Header)
			}
			if tt.status == 405 && answer.Header.Get("Allow") != "GET, HEAD, OPTIONS" {
				t.Errorf("Allow = %q", answer.Header.Get("Allow"))
			}
		})
	}
}

// Going from page to page gives every item once, in one order.
func TestAPIPages(t *testing.T) {
	h := apiServer(t, apiDataset(), io.Discard).Handler()
	for _, list := range []string{"indicators?", "assessments?", "targets?", "results?", "changesets?", "funding?kind=commitment&"} {
		t.Run(list, func(t *testing.T) {
			whole := bodyOf(t, ask(t, h, "GET", "/api/v1/"+strings.TrimRight(list, "?&")))
			var items, paged struct {
				Items []json.RawMessage
				Next  *string
			}
			if err := json.Unmarshal([]byte(whole), &items); err != nil {
				t.Fatal(err)
			}
			address := "/api/v1/" + list + "limit=1"
			var got []json.RawMessage
			for turn := 0; address != ""; turn++ {
				if turn > len(items.Items) {
					t.Fatal("the pages do not end")
				}
				answer := ask(t, h, "GET", address)
				paged.Items, paged.Next = nil, nil
				if err := json.Unmarshal([]byte(bodyOf(t, answer)), &paged); err != nil {
					t.Fatal(err)
				}
				got = append(got, paged.Items...)
				next, rel, _ := strings.Cut(strings.TrimPrefix(answer.Header.Get("Link"), "<"), ">")
				if (paged.Next == nil) != (next == "") || next != "" && rel != `; rel="next"` {
					t.Fatalf("next %v, Link %q", paged.Next, answer.Header.Get("Link"))
				}
				address = next
			}
			if !slices.EqualFunc(got, items.Items, func(a, b json.RawMessage) bool { return bytes.Equal(a, b) }) || len(got) == 0 {
				t.Errorf("%d items in pages, %d in one answer", len(got), len(items.Items))
			}
		})
	}
}

func TestAPICursorOutlivesItsItem(t *testing.T) {
	rows := []string{"A", "C", "D"}
	key := func(s *string) string { return *s }
	for after, want := range map[string]int{"A": 1, "B": 1, "D": 3, "Z": 3} {
		if got := follows(rows, key, after); got != want {
			t.Errorf("after %s comes place %d, want %d", after, got, want)
		}
	}
}

// Names that attack come back as the text they are, and as nothing else.
func TestAPINamesStayText(t *testing.T) {
	h := apiServer(t, apiDataset(), io.Discard).Handler()
	for _, address := range []string{"/api/v1/indicators/THREE", "/api/v1/actions/A1"} {
		answer := ask(t, h, "GET", address)
		body := bodyOf(t, answer)
		var item struct{ Title indicators.Text }
		if err := json.Unmarshal([]byte(body), &item); err != nil {
			t.Fatal(err)
		}
		if string(item.Title.FR) != attack {
			t.Errorf("title = %q", item.Title.FR)
		}
		if strings.Contains(body, "<") || answer.Header.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s could be taken for a page: %s", address, body)
		}
	}
	missing := bodyOf(t, ask(t, h, "GET", "/api/v1/indicators/"+strconv.Itoa(1)+"%3Cscript%3E"))
	if strings.Contains(missing, "<") {
		t.Errorf("the problem could be taken for a page: %s", missing)
	}
}
