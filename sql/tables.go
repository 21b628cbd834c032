package sql

import (
	"context"

	"github.com/jmoiron/sqlx"

	"jalon/indicators"
)

// writeDefinitions ends the versions that differ and begins the new ones, in the
// order in which tables refer to each other.
func writeDefinitions(ctx context.Context, tx *sqlx.Tx, number int, before, after *indicators.Definitions) error {
	for _, write := range []func() error{
		func() error { return write(ctx, tx, number, settingTable(), before.Settings, after.Settings) },
		func() error { return write(ctx, tx, number, categoryTable(), before.Categories, after.Categories) },
		func() error {
			return write(ctx, tx, number, organisationTable(), before.Organisations, after.Organisations)
		},
		func() error { return write(ctx, tx, number, groupTable(), before.Groups, after.Groups) },
		func() error { return write(ctx, tx, number, frameworkTable(), before.Frameworks, after.Frameworks) },
		func() error { return write(ctx, tx, number, resultTable(), before.Results, after.Results) },
		func() error { return write(ctx, tx, number, actionTable(), before.Actions, after.Actions) },
		func() error { return write(ctx, tx, number, milestoneTable(), before.Milestones, after.Milestones) },
		func() error { return write(ctx, tx, number, fundingTable(), before.Funding, after.Funding) },
		func() error { return write(ctx, tx, number, indicatorTable(), before.Indicators, after.Indicators) },
		func() error { return write(ctx, tx, number, targetTable(), before.Targets, after.Targets) },
	} {
		if err := write(); err != nil {
			return err
		}
	}
	return nil
}

func settingTable() versioned[indicators.Setting] {
	return versioned[indicators.Setting]{table: "setting", query: settingQuery, keys: []string{"key"}}
}

func categoryTable() versioned[indicators.Category] {
	return versioned[indicators.Category]{table: "category", query: categoryQuery, keys: []string{"dimension", "code"}}
}

func organisationTable() versioned[indicators.Organisation] {
	return versioned[indicators.Organisation]{table: "organisation", query: organisationQuery, keys: []string{"code"}, codes: true}
}

func groupTable() versioned[indicators.Group] {
	return versioned[indicators.Group]{table: "group", query: groupQuery, keys: []string{"code"}, codes: true}
}

func frameworkTable() versioned[indicators.Framework] {
	return versioned[indicators.Framework]{table: "framework", query: frameworkQuery, keys: []string{"code"}, codes: true}
}

func resultTable() versioned[indicators.Result] {
	return versioned[indicators.Result]{table: "result", query: resultQuery, keys: []string{"framework", "code"}, codes: true}
}

func actionTable() versioned[indicators.Action] {
	type action = indicators.Action
	return versioned[action]{table: "action", query: actionQuery, keys: []string{"code"}, codes: true, links: []link[action]{
		{"action_partner", []string{"action", "organisation"}, func(a *action) [][]any { return codeRows(a.Code, a.Partners) }},
		{"action_result", []string{"action", "framework", "result", "weight"}, func(a *action) [][]any { return linkRows(a.Code, a.Results) }},
	}}
}

func milestoneTable() versioned[indicators.Milestone] {
	return versioned[indicators.Milestone]{table: "milestone", query: milestoneQuery, keys: []string{"action", "code"}}
}

func fundingTable() versioned[indicators.Funding] {
	return versioned[indicators.Funding]{table: "funding", query: fundingQuery, keys: []string{"action", "donor", "kind", "currency", "date", "reference"}}
}

func indicatorTable() versioned[indicators.Indicator] {
	type indicator = indicators.Indicator
	return versioned[indicator]{table: "indicator", query: indicatorQuery, keys: []string{"code"}, codes: true, links: []link[indicator]{
		{"indicator_action", []string{"indicator", "action"}, func(i *indicator) [][]any { return codeRows(i.Code, i.Actions) }},
		{"indicator_group", []string{"indicator", "group"}, func(i *indicator) [][]any { return codeRows(i.Code, i.Groups) }},
		{"indicator_result", []string{"indicator", "framework", "result", "weight"}, func(i *indicator) [][]any { return linkRows(i.Code, i.Results) }},
	}}
}

func targetTable() versioned[indicators.Target] {
	return versioned[indicators.Target]{table: "target", query: targetQuery, keys: []string{
		"indicator", "framework", "kind", "period", "sex", "age", "governorate", "breakdown", "decided",
	}}
}

// versionedTables lists the tables with since and until, but for observations.
func versionedTables() []string {
	return []string{
		"setting", "category", "organisation", "group", "framework", "result", "action", "action_partner", "action_result",
		"milestone", "funding", "indicator", "indicator_action", "indicator_group", "indicator_result", "target",
	}
}

func codeRows(owner string, codes indicators.Codes) [][]any {
	rows := make([][]any, len(codes))
	for n, code := range codes {
		rows[n] = []any{owner, code}
	}
	return rows
}

func linkRows(owner string, links indicators.Links) [][]any {
	rows := make([][]any, len(links))
	for n, l := range links {
		rows[n] = []any{owner, l.Framework, l.Result, l.Weight}
	}
	return rows
}
