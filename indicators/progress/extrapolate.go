package progress

import "math"

// extrapolateVersion counts the editions of the three extrapolations that give other figures.
const extrapolateVersion = 1

// An Extrapolation is the value predicted for a year, or why there is none.
type Extrapolation struct {
	Predicted Number `json:"predicted_value"`
	Reason    Reason `json:"reason,omitempty"`
}

// ExtrapolateGeometric goes on from the last reading at the pace between the first
// and the last.
//
//	x = v (v ÷ u) ^ (a ÷ n)
//
// u first and v last value, n years between them, a years from the last one to the
// year predicted. It needs two years and values above zero at both ends, and knows
// no ceiling: a share may come to more than the whole. Source: ESCAP SD/WP/05.
func ExtrapolateGeometric(s Series, year float64) Extrapolation {
	if len(s) < 2 {
		return Extrapolation{Reason: TooFewValues}
	}
	first, last := s[0], s[len(s)-1]
	if !(first.Value > 0 && last.Value > 0) {
		return Extrapolation{Reason: NotPositive}
	}
	share := (year - float64(last.Year)) / float64(last.Year-first.Year)
	return extrapolated(last.Value * math.Pow(last.Value/first.Value, share))
}

// ExtrapolateLogit is the least-squares line through the logits of shares.
//
//	logit(x ÷ s) = a + c t
//
// s is the scale, the whole that shares are of; t the year, c per year. It needs two
// years and every value strictly between 0 and s. Source: ESCAP SD/WP/05.
func ExtrapolateLogit(s Series, year, scale float64) Extrapolation {
	return extrapolateLogit(s, year, scale, nil)
}

// ExtrapolateLogitWeighted is the same line with recent readings counting more.
//
//	w(t) = (tp − t1) ÷ (tp − t)
//
// tp is the year predicted, t1 the first year. tp must be later than all readings.
// With these weights the line goes through the plain means of t and of the logits.
// Source: ESCAP SD/WP/05; spalmas/SDG-MENARO 8eae780.
func ExtrapolateLogitWeighted(s Series, year, scale float64) Extrapolation {
	if last, some := s.Last(); some && year <= float64(last.Year) {
		return Extrapolation{Reason: TargetNotAfterBase}
	}
	weights := make([]float64, len(s))
	for n, r := range s {
		weights[n] = (year - float64(s[0].Year)) / (year - float64(r.Year))
	}
	return extrapolateLogit(s, year, scale, weights)
}

func extrapolateLogit(s Series, year, scale float64, weights []float64) Extrapolation {
	if len(s) < 2 {
		return Extrapolation{Reason: TooFewValues}
	}
	in := logistic(scale)
	logits := samples{make([]float64, len(s)), make([]float64, len(s))}
	for n, r := range s {
		if !(r.Value > 0 && r.Value < scale) {
			return Extrapolation{Reason: OutsideScale}
		}
		logits.x[n], logits.y[n] = float64(r.Year), in.to(r.Value)
	}
	line := regress(logits, weights)
	return extrapolated(in.from(line.at(year)))
}

func extrapolated(x float64) Extrapolation {
	if p := Num(x); p.Valid {
		return Extrapolation{Predicted: p}
	}
	return Extrapolation{Reason: OutOfRange}
}
