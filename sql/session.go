package sql

import (
	"context"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"jalon/indicators"
)

// A Session is somebody signed in, as they themselves are told of it.
type Session struct {
	CreatedAt time.Time `db:"created_at"`
	SeenAt    time.Time `db:"seen_at"`
	Agent     string    `db:"agent"`
	Current   bool      `db:"current"`
}

// BeginSession signs an account in: whoever shows the key of which this is the SHA-256
// acts for it until it expires. An account that was disabled meanwhile is not found.
func (s *Store) BeginSession(ctx context.Context, account int, hash []byte, expires time.Time, agent string) error {
	const insert = `
		INSERT INTO session (hash, account, expires_at, agent)
		SELECT $2, id, $3, $4
		FROM account
		WHERE id = $1 AND disabled_at IS NULL AND deleted_at IS NULL
		FOR SHARE`

	return s.transact(ctx, func(tx *sqlx.Tx) error {
		if _, err := tx.ExecContext(ctx, `DELETE FROM session WHERE expires_at < clock_timestamp()`); err != nil {
			return fmt.Errorf("ending old sessions: %w", kind(ctx, err))
		}
		done, err := tx.ExecContext(ctx, insert, account, hash, expires, agent)
		if err != nil {
			return fmt.Errorf("signing account %d in: %w", account, kind(ctx, err))
		}
		if n, err := done.RowsAffected(); err != nil || n != 1 {
			return fmt.Errorf("%w: account %d cannot sign in", indicators.ErrNotFound, account)
		}
		return note(ctx, tx, account, (&indicators.Account{ID: account}).Author(), "signed_in", "")
	})
}

// SessionAccount is whom a session is of; ErrNotFound where it has ended, or lay idle for
// longer than allowed.
func (s *Store) SessionAccount(ctx context.Context, hash []byte, idle time.Duration) (indicators.Account, error) {
	const alive = `
		JOIN session e ON e.account = a.id
		WHERE e.hash = $1 AND e.expires_at > clock_timestamp() AND e.seen_at > clock_timestamp() - $2 * interval '1 second'
		  AND a.disabled_at IS NULL AND a.deleted_at IS NULL`

	// Not at each request: a page has many.
	const seen = `
		UPDATE session
		SET seen_at = clock_timestamp()
		WHERE hash = $1 AND seen_at < clock_timestamp() - interval '1 minute'`

	var a indicators.Account
	if err := s.db.GetContext(ctx, &a, accountColumns+alive, hash, idle.Seconds()); err != nil {
		return a, fmt.Errorf("looking for a session: %w", kind(ctx, err))
	}
	if _, err := s.db.ExecContext(ctx, seen, hash); err != nil {
		return a, fmt.Errorf("keeping a session alive: %w", kind(ctx, err))
	}
	return a, nil
}

// Sessions lists where an account is signed in; current is the hash of the session that asks.
func (s *Store) Sessions(ctx context.Context, account int, current []byte) ([]Session, error) {
	const query = `
		SELECT created_at, seen_at, agent, hash = $2 AS current
		FROM session
		WHERE account = $1 AND expires_at > clock_timestamp()
		ORDER BY seen_at DESC`

	var all []Session
	if err := s.db.SelectContext(ctx, &all, query, account, current); err != nil {
		return nil, fmt.Errorf("reading the sessions of account %d: %w", account, kind(ctx, err))
	}
	return all, nil
}

// EndSession signs out. One that has ended already is no error.
func (s *Store) EndSession(ctx context.Context, hash []byte) error {
	if _, err := s.db.ExecContext(ctx, `DELETE FROM session WHERE hash = $1`, hash); err != nil {
		return fmt.Errorf("signing out: %w", kind(ctx, err))
	}
	return nil
}

// EndSessions signs an account out everywhere.
func (s *Store) EndSessions(ctx context.Context, account int) error {
	return s.transact(ctx, func(tx *sqlx.Tx) error {
		if _, err := tx.ExecContext(ctx, `DELETE FROM session WHERE account = $1`, account); err != nil {
			return fmt.Errorf("signing account %d out: %w", account, kind(ctx, err))
		}
		return note(ctx, tx, account, (&indicators.Account{ID: account}).Author(), "signed_out_everywhere", "")
	})
}
