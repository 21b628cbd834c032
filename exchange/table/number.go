package table

import (
	"strings"
	"unicode"

	"jalon/indicators"
)

// normalNumber turns a number as people write it into plain "-1234.5". A point is
// always the decimal sign, a comma only where decimalComma says so, and neither
// ever groups digits; spaces may. The error says how to write the cell.
func normalNumber(cell string, decimalComma bool) (string, error) {
	if isPlain(cell) {
		return cell, nil
	}
	number := strings.NewReplacer("\u2212", "-", "\u00a0", " ", "\u202f", " ", "\u2009", " ").Replace(cell)
	if strings.Contains(number, ",") && strings.Contains(number, ".") {
		return "", indicators.Say("%s has both a comma and a point: write no sign between thousands, such as 1234.5", indicators.Quote(cell))
	}
	sign, digits := "", number
	if strings.HasPrefix(number, "-") || strings.HasPrefix(number, "+") {
		sign, digits = strings.TrimPrefix(number[:1], "+"), strings.TrimLeft(number[1:], " ")
	}
	digits, grouped := withoutGroups(digits)
	if !grouped {
		return "", indicators.Say("%s has a space where no thousands end: write the digits without spaces", indicators.Quote(cell))
	}
	if point := sign + strings.Replace(digits, ",", ".", 1); strings.Contains(digits, ",") && isPlain(point) {
		if !decimalComma {
			return "", indicators.Say("%s has a decimal comma: write %s, or use ; between cells", indicators.Quote(cell), point)
		}
		return point, nil
	}
	if isPlain(digits) && digits[0] != '-' {
		return sign + digits, nil
	}
	return "", notNumber(cell, number)
}

// isPlain tells whether a cell is digits with at most a minus before and a point
// within: what needs no change.
func isPlain(cell string) bool {
	digits := strings.TrimPrefix(cell, "-")
	point := false
	for n := range len(digits) {
		switch c := digits[n]; {
		case c >= '0' && c <= '9':
		case c == '.' && !point && n > 0 && n < len(digits)-1:
			point = true
		default:
			return false
		}
	}
	return digits != ""
}

// withoutGroups takes out the spaces between groups of three digits, and tells
// whether there were none elsewhere.
func withoutGroups(digits string) (string, bool) {
	groups := strings.Split(digits, " ")
	if len(groups) == 1 || strings.ContainsFunc(digits, unicode.IsLetter) {
		return digits, true // letters: it is no number, for another reason
	}
	last := len(groups) - 1
	for n, group := range groups {
		if n == last {
			group, _, _ = strings.Cut(strings.ReplaceAll(group, ",", "."), ".")
		}
		if n > 0 && len(group) != 3 || n == 0 && (len(group) < 1 || len(group) > 3) {
			return digits, strings.ContainsAny(digits, "%€$£")
		}
	}
	return strings.Join(groups, ""), true
}

// notNumber words why a cell is no number. number is the cell with plain spaces.
func notNumber(cell, number string) error {
	lower := strings.ToLower(number)
	letters := strings.ContainsFunc(lower, unicode.IsLetter)
	mantissa, exponent, scientific := strings.Cut(lower, "e")
	switch {
	case cell == "":
		return indicators.Say("the cell is empty: write a number")
	case strings.Trim(lower, "+-") == "nan" || strings.HasPrefix(strings.Trim(lower, "+-"), "inf") || strings.Contains(lower, "∞"):
		return indicators.Say("%s is no value: leave the cell empty, and set obs_status to O where a value is missing", indicators.Quote(cell))
	case strings.Contains(lower, "%"):
		return indicators.Say("%s has a percent sign: write the number alone, such as 12.5; the unit of the indicator says that it is a percentage", indicators.Quote(cell))
	case strings.ContainsFunc(lower, func(r rune) bool { return unicode.Is(unicode.Sc, r) }):
		return indicators.Say("%s has a currency sign: write the number alone; the currency has its own place", indicators.Quote(cell))
	case scientific && isDigits(strings.Trim(mantissa, "+-")) && isDigits(strings.TrimLeft(exponent, "+-")):
		return indicators.Say("%s is in scientific notation: write all the digits, such as 100000", indicators.Quote(cell))
	case strings.Count(lower, ".") > 1 || strings.Count(lower, ",") > 1:
		return indicators.Say("%s has several commas or points: write no sign between thousands, such as 1234567.5", indicators.Quote(cell))
	case letters:
		return indicators.Say("%s is text where a number belongs: leave the cell empty, or set obs_status to O where a value is missing", indicators.Quote(cell))
	}
	return indicators.Say("%s is not a number: write digits, such as -1234.5", indicators.Quote(cell))
}

// isDigits tells whether text is digits, commas and points.
func isDigits(text string) bool { return text != "" && strings.Trim(text, "0123456789.,") == "" }
