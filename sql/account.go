package sql

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"time"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"

	"jalon/indicators"
)

// accountColumns are those of an indicators.Account.
const accountColumns = `
	SELECT a.id, a.email, a.name, a.role, a.language, a.disabled_at IS NOT NULL OR a.deleted_at IS NOT NULL AS disabled,
	       (SELECT string_agg(code, '|') FROM account_scope s WHERE s.account = a.id AND kind = 'group') AS "scope.groups",
	       (SELECT string_agg(code, '|') FROM account_scope s WHERE s.account = a.id AND kind = 'organisation') AS "scope.organisations",
	       (SELECT string_agg(code, '|') FROM account_scope s WHERE s.account = a.id AND kind = 'action') AS "scope.actions"
	FROM account a `

// Accounts lists all accounts by number, deleted ones too: what they did stays.
func (s *Store) Accounts(ctx context.Context) ([]indicators.Account, error) {
	var all []indicators.Account
	if err := s.db.SelectContext(ctx, &all, accountColumns+`ORDER BY a.id`); err != nil {
		return nil, fmt.Errorf("reading the accounts: %w", kind(ctx, err))
	}
	return all, nil
}

// Account finds an account by its number.
func (s *Store) Account(ctx context.Context, id int) (indicators.Account, error) {
	var a indicators.Account
	if err := s.db.GetContext(ctx, &a, accountColumns+`WHERE a.id = $1`, id); err != nil {
		return a, fmt.Errorf("account %d: %w", id, kind(ctx, err))
	}
	return a, nil
}

// AccountByEmail finds an account by its address, whatever the case.
func (s *Store) AccountByEmail(ctx context.Context, email string) (indicators.Account, error) {
	var a indicators.Account
	if err := s.db.GetContext(ctx, &a, accountColumns+`WHERE lower(a.email) = lower($1)`, email); err != nil {
		return a, fmt.Errorf("account %s: %w", email, kind(ctx, err))
	}
	return a, nil
}

// AddAccount makes an account, without a password, and gives its number.
func (s *Store) AddAccount(ctx context.Context, a indicators.Account, by string) (id int, err error) {
	err = s.transact(ctx, func(tx *sqlx.Tx) (err error) {
		id, err = addAccount(ctx, tx, a, by)
		return err
	})
	return id, err
}

func addAccount(ctx context.Context, tx *sqlx.Tx, a indicators.Account, by string) (id int, err error) {
	const insert = `
		INSERT INTO account (email, name, role, language)
		VALUES ($1, $2, $3, $4)
		RETURNING id`

	if err := a.Check(); err != nil {
		return 0, err
	}
	if err := tx.GetContext(ctx, &id, insert, a.Email, a.Name, a.Role, a.Language); err != nil {
		return 0, taken(a, kind(ctx, err))
	}
	if err := writeScope(ctx, tx, id, a.Scope); err != nil {
		return 0, err
	}
	return id, note(ctx, tx, id, by, "created", a.Rank())
}

// taken words the conflict of two accounts with one address.
func taken(a indicators.Account, err error) error {
	if errors.Is(err, indicators.ErrConflict) {
		return fmt.Errorf("%w: %w", indicators.ErrConflict, indicators.Say("there is an account of %s already: change that one", a.Email))
	}
	return fmt.Errorf("writing the account %s: %w", a.Email, err)
}

// ChangeAccount writes everything of an account but its password. One whose rights or
// address change, or that is disabled, is signed out everywhere. The last administrator
// stays one.
func (s *Store) ChangeAccount(ctx context.Context, a indicators.Account, by string) error {
	const update = `
		UPDATE account
		SET email = $2, name = $3, role = $4, language = $5,
		    disabled_at = CASE WHEN $6 THEN coalesce(disabled_at, clock_timestamp()) END
		WHERE id = $1 AND deleted_at IS NULL`

	if err := a.Check(); err != nil {
		return err
	}
	return s.transact(ctx, func(tx *sqlx.Tx) error {
		before, err := lockAccount(ctx, tx, a.ID)
		if err != nil {
			return err
		}
		if reflect.DeepEqual(before, a) {
			return nil
		}
		done, err := tx.ExecContext(ctx, update, a.ID, a.Email, a.Name, a.Role, a.Language, a.Disabled)
		if err != nil {
			return taken(a, kind(ctx, err))
		}
		if n, err := done.RowsAffected(); err != nil || n != 1 {
			return fmt.Errorf("%w: account %d was deleted", indicators.ErrNotFound, a.ID)
		}
		if err := writeScope(ctx, tx, a.ID, a.Scope); err != nil {
			return err
		}
		if err := keepAnAdministrator(ctx, tx, &before); err != nil {
			return err
		}
		act := "changed"
		if before.Disabled != a.Disabled {
			act = map[bool]string{true: "disabled", false: "enabled"}[a.Disabled]
		}
		if before.Rank() != a.Rank() || before.Email != a.Email || before.Disabled != a.Disabled {
			if err := closeDoors(ctx, tx, a.ID); err != nil {
				return err
			}
		}
		return note(ctx, tx, a.ID, by, act, a.Rank())
	})
}

