package web

import (
	"html/template"
	"net/url"
	"slices"

	"jalon/indicators"
)

// An indicatorPage answers in five seconds, then shows everything it rests on.
type indicatorPage struct {
	link
	Unit         phrase
	Direction    string
	Frequency    string
	Kind         string
	Key          bool
	Illustrative bool
	History      string
	Groups       []link
	Actions      []link
	Metadata     []metadatum

	Blocks     []block // the first speaks for the indicator
	Plainly    plainly
	Parts      selector // whose trajectory can be shown
	Part       string   // the one shown, where it is not the total
	Trajectory chart    // chart D
	Values     []valueRow
	HasPath    bool
	Work       []workRow // under review, for readers with an account who see them
	Documents  string    // the page of all that is attached to figures, where there is something
	Targets    []targetRow
	Places     *places // charts J, where there are figures by governorate
	Pairs      []pairRow
	PairChart  chart // chart K
	Tables     []partTable
	Decided    bool // some target says when it was announced
}

// A block is one assessment: a framework's target, or the indicator's own.
type block struct {
	Framework link // no address: the indicator's own target
	Part      string
	Status    status
	Stale     bool
	Value     figure
	Period    figure
	Why       template.HTML
	Outlook   template.HTML
	Method    methodName
	By        *byMethod // another method than the one in force
	Working   *working
	Facts     []fact
	Way       way
	Combined  string // how the value unites those of several periods, where it does

	Projection *projection
	Beside     []methodRow
	Differ     template.HTML // that the methods disagree, and how far
	Doubts     []template.HTML
}

// A fact is a number with its name, which says what it means, and, smaller, its period or a remark.
type fact struct {
	Name  template.HTML
	Value figure
	Note  template.HTML
}

// A valueRow is one period of the table of all values.
type valueRow struct {
	Period   figure
	Observed value
	Expected figure
	Share    figure
	Remark   string // provisional, estimated, break …
	Source   phrase

	Documents     int    // attached to it
	DocumentsHref string // empty: nothing is attached, and the reader may attach nothing
}

func (v *view) indicator(code string, params url.Values) (indicatorPage, error) {
	i := v.p.Indicator(code)
	if i == nil {
		return indicatorPage{}, notFound("indicator", code)
	}
	page := indicatorPage{
		link: v.linkIndicator(i), Unit: v.unit(i), Key: i.Key, Illustrative: v.p.IsIllustrative(i),
		Direction: v.l.T("direction." + i.Direction), Frequency: v.l.T("frequency." + string(i.Frequency)),
		Metadata: v.metadata(i),
		History:  v.href("indicators", i.Code, "history"),
	}
	if i.ResultType != "" {
		page.Kind = v.l.T("result_type." + string(i.ResultType))
	}
	for _, code := range v.p.GroupsOf(i) {
		if g := v.p.Group(code); g != nil {
			page.Groups = append(page.Groups, v.linkGroup(g))
		}
	}
	for _, code := range i.Actions {
		if a := v.p.Action(code); a != nil {
			page.Actions = append(page.Actions, v.linkAction(a))
		}
	}
	v.fillAssessments(&page, i)
	if err := v.fillChoices(&page, i, params); err != nil {
		return page, err
	}
	if v.onItsWay != nil && v.asOf == "" {
		var err error
		page.Work, err = v.onItsWay(i.Code)
		return page, err
	}
	return page, nil
}

func (v *view) fillAssessments(page *indicatorPage, i *indicators.Indicator) {
	principal := v.p.Principal(i.Code)
	if principal != nil {
		page.Blocks = append(page.Blocks, v.block(i, principal))
	}
	for _, a := range v.p.Of(i.Code) {
		if a != principal {
			page.Blocks = append(page.Blocks, v.block(i, a))
		}
	}
	page.Targets, page.Decided = v.targetRows(i)
}

