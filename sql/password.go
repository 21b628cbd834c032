package sql

import (
	"context"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"

	"jalon/indicators"
)

// Password is the stored hash of an account that can sign in by a password; ErrNotFound
// for any other.
func (s *Store) Password(ctx context.Context, email string) (account int, hash string, err error) {
	const query = `
		SELECT id, password
		FROM account
		WHERE lower(email) = lower($1) AND password IS NOT NULL AND disabled_at IS NULL AND deleted_at IS NULL`

	if err := s.db.QueryRowContext(ctx, query, email).Scan(&account, &hash); err != nil {
		return 0, "", fmt.Errorf("looking for an account: %w", kind(ctx, err))
	}
	return account, hash, nil
}

// SetPassword gives an account a password, by its hash, and signs it out everywhere. No
// invitation that is still open chooses another one.
func (s *Store) SetPassword(ctx context.Context, account int, hash, by string) error {
	return s.transact(ctx, func(tx *sqlx.Tx) error { return setPassword(ctx, tx, account, hash, by) })
}

func setPassword(ctx context.Context, tx *sqlx.Tx, account int, hash, by string) error {
	const update = `
		UPDATE account
		SET password = $2
		WHERE id = $1 AND deleted_at IS NULL`

	done, err := tx.ExecContext(ctx, update, account, hash)
	if err != nil {
		return fmt.Errorf("setting the password of account %d: %w", account, kind(ctx, err))
	}
	if n, err := done.RowsAffected(); err != nil || n != 1 {
		return fmt.Errorf("%w: account %d", indicators.ErrNotFound, account)
	}
	if _, err := tx.ExecContext(ctx, `DELETE FROM session WHERE account = $1`, account); err != nil {
		return fmt.Errorf("signing account %d out: %w", account, kind(ctx, err))
	}
	if err := endInvitations(ctx, tx, account); err != nil {
		return err
	}
	return note(ctx, tx, account, by, "password", "")
}

func endInvitations(ctx context.Context, tx *sqlx.Tx, account int) error {
	const end = `
		UPDATE invitation
		SET used_at = clock_timestamp()
		WHERE account = $1 AND used_at IS NULL`

	if _, err := tx.ExecContext(ctx, end, account); err != nil {
		return fmt.Errorf("ending the invitations of account %d: %w", account, kind(ctx, err))
	}
	return nil
}

// Invite keeps the SHA-256 of a key that lets its holder, once, choose the password of an
// account. Earlier invitations of the account end.
func (s *Store) Invite(ctx context.Context, account int, hash []byte, expires time.Time, by string) error {
	const insert = `
		INSERT INTO invitation (hash, account, expires_at)
		SELECT $2, id, $3
		FROM account
		WHERE id = $1 AND disabled_at IS NULL AND deleted_at IS NULL`

	return s.transact(ctx, func(tx *sqlx.Tx) error {
		if err := endInvitations(ctx, tx, account); err != nil {
			return err
		}
		done, err := tx.ExecContext(ctx, insert, account, hash, expires)
		if err != nil {
			return fmt.Errorf("inviting account %d: %w", account, kind(ctx, err))
		}
		if n, err := done.RowsAffected(); err != nil || n != 1 {
			return fmt.Errorf("%w: account %d cannot be invited: it is disabled or deleted", indicators.ErrNotFound, account)
		}
		return note(ctx, tx, account, by, "invited", "")
	})
}

// Invited is the account that an invitation is for; ErrNotFound where it was used, ended or
// never given.
func (s *Store) Invited(ctx context.Context, hash []byte) (indicators.Account, error) {
	return invited(ctx, s.db, hash, "")
}

func invited(ctx context.Context, q sqlx.QueryerContext, hash []byte, lock string) (indicators.Account, error) {
	const open = `
		JOIN invitation i ON i.account = a.id
		WHERE i.hash = $1 AND i.used_at IS NULL AND i.expires_at > clock_timestamp()
		  AND a.disabled_at IS NULL AND a.deleted_at IS NULL `

	var a indicators.Account
	if err := sqlx.GetContext(ctx, q, &a, accountColumns+open+lock, hash); err != nil {
		return a, fmt.Errorf("looking for an invitation: %w", kind(ctx, err))
	}
	return a, nil
}

// AcceptInvitation sets the password of the account that an invitation is for. Of several
// who try at once, one succeeds.
func (s *Store) AcceptInvitation(ctx context.Context, hash []byte, password string) (indicators.Account, error) {
	var a indicators.Account
	err := s.transact(ctx, func(tx *sqlx.Tx) (err error) {
		if a, err = invited(ctx, tx, hash, `FOR UPDATE OF i`); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `UPDATE invitation SET used_at = clock_timestamp() WHERE hash = $1`, hash); err != nil {
			return fmt.Errorf("using an invitation: %w", kind(ctx, err))
		}
		return setPassword(ctx, tx, a.ID, password, a.Author())
	})
	return a, err
}

// Attempt notes an attempt to sign in under some keys, and counts those since a while ago,
// the greatest number of any. It is noted before the password is looked at, so that many
// at once are counted, too.
func (s *Store) Attempt(ctx context.Context, within time.Duration, keys ...string) (attempts int, err error) {
	const insert = `
		INSERT INTO sign_in_attempt (key)
		SELECT unnest($1::text[])`

	const count = `
		SELECT count(*)
		FROM sign_in_attempt
		WHERE key = ANY ($1) AND at > clock_timestamp() - $2 * interval '1 second'
		GROUP BY key
		ORDER BY 1 DESC
		LIMIT 1`

	if _, err := s.db.ExecContext(ctx, `DELETE FROM sign_in_attempt WHERE at < clock_timestamp() - interval '1 day'`); err != nil {
		return 0, fmt.Errorf("forgetting attempts to sign in: %w", kind(ctx, err))
	}
	if _, err := s.db.ExecContext(ctx, insert, pq.Array(keys)); err != nil {
		return 0, fmt.Errorf("noting an attempt to sign in: %w", kind(ctx, err))
	}
	if err := s.db.GetContext(ctx, &attempts, count, pq.Array(keys), within.Seconds()); err != nil {
		return 0, fmt.Errorf("counting attempts to sign in: %w", kind(ctx, err))
	}
	return attempts, nil
}

// Succeeded takes back the attempts under a key: whoever knows the password was not guessing.
func (s *Store) Succeeded(ctx context.Context, key string) error {
	if _, err := s.db.ExecContext(ctx, `DELETE FROM sign_in_attempt WHERE key = $1`, key); err != nil {
		return fmt.Errorf("forgetting attempts to sign in: %w", kind(ctx, err))
	}
	return nil
}
