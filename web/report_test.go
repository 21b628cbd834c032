package web

import (
	"archive/zip"
	"context"
	"io"
	"net/http"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"jalon/indicators"
	"jalon/locale"
)

// reportSource is the demonstration with two snapshots, as its loader publishes them.
func reportSource(tb testing.TB) source {
	from := demoSource(tb)
	from.snapshots = func(ctx context.Context) ([]indicators.Snapshot, error) {
		whole, err := from.dataset(ctx, 0)
		if err != nil {
			return nil, err
		}
		var all []indicators.Snapshot
		for n, month := range []indicators.Period{period("2026-09"), period("2026-08")} {
			cut := month.End().AddDays(15)
			at, err := indicators.Resolve(whole.Changesets, indicators.When{Moment: cut.EndIn(whole.Zone()), Day: cut}, whole.Zone())
			if err != nil {
				return nil, err
			}
			moment := cut.EndIn(whole.Zone())
			s := indicators.Snapshot{Number: month.String(), Changeset: at.Changeset, Judged: month.End(), TakenAt: moment, SHA256: strings.Repeat("0a1b2c3d", 8), State: indicators.PublishedSnapshot, PublishedAt: &moment}
			if n == 0 {
				s.Previous = "2026-08"
			}
			all = append(all, s)
		}
		return all, nil
	}
	return from
}

// reportServer serves the demonstration programme with its snapshots.
func reportServer(tb testing.TB, origin string) *Server {
	tb.Helper()
	now := func() time.Time { return atDay("2026-11-23") }
	live := newLive(reportSource(tb), now, nil)
	if err := live.Refresh(tb.Context()); err != nil {
		tb.Fatal(err)
	}
	s, err := New(Config{Version: "1", Now: now, PublicURL: origin}, nil, live)
	if err != nil {
		tb.Fatal(err)
	}
	return s
}

// reportSite is one server for all tests that only read: a report has many charts, and
// they are drawn once.
var reportSite struct {
	once    sync.Once
	handler http.Handler
}

const reportOrigin = "https://suivi.example.tn"

func reportHandler(tb testing.TB) http.Handler {
	tb.Helper()
	reportSite.once.Do(func() { reportSite.handler = reportServer(tb, reportOrigin).Handler() })
	if reportSite.handler == nil {
		tb.Fatal("there is no server")
	}
	return reportSite.handler
}

func TestTheReportHasItsTwelveSections(t *testing.T) {
	h := reportHandler(t)
	for _, lang := range locale.Codes() {
		answer := ask(t, h, "GET", "/"+lang+"/snapshots/2026-09")
		body := bodyOf(t, answer)
		if answer.StatusCode != http.StatusOK {
			t.Fatalf("%s: %d: %s", lang, answer.StatusCode, body)
		}
		for _, id := range sections() {
			if strings.Count(body, ` id="`+id+`"`) != 1 || !strings.Contains(body, `href="#`+id+`"`) {
				t.Errorf("%s: the section %s or its entry in the contents is missing", lang, id)
			}
		}
		for _, want := range []string{"2026-09", strings.Repeat("0a1b2c3d", 8), `href="/` + lang + `/snapshots/2026-09/report.css"`, "<svg width="} {
			if !strings.Contains(body, want) {
				t.Errorf("%s: %q is not there", lang, want)
			}
		}
		ids := map[string]int{}
		for _, id := range regexp.MustCompile(` id="([^"]*)"`).FindAllStringSubmatch(body, -1) {
			if ids[id[1]]++; ids[id[1]] == 2 {
				t.Errorf("%s: id %s is there twice", lang, id[1])
			}
		}
		if strings.Contains(body, "style=") || strings.Contains(body, "<style") {
			t.Errorf("%s: a style stands in the page", lang)
		}
		if keys := regexp.MustCompile(`>[^<]*\breport\.[a-z_.]+`).FindAllString(body, -1); len(keys) > 0 {
			t.Errorf("%s: keys instead of words: %q", lang, keys)
		}
	}
}

