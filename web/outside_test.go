package web

import (
	"errors"
	"strings"
	"testing"

	"jalon/indicators"
)

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
