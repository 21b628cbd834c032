package web

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"jalon/indicators"
	"jalon/sql"
	"jalon/sql/sqltest"
)

// A delivery is a postman over a database, on a clock of its own, far in the future so
// that all that is queued is due. DELAY, a monthly indicator of group 1, is due on the 15th.
type delivery struct {
	*Postman
	store *sql.Store
	live  *Live
	at    time.Time
	log   bytes.Buffer
}

func delivering(t *testing.T, out Outside) *delivery {
	t.Helper()
	w := apiWorkbook()
	w.Settings = append(w.Settings, edits([]indicators.Setting{{Key: "title_fr", Value: "Essai"}, {Key: "title_ar", Value: "تجربة"},
		{Key: "contact", Value: "contact@example.tn"}, {Key: "reminders", Value: "yes"}, {Key: "webhook", Value: "yes"}})...)
	d := &delivery{store: sqltest.Open(t), at: time.Date(2040, 10, 8, 9, 0, 0, 0, time.UTC)}
	record(t, d.store, w)
	now := func() time.Time { return d.at }
	d.live = NewLive(d.store, now, nil)
	cfg := Config{Version: "1", PublicURL: "https://suivi.example.tn/", Now: now, Log: slog.New(slog.NewTextHandler(&d.log, nil))}
	var err error
	if d.Postman, err = NewPostman(cfg, out, d.store, d.live); err != nil {
		t.Fatal(err)
	}
	d.chance = func() float64 { return 0.5 } // no jitter
	d.refresh(t)
	return d
}

