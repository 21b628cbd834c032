package progress

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// Every place of every kind of numbers is what sorting puts there.
func TestNthIsThatOfTheSortedNumbers(t *testing.T) {
	chance := rand.New(rand.NewPCG(1, 2))
	for name, number := range map[string]func(n int) float64{
		"scattered":   func(int) float64 { return chance.NormFloat64() },
		"rising":      func(n int) float64 { return float64(n) },
		"falling":     func(n int) float64 { return -float64(n) },
		"few values":  func(int) float64 { return float64(chance.IntN(3)) },
		"all equal":   func(int) float64 { return 7 },
		"organ pipes": func(n int) float64 { return math.Abs(float64(n) - 150) },
		"infinite":    func(n int) float64 { return math.Inf(n%3 - 1) },
	} {
		for _, count := range []int{1, 2, 16, 17, 300} {
			x := make([]float64, count)
			for n := range x {
				x[n] = number(n)
			}
			sorted := slices.Sorted(slices.Values(x))
			if got, want := medianOf(slices.Clone(x)), median(sorted); got != want && !math.IsNaN(want) {
				t.Errorf("%s: the median of %d is %v, want %v", name, count, got, want)
			}
			for place, want := range sorted { // of numbers that have been moved already
				if got := nth(x, place); got != want || x[place] != want {
					t.Fatalf("%s: number %d of %d is %v, at its place %v, want %v", name, place, count, got, x[place], want)
				}
			}
			if slices.Sort(x); !slices.Equal(x, sorted) {
				t.Errorf("%s: numbers of %d were lost", name, count)
			}
		}
	}
}
