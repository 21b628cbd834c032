package web

import (
	"slices"

	"jalon/indicators"
)

// A milestoneRow is a dated step of an action. Its state is "done", "late", "soon"
// (due within soonDays) or "later".
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
	switch day := v.p.Day; {
	case m.Done != 0 && m.Done <= day:
		row.State, row.Done = "done", v.date(m.Done)
	case m.Late(day):
		row.State = "late"
	case m.Due <= day.AddDays(soonDays):
		row.State = "soon"
	}
	if a := v.p.Action(m.Action); a != nil {
		row.Action = v.linkAction(a)
		if g := v.p.Group(a.Group); g != nil {
			row.Group = v.linkGroup(g)
		}
	}
	return row
}

// open lists the milestones not reached of actions still under way: those that are
// late, and those due soon, each by due day.
func (v *view) openMilestones() (late, soon []milestoneRow) {
	for n := range v.p.Milestones {
		m := &v.p.Milestones[n]
		a := v.p.Action(m.Action)
		if a == nil || a.Status == "completed" || a.Status == "cancelled" {
			continue
		}
		switch row := v.milestone(m); row.State {
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
