package progress

import "errors"

// The judges bring each method's own categories to the reader's statuses: the table
// of the methods page, in code.

// judgeAchievement decides by S, achievement over what is expected by now; its value
// is the achievement.
func judgeAchievement(c *Case, o *AchievementOptions) Judgement {
	v := AchievementRate(*c, *o)
	return Judgement{Verdict: v, Category: string(v.category()), Value: v.Achievement}
}

// category is the code that the bare achievement rate has for a verdict.
func (v Verdict) category() AttainmentStatus {
	switch v.Status {
	case Achieved:
		return AttainmentMet
	case Missed:
		return AttainmentNotMet
	case Regressed:
		return AttainmentRegressed
	case NotAssessable:
	default:
		return AttainmentInProgress
	}
	switch v.Reason {
	case NoTarget:
		return AttainmentNoTarget
	case NoBaseline:
		return AttainmentNoBaseline
	case InvalidTargetDirection:
		return AttainmentInvalid
	case NotDue:
		return AttainmentNotMet
	}
	return AttainmentNoValue
}

// OpenSDGCuts are the options of opensdg_progress that a programme may set: thresholds
// in place of the method's own, of the ratio to the pace required and, apart, of the
// growth where there is no target, and the indicator's natural limit.
type OpenSDGCuts struct {
	High      float64  `json:"high"`
	Med       float64  `json:"med"`
	Low       float64  `json:"low"`
	TrendHigh float64  `json:"trend_high"`
	TrendMed  float64  `json:"trend_med"`
	TrendLow  float64  `json:"trend_low"`
	Limit     *float64 `json:"limit"`
}

// DefaultOpenSDGCuts are those of the method, without a limit.
func DefaultOpenSDGCuts() OpenSDGCuts {
	return OpenSDGCuts{High: 0.95, Med: 0.6, TrendHigh: 0.015, TrendMed: 0.005}
}

// options are those of the method for a course; cuts that are its own are left to it,
// for it narrows them near a limit.
func (o *OpenSDGCuts) options(c *Course) OpenSDGOptions {
	own := DefaultOpenSDGCuts()
	cuts := [][2]float64{{o.TrendHigh, own.TrendHigh}, {o.TrendMed, own.TrendMed}, {o.TrendLow, own.TrendLow}}
	if c.HasTarget {
		cuts = [][2]float64{{o.High, own.High}, {o.Med, own.Med}, {o.Low, own.Low}}
	}
	var set OpenSDGOptions
	for n, to := range []*Number{&set.High, &set.Med, &set.Low} {
		if cuts[n][0] != cuts[n][1] {
			*to = Num(cuts[n][0])
		}
	}
	if o.Limit != nil {
		set.Limit = Num(*o.Limit)
	}
	return set
}

func (o *OpenSDGCuts) check() error {
	if o.Limit != nil && *o.Limit == 0 {
		return Say("a limit of 0 leaves no room: write the natural ceiling or floor, such as 100")
	}
	return errors.Join(descending("high, med, low", o.High, o.Med, o.Low), descending("trend_high, trend_med, trend_low", o.TrendHigh, o.TrendMed, o.TrendLow))
}

// judgeOpenSDG decides by p, the pace over the one required or, without a target,
// the pace; its value is p.
func judgeOpenSDG(c *Case, o *OpenSDGCuts) Judgement {
	r := OpenSDG(c.Course, o.options(&c.Course))
	j := Judgement{Category: string(r.Status), Value: r.Progress, Score: r.Score, Base: r.Base, HasBase: r.HasBase}
	switch r.Status {
	case OpenSDGAchieved:
		j.Status, j.Reason = Achieved, TargetMet
	case OpenSDGSubstantial:
		j.Status, j.Reason = OnTrack, c.enough()
	case OpenSDGModerate:
		j.Status, j.Reason = Behind, c.short()
	case OpenSDGLimited:
		j.Status, j.Reason = FarBehind, c.short()
	case OpenSDGDeterioration:
		j.Status, j.Reason = Regressed, MovedAway
	default:
		j.Status, j.Reason = NotAssessable, r.Reason
	}
	return j
}

// enough and short are the reasons of a trend that suffices, and of one that does
// not: of the pace towards a target, or of the movement where there is none.
func (c *Case) enough() Reason {
	if c.Course.HasTarget {
		return PaceEnough
	}
	return TrendWanted
}

func (c *Case) short() Reason {
	if c.Course.HasTarget {
		return PaceShort
	}
	return TrendWeak
}

// judgeEurostatTarget decides by R, the pace over the one required; its value is R.
func judgeEurostatTarget(c *Case, o *EurostatTargetOptions) Judgement {
	r := EurostatTarget(c.Course, *o)
	return r.judgement(c, r.Ratio)
}

