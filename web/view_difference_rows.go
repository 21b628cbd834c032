package web

import (
	"html/template"

	"jalon/indicators"
)

// scores are those of groups, frameworks and results that became other.
func (t telling) scores(d *difference) []scoreRow {
	var rows []scoreRow
	for _, s := range d.Shifts {
		if name := t.scored(s); name != "" {
			rows = append(rows, scoreRow{name, t.tally(s.Before).Score, t.tally(s.After).Score})
		}
	}
	return rows
}

// scored names what a score is of; nothing where it is no more.
func (t telling) scored(s indicators.Shift) template.HTML {
	named := func(l link) template.HTML { return figure(l.Code).HTML() + " " + l.HTML() }
	if g := t.p.Group(s.Group); g != nil {
		return named(t.linkGroup(g))
	}
	if f := t.p.Framework(s.Framework); f != nil {
		return t.linkFramework(f).HTML()
	}
	if r := t.p.Result(s.Result); r != nil {
		return named(t.linkResult(r))
	}
	return ""
}

// revisedRows are the figures that were published before and say something else now.
func (t telling) revisedRows(d *difference) (rows []revisedRow, hidden int) {
	for _, c := range d.Values {
		if c.Kind == indicators.NewValue {
			continue
		}
		if len(rows) == listedValues {
			hidden++
			continue
		}
		rows = append(rows, revisedRow{
			Indicator: t.named(c.Indicator), Part: t.breakdown(c.Breakdown), Period: t.period(c.Period), Kind: t.l.T("difference.kind." + string(c.Kind)),
			History: t.figureHistory(indicators.FigureKey{Indicator: c.Indicator, Period: c.Period, Breakdown: c.Breakdown}),
			Before:  t.known(c.Indicator, &c.Before), After: t.known(c.Indicator, &c.After),
		})
	}
	return rows, hidden
}

// known writes a figure; nothing where there is none.
func (t telling) known(indicator string, f *indicators.Figure) figure {
	i := t.p.Indicator(indicator)
	if f.Period == 0 || i == nil {
		return ""
	}
	shown := t.proposed(i, f)
	if f.Status == "P" || f.Status == "E" || f.Status == "B" {
		shown += figure(" (" + t.l.T("obs_status."+f.Status) + ")")
	}
	return shown
}

// changeRows words changes of definitions; those beyond what is listed are counted on top.
func (t telling) changeRows(changes []indicators.EntryChange, unlisted int) (rows []changeRow, all int) {
	for n, c := range changes {
		if n == listedDefinitions {
			return rows, unlisted + len(changes) - n
		}
		rows = append(rows, t.entryChange(c))
	}
	return rows, unlisted
}

func (t telling) actionTurns(d *difference) []actionTurn {
	var rows []actionTurn
	for _, c := range d.Actions {
		row := actionTurn{link: link{Code: c.Action}, What: t.l.T("difference.action." + string(c.Kind))}
		if a := t.p.Action(c.Action); a != nil {
			row.link = t.linkAction(a)
		} else if a := t.then.Action(c.Action); a != nil {
			row.Name = t.phrase(a.Title)
		}
		if c.Kind == indicators.ActionStatus {
			row.What = t.l.T("difference.action.status", t.l.Quoted(t.l.T("action.status."+string(c.From))), t.l.Quoted(t.l.T("action.status."+string(c.To))))
		}
		rows = append(rows, row)
	}
	return rows
}

func (t telling) stepTurns(d *difference) []stepTurn {
	var rows []stepTurn
	for _, c := range d.Milestones {
		row := stepTurn{Title: t.phrase(c.Title), Action: link{Code: c.Action}, Due: t.date(c.Due), What: t.l.T("difference.step." + string(c.Kind))}
		if a := t.p.Action(c.Action); a != nil {
			row.Action = t.linkAction(a)
		}
		if c.Kind == indicators.MilestoneMoved {
			row.What = string(t.worded("difference.step.moved", string(t.date(c.From)), string(t.date(c.To))))
		}
		rows = append(rows, row)
	}
	return rows
}
