package web

import (
	"fmt"
	"net/url"
	"slices"

	"jalon/charts"
	"jalon/indicators"
)

// A places is an indicator by governorate in one period: a map, a ranking, and their table.
type places struct {
	Period    figure
	Periods   selector
	Map       chart
	Ranking   chart
	Rows      []placeRow
	Compared  phrase // what the governorates are compared with
	With      figure
	Additive  bool // the governorates are parts of the total
	Withheld  bool // some value is kept from the public
	Missing   int  // governorates of which nothing is known in the period
	Territory string
}

// A placeRow is a governorate.
type placeRow struct {
	link
	partCell
	Share figure // of the total, where the governorates add up to it
}

// A spread is an indicator by governorate in one period, in figures.
type spread struct {
	indicator *indicators.Indicator
	period    indicators.Period
	figures   map[string]*indicators.Figure // by governorate
	total     *indicators.Figure
}

// spread finds the figures of a period by governorate: of the one asked for, else of the
// newest that tells something of the country. It is nil where there is none.
func (v *view) spread(i *indicators.Indicator, parts indicators.Parts, asked string) (*spread, error) {
	period := parts.Telling("governorate")
	if asked != "" {
		var err error
		if period, err = indicators.ParsePeriod(asked); err != nil {
			return nil, fmt.Errorf("%w: period: %w", indicators.ErrInvalid, err)
		}
		if !slices.Contains(parts.Periods("governorate"), period) {
			return nil, notFound("period", asked)
		}
	}
	if period == 0 {
		return nil, nil //nolint:nilnil // there are no such figures: no fault
	}
	s := &spread{indicator: i, period: period, figures: map[string]*indicators.Figure{}, total: indicators.At(v.p.Figures(i.Code), period)}
	for code, figures := range parts.By("governorate") {
		if f := indicators.At(figures, period); f != nil {
			s.figures[code] = f
		}
	}
	return s, nil
}

// codes are the governorates with a figure or a reason for none, the greatest first.
func (s *spread) codes() []string {
	var codes []string
	for code := range s.figures {
		codes = append(codes, code)
	}
	slices.SortFunc(codes, func(a, b string) int {
		x, y := s.figures[a].Value, s.figures[b].Value
		switch {
		case x.IsSet() != y.IsSet():
			if x.IsSet() {
				return -1
			}
			return 1
		case x.Less(y):
			return 1
		case y.Less(x):
			return -1
		}
		return indicators.CompareCodes(a, b)
	})
	return codes
}

// territories are what the charts are drawn from.
func (v *view) territories(s *spread) []charts.Territory {
	var all []charts.Territory
	for _, code := range s.codes() {
		t := charts.Territory{Code: code, Title: v.category("governorate", code)}
		if f := s.figures[code]; f.Value.IsSet() {
			x := f.Value.Float()
			t.Value, t.Shown = &x, v.brief(s.indicator, f.Value)
		}
		all = append(all, t)
	}
	return all
}

// brief writes a value without a unit of words: there is little room on a map.
func (v *view) brief(i *indicators.Indicator, d indicators.Decimal) string {
	if v.unit(i).Text == "%" {
		return string(v.stored(i, d).Shown)
	}
	return string(v.bare(i, d).Shown)
}

// compared is what governorates are held against: the value of the country; where they are
// parts of it, their mean.
func (v *view) compared(s *spread) *charts.Territory {
	if !s.indicator.Additive.Has("governorate") {
		if s.total == nil || !s.total.Value.IsSet() {
			return nil
		}
		x := s.total.Value.Float()
		return &charts.Territory{Title: v.l.T("parts.national"), Value: &x, Shown: v.brief(s.indicator, s.total.Value)}
	}
	sum, count := 0.0, 0.0
	for _, f := range s.figures {
		if f.Value.IsSet() {
			sum += f.Value.Float()
			count++
		}
	}
	if count == 0 {
		return nil
	}
	mean := sum / count
	return &charts.Territory{Title: v.l.T("parts.mean"), Value: &mean, Shown: v.l.Number(mean, decimals(s.indicator, mean))}
}

// places are the part of an indicator's page about governorates; nil where there are no
// such figures.
func (v *view) places(s *spread, page string, parts indicators.Parts, params url.Values) *places {
	if s == nil {
		return nil
	}
	p := &places{
		Period: v.period(s.period), Map: v.picture("governorates", v.tilesPlate(s)), Ranking: v.picture("ranking", v.rankingPlate(s)),
		Additive: s.indicator.Additive.Has("governorate"), Territory: v.href("territory"),
	}
	if t := v.compared(s); t != nil {
		p.Compared, p.With = phrase{Text: t.Title}, figure(t.Shown)
	}
	for _, code := range s.codes() {
		f := s.figures[code]
		row := placeRow{link: link{v.href("territory", code), code, phrase{Text: v.category("governorate", code)}}, partCell: v.partCell(s.indicator, f)}
		if p.Additive && s.total != nil && f.Value.IsSet() && s.total.Value.Float() > 0 {
			row.Share = figure(v.l.Percent(f.Value.Float()/s.total.Value.Float(), 1))
		}
		p.Withheld = p.Withheld || f.Protected
		p.Rows = append(p.Rows, row)
	}
	for n := range v.p.Categories {
		if c := &v.p.Categories[n]; c.Dimension == "governorate" && s.figures[c.Code] == nil {
			p.Missing++
		}
	}
	p.Periods = selector{Label: v.l.T("parts.period"), Current: string(p.Period)}
	for _, period := range parts.Periods("governorate") {
		p.Periods.All = append(p.Periods.All, choice{
			Href: v.hrefWith(page, instead(params, "period", period.String())) + "#places",
			Word: string(v.period(period)), Current: period == s.period,
		})
	}
	return p
}
