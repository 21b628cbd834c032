package indicators

import "fmt"

// reporting looks at how an indicator is reported: values too old, reports that are due,
// periods left out.
func (q *inspection) reporting(p *Picture, i *Indicator) {
	if a := p.Principal(i.Code); a != nil && a.Stale && a.Latest.Value.Valid {
		q.add(Finding{Rule: "stale", Indicator: Optional(i.Code), Period: a.Latest.Period,
			Details: Details{{"value", Amount(a.Latest.Value.Value)}}})
	}
	if p.Overdue(i) {
		period := i.newestDue(p.Day)
		q.add(Finding{Rule: "overdue", Indicator: Optional(i.Code), Period: period,
			Details: Details{{"due", period.End().AddDays(*i.DueDays)}}})
	}
	q.missing(i)
}

// Of how many of the newest periods of a series, up to its last figure, so many at most
// may be missing for those to be called left out. A survey every five years leaves none
// out.
const watchedPeriods, irregular = 12, 3

// missing finds periods left out of a series that is otherwise reported regularly. One
// that is declared missing or withheld is not left out.
func (q *inspection) missing(i *Indicator) {
	months := i.Frequency.Months()
	figures := q.ds.Figures(i.Code)
	reported, first, last := map[Period]bool{}, Period(0), Period(0)
	for n := range figures {
		f := &figures[n]
		if f.Period.Months() != months || f.Period.EndMonth() > q.month {
			continue
		}
		if f.Status == "B" || first == 0 {
			first, last = f.Period, f.Period
			clear(reported)
		}
		last = max(last, f.Period)
		reported[f.Period] = true
	}
	if len(reported) < leastHistory {
		return
	}
	var out []Period
	for n := range watchedPeriods {
		start := last.StartMonth() - n*months
		period := newPeriod(start/12, start%12+1, months)
		if period < first {
			break
		}
		if !reported[period] {
			out = append(out, period)
		}
	}
	if len(out) == 0 || len(out) > irregular {
		return
	}
	q.add(Finding{Rule: "missing", Indicator: Optional(i.Code), Period: out[len(out)-1],
		Details: Details{{"missing", len(out)}, {"first", out[len(out)-1]}, {"last", out[0]}}}, fmt.Sprint(out))
}

// provisional finds figures that have been provisional for longer than the programme lets
// them, as far as the record tells.
func (q *inspection) provisional(key SeriesKey, s *series) {
	for n := range s.figures {
		f := &s.figures[n]
		if f.Status != "P" {
			continue
		}
		from, given := q.in.Provisional[FigureKey{key.Indicator, key.Breakdown, f.Period}]
		if !given {
			from = f.Since
		}
		since := q.knownOn(from)
		days := int(q.day.Time().Sub(since.Time()).Hours() / 24)
		if days <= q.long {
			continue
		}
		q.add(Finding{Rule: "provisional_long", Indicator: Optional(key.Indicator), Breakdown: key.Breakdown, Period: f.Period,
			Details: Details{{"value", f.Value}, {"since", since}, {"days", days}}}, number(f.Value), since.String())
	}
}
