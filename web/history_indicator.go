package web

import (
	"context"
	"net/http"
	"slices"

	"jalon/indicators"
	"jalon/indicators/progress"
)

// An indicatorHistory is what became of an indicator's figures, definition and targets.
type indicatorHistory struct {
	link
	Unit     phrase
	Rows     []revisionRow
	Count    int
	Mean     figure
	Absolute figure
	Relative figure
	Changes  []changeRow // the newest first

	Changesets string // where they are listed
	AsOf       string
}

// A revisionRow is a period with the value first published and what came of it.
type revisionRow struct {
	Period     figure
	History    string
	First      value
	On         figure
	After      [3]value
	Latest     value
	Withdrawn  bool
	Times      int
	Difference figure
	Relative   figure
}

func (ps *pages) showIndicatorHistory(v *view, r *http.Request) (sheet, error) {
	i := v.p.Indicator(r.PathValue("code"))
	if i == nil {
		return sheet{}, notFound("indicator", r.PathValue("code"))
	}
	page := indicatorHistory{link: v.linkIndicator(i), Unit: v.unit(i), Changesets: "/" + v.l.Code + "/history", AsOf: v.asOf}
	tell, err := ps.teller(v, r)
	if err != nil {
		return sheet{}, err
	}
	if ps.server.store != nil {
		if err := page.read(r.Context(), ps, tell, i); err != nil {
			return sheet{}, err
		}
	}
	return sheet{template: "revisions", path: escaped("indicators", i.Code, "history"), title: v.l.T("revisions.title", page.Name.Text), main: page}, nil
}

func (page *indicatorHistory) read(ctx context.Context, ps *pages, tell *teller, i *indicators.Indicator) error {
	newest := tell.p.Newest().Number
	versions, err := ps.server.store.Versions(ctx, i.Code, newest)
	if err != nil {
		return err
	}
	changes, err := ps.server.store.DefinitionHistory(ctx, i.Code, newest)
	if err != nil {
		return err
	}
	table := tell.p.Revisions(versions[i.Code])
	for n := range table.Periods {
		page.Rows = append(page.Rows, tell.revision(i, &table.Periods[n]))
	}
	page.Count, page.Relative = table.Count, tell.percentage(table.Relative)
	page.Mean, page.Absolute = tell.signed(i, table.Mean), tell.optional(i, table.Absolute)
	for _, change := range slices.Backward(changes) {
		row := tell.entryChange(change.EntryChange)
		if c := tell.p.Changeset(change.Changeset); c != nil {
			row.By, row.Number = tell.changeset(c), change.Changeset
		}
		page.Changes = append(page.Changes, row)
	}
	return nil
}

func (v *view) revision(i *indicators.Indicator, r *indicators.Revision) revisionRow {
	row := revisionRow{
		Period: v.period(r.Period), History: v.figureHistory(indicators.FigureKey{Indicator: i.Code, Period: r.Period}),
		First: v.bare(i, r.First.Value), On: v.date(r.On), Latest: v.bare(i, r.Latest), Withdrawn: !r.Latest.IsSet(), Times: r.Times,
		Difference: v.signed(i, r.Difference), Relative: v.percentage(r.Relative),
	}
	for n := range r.After {
		row.After[n] = v.bare(i, r.After[n])
	}
	return row
}

// signed writes a difference with its sign and as many digits as it needs.
func (v *view) signed(i *indicators.Indicator, n progress.Number) figure {
	if !n.Valid {
		return ""
	}
	return figure(v.l.Signed(n.Value, decimals(i, n.Value)))
}

// percentage writes a share with one decimal.
func (v *view) percentage(n progress.Number) figure {
	if !n.Valid {
		return ""
	}
	return figure(v.l.Percent(n.Value, 1))
}
