package indicators

import (
	"encoding/json"
	"fmt"
	"math/big"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// decimal reads a number that a test knows to be one.
func decimal(text string) Decimal {
	if text == "" {
		return Decimal{}
	}
	d, err := ParseDecimal(text)
	if err != nil {
		panic(err)
	}
	return d
}

func TestParseDecimal(t *testing.T) {
	for _, tt := range []struct{ text, written, canonical string }{
		{"12.5", "12.5", "12.5"},
		{"7.690", "7.690", "7.69"},
		{"100", "100", "100"},
		{"-1234.50", "-1234.50", "-1234.5"},
		{"+5", "5", "5"},
		{"-0", "0", "0"},
		{"-0.00", "0.00", "0"},
		{"007", "7", "7"},
		{"0.000000000000000001", "0.000000000000000001", "0.000000000000000001"},
		{"999999999999999999", "999999999999999999", "999999999999999999"},
		{"-99999999.9999999999", "-99999999.9999999999", "-99999999.9999999999"},
		{strings.Repeat("0", 40) + "1", "1", "1"},
	} {
		d, err := ParseDecimal(tt.text)
		if err != nil || d.String() != tt.written || d.Canonical().String() != tt.canonical {
			t.Errorf("%s: got %s (%s), %v, want %s (%s)", tt.text, d, d.Canonical(), err, tt.written, tt.canonical)
		}
	}
}

func TestParseDecimalRefuses(t *testing.T) {
	for _, text := range []string{
		"", "-", "+", ".", ".5", "5.", "-.5", "1e5", "1E5", "NaN", "Infinity", "-inf", "12,5", "1 000", " 1", "1 ", "--1", "+-1", "-+1",
		"0x10", "1_000", "1.2.3", "٣", "1\x00", strings.Repeat("9", 19), strings.Repeat("9", 40), "0.0000000000000000001", "1234567890123456789.0",
	} {
		if d, err := ParseDecimal(text); err == nil {
			t.Errorf("%q was read as %s", text, d)
		}
	}
	_, err := ParseDecimal(strings.Repeat("x", 1_000_000))
	if err == nil || len(err.Error()) > 300 {
		t.Errorf("a long cell makes a long sentence: %d bytes", len(fmt.Sprint(err)))
	}
}

func TestDecimalOrder(t *testing.T) {
	for _, tt := range []struct {
		a, b string
		want int
	}{
		{"7.69", "7.690", 0},
		{"0", "-0.000", 0},
		{"1", "2", -1},
		{"-2", "-1", -1},
		{"-1", "0.001", -1},
		{"9.9", "10", -1},
		{"0.12345678901234567", "0.123456789012345678", -1}, // one float64
		{"999999999999999999", "999999999999999998", 1},
		{"-999999999999999999", "0.000000000000000001", -1},
		{"-0.12345678901234567", "-0.123456789012345678", 1},
	} {
		a, b := decimal(tt.a), decimal(tt.b)
		if a.Less(b) != (tt.want < 0) || b.Less(a) != (tt.want > 0) || a.Equal(b) != (tt.want == 0) {
			t.Errorf("%s and %s: less %t, more %t, equal %t, want order %d", a, b, a.Less(b), b.Less(a), a.Equal(b), tt.want)
		}
	}
	if (Decimal{}).Equal(Whole(0)) || !(Decimal{}).Equal(Decimal{}) {
		t.Error("no number must equal only no number")
	}
}

// anyDecimal draws a decimal of up to 18 digits.
func anyDecimal() *rapid.Generator[Decimal] {
	return rapid.Custom(func(t *rapid.T) Decimal {
		digits := rapid.IntRange(1, maxDigits).Draw(t, "digits")
		most := int64(powerOfTen(uint8(digits))) - 1
		return Decimal{
			coefficient: rapid.Int64Range(-most, most).Draw(t, "coefficient"),
			scale:       uint8(rapid.IntRange(0, maxDigits).Draw(t, "scale")),
			present:     true,
		}
	})
}

func TestDecimalProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := anyDecimal().Draw(t, "a"), anyDecimal().Draw(t, "b")
		exactly, _ := new(big.Rat).SetString(a.String())
		other, _ := new(big.Rat).SetString(b.String())
		if a.Less(b) != (exactly.Cmp(other) < 0) || a.Equal(b) != (exactly.Cmp(other) == 0) {
			t.Errorf("%s and %s: less %t, equal %t", a, b, a.Less(b), a.Equal(b))
		}
		if want, _ := strconv.ParseFloat(a.String(), 64); a.Float() != want {
			t.Errorf("%s as float64: got %v, want %v", a, a.Float(), want)
		}
		var again, scanned Decimal
		again, err := ParseDecimal(a.String())
		if err != nil || again != a {
			t.Errorf("%s is read back as %s, %v", a, again, err)
		}
		stored, _ := a.Value()
		if err := scanned.Scan([]byte(stored.(string))); err != nil || scanned != a {
			t.Errorf("%s comes back from a column as %s, %v", a, scanned, err)
		}
		shown, err := json.Marshal(a)
		if err != nil || string(shown) != a.String() {
			t.Errorf("%s in JSON: %s, %v", a, shown, err)
		}
	})
}

