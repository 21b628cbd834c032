package indicators

import (
	"slices"

	"jalon/indicators/progress"
)

// A yearly is what the methods that count in years read of a series: one reading a
// year. Of a flow over whole years it is the sum of a complete year; of all else the
// figure that ends in the same month of each year as the newest one, so that a season
// is compared with itself.
type yearly struct {
	readings []progress.Reading
	from     []Latest // what each reading is
	early    int      // months from the end of a reading's period to the end of its year
}

// A season says which values of a series make one reading a year: those that end in
// a month, counted from 0 for December, or wholeYears.
type season int

// wholeYears are the sums of complete years.
const wholeYears season = -1

// season is that of a series: of what is no sum, the month of the newest value, unless
// only an earlier month of the same year has a past.
func (s *series) season() season {
	if s.flow && s.yearSums {
		return wholeYears
	}
	newest := s.newestFigure()
	if newest == nil {
		return 0
	}
	of := season(newest.Period.EndMonth() % 12)
	for n := len(s.figures) - 1; n >= 0 && s.figures[n].Period.EndMonth() > newest.Period.EndMonth()-12; n-- {
		if other := season(s.figures[n].Period.EndMonth() % 12); s.counts(&s.figures[n]) && s.countOf(of) < 2 && s.countOf(other) > 1 {
			of = other // a new frequency: the newest season has no past yet
		}
	}
	return of
}

// countOf counts the values of a season, up to two.
func (s *series) countOf(of season) int {
	count := 0
	for n := len(s.figures) - 1; n >= 0 && count < 2; n-- {
		if f := &s.figures[n]; s.counts(f) && season(f.Period.EndMonth()%12) == of {
			count++
		}
	}
	return count
}

// read fills y with the readings of a series.
func (y *yearly) read(s *series, ratio ratioOf) { y.readOf(s, s.season(), ratio) }

// readOf fills y with the readings of one season.
func (y *yearly) readOf(s *series, of season, ratio ratioOf) {
	y.clear(s.years())
	if of == wholeYears {
		y.sums(s, ratio)
		return
	}
	month := int(of)
	y.early = (12 - month) % 12
	for n := range s.figures {
		f := &s.figures[n]
		if !s.counts(f) || f.Period.EndMonth()%12 != month {
			continue
		}
		year := (f.Period.EndMonth()+y.early)/12 - 1
		if last := len(y.readings) - 1; last >= 0 && y.readings[last].Year == year {
			if f.Period.Months() == s.months { // of two that end together, the one of the frequency in force
				y.readings[last].Value, y.from[last] = f.Value.Float(), f.latest()
			}
			continue
		}
		y.add(year, f.latest())
	}
}

// clear makes room for the readings of so many years.
func (y *yearly) clear(years int) {
	y.readings, y.from, y.early = slices.Grow(y.readings[:0], years), slices.Grow(y.from[:0], years), 0
}

// years is the most readings that the figures can make: the last may end in the year
// after it begins.
func (s *series) years() int {
	if len(s.figures) == 0 {
		return 0
	}
	first, last := s.figures[0].Period, s.figures[len(s.figures)-1].Period
	return min(len(s.figures), last.Year()-first.Year()+2)
}

// sums adds up the figures of each year of which all are there.
func (y *yearly) sums(s *series, ratio ratioOf) {
	for n := 0; n < len(s.figures); {
		year, g, whole := s.figures[n].Period.Year(), gathering{ratio: ratio}, Latest{}
		for ; n < len(s.figures) && s.figures[n].Period.Year() == year; n++ {
			f := &s.figures[n]
			if s.countsAsYear(f) {
				whole = f.latest()
			}
			if s.counts(f) {
				g.add(f)
			}
		}
		if g.sum.count*s.months == 12 {
			whole = g.whole(Year(year))
		}
		if whole.Value.Valid {
			y.add(year, whole)
		}
	}
}

// add keeps readings in the order of years: figures are sorted by their starts, and
// those of one length end in the same order.
func (y *yearly) add(year int, from Latest) {
	at := len(y.readings)
	for at > 0 && y.readings[at-1].Year > year {
		at--
	}
	y.readings, y.from = append(y.readings, progress.Reading{}), append(y.from, Latest{})
	copy(y.readings[at+1:], y.readings[at:])
	copy(y.from[at+1:], y.from[at:])
	y.readings[at], y.from[at] = progress.Reading{Year: year, Value: from.Value.Value}, from
}

// at is what the reading of a year is.
func (y *yearly) at(year int) Latest {
	for n := range y.readings {
		if y.readings[n].Year == year {
			return y.from[n]
		}
	}
	return Latest{}
}

// A ratioOf is an indicator whose values of several periods unite as the ratio of
// their sums, nil for others.
type ratioOf *Indicator

// A gathering adds figures up: their values and, of ratios, numerators and
// denominators as long as every figure has them.
type gathering struct {
	ratio             ratioOf
	sum, above, under tally
	latest            Latest
	since             int
}

func (g *gathering) add(f *Figure) {
	g.sum.add(f.Value)
	g.latest, g.since = f.latest(), max(g.since, f.Since)
	if g.ratio != nil && f.Numerator.IsSet() && f.Denominator.IsSet() {
		g.above.add(f.Numerator)
		g.under.add(f.Denominator)
	}
}

// whole is what figures that fill a period come to: their sum; of quotients, which are
// never added up, their mean.
func (g *gathering) whole(period Period) Latest {
	l := g.latest
	l.Period, l.month, l.Changeset = period, period.EndMonth(), g.since
	if l.Value = progress.Num(g.sum.total()); g.ratio != nil {
		l.Value = g.mean()
	}
	return l
}

// mean is that of the values; of ratios whose parts are all known, the ratio of the
// sums: never the mean of ratios. It is rounded as the ratio of a single period is, so
// that one which is a target to the digit meets it.
func (g *gathering) mean() progress.Number {
	if g.ratio == nil || g.under.count < g.sum.count || g.under.total() == 0 {
		return progress.Num(g.sum.mean())
	}
	ratio := (*Indicator)(g.ratio).factor() * g.above.total() / g.under.total()
	if rounded, err := DecimalOf(ratio); err == nil {
		ratio = rounded.Float()
	}
	return progress.Num(ratio)
}
