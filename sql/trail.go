package sql

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"strings"

	"github.com/jmoiron/sqlx"

	"jalon/indicators"
)

// EachTrace streams the audit trail as known at a changeset, in the order of time: every
// changeset with what it did, and what happened to accounts before the next one.
func (s *Store) EachTrace(ctx context.Context, changeset int) iter.Seq2[*indicators.Trace, error] {
	const query = `
		WITH effect AS (
		    SELECT number, sum(definitions) AS definitions, sum(begun) AS begun, sum(ended) AS ended
		    FROM (DEFINITIONS
		          UNION ALL SELECT since, 0, count(*), 0 FROM observation GROUP BY since
		          UNION ALL SELECT until, 0, 0, count(*) FROM observation WHERE until IS NOT NULL GROUP BY until) e
		    GROUP BY number
		)
		SELECT t.*, coalesce(a.name, '') AS name, a.email
		FROM (SELECT c.at, c.recorded, c.number, coalesce(c.act, '') AS act, coalesce(c.role, '') AS role, c.author, c.reason,
		             NOT c.internal AS public, 0 AS account,
		             coalesce(e.definitions, 0) AS definitions, coalesce(e.begun, 0) AS begun, coalesce(e.ended, 0) AS ended
		      FROM changeset c
		      LEFT JOIN effect e ON e.number = c.number
		      WHERE c.number <= $1
		      UNION ALL
		      SELECT v.at, NULL, 0, v.act, '', v.by, v.detail, false, v.account, 0, 0, 0
		      FROM account_event v
		      WHERE v.at < coalesce((SELECT at FROM changeset WHERE number = $1 + 1), 'infinity')) t
		LEFT JOIN account a ON t.author = 'account-' || a.id
		ORDER BY t.at, t.number, t.account`

	var definitions []string
	for _, table := range versionedTables() {
		from := ` FROM ` + quoted(table)
		definitions = append(definitions, `SELECT since AS number, count(*) AS definitions, 0 AS begun, 0 AS ended`+from+` GROUP BY since`,
			`SELECT until, count(*), 0, 0`+from+` WHERE until IS NOT NULL GROUP BY until`)
	}
	whole := strings.Replace(query, "DEFINITIONS", strings.Join(definitions, " UNION ALL "), 1)
	return func(yield func(*indicators.Trace, error) bool) {
		err := s.read(ctx, func(tx *sqlx.Tx) error {
			rows, err := tx.QueryxContext(ctx, whole, changeset)
			if err != nil {
				return fmt.Errorf("reading the audit trail: %w", kind(ctx, err))
			}
			defer rows.Close()
			for rows.Next() {
				var t indicators.Trace
				if err := rows.StructScan(&t); err != nil {
					return fmt.Errorf("reading the audit trail: %w", kind(ctx, err))
				}
				if !yield(&t, nil) {
					return errNothing
				}
			}
			if err := rows.Err(); err != nil {
				return fmt.Errorf("reading the audit trail: %w", kind(ctx, err))
			}
			return nil
		})
		if err != nil && !errors.Is(err, errNothing) {
			yield(nil, err)
		}
	}
}
