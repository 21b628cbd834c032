package web

import (
	"net/http"
	"net/url"
	"strconv"
	"sync"

	"jalon/charts"
	"jalon/indicators"
	"jalon/indicators/progress"
)

// findStatus is chart A of all themes, which are counted when it is drawn.
func findStatus(v *view, _ *http.Request) (plate, error) {
	if len(v.groups()) == 0 {
		return plate{}, nil
	}
	return v.barsPlate(sync.OnceValue(func() []theme { return v.themes(nil) })), nil
}

// statusPlate is chart A: the indicators of each theme by status.
func (v *view) statusPlate(themes []theme) plate {
	if len(themes) == 0 {
		return plate{}
	}
	return v.barsPlate(func() []theme { return themes })
}

func (v *view) barsPlate(themes func() []theme) plate {
	all := v.allIndicators()
	in := sync.OnceValue(func() charts.InThemes { return v.inThemes(themes()) })
	return plate{
		address: "overview/status", page: "",
		unit: phrase{Text: v.l.T("chart.unit.indicators")}, sources: v.sourcesAmong(v.p.ForIndicators(all)), invented: v.inventing(all, nil),
		build: func(f charts.Format) (charts.Chart, error) {
			bars := make([]charts.Bar, len(themes()))
			for n, t := range themes() {
				bars[n] = charts.Bar{Title: t.Name.Text, Counts: t.Counts}
			}
			return charts.StatusBars(v.l, bars, in(), f)
		},
		table: func() figures {
			t := figures{heading: v.words("figures.", "code", "title")}
			for _, s := range progress.Statuses() {
				t.heading = append(t.heading, v.l.T("status."+string(s)))
			}
			for _, theme := range themes() {
				row := []string{theme.Code, theme.Name.Text}
				for _, count := range theme.Counts {
					row = append(row, strconv.Itoa(count))
				}
				t.rows = append(t.rows, row)
			}
			return t
		},
	}
}

// inThemes counts the indicators of some themes once each, those in several, and those in none.
func (v *view) inThemes(themes []theme) (in charts.InThemes) {
	member := map[string]int{}
	for _, t := range themes {
		for _, i := range v.p.GroupIndicators(t.Code) {
			member[i.Code]++
		}
	}
	var list []*indicators.Indicator
	for _, i := range v.allIndicators() {
		switch n := member[i.Code]; {
		case n == 0:
			in.Outside++
			continue
		case n > 1:
			in.Several++
		}
		list = append(list, i)
	}
	in.Counts = v.p.RollUp(v.p.ForIndicators(list)).Counts
	return in
}

func findTrajectory(v *view, r *http.Request) (plate, error) {
	code := r.PathValue("code")
	i, a := v.p.Indicator(code), v.p.Principal(code)
	if i == nil || a == nil {
		return plate{}, notFound("indicator", code)
	}
	word := r.URL.Query().Get("breakdown")
	if word == "" {
		return v.trajectoryPlate(i, a, v.p.Figures(code)), nil
	}
	_, parts, err := v.partsFor(code)
	if err != nil {
		return plate{}, err
	}
	chosen, err := chosenPart(parts, word)
	if err != nil {
		return plate{}, err
	}
	return v.trajectoryPlate(i, v.p.Part(i, chosen, parts[chosen]), parts[chosen]), nil
}

// trajectoryPlate is chart D: an indicator, or a part of it, on its way to a target.
func (v *view) trajectoryPlate(i *indicators.Indicator, a *indicators.Assessment, known []indicators.Figure) plate {
	p := plate{address: escaped("indicators", i.Code, "trajectory"), page: escaped("indicators", i.Code)}
	if len(known) == 0 && !a.Target.IsSet() {
		return p
	}
	course := charts.Course{Indicator: i, Assessment: a, Figures: known}
	p.build = func(f charts.Format) (charts.Chart, error) { return charts.Trajectory(v.l, course, f) }
	if !a.Breakdown.IsTotal() {
		p.params = url.Values{"breakdown": {a.Breakdown.Key()}}
		p.build = func(f charts.Format) (charts.Chart, error) {
			c, err := charts.Trajectory(v.l, course, f)
			part := v.breakdown(a.Breakdown)
			c.Title, c.Description = v.l.T("parts.of", c.Title, part), v.l.T("parts.about", part, c.Description)
			return c, err
		}
	}
	p.unit, p.sources, p.invented = v.unit(i), v.sourcesOf(known), v.inventing([]*indicators.Indicator{i}, nil)
	p.table = func() figures { return v.trajectoryFigures(&course) }
	return p
}

