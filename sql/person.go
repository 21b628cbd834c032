package sql

import (
	"context"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"jalon/indicators"
)

// A Person is an account as those see it who manage accounts.
type Person struct {
	indicators.Account
	CreatedAt   time.Time  `db:"created_at"`
	SeenAt      *time.Time `db:"seen_at"` // nil: never signed in
	Deleted     bool       `db:"deleted"`
	Waiting     bool       `db:"waiting"`      // an invitation can still be taken up
	HasPassword bool       `db:"has_password"` // one was chosen
	Sessions    int        `db:"sessions"`     // where the account is signed in
}

// People lists all accounts by number, deleted ones too: what they did stays.
func (s *Store) People(ctx context.Context) ([]Person, error) {
	const query = `
		SELECT a.id, a.email, a.name, a.role, a.language, a.disabled, a."scope.groups", a."scope.organisations", a."scope.actions",
		       p.created_at, p.deleted_at IS NOT NULL AS deleted, p.password IS NOT NULL AS has_password,
		       greatest((SELECT max(seen_at) FROM session s WHERE s.account = a.id),
		                (SELECT max(at) FROM account_event e WHERE e.account = a.id AND act = 'signed_in')) AS seen_at,
		       (SELECT count(*) FROM session s WHERE s.account = a.id AND expires_at > clock_timestamp()) AS sessions,
		       EXISTS (SELECT FROM invitation i
		               WHERE i.account = a.id AND used_at IS NULL AND expires_at > clock_timestamp()) AS waiting
		FROM (` + accountColumns + `) a
		JOIN account p ON p.id = a.id
		ORDER BY a.id`

	var all []Person
	if err := s.db.SelectContext(ctx, &all, query); err != nil {
		return nil, fmt.Errorf("reading the accounts: %w", kind(ctx, err))
	}
	return all, nil
}

// CloseDoors signs an account out everywhere, and ends its invitations and tokens.
func (s *Store) CloseDoors(ctx context.Context, id int, by string) error {
	return s.transact(ctx, func(tx *sqlx.Tx) error {
		if _, err := lockAccount(ctx, tx, id); err != nil {
			return err
		}
		if err := closeDoors(ctx, tx, id); err != nil {
			return err
		}
		return note(ctx, tx, id, by, "signed_out_everywhere", "")
	})
}
