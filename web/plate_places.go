package web

import (
	"fmt"
	"net/http"
	"net/url"
	"strconv"

	"jalon/charts"
	"jalon/indicators"
)

// partsFor finds the indicator that an address names, and the figures of its parts.
func (v *view) partsFor(code string) (*indicators.Indicator, indicators.Parts, error) {
	i := v.p.Indicator(code)
	if i == nil {
		return nil, nil, notFound("indicator", code)
	}
	if v.parts == nil {
		return i, nil, nil
	}
	parts := v.parts(i)
	if v.incomplete {
		return i, nil, fmt.Errorf("the parts of %s cannot be read now: %w", code, indicators.ErrBusy)
	}
	return i, parts, nil
}

func (v *view) spreadFor(r *http.Request) (*indicators.Indicator, *spread, error) {
	i, parts, err := v.partsFor(r.PathValue("code"))
	if err != nil {
		return nil, nil, err
	}
	s, err := v.spread(i, parts, r.URL.Query().Get("period"))
	return i, s, err
}

func findTiles(v *view, r *http.Request) (plate, error) {
	i, s, err := v.spreadFor(r)
	if err != nil || s == nil {
		return plate{address: escaped("indicators", r.PathValue("code"), "governorates"), unit: v.unitOf(i)}, err
	}
	return v.tilesPlate(s), nil
}

func findRanking(v *view, r *http.Request) (plate, error) {
	i, s, err := v.spreadFor(r)
	if err != nil || s == nil {
		return plate{address: escaped("indicators", r.PathValue("code"), "ranking"), unit: v.unitOf(i)}, err
	}
	return v.rankingPlate(s), nil
}

func (v *view) unitOf(i *indicators.Indicator) phrase {
	if i == nil {
		return phrase{}
	}
	return v.unit(i)
}

// placesPlate is what the two charts J have in common.
func (v *view) placesPlate(s *spread, name string) plate {
	i := s.indicator
	var all []indicators.Figure
	for _, code := range s.codes() {
		all = append(all, *s.figures[code])
	}
	return plate{
		address: escaped("indicators", i.Code, name), page: escaped("indicators", i.Code), params: url.Values{"period": {s.period.String()}},
		unit: v.unit(i), sources: v.sourcesOf(all), invented: v.inventing([]*indicators.Indicator{i}, nil),
		table: func() figures {
			t := figures{heading: v.words("figures.", "code", "title", "period", "value", "obs_status", "source")}
			for n, code := range s.codes() {
				f := &all[n]
				t.rows = append(t.rows, []string{code, v.category("governorate", code), f.Period.String(), f.Value.String(), f.Status, string(f.Source)})
			}
			return t
		},
	}
}

// tilesPlate is the map of chart J: an indicator by governorate.
func (v *view) tilesPlate(s *spread) plate {
	p := v.placesPlate(s, "governorates")
	title := v.l.T("parts.map", v.phrase(s.indicator.Title).Text, v.l.Isolate(string(v.period(s.period))))
	p.build = func(f charts.Format) (charts.Chart, error) { return v.territoryMap(v.territories(s), title, f) }
	return p
}

// territoryMap draws the governorates: by their borders where these are known.
func (v *view) territoryMap(all []charts.Territory, title string, f charts.Format) (charts.Chart, error) {
	if v.shapes != nil {
		if borders := v.shapes(); borders != nil {
			return charts.GeoMap(v.l, borders, all, title, f)
		}
	}
	return charts.TileMap(v.l, all, title, f)
}

// rankingPlate is the ranking of chart J, with what the governorates are compared with.
func (v *view) rankingPlate(s *spread) plate {
	p := v.placesPlate(s, "ranking")
	p.subject = phrase{Text: v.l.T("chart.subject", v.phrase(s.indicator.Title).isolated(v.l), v.l.Isolate(string(v.period(s.period))))}
	p.build = func(f charts.Format) (charts.Chart, error) {
		return charts.Ranked(v.l, v.territories(s), v.compared(s), f)
	}
	return p
}

func findPairs(v *view, r *http.Request) (plate, error) {
	i, parts, err := v.partsFor(r.PathValue("code"))
	if err != nil {
		return plate{}, err
	}
	return v.pairsPlate(i, parts), nil
}

// pairsPlate is chart K: women and men.
func (v *view) pairsPlate(i *indicators.Indicator, parts indicators.Parts) plate {
	p := plate{address: escaped("indicators", i.Code, "sex"), page: escaped("indicators", i.Code), subject: v.phrase(i.Title), unit: v.unit(i)}
	by, periods := parts.By("sex"), parts.Periods("sex")
	if len(periods) == 0 {
		return p
	}
	known := func(figures []indicators.Figure, period indicators.Period) *float64 {
		f := indicators.At(figures, period)
		if f == nil || !f.Value.IsSet() {
			return nil
		}
		x := f.Value.Float()
		return &x
	}
	var pairs []charts.Pair
	for _, period := range periods {
		pairs = append(pairs, charts.Pair{Period: period, Women: known(by["F"], period), Men: known(by["M"], period)})
	}
	p.invented = v.inventing([]*indicators.Indicator{i}, nil)
	p.sources = v.sourcesOf(append(append([]indicators.Figure{}, by["F"]...), by["M"]...))
	show := func(x float64) string { return v.l.Number(x, decimals(i, x)) }
	p.build = func(f charts.Format) (charts.Chart, error) { return charts.Pairs(v.l, pairs, v.unit(i).Text, show, f) }
	p.table = func() figures {
		t := figures{heading: v.words("figures.", "sex", "period", "value", "obs_status", "source")}
		for _, sex := range []string{"F", "M"} {
			for _, f := range by[sex] {
				t.rows = append(t.rows, []string{sex, f.Period.String(), f.Value.String(), f.Status, string(f.Source)})
			}
		}
		return t
	}
	return p
}

// actionTilesPlate is the number of actions in each governorate.
func (v *view) actionTilesPlate() plate {
	p := plate{address: "territory/actions", page: "territory"}
	crossings := v.p.Crossings(indicators.OnGovernorates, "")
	if len(crossings) == 0 {
		return p
	}
	p.unit, p.sources, p.invented = phrase{Text: v.l.T("chart.unit.actions")}, v.ours("chart.sources.actions"), v.inventing(nil, v.allActions())
	p.build = func(f charts.Format) (charts.Chart, error) {
		var all []charts.Territory
		for _, c := range crossings {
			x := float64(c.Count())
			all = append(all, charts.Territory{Code: c.Code, Title: v.category("governorate", c.Code), Value: &x, Shown: v.l.Integer(c.Count())})
		}
		return v.territoryMap(all, v.l.T("territory.actions"), f)
	}
	p.table = func() figures {
		t := figures{heading: v.words("figures.", "code", "title", "actions")}
		for _, c := range crossings {
			t.rows = append(t.rows, []string{c.Code, v.category("governorate", c.Code), strconv.Itoa(c.Count())})
		}
		return t
	}
	return p
}
