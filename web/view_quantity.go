package web

import (
	"math"
	"strconv"

	"jalon/indicators"
	"jalon/indicators/progress"
)

// full writes a number with eight digits, those that matter: as it was given, mostly.
func (v *view) full(s progress.Symbol) string {
	x := s.Value.Value
	switch s.Quantity {
	case progress.Growth:
		return v.l.WithPercent(v.l.Digits(significant(100*x, 7)))
	case progress.Sign:
		return v.l.Signed(x, 0)
	}
	return v.l.Digits(significant(x, 8))
}

// significant is a number in plain digits, of which so many count, without zeros at
// the end.
func significant(x float64, count int) string {
	rounded, err := strconv.ParseFloat(strconv.FormatFloat(x, 'g', count, 64), 64)
	if err != nil {
		return strconv.FormatFloat(x, 'f', -1, 64)
	}
	return strconv.FormatFloat(rounded, 'f', -1, 64)
}

// quantity writes a number of a working with what it counts.
func (v *view) quantity(i *indicators.Indicator, s progress.Symbol) string {
	number := v.plainQuantity(i, s)
	switch s.Quantity {
	case progress.InUnit:
		return string(v.inUnit(i, number))
	case progress.PerYear:
		return string(v.worded("working.per_year", string(v.change(i, s.Value))))
	case progress.Growth:
		return string(v.worded("working.per_year", number))
	case progress.Years:
		return v.years(s.Value.Value)
	case progress.Percent:
		return v.l.WithPercent(number)
	}
	return number
}

// years writes a duration.
func (v *view) years(x float64) string {
	if x == math.Trunc(x) && x >= 0 && x < 10_000 {
		return v.l.N("working.whole_years", int(x))
	}
	return string(v.worded("working.years", v.l.Number(x, 2)))
}

// bareQuantity is a result with its unit, without the words that say per what; one that
// is reckoned with further on, with all its digits.
func (v *view) bareQuantity(i *indicators.Indicator, s progress.Symbol, further bool) string {
	switch {
	case further && s.Quantity != progress.InUnit && s.Quantity != progress.PerYear:
		return v.full(s)
	case s.Quantity == progress.InUnit:
		return string(v.inUnit(i, v.plainQuantity(i, s)))
	case s.Quantity == progress.PerYear:
		return string(v.change(i, s.Value))
	case s.Quantity == progress.Percent:
		return v.l.WithPercent(v.plainQuantity(i, s))
	}
	return v.plainQuantity(i, s)
}

// plainQuantity writes the number alone: growth as a percentage, as it is spoken of.
func (v *view) plainQuantity(i *indicators.Indicator, s progress.Symbol) string {
	x := s.Value.Value
	switch s.Quantity {
	case progress.InUnit, progress.PerYear:
		return v.l.Number(x, max(decimals(i, x), digits(x)))
	case progress.Growth:
		return v.l.Percent(x, growthDecimals(x, 2))
	case progress.Percent:
		return v.l.Number(x, 1)
	case progress.Sign:
		return v.l.Signed(x, 0)
	}
	return v.l.Number(x, 3)
}

// growthDecimals is how many decimals a rate of growth has as a percentage: at least so
// many, and one more for each zero after the point, for 0,0 % is no rate.
func growthDecimals(x float64, least int) int {
	if size := math.Abs(100 * x); size > 0 && size < 1 {
		return min(least-1-int(math.Floor(math.Log10(size))), 6)
	}
	return least
}

// digits is how many decimals show three digits of a number, so that the arithmetic
// can be followed.
func digits(x float64) int {
	switch size := math.Abs(x); {
	case size == 0 || size >= 100:
		return 0
	case size >= 1:
		return 2
	default:
		return min(2-int(math.Floor(math.Log10(size))), 6)
	}
}

func (v *view) quantityOfCut(s progress.Symbol) string {
	if s.Quantity == progress.Growth {
		return string(v.worded("working.per_year", v.l.Percent(s.Value.Value, 2)))
	}
	return v.l.WithPercent(v.l.Number(s.Value.Value, 0))
}
