package web

import (
	"fmt"
	"io/fs"

	"jalon/charts"
	"jalon/indicators"
)

// A styleguidePage shows the tokens and every component that pages are made of, as they
// are: from the same style sheet, by the same templates, with the programme's figures.
type styleguidePage struct {
	Schemes    []string // words
	Colours    []schemed
	Contrasts  []contrast
	Sizes      []step
	Spaces     []step
	Severities []severity
	Goals      []int
	Whole      tally
	Way        way
	Rows       []indicatorRow
	Results    []resultRow
	Bars       chart
	Past       *band
	Mixed      []phrase
}

// A contrast is what two tokens reach in each scheme.
type contrast struct {
	Front, Back string
	Least       figure
	Reached     []figure
}

// A step is one token of a scale.
type step struct{ Name, Value string }

func (v *view) styleguide() (styleguidePage, error) {
	own, err := fs.Sub(ownFiles, "static")
	if err != nil {
		return styleguidePage{}, fmt.Errorf("opening the static files: %w", err)
	}
	schemes, err := readSchemes(own)
	if err != nil {
		return styleguidePage{}, fmt.Errorf("reading the tokens: %w", err)
	}
	page := styleguidePage{Colours: colourTokens(schemes), Sizes: scale(schemes[0], "type"), Spaces: scale(schemes[0], "space")}
	for _, s := range schemes {
		page.Schemes = append(page.Schemes, v.l.T("guide.scheme."+s.Name))
	}
	for _, p := range pairings() {
		c := contrast{Front: p.Front, Back: p.Back, Least: figure(v.l.Number(p.Least, 1))}
		for _, s := range schemes {
			c.Reached = append(c.Reached, figure(v.l.Number(charts.Contrast(s.tokens[p.Front], s.tokens[p.Back]), 1)))
		}
		page.Contrasts = append(page.Contrasts, c)
	}
	v.fillStyleguide(&page)
	return page, nil
}

// fillStyleguide takes the figures of the components from the programme, so that the page
// shows what they look like with real titles.
func (v *view) fillStyleguide(page *styleguidePage) {
	for _, s := range indicators.Severities() {
		page.Severities = append(page.Severities, v.severity(s))
	}
	for goal := 1; goal <= 17; goal++ {
		page.Goals = append(page.Goals, goal)
	}
	themes := v.themes(nil)
	page.Whole = v.tally(v.p.RollUp(v.p.ForIndicators(v.allIndicators())))
	page.Bars = v.picture("guide", v.statusPlate(themes))
	for n := range v.p.Indicators {
		if a := v.p.Principal(v.p.Indicators[n].Code); a != nil && len(page.Rows) < 6 {
			row := v.row(a)
			page.Rows = append(page.Rows, row)
			if page.Way.Done == "" {
				page.Way = row.Way
			}
		}
	}
	for _, f := range v.frameworksByUse() {
		if rows := v.tree(f.Code, 0); len(page.Results) == 0 && len(rows) > 0 {
			page.Results = rows[:min(len(rows), 5)]
		}
	}
	now := v.date(v.p.Day)
	page.Past = &band{Words: sentence(v.l, "past.words", now, now, v.p.Newest().Number), Now: v.href("styleguide")}
	page.Mixed = []phrase{
		{"Coût moyen de l’envoi de fonds vers la Tunisie (ODD 10.c.1), part du montant envoyé, corridor France–Tunisie", "fr"},
		{"متوسط كلفة تحويل الأموال إلى تونس (غاية 10.c)، بالنسبة المئوية من المبلغ المحوّل", "ar"},
		{"Average cost of sending USD 200 to Tunisia (SDG 10.c.1), −7.4 % a year", "en"},
	}
}

// scale lists the steps of a scale of the tokens.
func scale(s scheme, name string) []step {
	var all []step
	for n := 1; ; n++ {
		token := fmt.Sprint(name, "-", n)
		value, found := s.tokens[token]
		if !found {
			return all
		}
		all = append(all, step{token, value})
	}
}
