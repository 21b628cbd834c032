package web

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"jalon/indicators"
)

// A file is given out to be kept, never shown: no sniffing, no scripts, a name that cannot
// end the header.
func TestADocumentIsNeverShownAsAPage(t *testing.T) {
	o := newOffice(t, indicators.Draft)
	polyglot := pdf + "<html><script>alert(1)</script>"
	answer, body := o.attach("admin", delayAt, "public", sentFile{named("rapport é.pdf"), "application/pdf", polyglot})
	if answer.StatusCode != http.StatusSeeOther {
		t.Fatalf("%s: %s", answer.Status, body)
	}
	conf := o.mustAttach("admin", delayAt, "confidential", "secret.pdf")
	for address, caching := range map[string]string{"/documents/1/rapport%20%C3%A9.pdf": "no-cache", conf: "private, no-store"} {
		answer, _ := o.get("admin", address)
		header := answer.Header
		for name, want := range map[string]string{
			"Content-Type": "application/pdf", "Content-Security-Policy": "sandbox; default-src 'none'", "X-Content-Type-Options": "nosniff",
			"Cache-Control": caching, "X-Frame-Options": "DENY", "Cross-Origin-Resource-Policy": "same-origin",
		} {
			if header.Get(name) != want {
				t.Errorf("%s: %s = %q, want %q", address, name, header.Get(name), want)
			}
		}
		if d := header.Get("Content-Disposition"); !strings.HasPrefix(d, "attachment; filename*=UTF-8''") {
			t.Errorf("%s: Content-Disposition %q", address, d)
		}
	}
	answer, body = o.get("", "/documents/1/rapport%20%C3%A9.pdf")
	if body != polyglot || answer.Header.Get("Content-Disposition") != "attachment; filename*=UTF-8''rapport%20%C3%A9.pdf" {
		t.Errorf("%q as %q", body, answer.Header.Get("Content-Disposition"))
	}
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/documents/1/rapport%20%C3%A9.pdf", nil)
	r.Header.Set("If-None-Match", answer.Header.Get("ETag"))
	if again := o.people[""].send(r); again.StatusCode != http.StatusNotModified {
		t.Errorf("again: %s", again.Status)
	}
}

// Every way of lying about a file, or of hurting with its name.
func TestFilesThatLieAreRefusedWithASentence(t *testing.T) {
	o := newOffice(t, indicators.Draft)
	docx := string(word(t, ""))
	for name, tt := range map[string]struct {
		file  sentFile
		words string // in the answer; empty: it is taken
		as    string // under which name
	}{
		"a PDF":                        {sentFile{named("a.pdf"), "application/pdf", pdf + "1"}, "", "a.pdf"},
		"a PDF from who knows nothing": {sentFile{named("b.pdf"), "application/octet-stream", pdf + "2"}, "", "b.pdf"},
		"a document":                   {sentFile{named("note.docx"), wordType, docx}, "", "note.docx"},
		"a table as Windows sends it":  {sentFile{named("t.csv"), "application/vnd.ms-excel", "a;b\n1;2\n3;4\n"}, "", "t.csv"},
		"an Arabic text":               {sentFile{named("ملاحظة.txt"), "text/plain", "ملاحظة حول المسح"}, "", "ملاحظة.txt"},
		"a page":                       {sentFile{named("a.html"), "text/html", "<html><script>alert(1)</script>"}, "ne sont pas acceptés", ""},
		"a drawing":                    {sentFile{named("a.svg"), "image/svg+xml", `<svg onload="alert(1)">`}, "ne sont pas acceptés", ""},
		"a page that says PDF":         {sentFile{named("a.pdf"), "application/pdf", "<!doctype html><script>alert(1)</script>%PDF-1.7"}, "mais application/octet-stream", ""},
		"a drawing that says PNG":      {sentFile{named("a.png"), "image/png", `<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>`}, "mais image/svg", ""},
		"a page that says text":        {sentFile{named("a.txt"), "text/plain", "  <html><body onload=alert(1)>"}, "mais text/html", ""},
		"a program that says JPEG":     {sentFile{named("a.jpg"), "image/jpeg", "MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff"}, "n’est pas ce que dit son nom", ""},
		"a PDF that is sent as a page": {sentFile{named("a.pdf"), "text/html", pdf + "3"}, "envoyé comme text/html", ""},
		"a PDF that says document":     {sentFile{named("a.docx"), wordType, pdf + "4"}, "mais application/pdf", ""},
		"a document that says table":   {sentFile{named("a.xlsx"), "", docx}, "n’est pas ce que dit son nom", ""},
		"a document with macros":       {sentFile{named("a.docx"), wordType, string(word(t, "", zipped{name: "word/vbaProject.bin"}))}, "macros", ""},
		"a document that says macros":  {sentFile{named("a.docm"), "", docx}, "ne sont pas acceptés", ""},
		"a bomb":                       {sentFile{named("a.docx"), wordType, string(word(t, "", zipped{name: "b", content: strings.Repeat("\x00", 40<<20)}))}, "prendrait bien plus de place", ""},
		"a zip":                        {sentFile{named("a.docx"), wordType, string(archive(t, zipped{name: "a"}))}, "mais application/zip", ""},
		"nothing in it":                {sentFile{named("a.pdf"), "application/pdf", ""}, "est vide", ""},
		"none":                         {sentFile{named(""), "application/octet-stream", ""}, "Choisissez un fichier", ""},
		"a way out":                    {sentFile{named("../../etc/cron.d/a.pdf"), "application/pdf", pdf + "5"}, "", "a.pdf"},
		"a way out of Windows":         {sentFile{`filename="..\\..\\boot.pdf"`, "application/pdf", pdf + "6"}, "", "boot.pdf"},
		"lines of a header":            {sentFile{`filename*=UTF-8''a%0D%0ASet-Cookie%3A%20x%3D1.pdf`, "application/pdf", pdf + "7"}, "", "aSet-Cookie_ x=1.pdf"},
		"another direction":            {sentFile{`filename*=UTF-8''facture%E2%80%AEfdp.exe`, "application/pdf", pdf + "8"}, "ne sont pas acceptés", ""},
		"another direction, and a PDF": {sentFile{`filename*=UTF-8''re%E2%80%AEfdp.pdf`, "application/pdf", pdf + "9"}, "", "refdp.pdf"},
		"markup for a name":            {sentFile{`filename*=UTF-8''%3Cimg%20src%3Dx%20onerror%3Dalert%281%29%3E.pdf`, "application/pdf", pdf + "10"}, "", "_img src=x onerror=alert(1)_.pdf"},
	} {
		t.Run(name, func(t *testing.T) {
			answer, body := o.attach("theme1", delayOf8, "public", tt.file)
			if tt.words != "" {
				if answer.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(body, tt.words) || !strings.Contains(body, ">le tableau de l’enquête</textarea>") {
					t.Errorf("%s, without %q or what was typed: %s", answer.Status, tt.words, body)
				}
				return
			}
			if answer.StatusCode != http.StatusSeeOther {
				t.Fatalf("%s: %s", answer.Status, body)
			}
			within(t, 5*time.Second, "the document on its page", func() bool {
				_, page := o.get("theme1", delayOf8)
				return strings.Contains(page, "<bdi>"+htmlEscaped(tt.as)+"</bdi>")
			})
		})
	}
	for who := range o.people {
		if _, page := o.get(who, delayOf8); strings.Contains(page, "<img") || strings.Contains(page, "\u202e") {
			t.Errorf("%s is shown what was no text", who)
		}
	}
}

