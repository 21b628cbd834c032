package web

import (
	"context"

	"jalon/indicators"
	"jalon/sql"
)

// remindAt is the hour of the programme's day from which on people are reminded.
const remindAt = 7

// remind puts the reminders of the day into the outbox, once a day: to each focal point of
// whom a report is asked that day, all that they owe. Another server may do the same.
func (p *Postman) remind(ctx context.Context) error {
	picture := p.live.Picture()
	if picture == nil || picture.Setting("reminders", "") != "yes" {
		return nil
	}
	now := p.now().In(picture.Zone())
	today := indicators.DateOf(now)
	if now.Hour() < remindAt || picture.Day != today || p.reminded == today {
		return nil
	}
	reminders, err := p.reminders(ctx, picture)
	if err != nil {
		return err
	}
	if err := p.store.QueueReminders(ctx, reminders); err != nil {
		return err
	}
	p.reminded = today
	return p.store.ForgetSent(ctx, p.now().Add(-sentKept))
}

// reminders is what each focal point is to be told on the day of the Picture.
func (p *Postman) reminders(ctx context.Context, picture *indicators.Picture) ([]sql.Reminder, error) {
	accounts, err := p.store.Accounts(ctx)
	if err != nil {
		return nil, err
	}
	last, err := p.store.Reminded(ctx)
	if err != nil {
		return nil, err
	}
	receipts, err := p.store.Waiting(ctx)
	if err != nil {
		return nil, err
	}
	var all []sql.Reminder
	for n := range accounts {
		a := &accounts[n]
		if a.Role != indicators.Contributor || a.Disabled || a.Email == "" {
			continue
		}
		owing := picture.Owing(a, indicators.RemindAhead, receipts)
		if indicators.RemindOn(owing, last[a.ID], picture.Day) {
			all = append(all, reminderOf(a, picture.Day, owing))
		}
	}
	return all, nil
}

// reminderOf is all that is overdue or due soon.
func reminderOf(a *indicators.Account, day indicators.Date, owing []indicators.Obligation) sql.Reminder {
	r := sql.Reminder{Account: a.ID, Day: day}
	for _, o := range owing {
		switch o.State {
		case indicators.Overdue:
			r.Late++
		case indicators.DueSoon:
			r.Soon++
		}
		if o.State != indicators.NotYetDue {
			r.Owed = append(r.Owed, sql.Owed{Receipt: indicators.Receipt{Indicator: o.Indicator.Code, Period: o.Period}, Due: o.Due})
		}
	}
	return r
}
