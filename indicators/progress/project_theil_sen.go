package progress

import (
	"math"
	"slices"
)

// theilSenVersion counts the editions of project_theil_sen that give other figures.
const theilSenVersion = 1

// TheilSenOptions are the options of project_theil_sen.
type TheilSenOptions struct {
	PredictYear int     `json:"predict_year"` // the year in question: it must be given
	Alpha       float64 `json:"alpha"`        // confidence level of the slope's interval, 0.95
}

// maxPairedValues bounds what compares every pair of values: a century of months fits.
const maxPairedValues = 1500

// TheilSen is the answer of project_theil_sen.
type TheilSen struct {
	Value     Number `json:"predicted_value"`
	Slope     Number `json:"slope"`         // units a year
	Intercept Number `json:"intercept"`     // at year 0
	SlopeLow  Number `json:"slope_lower95"` // at the confidence level asked for
	SlopeHigh Number `json:"slope_upper95"`
	Reason    Reason `json:"reason,omitempty"`
}

// ProjectTheilSen extends a line that one bad survey does not bend: its slope is the
// median of the slopes between all pairs of values.
//
//	slope = median of (yj − yi) ÷ (tj − ti),   intercept = median(y) − slope·median(t)
//	V = (n(n−1)(2n+5) − Σ k(k−1)(2k+5)) ÷ 18        k values that are the same
//	bounds: of the N slopes by size, number round((N − z√V) ÷ 2) and
//	        number round((N + z√V) ÷ 2) + 1         z the normal quantile of (1+α) ÷ 2
//
// Source: Sen (1968), as scipy's theilslopes. Pairs of one year are left out. There
// is no interval for the value: a slope's says nothing about the scatter.
func ProjectTheilSen(s Series, o TheilSenOptions) TheilSen {
	return theilSen(s.samples(), yearOf(o.PredictYear, nil), o.Alpha)
}

func theilSen(s samples, x, alpha float64) TheilSen {
	switch n := s.len(); {
	case math.IsNaN(x):
		return TheilSen{Reason: NoTarget}
	case !(alpha > 0 && alpha < 1):
		return TheilSen{Reason: BadOption}
	case n < 2:
		return TheilSen{Reason: TooFewValues}
	case n > maxPairedValues:
		return TheilSen{Reason: TooManyValues}
	}
	slopes := s.slopes()
	if len(slopes) == 0 {
		return TheilSen{Reason: OnePeriod}
	}
	slope, years := medianOf(slopes), median(s.x)
	level := medianOf(slices.Clone(s.y))
	t := TheilSen{
		Slope: Num(slope), Intercept: Num(level - slope*years),
		Value: Num(level + slope*(x-years)), // digits that the year 0 would take are kept
	}
	if !t.Value.Valid || !t.Slope.Valid {
		return TheilSen{Reason: OutOfRange}
	}
	count := float64(len(slopes))
	half := normalQuantile((1+alpha)/2) * math.Sqrt(s.kendallVariance(true))
	bySize := func(rank float64) Number { return Num(nth(slopes, int(min(max(rank, 1), count))-1)) }
	t.SlopeLow = bySize(math.RoundToEven((count - half) / 2))
	t.SlopeHigh = bySize(math.RoundToEven((count+half)/2) + 1)
	return t
}

// slopes are those between all pairs of different times.
func (s samples) slopes() []float64 {
	all := make([]float64, 0, s.len()*(s.len()-1)/2)
	for j := range s.x {
		for i := range j {
			if s.x[i] != s.x[j] {
				all = append(all, (s.y[j]-s.y[i])/(s.x[j]-s.x[i]))
			}
		}
	}
	return all
}

// kendallVariance is the variance of Kendall's S where there is no trend, less what
// values that are the same take away, and, if asked, times that are.
func (s samples) kendallVariance(times bool) float64 {
	term := func(k int) float64 { return float64(k) * float64(k-1) * float64(2*k+5) }
	sum := term(s.len())
	values := slices.Clone(s.y)
	slices.Sort(values)
	for _, k := range ties(values) {
		sum -= term(k)
	}
	if times {
		for _, k := range ties(s.x) {
			sum -= term(k)
		}
	}
	return max(0, sum) / 18
}

// ties are the sizes of the groups of equal numbers among sorted ones, of two and
// more each.
func ties(sorted []float64) []int {
	var groups []int
	for from, n := 0, 1; n <= len(sorted); n++ {
		if n == len(sorted) || sorted[n] != sorted[from] {
			if n-from > 1 {
				groups = append(groups, n-from)
			}
			from = n
		}
	}
	return groups
}

// median is the middle one of sorted numbers, or the mean of the two.
func median(sorted []float64) float64 {
	n := len(sorted)
	if n%2 == 1 {
		return sorted[n/2]
	}
	return sorted[n/2-1]/2 + sorted[n/2]/2
}
