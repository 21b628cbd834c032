package web

import (
	"errors"
	"net/http"
	"net/url"
	"slices"

	"jalon/indicators"
)

// A figureHistoryPage tells all that was ever said of one figure.
type figureHistoryPage struct {
	Indicator link
	Period    figure
	Part      string
	All       string // the history of the indicator
	Rows      []figureVersionRow
	WithState bool // some were on their way
	Parts     []choice
	Documents string
	Form      string // where the figure is entered or reviewed; empty for who may do neither
}

// A figureVersionRow is a version of the figure, or its end where nothing took its place.
type figureVersionRow struct {
	By       changesetRow
	State    string
	Value    value
	Remark   string
	Quotient string // numerator and denominator
	Source   phrase
	Comment  phrase
	Evidence phrase
	Gone     bool
	Current  bool // it is what is published
}

func (ps *pages) showFigureHistory(v *view, r *http.Request) (sheet, error) {
	i := v.p.Indicator(r.PathValue("code"))
	if i == nil {
		return sheet{}, notFound("indicator", r.PathValue("code"))
	}
	period, err := indicators.ParsePeriod(r.PathValue("period"))
	if err != nil {
		return sheet{}, errors.Join(indicators.ErrInvalid, err)
	}
	part, err := indicators.ParseBreakdown(r.URL.Query().Get("breakdown"))
	if err != nil {
		return sheet{}, err
	}
	key := indicators.FigureKey{Indicator: i.Code, Breakdown: part, Period: period}
	page := figureHistoryPage{Indicator: v.linkIndicator(i), Period: v.period(period), Part: v.breakdown(part), All: v.href("indicators", i.Code, "history")}
	page.Documents = v.figureHref(key)
	if v.reader.May(indicators.ReadWork, v.p.SubjectOf(i)) {
		page.Form = v.figureForm(key)
	}
	tell, err := ps.teller(v, r)
	if err != nil {
		return sheet{}, err
	}
	if ps.server.store != nil {
		versions, err := ps.versionsSeen(v, r, key)
		if err != nil {
			return sheet{}, err
		}
		if len(versions) == 0 {
			return sheet{}, notFound("figure", key.String())
		}
		page.fill(tell, i, versions)
	}
	page.parts(v, i, key)
	query := url.Values{}
	if !part.IsTotal() {
		query.Set("breakdown", part.Key())
	}
	path := pathWith(escaped("indicators", i.Code, "history", period.String()), query)
	return sheet{template: "figure-history", path: path, title: v.l.T("figure_history.title", page.Indicator.Name.Text, string(page.Period)), main: page}, nil
}

// versionsSeen are the versions of a figure that the reader is shown. Their rights are
// those of today, whatever moment they look back to.
func (ps *pages) versionsSeen(v *view, r *http.Request, key indicators.FigureKey) ([]indicators.FigureVersion, error) {
	of, from := ps.server.today(key.Indicator)
	works := v.reader.May(indicators.ReadWork, of)
	all, err := ps.server.store.FigureHistory(r.Context(), key, v.p.Newest().Number, works, works && v.reader.Knows())
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(all, func(f indicators.FigureVersion) bool { return !v.reader.Sees(f.Review, of, from) }), nil
}

// fill lists the versions, the newest first, and the ends that no other version followed.
func (page *figureHistoryPage) fill(tell *teller, i *indicators.Indicator, versions []indicators.FigureVersion) {
	begun := map[int]bool{}
	for n := range versions {
		begun[versions[n].Since] = true
		page.WithState = page.WithState || versions[n].Review != indicators.Published
	}
	for n := range versions {
		f := &versions[n]
		page.Rows = append(page.Rows, tell.figureVersion(i, f))
		if f.Until > 0 && !begun[f.Until] {
			begun[f.Until] = true
			page.Rows = append(page.Rows, figureVersionRow{By: tell.numbered(f.Until), Gone: true})
		}
	}
	slices.SortStableFunc(page.Rows, func(a, b figureVersionRow) int { return b.By.Number - a.By.Number })
}

func (t *teller) figureVersion(i *indicators.Indicator, f *indicators.FigureVersion) figureVersionRow {
	row := figureVersionRow{
		By: t.numbered(f.Since), State: t.l.T("review." + f.Review.String()), Value: t.stored(i, f.Value), Remark: t.remark(&f.Figure),
		Source: t.original(f.Source), Comment: t.original(f.Comment), Evidence: t.original(f.Evidence),
		Current: f.Until == 0 && f.Review == indicators.Published,
	}
	if f.Numerator.IsSet() {
		row.Quotient = t.l.Digits(f.Numerator.String()) + " ÷ " + t.l.Digits(f.Denominator.String())
	}
	return row
}

// numbered is a changeset by its number. One that the reader may not know of is told by
// its number, moment, kind and role: it moved a figure that they may see.
func (t *teller) numbered(number int) changesetRow {
	if c := t.p.Changeset(number); c != nil {
		return t.changeset(c)
	}
	return changesetRow{Number: number}
}

// parts lists the parts of the whole, each with its own history.
func (page *figureHistoryPage) parts(v *view, i *indicators.Indicator, key indicators.FigureKey) {
	parts := v.p.Parts(i)
	if len(parts) == 0 {
		return
	}
	whole := indicators.FigureKey{Indicator: i.Code, Period: key.Period}
	page.Parts = append(page.Parts, choice{Href: v.figureHistory(whole), Word: v.l.T("figure.total"), Current: key.Breakdown.IsTotal()})
	for _, part := range parts {
		at := indicators.FigureKey{Indicator: i.Code, Breakdown: part, Period: key.Period}
		page.Parts = append(page.Parts, choice{Href: v.figureHistory(at), Word: v.breakdown(part), Current: part == key.Breakdown})
	}
}
