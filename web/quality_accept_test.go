package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"jalon/indicators"
	"jalon/sql"
)

func TestAcceptingAFindingOnThePage(t *testing.T) {
	store := falling(t)
	h, who := serving(t, store), verifierAccount()
	page := seen(t, h, who, "/fr/quality")
	mark := markOf(t, page, "Cumul en baisse")

	reason := "Le registre a été recompté " + attack
	answer := sent(t, h, who, "/fr/quality?severity=severe", url.Values{"do": {"accept"}, "mark": {mark}, "reason": {reason}})
	if answer.StatusCode != http.StatusSeeOther || answer.Header.Get("Location") != "/fr/quality?severity=severe&done=accept" {
		t.Fatalf("%d to %q: %s", answer.StatusCode, answer.Header.Get("Location"), said(bodyOf(t, answer)))
	}
	page = seen(t, h, who, "/fr/quality?done=accept")
	if !strings.Contains(page, "Le constat est accepté.") || strings.Contains(page, `id="m-`+mark) || strings.Contains(page, "<script>alert") {
		t.Errorf("the page after it:\n%s", said(page))
	}
	public := bodyOf(t, ask(t, h, "GET", "/fr/quality"))
	for _, want := range []string{"Le registre a été recompté", "accepté par la vérification le"} {
		if !strings.Contains(said(public), want) {
			t.Errorf("the public is not told %q", want)
		}
	}
	for _, never := range []string{"Somebody", "somebody@example.org", "account-7", "<script>alert"} {
		if strings.Contains(public, never) {
			t.Errorf("the public is told %q", never)
		}
	}
	if before := seen(t, h, who, "/fr/quality?as-of=c2"); !strings.Contains(before, `id="m-`+mark) {
		t.Error("it was not accepted yet at the changeset before")
	}

	again := sent(t, h, who, "/fr/quality", url.Values{"do": {"accept"}, "mark": {mark}, "reason": {"encore"}})
	if body := bodyOf(t, again); again.StatusCode != http.StatusConflict || !strings.Contains(said(body), "n’est plus ce qu’il était") {
		t.Errorf("accepted twice: %d", again.StatusCode)
	}
	answer = sent(t, h, who, "/fr/quality", url.Values{"do": {"take_back"}, "mark": {mark}, "reason": {"Le registre était faux"}})
	if answer.StatusCode != http.StatusSeeOther || !strings.Contains(seen(t, h, who, "/fr/quality"), `id="m-`+mark) {
		t.Errorf("taken back: %d", answer.StatusCode)
	}
}

// A figure that changes while somebody writes why it is right is not accepted by that.
func TestAFigureChangesUnderAnAcceptance(t *testing.T) {
	store := falling(t)
	h, who := serving(t, store), verifierAccount()
	mark := markOf(t, seen(t, h, who, "/fr/quality"), "Cumul en baisse")
	women := reported("THREE", "2024", "75")
	women.Breakdown.Sex = "F"
	record(t, store, nil, reported("THREE", "2024", "141"), women)
	within(t, 5*time.Second, "the new figure", func() bool {
		return !strings.Contains(seen(t, h, who, "/fr/quality"), `id="m-`+mark)
	})
	answer := sent(t, h, who, "/fr/quality", url.Values{"do": {"accept"}, "mark": {mark}, "reason": {"Le registre a été recompté"}})
	if answer.StatusCode != http.StatusConflict {
		t.Errorf("answered %d", answer.StatusCode)
	}
	if accepted, err := store.Acceptances(t.Context(), 9); err != nil || len(accepted) != 0 {
		t.Errorf("accepted: %v, %v", accepted, err)
	}
}

