package web

import (
	"crypto/x509"
	"fmt"
	"net/mail"
	"net/url"
	"strings"

	"jalon/indicators"
)

// Outside says how the server reaches people and programs. What is empty is not reached.
type Outside struct {
	SMTP    string // smtp://user:password@host:587?tls=starttls, or smtps://…
	From    string // whom mails come from: suivi@example.tn, or a name with <address>
	Webhook string // address that is told of what becomes public
	Secret  string // with which the webhook's calls are signed

	Roots *x509.CertPool // who certifies those servers; nil: whom the machine trusts
}

// minSecret is the least number of bytes of a secret that nobody guesses.
const minSecret = 16

// A mailServer is where mails are handed in.
type mailServer struct {
	host, port     string
	user, password string
	security       string // starttls: demanded after a plain greeting; tls: from the first byte; none
}

// Check tells what is wrong, before anything is sent.
func (o Outside) Check(publicURL string) error {
	if o.SMTP != "" {
		if _, err := o.mailServer(); err != nil {
			return err
		}
		if _, err := o.sender(); err != nil {
			return err
		}
		if u, err := url.Parse(publicURL); err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
			return fmt.Errorf("%w: mails need the public address of the pages for their links: set JALON_PUBLIC_URL to one such as https://suivi.example.tn", indicators.ErrInvalid)
		}
	}
	return o.checkWebhook()
}

func (o Outside) checkWebhook() error {
	if o.Webhook == "" {
		return nil
	}
	u, err := url.Parse(o.Webhook)
	switch {
	case err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http":
		return fmt.Errorf("%w: JALON_WEBHOOK_URL is not an address: write one such as https://example.tn/jalon", indicators.ErrInvalid)
	case len(o.Secret) < minSecret:
		return fmt.Errorf("%w: JALON_WEBHOOK_SECRET is too short to sign with: write %d bytes or more that nobody guesses", indicators.ErrInvalid, minSecret)
	}
	return nil
}

// mailServer reads the address of the server. No error shows it: it may hold a password.
func (o Outside) mailServer() (mailServer, error) {
	refused := func(why string) (mailServer, error) {
		return mailServer{}, fmt.Errorf("%w: JALON_SMTP_URL %s: write it as smtp://user:password@host:587?tls=starttls, or smtps://host", indicators.ErrInvalid, why)
	}
	u, err := url.Parse(o.SMTP)
	if err != nil || u.Hostname() == "" {
		return refused("is not an address")
	}
	m := mailServer{host: u.Hostname(), port: u.Port(), user: u.User.Username(), security: u.Query().Get("tls")}
	m.password, _ = u.User.Password()
	switch {
	case u.Scheme == "smtps" && (m.security == "" || m.security == "tls"):
		m.security = "tls"
	case u.Scheme == "smtp" && m.security == "":
		m.security = "starttls"
	case u.Scheme != "smtp" || m.security != "starttls" && m.security != "none":
		return refused("asks for a way of encrypting that there is not: tls is starttls or none")
	}
	if m.security == "none" && m.user != "" {
		return refused("would send a password that others can read")
	}
	if m.port == "" {
		m.port = map[string]string{"tls": "465", "starttls": "587", "none": "25"}[m.security]
	}
	return m, nil
}

// sender is whom mails come from.
func (o Outside) sender() (mail.Address, error) {
	a, err := mail.ParseAddress(o.From)
	if err != nil || strings.ContainsAny(o.From, "\r\n") {
		return mail.Address{}, fmt.Errorf("%w: JALON_MAIL_FROM is not an e-mail address: write one such as suivi@example.tn", indicators.ErrInvalid)
	}
	return *a, nil
}
