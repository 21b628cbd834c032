package web

import (
	"net/http"
	"strconv"
	"strings"

	"jalon/charts"
	"jalon/indicators"
	"jalon/indicators/progress"
)

// A trend is an arrow with its word; both are empty where too little is assessed.
type trend struct {
	Arrow string
	Word  string
}

func (v *view) trend(ref string) trend {
	t := v.p.TrendOf(ref)
	if t == indicators.NoTrend {
		return trend{}
	}
	return trend{charts.TrendArrow(v.l, t), v.l.T("trend." + string(t))}
}

// An outlook is, for what lies right below a framework or a result, how far it has come
// against what is expected, and where it is led.
type outlook struct {
	Rows    []outlookRow
	Whole   outlookRow // of all of it together
	Chart   chart
	Over    bool   // nothing is led anywhere any more: the targets' periods have ended
	Horizon figure // the year in which the framework ends, or a target after it
}

// An outlookRow is that of one result.
type outlookRow struct {
	link
	Goal                            string // of the SDGs, whose colour goes with it
	Progress, Expected, Anticipated figure
	Pace, Required                  figure
	Targets, Anticipable, Reachable int
}

// outlookOf has no rows where no indicator below has a numeric target.
func (v *view) outlookOf(ref string, f *indicators.Framework) outlook {
	whole, all := v.p.OutlookOf(ref), v.pairsOf(ref)
	o := outlook{Whole: v.outlookRow(whole), Over: v.over(whole, f), Horizon: figure(strconv.Itoa(max(f.End, whole.Until)))}
	for _, one := range all {
		row := v.outlookRow(one.Outlook)
		row.link, row.Goal = v.linkResult(one.result), v.goal(one.result)
		o.Rows = append(o.Rows, row)
	}
	if !o.Over {
		o.Chart = v.picture("pairs-chart", v.aheadPlate(ref, all))
	}
	return o
}

// over tells whether the outlook of a framework, or of a result in it, lies in the past;
// without any target, by the framework's last year.
func (v *view) over(o indicators.Outlook, f *indicators.Framework) bool {
	return o.Over() || o.Targets == 0 && indicators.Year(f.End).End() <= v.p.Day
}

func (v *view) outlookRow(o indicators.Outlook) outlookRow {
	return outlookRow{
		Progress: v.share(o.Progress), Expected: v.share(o.Expected), Anticipated: v.share(o.Anticipated),
		Pace: v.yearly(o.Pace), Required: v.yearly(o.Required),
		Targets: o.Targets, Anticipable: o.Anticipable, Reachable: o.Reachable,
	}
}

// yearly writes a share of a way that is covered in a year.
func (v *view) yearly(n progress.Number) figure {
	if !n.Valid {
		return ""
	}
	return figure(v.l.Percent(n.Value, 1))
}

// A pairOf is the outlook of a result.
type pairOf struct {
	result *indicators.Result
	indicators.Outlook
}

// pairsOf are the outlooks of what lies right below, of which something is to be said.
func (v *view) pairsOf(ref string) []pairOf {
	var all []pairOf
	for _, r := range v.p.Children(ref) {
		if o := v.p.OutlookOf(r.Ref()); o.Targets > 0 {
			all = append(all, pairOf{r, o})
		}
	}
	return all
}

func findAhead(v *view, r *http.Request) (plate, error) {
	framework, result := r.PathValue("code"), r.PathValue("result")
	ref := framework
	if result != "" {
		ref += ":" + result
	}
	if v.p.Framework(framework) == nil {
		return plate{}, notFound("framework", framework)
	}
	if result != "" && v.p.Result(ref) == nil {
		return plate{}, notFound("result", ref)
	}
	return v.aheadPlate(ref, v.pairsOf(ref)), nil
}

// aheadPlate shows progress so far against what is expected, and what is anticipated at
// the horizon. What has neither stands in the table alone.
func (v *view) aheadPlate(ref string, all []pairOf) plate {
	parts := append([]string{"frameworks"}, strings.SplitN(ref, ":", 2)...)
	p := plate{address: escaped(append(parts, "pairs")...), page: escaped(parts...)}
	var bells []charts.Dumbbell
	for _, one := range all {
		if one.Progress.Valid || one.Anticipated.Valid {
			bells = append(bells, v.bell(one))
		}
	}
	if len(bells) > 0 {
		below := v.serving(ref)
		p.subject, p.unit, p.sources = v.titleOf(ref), phrase{Text: v.l.T("chart.unit.way")}, v.sourcesAmong(below)
		p.invented = v.inventing(v.indicatorsOf(below), nil)
		p.build = func(f charts.Format) (charts.Chart, error) { return charts.Ahead(v.l, bells, f) }
	}
	p.table = func() figures {
		t := figures{heading: v.words("figures.", "code", "title", "so_far", "expected", "anticipated", "pace", "required", "targets", "anticipable", "reachable")}
		for _, one := range all {
			t.rows = append(t.rows, []string{
				one.result.Code, v.phrase(one.result.Title).Text, raw(one.Progress), raw(one.Expected), raw(one.Anticipated), raw(one.Pace), raw(one.Required),
				strconv.Itoa(one.Targets), strconv.Itoa(one.Anticipable), strconv.Itoa(one.Reachable),
			})
		}
		return t
	}
	return p
}

// serving are the assessments of what serves a framework or a result.
func (v *view) serving(ref string) []*indicators.Assessment {
	if strings.Contains(ref, ":") {
		return v.p.ForResult(ref)
	}
	return v.p.ForFramework(ref)
}

// titleOf is that of a framework or a result.
func (v *view) titleOf(ref string) phrase {
	if r := v.p.Result(ref); r != nil {
		return v.phrase(r.Title)
	}
	if f := v.p.Framework(ref); f != nil {
		return v.phrase(f.Title)
	}
	return phrase{}
}

// bell is a row of the chart. The sign of what is anticipated says whether it is the
// target, nearer to it, or further from it.
func (v *view) bell(one pairOf) charts.Dumbbell {
	d := charts.Dumbbell{
		Title: one.result.Code + " " + v.phrase(one.result.Title).Text, Before: pointer(one.Progress), Expected: pointer(one.Expected), Now: pointer(one.Anticipated),
		Status: progress.Behind,
	}
	if one.Anticipable > 0 {
		key := "pairs.reachable_of"
		if one.Over() {
			key = "pairs.reached_of"
		}
		d.Period = v.l.T(key, v.l.Integer(one.Reachable), v.l.Integer(one.Anticipable))
	}
	switch {
	case one.Anticipated.Value >= 0.995: // as it is read, in whole percents
		d.Status = progress.OnTrack
	case one.Progress.Valid && one.Anticipated.Value < one.Progress.Value:
		d.Status = progress.Regressed
	}
	return d
}
