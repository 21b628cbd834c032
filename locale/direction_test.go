package locale

import (
	"strings"
	"testing"
)

// Between Arabic words, "−7,4 %" would be shown as "% 7,4−".
func TestNumbersKeepTheirDirectionInArabic(t *testing.T) {
	all := load(t)
	if got := all["ar"].Isolate("\u22127,4\u202f%"); got != "\u2068\u22127,4\u202f%\u2069" {
		t.Errorf("isolated as %q", got)
	}
	for _, code := range []string{"fr", "en"} {
		if got := all[code].Isolate("\u22127,4"); got != "\u22127,4" {
			t.Errorf("%s isolates %q", code, got)
		}
	}
	for key, want := range map[string]string{
		"projection.band80": "مجال بنسبة \u206880 %\u2069",
		"symbol.d":          "الاتجاه المنشود: \u2068+1\u2069 نحو الارتفاع، \u2068\u22121\u2069 نحو الانخفاض",
	} {
		if got := strings.NewReplacer("\u00a0", " ", "\u202f", " ").Replace(all["ar"].T(key)); got != want {
			t.Errorf("%s is %q, want %q", key, got, want)
		}
	}
	if got := all["fr"].T("projection.band80"); strings.ContainsAny(got, "\u2068\u2069") {
		t.Errorf("French is isolated: %q", got)
	}
}
