package indicators

import (
	"errors"
	"strings"
	"testing"
	"time"
)

func TestNewToken(t *testing.T) {
	now := time.Date(2026, 10, 31, 12, 0, 0, 0, time.UTC)
	for _, tt := range []struct {
		name string
		days int
		good bool
	}{
		{"Entrepôt", 1, true}, {"Entrepôt", MaxTokenDays, true}, {"Entrepôt", 0, false}, {"Entrepôt", MaxTokenDays + 1, false}, {"Entrepôt", -1, false},
		{"", 1, false}, {"  ", 1, false}, {"two\nlines", 1, false}, {strings.Repeat("x", 201), 1, false},
	} {
		token, err := NewToken(7, tt.name, true, tt.days, now)
		if (err == nil) != tt.good || err != nil && !errors.Is(err, ErrInvalid) {
			t.Errorf("%q, %d days: %v", tt.name, tt.days, err)
		}
		if err == nil && (!token.Works(now) || !token.Works(token.ExpiresAt.Add(-1)) || token.Works(token.ExpiresAt)) {
			t.Errorf("%q, %d days: works from %s to %s", tt.name, tt.days, token.CreatedAt, token.ExpiresAt)
		}
	}
	if token := (Token{ExpiresAt: now, RevokedAt: &now}); token.Works(now.Add(-time.Hour)) {
		t.Error("a revoked token works")
	}
}

func TestDonorsSee(t *testing.T) {
	for value, want := range map[string]Review{"": Verified, "verified": Verified, "submitted": Submitted} {
		d := Definitions{Settings: []Setting{{Key: "donors_see", Value: value}}}
		if got := d.DonorsSee(); got != want {
			t.Errorf("%q: %s, want %s", value, got, want)
		}
	}
}
