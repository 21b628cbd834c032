package web

import (
	"fmt"
	"html/template"
	"strconv"
	"strings"

	"jalon/indicators"
)

// A frameworkPage is a plan or the SDGs as a tree of results.
type frameworkPage struct {
	link
	tally
	Kind     string
	Years    figure
	Invented template.HTML
	Matrix   chart // chart L
	Tree     []resultRow
	Loose    []indicatorRow // judged against the framework without serving a result
	Outlook  outlook
	Terms    []template.HTML // of the table of results
}

// A resultRow is a result with what it counts. Depth is 0 at the top.
type resultRow struct {
	link
	tally
	Depth   int
	Goal    string // of the SDGs, 1 to 17, whose colour goes with it
	Level   string
	Actions int
	Trend   trend
}

// A resultPage is one result with what lies above and below it.
type resultPage struct {
	link
	tally
	Level      string
	Goal       string
	Framework  link
	Above      []link
	Children   []resultRow
	Indicators []indicatorRow
	Actions    []actionRow
	Invented   template.HTML
	Outlook    outlook
}

func (v *view) framework(code string) (frameworkPage, error) {
	f := v.p.Framework(code)
	if f == nil {
		return frameworkPage{}, notFound("framework", code)
	}
	assessments := v.p.ForFramework(code)
	page := frameworkPage{
		link: v.linkFramework(f), tally: v.tally(v.p.RollUpFramework(code)), Kind: f.Kind,
		Years:  figure(fmt.Sprintf("%d–%d", f.Start, f.End)),
		Matrix: v.picture("matrix-"+f.Code, v.matrixPlate(f)), Tree: v.tree(code, 0),
	}
	var loose []*indicators.Assessment
	for _, a := range assessments {
		if len(a.Results) == 0 {
			loose = append(loose, a)
		}
	}
	page.Loose = v.rows(loose)
	v.explain(&page.tally)
	page.Terms = v.explainedAll("status", "coverage", "score")
	page.Outlook = v.outlookOf(code, f)
	page.Invented = v.inventedAmong(v.indicatorsOf(assessments), v.frameworkActions(code))
	return page, nil
}

func (v *view) frameworkCard(f *indicators.Framework) frameworkCard {
	card := frameworkCard{link: v.linkFramework(f), tally: v.tally(v.p.RollUpFramework(f.Code)), Kind: f.Kind, Matrix: v.picture("matrix-"+f.Code, v.matrixPlate(f))}
	for _, r := range v.p.Children(f.Code) {
		card.Results = append(card.Results, v.resultRow(r, 0))
	}
	return card
}

// tree lists the results below a parent in the order in which they are read.
func (v *view) tree(parent string, depth int) []resultRow {
	var rows []resultRow
	for _, r := range v.p.Children(parent) {
		rows = append(rows, v.resultRow(r, depth))
		rows = append(rows, v.tree(r.Ref(), depth+1)...)
	}
	return rows
}

func (v *view) resultRow(r *indicators.Result, depth int) resultRow {
	return resultRow{
		link: v.linkResult(r), tally: v.tally(v.p.RollUpResult(r.Ref())), Depth: min(depth, 4),
		Level: v.level(r), Goal: v.goal(r), Actions: len(v.p.ResultActions(r.Ref())), Trend: v.trend(r.Ref()),
	}
}

// goal is the Sustainable Development Goal that a result is, or that a target belongs to.
func (v *view) goal(r *indicators.Result) string {
	f := v.p.Framework(r.Framework)
	if f == nil || f.Kind != "sdg" {
		return ""
	}
	goal, _, _ := strings.Cut(r.Code, ".")
	if n, err := strconv.Atoi(goal); err != nil || n < 1 || n > 17 {
		return ""
	}
	return goal
}

// level is the word for a result's place in its tree: known words are translated.
func (v *view) level(r *indicators.Result) string {
	if r.Level == "" {
		return ""
	}
	kind := ""
	if f := v.p.Framework(r.Framework); f != nil && f.Kind == "sdg" {
		kind = "sdg."
	}
	if key := "level." + kind + string(r.Level); v.l.T(key) != key {
		return v.l.T(key)
	}
	return string(r.Level)
}

func (v *view) result(framework, code string) (resultPage, error) {
	r, f := v.p.Result(framework+":"+code), v.p.Framework(framework)
	if r == nil || f == nil {
		return resultPage{}, notFound("result", framework+":"+code)
	}
	assessments, actions := v.p.ForResult(r.Ref()), v.p.ResultActions(r.Ref())
	page := resultPage{
		link: v.linkResult(r), tally: v.tally(v.p.RollUpResult(r.Ref())), Level: v.level(r), Goal: v.goal(r), Framework: v.linkFramework(f), Above: v.above(r),
		Indicators: v.rows(assessments), Actions: v.actionRows(actions),
		Invented: v.inventedAmong(v.indicatorsOf(assessments), actions),
	}
	for _, child := range v.p.Children(r.Ref()) {
		page.Children = append(page.Children, v.resultRow(child, 0))
	}
	v.explain(&page.tally)
	page.Outlook = v.outlookOf(r.Ref(), f)
	return page, nil
}

// above are the results over one, from the top.
func (v *view) above(r *indicators.Result) []link {
	var path []link
	for up := r; up.Parent != ""; {
		if up = v.p.Result(up.Framework + ":" + string(up.Parent)); up == nil {
			break
		}
		path = append([]link{v.linkResult(up)}, path...)
	}
	return path
}

func (v *view) indicatorsOf(assessments []*indicators.Assessment) []*indicators.Indicator {
	var list []*indicators.Indicator
	for _, a := range assessments {
		list = append(list, v.p.Indicator(a.Indicator))
	}
	return list
}

func (v *view) frameworkActions(code string) []*indicators.Action {
	var list []*indicators.Action
	for n := range v.p.Actions {
		for _, l := range v.p.Actions[n].Results {
			if l.Framework == code {
				list = append(list, &v.p.Actions[n])
				break
			}
		}
	}
	return list
}
