package sql

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/jmoiron/sqlx"
	"github.com/jmoiron/sqlx/reflectx"
	"github.com/lib/pq"

	"jalon/indicators"
)

// A versioned says how the rows of a kind of entry are kept: in which table, read by
// which query, told apart by which columns, with which lists in tables of their own.
type versioned[T indicators.Entry] struct {
	table string
	query string // without saying which versions
	keys  []string
	codes bool // the keys are also in TABLE_code, which others refer to
	links []link[T]
}

// A link keeps a list of references: one row for each, with the columns of the
// owner's code and of what it refers to.
type link[T indicators.Entry] struct {
	table   string
	columns []string
	rows    func(*T) [][]any
}

// write compares two states of a table's entries, ends what is gone or changed and
// begins what is new or changed.
func write[T indicators.Entry](ctx context.Context, tx *sqlx.Tx, number int, v versioned[T], before, after []T) error {
	gone, come := differences(before, after)
	if len(gone)+len(come) == 0 {
		return nil
	}
	cols := v.columns()
	if err := v.store(ctx, tx, number, cols, gone, come); err != nil {
		return fmt.Errorf("writing the table %s: %w", v.table, kind(ctx, err))
	}
	for _, l := range v.links {
		if err := l.write(ctx, tx, number, gone, come); err != nil {
			return fmt.Errorf("writing the table %s: %w", l.table, kind(ctx, err))
		}
	}
	return nil
}

// differences walks two lists sorted by key. A changed entry is both gone and come.
func differences[T indicators.Entry](before, after []T) (gone, come []T) {
	b, a := 0, 0
	for b < len(before) || a < len(after) {
		switch {
		case a == len(after) || b < len(before) && before[b].EntryKey() < after[a].EntryKey():
			gone = append(gone, before[b])
			b++
		case b == len(before) || after[a].EntryKey() < before[b].EntryKey():
			come = append(come, after[a])
			a++
		default:
			if !indicators.Same(before[b], after[a]) {
				gone, come = append(gone, before[b]), append(come, after[a])
			}
			a, b = a+1, b+1
		}
	}
	return gone, come
}

func (v *versioned[T]) store(ctx context.Context, tx *sqlx.Tx, number int, cols []column, gone, come []T) error {
	if v.codes {
		if err := v.addCodes(ctx, tx, cols, come); err != nil {
			return err
		}
	}
	rows := make([][]any, len(gone))
	for n := range gone {
		rows[n] = values(&gone[n], v.keyColumns(cols))
	}
	if err := end(ctx, tx, number, v.table, v.keys, rows); err != nil {
		return err
	}
	rows = make([][]any, len(come))
	for n := range come {
		rows[n] = append(values(&come[n], cols), number)
	}
	return copyIn(ctx, tx, v.table, append(names(cols), "since"), slices.Values(rows))
}

// addCodes makes new codes known to those that refer to them.
func (v *versioned[T]) addCodes(ctx context.Context, tx *sqlx.Tx, cols []column, come []T) error {
	rows := make([][]any, len(come))
	for n := range come {
		rows[n] = values(&come[n], v.keyColumns(cols))
	}
	query := `INSERT INTO ` + quoted(v.table+"_code") + ` (` + list(v.keys) + `)
		SELECT * FROM unnest(` + placeholders(1, len(v.keys)) + `) ON CONFLICT DO NOTHING`
	_, err := tx.ExecContext(ctx, query, columnArrays(rows, len(v.keys))...)
	return err
}

// end sets until, once, on the live versions of some keys, and insists that each
// was there.
func end(ctx context.Context, tx *sqlx.Tx, number int, table string, keys []string, rows [][]any) error {
	if len(rows) == 0 {
		return nil
	}
	compared := make([]string, len(keys))
	for n, key := range keys {
		compared[n] = `coalesce(` + quoted(key) + `::text, '')`
	}
	query := `UPDATE ` + quoted(table) + ` SET until = $1
		WHERE until IS NULL AND (` + strings.Join(compared, ", ") + `) IN (SELECT * FROM unnest(` + placeholders(2, len(keys)) + `))`
	done, err := tx.ExecContext(ctx, query, append([]any{number}, columnArrays(rows, len(keys))...)...)
	if err != nil {
		return err
	}
	if n, err := done.RowsAffected(); err != nil || n != int64(len(rows)) {
		return fmt.Errorf("ended %d of %d versions (%w)", n, len(rows), err)
	}
	return nil
}

func (l *link[T]) write(ctx context.Context, tx *sqlx.Tx, number int, gone, come []T) error {
	before, after := l.all(gone), l.all(come)
	var ended, begun [][]any
	for key, row := range before {
		if _, stays := after[key]; !stays {
			ended = append(ended, row)
		}
	}
	for key, row := range after {
		if _, stays := before[key]; !stays {
			begun = append(begun, append(slices.Clone(row), number))
		}
	}
	keys := slices.DeleteFunc(slices.Clone(l.columns), func(name string) bool { return name == "weight" })
	if err := end(ctx, tx, number, l.table, keys, ended); err != nil {
		return err
	}
	return copyIn(ctx, tx, l.table, append(slices.Clone(l.columns), "since"), slices.Values(begun))
}

// all is the rows of the link's table for some entries, by what they say.
func (l *link[T]) all(entries []T) map[string][]any {
	all := map[string][]any{}
	for n := range entries {
		for _, row := range l.rows(&entries[n]) {
			all[fmt.Sprint(row...)] = row
		}
	}
	return all
}

// A column is a field of an entry and its name in the table.
type column struct {
	name  string
	field []int
}

// columns finds the fields kept in the entry's own table: title.fr is title_fr,
// breakdown.sex is sex; since is the writer's, linked lists have their own tables.
func (v *versioned[T]) columns() []column {
	linked := map[string]bool{"since": true}
	for _, name := range []string{"actions", "groups", "results", "partners"} {
		linked[name] = len(v.links) > 0
	}
	var cols []column
	fields := reflectx.NewMapper("db").TypeMap(reflect.TypeFor[T]())
	for _, f := range fields.Index {
		parent := slices.ContainsFunc(f.Children, func(child *reflectx.FieldInfo) bool { return child != nil })
		if !parent && !linked[f.Path] && f.Path != "" {
			cols = append(cols, column{strings.ReplaceAll(strings.TrimPrefix(f.Path, "breakdown."), ".", "_"), f.Index})
		}
	}
	return cols
}

func (v *versioned[T]) keyColumns(cols []column) []column {
	keys := make([]column, len(v.keys))
	for n, key := range v.keys {
		keys[n] = cols[slices.IndexFunc(cols, func(c column) bool { return c.name == key })]
	}
	return keys
}

func values[T any](entry *T, cols []column) []any {
	row := make([]any, len(cols), len(cols)+1)
	for n, c := range cols {
		row[n] = reflect.ValueOf(entry).Elem().FieldByIndex(c.field).Interface()
		if codes, ok := row[n].(indicators.Codes); ok {
			row[n] = pq.Array(append([]string{}, codes...))
		}
	}
	return row
}

func names(cols []column) []string {
	all := make([]string, len(cols))
	for n, c := range cols {
		all[n] = c.name
	}
	return all
}
