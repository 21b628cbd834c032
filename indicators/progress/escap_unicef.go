package progress

// An EscapCategory is a category of escap_csi_ap_unicef.
type EscapCategory string

// The categories: of both indices, then of the current one, then of the anticipated.
const (
	EscapMet              EscapCategory = "met"
	EscapInsufficientData EscapCategory = "insufficient_data"

	EscapCSIOnTrack    EscapCategory = "on_track"
	EscapCSISlow       EscapCategory = "slow_progress"
	EscapCSIRegression EscapCategory = "regression"

	EscapAPWill  EscapCategory = "will_meet_target"
	EscapAPNeed  EscapCategory = "need_to_accelerate"
	EscapAPNoWay EscapCategory = "no_progress_expected"
)

// EscapUnicefOptions are the year that counts as now, the whole that shares are of,
// and the cuts of both indices.
type EscapUnicefOptions struct {
	CurrentYear         int     `json:"current_year"` // 0: the year of the last reading
	Scale               float64 `json:"scale"`        // 100 for percent
	OnTrackAbove        float64 `json:"on_track_above"`
	RegressionAtOrBelow float64 `json:"regression_at_or_below"`
}

// DefaultEscapUnicef are the cuts of UNICEF MENA, for shares in percent.
func DefaultEscapUnicef() EscapUnicefOptions {
	return EscapUnicefOptions{Scale: 100, OnTrackAbove: 9}
}

// EscapUnicefResult is what EscapUnicef finds.
type EscapUnicefResult struct {
	Base       Number        `json:"base_value"` // read, or filled in
	Current    Number        `json:"current_value"`
	Predicted  Number        `json:"predicted_value"` // in the target's year
	CSI        Number        `json:"csi"`
	AP         Number        `json:"ap"`
	CSIStatus  EscapCategory `json:"csi_category"`
	APStatus   EscapCategory `json:"ap_category"`
	BaseFilled bool          `json:"base_filled"` // from later years: not known at the time
	Reason     Reason        `json:"reason,omitempty"`
}

// EscapUnicef is UNICEF MENA's variant of ESCAP's indices, for shares.
//
//	m = mean over consecutive readings of (change of logit(v ÷ s) ÷ years between)
//	x(year) = s × logit⁻¹(logit(last ÷ s) + m (year − last year))
//	CSI, AP: CurrentStatus of x(current year) and of x(target year)
//
// s is the scale; m is per year. A year with a reading keeps it. CSI above 9 is on
// track, above 0 slow, else regression; AP likewise. One reading tells met or
// insufficient data; a share of nothing or of the whole has no logit and leaves only
// the years with readings. A base that is missing is run backwards from the last
// reading: it uses what was not known then, and BaseFilled says so.
// Source: spalmas/SDG-MENARO 8eae780, equal to its published results.
func EscapUnicef(c Course, o EscapUnicefOptions) EscapUnicefResult {
	r := EscapUnicefResult{CSIStatus: EscapInsufficientData, APStatus: EscapInsufficientData}
	last, some := c.Series.Last()
	switch {
	case !some:
		r.Reason = NoValue
	case !c.HasTarget:
		r.Reason = NoTarget
	case c.Target.Range:
		r.Reason = RangeTarget
	}
	if r.Reason != "" {
		return r
	}
	if o.CurrentYear == 0 {
		o.CurrentYear = last.Year
	}
	in := logistic(o.Scale)
	mean, why := meanLogitChange(c.Series, o.Scale)
	r.Reason = why
	at := func(year int) Number {
		if reading, read := c.Series.At(year); read {
			return Num(reading.Value)
		}
		if !mean.Valid {
			return Number{}
		}
		return Num(in.from(in.to(last.Value) + mean.Value*float64(year-last.Year)))
	}
	r.Base, r.Current, r.Predicted = at(c.BaseYear), at(o.CurrentYear), at(c.Target.Year())
	_, read := c.Series.At(c.BaseYear)
	r.BaseFilled = r.Base.Valid && !read
	if len(c.Series) == 1 { // the level is all there is
		r.Current, r.Predicted = Num(last.Value), Num(last.Value)
		r.Reason = TooFewValues
	}
	r.CSI, r.CSIStatus = o.index(&c, r.Base, r.Current, [3]EscapCategory{EscapCSIOnTrack, EscapCSISlow, EscapCSIRegression})
	r.AP, r.APStatus = o.index(&c, r.Base, r.Predicted, [3]EscapCategory{EscapAPWill, EscapAPNeed, EscapAPNoWay})
	if len(c.Series) == 1 && r.CSIStatus != EscapMet {
		r.CSI, r.CSIStatus = Number{}, EscapInsufficientData
		r.AP, r.APStatus = Number{}, EscapInsufficientData
	}
	return r
}

// index is one of the two indices and its category, of good, slow and bad.
func (o *EscapUnicefOptions) index(c *Course, base, value Number, good [3]EscapCategory) (Number, EscapCategory) {
	switch {
	case !value.Valid:
		return Number{}, EscapInsufficientData
	case c.Target.Met(value.Value, c.Direction):
		return Num(10), EscapMet
	case !base.Valid:
		return Number{}, EscapInsufficientData
	}
	switch i := CurrentStatus(base.Value, c.Target.Value, value.Value, c.Direction); {
	case !i.Valid:
		return i, EscapInsufficientData
	case i.Value > o.OnTrackAbove:
		return i, good[0]
	case i.Value > o.RegressionAtOrBelow:
		return i, good[1]
	default:
		return i, good[2]
	}
}

// meanLogitChange is m, the plain mean of the yearly changes between neighbours.
func meanLogitChange(s Series, scale float64) (Number, Reason) {
	if len(s) < 2 {
		return Number{}, TooFewValues
	}
	sum, in := 0.0, logistic(scale)
	for n := range s {
		if !(s[n].Value > 0 && s[n].Value < scale) {
			return Number{}, OutsideScale
		}
		if n > 0 {
			change := in.to(s[n].Value) - in.to(s[n-1].Value)
			sum += change / float64(s[n].Year-s[n-1].Year)
		}
	}
	return Num(sum / float64(len(s)-1)), ""
}
