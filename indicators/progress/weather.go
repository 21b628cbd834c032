package progress

import "math"

// A Weather is a symbol of dns_weather.
type Weather string

// The symbols, best first.
const (
	Sun          Weather = "sun"
	SunCloud     Weather = "sun_cloud"
	Cloud        Weather = "cloud"
	Thunderstorm Weather = "thunderstorm"
	NoWeather    Weather = "not_assessed"
)

// weatherVersion counts the editions of WeatherStatus that give other figures.
const weatherVersion = 1

// WeatherOptions say what is asked for and which readings the trend is of.
type WeatherOptions struct {
	Maintain     bool `json:"maintain"`      // the target is met and to be kept
	WindowPoints int  `json:"window_points"` // the last so many readings
	MinPoints    int  `json:"min_points"`
}

// DefaultWeather are the numbers of readings of the German strategy.
func DefaultWeather() WeatherOptions { return WeatherOptions{WindowPoints: 6, MinPoints: 4} }

// WeatherResult is what WeatherStatus finds.
type WeatherResult struct {
	Change    Number  `json:"average_annual_change"` // a, in the indicator's unit per year
	Projected Number  `json:"projected"`             // y; only towards a target that is not met
	Missed    Number  `json:"missed_share"`          // likewise
	Category  Weather `json:"category"`
	Reason    Reason  `json:"reason,omitempty"`
}

// WeatherStatus is the status of the German sustainability strategy, careful and
// linear.
//
//	a = (v − first) ÷ (years between)      over the last 6 readings, at least 4
//	y = v + a (tT − t)                     projected to the target's year tT
//	missed = max(0, d (T − y)) ÷ |T − v|
//
// v is the last value, of year t; d is +1 or -1 for a wanted increase or decrease.
// Below 5 % missed is sun, up to 20 % sun with cloud, above it cloud, and a trend the
// wrong way a thunderstorm. Of a target that is met or to be kept the level counts
// first and the trend second; of a mere direction the trend first and the last change
// second: both good is sun, the first only sun with cloud, the second only cloud,
// none thunderstorm. No change is good for keeping, bad for a direction. Towards a
// band its nearer edge is the target; within it the trend is good if it stays inside
// until the target's year. Source: dns-indikatoren.de, status page.
func WeatherStatus(c Course, o WeatherOptions) WeatherResult {
	r := WeatherResult{Category: NoWeather}
	window := c.window(o.WindowPoints)
	if r.Reason = c.weatherObstacle(len(window), o.MinPoints); r.Reason != "" {
		return r
	}
	first, last := window[0], window[len(window)-1]
	r.Change = Num((last.Value - first.Value) / float64(last.Year-first.Year))
	lastChange := last.Value - window[len(window)-2].Value
	if !r.Change.Valid {
		r.Reason = OutOfRange
		return r
	}
	d, t := c.edge(last.Value)
	met := c.HasTarget && c.Target.Met(last.Value, c.Direction)
	ahead := max(0, c.yearsTo(last))
	switch good := d * r.Change.Value; {
	case !c.HasTarget:
		r.Category = weather(good > 0, d*lastChange > 0)
	case met && c.Target.Range:
		r.Category = weather(true, c.Target.Met(last.Value+r.Change.Value*ahead, c.Direction))
	case o.Maintain || met:
		r.Category = weather(met, good >= 0)
	default:
		r.project(last.Value, t, d, ahead)
	}
	return r
}

// window is the last so many readings, two at least.
func (c *Course) window(points int) Series {
	return c.Series[max(0, len(c.Series)-max(points, 2)):]
}

// weatherObstacle says why there is no weather.
func (c *Course) weatherObstacle(points, least int) Reason {
	d, _ := c.edge(0)
	switch {
	case points < max(least, 2):
		return TooFewValues
	case d == 0 && !c.Target.Range:
		return NoDirection
	}
	return ""
}

// edge is the value to reach from v, and the direction that leads there: a written
// comparison's where the indicator's own is to maintain. Within a band it is none.
func (c *Course) edge(v float64) (d, t float64) {
	switch target := &c.Target; {
	case !c.HasTarget || !target.Range && target.Comparison == "":
		return float64(c.Direction), target.Value
	case target.Range && v < target.Low:
		return 1, target.Low
	case target.Range && v > target.High:
		return -1, target.High
	case target.Range:
		return 0, v
	case target.Upward(c.Direction):
		return 1, target.Value
	}
	return -1, c.Target.Value
}

// project follows the trend to the target's year.
func (r *WeatherResult) project(v, t, d, years float64) {
	r.Projected = Num(v + r.Change.Value*years)
	if v == t { // at the edge that "above" and "below" exclude
		r.Category = weather(false, d*r.Change.Value > 0)
		return
	}
	r.Missed = Num(max(0, d*(t-r.Projected.Value)) / math.Abs(t-v))
	switch missed := r.Missed.Value; {
	case d*r.Change.Value < 0:
		r.Category = Thunderstorm
	case !r.Projected.Valid || !r.Missed.Valid:
		r.Reason = OutOfRange
	case !atLeast(missed, 0.05):
		r.Category = Sun
	case atLeast(0.20, missed):
		r.Category = SunCloud
	default:
		r.Category = Cloud
	}
}

// weather weighs what counts first against what counts second.
func weather(first, second bool) Weather {
	switch {
	case first && second:
		return Sun
	case first:
		return SunCloud
	case second:
		return Cloud
	}
	return Thunderstorm
}
