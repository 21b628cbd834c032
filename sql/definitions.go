package sql

import (
	"context"
	"fmt"

	"github.com/jmoiron/sqlx"

	"jalon/indicators"
)

// Each definition's query reads versions of its entries, with the lists of those that
// have any as of the changeset $1. Which versions, is said behind it.
const (
	settingQuery = `
		SELECT key, value
		FROM setting e`

	categoryQuery = `
		SELECT dimension, code, title_fr AS "title.fr", title_ar AS "title.ar", title_en AS "title.en", "order"
		FROM category e`

	organisationQuery = `
		SELECT code, name_fr AS "name.fr", name_ar AS "name.ar", name_en AS "name.en", kind, iati_id
		FROM organisation e`

	groupQuery = `
		SELECT code, title_fr AS "title.fr", title_ar AS "title.ar", title_en AS "title.en", coordinator, "order"
		FROM "group" e`

	frameworkQuery = `
		SELECT code, kind, title_fr AS "title.fr", title_ar AS "title.ar", title_en AS "title.en",
		       start, "end", baseline, method
		FROM framework e`

	resultQuery = `
		SELECT framework, code, parent, title_fr AS "title.fr", title_ar AS "title.ar", title_en AS "title.en",
		       level, weight
		FROM result e`

	actionQuery = `
		SELECT code, "group", title_fr AS "title.fr", title_ar AS "title.ar", title_en AS "title.en",
		       description_fr AS "description.fr", description_ar AS "description.ar", description_en AS "description.en",
		       lead, status, start, "end", actual_start, actual_end, scope,
		       array_to_string(governorates, '|') AS governorates,
		       obstacle_fr AS "obstacle.fr", obstacle_ar AS "obstacle.ar", obstacle_en AS "obstacle.en", illustrative,
		       (SELECT string_agg(organisation, '|')
		        FROM action_partner l
		        WHERE l.action = e.code AND l.since <= $1 AND (l.until IS NULL OR l.until > $1)) AS partners,
		       (SELECT string_agg(framework || ':' || result || coalesce('=' || weight, ''), '|')
		        FROM action_result l
		        WHERE l.action = e.code AND l.since <= $1 AND (l.until IS NULL OR l.until > $1)) AS results
		FROM action e`

	milestoneQuery = `
		SELECT action, code, title_fr AS "title.fr", title_ar AS "title.ar", title_en AS "title.en", due, done
		FROM milestone e`

	fundingQuery = `
		SELECT action, donor, kind, amount, currency, date, reference
		FROM funding e`

	indicatorQuery = `
		SELECT code, title_fr AS "title.fr", title_ar AS "title.ar", title_en AS "title.en", result_type,
		       unit, unit_shown_fr AS "unit_shown.fr", unit_shown_ar AS "unit_shown.ar", unit_shown_en AS "unit_shown.en",
		       kind, direction, accumulation, frequency, decimals, min, max, factor, method, responsible, due_days, key,
		       array_to_string(breakdowns, '|') AS breakdowns, array_to_string(additive, '|') AS additive,
		       array_to_string(external, '|') AS external, source,
		       definition_fr AS "definition.fr", definition_ar AS "definition.ar", definition_en AS "definition.en",
		       illustrative,
		       (SELECT string_agg(action, '|')
		        FROM indicator_action l
		        WHERE l.indicator = e.code AND l.since <= $1 AND (l.until IS NULL OR l.until > $1)) AS actions,
		       (SELECT string_agg("group", '|')
		        FROM indicator_group l
		        WHERE l.indicator = e.code AND l.since <= $1 AND (l.until IS NULL OR l.until > $1)) AS groups,
		       (SELECT string_agg(framework || ':' || result || coalesce('=' || weight, ''), '|')
		        FROM indicator_result l
		        WHERE l.indicator = e.code AND l.since <= $1 AND (l.until IS NULL OR l.until > $1)) AS results
		FROM indicator e`

	targetQuery = `
		SELECT indicator, kind, period, value, low, high, comparison, framework, decided, source, note,
		       sex AS "breakdown.sex", age AS "breakdown.age", governorate AS "breakdown.governorate",
		       breakdown AS "breakdown.breakdown", since
		FROM target e`
)

// liveAt is which versions were live at the changeset $1.
const liveAt = `
		WHERE since <= $1 AND (until IS NULL OR until > $1)`

// definitionsAt reads all definitions as of a changeset, in eleven queries whatever
// their number.
func definitionsAt(ctx context.Context, from sqlx.QueryerContext, number int) (*indicators.Definitions, error) {
	d := &indicators.Definitions{}
	for _, read := range []func() error{
		func() error { return entries(ctx, from, &d.Settings, settingQuery+liveAt, number) },
		func() error { return entries(ctx, from, &d.Categories, categoryQuery+liveAt, number) },
		func() error { return entries(ctx, from, &d.Organisations, organisationQuery+liveAt, number) },
		func() error { return entries(ctx, from, &d.Groups, groupQuery+liveAt, number) },
		func() error { return entries(ctx, from, &d.Frameworks, frameworkQuery+liveAt, number) },
		func() error { return entries(ctx, from, &d.Results, resultQuery+liveAt, number) },
		func() error { return entries(ctx, from, &d.Actions, actionQuery+liveAt, number) },
		func() error { return entries(ctx, from, &d.Milestones, milestoneQuery+liveAt, number) },
		func() error { return entries(ctx, from, &d.Funding, fundingQuery+liveAt, number) },
		func() error { return entries(ctx, from, &d.Indicators, indicatorQuery+liveAt, number) },
		func() error { return entries(ctx, from, &d.Targets, targetQuery+liveAt, number) },
	} {
		if err := read(); err != nil {
			return nil, fmt.Errorf("reading the definitions as of changeset %d: %w", number, kind(ctx, err))
		}
	}
	return d, nil
}

// entries reads entries, sorted by key.
func entries[T indicators.Entry](ctx context.Context, from sqlx.QueryerContext, into *[]T, query string, args ...any) error {
	if err := sqlx.SelectContext(ctx, from, into, query, args...); err != nil {
		return err
	}
	indicators.SortEntries(*into)
	return nil
}

// definitionsChanged tells whether any definition began or ended after a changeset.
func definitionsChanged(ctx context.Context, tx *sqlx.Tx, number int) (bool, error) {
	for _, table := range versionedTables() {
		query := `SELECT EXISTS (SELECT FROM ` + quoted(table) + ` WHERE since > $1 OR until > $1)`
		var changed bool
		if err := tx.GetContext(ctx, &changed, query, number); err != nil {
			return false, fmt.Errorf("looking for changed definitions: %w", kind(ctx, err))
		}
		if changed {
			return true, nil
		}
	}
	return false, nil
}
