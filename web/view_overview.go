package web

import (
	"cmp"
	"html/template"
	"slices"

	"jalon/indicators"
)

// An overview is the first page: where the programme stands.
type overview struct {
	Lead     []template.HTML // the sentences that matter
	Invented template.HTML
	Themes   []theme
	Bars     chart // chart A
	Moves    movements
	Keys     []indicatorRow
	Ways     chart // chart B
	ToDecide toDecide
	Blocked  []blockedRow
	KeysName template.HTML
	Matrices []frameworkCard // the SDGs and the plans
	Late     []milestoneRow
	Soon     []milestoneRow
	SoonDays int
	// On paper, which has one page: how many key indicators and blocked actions stay away.
	KeysRest, BlockedRest int
}

// How many key indicators, decisions and blocked actions there is room for on the page of paper;
// when there are more, one row less says how many. The style sheet (print.css) hides the others.
const (
	keysOnPaper      = 12
	decisionsOnPaper = 3
	blockedOnPaper   = 3
)

// rest is how many of all find no room.
func rest(all, room int) int {
	if all <= room {
		return 0
	}
	return all - room + 1
}

// A theme is a group at a glance.
type theme struct {
	link
	tally
	Actions int
	Late    int // milestones
	Overdue int // reports
	// Turned says how many statuses turned since the state of before.
	Turned, Since template.HTML
}

// A frameworkCard is a framework with its top results and their chart.
type frameworkCard struct {
	link
	tally
	Kind    string
	Results []resultRow
	Matrix  chart // chart L
}

func (v *view) overview() overview {
	o := overview{SoonDays: soonDays, Invented: v.inventedAmong(v.allIndicators(), v.allActions())}
	o.KeysName = v.explained("key-indicator", v.l.T("overview.keys"))
	o.Late, o.Soon = v.openMilestones()
	o.Themes = v.themes(o.Late)
	o.Bars = v.picture("status", v.statusPlate(o.Themes))
	keys := v.keyAssessments()
	o.Keys, o.Ways = v.rows(keys), v.picture("keys-chart", v.keysPlate(keys))
	o.Moves, o.ToDecide, o.Blocked = v.movements(), v.toDecide(), v.blocked()
	o.KeysRest, o.BlockedRest = rest(len(o.Keys), keysOnPaper), rest(len(o.Blocked), blockedOnPaper)
	for _, f := range v.frameworksByUse() {
		o.Matrices = append(o.Matrices, v.frameworkCard(f))
	}
	o.Lead = v.lead(o.Themes, o.Late, o.Soon)
	return o
}

// themes lists the groups in their order, each with what it counts.
func (v *view) themes(late []milestoneRow) []theme {
	lateIn := map[string]int{}
	for _, m := range late {
		lateIn[m.Group.Code]++
	}
	var all []theme
	for _, g := range v.groups() {
		list := v.p.ForIndicators(v.p.GroupIndicators(g.Code))
		t := theme{link: v.linkGroup(g), tally: v.tally(v.p.RollUp(list)), Actions: len(v.p.GroupActions(g.Code)), Late: lateIn[g.Code]}
		for _, i := range v.p.GroupIndicators(g.Code) {
			if v.p.Overdue(i) {
				t.Overdue++
			}
		}
		if b := v.before(); b.Picture != nil {
			t.Turned, t.Since = v.turned(indicators.Turned(b.Picture, list)), v.since()
		}
		all = append(all, t)
	}
	return all
}

// lead are the three sentences for whoever reads nothing else.
func (v *view) lead(themes []theme, late, soon []milestoneRow) []template.HTML {
	all := v.tally(v.p.RollUp(v.p.ForIndicators(v.allIndicators())))
	if all.Total == 0 {
		return []template.HTML{sentence(v.l, "lead.empty")}
	}
	lines := []template.HTML{sentence(v.l, "lead.indicators", all.Good, all.Assessed, all.Poor, all.Total-all.Assessed)}
	best, worst := extremes(themes)
	if best != nil && worst != nil && best != worst {
		lines = append(lines, sentence(v.l, "lead.themes", best.link, best.Good, best.Assessed, worst.link, worst.Poor, worst.Assessed))
	}
	if len(v.p.Milestones) > 0 {
		lines = append(lines, sentence(v.l, "lead.milestones", plural(v.l, "lead.late", len(late)), plural(v.l, "lead.soon", len(soon)), soonDays))
	}
	return lines
}

// extremes are the themes with the largest shares of assessed indicators that do
// well, and badly.
func extremes(themes []theme) (best, worst *theme) {
	for n := range themes {
		t := &themes[n]
		if t.Assessed == 0 {
			continue
		}
		if best == nil || t.Good*best.Assessed > best.Good*t.Assessed {
			best = t
		}
		if worst == nil || t.Poor*worst.Assessed > worst.Poor*t.Assessed {
			worst = t
		}
	}
	return best, worst
}

func (v *view) groups() []*indicators.Group {
	all := make([]*indicators.Group, len(v.p.Groups))
	for n := range v.p.Groups {
		all[n] = &v.p.Groups[n]
	}
	slices.SortStableFunc(all, func(a, b *indicators.Group) int {
		return cmp.Or(cmp.Compare(place(a.Order), place(b.Order)), indicators.CompareCodes(a.Code, b.Code))
	})
	return all
}

// place puts what has no place after everything that has one.
func place(order *int) int {
	if order == nil {
		return 1 << 30
	}
	return *order
}

// frameworksByUse lists the SDGs first, then the others, the latest before the
// earlier ones.
func (v *view) frameworksByUse() []*indicators.Framework {
	all := make([]*indicators.Framework, len(v.p.Frameworks))
	for n := range v.p.Frameworks {
		all[n] = &v.p.Frameworks[n]
	}
	rank := func(f *indicators.Framework) int {
		if f.Kind == "sdg" {
			return 0
		}
		return 1
	}
	slices.SortStableFunc(all, func(a, b *indicators.Framework) int {
		return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(b.Start, a.Start))
	})
	return all
}

func (v *view) allIndicators() []*indicators.Indicator {
	all := make([]*indicators.Indicator, len(v.p.Indicators))
	for n := range v.p.Indicators {
		all[n] = &v.p.Indicators[n]
	}
	return all
}

func (v *view) allActions() []*indicators.Action {
	all := make([]*indicators.Action, len(v.p.Actions))
	for n := range v.p.Actions {
		all[n] = &v.p.Actions[n]
	}
	return all
}
