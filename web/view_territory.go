package web

import (
	"cmp"
	"html/template"
	"net/http"
	"net/url"
	"slices"

	"jalon/indicators"
)

// A territoryPage shows one indicator by governorate, and where the actions are.
type territoryPage struct {
	Indicators selector
	Shown      link // the indicator
	Unit       phrase
	Invented   bool
	Places     *places
	Actions    chart
	Rows       []territoryRow
	National   int // actions of the whole country
	Everywhere string
}

// A territoryRow is a governorate with the number of its actions.
type territoryRow struct {
	link
	Actions int
	List    string // address of these actions
}

// A governoratePage is what is done and known in one governorate.
type governoratePage struct {
	link
	Actions  []actionRow
	List     string
	National int
	Values   []governorateValue
	Withheld bool
	Invented template.HTML
}

// A governorateValue is an indicator here and in the country, in the same period.
type governorateValue struct {
	link
	Illustrative bool
	Period       figure
	Here         value
	Remark       string
	Country      value
	Share        figure // of the country's, where the governorates add up to it
}

func showTerritory(v *view, r *http.Request) (sheet, error) {
	params := only(r.URL.Query(), []string{"indicator", "period"})
	page, err := v.territory(params)
	return sheet{template: "territory", path: "territory", params: params, title: v.l.T("territory.title"), charts: true, choices: true, main: page}, err
}

func (v *view) territory(params url.Values) (territoryPage, error) {
	page := territoryPage{
		Actions: v.picture("territory-actions", v.actionTilesPlate()), National: len(v.nationwide()),
		Everywhere: v.actionsHref(indicators.Selection{Scope: "national", Status: indicators.Standing}),
	}
	for _, c := range v.p.Crossings(indicators.OnGovernorates, "") {
		page.Rows = append(page.Rows, territoryRow{
			link{v.href("territory", c.Code), c.Code, phrase{Text: v.category("governorate", c.Code)}}, c.Count(),
			v.actionsHref(indicators.Selection{Governorate: c.Code, Status: indicators.Standing}),
		})
	}
	i, err := v.territoryIndicator(&page, params)
	if err != nil || i == nil {
		return page, err
	}
	page.Shown, page.Unit, page.Invented = v.linkIndicator(i), v.unit(i), v.p.IsIllustrative(i)
	var parts indicators.Parts
	if v.parts != nil {
		parts = v.parts(i)
	}
	s, err := v.spread(i, parts, params.Get("period"))
	if err != nil {
		return page, v.unlessBusy(err)
	}
	page.Places = v.places(s, "territory", parts, params)
	return page, nil
}

// nationwide are the actions of the whole country, which stand in no governorate.
func (v *view) nationwide() []*indicators.Action {
	return v.p.Select(indicators.Selection{Scope: "national", Status: indicators.Standing})
}

// territoryIndicator is the one that the address asks for, else the one known of most
// governorates; nil where there is none.
func (v *view) territoryIndicator(page *territoryPage, params url.Values) (*indicators.Indicator, error) {
	counts := map[string]int{}
	if v.byGovernorate != nil {
		counts = v.byGovernorate()
	}
	var all []*indicators.Indicator
	for n := range v.p.Indicators {
		if i := &v.p.Indicators[n]; counts[i.Code] > 0 && i.Breakdowns.Has("governorate") {
			all = append(all, i)
		}
	}
	slices.SortStableFunc(all, func(a, b *indicators.Indicator) int { return cmp.Compare(counts[b.Code], counts[a.Code]) })
	asked := params.Get("indicator")
	var shown *indicators.Indicator
	if asked == "" && len(all) > 0 {
		shown = all[0]
	}
	for _, i := range all {
		if i.Code == asked {
			shown = i
		}
	}
	if asked != "" && shown == nil {
		return nil, v.unlessBusy(notFound("indicator", asked))
	}
	page.Indicators.Label = v.l.T("territory.choose")
	for _, i := range all {
		page.Indicators.All = append(page.Indicators.All, choice{
			Href: v.hrefWith("territory", url.Values{"indicator": {i.Code}}), Word: v.phrase(i.Title).Text, Current: i == shown, Title: i.Code,
		})
	}
	if len(all) < 2 {
		page.Indicators.All = nil
	}
	return shown, nil
}

func showGovernorate(v *view, r *http.Request) (sheet, error) {
	page, err := v.governorate(r.PathValue("code"))
	return sheet{template: "governorate", path: escaped("territory", page.Code), title: page.Name.Text, main: page}, err
}

// above is the page of all governorates.
func (p governoratePage) above(v *view) []link {
	return []link{{Href: v.href("territory"), Name: phrase{Text: v.l.T("territory.title")}}}
}

func (v *view) governorate(code string) (governoratePage, error) {
	here := v.p.Select(indicators.Selection{Governorate: code, Status: indicators.Standing})
	if v.p.Category("governorate", code) == nil && len(here) == 0 && !v.l.Has("governorate."+code) {
		return governoratePage{}, notFound("governorate", code)
	}
	page := governoratePage{
		link:    link{v.href("territory", code), code, phrase{Text: v.category("governorate", code)}},
		Actions: v.actionRows(here), List: v.actionsHref(indicators.Selection{Governorate: code, Status: indicators.Standing}),
		National: len(v.nationwide()),
	}
	latest := map[string]indicators.Figure{}
	if v.latestIn != nil {
		latest = v.latestIn(code)
	}
	var shown []*indicators.Indicator
	for n := range v.p.Indicators {
		i := &v.p.Indicators[n]
		f, known := latest[i.Code]
		if !known || !i.Breakdowns.Has("governorate") {
			continue
		}
		shown = append(shown, i)
		row := governorateValue{link: v.linkIndicator(i), Illustrative: v.p.IsIllustrative(i), Period: v.period(f.Period), Here: v.stored(i, f.Value), Remark: v.remark(&f)}
		if total := indicators.At(v.p.Figures(i.Code), f.Period); total != nil {
			row.Country = v.stored(i, total.Value)
			if i.Additive.Has("governorate") && f.Value.IsSet() && total.Value.IsSet() && total.Value.Float() > 0 {
				row.Share = figure(v.l.Percent(f.Value.Float()/total.Value.Float(), 1))
			}
		}
		page.Withheld = page.Withheld || f.Protected
		page.Values = append(page.Values, row)
	}
	page.Invented = v.inventedAmong(shown, here)
	return page, nil
}
