package web

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"crypto/tls"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"jalon/sql"
)

// webhookTimeout is how long one call may take.
const webhookTimeout = 10 * time.Second

// webhook calls another program.
type webhook struct {
	address, secret string
	agent           string
	now             func() time.Time
	client          *http.Client
}

func newWebhook(cfg Config, out Outside) webhook {
	line := http.DefaultTransport.(*http.Transport).Clone()
	line.TLSClientConfig = &tls.Config{RootCAs: out.Roots, MinVersion: tls.VersionTLS12}
	return webhook{
		address: out.Webhook, secret: out.Secret, agent: "jalon/" + cfg.Version, now: cfg.Now,
		client: &http.Client{
			Transport: line, Timeout: webhookTimeout,
			// What is signed for one address is not carried to another.
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		},
	}
}

// call posts a message. Whatever is answered but 2xx is a failure; what is answered beside
// is not read.
func (h webhook) call(ctx context.Context, m sql.Message) error {
	at := strconv.FormatInt(h.now().Unix(), 10)
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, h.address, bytes.NewReader(m.Payload))
	if err != nil {
		return errors.New("calling the webhook: its address cannot be used") // the error would show it
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("User-Agent", h.agent)
	request.Header.Set("X-Jalon-Delivery", m.Delivery)
	request.Header.Set("X-Jalon-Timestamp", at)
	request.Header.Set("X-Jalon-Signature", "sha256="+signature(h.secret, at, m.Payload))
	answer, err := h.client.Do(request)
	if err != nil {
		var shown *url.Error // it repeats the address, which may hold a key
		if errors.As(err, &shown) {
			err = shown.Err
		}
		return fmt.Errorf("calling the webhook: %w", err)
	}
	defer answer.Body.Close()
	if answer.StatusCode/100 != 2 {
		return fmt.Errorf("calling the webhook: it answered %s", answer.Status)
	}
	return nil
}

// signature proves that a body comes from who knows the secret, and when it was sent: a
// receiver refuses one that is old.
func signature(secret, at string, body []byte) string {
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte(at + "."))
	mac.Write(body)
	return hex.EncodeToString(mac.Sum(nil))
}
