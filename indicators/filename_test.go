package indicators

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

func TestFileName(t *testing.T) {
	for given, want := range map[string]string{
		"Rapport d’enquête 2023 (final).PDF":  "Rapport d’enquête 2023 (final).pdf",
		"تقرير النتائج.docx":                  "تقرير النتائج.docx",
		"../../etc/passwd":                    "passwd",
		`C:\Users\amel\bilan.xlsx`:            "bilan.xlsx",
		"..":                                  "document",
		"...pdf":                              "document.pdf",
		"":                                    "document",
		".htaccess":                           "document.htaccess",
		"a\r\nContent-Type: text\r\n\r\n.pdf": "aContent-Type_ text.pdf",
		"a\x00.pdf":                           "a.pdf",
		"facture\u202efdp.exe":                "facturefdp.exe",
		"\u2066isolated\u2069\u200f.pdf":      "isolated.pdf",
		"<script>alert(1)</script>.pdf":       "script_.pdf",
		`"; filename=evil.html; x=".pdf`:      "__ filename=evil.html_ x=_.pdf",
		"con.pdf":                             "_con.pdf",
		"LPT1":                                "_LPT1",
		"com5.tar.pdf":                        "_com5.tar.pdf",
		"  deux   blancs .pdf":                "deux blancs.pdf",
		"\xff\xfe.pdf":                        "document.pdf",
		"sans extension":                      "sans extension",
		"%2e%2e%2fa.pdf":                      "_2e_2e_2fa.pdf",
		"a.pdf.":                              "a.pdf",
		strings.Repeat("é", 400) + ".pdf":     strings.Repeat("é", 72) + ".pdf",
		"a." + strings.Repeat("x", 400):       "a_" + strings.Repeat("x", 147),
	} {
		if got := FileName(given); got != want {
			t.Errorf("%q: %q, want %q", given, got, want)
		}
	}
}

// Whatever somebody calls a file, its name is one line of one folder, and safe once safe.
func FuzzFileName(f *testing.F) {
	for _, seed := range []string{"a.pdf", "../x", "\u202e", "é.PDF ", "con", "a\r\n: b", strings.Repeat("ب", 200) + ".docx", ". ."} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, given string) {
		name := FileName(given)
		switch {
		case name == "", name == ".", name == "..", len(name) > maxFileName, !utf8.ValidString(name):
			t.Errorf("%q: %q", given, name)
		case strings.ContainsAny(name, "/\\\"<>;:%\x00"), strings.ContainsFunc(name, func(r rune) bool { return unicode.Is(unicode.C, r) }):
			t.Errorf("%q: %q", given, name)
		case FileName(name) != name:
			t.Errorf("%q: %q, and that is %q", given, name, FileName(name))
		}
	})
}
