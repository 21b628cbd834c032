package sql_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"jalon/indicators"
	"jalon/sql"
	"jalon/sql/sqltest"
)

// telling is the programme with both ways of telling people switched on.
func telling() *indicators.Workbook {
	w := programme()
	for _, key := range []string{"reminders", "webhook"} {
		w.Settings = append(w.Settings, edit(indicators.Setting{Key: key, Value: "yes"}))
	}
	return w
}

// person makes an account and gives its number.
func person(t *testing.T, store *sql.Store, role indicators.Role, name string) indicators.Account {
	t.Helper()
	a := indicators.Account{Email: indicators.Optional(name + "@example.tn"), Name: name, Role: role, Language: "fr"}
	if role == indicators.Contributor {
		a.Scope.Groups = indicators.Codes{"1"}
	}
	id, err := store.AddAccount(t.Context(), a, "test")
	if err != nil {
		t.Fatal(err)
	}
	a.ID = id
	return a
}

// reviewed records figures in a state of review, as an act of an account.
func reviewed(t *testing.T, store *sql.Store, act indicators.Act, state indicators.Review, all ...indicators.Observation) int {
	t.Helper()
	for n := range all {
		all[n].Review = state
	}
	report, err := store.Record(t.Context(), sql.Recording{Observations: lines(all...), Act: act})
	if err != nil {
		t.Fatalf("%v: %+v", err, report.Problems)
	}
	return report.Changeset
}

// clock is an hour that a test moves on.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) passes(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// soon is a clock for which all that was queued is due.
func soon() *clock { return &clock{now: time.Now().Add(time.Minute)} }

// outbox gives all that is waiting, by channel, and marks it as sent.
func outbox(t *testing.T, store *sql.Store, channel string) []sql.Message {
	t.Helper()
	var all []sql.Message
	by := sql.Sender{
		Channels: []string{channel}, Now: soon().Now,
		Send:  func(_ context.Context, m sql.Message) error { all = append(all, m); return nil },
		Again: func(int) (time.Duration, bool) { return time.Hour, true },
	}
	for found := true; found; {
		var err error
		if found, err = store.SendNext(t.Context(), by); err != nil {
			t.Fatal(err)
		}
	}
	return all
}

func TestNothingIsToldUnlessItIsAskedFor(t *testing.T) {
	store := sqltest.Open(t)
	record(t, store, programme(), lines(figure(2020, "5")))
	verifier, author := person(t, store, indicators.Verifier, "v"), person(t, store, indicators.Contributor, "c")
	reviewed(t, store, author.By(indicators.Submitting, "r"), indicators.Submitted, figure(2021, "6"))
	reviewed(t, store, verifier.By(indicators.Returned, "r"), indicators.Draft, figure(2021, "6"))
	for _, channel := range []string{sql.Mail, sql.Webhook} {
		if all := outbox(t, store, channel); len(all) > 0 {
			t.Errorf("%s: %+v", channel, all)
		}
	}
}

