package sql_test

import (
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"jalon/indicators"
	"jalon/sql"
	"jalon/sql/sqltest"
)

func someone(email string, role indicators.Role) indicators.Account {
	return indicators.Account{Email: indicators.Optional(email), Name: "Amel", Role: role, Language: "fr"}
}

func addAccount(t *testing.T, store *sql.Store, a indicators.Account) indicators.Account {
	t.Helper()
	id, err := store.AddAccount(t.Context(), a, "test")
	if err != nil {
		t.Fatal(err)
	}
	a.ID = id
	return a
}

func TestAccountsKeepTheirScope(t *testing.T) {
	store := sqltest.Open(t)
	a := someone("amel@example.tn", indicators.Contributor)
	a.Scope = indicators.Scope{Groups: indicators.Codes{"1", "2"}, Actions: indicators.Codes{"X"}}
	a = addAccount(t, store, a)
	got, err := store.AccountByEmail(t.Context(), "AMEL@example.tn")
	if err != nil || got.Rank() != "contributor groups=1|2 actions=X" || got.ID != a.ID {
		t.Errorf("account = %+v, %v", got, err)
	}
	if _, err := store.AddAccount(t.Context(), someone("Amel@Example.tn", indicators.Auditor), "test"); !errors.Is(err, indicators.ErrConflict) {
		t.Errorf("two accounts of one address: %v", err)
	}
	a.Scope, a.Role = indicators.Scope{}, indicators.Verifier
	if err := store.ChangeAccount(t.Context(), a, "test"); err != nil {
		t.Fatal(err)
	}
	if got, err := store.Account(t.Context(), a.ID); err != nil || got.Rank() != "verifier" {
		t.Errorf("account = %+v, %v", got, err)
	}
}

