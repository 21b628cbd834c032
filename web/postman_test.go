package web

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/mail"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

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

func TestAMailServerThatRefuses(t *testing.T) {
	refused := func(code int, text string) error {
		return &smtp.SMTPError{Code: code, EnhancedCode: smtp.EnhancedCodeNotSet, Message: text}
	}
	for _, tt := range []struct {
		name   string
		set    func(*postOffice)
		states []string // after each round, two hours apart
	}{
		{"for a while, then takes it", func(o *postOffice) {
			o.refuse["amel@example.tn"] = []error{refused(451, "later, amel@example.tn"), refused(450, "busy")}
		}, []string{"failed 0, sent 0, waiting 1", "failed 0, sent 0, waiting 1", "failed 0, sent 1, waiting 0"}},
		{"the recipient for good", func(o *postOffice) {
			o.refuse["amel@example.tn"] = []error{refused(550, "no amel@example.tn here")}
		}, []string{"failed 1, sent 0, waiting 0", "failed 1, sent 0, waiting 0"}},
		{"the password, as a setting not yet right does", func(o *postOffice) { o.deny = []error{smtp.ErrAuthFailed} },
			[]string{"failed 0, sent 0, waiting 1", "failed 0, sent 1, waiting 0"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			office := openPostOffice(t, true)
			d := delivering(t, office.outside())
			d.focalPoint(t, "amel", "fr")
			tt.set(office)
			for n, want := range tt.states {
				d.on(t, 8, 9+2*n)
				if got := d.state(t, sql.Mail); got != want {
					t.Errorf("round %d: %s, want %s", n+1, got, want)
				}
			}
			var why *string
			if err := d.store.DB().QueryRowContext(t.Context(), `SELECT last_error FROM message WHERE channel = 'mail'`).Scan(&why); err != nil {
				t.Fatal(err)
			}
			if kept := d.log.String() + fmt.Sprint(why); !strings.Contains(d.log.String(), "could not be sent") || strings.Contains(kept, "amel@") || strings.Contains(kept, "s3cret") {
				t.Errorf("the log says:\n%s", kept)
			}
		})
	}
}

// A password never goes over a line that others can read, nor does a mail that was to be
// encrypted; and a server that nobody trusts gets neither.
func TestMailIsEncryptedOrNotSent(t *testing.T) {
	plain, certified := openPostOffice(t, false), openPostOffice(t, true)
	untrusted := certified.outside()
	untrusted.Roots = plain.roots
	for name, out := range map[string]Outside{"without STARTTLS": plain.outside(), "with another's certificate": untrusted} {
		d := delivering(t, out)
		d.focalPoint(t, "amel", "fr")
		d.on(t, 8, 9)
		if got := d.state(t, sql.Mail); got != "failed 0, sent 0, waiting 1" || len(plain.received())+len(certified.received()) > 0 || plain.tried+certified.tried > 0 {
			t.Errorf("%s: %s, a password was tried %d times", name, got, plain.tried+certified.tried)
		}
	}
	open := delivering(t, Outside{SMTP: "smtp://" + plain.address + "?tls=none", From: "Suivi <suivi@example.tn>"})
	open.focalPoint(t, "amel", "fr")
	open.on(t, 8, 9)
	all := plain.received()
	if len(all) != 1 || all[0].tls {
		t.Fatalf("tls=none: %+v", all)
	}
	if header, _ := all[0].read(t); header.Get("From") != `"Suivi" <suivi@example.tn>` {
		t.Errorf("from %s", header.Get("From"))
	}
}

func TestNoTextBecomesAHeader(t *testing.T) {
	const evil = "x\r\nBcc: evil@example.org\r\n\r\n.\r\nMAIL FROM:<evil@example.org>\n\u2028\u202eRCPT TO:<evil@example.org>\x00\", <evil@example.org>"
	office := openPostOffice(t, true)
	d := delivering(t, office.outside())
	noZero := strings.ReplaceAll(evil, "\x00", "") // which no text of the database can hold
	titled := func(i *indicators.Indicator) {
		i.Title = indicators.Text{FR: indicators.Optional(noZero), AR: indicators.Optional(noZero)}
	}
	record(t, d.store, &indicators.Workbook{
		Settings:   edits([]indicators.Setting{{Key: "title_fr", Value: "Titre" + noZero}, {Key: "title_ar", Value: noZero}, {Key: "contact", Value: noZero}}),
		Indicators: []indicators.Edit[indicators.Indicator]{{Key: "DELAY", Change: titled}},
	})
	fr, ar := d.focalPoint(t, "fr", "fr"), d.focalPoint(t, "ar", "ar")
	if _, err := d.store.DB().ExecContext(t.Context(), `UPDATE account SET name = $1`, noZero); err != nil {
		t.Fatal(err)
	}
	d.on(t, 8, 9)
	queueNotice(t, d, fr, "returned", evil)
	queueNotice(t, d, ar, "submitted", evil)
	d.go1(t)
	all := office.received()
	if len(all) != 4 {
		t.Fatalf("%d mails, %s\n%s", len(all), d.state(t, sql.Mail), d.log.String())
	}
	allowed := []string{"Auto-Submitted", "Content-Language", "Content-Transfer-Encoding", "Content-Type", "Date", "From", "Message-Id", "Mime-Version",
		"Subject", "To"}
	for _, m := range all {
		if !slices.Equal(m.to, []string{"fr@example.tn"}) && !slices.Equal(m.to, []string{"ar@example.tn"}) {
			t.Errorf("handed in for %v", m.to)
		}
		header, body := m.read(t)
		for name := range header {
			if !slices.Contains(allowed, name) {
				t.Errorf("there is a header %s", name)
			}
		}
		to, err := mail.ParseAddressList(header.Get("To"))
		if err != nil || len(to) != 1 || to[0].Address != m.to[0] {
			t.Errorf("to %v, %v", to, err)
		}
		for line := range strings.Lines(body) {
			for _, start := range []string{"Bcc", "Cc", ".", "MAIL", "RCPT", "\u202e"} {
				if strings.HasPrefix(strings.TrimPrefix(line, rightToLeft), start) {
					t.Errorf("a line begins with %q", line)
				}
			}
		}
		if strings.ContainsAny(decoded(t, header.Get("Subject"))+to[0].Name, "\r\n\x00\u202e\u2028") {
			t.Errorf("subject %q, name %q", header.Get("Subject"), to[0].Name)
		}
	}
}

