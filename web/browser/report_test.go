package browser

import (
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"jalon/locale"
)

// fetch gets an address of the site; the report of the demonstration is drawn anew.
func fetch(t *testing.T, path string) []byte {
	t.Helper()
	client := &http.Client{Timeout: 4 * time.Minute}
	answer, err := client.Get(site.address + path)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode != http.StatusOK {
		t.Fatalf("%s: %d, %v: %.300s", path, answer.StatusCode, err, body)
	}
	return body
}

// poppler runs one of the programs by which Poppler reads a PDF.
func poppler(t *testing.T, program string, args ...string) string {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), program, args...).Output()
	if errors.Is(err, exec.ErrNotFound) {
		t.Fatalf("a PDF is read with Poppler: install it, for example by\n\tsudo apt-get install poppler-utils\n%v", err)
	}
	if err != nil {
		t.Fatalf("%s %q: %v", program, args, err)
	}
	return string(out)
}

// A readPDF is what a PDF says, as a reader of it finds it.
type readPDF struct {
	pages     []string // without the marks of direction
	about     string
	tags      map[string]int
	bookmarks []string
}

func readAsPDF(t *testing.T, pdf []byte) readPDF {
	t.Helper()
	file := filepath.Join(t.TempDir(), "report.pdf")
	if err := os.WriteFile(file, pdf, 0o600); err != nil {
		t.Fatal(err)
	}
	r := readPDF{about: poppler(t, "pdfinfo", file), tags: map[string]int{}}
	r.pages = strings.Split(strings.TrimSuffix(unmarked(poppler(t, "pdftotext", "-enc", "UTF-8", file, "-")), "\f"), "\f")
	for line := range strings.Lines(poppler(t, "pdfinfo", "-struct", file)) {
		if words := strings.Fields(line); len(words) > 0 {
			r.tags[strings.TrimSuffix(words[0], ":")]++
		}
	}
	whole := poppler(t, "pdftohtml", "-xml", "-i", "-stdout", file)
	from, until := strings.Index(whole, "<outline>"), strings.LastIndex(whole, "</outline>")
	if from < 0 || until < 0 {
		t.Fatal("the PDF has no bookmarks")
	}
	for _, item := range regexp.MustCompile(`<item page="\d+">(.*?)</item>`).FindAllStringSubmatch(whole[from:until], -1) {
		r.bookmarks = append(r.bookmarks, strings.TrimSpace(unmarked(html.UnescapeString(item[1]))))
	}
	return r
}

// unmarked takes the marks of direction out of a text, and makes its spaces ordinary ones.
func unmarked(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.Cf, r):
			return -1
		case unicode.Is(unicode.Zs, r):
			return ' '
		}
		return r
	}, text)
}

// holds tells whether a text is there, whatever the spaces: of text from right to left they are
// guessed from where the letters stand.
func holds(page, text string) bool {
	packed := strings.NewReplacer(" ", "", "\n", "")
	return strings.Contains(packed.Replace(page), packed.Replace(unmarked(text)))
}

// The report as PDF is read as its readers find it: which it is on every page, in words that are
// whole, with bookmarks and tags, in three languages.
func TestTheReportIsAPDF(t *testing.T) {
	languages, err := locale.Load()
	if err != nil {
		t.Fatal(err)
	}
	var snap struct{ SHA256, Chain string }
	if err := json.Unmarshal(fetch(t, "/api/v1/snapshots/2026-09"), &snap); err != nil || len(snap.SHA256) != 64 {
		t.Fatalf("%+v, %v", snap, err)
	}
	for lang, want := range map[string]struct{ title, cutOff, alsoSays string }{
		"fr": {"Rapport mensuel d’avancement, septembre 2026", "données arrêtées au 30 septembre 2026", "Adresse permanente"},
		"ar": {"التقرير الشهري لتقدم", "المعطيات إلى غاية 30 سبتمبر 2026", "بصمة المعطيات"},
		"en": {"Monthly progress report, September 2026", "data cut off on 30 September 2026", "Permanent address"},
	} {
		t.Run(lang, func(t *testing.T) {
			pdf := fetch(t, "/"+lang+"/snapshots/2026-09/report.pdf")
			r, l := readAsPDF(t, pdf), languages[lang]
			if !strings.Contains(string(pdf), "/Lang ("+lang) || !strings.Contains(r.about, "A4") || !regexp.MustCompile(`Tagged: +yes`).MatchString(r.about) {
				t.Errorf("its language, its size or its tags: %s", r.about)
			}
			if len(r.pages) < 12 {
				t.Fatalf("%d pages", len(r.pages))
			}
			for n, page := range r.pages {
				for _, says := range []string{"SHA-256 " + snap.SHA256, fmt.Sprintf("%d / %d", n+1, len(r.pages)), "2026-09", want.cutOff} {
					if !holds(page, says) {
						t.Errorf("page %d does not say %q:\n%.600s", n+1, says, page)
					}
				}
			}
			for _, says := range []string{want.title, want.alsoSays, snap.Chain, "/" + lang + "/snapshots/2026-09"} {
				if !holds(r.pages[0], says) {
					t.Errorf("the cover does not say %q:\n%s", says, r.pages[0])
				}
			}
			sections := []string{"message", "synoptic", "changes", "themes", "goals", "territory", "funding", "reporting", "quality", "milestones", "annexes"}
			for _, s := range sections {
				if title := unmarked(l.T("report.section." + s)); !slices.Contains(r.bookmarks, title) {
					t.Errorf("no bookmark says %q", title)
				}
			}
			for _, b := range r.bookmarks {
				if half := len(b) / 2; half > 0 && len(b)%2 == 0 && b[:half] == b[half:] {
					t.Errorf("the bookmark %q says it twice", b)
				}
			}
			for tag, least := range map[string]int{"H1": 1, "H2": len(sections), "H3": 10, "Table": 10, "TH": 100, "TD": 500, "Caption": 10, "Figure": 10, "L": 1} {
				if r.tags[tag] < least {
					t.Errorf("%d tags %s, want %d", r.tags[tag], tag, least)
				}
			}
		})
	}
}