func TestTheMarginsOfTheReportSayWhichItIs(t *testing.T) {
	h := reportHandler(t)
	for lang, want := range map[string]string{"fr": "Arrêté 2026-09 · données arrêtées au 30 septembre 2026", "ar": "2026-09", "en": "Snapshot 2026-09 · data cut off on 30 September 2026"} {
		css := bodyOf(t, ask(t, h, "GET", "/"+lang+"/snapshots/2026-09/report.css"))
		if !strings.Contains(css, want) || !strings.Contains(css, strings.Repeat("0a1b2c3d", 8)) || !strings.Contains(css, "counter(page)") {
			t.Errorf("%s: %s", lang, css)
		}
	}
}

func TestTheReportInOneFileRefersToNothing(t *testing.T) {
	nameless := reportServer(t, "").Handler() // does not know its own address: nothing to link to
	for origin, h := range map[string]http.Handler{"": nameless, reportOrigin: reportHandler(t)} {
		for _, lang := range locale.Codes() {
			if origin == "" && lang != "fr" {
				continue
			}
			answer := ask(t, h, "GET", "/"+lang+"/snapshots/2026-09/report.html")
			body := bodyOf(t, answer)
			if said := answer.Header.Get("Content-Disposition"); answer.StatusCode != http.StatusOK || !strings.HasPrefix(said, "attachment") {
				t.Fatalf("%d, %q", answer.StatusCode, said)
			}
			for _, tag := range regexp.MustCompile(`<(?:script|link|img|iframe|object|embed|use|image|source|base|form)[\s>]`).FindAllString(body, -1) {
				t.Errorf("%s: %s in the file", lang, tag)
			}
			for _, ref := range regexp.MustCompile(`(?:href|src|action|srcset|xlink:href)="([^"]*)"|url\(([^)]*)\)|@import`).FindAllStringSubmatch(body, -1) {
				to := ref[1] + ref[2]
				if own := origin != "" && strings.HasPrefix(to, origin+"/"+lang+"/"); !own && !strings.HasPrefix(to, "#") {
					t.Errorf("%s: the file refers to %q", lang, ref[0])
				}
			}
		}
	}
}

func TestThereIsNoReportOfWhatWasNotTaken(t *testing.T) {
	h := reportHandler(t)
	for _, number := range []string{"2026-07", "2026-09-rev1", "x"} {
		for _, file := range []string{"", "/report.html", "/report.pdf", "/report.css", "/annexes.xlsx", "/bundle.zip"} {
			if answer := ask(t, h, "GET", "/fr/snapshots/"+number+file); answer.StatusCode != http.StatusNotFound {
				t.Errorf("%s%s: %d", number, file, answer.StatusCode)
			}
		}
	}
}

func TestTheAnnexesAreAWorkbook(t *testing.T) {
	h := reportHandler(t)
	for _, lang := range locale.Codes() {
		first, again := bodyOf(t, ask(t, h, "GET", "/"+lang+"/snapshots/2026-09/annexes.xlsx")), bodyOf(t, ask(t, h, "GET", "/"+lang+"/snapshots/2026-09/annexes.xlsx"))
		if first != again {
			t.Errorf("%s: the same snapshot gives two workbooks", lang)
		}
		files, err := zip.NewReader(strings.NewReader(first), int64(len(first)))
		if err != nil {
			t.Fatal(err)
		}
		sheets, all := 0, ""
		for _, f := range files.File {
			if !strings.HasPrefix(f.Name, "xl/worksheets/") {
				continue
			}
			sheets++
			r, err := f.Open()
			if err != nil {
				t.Fatal(err)
			}
			body, err := io.ReadAll(r)
			if err != nil {
				t.Fatal(err)
			}
			all += string(body)
		}
		if sheets != 12 || strings.Contains(all, "<f>") || !strings.Contains(all, strings.Repeat("0a1b2c3d", 8)) || !strings.Contains(all, "<v>5.53667</v>") {
			t.Errorf("%s: %d sheets, or a formula, or a figure or the fingerprint is missing", lang, sheets)
		}
		if regexp.MustCompile(`rightToLeft="(1|true)"`).MatchString(all) != (lang == "ar") {
			t.Errorf("%s: the direction of the sheets", lang)
		}
	}
}
