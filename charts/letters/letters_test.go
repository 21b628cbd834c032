package letters

import (
	"math"
	"testing"
)

func TestWidth(t *testing.T) {
	for text, em := range map[string]float64{
		"": 0, "il": 0.62, "mm": 1.72, "AB": 1.32, "ab": 1.12, "سنة": 1.5, "سَنة": 1.5, "国": 1,
		"\u2067\u20682016\u2069\u2069": 4 * 0.56, // marks of direction take no room
	} {
		if got := Width(text, 10); math.Abs(got-10*em) > 1e-9 {
			t.Errorf("%q is %v wide, want %v", text, got, 10*em)
		}
	}
	if plain, bold := Width("abc", 12), Bold("abc", 12); bold <= plain {
		t.Errorf("bold letters take %v, plain ones %v", bold, plain)
	}
}
