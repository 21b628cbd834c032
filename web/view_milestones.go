package web

import (
	"slices"

	"jalon/indicators"
)

// A milestoneRow is a dated step of an action. Its state is "done", "late", "soon"
// (due within soonDays), "later", or "dropped": not reached when its action was over.
type milestoneRow struct {
	Title  phrase
	Action link
	Group  link
	Due    figure
	Done   figure
	State  string

	due indicators.Date
}

// soonDays is how far ahead the overview looks for milestones.
const soonDays = 60

func (v *view) milestone(m *indicators.Milestone) milestoneRow {
	row := milestoneRow{Title: v.phrase(m.Title), Due: v.date(m.Due), State: "later", due: m.Due}
	a := v.p.Action(m.Action)
	switch day := v.p.Day; {
	case m.Reached(day):
		row.State, row.Done = "done", v.date(m.Done)
	case !m.Awaited(a, day):
		row.State = "dropped"
	case m.Late(a, day):
		row.State = "late"
	case m.Due <= day.AddDays(soonDays):
		row.State = "soon"
	}
	if a != nil {
		row.Action = v.linkAction(a)
		if g := v.p.Group(a.Group); g != nil {
			row.Group = v.linkGroup(g)
		}
	}
	return row
}

// openMilestones lists the milestones that are waited for: those that are late, and those
// due soon, each by due day.
func (v *view) openMilestones() (late, soon []milestoneRow) {
	for n := range v.p.Milestones {
		switch row := v.milestone(&v.p.Milestones[n]); row.State {
		case "late":
			late = append(late, row)
		case "soon":
			soon = append(soon, row)
		}
	}
	byDue := func(a, b milestoneRow) int { return int(a.due) - int(b.due) }
	slices.SortStableFunc(late, byDue)
	slices.SortStableFunc(soon, byDue)
	return late, soon
}
