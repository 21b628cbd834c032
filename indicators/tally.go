package indicators

// A tally adds decimals up exactly, so that ten times 0.1 reaches a target of 1.
// Where 18 digits do not suffice it goes on in floating point.
type tally struct {
	count   int
	exact   int64 // in units of the last digit of scale
	scale   uint8
	rough   float64
	isRough bool
}

func (t *tally) add(d Decimal) {
	t.count++
	if !t.isRough {
		finest := max(t.scale, d.scale)
		sum, ok := raised(t.exact, finest-t.scale)
		more, fits := raised(d.coefficient, finest-d.scale)
		if ok && fits {
			t.exact, t.scale = sum+more, finest
			return
		}
		t.rough, t.isRough = t.total(), true
	}
	t.rough += d.Float()
}

// raised is n × 10^by, if that leaves room for adding another such number.
func raised(n int64, by uint8) (int64, bool) {
	const most = 1<<62 - 1
	power := int64(powerOfTen(by))
	if limit := most / power; n > limit || n < -limit {
		return 0, false
	}
	return n * power, true
}

func (t *tally) total() float64 {
	if t.isRough {
		return t.rough
	}
	return Decimal{coefficient: t.exact, scale: t.scale, present: true}.Float()
}

// mean divides once, by a number that is exact, so that the mean of decimals is
// the float64 nearest to the true one.
func (t *tally) mean() float64 {
	if t.isRough || t.exact > 1<<53 || t.exact < -1<<53 {
		return t.total() / float64(t.count)
	}
	return float64(t.exact) / (float64(t.count) * float64(powerOfTen(t.scale)))
}
