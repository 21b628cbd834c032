package indicators

import "slices"

// A Contribution is what a group does for one result: its own indicators and actions that
// serve the result or one below it.
type Contribution struct {
	Result     *Result
	Depth      int // 0 at the top of the framework
	Indicators []*Indicator
	Actions    []*Action
}

// Contributions lists, for one framework, the results that a group serves and those above
// them, as a tree is read: each result before those below it.
func (p *Picture) Contributions(group, framework string) []Contribution {
	c := contributing{p: p, indicators: map[string][]*Indicator{}, actions: map[string][]*Action{}}
	for _, i := range p.GroupIndicators(group) {
		for _, l := range i.Results {
			c.indicators[l.Ref()] = append(c.indicators[l.Ref()], i)
		}
	}
	for _, a := range p.GroupActions(group) {
		for _, l := range a.Results {
			c.actions[l.Ref()] = append(c.actions[l.Ref()], a)
		}
	}
	for _, top := range p.children[framework] {
		c.walk(top, 0)
	}
	return c.all
}

// contributing walks a framework for a group. Indicators and actions are by the result
// that they name.
type contributing struct {
	p          *Picture
	indicators map[string][]*Indicator
	actions    map[string][]*Action
	all        []Contribution
}

// walk adds a result and those below it, if the group serves any, and gives what it added.
func (c *contributing) walk(r *Result, depth int) Contribution {
	at := len(c.all)
	own := Contribution{Result: r, Depth: depth, Indicators: slices.Clone(c.indicators[r.Ref()]), Actions: slices.Clone(c.actions[r.Ref()])}
	c.all = append(c.all, own)
	for _, child := range c.p.children[r.Ref()] {
		below := c.walk(child, depth+1)
		for _, i := range below.Indicators {
			if !slices.Contains(own.Indicators, i) {
				own.Indicators = append(own.Indicators, i)
			}
		}
		for _, a := range below.Actions {
			if !slices.Contains(own.Actions, a) {
				own.Actions = append(own.Actions, a)
			}
		}
	}
	if len(own.Indicators)+len(own.Actions) == 0 {
		c.all = c.all[:at]
		return own
	}
	c.all[at] = own
	return own
}