func TestTheWebhookIsToldOfWhatBecomesPublic(t *testing.T) {
	store := sqltest.Open(t)
	record(t, store, programme(), lines(figure(2020, "5")))
	record(t, store, telling(), nil)
	author := person(t, store, indicators.Contributor, "c")
	reviewed(t, store, author.By(indicators.Submitting, "not public"), indicators.Submitted, figure(2021, "6"))
	reviewed(t, store, author.By(indicators.Publishing, "\"public\"\r\nnow"), indicators.Published, figure(2021, "6"))
	target := indicators.Target{Indicator: "A", Kind: "target", Period: indicators.Year(2030), Value: indicators.Whole(12), Framework: "plan"}
	record(t, store, &indicators.Workbook{Targets: []indicators.Edit[indicators.Target]{changed(target, func(r *indicators.Target) { r.Value = target.Value })}}, nil)
	group := indicators.Group{Code: "9", Title: indicators.Text{FR: "neuf"}}
	record(t, store, &indicators.Workbook{Groups: []indicators.Edit[indicators.Group]{edit(group)}}, nil)

	type told struct {
		Event, Kind, Role, Reason string
		Number                    int
		At                        time.Time
		Indicators                []string
		Definitions               bool
	}
	var got []string
	seen := map[string]bool{}
	for _, m := range outbox(t, store, sql.Webhook) {
		var e told
		if err := json.Unmarshal(m.Payload, &e); err != nil {
			t.Fatal(err)
		}
		got = append(got, fmt.Sprintf("%d %s %s %s %q %v %v", e.Number, e.Event, e.Kind, e.Role, e.Reason, e.Indicators, e.Definitions))
		if seen[m.Delivery] || m.Delivery == "" || time.Since(e.At) > time.Hour {
			t.Errorf("delivery %q, at %s", m.Delivery, e.At)
		}
		seen[m.Delivery] = true
		if strings.Contains(string(m.Payload), "example.org") || strings.Contains(string(m.Payload), "account-") {
			t.Errorf("somebody is named: %s", m.Payload)
		}
	}
	want := []string{
		`2 changeset import  "test" [] true`, // the settings themselves
		`4 changeset publish contributor "\"public\"\r\nnow" [A] false`,
		`5 changeset import  "test" [A] true`,
		`6 changeset import  "test" [] true`,
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("told:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestPeopleAreToldWhatWaitsForThem(t *testing.T) {
	store := sqltest.Open(t)
	record(t, store, telling(), nil)
	first, second := person(t, store, indicators.Contributor, "first"), person(t, store, indicators.Contributor, "second")
	verifier, gone := person(t, store, indicators.Verifier, "verifier"), person(t, store, indicators.Verifier, "gone")
	gone.Disabled = true
	if err := store.ChangeAccount(t.Context(), gone, "test"); err != nil {
		t.Fatal(err)
	}
	written := func() string {
		var all []string
		for _, m := range outbox(t, store, sql.Mail) {
			var n sql.Notice
			if err := json.Unmarshal(m.Payload, &n); err != nil {
				t.Fatal(err)
			}
			all = append(all, fmt.Sprint(m.Email, " ", m.Kind, " #", n.Changeset, " ", n.Reason, " ", n.Figures, " ", n.More))
		}
		return strings.Join(all, "\n")
	}
	women := figure(2021, "3")
	women.Breakdown.Sex = "F"
	reviewed(t, store, first.By(indicators.Submitting, "voici"), indicators.Submitted, figure(2021, "6"), women, figure(2022, "7"))
	reviewed(t, store, second.By(indicators.Submitting, "et"), indicators.Submitted, figure(2023, "8"))
	if got, want := written(), "verifier@example.tn submitted #2 voici [{A 2021} {A 2022}] 0\nverifier@example.tn submitted #3 et [{A 2023}] 0"; got != want {
		t.Errorf("submitted: got\n%s\nwant\n%s", got, want)
	}
	reviewed(t, store, verifier.By(indicators.Verifying, "vu"), indicators.Verified, figure(2022, "7"))
	if got := written(); got != "" {
		t.Errorf("verified: %s", got)
	}
	// One that was verified comes back to whoever submitted it, too.
	reviewed(t, store, verifier.By(indicators.Returned, "à revoir"), indicators.Draft, figure(2021, "6"), figure(2022, "7"), figure(2023, "8"))
	if got, want := written(), "first@example.tn returned #5 à revoir [{A 2021} {A 2022}] 0\nsecond@example.tn returned #5 à revoir [{A 2023}] 0"; got != want {
		t.Errorf("returned: got\n%s\nwant\n%s", got, want)
	}
	var many []indicators.Observation
	for year := 1950; year < 2002; year++ {
		many = append(many, figure(year, "1"))
	}
	reviewed(t, store, verifier.By(indicators.Submitting, "r"), indicators.Submitted, many...)
	if got := written(); got != "" {
		t.Errorf("who submits is told of it: %s", got)
	}
	reviewed(t, store, first.By(indicators.Returned, "r"), indicators.Draft, many...)
	if got := written(); !strings.HasSuffix(got, "{A 1999}] 2") {
		t.Errorf("many: %s", got)
	}
	// An account that is forgotten before the message leaves has no address any more.
	reviewed(t, store, second.By(indicators.Submitting, "r"), indicators.Submitted, figure(2024, "9"))
	if err := store.DeleteAccount(t.Context(), verifier.ID, "test"); err != nil {
		t.Fatal(err)
	}
	if got := written(); !strings.HasPrefix(got, " submitted #8") {
		t.Errorf("deleted: %s", got)
	}
}

// The steps of review themselves tell: nobody has to think of it.
func TestStepsOfReviewAreTold(t *testing.T) {
	store := sqltest.Open(t)
	record(t, store, telling(), nil)
	author, verifier := person(t, store, indicators.Contributor, "c"), person(t, store, indicators.Verifier, "v")
	if err := enter(t, store, &author, 1, entered(2021, "6", indicators.Draft)); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		who  *indicators.Account
		kind indicators.Kind
		want string // whom a mail goes to
	}{
		{&author, indicators.Submitting, "v@example.tn submitted"}, {&verifier, indicators.Returned, "c@example.tn returned"},
		{&author, indicators.Submitting, "v@example.tn submitted"}, {&verifier, indicators.Verifying, ""}, {&verifier, indicators.Publishing, ""},
	} {
		if err := step(t, store, tt.who, tt.kind, "r"); err != nil {
			t.Fatal(err)
		}
		got := ""
		for _, m := range outbox(t, store, sql.Mail) {
			got += string(m.Email) + " " + m.Kind
		}
		if got != tt.want {
			t.Errorf("%s: told %q, want %q", tt.kind, got, tt.want)
		}
	}
	all := outbox(t, store, sql.Webhook)
	if len(all) != 2 || !strings.Contains(string(all[1].Payload), `"kind": "publish"`) || !strings.Contains(string(all[1].Payload), `"role": "verifier"`) {
		t.Errorf("the webhook is told of %d changesets: %+v", len(all), all)
	}
}

// A changeset that is rolled back leaves nothing in the outbox: both are one transaction.
func TestWhatIsRefusedIsNotTold(t *testing.T) {
	store := sqltest.Open(t)
	record(t, store, telling(), nil)
	outbox(t, store, sql.Webhook)
	if _, err := store.DB().ExecContext(t.Context(), `
		CREATE FUNCTION no() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no'; END $$;
		CREATE CONSTRAINT TRIGGER no AFTER INSERT ON message DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION no()`); err != nil {
		t.Fatal(err)
	}
	act := indicators.Act{Author: "a", Reason: "r"}
	if _, err := store.Record(t.Context(), sql.Recording{Observations: lines(figure(2020, "5")), Act: act}); err == nil {
		t.Fatal("it was recorded")
	}
	if all := outbox(t, store, sql.Webhook); len(all) > 0 {
		t.Errorf("told: %+v", all)
	}
	if all, err := store.Changesets(t.Context()); err != nil || len(all) != 1 {
		t.Errorf("%d changesets, %v", len(all), err)
	}
}

// sending is a database with one message, and a sender whose tries end as told.
func sending(t *testing.T, ends ...error) (*sql.Store, *clock, *sql.Sender, *[]sql.Message) {
	t.Helper()
	store := sqltest.Open(t)
	record(t, store, telling(), nil)
	hour, tried := soon(), &[]sql.Message{}
	return store, hour, &sql.Sender{
		Channels: []string{sql.Webhook}, Now: hour.Now,
		Send: func(_ context.Context, m sql.Message) error {
			*tried = append(*tried, m)
			return ends[len(*tried)-1]
		},
		Again: func(tries int) (time.Duration, bool) { return time.Duration(tries) * time.Minute, tries < 3 },
	}, tried
}

func next(t *testing.T, store *sql.Store, by *sql.Sender) bool {
	t.Helper()
	found, err := store.SendNext(t.Context(), *by)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// states tells how many messages to the webhook wait, were sent and were given up.
func states(t *testing.T, store *sql.Store) string {
	t.Helper()
	all, err := store.OutboxCounts(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var words []string
	for _, c := range all {
		if c.Channel == sql.Webhook {
			words = append(words, fmt.Sprint(c.Messages, " ", c.State))
		}
	}
	return strings.Join(words, ", ")
}

func TestAMessageIsTriedAgainUntilItIsSent(t *testing.T) {
	store, hour, by, tried := sending(t, errors.New("no"), errors.New("not \x00 yet \xff"), nil)
	for n, tt := range []struct {
		passes time.Duration
		found  bool
		states string
	}{
		{0, true, "0 failed, 0 sent, 1 waiting"},
		{59 * time.Second, false, "0 failed, 0 sent, 1 waiting"},
		{time.Second, true, "0 failed, 0 sent, 1 waiting"},
		{time.Minute, false, "0 failed, 0 sent, 1 waiting"},
		{time.Minute, true, "0 failed, 1 sent, 0 waiting"},
		{time.Hour, false, "0 failed, 1 sent, 0 waiting"},
	} {
		hour.passes(tt.passes)
		if found := next(t, store, by); found != tt.found || states(t, store) != tt.states {
			t.Errorf("look %d: found %v, %s", n+1, found, states(t, store))
		}
	}
	for n, m := range *tried {
		if m.Tries != n || m.Delivery != (*tried)[0].Delivery || string(m.Payload) != string((*tried)[0].Payload) {
			t.Errorf("try %d was %+v", n+1, m)
		}
	}
	if err := store.ForgetSent(t.Context(), hour.Now()); err != nil || states(t, store) != "0 failed, 0 sent, 0 waiting" {
		t.Errorf("what was sent long ago stays: %s, %v", states(t, store), err)
	}
}

func TestAMessageIsGivenUpAndKeptWithItsError(t *testing.T) {
	for name, ends := range map[string][]error{
		"after three tries":                {errors.New("no"), errors.New("no"), errors.New("never: " + strings.Repeat("é", 400))},
		"at once, where no try could help": {fmt.Errorf("never: %w", sql.ErrUndeliverable)},
	} {
		t.Run(name, func(t *testing.T) {
			store, hour, by, _ := sending(t, ends...)
			for range ends {
				next(t, store, by)
				hour.passes(time.Hour)
			}
			if next(t, store, by) || states(t, store) != "1 failed, 0 sent, 0 waiting" {
				t.Errorf("it is not given up: %s", states(t, store))
			}
			var why string
			if err := store.DB().QueryRowContext(t.Context(), `SELECT last_error FROM message`).Scan(&why); err != nil || !strings.HasPrefix(why, "never: ") {
				t.Errorf("kept with %q, %v", why, err)
			}
		})
	}
}

// A program that dies between sending and marking sends again, under the same delivery.
func TestWhatWasNotMarkedIsSentAgain(t *testing.T) {
	store, hour, by, tried := sending(t, nil, nil)
	send := by.Send
	by.Send = func(ctx context.Context, m sql.Message) error {
		if err := send(ctx, m); err != nil || len(*tried) > 1 {
			return err
		}
		// The connection dies as it would with the program.
		_, err := store.DB().ExecContext(ctx, `
			SELECT pg_terminate_backend(pid) FROM pg_stat_activity
			WHERE datname = current_database() AND pid <> pg_backend_pid() AND state = 'idle in transaction'`)
		return err
	}
	if _, err := store.SendNext(t.Context(), *by); err == nil {
		t.Fatal("it was marked")
	}
	hour.passes(0)
	if !next(t, store, by) || len(*tried) != 2 || (*tried)[0].Delivery != (*tried)[1].Delivery {
		t.Errorf("tried %+v", *tried)
	}
	if next(t, store, by) || states(t, store) != "0 failed, 1 sent, 0 waiting" {
		t.Errorf("at last %s", states(t, store))
	}
}

// A server that is told to end leaves what it was sending as it was.
func TestAnEndingServerCountsNoTry(t *testing.T) {
	store, _, by, tried := sending(t, context.Canceled, nil)
	ctx, cancel := context.WithCancel(t.Context())
	send := by.Send
	by.Send = func(ctx context.Context, m sql.Message) error { cancel(); return send(ctx, m) }
	if _, err := store.SendNext(ctx, *by); !errors.Is(err, context.Canceled) {
		t.Errorf("error = %v", err)
	}
	if !next(t, store, by) || (*tried)[1].Tries != 0 {
		t.Errorf("tried %+v", *tried)
	}
}

// However many servers send at once, each message leaves once.
func TestTwoSendersSendOnce(t *testing.T) {
	store := sqltest.Open(t)
	record(t, store, telling(), nil)
	const messages = 20
	for year := range messages - 1 {
		record(t, store, nil, lines(figure(1990+year, "1")))
	}
	var mu sync.Mutex
	sent := map[string]int{}
	both := make(chan struct{}) // each waits, with its first message locked, for the other
	var arrived sync.WaitGroup
	arrived.Add(2)
	go func() { arrived.Wait(); close(both) }()
	var senders sync.WaitGroup
	for range 2 {
		senders.Go(func() {
			var once sync.Once
			by := sql.Sender{
				Channels: []string{sql.Webhook}, Now: soon().Now,
				Send: func(_ context.Context, m sql.Message) error {
					once.Do(func() { arrived.Done(); <-both })
					mu.Lock()
					defer mu.Unlock()
					sent[m.Delivery]++
					return nil
				},
				Again: func(int) (time.Duration, bool) { return 0, true },
			}
			for found := true; found; {
				var err error
				if found, err = store.SendNext(t.Context(), by); err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	senders.Wait()
	if len(sent) != messages {
		t.Errorf("%d messages were sent, want %d", len(sent), messages)
	}
	for delivery, times := range sent {
		if times != 1 {
			t.Errorf("%s was sent %d times", delivery, times)
		}
	}
}

func TestRemindersAreQueuedOnceADay(t *testing.T) {
	store := sqltest.Open(t)
	a, b := person(t, store, indicators.Contributor, "a"), person(t, store, indicators.Contributor, "b")
	owed := []sql.Owed{{Receipt: indicators.Receipt{Indicator: "A", Period: indicators.Year(2021)}, Due: 20220331}}
	for _, r := range []sql.Reminder{
		{Account: a.ID, Day: 20220331, Owed: owed}, {Account: a.ID, Day: 20220331, Owed: owed},
		{Account: b.ID, Day: 20220331, Owed: owed}, {Account: a.ID, Day: 20220407, Owed: make([]sql.Owed, 60)},
	} {
		if err := store.QueueReminders(t.Context(), []sql.Reminder{r}); err != nil {
			t.Fatal(err)
		}
	}
	days, err := store.Reminded(t.Context())
	if err != nil || len(days) != 2 || days[a.ID] != 20220407 || days[b.ID] != 20220331 {
		t.Errorf("reminded on %v, %v", days, err)
	}
	var got []string
	for _, m := range outbox(t, store, sql.Mail) {
		var r sql.Reminder
		if err := json.Unmarshal(m.Payload, &r); err != nil {
			t.Fatal(err)
		}
		got = append(got, fmt.Sprint(m.Email, " ", r.Day, " ", len(r.Owed), " ", r.Owed[0].Period, " ", r.More))
	}
	if want := "a@example.tn 2022-03-31 1 2021 0, b@example.tn 2022-03-31 1 2021 0, a@example.tn 2022-04-07 50  10"; strings.Join(got, ", ") != want {
		t.Errorf("got %v, want %s", got, want)
	}
}

func TestReceipts(t *testing.T) {
	store := sqltest.Open(t)
	record(t, store, &indicators.Workbook{Settings: telling().Settings}, nil)
	author := person(t, store, indicators.Contributor, "c")
	record(t, store, programme(), lines(figure(2020, "5")))                                                        // 2
	reviewed(t, store, author.By(indicators.Drafted, "r"), indicators.Draft, figure(2021, "6"), figure(2022, "7")) // 3
	reviewed(t, store, author.By(indicators.Submitting, "r"), indicators.Submitted, figure(2021, "6"))             // 4
	partial := figure(2023, "1")
	partial.Partial = true
	reviewed(t, store, author.By(indicators.Imported, "r"), indicators.Published, figure(2020, "5.5"), figure(2021, "6"), partial) // 5
	reviewed(t, store, author.By(indicators.Submitting, "r"), indicators.Submitted, figure(2022, "7"))                             // 6
	reviewed(t, store, author.By(indicators.Returned, "r"), indicators.Draft, figure(2022, "7"))                                   // 7
	for changeset, want := range map[int]string{
		2: "map[2020:2] waiting map[] defined map[A:2]",
		3: "map[2020:2] waiting map[] defined map[A:2]",
		4: "map[2020:2 2021:4] waiting map[2021:true] defined map[A:2]",
		6: "map[2020:2 2021:4 2022:6] waiting map[2021:true 2022:true] defined map[A:2]",
		7: "map[2020:2 2021:4 2022:6] waiting map[2021:true] defined map[A:2]",
	} {
		r, err := store.Receipts(t.Context(), []string{"A", "none"}, 2020, changeset)
		if err != nil {
			t.Fatal(err)
		}
		first, waiting := map[int]int{}, map[int]bool{}
		for at, n := range r.First {
			first[at.Period.Year()] = n
		}
		for at := range r.Waiting {
			waiting[at.Period.Year()] = true
		}
		if got := fmt.Sprint(first, " waiting ", waiting, " defined ", r.Defined); got != want {
			t.Errorf("as of %d: %s, want %s", changeset, got, want)
		}
	}
	if r, err := store.Receipts(t.Context(), []string{"A"}, 2021, 7); err != nil || len(r.First) != 2 {
		t.Errorf("from 2021 on: %+v, %v", r, err)
	}
	r, err := store.Waiting(t.Context())
	if want := "{map[] map[{A 2021}:true] map[A:2]}"; err != nil || fmt.Sprint(r) != want {
		t.Errorf("now waiting: %v, %v, want %s", r, err, want)
	}
}
