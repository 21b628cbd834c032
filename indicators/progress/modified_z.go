package progress

import "slices"

// UnusualZ is the modified z-score beyond which a value is called an outlier: Iglewicz
// and Hoaglin (1993), How to Detect and Handle Outliers, ASQC Quality Press.
const UnusualZ = 3.5

// A Spread is the middle of some numbers and how far from it they usually lie, both so
// measured that a few wild ones change next to nothing.
type Spread struct {
	Median float64
	MAD    float64 // median of the absolute deviations from the median
}

// SpreadOf measures numbers, none of them NaN, of which there is at least one. x is left
// in another order.
func SpreadOf(x []float64) Spread {
	s := Spread{Median: medianOf(x)}
	deviations := slices.Clone(x)
	for n, v := range deviations {
		deviations[n] = max(v-s.Median, s.Median-v)
	}
	s.MAD = medianOf(deviations)
	return s
}

// ModifiedZ is the modified z-score of a value,
//
//	M = 0.6745·(x − median) ÷ MAD
//
// 0.6745 being the quartile of the normal distribution, so that M is an ordinary z-score
// where numbers are normal. Where more than half of the numbers are equal, MAD is 0 and
// nothing but least keeps the score finite: a MAD below least is taken for least. Source:
// Iglewicz and Hoaglin (1993).
func (s Spread) ModifiedZ(x, least float64) float64 {
	if x == s.Median {
		return 0
	}
	return 0.6745 * (x - s.Median) / max(s.MAD, least)
}
