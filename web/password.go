package web

import (
	"context"
	"encoding/base64"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/alexedwards/argon2id"
	"golang.org/x/crypto/argon2"

	"jalon/indicators"
)

// hashing bounds how many passwords are hashed at a time: each takes 19 MiB.
const hashing = 2

// hashParams are what OWASP recommends for argon2id: 19 MiB, two passes, one thread.
func hashParams() *argon2id.Params {
	return &argon2id.Params{Memory: 19 * 1024, Iterations: 2, Parallelism: 1, SaltLength: 16, KeyLength: 32}
}

// HashPassword is what is kept of a password. One that is easily guessed is refused.
func HashPassword(password, email string) (string, error) {
	if err := checkPassword(password, email); err != nil {
		return "", err
	}
	hash, err := argon2id.CreateHash(password, hashParams())
	if err != nil {
		return "", fmt.Errorf("hashing a password: %w", err)
	}
	return hash, nil
}

// minPassword is the least number of characters; nothing else is asked of them, as NIST
// SP 800-63B advises.
const minPassword = 12

func checkPassword(password, email string) error {
	name, _, _ := strings.Cut(strings.ToLower(email), "@")
	folded := strings.ToLower(password)
	switch {
	case utf8.RuneCountInString(password) < minPassword:
		return fmt.Errorf("%w: a password has at least %d characters: a sentence is easily remembered", indicators.ErrInvalid, minPassword)
	case len(password) > 500:
		return fmt.Errorf("%w: a password has at most 500 bytes", indicators.ErrInvalid)
	case len(name) > 3 && strings.Contains(folded, name) || strings.Count(folded, folded[:1]) == len(folded):
		return fmt.Errorf("%w: this password is easily guessed: choose another one", indicators.ErrInvalid)
	}
	return nil
}

// A doorman looks at passwords, few at a time.
type doorman struct {
	places chan struct{}
	nobody string // the hash that stands in for that of an account that there is not
}

// newDoorman needs no password for nobody: a hash that is the hash of nothing known takes as
// long to compare.
func newDoorman() *doorman {
	params, nothing := hashParams(), base64.RawStdEncoding.EncodeToString
	nobody := fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, params.Memory, params.Iterations,
		params.Parallelism, nothing(make([]byte, params.SaltLength)), nothing(make([]byte, params.KeyLength)))
	return &doorman{make(chan struct{}, hashing), nobody}
}

// knows tells whether a password has a hash. Without a hash it takes as long to say no, so
// that nobody learns from the time whether there is an account.
func (d *doorman) knows(ctx context.Context, password, hash string) (bool, error) {
	select {
	case d.places <- struct{}{}:
		defer func() { <-d.places }()
	case <-ctx.Done():
		return false, ctx.Err()
	}
	against := hash
	if hash == "" {
		against = d.nobody
	}
	same, err := argon2id.ComparePasswordAndHash(password, against)
	if err != nil {
		return false, fmt.Errorf("comparing a password: %w", err)
	}
	return same && hash != "", nil
}
