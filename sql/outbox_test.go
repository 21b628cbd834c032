package sql_test

import (
	"context"
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
