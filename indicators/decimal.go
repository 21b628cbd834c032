package indicators

import (
	"database/sql/driver"
	"fmt"
	"math"
	"math/bits"
	"strconv"
	"strings"
)

// maxDigits is how many digits a Decimal holds, before and after the point
// together: the most that fit an int64 whatever they are.
const maxDigits = 18

// A Decimal is a number exactly as it was given, trailing zeros included: 7.69
// and 7.690 are equal but not written alike. The zero value is "no number".
// It is for storing and showing; computations use Float.
type Decimal struct {
	coefficient int64
	scale       uint8 // digits after the point
	present     bool
}

// ParseDecimal reads a plain number such as "-1234.50". It refuses exponents, NaN,
// infinities and more than 18 digits.
func ParseDecimal(text string) (Decimal, error) {
	digits := strings.TrimPrefix(strings.TrimPrefix(text, "-"), "+")
	whole, fraction, point := strings.Cut(digits, ".")
	if whole == "" || point && fraction == "" || len(text) > len(digits)+1 || !allDigits(whole) || !allDigits(fraction) {
		return Decimal{}, Say("%s is not a number: write digits with a point, such as 12.5", Quote(text))
	}
	whole = strings.TrimLeft(whole, "0")
	if len(whole)+len(fraction) > maxDigits {
		return Decimal{}, Say("%s has more than %d digits: round it", Quote(text), maxDigits)
	}
	d := Decimal{scale: uint8(len(fraction)), present: true}
	for _, part := range []string{whole, fraction} {
		for _, c := range []byte(part) {
			d.coefficient = d.coefficient*10 + int64(c-'0')
		}
	}
	if text[0] == '-' {
		d.coefficient = -d.coefficient
	}
	return d, nil
}

// DecimalOf rounds a quotient of exact numbers to 15 significant digits, the most
// that a float64 surely holds.
func DecimalOf(f float64) (Decimal, error) {
	places := 0
	if f != 0 && !math.IsInf(f, 0) && !math.IsNaN(f) {
		places = min(max(14-int(math.Floor(math.Log10(math.Abs(f)))), 0), maxDigits)
	}
	d, err := ParseDecimal(strconv.FormatFloat(f, 'f', places, 64))
	return d.trimmed(), err
}

// Whole is a whole number as a Decimal.
func Whole(n int64) Decimal { return Decimal{coefficient: n, present: true} }

// IsSet tells whether there is a number at all.
func (d Decimal) IsSet() bool { return d.present }

// Scale is the number of digits after the point, as given.
func (d Decimal) Scale() int { return int(d.scale) }

// Float is the nearest float64, for computations.
func (d Decimal) Float() float64 {
	if d.scale == 0 {
		return float64(d.coefficient)
	}
	if c := d.coefficient; c <= 1<<53 && c >= -1<<53 {
		return float64(c) / float64(powerOfTen(d.scale)) // both exact, so the quotient is correctly rounded
	}
	f, _ := strconv.ParseFloat(d.String(), 64)
	return f
}

// Equal tells whether two numbers are the same, whatever zeros they end with; no
// number equals only no number.
func (d Decimal) Equal(e Decimal) bool {
	return d.present == e.present && d.trimmed() == e.trimmed()
}

// Less tells whether d is smaller than e. Both must be set.
func (d Decimal) Less(e Decimal) bool {
	if d.scale == e.scale {
		return d.coefficient < e.coefficient
	}
	if negative := d.coefficient < 0; negative != (e.coefficient < 0) {
		return negative
	} else if negative {
		d, e = e, d
	}
	// In units of the finer scale: below 2^64 × 10^18, which two words hold.
	finest := max(d.scale, e.scale)
	dHigh, dLow := bits.Mul64(d.magnitude(), powerOfTen(finest-d.scale))
	eHigh, eLow := bits.Mul64(e.magnitude(), powerOfTen(finest-e.scale))
	return dHigh < eHigh || dHigh == eHigh && dLow < eLow
}

// magnitude is the coefficient without its sign.
func (d Decimal) magnitude() uint64 {
	if d.coefficient < 0 {
		return -uint64(d.coefficient)
	}
	return uint64(d.coefficient)
}

func (d Decimal) trimmed() Decimal {
	for d.scale > 0 && d.coefficient%10 == 0 {
		d.coefficient, d.scale = d.coefficient/10, d.scale-1
	}
	return d
}

// Canonical is the number without trailing zeros, so that equal numbers are
// written alike.
func (d Decimal) Canonical() Decimal { return d.trimmed() }

// isWhole tells whether nothing but zeros stands behind the point.
func (d Decimal) isWhole() bool { return d.trimmed().scale == 0 }

// String writes the number as given, or nothing.
func (d Decimal) String() string { return string(d.AppendText(nil)) }

// AppendText appends what String returns.
func (d Decimal) AppendText(to []byte) []byte {
	if !d.present {
		return to
	}
	if d.coefficient < 0 {
		to = append(to, '-')
	}
	var digits [20]byte
	text := strconv.AppendUint(digits[:0], d.magnitude(), 10)
	if missing := int(d.scale) + 1 - len(text); missing > 0 {
		var padded [40]byte
		zeros := append(padded[:0], "0000000000000000000"[:missing]...)
		text = append(zeros, text...)
	}
	to = append(to, text[:len(text)-int(d.scale)]...)
	if d.scale > 0 {
		to = append(append(to, '.'), text[len(text)-int(d.scale):]...)
	}
	return to
}

// MarshalJSON writes a JSON number, or null.
func (d Decimal) MarshalJSON() ([]byte, error) {
	if !d.present {
		return []byte("null"), nil
	}
	return d.AppendText(nil), nil
}

// UnmarshalJSON reads what MarshalJSON writes.
func (d *Decimal) UnmarshalJSON(data []byte) error {
	if string(data) == "null" {
		*d = Decimal{}
		return nil
	}
	read, err := ParseDecimal(string(data))
	if err == nil && read.IsSet() {
		*d = read
		return nil
	}
	return fmt.Errorf("%w: %s is no number of at most 18 digits", ErrInvalid, Quote(string(data)))
}

// Scan reads a nullable numeric column.
func (d *Decimal) Scan(src any) error {
	text, err := scanText(src)
	if err != nil || text == "" {
		*d = Decimal{}
		return err
	}
	*d, err = ParseDecimal(text)
	return err
}

// Value is the number as text, which a numeric column keeps to the digit.
func (d Decimal) Value() (driver.Value, error) {
	if !d.present {
		return nil, nil
	}
	return d.String(), nil
}

func allDigits(text string) bool {
	for _, c := range []byte(text) {
		if c < '0' || c > '9' {
			return false
		}
	}
	return true
}

// powerOfTen is 10 to the n, up to maxDigits; as a float64 each is exact.
func powerOfTen(n uint8) uint64 {
	return [...]uint64{1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18}[n]
}
