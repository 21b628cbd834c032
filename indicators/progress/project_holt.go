package progress

// holtVersion counts the editions of project_holt_fixed that give other figures.
const holtVersion = 1

// HoltOptions are the options of project_holt_fixed.
type HoltOptions struct {
	Alpha   float64 `json:"alpha"`   // weight of the newest value in the level, 0 to 1
	Beta    float64 `json:"beta"`    // weight of the newest step in the trend, 0 to 1
	Horizon int     `json:"horizon"` // steps ahead, 1 at least
}

// maxHoltHorizon bounds a list that nobody reads to its end.
const maxHoltHorizon = 1000

// Holt is the answer of project_holt_fixed.
type Holt struct {
	Level    Number   `json:"level"`
	Trend    Number   `json:"trend"`    // units a step
	Forecast []Number `json:"forecast"` // 1 to Horizon steps after the last value
	Reason   Reason   `json:"reason,omitempty"`
}

// ProjectHolt is Holt's linear exponential smoothing with given weights.
//
//	l = y2, g = y2 − y1, and from the third value on
//	l' = α·y + (1 − α)·(l + g),   g' = β·(l' − l) + (1 − β)·g
//	forecast = l + h·g            h steps ahead, a step being the distance of two values
//
// Source: Holt (1957); R's HoltWinters(gamma = FALSE) with these starting values.
// Every value counts as one step, so gaps and repeated years have no answer.
func ProjectHolt(s Series, o HoltOptions) Holt {
	all := s.samples()
	share := func(v float64) bool { return v >= 0 && v <= 1 }
	switch {
	case !share(o.Alpha), !share(o.Beta), o.Horizon < 1, o.Horizon > maxHoltHorizon:
		return Holt{Reason: BadOption}
	case all.len() < 2:
		return Holt{Reason: TooFewValues}
	case all.repeated():
		return Holt{Reason: RepeatedPeriod}
	case all.uneven():
		return Holt{Reason: UnevenPeriods}
	}
	level, trend := all.y[1], all.y[1]-all.y[0]
	for _, y := range all.y[2:] {
		before := level
		level = o.Alpha*y + (1-o.Alpha)*(level+trend)
		trend = o.Beta*(level-before) + (1-o.Beta)*trend
	}
	h := Holt{Level: Num(level), Trend: Num(trend), Forecast: make([]Number, o.Horizon)}
	for n := range h.Forecast {
		h.Forecast[n] = Num(level + float64(n+1)*trend)
	}
	if !h.Level.Valid || !h.Trend.Valid {
		h.Reason = OutOfRange
	}
	return h
}

// uneven tells whether samples lie at unequal distances in time.
func (s samples) uneven() bool {
	for n := 2; n < len(s.x); n++ {
		if s.x[n]-s.x[n-1] != s.x[1]-s.x[0] {
			return true
		}
	}
	return false
}