// trajectoryFigures are everything that a trajectory is drawn from, a line for each point:
// what was observed, what the path asks for then, targets, the projection with its range.
func (v *view) trajectoryFigures(c *charts.Course) figures {
	t := figures{heading: v.words("figures.", "series", "period", "value", "low", "high", "obs_status", "source")}
	add := func(series string, p indicators.Period, cells ...string) {
		row := append([]string{v.l.T("figures.series." + series), p.String()}, cells...)
		t.rows = append(t.rows, append(row, make([]string, len(t.heading)-len(row))...))
	}
	a, way := c.Assessment, c.Assessment.Course()
	for _, f := range c.Figures {
		add("observed", f.Period, f.Value.String(), "", "", f.Status, string(f.Source))
		if expected := way.Path.At(f.Period.EndMonth()); way.HasPath && !way.Summed && expected.Valid {
			add("path", f.Period, raw(expected))
		}
	}
	if b := a.Baseline; b.Value.Valid {
		add("baseline", b.Period, raw(b.Value))
	}
	for _, m := range way.Milestones {
		add("milestone", m.Period, m.Value.String(), m.Low.String(), m.High.String(), "", string(m.Source))
	}
	if a.Target.IsSet() {
		add("target", a.Target.Period, a.Target.Value.String(), a.Target.Low.String(), a.Target.High.String(), "", string(a.Target.Source))
	}
	if p := a.Projection(); p != nil && p.Value.Valid {
		add("projection", a.Target.Period, raw(p.Value), raw(p.Low80), raw(p.High80))
	}
	return t
}

// raw writes a computed number with all its digits; nothing for none.
func raw(n progress.Number) string {
	if !n.Valid {
		return ""
	}
	return strconv.FormatFloat(n.Value, 'f', -1, 64)
}

func findMatrix(v *view, r *http.Request) (plate, error) {
	code := r.PathValue("code")
	f := v.p.Framework(code)
	if f == nil {
		return plate{}, notFound("framework", code)
	}
	return v.matrixPlate(f), nil
}

// measured is the unit of what roll-ups are the mean of.
func (v *view) measured(m indicators.Measure) phrase {
	if m == indicators.MeanScore {
		return phrase{Text: v.l.T("chart.unit.mean_score")}
	}
	return phrase{Text: v.l.T("chart.unit.mean_way")}
}

// matrixPlate is chart L: the goals of the SDGs, the axes of a plan.
func (v *view) matrixPlate(f *indicators.Framework) plate {
	results := v.p.Children(f.Code)
	p := plate{address: escaped("frameworks", f.Code, "matrix"), page: escaped("frameworks", f.Code)}
	if len(results) == 0 {
		return p
	}
	tiles := make([]charts.Tile, len(results))
	for n, r := range results {
		colour := charts.GoalColour("")
		if f.Kind == "sdg" {
			colour = charts.GoalColour(r.Code)
		}
		tiles[n] = charts.Tile{Code: r.Code, Title: v.phrase(r.Title).Text, Colour: colour, Rollup: v.p.RollUpResult(r.Ref()), Trend: v.p.TrendOf(r.Ref())}
	}
	all := v.p.ForFramework(f.Code)
	p.unit, p.sources, p.invented = v.measured(tiles[0].Rollup.Measure), v.sourcesAmong(all), v.inventing(v.indicatorsOf(all), nil)
	p.build = func(format charts.Format) (charts.Chart, error) {
		return charts.GoalMatrix(v.l, v.phrase(f.Title).Text, tiles, format)
	}
	p.table = func() figures {
		t := figures{heading: v.words("figures.", "code", "title", "indicators", "assessed", "score", "measure", "trend")}
		for _, tile := range tiles {
			r := tile.Rollup
			t.rows = append(t.rows, []string{tile.Code, tile.Title, strconv.Itoa(r.Total), strconv.Itoa(r.Assessed), raw(r.Score), string(r.Measure), string(tile.Trend)})
		}
		return t
	}
	return p
}
