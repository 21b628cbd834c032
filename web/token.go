package web

import (
	"context"

	"jalon/indicators"
	"jalon/sql"
)

// tokenPrefix begins every token, so that one that lies about where it should not is known
// for what it is.
const tokenPrefix = "jalon_"

// IssueToken makes a token of so many days for an account. The secret is given here and
// never again: only its SHA-256 is kept.
func IssueToken(ctx context.Context, store *sql.Store, t indicators.Token, by string) (secret string, id int, err error) {
	key, _ := newKey()
	secret = tokenPrefix + key
	id, err = store.AddToken(ctx, t, hashed(secret), by)
	return secret, id, err
}
