package web

import (
	"errors"
	"net/http"
	"strconv"
	"strings"

	"jalon/indicators"
	"jalon/sql"
)

// A figurePage shows one figure whole, and lets those who may enter it change all that is
// said of it.
type figurePage struct {
	Action    string
	Indicator link
	Unit      phrase
	Period    figure
	Part      string
	Seen      int
	Current   *workRow // on its way
	Published *publishedRow
	Typed     figureText
	Statuses  []option
	Entering  bool // the reader may change it now
	Refused   bool // what was typed cannot be entered any more
	Locked    bool
	Review    string
	Parts     []choice
	Wrong     string
	Detail    string
	Conflict  []workRow
	Busy      bool
	Withdraw  string // the figure's name in a form, for those who may withdraw it
	Documents string
	History   string
	Desk      string
	Done      string
}

// A publishedRow is what is published of the figure.
type publishedRow struct {
	Value   figure
	Remark  string
	Source  phrase
	Comment phrase
}

// A figureText is a figure as it is typed.
type figureText struct {
	Value, Numerator, Denominator, Status, Source, Comment, Evidence, Reason string
	Partial                                                                  bool
}

// An option is a word to choose in a form.
type option struct {
	Value, Word string
	Chosen      bool
}

// asked is the figure that an address names.
func (v *view) asked(r *http.Request) (*indicators.Indicator, indicators.FigureKey, error) {
	i := v.p.Indicator(r.PathValue("code"))
	if i == nil {
		return nil, indicators.FigureKey{}, notFound("indicator", r.PathValue("code"))
	}
	q := r.URL.Query()
	period, err := indicators.ParsePeriod(q.Get("period"))
	if err != nil {
		return nil, indicators.FigureKey{}, errors.Join(indicators.ErrInvalid, err)
	}
	part, err := indicators.ParseBreakdown(q.Get("breakdown"))
	return i, indicators.FigureKey{Indicator: i.Code, Breakdown: part, Period: period}, err
}

func (ps *pages) figurePage(v *view, _ http.ResponseWriter, r *http.Request) (sheet, error) {
	return ps.figureSheet(v, r, figurePage{}, nil)
}

// figureSheet draws the figure as it is, or with what was typed.
func (ps *pages) figureSheet(v *view, r *http.Request, page figurePage, typed *figureText) (sheet, error) {
	i, key, err := v.asked(r)
	if err != nil {
		return sheet{}, err
	}
	of := v.p.SubjectOf(i)
	if !v.reader.May(indicators.ReadWork, of) {
		return sheet{}, indicators.ErrRight
	}
	d, err := ps.desk(v, r, []string{i.Code})
	if err != nil {
		return sheet{}, err
	}
	standing, err := ps.server.store.Standing(r.Context(), d.changeset, []string{i.Code}, []indicators.Period{key.Period})
	if err != nil {
		return sheet{}, err
	}
	if err := ps.withholdStanding(v, r, standing); err != nil {
		return sheet{}, err
	}
	page.Action, page.Indicator, page.Unit, page.Period = v.figureForm(key), v.linkIndicator(i), v.unit(i), v.period(key.Period)
	page.History, page.Desk = v.href("indicators", i.Code, "history"), "/"+v.l.Code+"/desk"
	page.Done = v.done(r, "draft")
	page.Part, page.Seen, page.Review = v.breakdown(key.Breakdown), d.changeset, "/"+v.l.Code+"/desk/review"
	page.Entering = v.reader.May(indicators.Propose, of)
	page.Documents = v.figureHref(key)
	for n := range standing {
		if o := &standing[n]; o.Review == indicators.Published && o.Breakdown == key.Breakdown {
			page.History = v.figureHistory(key)
			page.Published = &publishedRow{v.proposed(i, &o.Figure), v.remark(&o.Figure), v.original(o.Source), v.original(o.Comment)}
			page.Typed = v.text(o)
			if v.reader.May(indicators.Publish, of) {
				page.Withdraw = figureKey(&indicators.Work{Observation: *o})
			}
		}
	}
	for n := range d.work {
		if w := &d.work[n]; w.Key() == key {
			row := d.row(w)
			page.Current, page.Typed, page.History = &row, v.text(&w.Observation), v.figureHistory(key)
			page.Entering = page.Entering && w.Review == indicators.Draft
		}
	}
	if typed != nil {
		page.Typed = *typed
	}
	locks, err := ps.server.store.Locks(r.Context(), 0)
	if err != nil {
		return sheet{}, err
	}
	for n := range locks {
		page.Locked = page.Locked || locks[n].Holds(key.Period)
	}
	page.Entering = page.Entering && !page.Locked
	page.Refused = typed != nil && !page.Entering
	page.fill(v, i, key)
	return sheet{template: "figure", path: strings.TrimPrefix(page.Action, "/"+v.l.Code+"/"), title: page.Indicator.Name.Text, main: page}, nil
}

