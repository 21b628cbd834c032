package web

import (
	"context"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net/mail"
	"slices"
	"strings"
	"sync"
	"time"

	"jalon/indicators"
	"jalon/locale"
	"jalon/sql"
)

// A Postman sends what the outbox holds, and puts the reminders of each day into it. Of
// several servers on one database each has one, and each message leaves by one of them.
type Postman struct {
	store     *sql.Store
	live      *Live
	languages map[string]*locale.Language
	publicURL string
	now       func() time.Time
	log       *slog.Logger
	channels  []string

	mailer  mailer
	from    mail.Address
	webhook webhook
	chance  func() float64 // 0 to 1, to keep tries apart

	reminded indicators.Date // the last day whose reminders are in the outbox
}

// How often the outbox is looked into, and how long it keeps what was sent.
const (
	postEvery = 5 * time.Second
	sentKept  = 90 * 24 * time.Hour
)

// NewPostman makes a Postman for what is configured: nothing is sent by another way.
func NewPostman(cfg Config, out Outside, store *sql.Store, live *Live) (*Postman, error) {
	if err := out.Check(cfg.PublicURL); err != nil {
		return nil, err
	}
	languages, err := locale.Load()
	if err != nil {
		return nil, fmt.Errorf("loading the languages: %w", err)
	}
	p := &Postman{
		store: store, live: live, languages: languages, publicURL: strings.TrimSuffix(cfg.PublicURL, "/"), now: cfg.Now, log: cfg.Log, chance: rand.Float64,
	}
	if p.now == nil {
		p.now, cfg.Now = time.Now, time.Now
	}
	if p.log == nil {
		p.log = slog.New(slog.DiscardHandler)
	}
	if out.SMTP != "" {
		server, err := out.mailServer()
		if err != nil {
			return nil, err
		}
		if p.from, err = out.sender(); err != nil {
			return nil, err
		}
		p.mailer = mailer{server: server, roots: out.Roots}
		p.channels = append(p.channels, sql.Mail)
	}
	if out.Webhook != "" {
		p.webhook = newWebhook(cfg, out)
		p.channels = append(p.channels, sql.Webhook)
	}
	return p, nil
}

// Run sends until the context ends. A failure is logged and tried again: no message is
// lost by it. A slow mail server does not keep the webhook waiting.
func (p *Postman) Run(ctx context.Context) {
	p.compare(ctx)
	var ways sync.WaitGroup
	for _, channel := range p.channels {
		ways.Go(func() { p.run(ctx, channel) })
	}
	ways.Wait()
}

func (p *Postman) run(ctx context.Context, channel string) {
	tick := time.NewTicker(postEvery)
	defer tick.Stop()
	lost := false
	for {
		err := p.round(ctx, channel)
		if ctx.Err() != nil {
			return
		}
		if err != nil && !lost {
			p.log.ErrorContext(ctx, "the outbox cannot be used; it is looked into again and again", "channel", channel, "err", err)
		}
		lost = err != nil
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// round does all that there is to do on a channel now.
func (p *Postman) round(ctx context.Context, channel string) error {
	if channel == sql.Mail {
		if err := p.remind(ctx); err != nil {
			return err
		}
	}
	by := sql.Sender{Channels: []string{channel}, Now: p.now, Send: p.send, Again: p.again}
	for {
		if found, err := p.store.SendNext(ctx, by); err != nil || !found {
			return err
		}
	}
}

// send sends one message, and logs a failure without saying whom it was for.
func (p *Postman) send(ctx context.Context, m sql.Message) error {
	err := p.hand(ctx, m)
	if err != nil && ctx.Err() == nil {
		p.log.WarnContext(ctx, "a message could not be sent", "channel", m.Channel, "message", m.ID, "tries", m.Tries+1, "err", err)
	}
	return err
}

func (p *Postman) hand(ctx context.Context, m sql.Message) error {
	if m.Channel == sql.Webhook {
		return p.webhook.call(ctx, m)
	}
	picture := p.live.Picture()
	a, err := mail.ParseAddress(string(m.Email))
	switch {
	case m.Email == "":
		return fmt.Errorf("%w: its account was disabled or deleted", sql.ErrUndeliverable)
	case err != nil || a.Address != string(m.Email): // one that no check has seen could hold several
		return fmt.Errorf("%w: the address of its account is none", sql.ErrUndeliverable)
	case picture == nil:
		return errStarting
	}
	l, err := p.letter(m, picture)
	if err != nil {
		return fmt.Errorf("%w: %w", sql.ErrUndeliverable, err)
	}
	return p.mailer.send(ctx, l)
}

// again doubles the wait from a minute to six hours, give or take a fifth, so that what
// failed together is not tried together. It gives up after sixteen tries, about two days.
func (p *Postman) again(tries int) (time.Duration, bool) {
	const first, longest, most = time.Minute, 6 * time.Hour, 16
	wait := longest
	if doublings := tries - 1; doublings < 9 {
		wait = min(first<<doublings, longest)
	}
	return time.Duration(float64(wait) * (0.8 + 0.4*p.chance())), tries < most
}

// compare warns, at the start, where the settings and the configuration do not agree.
func (p *Postman) compare(ctx context.Context) {
	picture := p.live.Picture()
	if picture == nil {
		return
	}
	for _, way := range []struct{ setting, channel, variable string }{
		{"reminders", sql.Mail, "JALON_SMTP_URL"}, {"webhook", sql.Webhook, "JALON_WEBHOOK_URL"},
	} {
		asked, configured := picture.Setting(way.setting, "") == "yes", slices.Contains(p.channels, way.channel)
		switch {
		case asked && !configured:
			p.log.WarnContext(ctx, "messages wait in the outbox: "+way.variable+" is not set", "setting", way.setting)
		case configured && !asked:
			p.log.WarnContext(ctx, way.variable+" is set, but nothing is sent: the setting does not say yes", "setting", way.setting)
		}
	}
}