func TestWhatIsNoAccountIsRefused(t *testing.T) {
	store := sqltest.Open(t)
	for name, a := range map[string]indicators.Account{
		"no address":                   someone("nobody", indicators.Auditor),
		"a header in the address":      someone("a@example.tn\r\nBcc: b@example.tn", indicators.Auditor),
		"a name and an address":        someone("Amel <a@example.tn>", indicators.Auditor),
		"no role":                      someone("a@example.tn", "minister"),
		"a contributor without a task": someone("a@example.tn", indicators.Contributor),
		"a donor without money":        someone("a@example.tn", indicators.DonorReader),
		"an auditor of a group":        {Email: "a@example.tn", Name: "A", Role: indicators.Auditor, Language: "fr", Scope: indicators.Scope{Groups: indicators.Codes{"1"}}},
		"a name of two lines":          {Email: "a@example.tn", Name: "A\nB", Role: indicators.Auditor, Language: "fr"},
		"another language":             {Email: "a@example.tn", Name: "A", Role: indicators.Auditor, Language: "de"},
	} {
		if _, err := store.AddAccount(t.Context(), a, "test"); !errors.Is(err, indicators.ErrInvalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestTheLastAdministratorStays(t *testing.T) {
	store := sqltest.Open(t)
	first := addAccount(t, store, someone("a@example.tn", indicators.Administrator))
	demoted, disabled := first, first
	demoted.Role, disabled.Disabled = indicators.Auditor, true
	for _, a := range []indicators.Account{demoted, disabled} {
		if err := store.ChangeAccount(t.Context(), a, "test"); !errors.Is(err, indicators.ErrConflict) {
			t.Errorf("%s, disabled %v: %v", a.Role, a.Disabled, err)
		}
	}
	if err := store.DeleteAccount(t.Context(), first.ID, "test"); !errors.Is(err, indicators.ErrConflict) {
		t.Errorf("deleted: %v", err)
	}
	second := addAccount(t, store, someone("b@example.tn", indicators.Administrator))
	var both sync.WaitGroup
	var kept [2]error
	for n, a := range []indicators.Account{first, second} {
		both.Go(func() { kept[n] = store.DeleteAccount(t.Context(), a.ID, "test") })
	}
	both.Wait()
	if (kept[0] == nil) == (kept[1] == nil) {
		t.Errorf("of two who go at once: %v, %v", kept[0], kept[1])
	}
}

// Who is deleted is forgotten; what they did stays under their number.
func TestWhoIsDeletedIsForgotten(t *testing.T) {
	store := sqltest.Open(t)
	addAccount(t, store, someone("admin@example.tn", indicators.Administrator))
	a := someone("amel@example.tn", indicators.Contributor)
	a.Name, a.Scope = "Amel Mansouri", indicators.Scope{Groups: indicators.Codes{"1"}}
	a = addAccount(t, store, a)
	record(t, store, programme(), nil)
	if err := enter(t, store, &a, 1, entered(2020, "6", indicators.Submitted)); err != nil {
		t.Fatal(err)
	}
	if err := store.SetPassword(t.Context(), a.ID, "hash", "test"); err != nil {
		t.Fatal(err)
	}
	if err := store.BeginSession(t.Context(), a.ID, make([]byte, 32), time.Now().Add(time.Hour), "agent"); err != nil {
		t.Fatal(err)
	}
	if err := store.DeleteAccount(t.Context(), a.ID, "test"); err != nil {
		t.Fatal(err)
	}
	if w := work(t, store); len(w) != 1 || w[0].Submitted != a.Author() {
		t.Errorf("what was done is lost: %+v", w)
	}
	if _, err := store.SessionAccount(t.Context(), make([]byte, 32), time.Hour); !errors.Is(err, indicators.ErrNotFound) {
		t.Errorf("still signed in: %v", err)
	}
	var everything string
	const query = `SELECT coalesce(string_agg(t.row, ' '), '')
		FROM (SELECT a::text AS row FROM account a UNION ALL SELECT e::text FROM account_event e UNION ALL SELECT c::text FROM changeset c
		      UNION ALL SELECT s::text FROM account_scope s UNION ALL SELECT x::text FROM session x) t`
	if err := store.DB().QueryRowContext(t.Context(), query).Scan(&everything); err != nil {
		t.Fatal(err)
	}
	for _, trace := range []string{"amel@", "Mansouri", "agent"} {
		if strings.Contains(everything, trace) {
			t.Errorf("%q is still in the database", trace)
		}
	}
	if again := addAccount(t, store, someone("amel@example.tn", indicators.Auditor)); again.ID == a.ID {
		t.Error("somebody new has the number of somebody forgotten")
	}
}

func TestSessionsEnd(t *testing.T) {
	store := sqltest.Open(t)
	a := addAccount(t, store, someone("a@example.tn", indicators.Auditor))
	key := func(n byte) []byte { return slices.Repeat([]byte{n}, 32) }
	begin := func(n byte, expires time.Time) {
		t.Helper()
		if err := store.BeginSession(t.Context(), a.ID, key(n), expires, "agent"); err != nil {
			t.Fatal(err)
		}
	}
	alive := func(n byte, idle time.Duration) bool {
		got, err := store.SessionAccount(t.Context(), key(n), idle)
		return err == nil && got.ID == a.ID
	}
	begin(1, time.Now().Add(time.Hour))
	begin(2, time.Now().Add(-time.Second))
	begin(3, time.Now().Add(time.Hour))
	if !alive(1, time.Hour) || alive(2, time.Hour) || alive(1, 0) || alive(9, time.Hour) {
		t.Error("a session lives that should not, or the other way round")
	}
	if err := store.EndSession(t.Context(), key(1)); err != nil || alive(1, time.Hour) || !alive(3, time.Hour) {
		t.Errorf("signing out ends another session: %v", err)
	}
	if err := store.EndSessions(t.Context(), a.ID); err != nil || alive(3, time.Hour) {
		t.Errorf("signed out everywhere, and still in: %v", err)
	}
	if err := store.BeginSession(t.Context(), 999, key(4), time.Now().Add(time.Hour), ""); !errors.Is(err, indicators.ErrNotFound) {
		t.Errorf("nobody signs in: %v", err)
	}
}

// Of several who take one invitation up at once, one does.
func TestAnInvitationIsTakenUpOnce(t *testing.T) {
	store := sqltest.Open(t)
	a := addAccount(t, store, someone("a@example.tn", indicators.Auditor))
	hash := make([]byte, 32)
	if err := store.Invite(t.Context(), a.ID, hash, time.Now().Add(time.Hour), "test"); err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	taken := make([]error, 5)
	for n := range taken {
		all.Go(func() { _, taken[n] = store.AcceptInvitation(t.Context(), hash, "hash") })
	}
	all.Wait()
	count := 0
	for _, err := range taken {
		if err == nil {
			count++
		} else if !errors.Is(err, indicators.ErrNotFound) {
			t.Error(err)
		}
	}
	if count != 1 {
		t.Errorf("taken up %d times", count)
	}
}

// A link that lies in somebody's letters chooses no password any more once one is set.
func TestAPasswordEndsInvitations(t *testing.T) {
	store := sqltest.Open(t)
	a := addAccount(t, store, someone("a@example.tn", indicators.Auditor))
	hash := make([]byte, 32)
	if err := store.Invite(t.Context(), a.ID, hash, time.Now().Add(time.Hour), "test"); err != nil {
		t.Fatal(err)
	}
	if err := store.SetPassword(t.Context(), a.ID, "hash", "test"); err != nil {
		t.Fatal(err)
	}
	if _, err := store.AcceptInvitation(t.Context(), hash, "another"); !errors.Is(err, indicators.ErrNotFound) {
		t.Errorf("the invitation is taken up: %v", err)
	}
}
