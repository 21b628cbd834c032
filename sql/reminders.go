package sql

import (
	"context"
	"fmt"

	"github.com/jmoiron/sqlx"

	"jalon/indicators"
)

// A Reminder is what a focal point is told on a day: all that is overdue or due soon.
type Reminder struct {
	Account int             `json:"-"`
	Day     indicators.Date `json:"day"`
	Late    int             `json:"late"` // how many are overdue
	Soon    int             `json:"soon"` // how many are due soon
	Owed    []Owed          `json:"owed"`
	More    int             `json:"more"` // further reports that are not listed
}

// Owed is a report and the day by which it is due.
type Owed struct {
	indicators.Receipt
	Due indicators.Date `json:"due"`
}

// Reminded tells on which day each account was reminded last.
func (s *Store) Reminded(ctx context.Context) (map[int]indicators.Date, error) {
	const query = `
		SELECT account, max(payload ->> 'day')::date AS day
		FROM message
		WHERE kind = 'reminder'
		GROUP BY account`

	var rows []struct {
		Account int
		Day     indicators.Date
	}
	if err := s.db.SelectContext(ctx, &rows, query); err != nil {
		return nil, fmt.Errorf("reading who was reminded: %w", kind(ctx, err))
	}
	days := make(map[int]indicators.Date, len(rows))
	for _, row := range rows {
		days[row.Account] = row.Day
	}
	return days, nil
}

// QueueReminders puts reminders into the outbox, one a day for each account.
func (s *Store) QueueReminders(ctx context.Context, all []Reminder) error {
	return s.transact(ctx, func(tx *sqlx.Tx) error {
		for _, r := range all {
			r.More = max(len(r.Owed)-maxNoticed, 0)
			r.Owed = r.Owed[:len(r.Owed)-r.More]
			m := outgoing{key: fmt.Sprintf("reminder-%d-%s", r.Account, r.Day), kind: "reminder", account: r.Account, payload: r}
			if err := queue(ctx, tx, m); err != nil {
				return err
			}
		}
		return nil
	})
}
