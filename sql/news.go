package sql

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"jalon/indicators"
)

// An event is what the webhook is told of a changeset that changed something public.
type event struct {
	Event       string              `json:"event"` // changeset
	Number      int                 `json:"number"`
	At          time.Time           `json:"at"`
	Kind        indicators.Optional `json:"kind"`
	Role        indicators.Optional `json:"role"` // of whoever acted, who is not named
	Reason      string              `json:"reason"`
	Indicators  []string            `json:"indicators"`  // whose figures, targets or definition changed
	Definitions bool                `json:"definitions"` // something but figures changed
}

// A Notice is what a mail tells of one act of review: the figures, without values.
type Notice struct {
	Changeset int                  `json:"changeset"`
	Reason    string               `json:"reason"`
	Figures   []indicators.Receipt `json:"figures"`
	More      int                  `json:"more"` // further figures that are not listed
}

// maxNoticed is how many figures one mail lists.
const maxNoticed = 50

// queueNews puts into the outbox what a changeset, whose rows are all written, is to
// tell: to the webhook what became public, to people what now waits for them. Nothing
// where the settings webhook and reminders do not say yes.
func queueNews(ctx context.Context, tx *sqlx.Tx, number int) error {
	on, err := whomToTell(ctx, tx)
	if err != nil || !on.Webhook && !on.Reminders {
		return err
	}
	all, err := changesets(ctx, tx, number-1, number)
	if err != nil || len(all) == 0 {
		return err
	}
	if on.Webhook {
		if err := queueEvent(ctx, tx, all[0]); err != nil {
			return err
		}
	}
	if on.Reminders {
		return queueNotices(ctx, tx, all[0])
	}
	return nil
}

// ways are those by which anybody is told of anything.
type ways struct{ Webhook, Reminders bool }

func whomToTell(ctx context.Context, tx *sqlx.Tx) (on ways, err error) {
	const settings = `
		SELECT coalesce(bool_or(key = 'webhook'), false) AS webhook, coalesce(bool_or(key = 'reminders'), false) AS reminders
		FROM setting
		WHERE key IN ('webhook', 'reminders') AND value = 'yes' AND until IS NULL`

	if err := tx.GetContext(ctx, &on, settings); err != nil {
		return on, fmt.Errorf("looking whom to tell: %w", kind(ctx, err))
	}
	return on, nil
}

// queueEvent tells the webhook of a changeset, the newest, if it has public effects.
func queueEvent(ctx context.Context, tx *sqlx.Tx, c indicators.Changeset) error {
	const touched = `
		SELECT s.indicator
		FROM observation o
		JOIN series s ON s.id = o.series
		WHERE o.review = 3 AND (o.since = $1 OR o.until = $1)
		UNION SELECT code FROM indicator WHERE since = $1 OR until = $1
		UNION SELECT indicator FROM indicator_action WHERE since = $1 OR until = $1
		UNION SELECT indicator FROM indicator_group WHERE since = $1 OR until = $1
		UNION SELECT indicator FROM indicator_result WHERE since = $1 OR until = $1
		UNION SELECT indicator FROM target WHERE since = $1 OR until = $1
		ORDER BY 1`

	e := event{
		Event: "changeset", Number: c.Number, At: c.At.UTC(), Reason: c.Reason, Indicators: []string{},
		Kind: indicators.Optional(c.Kind), Role: indicators.Optional(c.Role),
	}
	if err := tx.SelectContext(ctx, &e.Indicators, touched, c.Number); err != nil {
		return fmt.Errorf("looking what changeset %d made public: %w", c.Number, kind(ctx, err))
	}
	var err error
	if e.Definitions, err = definitionsChanged(ctx, tx, c.Number-1); err != nil {
		return err
	}
	if len(e.Indicators) == 0 && !e.Definitions {
		return nil
	}
	return queue(ctx, tx, outgoing{key: fmt.Sprintf("changeset-%d", c.Number), kind: "changeset", payload: e})
}

// queueNotices tells people of an act of review: those who submitted that figures come
// back to them, those who verify that figures wait for them.
func queueNotices(ctx context.Context, tx *sqlx.Tx, c indicators.Changeset) error {
	const returned = `
		SELECT DISTINCT a.id AS account, s.indicator, o.period
		FROM observation o
		JOIN series s ON s.id = o.series
		JOIN changeset c ON c.number = (SELECT max(b.since)
		                                FROM observation b
		                                WHERE b.series = o.series AND b.period = o.period AND b.review = 1 AND b.since < $1)
		JOIN account a ON c.author = 'account-' || a.id
		WHERE o.since = $1 AND o.review = 0 AND a.email IS NOT NULL AND a.disabled_at IS NULL
		ORDER BY account, indicator, period`

	const submitted = `
		SELECT DISTINCT a.id AS account, s.indicator, o.period
		FROM observation o
		JOIN series s ON s.id = o.series
		JOIN account a ON a.role = 'verifier'
		WHERE o.since = $1 AND o.review = 1 AND a.email IS NOT NULL AND a.disabled_at IS NULL AND $2 <> 'account-' || a.id
		ORDER BY account, indicator, period`

	var rows []struct {
		Account int
		indicators.Receipt
	}
	var err error
	switch c.Kind {
	case indicators.Returned:
		err = tx.SelectContext(ctx, &rows, returned, c.Number)
	case indicators.Submitting:
		err = tx.SelectContext(ctx, &rows, submitted, c.Number, c.Author)
	default:
		return nil
	}
	if err != nil {
		return fmt.Errorf("looking whom changeset %d is to be told: %w", c.Number, kind(ctx, err))
	}
	for len(rows) > 0 {
		account, n := rows[0].Account, Notice{Changeset: c.Number, Reason: c.Reason}
		for len(rows) > 0 && rows[0].Account == account {
			if len(n.Figures) < maxNoticed {
				n.Figures = append(n.Figures, rows[0].Receipt)
			} else {
				n.More++
			}
			rows = rows[1:]
		}
		word := map[indicators.Kind]string{indicators.Returned: "returned", indicators.Submitting: "submitted"}[c.Kind]
		if err := queue(ctx, tx, outgoing{key: fmt.Sprintf("%s-%d-%d", word, c.Number, account), kind: word, account: account, payload: n}); err != nil {
			return err
		}
	}
	return nil
}

// An outgoing message is about to be put into the outbox.
type outgoing struct {
	key, kind string
	account   int // 0: to the webhook
	payload   any
}

// queue puts a message into the outbox, once for each key.
func queue(ctx context.Context, tx *sqlx.Tx, m outgoing) error {
	const insert = `
		INSERT INTO message (key, kind, channel, account, payload)
		VALUES ($1, $2, CASE WHEN $3 = 0 THEN 'webhook' ELSE 'mail' END, nullif($3, 0), $4)
		ON CONFLICT (key) DO NOTHING`

	payload, err := json.Marshal(m.payload)
	if err != nil {
		return fmt.Errorf("writing the message %s: %w", m.key, err)
	}
	if _, err := tx.ExecContext(ctx, insert, m.key, m.kind, m.account, string(payload)); err != nil {
		return fmt.Errorf("putting the message %s into the outbox: %w", m.key, kind(ctx, err))
	}
	return nil
}
