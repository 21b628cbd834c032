package web

import (
	"html/template"
	"net/http"
	"slices"
	"strings"

	"jalon/indicators"
)

// How much of a difference its page lists; the rest is counted, and in the API.
const (
	listedMoved  = 300
	listedValues = 200
)

// A differencePage is what became other between two moments. It is of these two: the day that
// a reader looks back to moves nothing but the "now" of a pair that ends now.
type differencePage struct {
	Title    template.HTML
	Ends     [2]differenceEnd
	Lead     []template.HTML
	Empty    bool
	Table    string // address of what moved, as CSV
	API      string
	Moved    []explainedRow
	MoreThan int // moves that are not listed
	Slopes   chart
	Scores   []scoreRow
	Entered  []link
	Left     []link
	Values   []revisedRow // what was published before and is another now
	Hidden   int          // of those, not listed
	Targets  []changeRow
	Others   []changeRow // definitions and settings
	Unlisted int         // changes of targets and definitions that are not listed
	Actions  []actionTurn
	Steps    []stepTurn
}

// A differenceEnd is one of the two moments.
type differenceEnd struct {
	Name      template.HTML
	Known     template.HTML // the day of judgement and what was known
	Snapshot  string        // address; empty: now
	Overview  string
	Changeset int
}

// A explainedRow is an assessment that moved, and why.
type explainedRow struct {
	link
	Part      string
	Framework link
	Was, Is   *status
	From, To  figure
	Points    figure
	Why       string
}

type scoreRow struct {
	Name     template.HTML
	From, To figure
}

type revisedRow struct {
	Indicator     link
	Part          string
	Period        figure
	History       string
	Before, After figure
	Kind          string
}

type actionTurn struct {
	link
	What string
}

type stepTurn struct {
	Title  phrase
	Action link
	Due    figure
	What   string
}

func showDifference(v *view, r *http.Request) (sheet, error) {
	d, err := v.differences(r.PathValue("pair"))
	if err != nil {
		return sheet{}, err
	}
	return sheet{template: "difference", path: escaped("snapshots", d.pair), title: v.differenceTitle(d), charts: true, main: v.differencePage(d)}, nil
}

func (v *view) differenceTitle(d *difference) string {
	if d.to == "" {
		return v.l.T("difference.title.now", v.l.Isolate(d.from))
	}
	return v.l.T("difference.title", v.l.Isolate(d.from), v.l.Isolate(d.to))
}

// ofLater is the view of the later moment, and telling that of both.
func (v *view) ofLater(d *difference) telling {
	later := *v
	later.p = d.After
	return telling{&later, d.Before}
}

func (v *view) differencePage(d *difference) differencePage {
	t := v.ofLater(d)
	page := differencePage{
		Title: sentenceOf(v.differenceTitle(d)), Empty: d.IsEmpty(),
		Ends:  [2]differenceEnd{v.differenceEnd(d.from, d.Before), v.differenceEnd(d.to, d.After)},
		Lead:  t.leadOf(d),
		Table: v.href("snapshots", d.pair, "moved.csv"), API: "/api/v1/" + escaped("differences", d.pair) + v.query(),
		Slopes: v.picture("moves", v.differencePlate(d)), Scores: t.scores(d),
	}
	for n := range d.Moved {
		if n == listedMoved {
			page.MoreThan = len(d.Moved) - n
			break
		}
		page.Moved = append(page.Moved, t.explainedRow(&d.Moved[n]))
	}
	for _, code := range d.Entered {
		page.Entered = append(page.Entered, v.linkIndicator(d.After.Indicator(code)))
	}
	for _, code := range d.Left {
		i := d.Before.Indicator(code)
		page.Left = append(page.Left, link{Code: code, Name: v.phrase(i.Title)})
	}
	page.Values, page.Hidden = t.revisedRows(d)
	page.Targets, page.Unlisted = t.changeRows(d.Targets, page.Unlisted)
	page.Others, page.Unlisted = t.changeRows(append(d.Settings[:len(d.Settings):len(d.Settings)], d.Definitions...), page.Unlisted)
	page.Actions, page.Steps = t.actionTurns(d), t.stepTurns(d)
	return page
}

func (v *view) differenceEnd(number string, p *indicators.Picture) differenceEnd {
	end := differenceEnd{Name: sentence(v.l, "difference.now"), Changeset: p.Newest().Number, Overview: "/" + v.l.Code + "/"}
	end.Known = sentence(v.l, "difference.end", v.date(p.Day), v.date(indicators.DateOf(p.Newest().At.In(p.Zone()))), p.Newest().Number)
	if number != "" {
		end.Name, end.Snapshot = sentence(v.l, "difference.snapshot", figure(number)), v.href("snapshots", number)
	}
	return end
}

