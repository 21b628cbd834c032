package indicators

import "slices"

// A Picture is a Dataset judged on a day: what pages, metrics and exports show.
type Picture struct {
	*Dataset
	Day         Date
	Assessments []Assessment

	byIndicator map[string][]*Assessment
	byGroup     map[string][]*Indicator
	byAction    map[string][]*Indicator
	byResult    map[string][]*Indicator // linked to the result itself
	children    map[string][]*Result    // by parent's Ref; top results by framework code
}

// On judges the Dataset on a day.
func (ds *Dataset) On(day Date) *Picture {
	p := &Picture{
		Dataset: ds, Day: day, Assessments: ds.Assess(day),
		byIndicator: map[string][]*Assessment{}, byGroup: map[string][]*Indicator{}, byAction: map[string][]*Indicator{},
		byResult: map[string][]*Indicator{}, children: map[string][]*Result{},
	}
	for n := range p.Assessments {
		a := &p.Assessments[n]
		p.byIndicator[a.Indicator] = append(p.byIndicator[a.Indicator], a)
	}
	for n := range ds.Indicators {
		i := &ds.Indicators[n]
		for _, group := range ds.GroupsOf(i) {
			p.byGroup[group] = append(p.byGroup[group], i)
		}
		for _, action := range i.Actions {
			p.byAction[action] = append(p.byAction[action], i)
		}
		for _, link := range i.Results {
			p.byResult[link.Ref()] = append(p.byResult[link.Ref()], i)
		}
	}
	for n := range ds.Results {
		r := &ds.Results[n]
		parent := r.Framework
		if r.Parent != "" {
			parent += ":" + string(r.Parent)
		}
		p.children[parent] = append(p.children[parent], r)
	}
	for _, siblings := range p.children {
		slices.SortFunc(siblings, func(a, b *Result) int { return CompareCodes(a.Code, b.Code) })
	}
	return p
}

// Of lists the assessments of an indicator, one for each target or framework.
func (p *Picture) Of(indicator string) []*Assessment { return p.byIndicator[indicator] }

// Principal is the assessment that speaks for an indicator where each is counted once.
func (p *Picture) Principal(indicator string) *Assessment { return Principal(p.byIndicator[indicator]) }

// GroupIndicators lists the indicators of a group: those that name it and those
// of its actions.
func (p *Picture) GroupIndicators(group string) []*Indicator { return p.byGroup[group] }

// ActionIndicators lists an action's own indicators.
func (p *Picture) ActionIndicators(action string) []*Indicator { return p.byAction[action] }

// ResultIndicators lists the indicators linked to a result or to one below it,
// each once.
func (p *Picture) ResultIndicators(ref string) []*Indicator {
	seen := map[string]bool{}
	var all []*Indicator
	var walk func(ref string)
	walk = func(ref string) {
		for _, i := range p.byResult[ref] {
			if !seen[i.Code] {
				seen[i.Code] = true
				all = append(all, i)
			}
		}
		for _, child := range p.children[ref] {
			walk(child.Ref())
		}
	}
	if p.Result(ref) != nil {
		walk(ref)
	}
	slices.SortFunc(all, func(a, b *Indicator) int { return CompareCodes(a.Code, b.Code) })
	return all
}

// Children lists the results right below a result, or a framework's top ones
// (parent = the framework's code), in the order of their codes.
func (p *Picture) Children(parent string) []*Result { return p.children[parent] }

// ResultActions lists the actions linked to a result or to one below it. They
// stand beside its score, never in it: an output is not the outcome.
func (p *Picture) ResultActions(ref string) []*Action {
	refs := map[string]bool{}
	var walk func(ref string)
	walk = func(ref string) {
		refs[ref] = true
		for _, child := range p.children[ref] {
			walk(child.Ref())
		}
	}
	walk(ref)
	var all []*Action
	for n := range p.Actions {
		a := &p.Actions[n]
		if slices.ContainsFunc(a.Results, func(l Link) bool { return refs[l.Ref()] }) {
			all = append(all, a)
		}
	}
	return all
}

// GroupActions lists the actions of a group.
func (p *Picture) GroupActions(group string) []*Action {
	var all []*Action
	for n := range p.Actions {
		if p.Actions[n].Group == group {
			all = append(all, &p.Actions[n])
		}
	}
	return all
}

// ActionMilestones lists the milestones of an action by due day.
func (p *Picture) ActionMilestones(action string) []*Milestone {
	var all []*Milestone
	for n := range p.Milestones {
		if p.Milestones[n].Action == action {
			all = append(all, &p.Milestones[n])
		}
	}
	slices.SortStableFunc(all, func(a, b *Milestone) int { return int(a.Due) - int(b.Due) })
	return all
}

// ForIndicators picks the assessment that speaks for each indicator.
func (p *Picture) ForIndicators(list []*Indicator) []*Assessment {
	all := make([]*Assessment, 0, len(list))
	for _, i := range list {
		if a := p.Principal(i.Code); a != nil {
			all = append(all, a)
		}
	}
	return all
}

// ForResult picks the assessments, against the result's own framework, of the
// indicators linked to it or below it.
func (p *Picture) ForResult(ref string) []*Assessment {
	r := p.Result(ref)
	if r == nil {
		return nil
	}
	var all []*Assessment
	for _, i := range p.ResultIndicators(ref) {
		for _, a := range p.byIndicator[i.Code] {
			if a.Breakdown.IsTotal() && string(a.Framework) == r.Framework {
				all = append(all, a)
			}
		}
	}
	return all
}

// ForFramework picks all assessments against a framework.
func (p *Picture) ForFramework(code string) []*Assessment {
	var all []*Assessment
	for n := range p.Assessments {
		if a := &p.Assessments[n]; string(a.Framework) == code && a.Breakdown.IsTotal() {
			all = append(all, a)
		}
	}
	return all
}
