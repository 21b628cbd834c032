package web

import (
	"strings"

	"jalon/exchange/table"
	"jalon/indicators"
)

// typedNumber reads a number as people type it, also with the digits that a keyboard may
// write in Arabic.
func typedNumber(text string) (indicators.Decimal, error) {
	western := func(r rune) rune {
		switch {
		case r >= '٠' && r <= '٩':
			return r - '٠' + '0'
		case r == '٫':
			return ','
		}
		return r
	}
	return table.ParseNumber(strings.Map(western, text), true)
}

// outside is the word for a value that the indicator cannot have.
func (v *view) outside(i *indicators.Indicator, value indicators.Decimal) string {
	low, high := i.Bounds()
	if low.IsSet() && value.Less(low) {
		return v.l.T("grid.too_low", v.l.Digits(low.String()))
	}
	if high.IsSet() && high.Less(value) {
		return v.l.T("grid.too_high", v.l.Digits(high.String()))
	}
	return ""
}
