package sql_test

import (
	"bytes"
	"errors"
	"testing"
	"time"

	"github.com/jmoiron/sqlx"

	"jalon/indicators"
	"jalon/sql"
	"jalon/sql/sqltest"
)

func TestATokenActsForItsAccountUntilItEnds(t *testing.T) {
	dsn := sqltest.DSN(t)
	store, err := sql.Open(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	id := account(t, store)
	hash := bytes.Repeat([]byte{7}, 32)
	number, err := store.AddToken(t.Context(), indicators.Token{Account: id, Name: "x", Writes: true, ExpiresAt: time.Now().Add(time.Hour)}, hash, "test")
	if err != nil {
		t.Fatal(err)
	}
	db, err := sqlx.ConnectContext(t.Context(), "postgres", dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	used := func() (at time.Time) {
		t.Helper()
		if _, a, err := store.TokenAccount(t.Context(), hash); err != nil || a.ID != id {
			t.Fatalf("account %d, %v", a.ID, err)
		}
		if err := db.GetContext(t.Context(), &at, `SELECT used_at FROM api_token WHERE id = $1`, number); err != nil {
			t.Fatal(err)
		}
		return at
	}
	first := used()
	if again := used(); !again.Equal(first) {
		t.Errorf("a second use within the minute is noted: %s, %s", first, again)
	}
	db.MustExecContext(t.Context(), `UPDATE api_token SET used_at = used_at - interval '61 seconds'`)
	if later := used(); later.Before(first) {
		t.Errorf("a use after a minute is not noted: %s, %s", first, later)
	}
	if err := store.RevokeToken(t.Context(), number, id+1, "test"); !errors.Is(err, indicators.ErrNotFound) {
		t.Errorf("another account revokes it: %v", err)
	}
	for range 2 {
		if err := store.RevokeToken(t.Context(), number, id, "test"); err != nil {
			t.Fatal(err)
		}
	}
	if _, _, err := store.TokenAccount(t.Context(), hash); !errors.Is(err, indicators.ErrNotFound) {
		t.Errorf("revoked, it still opens: %v", err)
	}
	var events []string
	if err := db.SelectContext(t.Context(), &events, `SELECT act || ' ' || detail FROM account_event WHERE act LIKE 'token%' ORDER BY id`); err != nil || len(events) != 2 {
		t.Errorf("the trail is %q, %v", events, err)
	}
}
