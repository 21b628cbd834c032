package web

import (
	"fmt"
	"strings"
	"testing"

	"github.com/emersion/go-smtp"

	"jalon/sql"
)

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
			o.refuse["amel@example.tn"] = []error{refused(550, "no Amel@Example.TN here")}
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
			if kept := d.log.String() + fmt.Sprint(why); !strings.Contains(d.log.String(), "could not be sent") || strings.Contains(strings.ToLower(kept), "amel@") || strings.Contains(kept, "s3cret") {
				t.Errorf("the log says:\n%s", kept)
			}
		})
	}
}

// A server that hangs up once it has taken a mail has taken it.
func TestAMailThatWasTakenIsSentOnce(t *testing.T) {
	office := openPostOffice(t, true)
	office.hangsUp = true
	d := delivering(t, office.outside())
	d.focalPoint(t, "amel", "fr")
	d.on(t, 8, 9)
	d.on(t, 8, 12)
	if all := office.received(); len(all) != 1 || d.state(t, sql.Mail) != "failed 0, sent 1, waiting 0" {
		t.Errorf("%d mails, %s\n%s", len(all), d.state(t, sql.Mail), d.log.String())
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
