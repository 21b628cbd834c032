package charts

import "jalon/indicators"

// A Course is what a trajectory shows: an indicator on its way to one target.
type Course struct {
	Indicator  *indicators.Indicator
	Assessment *indicators.Assessment
	Figures    []indicators.Figure // of the assessment's breakdown, by period
}

// A spot is a value at a time, in months from year 0. An absent value breaks the
// line.
type spot struct {
	month, value float64
	absent       bool
	figure       *indicators.Figure
}

// A step is a milestone on the way.
type step struct {
	spot
	target *indicators.Target
	met    bool
}

// A track is a course as points.
type track struct {
	observed  []spot
	breaks    []spot // between a value and one that cannot be compared with it
	baseline  *spot
	path      []spot // where the value should be; a level line for a threshold
	steps     []step
	target    *spot // the middle of a range
	low, high float64
	ranged    bool
	asOf      float64
	summed    bool // each value adds up all since the target's period began
	fromZero  bool // the baseline is the nothing of before that period
	level     bool // the path is a level to be kept
	ahead     *ahead
}

func (c *Course) track() track {
	t := track{asOf: monthOf(c.Assessment.AsOf.Date)}
	t.goal(c.Assessment)
	course := c.Assessment.Course()
	t.summed = course.Summed
	t.observe(c)
	t.way(c, course)
	t.ahead = t.trend(c)
	return t
}

// monthOf is the end of a day on the axis of time.
func monthOf(d indicators.Date) float64 {
	last := d.Time().AddDate(0, 1, -d.Time().Day())
	return float64(d.Month()) + float64(d.Time().Day())/float64(last.Day())
}

func (t *track) goal(a *indicators.Assessment) {
	if b := a.Baseline; b.Value.Valid {
		t.fromZero = b.FromZero()
		t.baseline = &spot{month: float64(b.Month()), value: b.Value.Value}
	}
	if aim := a.Target; aim.IsSet() {
		t.low, t.high = aim.Value.Float(), aim.Value.Float()
		if t.ranged = aim.Low.IsSet() && aim.High.IsSet(); t.ranged {
			t.low, t.high = aim.Low.Float(), aim.High.Float()
		}
		t.target = &spot{month: float64(aim.Period.EndMonth()), value: (t.low + t.high) / 2}
	}
}

// observe turns figures into points: those known by the day, without the ones of
// unfinished periods, which would look like a fall.
func (t *track) observe(c *Course) {
	sum := 0.0
	for n := range c.Figures {
		f := &c.Figures[n]
		end := float64(f.Period.EndMonth())
		if f.Partial || end > t.asOf || t.summed && !c.Assessment.Target.Period.Contains(f.Period) {
			continue
		}
		s := spot{month: end, value: f.Value.Float(), absent: !f.Value.IsSet(), figure: f}
		if t.summed {
			sum += s.value
			s.value = sum
		}
		if last := len(t.observed) - 1; f.Status == "B" && last >= 0 && !s.absent && !t.summed {
			before := t.observed[last]
			if !before.absent {
				t.breaks = append(t.breaks, spot{month: (before.month + s.month) / 2, value: (before.value + s.value) / 2})
			}
			t.observed = append(t.observed, spot{month: s.month, absent: true})
		}
		t.observed = append(t.observed, s)
	}
}

// way is the path from the baseline through the milestones to the target.
func (t *track) way(c *Course, course indicators.Course) {
	if t.target == nil {
		return
	}
	a, to := c.Assessment, *t.target
	averaged := course.Averaged
	switch {
	case t.baseline == nil || averaged || t.isThreshold(c.Indicator) || t.target.month <= t.baseline.month:
		if t.level = !t.ranged; t.level { // of a range, the band says it
			from := float64(a.Target.Period.StartMonth())
			if t.baseline != nil && !averaged {
				from = min(from, t.baseline.month)
			}
			t.path = []spot{{month: from, value: to.value}, to}
		}
	case t.ranged:
		if to.value = t.high; t.baseline.value < t.low {
			to.value = t.low
		}
		t.path = []spot{*t.baseline, to}
	default:
		t.bends(c, course)
		t.path = []spot{*t.baseline}
		for _, s := range t.steps {
			t.path = append(t.path, s.spot)
		}
		t.path = append(t.path, to)
	}
}

// isThreshold tells whether only the level counts: the target lies where the
// indicator is not wanted to go, or where it already is.
func (t *track) isThreshold(i *indicators.Indicator) bool {
	b := t.baseline.value
	switch {
	case i.Direction == indicators.Maintain || t.low <= b && b <= t.high:
		return true
	case t.ranged:
		return false
	}
	return (t.low > b) != (i.Direction == indicators.Increase)
}

// bends are the milestones between baseline and target.
func (t *track) bends(c *Course, course indicators.Course) {
	for _, m := range course.Milestones {
		at := spot{month: float64(m.Period.EndMonth()), value: m.Value.Float()}
		if at.month > t.baseline.month && at.month < t.target.month {
			t.steps = append(t.steps, step{spot: at, target: m, met: t.reached(at, c.Indicator)})
		}
	}
}

// reached tells whether the value of a milestone's own period was as good.
func (t *track) reached(at spot, i *indicators.Indicator) bool {
	for _, s := range t.observed {
		if s.month == at.month && !s.absent {
			return s.value == at.value || (s.value > at.value) == (i.Direction == indicators.Increase)
		}
	}
	return false
}

// bounds are the first and last month and the lowest and highest value shown.
func (t *track) bounds() (from, to, low, high float64, seen bool) {
	from, to = t.asOf, t.asOf
	see := func(s spot) {
		from, to = min(from, s.month), max(to, s.month)
		if s.absent {
			return
		}
		if !seen {
			low, high, seen = s.value, s.value, true
		}
		low, high = min(low, s.value), max(high, s.value)
	}
	for _, all := range [][]spot{t.observed, t.path} {
		for _, s := range all {
			see(s)
		}
	}
	if t.baseline != nil {
		see(*t.baseline)
	}
	if t.target != nil {
		see(spot{month: t.target.month, value: t.low})
		see(spot{month: t.target.month, value: t.high})
	}
	if a := t.ahead; a != nil {
		see(a.to)
		if a.banded {
			see(spot{month: a.to.month, value: a.low})
			see(spot{month: a.to.month, value: a.high})
		}
	}
	return from, to, low, high, seen
}

// latest is the last value, or nil.
func (t *track) latest() *spot {
	for n := len(t.observed) - 1; n >= 0; n-- {
		if !t.observed[n].absent {
			return &t.observed[n]
		}
	}
	return nil
}
