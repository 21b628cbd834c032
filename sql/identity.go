package sql

import (
	"context"
	"errors"
	"fmt"

	"github.com/jmoiron/sqlx"

	"jalon/indicators"
)

// An Identity is a person as an identity service vouches for them.
type Identity struct {
	Issuer  string
	Subject string
	// Person has the address, if the service has verified it, the name and the language;
	// and the role with its scope, where what the service says gives one.
	Person indicators.Account
}

// Identify finds the account of a person: the one that knows the service's name for them,
// else the one of their verified address, which then knows it, too; else, where there is a
// role, a new one. ErrNotFound: there is none for them. An account that another name of the
// service stands for already is an ErrConflict: addresses are given away again.
func (s *Store) Identify(ctx context.Context, i Identity) (a indicators.Account, err error) {
	const known = `
		JOIN identity i ON i.account = a.id
		WHERE i.issuer = $1 AND i.subject = $2 AND a.deleted_at IS NULL`

	err = s.transact(ctx, func(tx *sqlx.Tx) error {
		if _, err := tx.ExecContext(ctx, `LOCK TABLE account IN SHARE ROW EXCLUSIVE MODE`); err != nil {
			return fmt.Errorf("locking the accounts: %w", kind(ctx, err))
		}
		err := kind(ctx, tx.GetContext(ctx, &a, accountColumns+known, i.Issuer, i.Subject))
		if err == nil || !errors.Is(err, indicators.ErrNotFound) {
			return err
		}
		if i.Person.Email == "" {
			return fmt.Errorf("%w: nobody is known here as %q of %s", indicators.ErrNotFound, i.Subject, i.Issuer)
		}
		if a, err = i.adopt(ctx, tx); err != nil {
			return err
		}
		return i.link(ctx, tx, a.ID)
	})
	return a, err
}

// adopt finds the account of the address, or makes one.
func (i Identity) adopt(ctx context.Context, tx *sqlx.Tx) (indicators.Account, error) {
	var a indicators.Account
	err := kind(ctx, tx.GetContext(ctx, &a, accountColumns+`WHERE lower(a.email) = lower($1)`, i.Person.Email))
	if err == nil || !errors.Is(err, indicators.ErrNotFound) || i.Person.Role == indicators.Public {
		return a, err
	}
	a = i.Person
	a.ID, err = addAccount(ctx, tx, a, i.Issuer)
	return a, err
}

func (i Identity) link(ctx context.Context, tx *sqlx.Tx, account int) error {
	const insert = `
		INSERT INTO identity (issuer, subject, account)
		VALUES ($1, $2, $3)`

	if _, err := tx.ExecContext(ctx, insert, i.Issuer, i.Subject, account); err != nil {
		return fmt.Errorf("linking account %d to its identity: %w", account, kind(ctx, err))
	}
	return note(ctx, tx, account, i.Issuer, "changed", "identity")
}
