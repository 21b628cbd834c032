package web

import (
	"html/template"
	"slices"

	"jalon/indicators"
)

// An indicatorRow is one line of a table of indicators.
type indicatorRow struct {
	link
	Key          bool
	Illustrative bool
	Stale        bool
	Differ       bool // the methods disagree
	Value        figure
	Period       figure
	Target       figure
	Horizon      figure
	Status       status
	Way          way
	Why          template.HTML
}

// row shows an indicator by one of its assessments.
func (v *view) row(a *indicators.Assessment) indicatorRow {
	i, agree := v.p.Indicator(a.Indicator), a.Agree()
	return indicatorRow{
		Differ: agree != nil && !*agree,
		link:   v.linkIndicator(i), Key: i.Key, Illustrative: v.p.IsIllustrative(i), Stale: a.Stale && a.Latest.Value.Valid,
		Value: v.optional(i, a.Latest.Value), Period: v.period(a.Latest.Period),
		Target: v.target(i, &a.Target), Horizon: v.period(a.Target.Period),
		Status: v.status(a.Status), Way: v.way(a), Why: v.reason(i, a),
	}
}

// rows shows indicators by the given assessments, totals only, in the order of
// their codes.
func (v *view) rows(assessments []*indicators.Assessment) []indicatorRow {
	var rows []indicatorRow
	for _, a := range assessments {
		if a.Breakdown.IsTotal() {
			rows = append(rows, v.row(a))
		}
	}
	slices.SortStableFunc(rows, func(a, b indicatorRow) int { return indicators.CompareCodes(a.Code, b.Code) })
	return rows
}

// byCode sorts assessments by the codes of their indicators.
func byCode(all []*indicators.Assessment) []*indicators.Assessment {
	slices.SortStableFunc(all, func(a, b *indicators.Assessment) int { return indicators.CompareCodes(a.Indicator, b.Indicator) })
	return all
}

// inventedAmong says in words how many of a page's indicators and actions are
// illustrative; nothing where all are real.
func (v *view) inventedAmong(list []*indicators.Indicator, actions []*indicators.Action) template.HTML {
	figures, deeds := 0, 0
	for _, i := range list {
		if v.p.IsIllustrative(i) {
			figures++
		}
	}
	for _, a := range actions {
		if a.Illustrative {
			deeds++
		}
	}
	switch {
	case figures == 0 && deeds == 0:
		return ""
	case deeds == 0:
		return plural(v.l, "invented.indicators", figures, len(list))
	case figures == 0:
		return plural(v.l, "invented.actions", deeds, len(actions))
	}
	return sentence(v.l, "invented.both", plural(v.l, "invented.n_actions", deeds), plural(v.l, "invented.n_indicators", figures))
}