func (d *delivery) refresh(t *testing.T) {
	t.Helper()
	if err := d.live.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// on sets the clock to a day of October 2040 and lets the postman go round once.
func (d *delivery) on(t *testing.T, day, hour int) {
	t.Helper()
	d.at = time.Date(2040, 10, day, hour-1, 0, 0, 0, time.UTC) // Tunis is an hour ahead
	d.refresh(t)
	d.go1(t)
}

func (d *delivery) go1(t *testing.T) {
	t.Helper()
	for _, channel := range d.channels {
		if err := d.round(t.Context(), channel); err != nil {
			t.Fatal(err)
		}
	}
}

// state counts the messages of the outbox, as the metrics show them.
func (d *delivery) state(t *testing.T, channel string) string {
	t.Helper()
	all, err := d.store.OutboxCounts(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var words []string
	for _, c := range all {
		if c.Channel == channel {
			words = append(words, fmt.Sprint(c.State, " ", c.Messages))
		}
	}
	return strings.Join(words, ", ")
}

// focalPoint makes an account that reports for group 1.
func (d *delivery) focalPoint(t *testing.T, name, language string) indicators.Account {
	t.Helper()
	a := indicators.Account{Email: indicators.Optional(name + "@example.tn"), Name: name, Role: indicators.Contributor, Language: language,
		Scope: indicators.Scope{Groups: indicators.Codes{"1"}}}
	id, err := d.store.AddAccount(t.Context(), a, "test")
	if err != nil {
		t.Fatal(err)
	}
	a.ID = id
	return a
}

func (office *postOffice) outside() Outside {
	return Outside{SMTP: "smtp://jalon:s3cret%2Fword@" + office.address, From: "suivi@example.tn", Roots: office.roots}
}

func TestRemindersArrive(t *testing.T) {
	office := openPostOffice(t, true)
	d := delivering(t, office.outside())
	for _, language := range []string{"fr", "ar", "en"} {
		d.focalPoint(t, "amel-"+language, language)
	}
	var bodies []string
	for _, tt := range []struct {
		day, hour, mails int
	}{
		{7, 9, 3}, // months are overdue, and nobody was ever reminded
		{8, 6, 0}, // too early
		{8, 9, 3}, // in seven days
		{8, 10, 0}, {9, 9, 0}, {14, 9, 0},
		{15, 9, 3}, // the due day
		{16, 9, 0}, {21, 9, 0}, {22, 9, 3}, {28, 9, 0}, {29, 9, 3},
	} {
		d.reminded = 0 // as after a start
		d.on(t, tt.day, tt.hour)
		got := office.received()
		if len(got) != tt.mails {
			t.Errorf("%d October, %d h: %d mails, want %d", tt.day, tt.hour, len(got), tt.mails)
		}
		if tt.day == 8 && tt.hour == 9 {
			for _, m := range got {
				bodies = append(bodies, shown(t, m))
			}
		}
	}
	goldenText(t, "reminders.golden.txt", strings.Join(bodies, "\n================\n"))
}

// shown is a mail as people and machines see it, without what changes each time.
func shown(t *testing.T, m handedIn) string {
	t.Helper()
	header, body := m.read(t)
	if !m.tls || m.user != "jalon" || m.from != "suivi@example.tn" || len(m.to) != 1 {
		t.Errorf("from %s to %v, encrypted %v, by %q", m.from, m.to, m.tls, m.user)
	}
	if id := header.Get("Message-ID"); !strings.HasSuffix(id, "@example.tn>") || len(id) < 40 {
		t.Errorf("message id %s", id)
	}
	var lines []string
	for _, name := range []string{"From", "To", "Subject", "Date", "Auto-Submitted", "Content-Language", "Content-Type"} {
		lines = append(lines, name+": "+decoded(t, header.Get(name)))
	}
	return strings.Join(lines, "\n") + "\n\n" + body
}

func TestNobodyIsRemindedUnasked(t *testing.T) {
	for name, tt := range map[string]struct {
		setting string
		change  func(*testing.T, *delivery, indicators.Account)
	}{
		"the setting says no": {"no", func(*testing.T, *delivery, indicators.Account) {}},
		"the account is disabled": {"yes", func(t *testing.T, d *delivery, a indicators.Account) {
			a.Disabled = true
			if err := d.store.ChangeAccount(t.Context(), a, "test"); err != nil {
				t.Fatal(err)
			}
		}},
		"the account is deleted": {"yes", func(t *testing.T, d *delivery, a indicators.Account) {
			if err := d.store.DeleteAccount(t.Context(), a.ID, "test"); err != nil {
				t.Fatal(err)
			}
		}},
		"the group is another": {"yes", func(t *testing.T, d *delivery, a indicators.Account) {
			a.Scope.Groups = indicators.Codes{"2"}
			if err := d.store.ChangeAccount(t.Context(), a, "test"); err != nil {
				t.Fatal(err)
			}
		}},
	} {
		t.Run(name, func(t *testing.T) {
			office := openPostOffice(t, true)
			d := delivering(t, office.outside())
			record(t, d.store, &indicators.Workbook{Settings: edits([]indicators.Setting{{Key: "reminders", Value: tt.setting}})})
			tt.change(t, d, d.focalPoint(t, "amel", "fr"))
			d.on(t, 8, 9)
			if all := office.received(); len(all) > 0 || d.state(t, sql.Mail) != "failed 0, sent 0, waiting 0" {
				t.Errorf("%d mails, %s", len(all), d.state(t, sql.Mail))
			}
		})
	}
}

// queueNotice puts a notice of a review into the outbox.
func queueNotice(t *testing.T, d *delivery, a indicators.Account, kind, reason string) {
	t.Helper()
	payload, err := json.Marshal(sql.Notice{Changeset: 1, Reason: strings.ReplaceAll(reason, "\x00", ""), More: 2, Figures: []indicators.Receipt{{Indicator: "DELAY", Period: period("2040-09")}, {Indicator: "gone", Period: period("2040")}}})
	if err != nil {
		t.Fatal(err)
	}
	const insert = `INSERT INTO message (key, kind, channel, account, payload) VALUES ($1, $2, 'mail', $3, $4)`
	if _, err := d.store.DB().ExecContext(t.Context(), insert, fmt.Sprint(kind, a.ID), kind, a.ID, string(payload)); err != nil {
		t.Fatal(err)
	}
}

func TestNoticesArrive(t *testing.T) {
	office := openPostOffice(t, true)
	d := delivering(t, office.outside())
	var all []string
	for _, language := range []string{"fr", "ar", "en"} {
		a := d.focalPoint(t, language, language)
		queueNotice(t, d, a, "returned", "la source\nmanque")
		queueNotice(t, d, a, "submitted", "")
	}
	d.reminded = 20401008
	d.on(t, 8, 9)
	for _, m := range office.received() {
		all = append(all, shown(t, m))
	}
	goldenText(t, "notices.golden.txt", strings.Join(all, "\n================\n"))
}

func TestTriesAreSpacedOut(t *testing.T) {
	p := &Postman{}
	var total time.Duration
	for _, chance := range []float64{0, 0.5, 0.999} {
		p.chance = func() float64 { return chance }
		before := time.Duration(0)
		for tries := 1; tries <= 16; tries++ {
			wait, again := p.again(tries)
			if wait < before || wait > 6*time.Hour*12/10 || wait < 48*time.Second || again != (tries < 16) {
				t.Errorf("after %d tries: %s, %v", tries, wait, again)
			}
			before = wait
			if chance == 0.5 && again {
				total += wait
			}
		}
	}
	if total < 40*time.Hour || total > 50*time.Hour {
		t.Errorf("given up after %s", total)
	}
}
