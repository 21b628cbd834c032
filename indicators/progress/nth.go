package progress

import (
	"math"
	"math/bits"
	"slices"
)

// nth is the number that would stand at a place, counted from 0, if x were sorted. It
// moves the numbers of x so that none before that place is larger and none after it
// smaller. To sort the slopes of all pairs for three of them took half the time of a
// projection. x holds no NaN.
func nth(x []float64, place int) float64 {
	const few = 16 // are sorted sooner than divided
	rest, at := x, place
	for rounds := 4 * bits.Len(uint(len(x))); len(rest) > few && rounds > 0; rounds-- {
		pivot := pivotOf(rest)
		cut := divide(rest, pivot)
		if cut == 0 { // it is the least: those equal to it go before the others
			if cut = divide(rest, math.Nextafter(pivot, math.Inf(1))); at < cut {
				return pivot
			}
		}
		if at < cut {
			rest = rest[:cut]
		} else {
			rest, at = rest[cut:], at-cut
		}
	}
	slices.Sort(rest) // the few, or what pivots have divided badly all the time
	return rest[at]
}

// divide moves the numbers below the pivot before the others, and counts them. It
// does not branch on what it compares, which no processor could foresee.
func divide(x []float64, pivot float64) (below int) {
	for n, v := range x {
		x[n], x[below] = x[below], v
		step := 0
		if v < pivot {
			step = 1
		}
		below += step
	}
	return below
}

// pivotOf is the middle one of three numbers.
func pivotOf(x []float64) float64 {
	a, b, c := x[len(x)/6], x[len(x)/2], x[len(x)*5/6]
	return max(min(a, b), min(max(a, b), c))
}

// medianOf is the middle number, or the mean of the two, of numbers in any order,
// which it moves.
func medianOf(x []float64) float64 {
	half := len(x) / 2
	upper := nth(x, half)
	if len(x)%2 == 1 {
		return upper
	}
	return slices.Max(x[:half])/2 + upper/2
}
