package sql

import (
	"context"
	"fmt"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"

	"jalon/indicators"
)

// A Reminder is what a focal point is told on a day: all that is overdue or due soon.
type Reminder struct {
	Account int             `json:"-"`
	Day     indicators.Date `json:"day"`
	Owed    []Owed          `json:"owed"`
	More    int             `json:"more"` // further reports that are not listed
}

// Owed is a report and the day by which it is due.
type Owed struct {
	indicators.Receipt
	Due indicators.Date `json:"due"`
}

// A FocalPoint is a contributor who can be written to, and the day of the last reminder
// to them, zero before the first.
type FocalPoint struct {
	indicators.Account
	Reminded indicators.Date
}

// FocalPoints lists the contributors who can be written to, with their scopes.
func (s *Store) FocalPoints(ctx context.Context) ([]FocalPoint, error) {
	const query = `
		SELECT a.id, a.email, a.name, a.role, a.language,
		       ARRAY(SELECT code FROM account_scope WHERE account = a.id AND kind = 'group')::text[] AS groups,
		       ARRAY(SELECT code FROM account_scope WHERE account = a.id AND kind = 'organisation')::text[] AS organisations,
		       ARRAY(SELECT code FROM account_scope WHERE account = a.id AND kind = 'action')::text[] AS actions,
		       (SELECT max(payload ->> 'day') FROM message WHERE account = a.id AND kind = 'reminder')::date AS reminded
		FROM account a
		WHERE a.role = 'contributor' AND a.email IS NOT NULL AND a.disabled_at IS NULL
		ORDER BY a.id`

	rows, err := s.db.QueryContext(ctx, query)
	if err != nil {
		return nil, fmt.Errorf("reading the focal points: %w", kind(ctx, err))
	}
	defer rows.Close()
	var all []FocalPoint
	for rows.Next() {
		var f FocalPoint
		var groups, organisations, actions []string
		err := rows.Scan(&f.ID, &f.Email, &f.Name, &f.Role, &f.Language, pq.Array(&groups), pq.Array(&organisations), pq.Array(&actions), &f.Reminded)
		if err != nil {
			return nil, fmt.Errorf("reading the focal points: %w", kind(ctx, err))
		}
		f.Scope = indicators.Scope{
			Groups: indicators.NewCodes(groups), Organisations: indicators.NewCodes(organisations), Actions: indicators.NewCodes(actions),
		}
		all = append(all, f)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("reading the focal points: %w", kind(ctx, err))
	}
	return all, nil
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
