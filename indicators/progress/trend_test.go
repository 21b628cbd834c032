package progress

import (
	"math"
	"testing"
)

// orders calls visit with every order of the numbers from 0 to n-1.
func orders(n int, visit func([]int)) {
	order := make([]int, n)
	for i := range order {
		order[i] = i
	}
	var place func(int)
	place = func(k int) {
		if k == n {
			visit(order)
			return
		}
		for i := k; i < n; i++ {
			order[k], order[i] = order[i], order[k]
			place(k + 1)
			order[k], order[i] = order[i], order[k]
		}
	}
	place(0)
}

// The table of squared rank differences against all orders, counted one by one.
func TestRankDistancesAreAllOrders(t *testing.T) {
	for n := 2; n <= 9; n++ {
		counted := map[int]uint16{}
		orders(n, func(order []int) {
			sum := 0
			for i, place := range order {
				sum += (i - place) * (i - place)
			}
			counted[sum]++
		})
		table := rankDistances(n)
		for half, want := range table {
			if counted[2*half] != want {
				t.Errorf("%d ranks, sum %d: %d orders, the table says %d", n, 2*half, counted[2*half], want)
			}
		}
		if all := (n*n*n-n)/6 + 1; len(table) != all/2+1 {
			t.Errorf("%d ranks: %d entries do not reach the middle of %d", n, len(table), all)
		}
	}
}

func TestInversionsAreAllOrders(t *testing.T) {
	for n := 2; n <= 8; n++ {
		pairs := n * (n - 1) / 2
		counted, total := make([]int, pairs+1), 0
		orders(n, func(order []int) {
			inverted := 0
			for j := range order {
				for i := range j {
					if order[i] > order[j] {
						inverted++
					}
				}
			}
			counted[inverted]++
			total++
		})
		sum := 0
		for limit, count := range counted {
			sum += count
			if got, want := inversionsUpTo(n, limit), float64(sum)/float64(total); math.Abs(got/want-1) > 1e-12 {
				t.Errorf("%d values, up to %d inversions: %v, want %v", n, limit, got, want)
			}
		}
	}
}

func TestTrends(t *testing.T) {
	from := func(values ...float64) (s Series) {
		for n, v := range values {
			s = append(s, Reading{2010 + n, v})
		}
		return s
	}
	for _, tt := range []struct {
		name     string
		s        Series
		kendall  MannKendall
		spearman Spearman
	}{
		{"nothing", nil, MannKendall{Reason: TooFewValues}, Spearman{Reason: TooFewValues}},
		{"one value", from(3), MannKendall{Reason: TooFewValues}, Spearman{Reason: TooFewValues}},
		{"two values", from(3, 4), MannKendall{S: Num(1), Tau: Num(1), P: Num(1)}, Spearman{Rho: Num(1), P: Num(1), Category: TrendNone}},
		{"constant", from(5, 5, 5), MannKendall{S: Num(0), Reason: NoSpread}, Spearman{Reason: NoSpread}},
		{"three rising", from(1, 2, 3), MannKendall{S: Num(3), Tau: Num(1), P: Num(2.0 / 6)}, Spearman{Rho: Num(1), P: Num(2.0 / 6), Category: TrendNone}},
		{"five falling", from(9, 7, 4, 2, 1), MannKendall{S: Num(-10), Tau: Num(-1), P: Num(2.0 / 120)}, Spearman{Rho: Num(-1), P: Num(2.0 / 120), Category: TrendDecreasing}},
		{"up and down", from(1, 3, 2), MannKendall{S: Num(1), Tau: Num(1.0 / 3), P: Num(1)}, Spearman{Rho: Num(0.5), P: Num(1), Category: TrendNone}},
	} {
		if got := TrendMannKendall(tt.s); !sameNumbers(got.S, tt.kendall.S) || !sameNumbers(got.Tau, tt.kendall.Tau) || !sameNumbers(got.P, tt.kendall.P) || got.Reason != tt.kendall.Reason {
			t.Errorf("%s: Mann-Kendall %+v, want %+v", tt.name, got, tt.kendall)
		}
		got, want := TrendSpearman(tt.s, DefaultSpearman()), tt.spearman
		if !sameNumbers(got.Rho, want.Rho) || !sameNumbers(got.P, want.P) || got.Category != want.Category || got.Reason != want.Reason {
			t.Errorf("%s: Spearman %+v, want %+v", tt.name, got, want)
		}
	}
}

// Two values of one year have no order, but a mean rank.
func TestTrendsWithTwoValuesOfOneYear(t *testing.T) {
	s := Series{{2010, 1}, {2011, 2}, {2011, 4}, {2012, 3}}
	if got := TrendMannKendall(s); got != (MannKendall{Reason: RepeatedPeriod}) {
		t.Errorf("Mann-Kendall %+v", got)
	}
	rho := 3 / math.Sqrt(22.5) // Σ dx·dy = 3, Σ dx² = 4.5, Σ dy² = 5
	p := 1 - rho               // of Student's t on two degrees of freedom
	if got := TrendSpearman(s, DefaultSpearman()); !sameNumbers(got.Rho, Num(rho)) || !sameNumbers(got.P, Num(p)) {
		t.Errorf("Spearman %+v, want rho %v, p %v", got, rho, p)
	}
}

// From fifty values on the normal distribution serves; the exact one agrees.
func TestMannKendallOfManyValues(t *testing.T) {
	var s Series
	for n := range 60 {
		s = append(s, Reading{1960 + n, float64(n) + 80*math.Sin(float64(n*n))})
		if n != 48 && n != 49 {
			continue
		}
		k := TrendMannKendall(s)
		exact := 2 * inversionsUpTo(n+1, (n*(n+1)/2-int(math.Abs(k.S.Value)))/2)
		if math.Abs(k.P.Value/exact-1) > 0.05 || n < 49 && k.P.Value != exact {
			t.Errorf("%d values: p %v, exactly %v", n+1, k.P.Value, exact)
		}
	}
	if k := TrendMannKendall(make(Series, maxPairedValues+1)); k.Reason != TooManyValues {
		t.Errorf("without end: %+v", k)
	}
}

func sameNumbers(a, b Number) bool { return a.Valid == b.Valid && math.Abs(a.Value-b.Value) < 1e-12 }