// An address that holds more than an address is refused, and nobody else is written to.
func TestNoAddressBecomesACommand(t *testing.T) {
	office := openPostOffice(t, true)
	d := delivering(t, office.outside())
	for n, address := range []string{
		"a@example.tn>\r\nRCPT TO:<evil@example.org", "a@example.tn, evil@example.org", "a@example.tn\r\nBcc: evil@example.org", "a b@example.tn> <evil@example.org",
	} {
		a := d.focalPoint(t, fmt.Sprint("a", n), "fr")
		if _, err := d.store.DB().ExecContext(t.Context(), `UPDATE account SET email = $1 WHERE id = $2`, address, a.ID); err != nil {
			t.Fatal(err)
		}
	}
	d.on(t, 8, 9)
	for _, m := range office.received() {
		t.Errorf("handed in for %q:\n%s", m.to, m.raw)
	}
	if got := d.state(t, sql.Mail); got != "failed 4, sent 0, waiting 0" {
		t.Error(got)
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

func TestWhatIsConfiguredWronglyIsTold(t *testing.T) {
	const good = "smtp://jalon:s3cretword@mail.example.tn"
	for _, tt := range []struct {
		name   string
		out    Outside
		public string
		want   string
	}{
		{"nothing", Outside{}, "", ""},
		{"mail", Outside{SMTP: good, From: "a@example.tn"}, "https://suivi.example.tn", ""},
		{"mail over TLS", Outside{SMTP: "smtps://mail.example.tn", From: "a@example.tn"}, "https://suivi.example.tn", ""},
		{"a webhook", Outside{Webhook: "https://example.tn/x", Secret: "0123456789abcdef"}, "", ""},
		{"no address", Outside{SMTP: "mail.example.tn", From: "a@example.tn"}, "https://suivi.example.tn", "JALON_SMTP_URL"},
		{"a blank in the password", Outside{SMTP: "smtp://jalon:s3cret word%@mail", From: "a@example.tn"}, "https://suivi.example.tn", "JALON_SMTP_URL"},
		{"another way of encrypting", Outside{SMTP: good + "?tls=maybe", From: "a@example.tn"}, "https://suivi.example.tn", "starttls or none"},
		{"a password in clear", Outside{SMTP: good + "?tls=none", From: "a@example.tn"}, "https://suivi.example.tn", "others can read"},
		{"no sender", Outside{SMTP: good}, "https://suivi.example.tn", "JALON_MAIL_FROM"},
		{"two senders", Outside{SMTP: good, From: "a@example.tn, b@example.tn"}, "https://suivi.example.tn", "JALON_MAIL_FROM"},
		{"a sender of two lines", Outside{SMTP: good, From: "a\r\nBcc: <a@example.tn>"}, "https://suivi.example.tn", "JALON_MAIL_FROM"},
		{"no public address", Outside{SMTP: good, From: "a@example.tn"}, "", "JALON_PUBLIC_URL"},
		{"a public address without scheme", Outside{SMTP: good, From: "a@example.tn"}, "suivi.example.tn", "JALON_PUBLIC_URL"},
		{"a webhook without address", Outside{Webhook: "example.tn", Secret: "0123456789abcdef"}, "", "JALON_WEBHOOK_URL"},
		{"a webhook in a file", Outside{Webhook: "file:///etc/passwd", Secret: "0123456789abcdef"}, "", "JALON_WEBHOOK_URL"},
		{"a short secret", Outside{Webhook: "https://example.tn/x", Secret: "s3cretword"}, "", "JALON_WEBHOOK_SECRET"},
	} {
		err := tt.out.Check(tt.public)
		switch {
		case tt.want == "" && err != nil, tt.want != "" && (err == nil || !strings.Contains(err.Error(), tt.want) || !errors.Is(err, indicators.ErrInvalid)):
			t.Errorf("%s: %v, want %q", tt.name, err, tt.want)
		case err != nil && strings.Contains(err.Error(), "s3cret"):
			t.Errorf("%s: a password is shown: %v", tt.name, err)
		}
	}
}
