package sql

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"

	"jalon/indicators"
)

// The ways by which messages leave.
const (
	Mail    = "mail"
	Webhook = "webhook"
)

// A Message waits in the outbox to be sent. The address, name and language of a mail
// are those that its account has now.
type Message struct {
	ID       int64               `db:"id"`
	Delivery string              `db:"delivery"` // the same however often it is sent
	Kind     string              `db:"kind"`
	Channel  string              `db:"channel"`
	Payload  json.RawMessage     `db:"payload"`
	Created  time.Time           `db:"created_at"`
	Tries    int                 `db:"tries"` // that have failed
	Email    indicators.Optional `db:"email"` // of an account that may still be written to
	Name     indicators.Optional `db:"name"`  // of the account
	Language indicators.Optional `db:"language"`
}

// ErrUndeliverable is wrapped by the error of a message that no further try would send.
var ErrUndeliverable = errors.New("it cannot be delivered")

// A Sender says how messages are sent, and what becomes of one that could not be.
type Sender struct {
	Channels []string
	Now      func() time.Time
	Send     func(context.Context, Message) error
	// Again is how long to wait after so many tries that failed; false: give up.
	Again func(tries int) (time.Duration, bool)
}

// SendNext sends the message that is due first, and tells whether there was one. It is
// locked meanwhile: however many servers there are, one sends it. If the program dies
// before the message is marked as sent, it is sent again.
func (s *Store) SendNext(ctx context.Context, by Sender) (found bool, err error) {
	const query = `
		SELECT m.id, m.delivery, m.kind, m.channel, m.payload, m.created_at, m.tries,
		       CASE WHEN a.disabled_at IS NULL THEN a.email END AS email, a.name, a.language
		FROM message m
		LEFT JOIN account a ON a.id = m.account
		WHERE m.sent_at IS NULL AND m.failed_at IS NULL AND m.next_try_at <= $1 AND m.channel = ANY ($2)
		ORDER BY m.next_try_at, m.id
		LIMIT 1
		FOR UPDATE OF m SKIP LOCKED`

	err = s.transact(ctx, func(tx *sqlx.Tx) error {
		var m Message
		err := kind(ctx, tx.GetContext(ctx, &m, query, by.Now(), pq.Array(by.Channels)))
		if errors.Is(err, indicators.ErrNotFound) {
			return nil
		} else if err != nil {
			return fmt.Errorf("looking for messages to send: %w", err)
		}
		found = true
		sent := by.Send(ctx, m)
		if sent != nil && ctx.Err() != nil {
			return ctx.Err() // the server ends: that is no fault of the message
		}
		return mark(context.WithoutCancel(ctx), tx, m, by, sent)
	})
	return found, err
}

// mark writes down what became of a message.
func mark(ctx context.Context, tx *sqlx.Tx, m Message, by Sender, failure error) error {
	const sent = `UPDATE message SET sent_at = $2, tries = tries + 1, last_error = NULL WHERE id = $1`
	const again = `UPDATE message SET next_try_at = $2, tries = tries + 1, last_error = $3 WHERE id = $1`
	const givenUp = `UPDATE message SET failed_at = $2, tries = tries + 1, last_error = $3 WHERE id = $1`

	var err error
	wait, tryAgain := by.Again(m.Tries + 1)
	switch {
	case failure == nil:
		_, err = tx.ExecContext(ctx, sent, m.ID, by.Now())
	case tryAgain && !errors.Is(failure, ErrUndeliverable):
		_, err = tx.ExecContext(ctx, again, m.ID, by.Now().Add(wait), storable(failure))
	default:
		_, err = tx.ExecContext(ctx, givenUp, m.ID, by.Now(), storable(failure))
	}
	if err != nil {
		return fmt.Errorf("marking message %d: %w", m.ID, kind(ctx, err))
	}
	return nil
}

// storable is the text of an error as the database takes it: what another server says
// may hold any bytes, and a message that cannot be marked would be sent for ever.
func storable(err error) string {
	const limit = 500
	text := strings.ReplaceAll(strings.ToValidUTF8(err.Error(), "�"), "\x00", "")
	return strings.ToValidUTF8(text[:min(len(text), limit)], "")
}

// An OutboxCount is how many messages of a channel are in a state: waiting, sent or
// failed.
type OutboxCount struct {
	Channel, State string
	Messages       int
}

// OutboxCounts counts the messages of the outbox, none too.
func (s *Store) OutboxCounts(ctx context.Context) ([]OutboxCount, error) {
	const query = `
		SELECT c.channel, c.state, count(m.id) AS messages
		FROM (SELECT channel, state
		      FROM unnest(ARRAY['mail', 'webhook']) channel, unnest(ARRAY['waiting', 'sent', 'failed']) state) c
		LEFT JOIN message m ON m.channel = c.channel
		  AND CASE WHEN m.sent_at IS NOT NULL THEN 'sent' WHEN m.failed_at IS NOT NULL THEN 'failed' ELSE 'waiting' END = c.state
		GROUP BY c.channel, c.state
		ORDER BY c.channel, c.state`

	var all []OutboxCount
	if err := s.db.SelectContext(ctx, &all, query); err != nil {
		return nil, fmt.Errorf("counting the messages of the outbox: %w", kind(ctx, err))
	}
	return all, nil
}

// ForgetSent removes messages that were sent before a moment. What was given up stays.
func (s *Store) ForgetSent(ctx context.Context, before time.Time) error {
	if _, err := s.db.ExecContext(ctx, `DELETE FROM message WHERE sent_at < $1`, before); err != nil {
		return fmt.Errorf("removing messages sent long ago: %w", kind(ctx, err))
	}
	return nil
}
