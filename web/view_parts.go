package web

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"

	"jalon/indicators"
)

// fillParts lets a view ask the database for the figures of parts of the whole, which memory
// does not hold. What cannot be had in time is left out, and the page is not kept.
func (ps *pages) fillParts(r *http.Request, v *view) {
	store, number := ps.server.store, v.p.Newest().Number
	if store == nil {
		return
	}
	ask := func(what string, question func(context.Context) error) {
		ctx, cancel := context.WithTimeout(r.Context(), historyTimeout)
		defer cancel()
		if err := question(ctx); err != nil {
			v.incomplete = true
			ps.server.cfg.Log.WarnContext(r.Context(), "a page is drawn without the parts of its figures", "of", what, "err", err)
		}
	}
	known := map[string]indicators.Parts{} // each is asked for once a page
	v.parts = func(i *indicators.Indicator) indicators.Parts {
		if _, asked := known[i.Code]; !asked && len(i.Breakdowns) > 0 {
			ask(i.Code, func(ctx context.Context) (err error) {
				known[i.Code], err = store.Parts(ctx, i.Code, number)
				return err
			})
		}
		return known[i.Code]
	}
	v.shapes = func() (borders []byte) {
		ask("map", func(ctx context.Context) (err error) {
			borders, err = ps.shapes(ctx, v)
			return err
		})
		return borders
	}
	v.latestIn = func(governorate string) (latest map[string]indicators.Figure) {
		ask(governorate, func(ctx context.Context) (err error) {
			latest, err = store.LatestIn(ctx, governorate, number)
			return err
		})
		return latest
	}
	v.byGovernorate = func() (counts map[string]int) {
		ask("governorates", func(ctx context.Context) (err error) {
			counts, err = store.ByGovernorate(ctx, number)
			return err
		})
		return counts
	}
}

// unlessBusy is that a thing is not there, or that it cannot be known now.
func (v *view) unlessBusy(err error) error {
	if v.incomplete && errors.Is(err, indicators.ErrNotFound) {
		return fmt.Errorf("the figures cannot be read now: %w", indicators.ErrBusy)
	}
	return err
}

// A selector is a list to choose from, folded up under what is shown.
type selector struct {
	Label   string
	Current string
	All     []choice
}

// A partTable is what is known by the categories of one dimension, the newest period first.
type partTable struct {
	ID, Dimension string
	Categories    []phrase
	Rows          []partRow
}

// A partRow is one period; its cells are in the order of the categories.
type partRow struct {
	Period figure
	Cells  []partCell
}

// A partCell is a value, or why there is none.
type partCell struct {
	Value  value
	Remark string
}

func (v *view) partCell(i *indicators.Indicator, f *indicators.Figure) partCell {
	if f == nil {
		return partCell{}
	}
	return partCell{v.bare(i, f.Value), v.remark(f)}
}

// partTables are the tables of dimensions that no chart shows.
func (v *view) partTables(i *indicators.Indicator, parts indicators.Parts) []partTable {
	var all []partTable
	for _, dimension := range parts.Dimensions() {
		if dimension == "sex" || dimension == "governorate" {
			continue
		}
		by := parts.By(dimension)
		t := partTable{ID: "by-" + dimension, Dimension: v.dimension(dimension)}
		codes := v.categories(dimension, by)
		for _, code := range codes {
			t.Categories = append(t.Categories, phrase{Text: v.category(dimension, code)})
		}
		for _, period := range parts.Periods(dimension) {
			row := partRow{Period: v.period(period)}
			for _, code := range codes {
				row.Cells = append(row.Cells, v.partCell(i, indicators.At(by[code], period)))
			}
			t.Rows = append(t.Rows, row)
		}
		all = append(all, t)
	}
	return all
}

// category is the name of a category.
func (v *view) category(dimension, code string) string {
	if key := "governorate." + code; dimension == "governorate" && v.p.Category(dimension, code) == nil && v.l.Has(key) {
		return v.l.T(key)
	}
	b, err := indicators.ParseBreakdown(dimension + "=" + code)
	if err != nil {
		return code
	}
	return v.breakdown(b)
}

// categories are the codes of a dimension that have figures, in the programme's order.
func (v *view) categories(dimension string, by map[string][]indicators.Figure) []string {
	var codes []string
	for code := range by {
		codes = append(codes, code)
	}
	place := func(code string) int {
		if c := v.p.Category(dimension, code); c != nil && c.Order != nil {
			return *c.Order
		}
		return len(v.p.Categories)
	}
	slices.SortFunc(codes, func(a, b string) int {
		if place(a) != place(b) {
			return place(a) - place(b)
		}
		return indicators.CompareCodes(a, b)
	})
	return codes
}

// A pairRow is women and men in one period.
type pairRow struct {
	Period     figure
	Women, Men partCell
	Gap        figure // women less men
}

// pairRows are the table beside chart K, the newest period first.
func (v *view) pairRows(i *indicators.Indicator, parts indicators.Parts) []pairRow {
	by := parts.By("sex")
	var rows []pairRow
	for _, period := range parts.Periods("sex") {
		women, men := indicators.At(by["F"], period), indicators.At(by["M"], period)
		row := pairRow{Period: v.period(period), Women: v.partCell(i, women), Men: v.partCell(i, men)}
		if row.Women.Value.Exact != "" && row.Men.Value.Exact != "" {
			gap := women.Value.Float() - men.Value.Float()
			row.Gap = figure(v.l.Signed(gap, decimals(i, gap)))
		}
		rows = append(rows, row)
	}
	return rows
}

// chosenPart is the part of the whole that an address asks for: one with figures.
func chosenPart(parts indicators.Parts, word string) (indicators.Breakdown, error) {
	b, err := indicators.ParseBreakdown(word)
	if err == nil && !b.IsTotal() && len(parts[b]) == 0 {
		err = notFound("breakdown", word)
	}
	return b, err
}

// partChoices are the parts whose trajectory can be shown; none where there is the total only.
func (v *view) partChoices(i *indicators.Indicator, parts indicators.Parts, chosen indicators.Breakdown, params url.Values) selector {
	c := selector{Label: v.l.T("parts.shown"), Current: v.partName(chosen)}
	if len(parts) == 0 {
		return c
	}
	add := func(b indicators.Breakdown) {
		c.All = append(c.All, choice{
			Href: v.hrefWith(escaped("indicators", i.Code), instead(params, "breakdown", b.Key())) + "#chart",
			Word: v.partName(b), Current: b == chosen,
		})
	}
	add(indicators.Breakdown{})
	for _, dimension := range parts.Dimensions() {
		for _, code := range v.categories(dimension, parts.By(dimension)) {
			if b, err := indicators.ParseBreakdown(dimension + "=" + code); err == nil {
				add(b)
			}
		}
	}
	return c
}

func (v *view) partName(b indicators.Breakdown) string {
	if b.IsTotal() {
		return v.l.T("parts.total")
	}
	return v.breakdown(b)
}

// instead is the parameters of an address with one of them other; empty: without it.
func instead(params url.Values, name, value string) url.Values {
	other := url.Values{}
	for key, values := range params {
		other[key] = values
	}
	other.Del(name)
	if value != "" {
		other.Set(name, value)
	}
	return other
}
