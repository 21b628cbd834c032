package indicators

// Overdue tells whether an indicator's newest period that should have been reported
// has no figure. One that is declared missing or withheld is reported. An indicator
// of actions owes reports while one of them goes on.
func (p *Picture) Overdue(i *Indicator) bool {
	if i.DueDays == nil || i.Frequency.Months() == 0 {
		return false
	}
	period := i.newestDue(p.Day)
	if !p.owes(i, period) {
		return false
	}
	figures := p.Figures(i.Code)
	for n := len(figures) - 1; n >= 0; n-- {
		if f := &figures[n]; f.Period == period && !f.Partial {
			return false
		}
	}
	return true
}

func (p *Picture) owes(i *Indicator, period Period) bool {
	for _, code := range i.Actions {
		a := p.Action(code)
		if a == nil || a.Status != "ongoing" {
			continue
		}
		start := a.Start
		if a.ActualStart != 0 {
			start = a.ActualStart
		}
		if start <= period.End() {
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