// fill adds the words to choose from, and the parts of the whole.
func (page *figurePage) fill(v *view, i *indicators.Indicator, key indicators.FigureKey) {
	for _, code := range indicators.ObservationStatuses() {
		word := v.l.T("figure.normal")
		if code != "A" {
			word = v.l.T("obs_status." + code)
		}
		page.Statuses = append(page.Statuses, option{code, word, code == page.Typed.Status})
	}
	add := func(part indicators.Breakdown, word string) {
		at := indicators.FigureKey{Indicator: i.Code, Breakdown: part, Period: key.Period}
		page.Parts = append(page.Parts, choice{v.figureForm(at), word, part == key.Breakdown, ""})
	}
	for _, part := range v.p.Parts(i) {
		add(part, v.breakdown(part))
	}
	if len(page.Parts) > 0 {
		first := choice{v.figureForm(indicators.FigureKey{Indicator: i.Code, Period: key.Period}), v.l.T("figure.total"), key.Breakdown.IsTotal(), ""}
		page.Parts = append([]choice{first}, page.Parts...)
	}
}

// text is a figure as it is typed in the reader's language.
func (v *view) text(o *indicators.Observation) figureText {
	comma := func(d indicators.Decimal) string {
		if v.l.Code == "en" {
			return d.String()
		}
		return strings.Replace(d.String(), ".", ",", 1)
	}
	return figureText{
		Value: comma(o.Value), Numerator: comma(o.Numerator), Denominator: comma(o.Denominator), Status: o.Status,
		Source: string(o.Source), Comment: string(o.Comment), Evidence: string(o.Evidence), Partial: o.Partial,
	}
}

// saveFigure writes the figure as a draft, and goes on to its submission if that was asked
// for.
func (ps *pages) saveFigure(v *view, w http.ResponseWriter, r *http.Request) (sheet, error) {
	i, key, err := v.asked(r)
	if err != nil {
		return sheet{}, err
	}
	if !v.reader.May(indicators.Propose, v.p.SubjectOf(i)) {
		return sheet{}, indicators.ErrRight
	}
	seen, err := strconv.Atoi(r.PostForm.Get("seen"))
	if err != nil || seen < 1 {
		return sheet{}, errors.Join(indicators.ErrInvalid, errors.New("the form is incomplete: open its page again"))
	}
	typed, err := typedFigure(r)
	if err != nil {
		return sheet{}, err
	}
	page := figurePage{}
	again := func(status int) (sheet, error) {
		s, err := ps.figureSheet(v, r, page, &typed)
		s.status = status
		return s, err
	}
	o, word := v.observation(i, key, typed)
	if page.Wrong = word; word != "" {
		return again(http.StatusUnprocessableEntity)
	}
	report, err := ps.enter(v, r, seen, []indicators.Line{{Observation: o, Number: 1}})
	var overtaken *indicators.Overtaken
	switch {
	case errors.As(err, &overtaken):
		if page.Conflict, err = ps.conflict(v, r, overtaken); err != nil {
			return sheet{}, err
		}
		return again(http.StatusConflict)
	case errors.Is(err, indicators.ErrBusy):
		page.Busy = true
		w.Header().Set("Retry-After", "5")
		return again(http.StatusServiceUnavailable)
	case report != nil && report.Refused():
		page.Wrong, page.Detail = v.l.T("grid.refused"), v.said(report.Problems[0].Message)
		return again(http.StatusUnprocessableEntity)
	case err != nil:
		return sheet{}, err
	}
	if r.PostForm.Get("do") == "submit" {
		return ps.submitFigure(v, r, key)
	}
	return sheet{goOn: v.figureForm(key) + "&done=draft"}, nil
}

// submitFigure asks for confirmation to submit the draft of a figure.
func (ps *pages) submitFigure(v *view, r *http.Request, key indicators.FigureKey) (sheet, error) {
	work, _, err := ps.server.store.Work(r.Context(), []string{key.Indicator})
	if err != nil {
		return sheet{}, err
	}
	for n := range work {
		if work[n].Key() == key {
			return ps.reviewSheet(v, r, reviewPage{Kind: indicators.Submitting}, []sql.Seen{{FigureKey: key, Since: work[n].Since}})
		}
	}
	return sheet{goOn: v.figureForm(key)}, nil
}
