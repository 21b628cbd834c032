package progress

import (
	"cmp"
	"math"
	"slices"
)

// spearmanVersion counts the editions of trend_spearman that give other figures.
const spearmanVersion = 1

// SpearmanOptions are the options of trend_spearman.
type SpearmanOptions struct {
	Significance float64 `json:"significance"` // a trend is one if p is below; OECD: 0.10
}

// DefaultSpearman is OECD's level of significance.
func DefaultSpearman() SpearmanOptions { return SpearmanOptions{Significance: 0.10} }

// A SpearmanCategory is a category of trend_spearman.
type SpearmanCategory string

// The categories.
const (
	TrendIncreasing SpearmanCategory = "increasing"
	TrendDecreasing SpearmanCategory = "decreasing"
	TrendNone       SpearmanCategory = "no_identifiable_trend"
)

// Spearman is the answer of trend_spearman.
type Spearman struct {
	Rho      Number           `json:"rho"` // −1 always falling, 1 always rising
	P        Number           `json:"p_value"`
	Category SpearmanCategory `json:"category"` // empty where there is no p
	Reason   Reason           `json:"reason,omitempty"`
}

// TrendSpearman tests whether values rise or fall with the years by their ranks.
//
//	rho = correlation of the ranks of v and t; equal ones share their mean rank
//	p, two-sided: up to 9 values without equal ones, twice the share of all orders
//	that are at least as uneven; else t = rho·√((n−2) ÷ (1−rho²)) on n−2 degrees
//	of freedom, and 0 at |rho| = 1
//
// Source: R's cor.test(method = "spearman"), the test of OECD's Measuring Distance
// (2022). Values that are all equal have no rho, two values no p beyond 1.
func TrendSpearman(s Series, o SpearmanOptions) Spearman { return spearman(s.samples(), o) }

func spearman(s samples, o SpearmanOptions) Spearman {
	n := s.len()
	switch {
	case !(o.Significance > 0 && o.Significance < 1):
		return Spearman{Reason: BadOption}
	case n < 2:
		return Spearman{Reason: TooFewValues}
	}
	xRanks, xTied := ranks(s.x)
	yRanks, yTied := ranks(s.y)
	sxx, syy, sxy, apart := 0.0, 0.0, 0.0, 0.0
	mean := float64(n+1) / 2
	for i := range xRanks {
		dx, dy := xRanks[i]-mean, yRanks[i]-mean
		sxx, syy, sxy = sxx+dx*dx, syy+dy*dy, sxy+dx*dy
		apart += (xRanks[i] - yRanks[i]) * (xRanks[i] - yRanks[i])
	}
	if sxx == 0 || syy == 0 {
		return Spearman{Reason: NoSpread}
	}
	r := Spearman{Rho: Num(max(-1, min(1, sxy/math.Sqrt(sxx*syy))))}
	tied := xTied || yTied
	switch rho := r.Rho.Value; {
	case !tied && n <= 9:
		r.P = Num(exactSpearman(n, int(apart)))
	case n < 3: // ties in one of two would have left no spread
		return Spearman{Reason: TooFewValues}
	case math.Abs(rho) == 1:
		r.P = Num(0)
	default:
		df := float64(n - 2)
		r.P = Num(2 * studentTail(math.Abs(rho)*math.Sqrt(df/(1-rho*rho)), df))
	}
	r.Category = TrendNone
	if r.P.Value < o.Significance && r.Rho.Value > 0 {
		r.Category = TrendIncreasing
	} else if r.P.Value < o.Significance {
		r.Category = TrendDecreasing
	}
	return r
}

// ranks counts from 1, by size; equal numbers share the mean of their places.
func ranks(values []float64) (_ []float64, tied bool) {
	order := make([]int, len(values))
	for n := range order {
		order[n] = n
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Compare(values[a], values[b]) })
	all := make([]float64, len(values))
	for from := 0; from < len(order); {
		to := from
		for to < len(order) && values[order[to]] == values[order[from]] {
			to++
		}
		tied = tied || to-from > 1
		for n := from; n < to; n++ {
			all[order[n]] = float64(from+to+1) / 2
		}
		from = to
	}
	return all, tied
}

// exactSpearman is the two-sided p of n different ranks, of which the squares of
// the differences sum to apart: 0 in order, (n³−n)/3 in reverse.
func exactSpearman(n, apart int) float64 {
	apart = min(apart, (n*n*n-n)/3-apart) // either tail is the other's mirror image
	orders, total := 0, 1
	for k := 2; k <= n; k++ {
		total *= k
	}
	for half, count := range rankDistances(n) {
		if 2*half <= apart {
			orders += int(count)
		}
	}
	return min(1, 2*float64(orders)/float64(total))
}

// rankDistances counts the orders of n ranks whose squared differences sum to 0, 2,
// 4 and so on, up to the middle of the range; the rest mirrors it. These are the
// rows of the triangle A175929 of the On-Line Encyclopedia of Integer Sequences.
func rankDistances(n int) []uint16 {
	switch n {
	case 2:
		return []uint16{1, 1}
	case 3:
		return []uint16{1, 2, 0}
	case 4:
		return []uint16{1, 3, 1, 4, 2, 2}
	case 5:
		return []uint16{1, 4, 3, 6, 7, 6, 4, 10, 6, 10, 6}
	case 6:
		return []uint16{1, 5, 6, 9, 16, 12, 14, 24, 20, 21, 23, 28, 24, 34, 20, 32, 42, 29, 29}
	case 7:
		return []uint16{
			1, 6, 10, 14, 29, 26, 35, 46, 55, 54, 74, 70, 84, 90, 78, 90, 129, 106, 123, 134, 147, 98, 168, 130,
			175, 144, 168, 144, 184,
		}
	case 8:
		return []uint16{
			1, 7, 15, 22, 47, 54, 70, 94, 129, 124, 178, 183, 237, 238, 276, 264, 379, 349, 380, 400, 517, 394,
			542, 492, 640, 557, 666, 595, 776, 684, 786, 718, 922, 745, 917, 781, 982, 826, 950, 844, 1066, 845, 936,
		}
	}
	return []uint16{
		1, 8, 21, 34, 72, 102, 130, 190, 260, 284, 398, 454, 555, 616, 756, 744, 1022, 1042, 1159, 1282, 1555,
		1392, 1719, 1758, 2009, 2032, 2282, 2214, 2676, 2590, 2878, 2928, 3397, 3138, 3647, 3568, 3921, 3866,
		4311, 4050, 4852, 4492, 4816, 4784, 5505, 4954, 5638, 5304, 5890, 5486, 6188, 5502, 6436, 5822, 6233,
		6024, 6697, 5720, 6672, 6020, 6688,
	}
}
