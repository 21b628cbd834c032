package locale

import (
	"math"
	"strconv"
	"strings"
)

// The space between groups of three digits and before a percent sign: narrow and
// unbreakable, as French typography asks for.
const narrow = "\u202f"

// Number writes a value with a number of digits after the point: "12 345,6" in
// French and Arabic of Tunisia (Western digits), "12,345.6" in English.
func (l *Language) Number(x float64, decimals int) string {
	plain := strconv.FormatFloat(x, 'f', -1, 64)
	if _, fraction, _ := strings.Cut(plain, "."); len(fraction) == decimals+1 && fraction[decimals] == '5' {
		x = math.Nextafter(x, math.Copysign(math.Inf(1), x)) // half goes up, as people round: 2.5 is 3
	}
	return l.Digits(strconv.FormatFloat(x, 'f', decimals, 64))
}

// Integer writes a whole number.
func (l *Language) Integer(n int) string { return l.Digits(strconv.Itoa(n)) }

// Digits writes an exact number, given as "-12345.60", in the language's way,
// keeping every digit.
func (l *Language) Digits(plain string) string {
	sign := ""
	if rest, negative := strings.CutPrefix(plain, "-"); negative {
		plain = rest
		if strings.Trim(rest, "0.") != "" { // -0,0 is 0,0
			sign = "\u2212"
		}
	}
	whole, fraction, found := strings.Cut(plain, ".")
	point, group := ",", narrow
	if l.Code == "en" {
		point, group = ".", ","
	}
	var b strings.Builder
	b.WriteString(sign)
	for n, c := range whole {
		if left := len(whole) - n; n > 0 && left%3 == 0 && len(whole) > 4 {
			b.WriteString(group)
		}
		b.WriteRune(c)
	}
	if found {
		b.WriteString(point + fraction)
	}
	return b.String()
}

// Percent writes a share as a percentage: 0.61 is "61 %" in French, "61%" in English.
func (l *Language) Percent(share float64, decimals int) string {
	return l.WithPercent(l.Number(share*100, decimals))
}

// WithPercent adds the percent sign to a number already written.
func (l *Language) WithPercent(number string) string {
	if l.Code == "en" {
		return number + "%"
	}
	return number + narrow + "%"
}

// Signed writes a number with its sign, a plus too: "+1,8".
func (l *Language) Signed(x float64, decimals int) string {
	number := l.Number(x, decimals)
	if x > 0 && strings.Trim(number, "0.,") != "" {
		return "+" + number
	}
	return number
}

// SignedPercent writes a share as a percentage with its sign.
func (l *Language) SignedPercent(share float64, decimals int) string {
	return l.WithPercent(l.Signed(share*100, decimals))
}