func TestWhoMayAccept(t *testing.T) {
	store := falling(t)
	h := serving(t, store)
	mark := markOf(t, seen(t, h, verifierAccount(), "/fr/quality"), "Cumul en baisse")
	everybody := []*indicators.Account{nil, {ID: 9, Role: indicators.Verifier, Disabled: true}}
	for _, role := range indicators.Roles() {
		everybody = append(everybody, &indicators.Account{ID: 8, Role: role, Scope: indicators.Scope{Groups: indicators.Codes{"1", "2"}}})
	}
	for _, who := range everybody {
		may := who.Has(indicators.Accept)
		if form := strings.Contains(seen(t, h, who, "/fr/quality"), `class="judging"`); form != may {
			t.Errorf("%+v is offered a form: %v", who, form)
		}
		if strings.Contains(seen(t, h, who, "/fr/quality?as-of=c1"), `class="judging"`) {
			t.Errorf("%+v is offered to change the past", who)
		}
		for _, do := range []string{"accept", "take_back"} {
			answer := sent(t, h, who, "/fr/quality", url.Values{"do": {do}, "mark": {mark}, "reason": {"essai"}})
			if want := map[bool]int{true: http.StatusSeeOther, false: http.StatusForbidden}[may]; answer.StatusCode != want {
				t.Errorf("%+v: %s answers %d, want %d", who, do, answer.StatusCode, want)
			}
		}
	}
}

func newestOf(t *testing.T, store *sql.Store) int {
	t.Helper()
	all, err := store.Changesets(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return len(all)
}

// What is refused is said at the form, which keeps what was typed.
func TestAcceptancesThatAreNotUnderstood(t *testing.T) {
	store := falling(t)
	h, who := serving(t, store), verifierAccount()
	mark := markOf(t, seen(t, h, who, "/fr/quality"), "Cumul en baisse")
	long := strings.Repeat("é", maxReason+1)
	for _, tt := range []struct {
		name   string
		form   url.Values
		status int
		says   string
	}{
		{"no reason", url.Values{"do": {"accept"}, "mark": {mark}, "reason": {"  "}}, 422, "Un motif est nécessaire"},
		{"too long", url.Values{"do": {"accept"}, "mark": {mark}, "reason": {long}}, 422, "2000 caractères au plus"},
		{"another mark", url.Values{"do": {"accept"}, "mark": {"../../etc"}, "reason": {"x"}}, 409, "n’est plus ce qu’il était"},
		{"not accepted", url.Values{"do": {"take_back"}, "mark": {mark}, "reason": {"x"}}, 409, "n’est plus ce qu’il était"},
		{"another deed", url.Values{"do": {"delete"}, "mark": {mark}, "reason": {"x"}}, 400, "pas comprise"},
		{"nothing", nil, 400, "pas comprise"},
	} {
		answer := sent(t, h, who, "/fr/quality", tt.form)
		body := bodyOf(t, answer)
		if answer.StatusCode != tt.status || !strings.Contains(said(body), tt.says) {
			t.Errorf("%s: %d, want %d with %q", tt.name, answer.StatusCode, tt.status, tt.says)
		}
		if tt.name == "too long" && !strings.Contains(body, long) {
			t.Error("what was typed is lost")
		}
	}
	if n := newestOf(t, store); n != 2 {
		t.Errorf("%d changesets: something was written", n)
	}
}

// Who waits too long for another writer is told, and keeps what was typed.
func TestAcceptingWhileAnotherWrites(t *testing.T) {
	store := falling(t)
	s, h := running(t, store)
	s.cfg.WriteWait = 50 * time.Millisecond
	who := verifierAccount()
	mark := markOf(t, seen(t, h, who, "/fr/quality"), "Cumul en baisse")
	tx, err := store.DB().BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback()
	if _, err := tx.ExecContext(t.Context(), `SELECT pg_advisory_xact_lock(7461001)`); err != nil {
		t.Fatal(err)
	}
	answer := sent(t, h, who, "/fr/quality", url.Values{"do": {"accept"}, "mark": {mark}, "reason": {"Le registre a été recompté"}})
	if body := bodyOf(t, answer); answer.StatusCode != http.StatusServiceUnavailable || answer.Header.Get("Retry-After") != "5" ||
		!strings.Contains(body, "Le registre a été recompté") || !strings.Contains(said(body), "Une autre écriture est en cours") {
		t.Errorf("answered %d with Retry-After %q", answer.StatusCode, answer.Header.Get("Retry-After"))
	}
}