// DeleteAccount forgets a person: address, name, password, identities and scope go, and every door is
// closed. What the account did stays under its number.
func (s *Store) DeleteAccount(ctx context.Context, id int, by string) error {
	const forget = `
		UPDATE account
		SET email = NULL, name = '', password = NULL, disabled_at = coalesce(disabled_at, clock_timestamp()),
		    deleted_at = clock_timestamp()
		WHERE id = $1 AND deleted_at IS NULL`

	return s.transact(ctx, func(tx *sqlx.Tx) error {
		before, err := lockAccount(ctx, tx, id)
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, forget, id); err != nil {
			return fmt.Errorf("deleting account %d: %w", id, kind(ctx, err))
		}
		if _, err := tx.ExecContext(ctx, `DELETE FROM identity WHERE account = $1`, id); err != nil {
			return fmt.Errorf("deleting the identities of account %d: %w", id, kind(ctx, err))
		}
		if err := writeScope(ctx, tx, id, indicators.Scope{}); err != nil {
			return err
		}
		if err := keepAnAdministrator(ctx, tx, &before); err != nil {
			return err
		}
		if err := closeDoors(ctx, tx, id); err != nil {
			return err
		}
		return note(ctx, tx, id, by, "deleted", "")
	})
}

// lockAccount reads an account that is about to change, and keeps others from changing any.
func lockAccount(ctx context.Context, tx *sqlx.Tx, id int) (indicators.Account, error) {
	var a indicators.Account
	if _, err := tx.ExecContext(ctx, `LOCK TABLE account IN SHARE ROW EXCLUSIVE MODE`); err != nil {
		return a, fmt.Errorf("locking the accounts: %w", kind(ctx, err))
	}
	if err := tx.GetContext(ctx, &a, accountColumns+`WHERE a.id = $1 AND a.deleted_at IS NULL`, id); err != nil {
		return a, fmt.Errorf("account %d: %w", id, kind(ctx, err))
	}
	return a, nil
}

// keepAnAdministrator refuses a change to an administrator after which nobody could manage
// accounts.
func keepAnAdministrator(ctx context.Context, tx *sqlx.Tx, before *indicators.Account) error {
	const query = `
		SELECT count(*)
		FROM account
		WHERE role = 'administrator' AND disabled_at IS NULL AND deleted_at IS NULL`

	if before.Role != indicators.Administrator || before.Disabled {
		return nil
	}
	var left int
	if err := tx.GetContext(ctx, &left, query); err != nil {
		return fmt.Errorf("counting the administrators: %w", kind(ctx, err))
	}
	if left == 0 {
		return fmt.Errorf("%w: %w", indicators.ErrConflict, indicators.Say("this is the last administrator: make another one first"))
	}
	return nil
}

// closeDoors ends what an account can come in by without its password.
func closeDoors(ctx context.Context, tx *sqlx.Tx, id int) error {
	for _, query := range []string{
		`DELETE FROM session WHERE account = $1`,
		`UPDATE invitation SET used_at = clock_timestamp() WHERE account = $1 AND used_at IS NULL`,
		`UPDATE api_token SET revoked_at = clock_timestamp() WHERE account = $1 AND revoked_at IS NULL`,
	} {
		if _, err := tx.ExecContext(ctx, query, id); err != nil {
			return fmt.Errorf("signing account %d out: %w", id, kind(ctx, err))
		}
	}
	return nil
}

func writeScope(ctx context.Context, tx *sqlx.Tx, id int, scope indicators.Scope) error {
	const insert = `
		INSERT INTO account_scope (account, kind, code)
		SELECT $1, $2, unnest($3::text[])`

	if _, err := tx.ExecContext(ctx, `DELETE FROM account_scope WHERE account = $1`, id); err != nil {
		return fmt.Errorf("writing the scope of account %d: %w", id, kind(ctx, err))
	}
	for what, codes := range map[string]indicators.Codes{
		"group": scope.Groups, "organisation": scope.Organisations, "action": scope.Actions,
	} {
		if _, err := tx.ExecContext(ctx, insert, id, what, pq.Array([]string(codes))); err != nil {
			return fmt.Errorf("writing the scope of account %d: %w", id, kind(ctx, err))
		}
	}
	return nil
}

// An AccountEvent is something that happened to an account: a line of the audit trail.
type AccountEvent struct {
	At      time.Time `db:"at"`
	Account int       `db:"account"`
	By      string    `db:"by"`
	Act     string    `db:"act"`
	Detail  string    `db:"detail"`
}

// note adds a line to the audit trail of an account.
func note(ctx context.Context, tx *sqlx.Tx, id int, by, act, detail string) error {
	const insert = `
		INSERT INTO account_event (account, by, act, detail)
		VALUES ($1, $2, $3, $4)`

	if _, err := tx.ExecContext(ctx, insert, id, by, act, detail); err != nil {
		return fmt.Errorf("noting what happened to account %d: %w", id, kind(ctx, err))
	}
	return nil
}
