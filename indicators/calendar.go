package indicators

import (
	"cmp"
	"iter"
	"slices"
)

// A Timeliness is how a report stands against the day on which it is due.
type Timeliness string

// The states of a report. Its due day itself still is in time.
const (
	NotYetDue Timeliness = "not_yet_due"
	DueSoon   Timeliness = "due_soon"
	InTime    Timeliness = "in_time"
	Late      Timeliness = "late" // reported, after its due day
	Overdue   Timeliness = "overdue"
)

// Reported tells whether the report has been made.
func (t Timeliness) Reported() bool { return t == InTime || t == Late }

// An Obligation is one period of an indicator that somebody is expected to report.
type Obligation struct {
	Indicator *Indicator
	Period    Period
	Due       Date // the last day on which the report is in time
	State     Timeliness
	Revised   bool // another value has been published for the period since the first
	Verified  bool // what is published for it was verified before
}

// A Receipt names what came in: a period of an indicator's total.
type Receipt struct {
	Indicator string `db:"indicator" json:"indicator"`
	Period    Period `db:"period" json:"period"`
}

// Receipts tells what a Dataset does not, which knows the newest version of what is
// published: when reports came in first, and what is on its way. The zero value adds
// nothing.
type Receipts struct {
	First    map[Receipt]int  // changeset that first brought a figure of the whole period, submitted or published
	Waiting  map[Receipt]bool // a figure is submitted or verified, and counts as reported
	Revised  map[Receipt]bool // more than one value has been published, one after the other
	Verified map[Receipt]bool // the published value was verified before; one that was imported was not
	Defined  map[string]int   // changeset since which there is the indicator
}

// Published is the same without what is still on its way: what the public may count.
func (r Receipts) Published() Receipts {
	r.Waiting = nil
	return r
}

// periodsKept is how far a calendar goes back from the newest period due.
const periodsKept = 24

// Calendar lists the periods of an indicator to be reported, from the oldest to the one
// that goes on, at most 24 that are due. What was due before the indicator, or the
// record itself, began is asked of nobody. Those due within so many days are due soon.
func (p *Picture) Calendar(i *Indicator, soon int, r Receipts) []Obligation {
	months := i.Frequency.Months()
	if i.DueDays == nil || months == 0 {
		return nil
	}
	var all []Obligation
	first := i.newestDue(p.Day).StartMonth() - (periodsKept-1)*months
	for start := max(first, 0); start <= p.Day.Month(); start += months {
		if o, owed := p.obligation(i, newPeriod(start/12, start%12+1, months), soon, r); owed {
			all = append(all, o)
		}
	}
	return all
}

// obligation is the report of a period of an indicator that has a delay, if it is owed.
func (p *Picture) obligation(i *Indicator, period Period, soon int, r Receipts) (o Obligation, owed bool) {
	o = Obligation{Indicator: i, Period: period, Due: period.End().AddDays(*i.DueDays)}
	if o.Due < p.askedFrom(i, r) || !p.owes(i, period) {
		return o, false
	}
	changeset, made := p.received(i, period, r)
	o.Revised = made && r.Revised[Receipt{i.Code, period}]
	o.Verified = made && p.verified(i, period, r)
	switch {
	case made && p.knownOn(changeset) <= o.Due:
		o.State = InTime
	case made:
		o.State = Late
	case o.Due < p.Day:
		o.State = Overdue
	case o.Due <= p.Day.AddDays(soon):
		o.State = DueSoon
	default:
		o.State = NotYetDue
	}
	return o, true
}

// askedFrom is the day from which on reports are asked for.
func (p *Picture) askedFrom(i *Indicator, r Receipts) Date {
	return p.knownOn(max(r.Defined[i.Code], 1))
}

// knownOn is the day of a changeset, before all others if it is not known.
func (p *Picture) knownOn(changeset int) Date {
	at := p.KnownAt(changeset)
	if at.IsZero() {
		return 0
	}
	return DateOf(at.In(p.zone))
}

// speaking goes through the figures that speak for a period, the newest first: after a change
// of frequency one of a longer period does, too, for those within it.
func (p *Picture) speaking(i *Indicator, period Period) iter.Seq[*Figure] {
	return func(yield func(*Figure) bool) {
		figures := p.Figures(i.Code)
		for n := len(figures) - 1; n >= 0; n-- {
			f := &figures[n]
			if f.Period.StartMonth() <= period.StartMonth()-12 { // none is longer than a year
				return
			}
			if !f.Partial && f.Period.Contains(period) && !yield(f) {
				return
			}
		}
	}
}

// verified tells whether one of the figures that speak for a period was verified before it
// was published.
func (p *Picture) verified(i *Indicator, period Period, r Receipts) bool {
	for f := range p.speaking(i, period) {
		if r.Verified[Receipt{i.Code, f.Period}] {
			return true
		}
	}
	return false
}

