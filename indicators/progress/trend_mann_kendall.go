package progress

import "math"

// mannKendallVersion counts the editions of trend_mann_kendall that give other figures.
const mannKendallVersion = 1

// MannKendall is the answer of trend_mann_kendall.
type MannKendall struct {
	S      Number `json:"S"`   // pairs that rise less pairs that fall
	Tau    Number `json:"tau"` // tau-b: −1 always falling, 1 always rising
	P      Number `json:"p_value"`
	Reason Reason `json:"reason,omitempty"`
}

// exactKendall is the number of values from which the normal distribution stands in
// for the exact one, as in R.
const exactKendall = 50

// TrendMannKendall tests whether values rise or fall, whatever the shape.
//
//	S = Σ sign(yj − yi) over i before j
//	tau = S ÷ √(n0·(n0 − n1))      n0 = n(n−1)/2 pairs, n1 of them equal
//
// p is two-sided. Without equal values, and below 50 of them, it is exact: twice the
// share of all orders of n values that are at least as uneven; else it is normal,
// z = S ÷ √V without continuity correction, V as for Theil and Sen. Source: Mann
// (1945), Kendall (1970); R's cor.test(method = "kendall") gives the same. Values
// that are all equal have S = 0 and neither tau nor p; two values of one year no
// order, hence no answer.
func TrendMannKendall(s Series) MannKendall { return mannKendall(s.samples()) }

func mannKendall(s samples) MannKendall {
	n := s.len()
	switch {
	case n < 2:
		return MannKendall{Reason: TooFewValues}
	case n > maxPairedValues:
		return MannKendall{Reason: TooManyValues}
	case s.repeated():
		return MannKendall{Reason: RepeatedPeriod}
	}
	rising, falling := 0, 0
	for j := range s.y {
		for i := range j {
			if s.y[j] > s.y[i] {
				rising++
			} else if s.y[j] < s.y[i] {
				falling++
			}
		}
	}
	pairs, unequal := n*(n-1)/2, rising+falling
	k := MannKendall{S: Num(float64(rising - falling))}
	if unequal == 0 {
		k.Reason = NoSpread
		return k
	}
	k.Tau = Num(k.S.Value / math.Sqrt(float64(pairs)*float64(unequal)))
	if unequal == pairs && n < exactKendall {
		k.P = Num(min(1, 2*inversionsUpTo(n, min(rising, falling))))
	} else {
		k.P = Num(2 * normalCDF(-math.Abs(k.S.Value)/math.Sqrt(s.kendallVariance(false))))
	}
	return k
}

// inversionsUpTo is the share of the orders of n different values that have at most
// limit inversions. Each further value adds 0 to m-1 of them, all equally likely.
func inversionsUpTo(n, limit int) float64 {
	share, next := make([]float64, limit+1), make([]float64, limit+1)
	share[0] = 1
	for m := 2; m <= n; m++ {
		window := 0.0
		for k := range share {
			window += share[k]
			if k >= m {
				window -= share[k-m]
			}
			next[k] = window / float64(m)
		}
		share, next = next, share
	}
	sum := 0.0
	for _, p := range share {
		sum += p
	}
	return sum
}
