package web

import (
	"math"
	"strconv"
	"strings"

	"jalon/indicators"
)

// A unit is how an indicator's values are exposed: the end of the metric's name,
// and what turns the stored number into base units.
type unit struct {
	suffix string
	help   string  // " in seconds": the end of the help text
	shift  int     // powers of ten, applied to the digits
	times  float64 // 0 = 1
}

// Seconds of the units of time. Months and years are the mean ones of the
// Gregorian calendar, 365.2425 days a year.
func secondsOf(unit string) float64 {
	switch unit {
	case "SECONDS", "SECOND":
		return 1
	case "MINUTES", "MINUTE", "MIN":
		return 60
	case "HOURS", "HOUR":
		return 3600
	case "DAYS", "DAY":
		return 86_400
	case "WEEKS", "WEEK":
		return 604_800
	case "MONTHS", "MONTH":
		return 2_629_746
	case "YEARS", "YEAR":
		return 31_556_952
	}
	return 0
}

// unitOf files an indicator under its family: one metric name never mixes
// percentages, durations, currencies and counts.
func unitOf(i *indicators.Indicator) unit {
	switch i.Kind {
	case "percent":
		return unit{suffix: "_ratio", help: " as a share, percentages divided by 100", shift: -2}
	case "ratio":
		return unit{suffix: "_ratio", help: " as a share, percentages divided by 100"}
	case "amount":
		if currency, shift, found := currencyOf(i.Unit); found {
			return unit{suffix: "_" + strings.ToLower(currency), help: " in " + currency, shift: shift}
		}
	case "number":
		if seconds := secondsOf(strings.ToUpper(i.Unit)); seconds > 0 {
			return unit{suffix: "_seconds", help: " in seconds, converted from the indicator's unit of time", times: seconds}
		}
	}
	return unit{help: " in the indicator's own unit"}
}

// currencyOf reads a currency, or thousands, millions or billions of it: TND, TND_K,
// TND_M, TND_B.
func currencyOf(unit string) (currency string, shift int, found bool) {
	currency, scale, _ := strings.Cut(unit, "_")
	shift, known := map[string]int{"": 0, "K": 3, "M": 6, "B": 9}[scale]
	if !known || len(currency) != 3 {
		return "", 0, false
	}
	for _, c := range []byte(currency) {
		if c < 'A' || c > 'Z' {
			return "", 0, false
		}
	}
	return currency, shift, true
}

// of turns a stored number, as plain digits, into base units. Powers of ten move
// the point: 21.3 percent is 0.213 to the last digit.
func (u unit) of(digits string) float64 {
	value, err := strconv.ParseFloat(digits+"e"+strconv.Itoa(u.shift), 64)
	if err != nil {
		return math.NaN() // left out by gauge
	}
	if u.times != 0 {
		value *= u.times
	}
	return value
}

func (u unit) ofFloat(value float64) float64 {
	return u.of(strconv.FormatFloat(value, 'f', -1, 64))
}
