package sql

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"jalon/indicators"
)

// An Once keeps a request that comes again from being carried out again. Its answer is
// written in the transaction that carries it out: both are there, or neither.
type Once struct {
	Account int
	Key     []byte // SHA-256 of the name that whoever asks gave the request
	Request []byte // SHA-256 of what is asked
	// Answer words what was done, for now and for whoever asks again.
	Answer func(*indicators.Report) (status int, body []byte, err error)
}

// ErrAnswered is a request that was carried out meanwhile: Answered has what was said.
var ErrAnswered = errors.New("the request was answered already")

// ErrAnotherRequest is a name that was given to another request before.
var ErrAnotherRequest = errors.New("this key belongs to another request: give each request a key of its own")

// Answered is what was said to a request; ErrNotFound where nothing was yet.
func (s *Store) Answered(ctx context.Context, o *Once) (status int, body []byte, err error) {
	const query = `
		SELECT request = $3 AS same, status, answer
		FROM answered
		WHERE account = $1 AND key = $2 AND at > clock_timestamp() - interval '1 day'`

	var row struct {
		Same   bool
		Status int
		Answer []byte
	}
	if err := s.db.GetContext(ctx, &row, query, o.Account, o.Key, o.Request); err != nil {
		return 0, nil, fmt.Errorf("looking for an answer given before: %w", kind(ctx, err))
	}
	if !row.Same {
		return 0, nil, ErrAnotherRequest
	}
	return row.Status, row.Answer, nil
}

// begin takes the request for this transaction. Another one that carries it out is waited
// for, before the lock of the writers is taken, so that nobody waits for each other.
func (o *Once) begin(ctx context.Context, tx *sqlx.Tx, wait time.Duration) error {
	const insert = `
		INSERT INTO answered (account, key, request)
		VALUES ($1, $2, $3)
		ON CONFLICT DO NOTHING`

	// What another transaction forgets at this moment is not waited for.
	const forget = `
		DELETE FROM answered
		WHERE (account, key) IN (SELECT account, key
		                         FROM answered
		                         WHERE at < clock_timestamp() - interval '1 day'
		                         FOR UPDATE SKIP LOCKED)`

	if o == nil {
		return nil
	}
	if _, err := tx.ExecContext(ctx, fmt.Sprintf(`SET LOCAL lock_timeout = %d`, wait.Milliseconds())); err != nil {
		return fmt.Errorf("setting how long to wait: %w", kind(ctx, err))
	}
	if _, err := tx.ExecContext(ctx, forget); err != nil {
		return fmt.Errorf("forgetting old answers: %w", kind(ctx, err))
	}
	done, err := tx.ExecContext(ctx, insert, o.Account, o.Key, o.Request)
	if err != nil {
		return fmt.Errorf("taking a request: %w", kind(ctx, err))
	}
	if n, err := done.RowsAffected(); err != nil || n != 1 {
		return ErrAnswered
	}
	return nil
}

// end keeps the answer.
func (o *Once) end(ctx context.Context, tx *sqlx.Tx, report *indicators.Report) error {
	const update = `
		UPDATE answered
		SET status = $3, answer = $4
		WHERE account = $1 AND key = $2`

	if o == nil {
		return nil
	}
	status, body, err := o.Answer(report)
	if err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, update, o.Account, o.Key, status, body); err != nil {
		return fmt.Errorf("keeping the answer to a request: %w", kind(ctx, err))
	}
	return nil
}