// received is the changeset that first brought a report, if there is one by now.
func (p *Picture) received(i *Indicator, period Period, r Receipts) (changeset int, made bool) {
	for f := range p.speaking(i, period) {
		first, known := r.First[Receipt{i.Code, f.Period}]
		if !known {
			first = f.Since
		}
		if !made || first < changeset {
			changeset, made = first, true
		}
	}
	if !made && r.Waiting[Receipt{i.Code, period}] {
		return r.First[Receipt{i.Code, period}], true
	}
	return changeset, made
}

// DueOf lists the codes of the indicators of a group of which reports are asked for, and
// the year of the oldest period that its ReportingRate counts.
func (p *Picture) DueOf(group string) (codes []string, since int) {
	return p.DueAmong(p.GroupIndicators(group))
}

// DueAmong lists those of some indicators, likewise.
func (p *Picture) DueAmong(list []*Indicator) (codes []string, since int) {
	since = p.Day.Time().Year()
	for _, i := range list {
		if i.DueDays != nil {
			codes = append(codes, i.Code)
			since = min(since, p.yearAgo().AddDays(-*i.DueDays).Time().Year())
		}
	}
	return codes, since
}

// yearAgo is the first of the twelve months before the day of the Picture.
func (p *Picture) yearAgo() Date { return DateOf(p.Day.Time().AddDate(-1, 0, 0)) }

// Owing lists what an account may report and has not been reported: what is overdue,
// due soon, or over and not due yet, by the day on which it is due.
func (p *Picture) Owing(a *Account, soon int, r Receipts) []Obligation {
	if !a.Has(Propose) {
		return nil
	}
	var all []Obligation
	for n := range p.Indicators {
		i := &p.Indicators[n]
		if i.DueDays == nil || !a.May(Propose, p.SubjectOf(i)) {
			continue
		}
		for _, o := range p.Calendar(i, soon, r) {
			if !o.State.Reported() && (o.State != NotYetDue || o.Period.End() < p.Day) {
				all = append(all, o)
			}
		}
	}
	slices.SortStableFunc(all, func(a, b Obligation) int {
		return cmp.Or(cmp.Compare(a.Due, b.Due), CompareCodes(a.Indicator.Code, b.Indicator.Code), cmp.Compare(a.Period, b.Period))
	})
	return all
}

// A ReportingRate counts the reports that fell due in a span of days, and those of them
// that were made, at all, in time, and verified before they were published.
type ReportingRate struct {
	From     Date `json:"from"`
	To       Date `json:"to"`
	Due      int  `json:"due"`
	Made     int  `json:"made"`
	InTime   int  `json:"in_time"`
	Verified int  `json:"verified"`
}

// ReportingRate is that of a group over the twelve months before the day of the Picture:
// what is due today may still come.
func (p *Picture) ReportingRate(group string, r Receipts) ReportingRate {
	return p.ReportingRateOf(p.GroupIndicators(group), r)
}

// ReportingRateOf is that of some indicators, likewise.
func (p *Picture) ReportingRateOf(list []*Indicator, r Receipts) ReportingRate {
	rate := ReportingRate{From: p.yearAgo(), To: p.Day.AddDays(-1)}
	for _, i := range list {
		for _, o := range p.Calendar(i, 0, r) {
			if o.Due < rate.From || o.Due > rate.To {
				continue
			}
			rate.Due++
			if o.State.Reported() {
				rate.Made++
			}
			if o.State == InTime {
				rate.InTime++
			}
			if o.Verified {
				rate.Verified++
			}
		}
	}
	return rate
}

// A ReportingRow is what became of the reports of an indicator, month by month: each stands
// in the last month of its period. Nil: none was due.
type ReportingRow struct {
	Indicator *Indicator
	Months    []*Obligation
}

// ReportingByMonth is that of the indicators of a group of which reports are asked for, over
// so many months up to that of the Picture's day. What is not due yet is left out.
func (p *Picture) ReportingByMonth(group string, count int, r Receipts) (rows []ReportingRow, months []Period) {
	first := p.Day.Month() - count + 1
	for m := range count {
		months = append(months, Month(first+m))
	}
	for _, i := range p.GroupIndicators(group) {
		if i.DueDays == nil {
			continue
		}
		row := ReportingRow{i, make([]*Obligation, count)}
		for _, o := range p.Calendar(i, 0, r) {
			if at := o.Period.EndMonth() - 1 - first; at >= 0 && at < count && (o.State.Reported() || o.State == Overdue) {
				row.Months[at] = &o
			}
		}
		rows = append(rows, row)
	}
	return rows, months
}
