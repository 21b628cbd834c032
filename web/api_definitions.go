package web

import (
	"strings"

	"jalon/indicators"
)

func listGroups(g *reading) (any, error) {
	return page(g, g.Groups, func(x *indicators.Group) string { return x.Code }, all)
}

func oneGroup(g *reading) (any, error) {
	return found(g.Group(g.part("code")), "group", g.part("code"))
}

func listActions(g *reading) (any, error) {
	status := g.filter("status")
	group, framework, donor := g.filter("group"), g.filter("framework"), g.filter("donor")
	paid := g.paidBy(donor)
	return page(g, g.Actions, func(x *indicators.Action) string { return x.Code }, func(x *indicators.Action) bool {
		return is(group, x.Group) && is(status, x.Status) && serves(x.Results, framework) && (donor == "" || paid[x.Code])
	})
}

func oneAction(g *reading) (any, error) {
	return found(g.Action(g.part("code")), "action", g.part("code"))
}

// paidBy is the actions that a donor funds.
func (g *reading) paidBy(donor string) map[string]bool {
	actions := map[string]bool{}
	for n := range g.Funding {
		if donor != "" && g.Funding[n].Donor == donor {
			actions[g.Funding[n].Action] = true
		}
	}
	return actions
}

// serves tells whether a link leads into a framework, if one is asked for.
func serves(links indicators.Links, framework string) bool {
	for _, link := range links {
		if link.Framework == framework {
			return true
		}
	}
	return framework == ""
}

func listMilestones(g *reading) (any, error) {
	action := g.filter("action")
	return page(g, g.Milestones, func(x *indicators.Milestone) string { return x.EntryKey() },
		func(x *indicators.Milestone) bool { return is(action, x.Action) })
}

func listIndicators(g *reading) (any, error) {
	group, action, framework := g.filter("group"), g.filter("action"), g.filter("framework")
	return page(g, g.Indicators, func(x *indicators.Indicator) string { return x.Code }, func(x *indicators.Indicator) bool {
		return has(g.GroupsOf(x), group) && has(x.Actions, action) && (serves(x.Results, framework) || g.aims(x.Code, framework))
	})
}

// aims tells whether an indicator is assessed against a framework.
func (g *reading) aims(indicator, framework string) bool {
	for _, a := range g.Of(indicator) {
		if string(a.Framework) == framework {
			return true
		}
	}
	return false
}

func oneIndicator(g *reading) (any, error) {
	return found(g.Indicator(g.part("code")), "indicator", g.part("code"))
}

func listTargets(g *reading) (any, error) {
	kind := g.filter("kind")
	indicator, framework := g.filter("indicator"), g.filter("framework")
	return page(g, g.Targets, func(x *indicators.Target) string { return x.EntryKey() }, func(x *indicators.Target) bool {
		return is(indicator, x.Indicator) && is(framework, string(x.Framework)) && is(kind, x.Kind)
	})
}

func listFrameworks(g *reading) (any, error) {
	kind := g.filter("kind")
	return page(g, g.Frameworks, func(x *indicators.Framework) string { return x.Code },
		func(x *indicators.Framework) bool { return is(kind, x.Kind) })
}

func oneFramework(g *reading) (any, error) {
	return found(g.Framework(g.part("code")), "framework", g.part("code"))
}

func listResults(g *reading) (any, error) {
	framework, parent, level := g.filter("framework"), g.filter("parent"), g.filter("level")
	return page(g, g.Results, func(x *indicators.Result) string { return x.Ref() }, func(x *indicators.Result) bool {
		return is(framework, x.Framework) && is(parent, string(x.Parent)) && is(level, string(x.Level))
	})
}

func oneResult(g *reading) (any, error) { return found(g.Result(g.ref()), "result", g.ref()) }

// ref names the result that the address does: "sdg2030:10.c".
func (g *reading) ref() string { return g.part("framework") + ":" + g.part("code") }

func listOrganisations(g *reading) (any, error) {
	kind := g.filter("kind")
	return page(g, g.Organisations, func(x *indicators.Organisation) string { return x.Code },
		func(x *indicators.Organisation) bool { return is(kind, x.Kind) })
}

func oneOrganisation(g *reading) (any, error) {
	return found(g.Organisation(g.part("code")), "organisation", g.part("code"))
}

func listFunding(g *reading) (any, error) {
	kind := g.filter("kind")
	action, donor, currency := g.filter("action"), g.filter("donor"), strings.ToUpper(g.filter("currency"))
	return page(g, g.Funding, func(x *indicators.Funding) string { return x.EntryKey() }, func(x *indicators.Funding) bool {
		return is(action, x.Action) && is(donor, x.Donor) && is(kind, x.Kind) && is(currency, x.Currency)
	})
}

func listCategories(g *reading) (any, error) {
	dimension := g.filter("dimension")
	return page(g, g.Categories, func(x *indicators.Category) string { return x.EntryKey() },
		func(x *indicators.Category) bool { return is(dimension, x.Dimension) })
}
