package browser

import (
	"bytes"
	"io"
	"net/http"
	"regexp"
	"testing"
	"time"
)

// The report as PDF: pages of A4, tagged, with bookmarks, in three languages.
func TestTheReportIsAPDF(t *testing.T) {
	t.Parallel()
	client := &http.Client{Timeout: 3 * time.Minute}
	for _, lang := range []string{"fr", "ar", "en"} {
		answer, err := client.Get(site.address + "/" + lang + "/snapshots/2026-09/report.pdf")
		if err != nil {
			t.Fatal(err)
		}
		pdf, err := io.ReadAll(answer.Body)
		_ = answer.Body.Close()
		if err != nil || answer.StatusCode != http.StatusOK || !bytes.HasPrefix(pdf, []byte("%PDF-")) {
			t.Fatalf("%s: %d, %v: %.300s", lang, answer.StatusCode, err, pdf)
		}
		pages := len(regexp.MustCompile(`/Type /Page[^s]`).FindAll(pdf, -1))
		if pages < 12 {
			t.Errorf("%s: %d pages", lang, pages)
		}
		for _, want := range []string{"/StructTreeRoot", "/Outlines", "/Lang (" + lang} {
			if !bytes.Contains(pdf, []byte(want)) {
				t.Errorf("%s: the PDF has no %s", lang, want)
			}
		}
	}
}