// A gigabyte is generated as long as somebody reads it.
type gigabyte struct {
	head, tail io.Reader
	left       int64
	read       *atomic.Int64
}

func (g *gigabyte) Read(p []byte) (int, error) {
	n, err := g.head.Read(p)
	if errors.Is(err, io.EOF) && g.left > 0 {
		n, err = int(min(g.left, int64(len(p)))), nil
		g.left -= int64(n)
	} else if errors.Is(err, io.EOF) {
		n, err = g.tail.Read(p)
	}
	g.read.Add(int64(n))
	return n, err
}

// Whoever sends a gigabyte is told so after a megabyte, which is the limit here.
func TestAGigabyteIsCutOff(t *testing.T) {
	o := newOffice(t, indicators.Draft)
	server := httptest.NewServer(o.h)
	defer server.Close()
	const size = 1 << 30
	for name, tt := range map[string]struct {
		length int64
		head   string
	}{
		"a file, its length unknown":  {-1, "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.pdf\"\r\n\r\n%PDF-"},
		"a file, its length known":    {size, "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.pdf\"\r\n\r\n%PDF-"},
		"a field, its length unknown": {-1, "--b\r\nContent-Disposition: form-data; name=\"reason\"\r\n\r\n"},
		"a header without end":        {-1, "--b\r\nContent-Disposition: "},
		"no form at all":              {-1, ""},
	} {
		t.Run(name, func(t *testing.T) {
			read := &atomic.Int64{}
			body := &gigabyte{strings.NewReader(tt.head), strings.NewReader("\r\n--b--\r\n"), size, read}
			r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, server.URL+delayOf8, io.NopCloser(body))
			if err != nil {
				t.Fatal(err)
			}
			r.ContentLength = tt.length
			r.Header.Set("Content-Type", "multipart/form-data; boundary=b")
			r.AddCookie(&http.Cookie{Name: "jalon", Value: o.people["theme1"].cookie.Value})
			answer, err := server.Client().Do(r)
			if err != nil {
				t.Fatalf("no answer after %d bytes: %v", read.Load(), err)
			}
			defer answer.Body.Close()
			text := bodyOf(t, answer)
			if tooLarge := strings.Contains(name, "a file"); tooLarge && (answer.StatusCode != http.StatusRequestEntityTooLarge || !strings.Contains(text, "trop grand")) ||
				!tooLarge && answer.StatusCode != http.StatusRequestEntityTooLarge && answer.StatusCode != http.StatusBadRequest {
				t.Errorf("%s: %s", answer.Status, text)
			}
			if sent := read.Load(); sent > 16<<20 { // what the line itself holds, too
				t.Errorf("%d bytes were read", sent)
			}
		})
	}
	if all, err := o.store.Documents(t.Context(), 1, "DELAY"); err != nil || len(all) > 0 {
		t.Errorf("documents %+v, %v", all, err)
	}
}
