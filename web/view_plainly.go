package web

import (
	"html/template"

	"jalon/indicators"
	"jalon/indicators/progress"
)

// A plainly is what a citizen asks about an indicator, with one figure for an answer.
type plainly struct {
	Question template.HTML
	Answer   template.HTML // "412 of 600 by June 2027"
	Progress template.HTML // in a sentence
	Href     string

	Illustrative bool

	Table  string // the figures as CSV; empty without any
	Method string // how it is judged; empty where nothing is
}

// mostPlain is how many questions a theme answers at its head.
const mostPlain = 5

// plainly answers for an indicator by the assessment that speaks for it.
func (v *view) plainly(i *indicators.Indicator, a *indicators.Assessment) plainly {
	p := plainly{
		Question: sentence(v.l, "plain.question", v.phrase(i.Title)), Answer: v.plainAnswer(i, a),
		Progress: v.reason(i, a), Href: v.href("indicators", i.Code), Illustrative: v.p.IsIllustrative(i),
	}
	if len(v.p.Figures(i.Code)) > 0 {
		p.Table = "/charts/" + v.l.Code + "/" + escaped("indicators", i.Code, "trajectory") + ".csv" + v.query()
	}
	if a.Status != progress.NotAssessable {
		p.Method = v.href("methods") + "#" + a.Method.Code
	}
	return p
}

// plainAnswer is the figure: of what is counted towards a target, so many of so many.
func (v *view) plainAnswer(i *indicators.Indicator, a *indicators.Assessment) template.HTML {
	value, when := v.optional(i, a.Latest.Value), v.during(a.Latest.Period)
	target, horizon := v.target(i, &a.Target), v.until(a.Target.Period)
	switch {
	case value == "" && target == "":
		return sentence(v.l, "plain.nothing")
	case value == "":
		return sentence(v.l, "plain.no_value", target, horizon)
	case target == "":
		return sentence(v.l, "plain.no_target", value, when)
	case v.countsUp(i, a) && v.toldAtOnce(a):
		number := figure(v.l.Number(a.Latest.Value.Value, decimals(i, a.Latest.Value.Value)))
		return sentence(v.l, "plain.of", number, target, horizon)
	}
	return sentence(v.l, "plain.towards", value, when, target, horizon)
}

// until writes a period after "by": "by June 2027". Once it is over it is told in the past:
// "in June 2027".
func (v *view) until(p indicators.Period) string {
	if p.End() <= v.p.Day {
		return v.during(p)
	}
	return string(v.worded("until."+periodKind(p), string(v.period(p))))
}

// toldAtOnce tells whether a value and its target can be said to be of one time: "412 of 600
// by June 2027", and "in June 2027" only of a value that is of then.
func (v *view) toldAtOnce(a *indicators.Assessment) bool {
	return a.Target.Period.End() > v.p.Day || a.Latest.Period.EndMonth() == a.Target.Period.EndMonth()
}

// countsUp tells whether a value is a part of its target: things or persons counted from
// nothing, more and more of them.
func (v *view) countsUp(i *indicators.Indicator, a *indicators.Assessment) bool {
	return i.Kind == "number" && i.Direction == indicators.Increase && i.Accumulation != indicators.Level &&
		a.Target.Value.IsSet() && a.Target.Comparison == "" && a.Latest.Value.Value >= 0
}

// plainlyOf are the questions at the head of a theme: about its key indicators, else about
// the first that are judged.
func (v *view) plainlyOf(list []*indicators.Indicator) []plainly {
	var keys, judged []plainly
	for _, i := range list {
		a := v.p.Principal(i.Code)
		switch {
		case a == nil:
		case i.Key && len(keys) < mostPlain:
			keys = append(keys, v.plainly(i, a))
		case a.Status != progress.NotAssessable && len(judged) < 3:
			judged = append(judged, v.plainly(i, a))
		}
	}
	if len(keys) > 0 {
		return keys
	}
	return judged
}
