package web

import (
	"io"
	"net/http"
	"regexp"
	"strings"
	"testing"
)

func TestDrawingsHaveNoStylesOfTheirOwn(t *testing.T) {
	h := demoServer(t).Handler()
	for _, address := range []string{"/charts/fr/overview/status.svg", "/charts/ar/indicators/REM-COST/trajectory.svg", "/charts/en/frameworks/sdg2030/matrix.svg?format=narrow"} {
		answer := ask(t, h, "GET", address)
		if body := bodyOf(t, answer); answer.StatusCode != http.StatusOK || !strings.HasPrefix(body, "<svg ") || strings.Contains(body, " style=") {
			t.Errorf("%s answers %d: %.200s", address, answer.StatusCode, body)
		}
	}
}

func TestStyleSheetKnowsNoLeftAndRight(t *testing.T) {
	files, err := loadAssets()
	if err != nil {
		t.Fatal(err)
	}
	physical := regexp.MustCompile(`(?m)[{;\s](left|right|top|bottom|width|height|(min|max)-(width|height)|(margin|padding|border|inset)-(left|right|top|bottom)[a-z-]*|border-(top|bottom)-(left|right)-radius)\s*:|(float|clear|text-align):\s*(left|right)`)
	sheet := string(files["jalon.css"].body)
	for _, found := range physical.FindAllString(sheet, -1) {
		t.Errorf("physical property %q", found)
	}
	// Four values go around by top, right, bottom and left.
	around := regexp.MustCompile(`(?:margin|padding|inset|border-(?:width|color|style|radius)):\s*((?:[^\s;(]+(?:\([^)]*\))?\s+){3}[^;}]+)`)
	for _, found := range around.FindAllStringSubmatch(sheet, -1) {
		t.Errorf("physical values %q: write them with -block and -inline", found[0])
	}
}

func TestEveryLetterIsOfTheScale(t *testing.T) {
	files, err := loadAssets()
	if err != nil {
		t.Fatal(err)
	}
	for _, size := range regexp.MustCompile(`font-size:\s*([^;}]+)`).FindAllStringSubmatch(string(files["jalon.css"].body), -1) {
		if !strings.HasPrefix(size[1], "var(--type-") && !regexp.MustCompile(`^[\d.]+(em|pt)$`).MatchString(size[1]) {
			t.Errorf("%s is of no step of the scale: take a token, or em, or pt on paper", size[0])
		}
	}
}

func TestStaticFilesStayForEver(t *testing.T) {
	h := apiServer(t, apiDataset(), io.Discard).Handler()
	page := bodyOf(t, ask(t, h, "GET", "/fr/"))
	for _, address := range regexp.MustCompile(`/static/[^"]+`).FindAllString(page, -1) {
		answer := ask(t, h, "GET", address, "Accept-Encoding", "br, gzip;q=0.5")
		if answer.StatusCode != http.StatusOK || !strings.Contains(answer.Header.Get("Cache-Control"), "immutable") {
			t.Errorf("%s answers %d %v", address, answer.StatusCode, answer.Header)
		}
	}
}