// judgeEurostatNoTarget decides by the growth in the wanted direction, its value.
func judgeEurostatNoTarget(c *Case, o *EurostatNoTargetOptions) Judgement {
	course := c.Course
	course.HasTarget = false
	untargeted := Case{Course: course}
	r := EurostatNoTarget(course, *o)
	return r.judgement(&untargeted, r.Desired)
}

func (r *EurostatResult) judgement(c *Case, value Number) Judgement {
	j := Judgement{Category: string(r.Category), Value: value, Score: r.Score}
	j.Base, j.HasBase = c.Course.Base()
	switch r.Category {
	case EurostatAchieved:
		j.Status, j.Reason = Achieved, TargetMet
	case EurostatSignificant:
		j.Status, j.Reason = OnTrack, c.enough()
	case EurostatModerate:
		j.Status, j.Reason = Behind, c.short()
	case EurostatInsufficient:
		j.Status, j.Reason = FarBehind, c.short()
	case EurostatAway, EurostatModerateAway, EurostatSignificantAway:
		j.Status, j.Reason = Regressed, MovedAway
	default:
		j.Status, j.Reason = NotAssessable, r.Reason
	}
	return j
}

// judgeUNSD decides by R, the way that the trend comes to by the target's year over
// the whole way, or by the growth; that is its value.
func judgeUNSD(c *Case, _ *struct{}) Judgement {
	o := UNSDOptions{Scale: c.Scale}
	r := UNSDProgressChart(c.Course, o)
	j := Judgement{Category: string(r.Category), Value: r.Ratio, Base: r.Base, HasBase: r.Base.Year > 0}
	if !c.Course.HasTarget && r.Growth.Valid {
		j.Value = Num(float64(c.Course.Direction) * r.Growth.Value)
	}
	switch {
	case r.Category == UNSDInsufficient:
		j.Status, j.Reason = NotAssessable, r.Reason
	case c.Course.HasTarget && o.met(&c.Course, r.Last.Value):
		j.Status, j.Reason = Achieved, TargetMet
	case r.Category == UNSDOnTrack:
		j.Status, j.Reason = OnTrack, c.enough()
	case r.Category == UNSDModerate:
		j.Status, j.Reason = Behind, c.short()
	case float64(c.Course.Direction)*(r.Last.Value-r.Base.Value) < 0:
		j.Status, j.Reason = Regressed, MovedAway
	default:
		j.Status, j.Reason = FarBehind, c.short()
	}
	return j
}

// WeatherWindow are the options of dns_weather that a programme may set.
type WeatherWindow struct {
	WindowPoints int `json:"window_points"`
	MinPoints    int `json:"min_points"`
}

// DefaultWeatherWindow are the numbers of readings of the German strategy.
func DefaultWeatherWindow() WeatherWindow {
	o := DefaultWeather()
	return WeatherWindow{o.WindowPoints, o.MinPoints}
}

func (o *WeatherWindow) check() error {
	if o.MinPoints < 2 || o.WindowPoints < o.MinPoints {
		return Say("a trend of the last %d values, of %d at least, cannot be: write min_points=2 or more, and window_points not below it", o.WindowPoints, o.MinPoints)
	}
	return nil
}

// judgeWeather decides by the share of the way still to go that the trend misses, its
// value; where there is no way to go, by level and trend.
func judgeWeather(c *Case, o *WeatherWindow) Judgement {
	r := WeatherStatus(c.Course, WeatherOptions{c.Course.Direction == Maintain, o.WindowPoints, o.MinPoints})
	window := c.Course.window(o.WindowPoints)
	j := Judgement{Category: string(r.Category), Value: r.Missed, Base: window[0], HasBase: true, TrendFrom: window[0].Year}
	last := window[len(window)-1]
	met := c.Course.HasTarget && c.Course.Target.Met(last.Value, c.Course.Direction)
	switch {
	case r.Category == NoWeather:
		j.Status, j.Reason = NotAssessable, r.Reason
	case r.Category == Sun && met:
		j.Status, j.Reason = Achieved, TargetMet
	case r.Category == Sun:
		j.Status, j.Reason = OnTrack, c.enough()
	case r.Category == SunCloud && met:
		j.Status, j.Reason = Behind, Slipping
	case r.Category == SunCloud:
		j.Status, j.Reason = Behind, c.short()
	case r.Category == Cloud:
		j.Status, j.Reason = FarBehind, c.short()
	default:
		j.Status, j.Reason = Regressed, TrendAway
	}
	return j
}