// leadOf says in a few sentences what there is to see.
func (t telling) leadOf(d *difference) []template.HTML {
	turns := indicators.Turned(d.Before, d.After.ForIndicators(pointersTo(d.After.Indicators)))
	turned := 0
	for n := range d.Moved {
		if d.Moved[n].Turns() {
			turned++
		}
	}
	kinds := map[indicators.ValueKind]int{}
	for _, c := range d.Values {
		kinds[c.Kind]++
	}
	lines := []template.HTML{
		sentence(t.l, "difference.lead.moved", plural(t.l, "difference.moved", len(d.Moved)), plural(t.l, "difference.turns", turned), turns.Better, turns.Worse),
		sentence(t.l, "difference.lead.values", plural(t.l, "difference.new", kinds[indicators.NewValue]), plural(t.l, "difference.revised", kinds[indicators.RevisedValue]),
			plural(t.l, "difference.withdrawn", kinds[indicators.WithdrawnValue])),
	}
	if unclear := t.turned(indicators.Turns{Lost: turns.Lost, Gained: turns.Gained}); unclear != "" {
		lines = slices.Insert(lines, 1, sentence(t.l, "difference.lead.assessed", unclear))
	}
	return lines
}

func pointersTo(list []indicators.Indicator) []*indicators.Indicator {
	all := make([]*indicators.Indicator, len(list))
	for n := range list {
		all[n] = &list[n]
	}
	return all
}

// named is an indicator of either moment; one that left has no page.
func (t telling) named(code string) link {
	if i := t.p.Indicator(code); i != nil {
		return t.linkIndicator(i)
	}
	if i := t.then.Indicator(code); i != nil {
		return link{Code: code, Name: t.phrase(i.Title)}
	}
	return link{Code: code, Name: phrase{Text: code}}
}

func (t telling) explainedRow(e *indicators.Explanation) explainedRow {
	row := explainedRow{link: t.named(e.Indicator), Part: t.breakdown(e.Breakdown), Why: t.explain(e)}
	if f := t.p.Framework(string(e.Framework)); f != nil {
		row.Framework = t.linkFramework(f)
	}
	if e.Before != nil {
		was := t.status(e.Before.Status)
		row.Was, row.From = &was, t.share(e.Before.Achievement)
	}
	if e.After != nil {
		is := t.status(e.After.Status)
		row.Is, row.To = &is, t.share(e.After.Achievement)
	}
	if whole, _, decimals, known := pointsOf(e); known && whole != 0 {
		row.Points = figure(strings.Trim(t.signed(whole, decimals), "\u2068\u2069"))
	}
	return row
}

func findDifferenceSlopes(v *view, r *http.Request) (plate, error) {
	d, err := v.differences(r.PathValue("pair"))
	if err != nil {
		return plate{}, err
	}
	return v.differencePlate(d), nil
}

// differencePlate is chart C between two moments.
func (v *view) differencePlate(d *difference) plate {
	risen, fallen := indicators.Movers(d.Before, d.After, moversShown)
	address := escaped("snapshots", d.pair, "moves")
	t := v.ofLater(d)
	p := t.slopes(risen, fallen, d.Before.Day)
	p.address, p.page = address, escaped("snapshots", d.pair)
	return p
}

// movedFigures are what moved as a table: a line for each assessment and cause.
func (v *view) movedFigures(d *difference) figures {
	t := v.ofLater(d)
	out := figures{heading: v.words("figures.", "code", "breakdown", "framework", "title", "status_before", "status", "before", "now", "points", "cause", "points_of_cause", "sentence")}
	for n := range d.Moved {
		e := &d.Moved[n]
		told := tellMove(&d.Difference, e, nil)
		row := []string{e.Indicator, e.Breakdown.Key(), string(e.Framework), t.named(e.Indicator).Name.Text, "", "", "", "", "", "", "", ""}
		if told.Before != nil {
			row[4], row[6] = string(told.Before.Status), raw(told.Before.Achievement)
		}
		if told.After != nil {
			row[5], row[7] = string(told.After.Status), raw(told.After.Achievement)
		}
		if told.Points != nil {
			row[8] = told.Points.String()
		}
		row[11] = strings.NewReplacer("\u2068", "", "\u2069", "").Replace(t.explain(e))
		for _, p := range told.Parts {
			line := append([]string{}, row...)
			if line[9] = string(p.Cause); p.Points != nil {
				line[10] = p.Points.String()
			}
			out.rows = append(out.rows, line)
		}
	}
	return out
}
