package indicators

// Overdue tells whether an indicator's newest period that should have been reported
// has no figure. One that is declared missing or withheld is reported. An indicator
// of actions owes reports while one of them goes on.
func (p *Picture) Overdue(i *Indicator) bool {
	if i.DueDays == nil || i.Frequency.Months() == 0 {
		return false
	}
	o, owed := p.obligation(i, i.newestDue(p.Day), 0, Receipts{})
	return owed && o.State == Overdue
}

// Reported counts, of some indicators, those whose newest report due has come in; one that
// has no delay counts as soon as it has a figure.
func (p *Picture) Reported(list []*Indicator) int {
	count := 0
	for _, i := range list {
		if len(p.Figures(i.Code)) > 0 && !p.Overdue(i) {
			count++
		}
	}
	return count
}

// owes tells whether a report of a period is expected: of a national indicator always,
// else while one of its actions goes on. One that is completed owes what began before
// it ended; one that is suspended or cancelled owes nothing, however long it went on.
func (p *Picture) owes(i *Indicator, period Period) bool {
	for _, code := range i.Actions {
		a := p.Action(code)
		if a == nil {
			continue
		}
		start, end := a.Start, a.End
		if a.ActualStart != 0 {
			start = a.ActualStart
		}
		if a.ActualEnd != 0 {
			end = a.ActualEnd
		}
		goesOn := a.Status == "ongoing" || a.Status == "completed" && period.Start() <= end
		if goesOn && start <= period.End() {
			return true
		}
	}
	return len(i.Actions) == 0
}

// newestDue is the last period whose report was due before a day.
func (i *Indicator) newestDue(day Date) Period {
	months := i.Frequency.Months()
	for start := day.Month() - day.Month()%months; ; start -= months {
		period := newPeriod(start/12, start%12+1, months)
		if period.End().AddDays(*i.DueDays) < day || start < months {
			return period
		}
	}
}
