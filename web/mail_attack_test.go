package web

import (
	"fmt"
	"net/mail"
	"slices"
	"strings"
	"testing"

	"jalon/indicators"
	"jalon/sql"
)

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
