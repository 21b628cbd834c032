package sql

import (
	"context"
	"database/sql/driver"
	"fmt"
	"iter"
	"strings"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"
)

// copyIn streams rows into a table.
func copyIn(ctx context.Context, tx *sqlx.Tx, table string, columns []string, rows iter.Seq[[]any]) (err error) {
	stmt, err := tx.PrepareContext(ctx, `COPY `+quoted(table)+` (`+list(columns)+`) FROM STDIN`)
	if err != nil {
		return err
	}
	defer func() {
		if closing := stmt.Close(); err == nil { // else it only says so again
			err = closing
		}
	}()
	for row := range rows {
		if _, err := stmt.ExecContext(ctx, row...); err != nil {
			return err
		}
	}
	_, err = stmt.ExecContext(ctx)
	return err
}

func quoted(name string) string { return pq.QuoteIdentifier(name) }

func list(columns []string) string {
	all := make([]string, len(columns))
	for n, c := range columns {
		all[n] = quoted(c)
	}
	return strings.Join(all, ", ")
}

// placeholders lists n text arrays: "$1::text[], $2::text[]".
func placeholders(first, n int) string {
	all := make([]string, n)
	for i := range all {
		all[i] = fmt.Sprintf("$%d::text[]", first+i)
	}
	return strings.Join(all, ", ")
}

// columnArrays turns rows into one text array for each of their first columns;
// what is absent is the empty text.
func columnArrays(rows [][]any, columns int) []any {
	arrays := make([]any, columns)
	for c := range arrays {
		texts := make([]string, len(rows))
		for r, row := range rows {
			texts[r] = textOf(row[c])
		}
		arrays[c] = pq.Array(texts)
	}
	return arrays
}

func textOf(value any) string {
	if v, ok := value.(driver.Valuer); ok {
		if plain, err := v.Value(); err != nil || plain == nil {
			return ""
		} else {
			value = plain
		}
	}
	return fmt.Sprint(value)
}
