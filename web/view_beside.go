package web

import (
	"html/template"

	"jalon/indicators"
	"jalon/indicators/progress"
)

// A methodRow is what one method says of a goal.
type methodRow struct {
	methodName
	Main     bool   // the one that judges
	Href     string // of the page that judges by it; empty beside assessments of which there is none
	Shown    bool   // by the page as it is
	Number   figure // that decides: "p = 0,94"
	Category string // in the method's own words
	Status   status
	Reason   string // why it has no answer
}

// beside lists what every method says, the one that judges first.
func (v *view) beside(i *indicators.Indicator, a *indicators.Assessment) []methodRow {
	if a.Method.Code == "" {
		return nil
	}
	var rows []methodRow
	for n, w := range a.Workings() {
		row := methodRow{methodName: v.methodName(w.Code), Main: n == 0, Status: v.status(w.Reader)}
		if len(w.Steps) > 0 {
			last := w.Steps[len(w.Steps)-1].Result
			row.Number = figure(last.Name + " = " + v.quantity(i, last))
		}
		if w.Reader == progress.NotAssessable {
			row.Reason = v.l.T("reason." + string(w.Reason))
		} else if w.Status != "" {
			row.Category = v.l.T("category." + string(w.Status))
		}
		rows = append(rows, row)
	}
	return rows
}

// disagreement says how far apart the methods are; nothing where they agree.
func (v *view) disagreement(a *indicators.Assessment) template.HTML {
	if agree := a.Agree(); agree == nil || *agree {
		return ""
	}
	code, s := a.Method.Code, a.Status
	best, worst := opinion{code, s}, opinion{code, s}
	if s == progress.NotAssessable {
		best, worst = opinion{}, opinion{}
	}
	for _, o := range a.OtherMethods() {
		if best.method == "" || o.Reader.Index() < best.status.Index() {
			best = opinion{o.Code, o.Reader}
		}
		if worst.method == "" || o.Reader.Index() > worst.status.Index() {
			worst = opinion{o.Code, o.Reader}
		}
	}
	word := func(o opinion) string { return v.l.T("status." + string(o.status)) }
	return sentence(v.l, "beside.disagree", word(best), v.methodName(best.method).Name, word(worst), v.methodName(worst.method).Name)
}

// An opinion is a status by a method.
type opinion struct {
	method string
	status progress.Status
}

// doubts are the warnings about the figures behind an assessment, in words.
func (v *view) doubts(i *indicators.Indicator, a *indicators.Assessment) []template.HTML {
	var all []template.HTML
	for _, w := range a.Warnings() {
		if r := a.Rebased(); w == indicators.TargetWasChanged && r != nil {
			all = append(all, sentence(v.l, "doubt.target_changed", v.target(i, &r.Target), v.period(r.Target.Period), v.l.T("status."+string(r.Status))))
			continue
		}
		all = append(all, sentence(v.l, "doubt."+string(w)))
	}
	return all
}
