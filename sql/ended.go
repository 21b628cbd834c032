package sql

import (
	"context"
	"fmt"
	"reflect"
	"slices"

	"github.com/jmoiron/sqlx"

	"jalon/indicators"
)

// endedKeys finds the entries that were ended once, by table of the workbook and key,
// of the tables from which the workbook removes rows.
func endedKeys(ctx context.Context, tx *sqlx.Tx, w *indicators.Workbook) (map[string]bool, error) {
	all := map[string]bool{}
	for _, read := range []func() error{
		func() error { return ended(ctx, tx, settingTable(), "settings", w.Settings, all) },
		func() error { return ended(ctx, tx, categoryTable(), "categories", w.Categories, all) },
		func() error { return ended(ctx, tx, organisationTable(), "organisations", w.Organisations, all) },
		func() error { return ended(ctx, tx, groupTable(), "groups", w.Groups, all) },
		func() error { return ended(ctx, tx, frameworkTable(), "frameworks", w.Frameworks, all) },
		func() error { return ended(ctx, tx, resultTable(), "results", w.Results, all) },
		func() error { return ended(ctx, tx, actionTable(), "actions", w.Actions, all) },
		func() error { return ended(ctx, tx, milestoneTable(), "milestones", w.Milestones, all) },
		func() error { return ended(ctx, tx, fundingTable(), "funding", w.Funding, all) },
		func() error { return ended(ctx, tx, indicatorTable(), "indicators", w.Indicators, all) },
		func() error { return ended(ctx, tx, targetTable(), "targets", w.Targets, all) },
	} {
		if err := read(); err != nil {
			return nil, fmt.Errorf("reading what was removed before: %w", kind(ctx, err))
		}
	}
	return all, nil
}

// ended adds the keys of one table, if rows of it are to be removed.
func ended[T indicators.Entry](ctx context.Context, tx *sqlx.Tx, v versioned[T], table string, edits []indicators.Edit[T], into map[string]bool) error {
	if !slices.ContainsFunc(edits, func(e indicators.Edit[T]) bool { return e.Remove }) {
		return nil
	}
	keys, err := v.keysWhere(ctx, tx, `until IS NOT NULL`)
	for key := range keys {
		into[table+" "+key] = true
	}
	return err
}

// keysWhere are the keys of the versions that a condition holds for.
func (v *versioned[T]) keysWhere(ctx context.Context, from sqlx.QueryerContext, condition string, args ...any) (map[string]bool, error) {
	rows, err := from.QueryContext(ctx, `SELECT DISTINCT `+list(v.keys)+` FROM `+quoted(v.table)+` WHERE `+condition, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	keys, all := v.keyColumns(v.columns()), map[string]bool{}
	for rows.Next() {
		var entry T
		cells := make([]any, len(keys))
		for n, c := range keys {
			cells[n] = reflect.ValueOf(&entry).Elem().FieldByIndex(c.field).Addr().Interface()
		}
		if err := rows.Scan(cells...); err != nil {
			return nil, err
		}
		all[entry.EntryKey()] = true
	}
	return all, rows.Err()
}
