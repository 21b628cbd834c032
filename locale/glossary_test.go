package locale

import (
	"regexp"
	"slices"
	"strings"
	"testing"
)

func TestEveryTermIsInThreeLanguages(t *testing.T) {
	terms, err := Glossary()
	if err != nil {
		t.Fatal(err)
	}
	if !slices.IsSortedFunc(terms, func(a, b Term) int { return strings.Compare(a.Code, b.Code) }) {
		t.Error("the terms are not sorted by code")
	}
	code, arabic, defined := regexp.MustCompile(`^[a-z]+(-[a-z]+)*$`), regexp.MustCompile(`\p{Arabic}`), 0
	for n, term := range terms {
		if !code.MatchString(term.Code) || n > 0 && terms[n-1].Code == term.Code {
			t.Errorf("%q is no code of its own", term.Code)
		}
		given := 0
		for _, lang := range Codes() {
			name, words := term.Name[lang], term.Definition[lang]
			if name == "" || strings.TrimSpace(name) != name || strings.ContainsAny(name+words, "<>\"'\n") {
				t.Errorf("%s: the name in %s is %q", term.Code, lang, name)
			}
			if words != "" {
				given++
			}
			if words != "" && (len([]rune(words)) > 220 || !strings.HasSuffix(words, ".")) {
				t.Errorf("%s: the definition in %s is no short sentence: %q", term.Code, lang, words)
			}
			if isArabic := arabic.MatchString(name); isArabic != (lang == "ar") || words != "" && arabic.MatchString(words) != (lang == "ar") {
				t.Errorf("%s: %q is not in %s", term.Code, name, lang)
			}
		}
		if given != 0 && given != len(Codes()) {
			t.Errorf("%s is defined in %d languages only", term.Code, given)
		}
		if given > 0 {
			defined++
		}
	}
	if defined < 40 {
		t.Errorf("%d terms are defined", defined)
	}
}
