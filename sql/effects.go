package sql

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"

	"jalon/indicators"
)

// An Effects is what a changeset did.
type Effects struct {
	Definitions []indicators.EntryChange // in the order of the workbook's tables, then of keys
	Figures     []indicators.FigureChange
	Begun       int // versions of figures, also of those that are not listed
	Ended       int
}

// Effects tells what a changeset did: to all definitions, and to the first figures up to a
// limit; also to figures on their way to the public and to those withheld from it, or not.
func (s *Store) Effects(ctx context.Context, changeset, limit int, withWork bool) (e Effects, err error) {
	err = s.read(ctx, func(tx *sqlx.Tx) error {
		if e.Definitions, err = definitionEffects(ctx, tx, changeset); err != nil {
			return fmt.Errorf("reading what changeset %d changed: %w", changeset, kind(ctx, err))
		}
		if e.Figures, err = figureEffects(ctx, tx, changeset, limit, withWork); err != nil {
			return fmt.Errorf("reading the figures that changeset %d changed: %w", changeset, kind(ctx, err))
		}
		const counts = `
			SELECT (SELECT count(*) FROM observation o WHERE since = $1` + shownTo + `),
			       (SELECT count(*) FROM observation o WHERE until = $1` + shownTo + `)`
		if err := tx.QueryRowContext(ctx, counts, changeset, withWork).Scan(&e.Begun, &e.Ended); err != nil {
			return fmt.Errorf("counting the figures that changeset %d changed: %w", changeset, kind(ctx, err))
		}
		return nil
	})
	return e, err
}

func definitionEffects(ctx context.Context, tx *sqlx.Tx, changeset int) (all []indicators.EntryChange, err error) {
	for _, read := range []func() ([]indicators.EntryChange, error){
		func() ([]indicators.EntryChange, error) {
			return changed(ctx, tx, settingTable(), "settings", changeset)
		},
		func() ([]indicators.EntryChange, error) {
			return changed(ctx, tx, categoryTable(), "categories", changeset)
		},
		func() ([]indicators.EntryChange, error) {
			return changed(ctx, tx, organisationTable(), "organisations", changeset)
		},
		func() ([]indicators.EntryChange, error) { return changed(ctx, tx, groupTable(), "groups", changeset) },
		func() ([]indicators.EntryChange, error) {
			return changed(ctx, tx, frameworkTable(), "frameworks", changeset)
		},
		func() ([]indicators.EntryChange, error) { return changed(ctx, tx, resultTable(), "results", changeset) },
		func() ([]indicators.EntryChange, error) { return changed(ctx, tx, actionTable(), "actions", changeset) },
		func() ([]indicators.EntryChange, error) {
			return changed(ctx, tx, milestoneTable(), "milestones", changeset)
		},
		func() ([]indicators.EntryChange, error) {
			return changed(ctx, tx, fundingTable(), "funding", changeset)
		},
		func() ([]indicators.EntryChange, error) {
			return changed(ctx, tx, indicatorTable(), "indicators", changeset)
		},
		func() ([]indicators.EntryChange, error) { return changed(ctx, tx, targetTable(), "targets", changeset) },
	} {
		changes, err := read()
		if err != nil {
			return nil, err
		}
		all = append(all, changes...)
	}
	return all, nil
}

// changed lists the entries of a table that a changeset ended, began, or both. Lists of
// references are as of the changeset, and as of the one before it.
func changed[T indicators.Entry](ctx context.Context, from sqlx.QueryerContext, v versioned[T], table string, changeset int) ([]indicators.EntryChange, error) {
	var ended, begun []T
	if err := sqlx.SelectContext(ctx, from, &ended, v.query+` WHERE e.until = $1::int + 1`, changeset-1); err != nil {
		return nil, err
	}
	if err := sqlx.SelectContext(ctx, from, &begun, v.query+` WHERE e.since = $1`, changeset); err != nil {
		return nil, err
	}
	return indicators.Pair(table, ended, begun), nil
}

// versionsOf lists the changes, up to a changeset, of the entries whose column has a value.
// The lists of a version are those at its beginning: where they change, it ends.
func versionsOf[T indicators.Entry](ctx context.Context, from sqlx.QueryerContext, v versioned[T], table, column, value string, upTo int) ([]indicators.DatedChange, error) {
	which := ` WHERE ` + quoted(column) + ` = $1 AND since <= $2 ORDER BY ` + list(v.keys) + `, since`
	var rows []T
	if err := sqlx.SelectContext(ctx, from, &rows, strings.ReplaceAll(v.query, "$1", "e.since")+which, value, upTo); err != nil {
		return nil, err
	}
	var lives []struct{ Since, Until int } // of the rows, in the same order
	query := `SELECT since, CASE WHEN until <= $2 THEN until ELSE 0 END AS until FROM ` + quoted(v.table) + which
	if err := sqlx.SelectContext(ctx, from, &lives, query, value, upTo); err != nil {
		return nil, err
	}
	ended, begun := map[int][]T{}, map[int][]T{}
	for n, life := range lives {
		begun[life.Since] = append(begun[life.Since], rows[n])
		if life.Until > 0 {
			ended[life.Until] = append(ended[life.Until], rows[n])
			begun[life.Until] = append(begun[life.Until], rows[:0]...) // so that its number is among them
		}
	}
	var all []indicators.DatedChange
	for _, number := range slices.Sorted(maps.Keys(begun)) {
		for _, change := range indicators.Pair(table, ended[number], begun[number]) {
			all = append(all, indicators.DatedChange{Changeset: number, EntryChange: change})
		}
	}
	return all, nil
}

// figureEffects lists the first figures that a changeset touched, each as it was and as it
// became: published, where it is in two states at once.
func figureEffects(ctx context.Context, tx *sqlx.Tx, changeset, limit int, withWork bool) ([]indicators.FigureChange, error) {
	const (
		touched = `
		SELECT series, period
		FROM ((SELECT series, period FROM observation o WHERE since = $1` + shownTo + ` ORDER BY series, period LIMIT $3)
		      UNION
		      (SELECT series, period FROM observation o WHERE until = $1` + shownTo + ` ORDER BY series, period LIMIT $3)) t
		ORDER BY series, period
		LIMIT $3`

		versions = versionColumns + `
		WHERE (o.series, o.period) IN (SELECT * FROM unnest($3::int[], $4::int[])) AND (o.since = $1 OR o.until = $1)` + shownTo + `
		ORDER BY o.series, o.period, o.review`
	)
	var keys []struct{ Series, Period int64 }
	if err := tx.SelectContext(ctx, &keys, touched, changeset, withWork, limit); err != nil {
		return nil, err
	}
	series, periods := make([]int64, len(keys)), make([]int64, len(keys))
	for n, k := range keys {
		series[n], periods[n] = k.Series, k.Period
	}
	var found []struct {
		indicators.FigureVersion
		Withheld int
	}
	if err := tx.SelectContext(ctx, &found, versions, changeset, withWork, pq.Array(series), pq.Array(periods)); err != nil {
		return nil, err
	}
	var all []indicators.FigureChange
	for n := range found {
		o := &found[n].Observation
		if len(all) == 0 || all[len(all)-1].Key != o.Key() {
			all = append(all, indicators.FigureChange{Key: o.Key()})
		}
		change := &all[len(all)-1]
		if o.Since == changeset {
			change.After = o // the last one is that of the highest state
		} else {
			change.Before = o
		}
	}
	return all, nil
}
