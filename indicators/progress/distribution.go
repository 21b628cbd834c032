package progress

import "math"

// The distributions that intervals and p-values are read from: the normal one and
// Student's t, with as many degrees of freedom as a series leaves. Probabilities
// below a half are accurate to 1e-12 of themselves, as are quantiles, while the
// degrees of freedom are in the thousands; to 1e-10 at ten million.

// normalCDF is the share of a standard normal distribution up to z.
func normalCDF(z float64) float64 { return math.Erfc(-z/math.Sqrt2) / 2 }

// normalQuantile is the z with the share p of a standard normal distribution below
// it: NaN unless 0 < p < 1.
func normalQuantile(p float64) float64 {
	switch {
	case !(p > 0 && p < 1):
		return math.NaN()
	case p > 0.5:
		return -normalQuantile(1 - p)
	}
	z := -math.Sqrt2 * math.Erfinv(1-2*p)
	if math.IsInf(z, 0) { // 1-2p has lost p: begin where the tail is about that thin
		z = -math.Sqrt(-2 * math.Log(p))
	}
	for range 20 { // Newton: far out in the tail the first guess has few digits
		step := (normalCDF(z) - p) * math.Sqrt(2*math.Pi) * math.Exp(z*z/2)
		z -= step
		if math.Abs(step) <= 1e-14*math.Abs(z) {
			break
		}
	}
	return z
}

// studentCDF is the share of Student's t distribution with df degrees of freedom
// up to t.
func studentCDF(t, df float64) float64 {
	if t > 0 {
		return 1 - studentTail(t, df)
	}
	return studentTail(-t, df)
}

// studentTail is the share beyond t ≥ 0: half the incomplete beta function
// I(df/(df+t²); df/2, 1/2). It keeps its digits where the share is tiny.
func studentTail(t, df float64) float64 {
	if math.IsNaN(t) || !(df > 0) {
		return math.NaN()
	}
	square := t / math.Sqrt(df)
	square *= square
	return betaShare(1/(1+square), 1/(1+1/square), df/2) / 2
}

// betaShare is the regularised incomplete beta function I(x; a, 1/2), given x and
// its complement y = 1-x, each with all its digits. The continued fraction is taken
// on the side where it converges fast.
func betaShare(x, y, a float64) float64 {
	const b = 0.5
	if x <= 0 {
		return 0
	}
	if y <= 0 {
		return 1
	}
	front := math.Exp(a*math.Log(x)+b*math.Log(y)+logGammaStep(a)) / math.Sqrt(math.Pi)
	if x > 1-1e-3 { // near 1 the logarithm of x itself would lose digits
		front = math.Exp(a*math.Log1p(-y)+b*math.Log(y)+logGammaStep(a)) / math.Sqrt(math.Pi)
	}
	if x < (a+1)/(a+b+2) {
		return front * betaFraction(x, a, b) / a
	}
	return 1 - front*betaFraction(y, b, a)/b
}

// betaFraction is the continued fraction of the incomplete beta function, by
// Lentz's method (Abramowitz & Stegun 26.5.8).
func betaFraction(x, a, b float64) float64 {
	const tiny = 1e-300 // in place of a zero that would be divided by
	nonzero := func(v float64) float64 {
		if math.Abs(v) < tiny {
			return tiny
		}
		return v
	}
	c, d := 1.0, 1/nonzero(1-(a+b)*x/(a+1))
	h := d
	for k := 1.0; k <= 10_000; k++ {
		even := k * (b - k) * x / ((a + 2*k - 1) * (a + 2*k))
		d = 1 / nonzero(1+even*d)
		c = nonzero(1 + even/c)
		h *= d * c
		odd := -(a + k) * (a + b + k) * x / ((a + 2*k) * (a + 2*k + 1))
		d = 1 / nonzero(1+odd*d)
		c = nonzero(1 + odd/c)
		h *= d * c
		if math.Abs(d*c-1) < 1e-15 {
			break
		}
	}
	return h
}

// logGammaStep is ln Γ(a+1/2) - ln Γ(a). Of large a the difference of two large
// logarithms would keep few digits; there its series in 1/a takes over.
func logGammaStep(a float64) float64 {
	if a > 50 {
		r := 1 / a
		return math.Log(a)/2 - r/8 + r*r*r/192 - r*r*r*r*r/640
	}
	more, _ := math.Lgamma(a + 0.5)
	less, _ := math.Lgamma(a)
	return more - less
}

// studentDensity is the density of Student's t at t.
func studentDensity(t, df float64) float64 {
	return math.Exp(logGammaStep(df/2)-(df+1)/2*math.Log1p(t*t/df)) / math.Sqrt(df*math.Pi)
}

// studentQuantile is the t with the share p of Student's distribution below it: NaN
// unless 0 < p < 1 and df > 0. Newton's steps, held within a bracket.
func studentQuantile(p, df float64) float64 {
	switch {
	case !(p > 0 && p < 1 && df > 0):
		return math.NaN()
	case p == 0.5:
		return 0
	case p < 0.5:
		return -upperQuantile(p, df)
	}
	return upperQuantile(1-p, df)
}

// upperQuantile is the t beyond which the share tail < 1/2 lies. The normal
// quantile, widened by the first terms of its series in 1/df, is the first guess.
func upperQuantile(tail, df float64) float64 {
	z := -normalQuantile(tail)
	low, high := 0.0, math.MaxFloat64
	t := z + z*(z*z+1)/(4*df) + z*(5*z*z*z*z+16*z*z+3)/(96*df*df)
	for range 2000 { // a bracket as wide as the floats themselves is halved that often
		off := studentTail(t, df) - tail
		if off > 0 {
			low = t
		} else {
			high = t
		}
		next := t + off/studentDensity(t, df)
		if !(next > low && next < high) {
			next = middle(low, high)
		}
		if math.Abs(next-t) <= 1e-13*next {
			return next
		}
		t = next
	}
	return t
}

// middle halves a bracket; a very wide one by its order of magnitude.
func middle(low, high float64) float64 {
	if high > 4*low && low > 0 {
		return math.Sqrt(low) * math.Sqrt(high)
	}
	if high == math.MaxFloat64 {
		return 1
	}
	return low + (high-low)/2
}
