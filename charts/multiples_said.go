package charts

import (
	"fmt"
	"strings"

	"jalon/indicators/progress"
)

// history is how many months before the baseline, or before the day where there is no
// baseline, a multiple begins at the earliest: one old series would squeeze all the others,
// which share its axis of time.
const history, historyAlone = 10 * 12, 20 * 12

// forget leaves out what is too old for a multiple, and counts its values. The latest stays,
// however old: it is what the multiple says in words.
func (m *multiple) forget() (values int) {
	from := m.asOf - historyAlone
	if m.baseline != nil {
		from = m.baseline.month - history
	}
	if last := m.latest(); last != nil {
		from = min(from, last.month)
	}
	for len(m.observed) > 0 && m.observed[0].month < from {
		if !m.observed[0].absent {
			values++
		}
		m.observed = m.observed[1:]
	}
	return values
}

// describe counts the statuses, and what is left out.
func (g *gallery) describe() string {
	var parts []string
	for _, s := range progress.Statuses() {
		count := 0
		for n := range g.all {
			if g.all[n].course.Assessment.Status == s {
				count++
			}
		}
		if count > 0 {
			parts = append(parts, g.l.T("chart.list_item", g.l.T("status."+string(s)), g.l.Integer(count)))
		}
	}
	if parts == nil {
		return g.l.T("chart.status_bars.empty")
	}
	counts := strings.Join(parts, g.l.T("chart.list_comma"))
	text := g.l.T("chart.multiples.in_all", g.l.N("chart.indicators", len(g.all)), counts)
	if g.of > len(g.all) {
		text = g.l.N("chart.multiples.some", len(g.all), g.l.Integer(g.of), counts)
	}
	if g.older > 0 {
		text += " " + g.l.T("chart.multiples.older", g.l.Integer(g.older))
	}
	return fmt.Sprintf("%s – %s", g.l.T("chart.multiples.title"), text)
}
