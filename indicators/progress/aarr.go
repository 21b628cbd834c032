package progress

import "math"

// aarrVersion counts the editions of aarr_regression that give other figures.
const aarrVersion = 1

// AARR is the answer of aarr_regression.
type AARR struct {
	Percent Number `json:"aarr_percent"`
	Reason  Reason `json:"reason,omitempty"`
}

// AverageAnnualReduction is UNICEF's average annual rate of reduction by regression,
// in percent a year; negative where the value grows.
//
//	AARR = 100·(1 − e^c)       c the slope of ln v on the year, by least squares
//
// Source: UNICEF, technical note on the AARR; WHO's billionaiRe (get_aarr) computes
// the same. Values must be above zero, and of two years at least.
func AverageAnnualReduction(s Series) AARR {
	logs, ok := s.samples().through(math.Log)
	if !ok {
		return AARR{Reason: NotPositive}
	}
	if logs.len() < 2 {
		return AARR{Reason: TooFewValues}
	}
	r := regress(logs, nil)
	if a := (AARR{Percent: Num(-100 * math.Expm1(r.slope))}); a.Percent.Valid {
		return a
	}
	if math.IsNaN(r.slope) {
		return AARR{Reason: OnePeriod}
	}
	return AARR{Reason: OutOfRange}
}
