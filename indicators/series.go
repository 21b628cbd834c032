package indicators

import "jalon/indicators/progress"

// A series is the figures of an indicator that an assessment may use.
type series struct {
	figures []Figure
	limit   int // end of the last month that counts, in months from year 0
	months  int // length of one period as the indicator is reported now
	flow    bool

	brokenFrom int  // month at whose start the newest break begins; 0: there is none
	earlier    bool // some figures are from before it, and left out
	yearSums   bool // of a flow, whole years are meant
}

// known is the figures of periods that have ended by the day of judgement, and by
// the end of the target's period: later ones change nothing any more.
func (j *judge) known(g *goal, target *Target) series {
	return j.knownOf(j.ds.Series[SeriesKey{g.indicator.Code, g.breakdown}], g.indicator, target)
}

// knownOf is the same of other figures of the indicator than those of the Dataset.
func (j *judge) knownOf(figures []Figure, i *Indicator, target *Target) series {
	s := i.series(figures, j.month)
	s.yearSums = s.months <= 12 && (target == nil || target.Period.Months() >= 12)
	if target != nil {
		s.limit = min(s.limit, target.Period.EndMonth())
	}
	if j.book.breaks {
		s.sinceBreak()
	}
	return s
}

// series is the figures of an indicator up to a month.
func (i *Indicator) series(figures []Figure, limit int) series {
	return series{figures: figures, limit: limit, months: i.Frequency.Months(), flow: i.Accumulation == Flow}
}

// sinceBreak leaves out what came before the newest break in the series: values of
// another definition, which are another series. A break in a period that is not whole
// counts once there is a value after it; until then those of before are all there is.
func (s *series) sinceBreak() {
	known := false
	for n := len(s.figures) - 1; n >= 0; n-- {
		f := &s.figures[n]
		if f.Period.EndMonth() > s.limit {
			continue
		}
		known = known || s.counts(f)
		if f.Status == "B" && known {
			s.brokenFrom, s.earlier = f.Period.StartMonth(), n > 0
			s.figures = s.figures[n:]
			return
		}
	}
}

// breaksAt tells whether a figure is the first one of another definition.
func (s *series) breaksAt(f *Figure) bool {
	return f.Status == "B" && f.Period.EndMonth() <= s.limit && !f.Partial
}

// counts tells whether a figure is a value of a whole period. After a change of
// frequency the figures of before still count, but not those of a flow: the sum of
// a month is none of a year.
func (s *series) counts(f *Figure) bool {
	return f.Value.IsSet() && !f.Partial && f.Period.EndMonth() <= s.limit && (!s.flow || f.Period.Months() == s.months)
}

// countsAsYear tells whether a figure is a year's sum, reported as such before a flow
// came to be reported more often.
func (s *series) countsAsYear(f *Figure) bool {
	return f.Value.IsSet() && !f.Partial && f.Period.Months() == 12 && f.Period.EndMonth() <= s.limit
}

// newest is the value of the period that ended last.
func (s *series) newest() Latest {
	if f := s.newestFigure(); f != nil {
		return f.latest()
	}
	return Latest{}
}

// newestFigure is the figure of the period that ended last, nil where there is none.
// Figures are sorted by the start of their periods, none of which is longer than a
// year.
func (s *series) newestFigure() *Figure {
	var found *Figure
	for n := len(s.figures) - 1; n >= 0; n-- {
		f := &s.figures[n]
		if found != nil && (f.Period.Year() < found.Period.Year() || found.Period.Months() == 12) {
			break
		}
		if s.counts(f) && (found == nil || f.Period.EndMonth() > found.Period.EndMonth()) {
			found = f
		}
	}
	return found
}

// NewestFigure is the figure that speaks for an indicator's total on the day of the
// Picture, nil where there is none.
func (p *Picture) NewestFigure(i *Indicator) *Figure {
	s := i.series(p.Figures(i.Code), p.Day.monthsOver())
	return s.newestFigure()
}

func (f *Figure) latest() Latest {
	return Latest{Period: f.Period, Value: progress.Num(f.Value.Float()), Status: Optional(f.Status), Changeset: f.Since, month: f.Period.EndMonth()}
}

// judged is the value that is held against a target: the newest, or, of a target
// that gathers the figures of its period, their sum or mean. covered is the share
// of the target's period that it speaks for: 1 is the target's own value.
func (s *series) judged(period Period, gathered bool, ratio ratioOf) (latest Latest, covered float64) {
	if !gathered {
		latest = s.newest()
		if latest.month == period.EndMonth() {
			covered = 1
		}
		return latest, covered
	}
	g := gathering{ratio: ratio}
	for n := range s.figures {
		if f := &s.figures[n]; period.Contains(f.Period) && f.Period.Months() == s.months && s.counts(f) {
			g.add(f)
		}
	}
	if g.sum.count == 0 {
		return Latest{}, 0
	}
	latest = g.latest
	latest.Period, latest.Changeset, latest.Value = period, g.since, g.mean()
	if s.flow {
		latest.Value = progress.Num(g.sum.total())
	}
	return latest, float64(g.sum.count*s.months) / float64(period.Months())
}

// firstFrom is the last figure of a year, or the first one after it; of a season, if one
// is asked for.
func (s *series) firstFrom(year, season int) Baseline {
	var found *Figure
	for n := range s.figures {
		f := &s.figures[n]
		if found != nil && f.Period.Year() > year {
			break
		}
		if f.Period.Year() >= year && s.counts(f) && (season == anySeason || f.Period.EndMonth()%12 == season) && (found == nil || f.Period.EndMonth() >= found.Period.EndMonth()) {
			found = f
		}
	}
	if found == nil {
		return Baseline{}
	}
	return Baseline{found.Period, progress.Num(found.Value.Float()), false, found.Period.EndMonth()}
}

// monthsIn counts the months of a period of which there are figures.
func (s *series) monthsIn(period Period) int {
	had := 0
	for n := range s.figures {
		if f := &s.figures[n]; period.Contains(f.Period) && f.Period.Months() == s.months && s.counts(f) {
			had += s.months
		}
	}
	return had
}

// beginsIn tells whether no figure is older than a period.
func (s *series) beginsIn(period Period) bool {
	for n := range s.figures {
		if f := &s.figures[n]; s.counts(f) {
			return f.Period.StartMonth() >= period.StartMonth()
		}
	}
	return true
}
