package progress

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

// OpenSDGCuts are the options of opensdg_progress that a programme may set: the
// thresholds in place of the method's own and the indicator's natural limit.
type OpenSDGCuts struct {
	High  *float64 `json:"high"`
	Med   *float64 `json:"med"`
	Low   *float64 `json:"low"`
	Limit *float64 `json:"limit"`
}

func (o *OpenSDGCuts) options() OpenSDGOptions {
	number := func(x *float64) Number {
		if x == nil {
			return Number{}
		}
		return Num(*x)
	}
	return OpenSDGOptions{High: number(o.High), Med: number(o.Med), Low: number(o.Low), Limit: number(o.Limit)}
}

func (o *OpenSDGCuts) check() error {
	var given []float64
	for _, cut := range []*float64{o.High, o.Med, o.Low} {
		if cut != nil {
			given = append(given, *cut)
		}
	}
	return descending(given...)
}

// judgeOpenSDG decides by p, the pace over the one required or, without a target,
// the pace; its value is p.
func judgeOpenSDG(c *Case, o *OpenSDGCuts) Judgement {
	r := OpenSDG(c.Course, o.options())
	j := Judgement{Category: string(r.Status), Value: r.Progress, Score: r.Score}
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
	r := UNSDProgressChart(c.Course, UNSDOptions{Scale: c.Scale})
	j := Judgement{Category: string(r.Category), Value: r.Ratio}
	if !c.Course.HasTarget && r.Growth.Valid {
		j.Value = Num(float64(c.Course.Direction) * r.Growth.Value)
	}
	options := UNSDOptions{Scale: c.Scale}
	met := c.Course.HasTarget && options.met(&c.Course, r.Last.Value)
	switch {
	case r.Category == UNSDInsufficient:
		j.Status, j.Reason = NotAssessable, r.Reason
	case met:
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

// judgeWeather decides by the share of the way still to go that the trend misses, its
// value; where there is no way to go, by level and trend.
func judgeWeather(c *Case, o *WeatherWindow) Judgement {
	r := WeatherStatus(c.Course, WeatherOptions{c.Course.Direction == Maintain, o.WindowPoints, o.MinPoints})
	j := Judgement{Category: string(r.Category), Value: r.Missed}
	last, _ := c.Course.Series.Last()
	met := c.Course.HasTarget && c.Course.Target.met(last.Value, c.Course.Direction)
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
		j.Status, j.Reason = Regressed, MovedAway
	}
	return j
}
