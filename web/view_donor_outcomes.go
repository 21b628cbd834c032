package web

import (
	"slices"

	"jalon/charts"
	"jalon/indicators"
)

// outcomesShown is how many trajectories stand in one picture: eight rows of a page.
const outcomesShown = 24

// outcomesPlate is chart H: the outcomes that a donor pays for, on their way. Outputs come
// after them, as far as there is room.
func (v *view) outcomesPlate(donor string, all []indicators.Financed) plate {
	p := plate{address: escaped("donors", donor, "outcomes"), page: escaped("donors", donor)}
	list := indicatorsOfAll(all)
	slices.SortStableFunc(list, func(a, b *indicators.Indicator) int { return outcomeRank(a) - outcomeRank(b) })
	var courses []charts.Course
	var titles []string
	var known []indicators.Figure
	assessed := v.p.ForIndicators(list)
	for _, a := range assessed {
		i := v.p.Indicator(a.Indicator)
		if len(courses) < outcomesShown && len(v.p.Figures(i.Code)) > 0 {
			courses = append(courses, charts.Course{Indicator: i, Assessment: a, Figures: v.p.Figures(i.Code)})
			titles, known = append(titles, v.phrase(i.Title).Text), append(known, v.p.Figures(i.Code)...)
		}
	}
	if len(courses) == 0 {
		return p
	}
	p.subject, p.unit, p.sources = v.organisation(donor), phrase{Text: v.l.T("chart.unit.own")}, v.few(v.sourcesOf(known))
	p.invented = v.inventing(list, nil)
	p.build = func(f charts.Format) (charts.Chart, error) {
		return charts.Multiples(v.l, courses, titles, len(assessed), f)
	}
	p.table = func() figures {
		t := figures{}
		for _, c := range courses {
			one := v.trajectoryFigures(&c)
			t.heading = append(v.words("figures.", "code"), one.heading...)
			for _, row := range one.rows {
				t.rows = append(t.rows, append([]string{c.Indicator.Code}, row...))
			}
		}
		return t
	}
	return p
}

func outcomeRank(i *indicators.Indicator) int {
	switch i.ResultType {
	case "impact":
		return 0
	case "outcome":
		return 1
	}
	return 2
}
