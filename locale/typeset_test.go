package locale

import (
	"regexp"
	"testing"
)

func TestFrenchIsPrintedWithItsSpaces(t *testing.T) {
	all, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{
		"Atteint : « {0} » ; vraiment ?":  "Atteint\u00a0: «\u00a0{0}\u00a0»\u202f; vraiment\u202f?",
		"{0} % au 31/12, 80 %, n° 4":      "{0}\u202f% au 31/12, 80\u202f%, n°\u00a04",
		"sdg2030:10.c=2, 12:30, %s, 4 %s": "sdg2030:10.c=2, 12:30, %s, 4 %s",
	} {
		if got := all["fr"].typeset(text); got != want {
			t.Errorf("%q is set as %q, want %q", text, got, want)
		}
		for _, code := range []string{"ar", "en"} {
			if got := all[code].typeset(text); got != text {
				t.Errorf("%s: %q becomes %q", code, text, got)
			}
		}
	}
	loose := regexp.MustCompile(` [;:!?»]|« |[0-9}] %([^A-Za-z%]|$)`)
	for key, text := range all["fr"].words {
		if loose.MatchString(text) {
			t.Errorf("%s: a line may end before a sign in %q", key, text)
		}
	}
	for format, text := range all["fr"].sentences {
		if loose.MatchString(text) {
			t.Errorf("%s: a line may end before a sign in %q", format, text)
		}
	}
}
