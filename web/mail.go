package web

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net/mail"
	"regexp"
	"strconv"
	"strings"
	"time"

	gomail "github.com/wneessen/go-mail"

	"jalon/sql"
)

// mailTimeout is how long each part of handing in a mail may take: reaching the server, and
// the mail itself.
const mailTimeout = 30 * time.Second

// A letter is one mail, as its reader is to see it.
type letter struct {
	delivery string // the same each time it is sent, so that the second one can be told
	from, to mail.Address
	language string
	subject  string
	body     string
	date     time.Time
}

// mailer hands letters to a mail server, over one connection each.
type mailer struct {
	server mailServer
	roots  *x509.CertPool
}

// send hands in a letter. A recipient whom the server refuses for good is no matter of
// trying again. When ctx ends it is waited for no more.
func (m mailer) send(ctx context.Context, l letter) error {
	client, err := m.client()
	if err != nil {
		return fmt.Errorf("preparing to send mail: %w", err)
	}
	done := make(chan error, 1)
	go func() { done <- handIn(ctx, client, l.message()) }() // it heeds ctx only while it dials
	select {
	case err = <-done:
	case <-ctx.Done():
		return ctx.Err()
	}
	if err == nil {
		return nil
	}
	var refused *gomail.SendError
	// The server may repeat the address, which is to stand in accounts and nowhere else.
	err = fmt.Errorf("handing in a mail: %w", concealed{err, l.to.Address})
	if errors.As(err, &refused) && refused.Reason == gomail.ErrSMTPRcptTo && !refused.IsTemp() {
		return fmt.Errorf("%w: %w", sql.ErrUndeliverable, err)
	}
	return err
}

// handIn sends a message. Once it is taken, how server and we part changes nothing: else
// it would come again.
func handIn(ctx context.Context, client *gomail.Client, m *gomail.Msg) error {
	if err := client.DialAndSendWithContext(ctx, m); err != nil && !m.IsDelivered() {
		return err
	}
	return nil
}

func (m mailer) client() (*gomail.Client, error) {
	port, err := strconv.Atoi(m.server.port)
	if err != nil {
		return nil, err
	}
	options := []gomail.Option{
		gomail.WithPort(port), gomail.WithTimeout(mailTimeout),
		gomail.WithTLSConfig(&tls.Config{ServerName: m.server.host, RootCAs: m.roots, MinVersion: tls.VersionTLS12}),
	}
	switch m.server.security {
	case "tls":
		options = append(options, gomail.WithSSL())
	case "none":
		options = append(options, gomail.WithTLSPolicy(gomail.NoTLS))
	default:
		options = append(options, gomail.WithTLSPolicy(gomail.TLSMandatory))
	}
	if m.server.user != "" {
		options = append(options, gomail.WithSMTPAuth(gomail.SMTPAuthAutoDiscover),
			gomail.WithUsername(m.server.user), gomail.WithPassword(m.server.password))
	}
	return gomail.NewClient(m.server.host, options...)
}

// message is the letter as it goes over the line. The addresses are set whole and not
// written into a text: no name can become a second recipient.
func (l letter) message() *gomail.Msg {
	m := gomail.NewMsg(gomail.WithNoDefaultUserAgent())
	m.FromMailAddress(&l.from)
	m.ToMailAddress(&l.to)
	m.Subject(unbroken(l.subject))
	m.SetDateWithValue(l.date)
	domain := l.from.Address[strings.LastIndexByte(l.from.Address, '@')+1:]
	m.SetMessageIDWithValue(l.delivery + "@" + domain)
	m.SetGenHeader(gomail.HeaderContentLang, l.language)
	m.SetGenHeader("Auto-Submitted", "auto-generated") // nobody's absence is answered to it
	m.SetBodyString(gomail.TypeTextPlain, l.body)
	return m
}

// concealed is an error whose text does not show an address, in capitals or not.
type concealed struct {
	error
	address string
}

func (c concealed) Error() string {
	shown, err := regexp.Compile(`(?i)` + regexp.QuoteMeta(c.address))
	if err != nil || c.address == "" { // never: it is quoted, and somebody is written to
		return "a mail was refused"
	}
	return shown.ReplaceAllLiteralString(c.error.Error(), "…")
}

func (c concealed) Unwrap() error { return c.error }
