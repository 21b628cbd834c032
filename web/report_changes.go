package web

import (
	"html/template"

	"jalon/indicators"
)

// Changes are what became other since the snapshot before.
type changes struct {
	Since   template.HTML // nothing for the first snapshot
	None    bool
	Entered []link
	Left    []phrase
	Turned  []turnedRow // another status
	Steps   []turnedRow // the same status, another share of the way
	Slopes  drawn       // chart C
	Values  []valueChangeRow
	New     int // values of new periods
	Actions []template.HTML
	Rules   []entryChangeRow // targets, definitions, settings
}

// A turnedRow is an indicator that moved, with what made it move.
type turnedRow struct {
	link
	Goal     phrase
	Part     string
	Before   *status
	After    *status
	From, To figure
	Why      []template.HTML
}

// A valueChangeRow is a figure that was corrected, taken back or confirmed.
type valueChangeRow struct {
	link
	Part          string
	Period        figure
	Before, After figure
	Kind          string
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
	d := indicators.Compare(then.Picture, c.p)
	page := changes{Since: c.since(), None: d.IsEmpty()}
	for _, code := range d.Entered {
		page.Entered = append(page.Entered, c.linkIndicator(c.p.Indicator(code)))
	}
	for _, code := range d.Left {
		page.Left = append(page.Left, c.phrase(then.Indicator(code).Title))
	}
	for n := range d.Moved {
		m := &d.Moved[n]
		if row := c.moved(then.Picture, m); m.Turns() {
			page.Turned = append(page.Turned, row)
		} else {
			page.Steps = append(page.Steps, row)
		}
	}
	page.Slopes = c.chart(c.slopesPlate(indicators.Movers(then.Picture, c.p, moversShown)))
	for n := range d.Values {
		if d.Values[n].Kind == indicators.NewValue {
			page.New++
		} else if i := c.p.Indicator(d.Values[n].Indicator); i != nil {
			page.Values = append(page.Values, c.valueChange(i, &d.Values[n]))
		}
	}
	page.Actions = c.deeds(then.Picture, &d)
	for _, all := range [][]indicators.EntryChange{d.Targets, d.Definitions, d.Settings} {
		for _, change := range all {
			page.Rules = append(page.Rules, c.entryChange(change))
		}
	}
	return page
}

// moved tells of a move by its causes, in the order in which they were replayed.
func (c *composer) moved(then *indicators.Picture, m *indicators.Explanation) turnedRow {
	row := turnedRow{Part: c.breakdown(m.Breakdown)}
	if i := c.p.Indicator(m.Indicator); i != nil {
		row.link = c.linkIndicator(i)
	} else {
		row.link = link{Code: m.Indicator, Name: c.phrase(then.Indicator(m.Indicator).Title)}
	}
	if f := c.p.Framework(string(m.Framework)); f != nil {
		row.Goal = c.phrase(f.Title)
	}
	if m.Before != nil {
		s := c.status(m.Before.Status)
		row.Before, row.From = &s, c.share(m.Before.Achievement)
	}
	if m.After != nil {
		s := c.status(m.After.Status)
		row.After, row.To = &s, c.share(m.After.Achievement)
	}
	for _, p := range m.Parts {
		row.Why = append(row.Why, c.cause(p))
	}
	return row
}

// cause tells what one cause did to status and share.
func (c *composer) cause(p indicators.Part) template.HTML {
	name := c.l.T("report.cause." + string(p.Cause))
	if p.From == nil || p.To == nil {
		return sentenceOf(name)
	}
	from, to := c.share(p.From.Achievement), c.share(p.To.Achievement)
	switch {
	case p.Turns() && from != to && from != "" && to != "":
		return sentence(c.l, "report.cause.both", name, from, to, c.status(p.From.Status).Word, c.status(p.To.Status).Word)
	case p.Turns():
		return sentence(c.l, "report.cause.turn", name, c.status(p.From.Status).Word, c.status(p.To.Status).Word)
	case from != to && from != "" && to != "":
		return sentence(c.l, "report.cause.step", name, from, to)
	}
	return sentenceOf(name)
}

func (c *composer) valueChange(i *indicators.Indicator, v *indicators.ValueChange) valueChangeRow {
	return valueChangeRow{
		link: c.linkIndicator(i), Part: c.breakdown(v.Breakdown), Period: c.period(v.Period),
		Before: c.stored(i, v.Before.Value).Shown, After: c.stored(i, v.After.Value).Shown, Kind: c.l.T("report.value." + string(v.Kind)),
	}
}

// deeds tells what became of actions and their milestones.
func (c *composer) deeds(then *indicators.Picture, d *indicators.Difference) (all []template.HTML) {
	name := func(code string) any {
		if a := c.p.Action(code); a != nil {
			return c.linkAction(a)
		}
		if a := then.Action(code); a != nil {
			return c.phrase(a.Title)
		}
		return figure(code)
	}
	for _, a := range d.Actions {
		key := "report.action." + string(a.Kind)
		if a.From != "" && a.To != "" {
			all = append(all, sentence(c.l, key, name(a.Action), c.l.T("action.status."+string(a.From)), c.l.T("action.status."+string(a.To))))
			continue
		}
		all = append(all, sentence(c.l, key, name(a.Action), "", ""))
	}
	for _, m := range d.Milestones {
		all = append(all, sentence(c.l, "report.milestone."+string(m.Kind), c.phrase(m.Title), name(m.Action), c.date(m.From), c.date(m.To)))
	}
	return all
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
