package sql

import (
	"context"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"jalon/indicators"
)

// An issueEvent is what the webhook is told of a snapshot that is published.
type issueEvent struct {
	Event     string              `json:"event"` // snapshot
	Number    string              `json:"number"`
	Reason    indicators.Optional `json:"reason"` // of a correction
	Changeset int                 `json:"changeset"`
	Judged    indicators.Date     `json:"judged"`
	At        time.Time           `json:"at"` // of the publication
	SHA256    string              `json:"sha256"`
	Chain     indicators.Optional `json:"chain"`
}

// An IssueNotice is what a mail tells of a snapshot that is published.
type IssueNotice struct {
	Number string              `json:"number"`
	Judged indicators.Date     `json:"judged"`
	Reason indicators.Optional `json:"reason"` // of a correction
}

// queueIssue puts into the outbox that a snapshot is published: to the webhook, and to the
// accounts that asked for it. Nothing where the settings webhook and reminders do not say yes.
func queueIssue(ctx context.Context, tx *sqlx.Tx, snap *indicators.Snapshot) error {
	const wanting = `
		SELECT id
		FROM account
		WHERE news AND email IS NOT NULL AND disabled_at IS NULL
		ORDER BY id`

	on, err := whomToTell(ctx, tx)
	if err != nil {
		return err
	}
	if on.Webhook {
		e := issueEvent{Event: "snapshot", Number: snap.Number, Reason: snap.Reason, Changeset: snap.Changeset, Judged: snap.Judged,
			At: *snap.PublishedAt, SHA256: snap.SHA256, Chain: snap.Chain}
		if err := queue(ctx, tx, outgoing{key: "snapshot-" + snap.Number, kind: "snapshot", payload: e}); err != nil {
			return err
		}
	}
	if !on.Reminders {
		return nil
	}
	var accounts []int
	if err := tx.SelectContext(ctx, &accounts, wanting); err != nil {
		return fmt.Errorf("looking who wants to be told of snapshots: %w", kind(ctx, err))
	}
	for _, account := range accounts {
		n := IssueNotice{Number: snap.Number, Judged: snap.Judged, Reason: snap.Reason}
		if err := queue(ctx, tx, outgoing{key: fmt.Sprintf("snapshot-%s-%d", snap.Number, account), kind: "snapshot", account: account, payload: n}); err != nil {
			return err
		}
	}
	return nil
}

// WantsNews tells whether an account is told of published snapshots by mail.
func (s *Store) WantsNews(ctx context.Context, account int) (wants bool, err error) {
	const query = `
		SELECT news
		FROM account
		WHERE id = $1`

	if err := s.db.GetContext(ctx, &wants, query, account); err != nil {
		return false, fmt.Errorf("reading what account %d wants to be told: %w", account, kind(ctx, err))
	}
	return wants, nil
}

// SetNews says whether an account wants to be told of published snapshots by mail.
func (s *Store) SetNews(ctx context.Context, account int, wants bool) error {
	const update = `
		UPDATE account
		SET news = $2
		WHERE id = $1 AND deleted_at IS NULL`

	if _, err := s.db.ExecContext(ctx, update, account, wants); err != nil {
		return fmt.Errorf("writing what account %d wants to be told: %w", account, kind(ctx, err))
	}
	return nil
}