func TestDecimalAbsent(t *testing.T) {
	var none Decimal
	stored, _ := none.Value()
	shown, _ := json.Marshal(none)
	if stored != nil || string(shown) != "null" || none.String() != "" || none.IsSet() {
		t.Errorf("no number is stored as %v and shown as %s, %q", stored, shown, none)
	}
	d := Whole(5)
	if err := d.Scan(nil); err != nil || d.IsSet() {
		t.Errorf("NULL is read as %s, %v", d, err)
	}
	for _, src := range []any{"NaN", []byte("Infinity"), 1.5} {
		if err := d.Scan(src); err == nil {
			t.Errorf("a column with %v is read as %s", src, d)
		}
	}
}

func TestDecimalOf(t *testing.T) {
	for _, tt := range []struct {
		f    float64
		want string
	}{
		{0, "0"}, {100.0 / 3, "33.3333333333333"}, {-2.0 / 3, "-0.666666666666667"}, {12.5, "12.5"}, {1e15, "1000000000000000"},
		{1e-15, "0.000000000000001"}, {1e-30, "0"}, {0.1 + 0.2, "0.3"}, {9.9999999999999999, "10"},
	} {
		if d, err := DecimalOf(tt.f); err != nil || d.String() != tt.want {
			t.Errorf("%v: got %s, %v, want %s", tt.f, d, err, tt.want)
		}
	}
	zero := 0.0
	for _, f := range []float64{1 / zero, -1 / zero, zero / zero, 1e18, -1e300} {
		if d, err := DecimalOf(f); err == nil {
			t.Errorf("%v was taken as %s", f, d)
		}
	}
}

func TestTallyIsExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var sum tally
		want, n := new(big.Rat), rapid.IntRange(1, 60).Draw(t, "figures")
		for range n {
			d := Decimal{rapid.Int64Range(-1e12, 1e12).Draw(t, "coefficient"), uint8(rapid.IntRange(0, 2).Draw(t, "scale")), true}
			sum.add(d)
			r, _ := new(big.Rat).SetString(d.String())
			want.Add(want, r)
		}
		total, _ := want.Float64()
		mean, _ := want.Quo(want, big.NewRat(int64(n), 1)).Float64()
		if sum.total() != total || sum.mean() != mean {
			t.Errorf("sum %v, mean %v, want %v, %v", sum.total(), sum.mean(), total, mean)
		}
	})
	var large tally
	for range 100 {
		large.add(decimal("999999999999999999"))
		large.add(decimal("0.000000000000000001"))
	}
	if got := large.total(); got < 0.999999e20 || got > 1.000001e20 {
		t.Errorf("a sum beyond 18 digits: %v", got)
	}
}

func FuzzParseDecimal(f *testing.F) {
	for _, text := range []string{"12.5", "-0", "+5", ".5", "1e5", "NaN", "999999999999999999", "12,5"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		d, err := ParseDecimal(text)
		if err != nil {
			return
		}
		again, err := ParseDecimal(d.String())
		if err != nil || again != d {
			t.Errorf("%q is %s, read back as %s, %v", text, d, again, err)
		}
		if want, _ := strconv.ParseFloat(text, 64); d.Float() != want {
			t.Errorf("%q as float64: got %v, want %v", text, d.Float(), want)
		}
	})
}
