package charts

import (
	"math"
	"strconv"
	"strings"

	"jalon/indicators"
	"jalon/locale"
)

// An axis runs from Min to Max by Step.
type axis struct{ Min, Max, Step float64 }

// valueAxis fits values between round numbers, in some n steps. It begins at 0
// where that costs little room.
func valueAxis(low, high float64, n int) axis {
	if low > 0 && low < high*0.6 {
		low = 0
	}
	if high < 0 && high > low*0.6 {
		high = 0
	}
	if high-low < 1e-9*max(math.Abs(low), math.Abs(high)) || high == low {
		low, high = min(low*1.2, 0), max(high*1.2, 0)
	}
	if low == high {
		high = 1
	}
	step := roundStep((high - low) / float64(n))
	return axis{math.Floor(low/step+1e-9) * step, math.Ceil(high/step-1e-9) * step, step}
}

// roundStep is the next of 1, 2, 2.5, 5 and 10, times a power of ten.
func roundStep(least float64) float64 {
	power := math.Pow(10, math.Floor(math.Log10(least)))
	for _, m := range []float64{1, 2, 2.5, 5} {
		if m*power >= least*(1-1e-9) {
			return m * power
		}
	}
	return 10 * power
}

func (a axis) ticks() []float64 {
	var all []float64
	for n := 0; ; n++ {
		at := a.Min + float64(n)*a.Step
		if at > a.Max+a.Step/1000 {
			return all
		}
		if math.Abs(at) < a.Step/1000 {
			at = 0
		}
		all = append(all, at)
	}
}

// decimals is how many digits after the point the ticks need.
func (a axis) decimals(divisor float64) int {
	for n := range 6 {
		scaled := a.Step / divisor * math.Pow10(n)
		if math.Abs(scaled-math.Round(scaled)) < 1e-6 {
			return n
		}
	}
	return 6
}

// A tick names a moment on the axis of time, counted in months.
type tick struct {
	month int
	text  string
}

// timeTicks names the ends of periods between two months, at most n of them and
// none shorter than the indicator's. A value stands at the end of its period, hence
// the year at its last day.
func timeTicks(l *locale.Language, from, to float64, shortest, n int) []tick {
	step := 1200
	for _, months := range []int{1, 3, 6, 12, 24, 60, 120, 240, 600} {
		if months >= shortest && (to-from)/float64(months) <= float64(n) {
			step = months
			break
		}
	}
	var all []tick
	for year := int(from)/12 - 1; year*12 <= int(to)+12; year++ {
		if step > 12 && year%(step/12) != 0 {
			continue
		}
		for end := min(step, 12); end <= 12; end += min(step, 12) {
			at := year*12 + end
			if float64(at) < from || float64(at) > to {
				continue
			}
			text := strconv.Itoa(year)
			if step < 12 {
				text = l.ShortPeriod(year, end, 1)
			}
			all = append(all, tick{at, figure(l, text)})
		}
	}
	return all
}

// A writer writes the values of one indicator, all in the same way.
type writer struct {
	l        *locale.Language
	percent  bool
	divisor  float64 // 1e6: in millions
	decimals int
}

func newWriter(l *locale.Language, i *indicators.Indicator, highest float64, figures []indicators.Figure) writer {
	w := writer{l: l, percent: i.Unit == "PERCENT" || i.UnitShown.FR == "%", divisor: 1}
	if i.Decimals != nil {
		w.decimals = *i.Decimals
	} else {
		for n := range figures {
			w.decimals = max(w.decimals, min(figures[n].Value.Scale(), 2))
		}
	}
	for _, divisor := range []float64{1e9, 1e6} {
		if highest >= divisor && w.divisor == 1 {
			w.divisor = divisor
			w.decimals = max(0, 2-int(math.Log10(highest/divisor)))
		}
	}
	return w
}

// number writes a value with the indicator's number of decimals.
func (w writer) number(v float64) string { return w.write(w.l.Number(v/w.divisor, w.decimals)) }

// exact writes a decided number with the digits it was decided with.
func (w writer) exact(d indicators.Decimal) string {
	if w.divisor == 1 {
		return w.write(w.l.Digits(d.String()))
	}
	text := strconv.FormatFloat(d.Float()/w.divisor, 'f', 3, 64)
	return w.write(w.l.Digits(strings.TrimRight(strings.TrimRight(text, "0"), ".")))
}

func (w writer) write(number string) string {
	if w.percent {
		number = w.l.WithPercent(number)
	}
	return figure(w.l, number)
}

// heading names the unit and, for large numbers, what they are counted in.
func (w writer) heading(i *indicators.Indicator) string {
	unit, _ := i.UnitShown.In(w.l.Code)
	if unit == "" {
		unit = i.Unit
	}
	unit = plain(unit)
	switch w.divisor {
	case 1e6:
		return w.l.T("chart.millions", unit)
	case 1e9:
		return w.l.T("chart.billions", unit)
	}
	return unit
}

func period(l *locale.Language, p indicators.Period) string {
	return figure(l, l.ShortPeriod(p.Year(), p.StartMonth()%12+1, p.Months()))
}
