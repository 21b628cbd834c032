package web

import (
	"net/http"
	"net/url"
	"strconv"

	"jalon/indicators"
)

// How much of what a changeset did its page lists; the rest is counted.
const (
	listedDefinitions = 200
	listedFigures     = 300
)

// A changesetPage is a changeset with what it did.
type changesetPage struct {
	changesetRow
	All       string // the list of changesets
	Then      string // the overview, which is shown as it stood after it; no link, which machines would follow
	Changes   []changeRow
	More      int // changes of definitions that are not listed
	Figures   []figureChangeRow
	Begun     int // versions of figures, listed or not
	Ended     int
	Unlisted  bool // there are more than are listed
	WithState bool // figures on their way are among them
}

// A changeRow is a row of a table of definitions that changed.
type changeRow struct {
	Table  string
	Name   link // without an address where it has no page
	Came   bool
	Gone   bool
	Cells  []indicators.CellChange
	Number int // of the changeset, where several are listed
	By     changesetRow
}

// A figureChangeRow is a figure before and after.
type figureChangeRow struct {
	Indicator     link
	Part          string
	Period        figure
	History       string
	Before, After figure
	State         string
}

func (ps *pages) showChangeset(v *view, r *http.Request) (sheet, error) {
	c := changesetOf(v.p, r.PathValue("number"), v.reader)
	if c == nil {
		return sheet{}, notFound("changeset", r.PathValue("number"))
	}
	tell, err := ps.teller(v, r)
	if err != nil {
		return sheet{}, err
	}
	number := strconv.Itoa(c.Number)
	page := changesetPage{changesetRow: tell.changeset(c), All: v.href("history"), Then: "/" + v.l.Code + "/", WithState: v.reader.Has(indicators.ReadTrail)}
	if ps.server.store != nil {
		effects, err := ps.server.store.Effects(r.Context(), c.Number, listedFigures, page.WithState)
		if err != nil {
			return sheet{}, err
		}
		known, err := ps.server.live.Whole(r.Context(), v.p)
		if err != nil {
			return sheet{}, err
		}
		of := *v
		of.p = known
		for _, change := range effects.Definitions {
			if len(page.Changes) == listedDefinitions {
				page.More = len(effects.Definitions) - listedDefinitions
				break
			}
			page.Changes = append(page.Changes, of.entryChange(change))
		}
		for _, change := range effects.Figures {
			page.Figures = append(page.Figures, of.figureChange(change, page.WithState))
		}
		page.Begun, page.Ended = effects.Begun, effects.Ended
		page.Unlisted = len(effects.Figures) == listedFigures
	}
	return sheet{template: "changeset", path: "history/" + number, title: v.l.T("history.change", number), main: page}, nil
}

// entryChange words what happened to a row of definitions.
func (v *view) entryChange(c indicators.EntryChange) changeRow {
	cells := c.Cells()
	for n := range cells {
		cells[n].Column = v.columnName(c.Table, cells[n].Column)
	}
	return changeRow{Table: v.l.T("history.table." + c.Table), Name: v.entry(c), Came: c.Before == nil, Gone: c.After == nil, Cells: cells}
}

// entry names a row, with its page where it has one.
func (v *view) entry(c indicators.EntryChange) link {
	row := c.After
	if row == nil {
		row = c.Before
	}
	named := link{Code: c.Key, Name: phrase{Text: c.Key}}
	switch row := row.(type) {
	case indicators.Group:
		named = v.linkGroup(&row)
	case indicators.Action:
		named = v.linkAction(&row)
	case indicators.Framework:
		named = v.linkFramework(&row)
	case indicators.Result:
		named = v.linkResult(&row)
	case indicators.Indicator:
		named = v.linkIndicator(&row)
	case indicators.Organisation:
		named.Name = v.phrase(row.Name)
	case indicators.Category:
		named.Name = v.phrase(row.Title)
	case indicators.Milestone:
		named.Name = v.phrase(row.Title)
	case indicators.Target:
		named = v.targetName(&row)
	}
	if c.After == nil {
		named.Href = "" // gone by then
	}
	return named
}

// targetName names a row of targets: "cible 2030, plan, femmes".
func (v *view) targetName(t *indicators.Target) link {
	text := v.l.T("target."+t.Kind) + " " + string(v.period(t.Period))
	if t.Framework != "" {
		text += v.l.T("text.comma") + string(t.Framework)
	}
	if part := v.breakdown(t.Breakdown); part != "" {
		text += v.l.T("text.comma") + part
	}
	return link{Href: v.href("indicators", t.Indicator), Code: t.Indicator, Name: phrase{Text: text}}
}

func (v *view) figureChange(c indicators.FigureChange, withState bool) figureChangeRow {
	row := figureChangeRow{
		Indicator: link{Code: c.Key.Indicator, Name: phrase{Text: c.Key.Indicator}}, Part: v.breakdown(c.Key.Breakdown),
		Period: v.period(c.Key.Period), History: v.figureHistory(c.Key),
	}
	i := v.p.Indicator(c.Key.Indicator)
	if i != nil {
		row.Indicator = v.linkIndicator(i)
	} else {
		i = &indicators.Indicator{}
	}
	if c.Before != nil {
		row.Before = v.proposed(i, &c.Before.Figure)
	}
	if c.After != nil {
		row.After = v.proposed(i, &c.After.Figure)
	}
	if withState && c.After != nil {
		row.State = v.l.T("review." + c.After.Review.String())
	}
	return row
}

// figureHistory is the address of the history of a figure.
func (v *view) figureHistory(key indicators.FigureKey) string {
	query := url.Values{}
	if !key.Breakdown.IsTotal() {
		query.Set("breakdown", key.Breakdown.Key())
	}
	return v.address(escaped("indicators", key.Indicator, "history", key.Period.String()), query)
}
