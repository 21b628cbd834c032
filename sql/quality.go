package sql

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"time"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"

	"jalon/indicators"
)

// Acceptances are the findings that were accepted as of a changeset, by mark, with the
// changesets that say by whom and why.
func (s *Store) Acceptances(ctx context.Context, number int) (accepted map[string]indicators.Acceptance, err error) {
	err = s.read(ctx, func(tx *sqlx.Tx) error {
		accepted, err = acceptances(ctx, tx, number)
		return err
	})
	return accepted, err
}

func acceptances(ctx context.Context, tx *sqlx.Tx, number int) (map[string]indicators.Acceptance, error) {
	const query = `
		SELECT a.mark, a.rule, a.subject,
		       c.number AS "changeset.number", c.at AS "changeset.at", c.author AS "changeset.author", c.reason AS "changeset.reason",
		       coalesce(c.act, '') AS "changeset.act", coalesce(c.role, '') AS "changeset.role", c.recorded AS "changeset.recorded"
		FROM acceptance a
		JOIN changeset c ON c.number = a.since
		WHERE a.since <= $1 AND (a.until IS NULL OR a.until > $1)`

	var rows []indicators.Acceptance
	if err := tx.SelectContext(ctx, &rows, query, number); err != nil {
		return nil, fmt.Errorf("reading the accepted findings: %w", kind(ctx, err))
	}
	accepted := make(map[string]indicators.Acceptance, len(rows))
	for _, row := range rows {
		accepted[row.Mark] = row
	}
	return accepted, nil
}

// AcceptFindings lets findings stand: all of them, as one changeset, or none. A reason is
// required. One that stands already is a conflict: somebody else was quicker. Another
// writer is waited for, 0 without end. It gives the number of the changeset.
func (s *Store) AcceptFindings(ctx context.Context, act indicators.Act, wait time.Duration, findings ...indicators.Finding) (int, error) {
	rows := make([][]any, len(findings))
	marks := make([]string, len(findings))
	for n := range findings {
		f := &findings[n]
		marks[n], rows[n] = f.Mark, []any{f.Mark, f.Rule, f.Subject()}
	}
	return s.judgeFindings(ctx, act, wait, marks, func(tx *sqlx.Tx, standing, number int) error {
		if standing > 0 {
			return fmt.Errorf("%w: %s is accepted already", indicators.ErrConflict, counted(standing, "finding"))
		}
		for n := range rows {
			rows[n] = append(rows[n], number)
		}
		return writeAcceptances(ctx, tx, slices.Values(rows))
	})
}

// writeAcceptances writes marks, each with its rule, subject and changeset.
func writeAcceptances(ctx context.Context, tx *sqlx.Tx, rows iter.Seq[[]any]) error {
	return copyIn(ctx, tx, "acceptance", []string{"mark", "rule", "subject", "since"}, rows)
}

// TakeBackAcceptances ends acceptances, by mark: all of them, as one changeset, or none.
// A reason is required. One that does not stand is a conflict.
func (s *Store) TakeBackAcceptances(ctx context.Context, act indicators.Act, wait time.Duration, marks ...string) (int, error) {
	return s.judgeFindings(ctx, act, wait, marks, func(tx *sqlx.Tx, standing, number int) error {
		if standing < len(marks) {
			return fmt.Errorf("%w: %s is not accepted, or no more", indicators.ErrConflict, counted(len(marks)-standing, "finding"))
		}
		const query = `UPDATE acceptance SET until = $1 WHERE until IS NULL AND mark = ANY ($2)`
		_, err := tx.ExecContext(ctx, query, number, pq.Array(marks))
		return err
	})
}

// judgeFindings makes a changeset of acceptances under the lock. write is told how many of
// the marks stand.
func (s *Store) judgeFindings(ctx context.Context, act indicators.Act, wait time.Duration, marks []string, write func(tx *sqlx.Tx, standing, number int) error) (n int, err error) {
	if act.Kind = indicators.Accepted; strings.TrimSpace(act.Reason) == "" {
		return 0, fmt.Errorf("%w: a reason is required: say why the figures are right", indicators.ErrInvalid)
	}
	if len(marks) == 0 {
		return 0, fmt.Errorf("%w: no finding is named", indicators.ErrInvalid)
	}
	err = s.transact(ctx, func(tx *sqlx.Tx) error {
		if err := lockWriters(ctx, tx, wait); err != nil {
			return err
		}
		var standing int
		const query = `SELECT count(*) FROM acceptance WHERE until IS NULL AND mark = ANY ($1)`
		if err := tx.GetContext(ctx, &standing, query, pq.Array(marks)); err != nil {
			return fmt.Errorf("looking for accepted findings: %w", kind(ctx, err))
		}
		if n, err = number(ctx, tx, act, time.Time{}); err != nil {
			return err
		}
		if err := write(tx, standing, n); errors.Is(err, indicators.ErrConflict) {
			return err
		} else if err != nil {
			return fmt.Errorf("writing the accepted findings: %w", kind(ctx, err))
		}
		return announce(ctx, tx, n)
	})
	return n, err
}

// counted is a number of things in English.
func counted(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// Blocking are the severe findings, not accepted, that figures would bring if they were
// published now: with any, they are not. It takes a few queries, whatever the number of
// figures.
func (s *Store) Blocking(ctx context.Context, figures []indicators.Observation, day indicators.Date) (all []indicators.Finding, err error) {
	err = s.read(ctx, func(tx *sqlx.Tx) error {
		all, err = blocking(ctx, tx, figures, day)
		return err
	})
	return all, err
}

func blocking(ctx context.Context, tx *sqlx.Tx, figures []indicators.Observation, day indicators.Date) ([]indicators.Finding, error) {
	last, err := newest(ctx, tx)
	if err != nil {
		return nil, err
	}
	codes := map[string]bool{}
	for n := range figures {
		codes[figures[n].Indicator] = true
	}
	ds, in, err := qualityOf(ctx, tx, last, codes)
	if err != nil {
		return nil, err
	}
	accepted, err := acceptances(ctx, tx, last)
	if err != nil {
		return nil, err
	}
	return indicators.Blocking(ds.FindingsOf(figures, in, day), accepted), nil
}

// refuseDoubted stops a publication that would bring severe findings which nobody has
// accepted.
func (t *Stepping) refuseDoubted(ctx context.Context, tx *sqlx.Tx, all []found) error {
	if t.Step.To != indicators.Published || t.Step.Ends {
		return nil
	}
	figures := make([]indicators.Observation, len(all))
	for n := range all {
		figures[n] = all[n].Observation
	}
	findings, err := blocking(ctx, tx, figures, t.Day)
	if err == nil && len(findings) > 0 {
		return &indicators.Doubted{Findings: findings}
	}
	return err
}
