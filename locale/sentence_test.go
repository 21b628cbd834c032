package locale

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// formatAt is in which argument of a call a sentence's format stands, by the function.
func formatAt(name string) (int, bool) {
	switch name {
	case "Say", "invalid":
		return 0, true
	case "fault", "newFault":
		return 1, true
	}
	return 0, false
}

// formats are those of all sentences that the rules can say, with where each stands.
func formats(t *testing.T) map[string]string {
	t.Helper()
	found := map[string]string{}
	for _, folder := range []string{"indicators", "indicators/progress", "exchange/table", "sql"} {
		files, err := filepath.Glob(filepath.Join("..", folder, "*.go"))
		if err != nil || len(files) == 0 {
			t.Fatalf("%s: %d files, %v", folder, len(files), err)
		}
		for _, file := range files {
			if strings.HasSuffix(file, "_test.go") {
				continue
			}
			set := token.NewFileSet()
			parsed, err := parser.ParseFile(set, file, nil, 0)
			if err != nil {
				t.Fatal(err)
			}
			ast.Inspect(parsed, func(n ast.Node) bool {
				if call, ok := n.(*ast.CallExpr); ok {
					if format, at := formatOf(call); at {
						found[format] = set.Position(call.Pos()).String()
					}
				}
				return true
			})
		}
	}
	return found
}

// formatOf is the format of a call that makes a sentence. What hands on the format that it
// was given is not one; all else that is no literal is told as a format that none has.
func formatOf(call *ast.CallExpr) (string, bool) {
	name := ""
	switch f := call.Fun.(type) {
	case *ast.Ident:
		name = f.Name
	case *ast.SelectorExpr:
		name = f.Sel.Name
	}
	at, says := formatAt(name)
	if !says || len(call.Args) <= at {
		return "", false
	}
	switch a := call.Args[at].(type) {
	case *ast.BasicLit:
		text, err := strconv.Unquote(a.Value)
		return text, err == nil
	case *ast.Ident:
		return "", a.Name != "format"
	}
	return "", true
}

// placesOf are the arguments that a text has verbs for, sorted.
func placesOf(text string) []int {
	var places []int
	next := 0
	for _, v := range verb.FindAllStringSubmatch(text, -1) {
		if v[0] == "%%" {
			continue
		}
		if at, err := strconv.Atoi(v[1]); err == nil {
			next = at - 1
		}
		next++
		places = append(places, next)
	}
	slices.Sort(places)
	return slices.Compact(places)
}

// What the rules say in English they say in every language, of the same things.
func TestSentencesAreTranslated(t *testing.T) {
	said := formats(t)
	if len(said) < 100 {
		t.Fatalf("only %d sentences are found in the sources", len(said))
	}
	all := load(t)
	for _, code := range []string{"fr", "ar"} {
		known := all[code].sentences
		for format, where := range said {
			text, found := known[format]
			switch {
			case format == "":
				t.Errorf("%s: the format of a sentence is no literal", where)
			case format == "%s": // a value alone
			case !found:
				t.Errorf("%s: %s lacks %q", where, code, format)
			case strings.TrimSpace(text) == "":
				t.Errorf("%s: %q is empty", code, format)
			case !slices.Equal(placesOf(text), placesOf(format)):
				t.Errorf("%s: %q has the arguments %v, its format %v", code, text, placesOf(text), placesOf(format))
			}
		}
		for format := range known {
			if _, used := said[format]; !used {
				t.Errorf("%s: no rule says %q", code, format)
			}
		}
	}
}

func TestSentences(t *testing.T) {
	all := load(t)
	all["fr"].sentences = map[string]string{"%s of %d": "%[2]s, %[1]s, 5 %% de %s"}
	all["ar"].sentences = map[string]string{}
	for _, tt := range []struct{ code, format, want string }{
		{"fr", "%s of %d", "b, a %[2]s, 5 % de b"}, // an argument is no format
		{"fr", "nothing like it", "nothing like it"},
		{"en", "%s of %d", "a %[2]s of b"},
		{"ar", "%s of %d", "a %[2]s of b"},
		{"en", "%s and %s and %s", "a %[2]s and b and %s"},
	} {
		if got := all[tt.code].Sentence(tt.format, "a %[2]s", "b"); got != tt.want {
			t.Errorf("%s, %q: got %q, want %q", tt.code, tt.format, got, tt.want)
		}
	}
	for code, want := range map[string]string{"fr": "«\u00a0X\u00a0»", "ar": "«\u2068X\u2069»", "en": `"X"`} {
		if got := all[code].Quoted("X"); got != want {
			t.Errorf("%s quotes %q", code, got)
		}
	}
}

// "2026-Q1" would be shown as "Q1-2026" between Arabic words.
func TestForeignWordsKeepTheirDirectionInArabicSentences(t *testing.T) {
	const format = "%s is not a period: write 2026, 2026-S1, 2026-Q1, 2026-03 or 2016-2020"
	got := load(t)["ar"].Sentence(format, "X")
	for _, word := range []string{"\u20682026-S1\u2069", "\u20682016-2020\u2069"} {
		if !strings.Contains(got, word) {
			t.Errorf("%q has no %q", got, word)
		}
	}
	if strings.Contains(got, "%") {
		t.Errorf("%q has a verb left", got)
	}
}
