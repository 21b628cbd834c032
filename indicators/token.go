package indicators

import (
	"fmt"
	"strings"
	"time"
	"unicode"
)

// How many days a token lasts, if nothing is said, and at most.
const (
	TokenDays    = 90
	MaxTokenDays = 366
)

// A Token lets a program act for an account, with the account's rights: to read, and to
// write where it may.
type Token struct {
	ID        int        `db:"id" json:"id"`
	Account   int        `db:"account" json:"account"`
	Name      string     `db:"name" json:"name"` // what it is for
	Writes    bool       `db:"writes" json:"writes"`
	CreatedAt time.Time  `db:"created_at" json:"created_at"`
	ExpiresAt time.Time  `db:"expires_at" json:"expires_at"`
	RevokedAt *time.Time `db:"revoked_at" json:"revoked_at"`
	UsedAt    *time.Time `db:"used_at" json:"used_at"` // to the minute; nil: never
}

// NewToken is a token of so many days from now on; who keeps it gives it its number.
func NewToken(account int, name string, writes bool, days int, now time.Time) (Token, error) {
	name = strings.TrimSpace(name)
	switch {
	case name == "" || len(name) > 200 || strings.ContainsFunc(name, unicode.IsControl):
		return Token{}, fmt.Errorf("%w: a token has a name that says what it is for, in one line of 200 bytes at most", ErrInvalid)
	case days < 1 || days > MaxTokenDays:
		return Token{}, fmt.Errorf("%w: a token lasts from 1 to %d days, not %d: make another one before it ends", ErrInvalid, MaxTokenDays, days)
	}
	return Token{Account: account, Name: name, Writes: writes, CreatedAt: now, ExpiresAt: now.AddDate(0, 0, days)}, nil
}

// Works tells whether the token opens anything at a moment.
func (t *Token) Works(now time.Time) bool { return t.RevokedAt == nil && now.Before(t.ExpiresAt) }
