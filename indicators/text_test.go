package indicators

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestValidCode(t *testing.T) {
	for code, want := range map[string]bool{
		"A": true, "10.c": true, "REM-COST": true, "TN_11": true, "3": true, strings.Repeat("a", 64): true,
		"": false, ".a": false, "-a": false, "a b": false, "a:b": false, "a|b": false, "a=b": false, "é": false, "a\n": false, strings.Repeat("a", 65): false,
	} {
		if ValidCode(code) != want {
			t.Errorf("%q: %t", code, !want)
		}
	}
}

func TestTextFallsBackToFrench(t *testing.T) {
	whole, french := Text{"coût", "كلفة", "cost"}, Text{FR: "coût"}
	for _, tt := range []struct {
		text               Text
		lang, want, actual string
	}{
		{whole, "fr", "coût", "fr"}, {whole, "ar", "كلفة", "ar"}, {whole, "en", "cost", "en"}, {whole, "de", "coût", "fr"},
		{french, "ar", "coût", "fr"}, {french, "en", "coût", "fr"}, {Text{}, "en", "", "fr"},
		{Text{AR: "كلفة"}, "fr", "كلفة", "ar"}, {Text{AR: "كلفة"}, "en", "كلفة", "ar"}, {Text{EN: "cost"}, "fr", "cost", "en"},
		{Text{EN: "cost"}, "ar", "cost", "en"}, {Text{AR: "كلفة", EN: "cost"}, "fr", "كلفة", "ar"},
	} {
		if got, actual := tt.text.In(tt.lang); got != tt.want || actual != tt.actual {
			t.Errorf("%+v in %s: %q in %s", tt.text, tt.lang, got, actual)
		}
	}
}

func TestCompareCodes(t *testing.T) {
	sorted := []string{"1", "2", "3.02", "3.2", "3.10", "10.7", "10.10", "10.c", "A1", "A2", "A10", "a1"}
	mixed := slices.Clone(sorted)
	slices.Reverse(mixed)
	slices.SortFunc(mixed, CompareCodes)
	if !slices.Equal(mixed, sorted) {
		t.Errorf("got %v, want %v", mixed, sorted)
	}
	code := rapid.StringMatching(`[a-c0-2._-]{0,6}`)
	rapid.Check(t, func(t *rapid.T) {
		a, b, c := code.Draw(t, "a"), code.Draw(t, "b"), code.Draw(t, "c")
		if CompareCodes(a, b) != -CompareCodes(b, a) || (CompareCodes(a, b) == 0) != (a == b) {
			t.Errorf("%q and %q: %d, back %d", a, b, CompareCodes(a, b), CompareCodes(b, a))
		}
		if CompareCodes(a, b) < 0 && CompareCodes(b, c) < 0 && CompareCodes(a, c) >= 0 {
			t.Errorf("%q < %q < %q, but not the first before the last", a, b, c)
		}
	})
}

func TestCodes(t *testing.T) {
	c := NewCodes([]string{"b", "a", "b"})
	shown, _ := json.Marshal(c)
	none, _ := json.Marshal(Codes(nil))
	if c.String() != "a|b" || !c.Has("b") || c.Has("c") || string(shown) != `["a","b"]` || string(none) != "[]" {
		t.Errorf("got %s, %s, %s", c, shown, none)
	}
}

func TestParseLinks(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"", ""}, {"|", ""},
		{"sdg2030:10.7|plan2016:3.2", "plan2016:3.2|sdg2030:10.7"},
		{" plan2016:3.2=2.50 ", "plan2016:3.2=2.50"},
	} {
		links, err := ParseLinks(tt.text)
		if err != nil || links.String() != tt.want {
			t.Errorf("%q: got %s, %v", tt.text, links, err)
		}
	}
	for _, text := range []string{"3.2", ":3.2", "plan:", "plan:3 2", "plan:3=", "plan:3=0", "plan:3=-1", "plan:3=x", "plan:3|plan:3=2", "a:b:c"} {
		if links, err := ParseLinks(text); err == nil {
			t.Errorf("%q was read as %s", text, links)
		}
	}
}

func FuzzParseLinks(f *testing.F) {
	f.Add("plan2016:3.2|sdg2030:10.7=2")
	f.Fuzz(func(t *testing.T, text string) {
		links, err := ParseLinks(text)
		if err != nil {
			return
		}
		if again, err := ParseLinks(links.String()); err != nil || !slices.Equal(again, links) {
			t.Errorf("%q: %s is read back as %s, %v", text, links, again, err)
		}
	})
}

func TestSortBreakdown(t *testing.T) {
	for text, want := range map[string]string{
		"": "", "|": "", "milieu=U": "milieu=U", "milieu=U|": "milieu=U", "milieu=U | disability=PD": "disability=PD|milieu=U", "a=1|a=1": "a=1",
	} {
		if got := SortBreakdown(text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

func FuzzSortBreakdown(f *testing.F) {
	f.Add("milieu=U|disability=PD")
	f.Fuzz(func(t *testing.T, text string) {
		once := SortBreakdown(text)
		if twice := SortBreakdown(once); twice != once {
			t.Errorf("%q: %q, then %q", text, once, twice)
		}
	})
}

func TestBreakdown(t *testing.T) {
	b := Breakdown{Sex: "F", Age: "15-24", Governorate: "TN-11", Other: "milieu=U"}
	shown, _ := json.Marshal(b)
	total, _ := json.Marshal(Breakdown{})
	if b.Key() != "sex=F|age=15-24|governorate=TN-11|milieu=U" || !slices.Equal(b.Dimensions(), []string{"sex", "age", "governorate", "milieu"}) {
		t.Errorf("got %s, %v", b.Key(), b.Dimensions())
	}
	if string(shown) != `{"sex":"F","age":"15-24","governorate":"TN-11","breakdown":"milieu=U"}` || string(total) != "null" {
		t.Errorf("got %s and %s", shown, total)
	}
}
