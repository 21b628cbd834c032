package web

import (
	"html/template"

	"jalon/indicators"
)

// Changes are what became other since the snapshot before.
type changes struct {
	Since   template.HTML // nothing for the first snapshot
	Page    string        // address of the same by itself
	None    bool
	Entered []link
	Left    []link
	Turned  []explainedRow // another status
	Steps   []explainedRow // the same status, another share of the way
	Slopes  drawn          // chart C
	Values  []revisedRow
	Hidden  int // of those, not listed
	New     int // values of new periods
	Actions []actionTurn
	Dates   []stepTurn
	Rules   []entryChangeRow // targets, definitions, settings
}

// An entryChangeRow is a row of the programme's tables that came, went or says something else.
type entryChangeRow struct {
	Table, Key, Kind string
	Cells            []cellChangeRow
}

type cellChangeRow struct{ Column, Before, After string }

func (c *composer) changes() changes {
	then := c.before()
	if then.Picture == nil {
		return changes{}
	}
	d := &difference{Difference: indicators.Compare(then.Picture, c.p), pair: then.Snapshot + between + c.e.Number, from: then.Snapshot, to: c.e.Number}
	t := telling{c.view, then.Picture}
	page := changes{Since: c.since(), None: d.IsEmpty(), Actions: t.actionTurns(d), Dates: t.stepTurns(d)}
	if c.e.IsPublished() {
		page.Page = "/" + c.l.Code + "/" + escaped("snapshots", d.pair)
	}
	for _, code := range d.Entered {
		page.Entered = append(page.Entered, t.named(code))
	}
	for _, code := range d.Left {
		page.Left = append(page.Left, t.named(code))
	}
	for n := range d.Moved {
		if row := t.explainedRow(&d.Moved[n]); d.Moved[n].Turns() {
			page.Turned = append(page.Turned, row)
		} else {
			page.Steps = append(page.Steps, row)
		}
	}
	page.Slopes = c.chart(c.differencePlate(d))
	page.Values, page.Hidden = t.revisedRows(d)
	page.New = len(d.Values) - len(page.Values) - page.Hidden
	for _, all := range [][]indicators.EntryChange{d.Targets, d.Definitions, d.Settings} {
		for _, change := range all {
			page.Rules = append(page.Rules, c.entryChange(change))
		}
	}
	return page
}

func (c *composer) entryChange(e indicators.EntryChange) entryChangeRow {
	row := entryChangeRow{Table: c.l.T("report.table." + e.Table), Key: e.Key, Kind: c.l.T("report.entry.changed")}
	switch {
	case e.Before == nil:
		row.Kind = c.l.T("report.entry.new")
	case e.After == nil:
		row.Kind = c.l.T("report.entry.gone")
	default:
		for _, cell := range e.Cells() {
			row.Cells = append(row.Cells, cellChangeRow{cell.Column, cell.Before, cell.After})
		}
	}
	return row
}
