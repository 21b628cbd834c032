package web

import (
	"net/http"

	"jalon/charts"
	"jalon/indicators"
)

func findGroupSchedule(v *view, r *http.Request) (plate, error) {
	code := r.PathValue("code")
	if v.p.Group(code) == nil {
		return plate{}, notFound("group", code)
	}
	return v.schedulePlate("groups", code, v.p.GroupActions(code)), nil
}

func findActionSchedule(v *view, r *http.Request) (plate, error) {
	code := r.PathValue("code")
	a := v.p.Action(code)
	if a == nil {
		return plate{}, notFound("action", code)
	}
	return v.schedulePlate("actions", code, []*indicators.Action{a}), nil
}

// schedulePlate is chart F: when actions were to happen and when they did. Without any
// action, or any day of the only one, there is nothing to draw.
func (v *view) schedulePlate(kind, code string, actions []*indicators.Action) plate {
	name := map[string]string{"groups": "actions", "actions": "schedule"}[kind]
	p := plate{address: escaped(kind, code, name), page: escaped(kind, code)}
	spans, dated := v.spans(actions)
	if !dated {
		return p
	}
	p.subject, p.sources, p.invented = v.scheduled(kind, code), v.ours("chart.sources.schedule"), v.inventing(nil, actions)
	p.build = func(f charts.Format) (charts.Chart, error) { return charts.Gantt(v.l, spans, v.p.Day, f) }
	p.table = func() figures { return v.scheduleFigures(actions) }
	return p
}

// scheduled is what a schedule is of: a group, or one action.
func (v *view) scheduled(kind, code string) phrase {
	if g := v.p.Group(code); kind == "groups" && g != nil {
		return v.phrase(g.Title)
	}
	if a := v.p.Action(code); kind == "actions" && a != nil {
		return v.phrase(a.Title)
	}
	return phrase{}
}

// spans are the bars of actions, and whether any has a day to stand at.
func (v *view) spans(actions []*indicators.Action) (all []charts.Span, dated bool) {
	marks := map[string][]charts.Mark{}
	for n := range v.p.Milestones {
		m := &v.p.Milestones[n]
		state := v.milestone(m).State
		marks[m.Action] = append(marks[m.Action], charts.Mark{
			Title: v.phrase(m.Title).Text, Due: m.Due, Done: m.Done, Late: state == "late", Dropped: state == "dropped",
		})
	}
	for _, a := range actions {
		all = append(all, charts.Span{
			Title: v.phrase(a.Title).Text, Start: a.Start, End: a.End, ActualStart: a.ActualStart, ActualEnd: a.ActualEnd,
			Status: a.Status, Late: a.Late(v.p.Day), Milestones: marks[a.Code],
		})
		dated = dated || a.Start != 0 || a.End != 0 || a.ActualStart != 0 || a.ActualEnd != 0 || len(marks[a.Code]) > 0
	}
	return all, dated
}

// scheduleFigures are a line for each action, and one for each milestone after it.
func (v *view) scheduleFigures(actions []*indicators.Action) figures {
	t := figures{heading: v.words("figures.", "action", "milestone", "title", "status", "late", "start", "end", "actual_start", "actual_end")}
	late := func(is bool) string {
		if is {
			return "yes"
		}
		return "no"
	}
	for _, a := range actions {
		t.rows = append(t.rows, []string{
			a.Code, "", v.phrase(a.Title).Text, a.Status, late(a.Late(v.p.Day)),
			a.Start.String(), a.End.String(), a.ActualStart.String(), a.ActualEnd.String(),
		})
		for _, m := range v.p.ActionMilestones(a.Code) {
			t.rows = append(t.rows, []string{a.Code, m.Code, v.phrase(m.Title).Text, v.milestone(m).State, late(m.Late(a, v.p.Day)), "", m.Due.String(), "", m.Done.String()})
		}
	}
	return t
}