func (v *view) block(i *indicators.Indicator, a *indicators.Assessment) block {
	b := block{
		Part: v.breakdown(a.Breakdown), Status: v.status(a.Status), Stale: a.Stale && a.Latest.Value.Valid,
		Value: v.optional(i, a.Latest.Value), Period: v.period(a.Latest.Period), Way: v.way(a),
		Why: v.reason(i, a), Outlook: v.outlook(i, a), Working: v.working(i, a), Method: v.methodName(a.Method.Code),
		Projection: v.projection(i, a), Beside: v.beside(i, a), Differ: v.disagreement(a), Doubts: v.doubts(i, a),
	}
	switch way := a.Course(); {
	case way.Summed:
		b.Combined = v.l.T("block.summed")
	case way.Averaged:
		b.Combined = v.l.T("block.averaged")
	}
	if f := v.p.Framework(string(a.Framework)); f != nil {
		b.Framework = v.linkFramework(f)
	}
	b.Facts = v.facts(i, a)
	return b
}

// facts are the numbers that a reader looks for first.
func (v *view) facts(i *indicators.Indicator, a *indicators.Assessment) []fact {
	note := func(f figure) template.HTML { return f.HTML() }
	var all []fact
	if a.Baseline.Value.Valid {
		f := fact{Name: v.explained("baseline", v.l.T("fact.baseline")), Value: v.optional(i, a.Baseline.Value), Note: note(v.period(a.Baseline.Period))}
		if a.Baseline.FromZero() {
			f.Note = sentence(v.l, "fact.from_zero", v.date(a.Target.Period.Start()))
		} else if !a.Baseline.Given {
			f.Note = sentence(v.l, "fact.not_given", v.period(a.Baseline.Period))
		}
		all = append(all, f)
	}
	if a.ExpectedValue.Valid {
		all = append(all, fact{Name: v.explained("expected-path", v.l.T("fact.expected")), Value: v.optional(i, a.ExpectedValue), Note: note(v.period(a.Latest.Period))})
	}
	if m := nextMilestone(a); m != nil {
		all = append(all, fact{Name: v.explained("milestone", v.l.T("fact.milestone")), Value: v.stored(i, m.Value).Shown, Note: note(v.period(m.Period))})
	}
	if a.Target.IsSet() {
		all = append(all, fact{Name: v.explained("target", v.l.T("fact.target")), Value: v.target(i, &a.Target), Note: note(v.period(a.Target.Period))})
	}
	if a.Achievement.Valid {
		f := fact{Name: v.explained("way-covered", v.l.T("fact.achievement")), Value: v.share(a.Achievement)}
		if a.Expected.Valid {
			f.Note = sentence(v.l, "fact.expected_share", v.share(a.Expected))
		}
		all = append(all, f)
	}
	return all
}

// nextMilestone is the milestone due now: the first whose period is not over.
func nextMilestone(a *indicators.Assessment) *indicators.Target {
	for _, m := range a.Course().Milestones {
		if m.Period.End() >= a.AsOf.Date && (!a.Target.IsSet() || m.Period.EndMonth() < a.Target.Period.EndMonth()) {
			return m
		}
	}
	return nil
}

// values lists all figures, the newest first, each beside what the path asked for;
// a path of sums is not comparable with the figures of single periods.
func (v *view) values(i *indicators.Indicator, a *indicators.Assessment, known []indicators.Figure) (rows []valueRow, hasPath bool) {
	way := a.Course()
	for _, f := range known {
		row := valueRow{Period: v.period(f.Period), Observed: v.bare(i, f.Value), Source: v.original(f.Source)}
		row.Remark = v.remark(&f)
		if expected := way.Path.At(f.Period.EndMonth()); way.HasPath && !way.Summed && expected.Valid && i.Kind != "binary" {
			row.Expected, hasPath = figure(v.l.Number(expected.Value, decimals(i, expected.Value))), true
			if f.Value.IsSet() {
				row.Share = v.share(way.Path.Share(f.Value.Float()))
			}
		}
		rows = append(rows, row)
	}
	slices.Reverse(rows)
	return rows, hasPath
}

// remark says what is special about a figure.
func (v *view) remark(f *indicators.Figure) string {
	words := ""
	switch {
	case f.Protected:
		words = v.l.T("obs_status.protected")
	case f.Status != "A" && f.Status != "":
		words = v.l.T("obs_status." + f.Status)
	}
	if f.Partial {
		if words != "" {
			words += v.l.T("text.comma")
		}
		words += v.l.T("obs_status.partial")
	}
	return words
}
