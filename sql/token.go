package sql

import (
	"context"
	"fmt"
	"strconv"

	"github.com/jmoiron/sqlx"

	"jalon/indicators"
)

// tokenColumns are those of an indicators.Token.
//
//nolint:gosec // names of columns, no credential
const tokenColumns = `
	SELECT t.id, t.account, t.name, t.writes, t.created_at, t.expires_at, t.revoked_at, t.used_at
	FROM api_token t `

// AddToken keeps the SHA-256 of a token and gives its number. An account that is disabled
// or deleted gets none.
func (s *Store) AddToken(ctx context.Context, t indicators.Token, hash []byte, by string) (id int, err error) {
	const insert = `
		INSERT INTO api_token (hash, account, name, writes, expires_at)
		SELECT $2, id, $3, $4, $5
		FROM account
		WHERE id = $1 AND disabled_at IS NULL AND deleted_at IS NULL
		RETURNING api_token.id`

	err = s.transact(ctx, func(tx *sqlx.Tx) error {
		if err := tx.GetContext(ctx, &id, insert, t.Account, hash, t.Name, t.Writes, t.ExpiresAt); err != nil {
			return fmt.Errorf("making a token for account %d, which must be neither disabled nor deleted: %w", t.Account, kind(ctx, err))
		}
		return note(ctx, tx, t.Account, by, "token", strconv.Itoa(id))
	})
	return id, err
}

// Tokens lists the tokens of an account, those of all accounts for account 0, by number;
// those that open nothing any more, too.
func (s *Store) Tokens(ctx context.Context, account int) ([]indicators.Token, error) {
	const chosen = `
		WHERE $1 = 0 OR t.account = $1
		ORDER BY t.id`

	var all []indicators.Token
	if err := s.db.SelectContext(ctx, &all, tokenColumns+chosen, account); err != nil {
		return nil, fmt.Errorf("reading the tokens: %w", kind(ctx, err))
	}
	return all, nil
}

// RevokeToken ends a token of an account, of any account for account 0. One that is
// revoked already is no error.
func (s *Store) RevokeToken(ctx context.Context, id, account int, by string) error {
	const find = `
		WHERE t.id = $1 AND ($2 = 0 OR t.account = $2)
		FOR UPDATE`

	const revoke = `
		UPDATE api_token
		SET revoked_at = clock_timestamp()
		WHERE id = $1`

	return s.transact(ctx, func(tx *sqlx.Tx) error {
		var t indicators.Token
		if err := tx.GetContext(ctx, &t, tokenColumns+find, id, account); err != nil {
			return fmt.Errorf("token %d: %w", id, kind(ctx, err))
		}
		if t.RevokedAt != nil {
			return nil
		}
		if _, err := tx.ExecContext(ctx, revoke, id); err != nil {
			return fmt.Errorf("revoking token %d: %w", id, kind(ctx, err))
		}
		return note(ctx, tx, t.Account, by, "token_revoked", strconv.Itoa(id))
	})
}

// TokenAccount is whom a token acts for; ErrNotFound where there is none of this SHA-256,
// or it has ended, or its account has.
func (s *Store) TokenAccount(ctx context.Context, hash []byte) (indicators.Token, indicators.Account, error) {
	const working = `
		WHERE t.hash = $1 AND t.revoked_at IS NULL AND t.expires_at > clock_timestamp()`

	const open = `
		WHERE a.id = $1 AND a.disabled_at IS NULL AND a.deleted_at IS NULL`

	// Not at each request: a program makes many.
	const used = `
		UPDATE api_token
		SET used_at = clock_timestamp()
		WHERE id = $1 AND (used_at IS NULL OR used_at < clock_timestamp() - interval '1 minute')`

	var t indicators.Token
	var a indicators.Account
	if err := s.db.GetContext(ctx, &t, tokenColumns+working, hash); err != nil {
		return t, a, fmt.Errorf("looking for a token: %w", kind(ctx, err))
	}
	if err := s.db.GetContext(ctx, &a, accountColumns+open, t.Account); err != nil {
		return t, a, fmt.Errorf("looking for the account of token %d: %w", t.ID, kind(ctx, err))
	}
	if _, err := s.db.ExecContext(ctx, used, t.ID); err != nil {
		return t, a, fmt.Errorf("noting the use of token %d: %w", t.ID, kind(ctx, err))
	}
	return t, a, nil
}
