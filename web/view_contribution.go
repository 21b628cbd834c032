package web

import "jalon/indicators"

// A contributionOf is what a group does for a plan or the SDGs: the results that it serves.
type contributionOf struct {
	Framework link
	Results   []contributionRow
}

// A contributionRow is a result with the group's own indicators and actions under it.
type contributionRow struct {
	link
	tally
	Depth    int
	Goal     string // of the SDGs, whose colour goes with it
	Reported int    // of the group's indicators there, those whose newest report due has come in
	Of       int
	Actions  int
}

// contributions are the trees of the results that a group serves.
func (v *view) contributions(group string) []contributionOf {
	var all []contributionOf
	for _, f := range v.frameworksByUse() {
		tree := v.p.Contributions(group, f.Code)
		if len(tree) == 0 {
			continue
		}
		c := contributionOf{Framework: v.linkFramework(f)}
		for n := range tree {
			c.Results = append(c.Results, v.contributionRow(&tree[n]))
		}
		all = append(all, c)
	}
	return all
}

// contributionRow sums up the assessments of the group's indicators against the framework
// of the result, all with the same weight.
func (v *view) contributionRow(c *indicators.Contribution) contributionRow {
	var assessments []*indicators.Assessment
	for _, i := range c.Indicators {
		for _, a := range v.p.Of(i.Code) {
			if string(a.Framework) == c.Result.Framework {
				assessments = append(assessments, a)
			}
		}
	}
	return contributionRow{
		link: v.linkResult(c.Result), tally: v.tally(v.p.RollUp(assessments)), Depth: min(c.Depth, 4), Goal: v.goal(c.Result),
		Reported: v.p.Reported(c.Indicators), Of: len(c.Indicators), Actions: len(c.Actions),
	}
}
