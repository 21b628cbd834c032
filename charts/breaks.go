package charts

import "math"

// naturalBreaks sorts ascending values into at most so many classes whose members
// differ least from each other (Fisher, "On grouping for maximum homogeneity", JASA
// 1958), and gives where each class starts. Equal values share a class.
func naturalBreaks(values []float64, most int) []int {
	n := len(values)
	distinct := 0
	for i := range values {
		if i == 0 || values[i] != values[i-1] {
			distinct++
		}
	}
	k := min(most, distinct)
	if k == 0 {
		return nil
	}
	cost := deviation(values)
	best := make([][]float64, k+1) // best[c][i]: least deviation of the first i values in c classes
	from := make([][]int, k+1)
	for c := range best {
		best[c], from[c] = make([]float64, n+1), make([]int, n+1)
		for i := range best[c] {
			best[c][i] = math.Inf(1)
		}
	}
	best[0][0] = 0
	for c := 1; c <= k; c++ {
		for i := 1; i <= n; i++ {
			for j := range i {
				if j > 0 && values[j] == values[j-1] {
					continue
				}
				if total := best[c-1][j] + cost(j, i); total < best[c][i] {
					best[c][i], from[c][i] = total, j
				}
			}
		}
	}
	starts := make([]int, k)
	for c, end := k, n; c > 0; c-- {
		starts[c-1] = from[c][end]
		end = from[c][end]
	}
	return starts
}

// deviation gives the sum of squares around the mean of values[i:j]. Values are taken
// around their middle, against the loss of digits.
func deviation(values []float64) func(i, j int) float64 {
	sum, squares := make([]float64, len(values)+1), make([]float64, len(values)+1)
	scale := max(values[len(values)-1]-values[0], math.SmallestNonzeroFloat64)
	for n, v := range values {
		v = (v - values[0]) / scale
		sum[n+1], squares[n+1] = sum[n]+v, squares[n]+v*v
	}
	return func(i, j int) float64 {
		s := sum[j] - sum[i]
		return max(squares[j]-squares[i]-s*s/float64(j-i), 0)
	}
}
