package progress

import "math"

// samples are values y at times x, in years, in the order of time.
type samples struct{ x, y []float64 }

func (s samples) len() int { return len(s.x) }

// last is the time of the newest sample; NaN of none.
func (s samples) last() float64 {
	if len(s.x) == 0 {
		return math.NaN()
	}
	return s.x[len(s.x)-1]
}

// through applies a transformation to the values. It is refused (ok is false) as a
// whole where one value has none: leaving that one out would bend the line.
func (s samples) through(f func(float64) float64) (_ samples, ok bool) {
	y := make([]float64, len(s.y))
	for n, v := range s.y {
		if y[n] = f(v); math.IsNaN(y[n]) || math.IsInf(y[n], 0) {
			return samples{}, false
		}
	}
	return samples{s.x, y}, true
}

// repeated tells whether two samples are of the same time.
func (s samples) repeated() bool {
	for n := 1; n < len(s.x); n++ {
		if s.x[n] == s.x[n-1] {
			return true
		}
	}
	return false
}

// A regression is the least-squares line
//
//	y = level + slope × (x − centre)
//
// through n samples. What the samples do not determine is NaN: the line where all
// are of one time, its scatter with fewer than three.
type regression struct {
	n         int
	plainMean float64 // of x
	centre    float64 // mean of x by weight: the plain one without weights
	level     float64 // the line at centre
	slope     float64 // per year
	sxx       float64 // Σ w (x − centre)²
	scatter   float64 // residual standard deviation, on n-2 degrees of freedom
	rSquared  float64
	watson    float64 // Durbin-Watson: 2 without autocorrelation, towards 0 with a positive one
}

// regress fits the line, by weights w unless those are nil. Sums are taken around
// the means, in a unit that brings the values near 1, so that 1e15 and 1e-15 keep
// their digits.
func regress(s samples, w []float64) regression {
	r := regression{n: s.len()}
	unit := unitOf(s.y)
	weight := func(int) float64 { return 1 }
	if w != nil {
		weight = func(n int) float64 { return w[n] }
	}
	total := 0.0
	for n, x := range s.x {
		total += weight(n)
		r.plainMean += x
		r.centre += weight(n) * x
		r.level += weight(n) * (s.y[n] / unit)
	}
	r.plainMean /= float64(r.n)
	r.centre /= total
	r.level /= total
	sxy, syy := 0.0, 0.0
	for n, x := range s.x {
		dx, dy := x-r.centre, s.y[n]/unit-r.level
		r.sxx += weight(n) * dx * dx
		sxy += weight(n) * dx * dy
		syy += weight(n) * dy * dy
	}
	r.slope = sxy / r.sxx
	if r.n == 0 || s.x[0] == s.x[r.n-1] {
		r.slope, r.sxx = math.NaN(), math.NaN() // all of one time, whatever rounding left of sxx
	}
	r.residuals(s, weight, unit, syy)
	r.level *= unit
	r.slope *= unit
	r.scatter *= unit
	return r
}

// residuals fills what the distances from the line tell. Distances that are no more
// than the rounding of the values themselves count as none.
func (r *regression) residuals(s samples, weight func(int) float64, unit, syy float64) {
	sse, steps, before, largest := 0.0, 0.0, 0.0, 0.0
	for n, x := range s.x {
		y := s.y[n] / unit
		e := y - r.level - r.slope*(x-r.centre)
		sse += weight(n) * e * e
		if n > 0 {
			steps += (e - before) * (e - before)
		}
		before = e
		largest = max(largest, math.Abs(y))
	}
	r.watson = steps / sse
	r.rSquared = 1 - sse/syy
	r.scatter = math.NaN()
	if r.n > 2 {
		r.scatter = math.Sqrt(sse / float64(r.n-2))
	}
	const rounding = 8 * 0x1p-52
	if r.scatter <= rounding*largest {
		r.scatter, r.watson = 0, math.NaN()
	}
	if math.Sqrt(syy/float64(r.n)) <= rounding*largest { // constant
		r.rSquared = math.NaN()
	}
}

// at is the line at time x.
func (r *regression) at(x float64) float64 { return r.level + r.slope*(x-r.centre) }

// df are the degrees of freedom that the line leaves.
func (r *regression) df() int { return max(0, r.n-2) }

// slopeError is the standard error of the slope.
func (r *regression) slopeError() float64 { return r.scatter / math.Sqrt(r.sxx) }

// slopeP is the two-sided p-value of "the slope is 0". A line without scatter has
// none: nothing tells how far off it might be.
func (r *regression) slopeP() float64 {
	if !(r.scatter > 0) {
		return math.NaN()
	}
	return 2 * studentTail(math.Abs(r.slope/r.slopeError()), float64(r.df()))
}

// errorAt is the standard error of predicting a new value at time x.
func (r *regression) errorAt(x float64) float64 {
	d := x - r.centre
	return r.scatter * math.Sqrt(1+1/float64(r.n)+d*d/r.sxx)
}

// unitOf is the power of two next to the largest value: dividing by it changes no
// digit. It is 1 for all zeros.
func unitOf(y []float64) float64 {
	largest := 0.0
	for _, v := range y {
		largest = max(largest, math.Abs(v))
	}
	if largest == 0 || math.IsNaN(largest) || math.IsInf(largest, 0) {
		return 1
	}
	_, exponent := math.Frexp(largest)
	return math.Ldexp(1, min(max(exponent, -1000), 1000))
}
