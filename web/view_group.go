package web

import (
	"html/template"

	"jalon/indicators"
)

// A groupPage is a thematic group with its actions and indicators.
type groupPage struct {
	link
	tally
	Coordinator phrase
	Invented    template.HTML
	Plainly     []plainly
	Contact     string
	Reporting   template.HTML // nothing where no report was due
	Actions     []actionRow
	Indicators  []indicatorRow
	Schedule    chart // chart F
	Reports     reportsOfGroup
	Serves      []contributionOf
	Terms       []template.HTML // of the table of indicators
}

// An actionRow is one line of a table of actions.
type actionRow struct {
	link
	Illustrative bool
	Blocked      bool
	Late         bool // it should have begun, or be over
	Status       string
	StatusWord   string
	Lead         phrase
	Start, End   figure
	Steps        steps
	tally
}

// steps counts the milestones of an action.
type steps struct {
	Done, Late, All int
}

func (v *view) group(code string) (groupPage, error) {
	g := v.p.Group(code)
	if g == nil {
		return groupPage{}, notFound("group", code)
	}
	list, actions := v.p.GroupIndicators(code), v.p.GroupActions(code)
	assessments := v.p.ForIndicators(list)
	page := groupPage{
		link: v.linkGroup(g), tally: v.tally(v.p.RollUp(assessments)), Invented: v.inventedAmong(list, actions),
		Actions: v.actionRows(actions), Indicators: v.rows(assessments),
	}
	v.explain(&page.tally)
	page.Terms = v.explainedAll("target", "way-covered", "expected-path", "status")
	page.Plainly, page.Contact = v.plainlyOf(list), v.p.Setting("contact", "")
	page.Reports = v.reportsOf(g)
	page.Reporting = page.Reports.Rate
	page.Schedule = v.picture("schedule", v.schedulePlate("groups", code, actions))
	page.Serves = v.contributions(code)
	if g.Coordinator != "" {
		page.Coordinator = v.organisation(string(g.Coordinator))
	}
	return page, nil
}

// actionRows walks the programme's milestones once, whatever the number of actions.
func (v *view) actionRows(actions []*indicators.Action) []actionRow {
	counted := map[string]steps{}
	for n := range v.p.Milestones {
		m := &v.p.Milestones[n]
		c := counted[m.Action]
		c.All++
		switch v.milestone(m).State {
		case "done":
			c.Done++
		case "late":
			c.Late++
		}
		counted[m.Action] = c
	}
	var rows []actionRow
	for _, a := range actions {
		rows = append(rows, v.actionRow(a, counted[a.Code]))
	}
	return rows
}

func (v *view) actionRow(a *indicators.Action, s steps) actionRow {
	row := actionRow{
		link: v.linkAction(a), Illustrative: a.Illustrative, Blocked: !a.Obstacle.Empty(), Late: a.Late(v.p.Day),
		Status: a.Status, StatusWord: v.l.T("action.status." + a.Status),
		Start: v.date(a.Start), End: v.date(a.End), Steps: s,
		tally: v.tally(v.p.RollUp(v.p.ForIndicators(v.p.ActionIndicators(a.Code)))),
	}
	if a.Lead != "" {
		row.Lead = v.organisation(string(a.Lead))
	}
	return row
}
