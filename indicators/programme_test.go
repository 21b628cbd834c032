package indicators

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// programme is a small one in which everything is in order: one group with an
// action, two frameworks, two indicators with targets.
func programme() *Definitions {
	fr := func(text string) Text { return Text{FR: Optional(text)} }
	year := 2015
	return &Definitions{
		Settings:      []Setting{{"time_zone", "Africa/Tunis"}, {"title_fr", "Programme"}},
		Categories:    []Category{{"milieu", "R", fr("rural"), nil}, {"milieu", "U", fr("urbain"), nil}},
		Organisations: []Organisation{{"DON", fr("Bailleur"), "donor", ""}, {"MIN", fr("Ministère"), "ministry", ""}},
		Groups:        []Group{{"1", fr("Protection"), "MIN", nil}, {"2", fr("Investissement"), "", nil}},
		Frameworks: []Framework{
			{Code: "plan2016", Kind: "plan", Title: fr("Plan"), Start: 2016, End: 2020, Baseline: &year},
			{Code: "sdg2030", Kind: "sdg", Title: fr("ODD"), Start: 2016, End: 2030, Baseline: &year},
		},
		Results: []Result{
			{Framework: "plan2016", Code: "3", Title: fr("Axe 3")},
			{Framework: "plan2016", Code: "3.2", Parent: "3", Title: fr("Emploi")},
			{Framework: "sdg2030", Code: "10", Title: fr("Inégalités")},
			{Framework: "sdg2030", Code: "10.c", Parent: "10", Title: fr("Transferts")},
		},
		Actions:    []Action{{Code: "A1", Group: "1", Title: fr("Action"), Lead: "MIN", Status: "ongoing", Governorates: Codes{"TN-11"}}},
		Milestones: []Milestone{{Action: "A1", Code: "M1", Title: fr("Jalon"), Due: day("2026-06-30")}},
		Funding:    []Funding{{Action: "A1", Donor: "DON", Kind: "commitment", Amount: decimal("1000000.50"), Currency: "TND", Date: day("2025-01-01")}},
		Indicators: []Indicator{
			{
				Code: "REM-COST", Title: fr("Coût des envois"), Groups: Codes{"2"}, Unit: "PERCENT", Kind: "percent", Direction: Decrease,
				Accumulation: Level, Frequency: Yearly, Results: Links{{Framework: "sdg2030", Result: "10.c"}},
			},
			{
				Code: "UNEMP", Title: fr("Chômage"), Actions: Codes{"A1"}, Unit: "PERCENT", Kind: "percent", Direction: Decrease,
				Accumulation: Level, Frequency: Yearly, Breakdowns: Codes{"milieu", "sex"}, Results: Links{{Framework: "plan2016", Result: "3.2"}},
			},
		},
		Targets: sortedTargets(
			Target{Indicator: "REM-COST", Kind: TargetKind, Period: period("2030"), Value: decimal("3"), Framework: "sdg2030"},
			Target{Indicator: "UNEMP", Kind: BaselineKind, Period: period("2015"), Value: decimal("15.2"), Framework: "plan2016"},
			Target{Indicator: "UNEMP", Kind: TargetKind, Period: period("2020"), Value: decimal("12"), Framework: "plan2016"},
		),
	}
}

func sortedTargets(rows ...Target) []Target {
	slices.SortFunc(rows, func(a, b Target) int { return strings.Compare(a.EntryKey(), b.EntryKey()) })
	return rows
}

// figures makes a series of "period value" words; a value of O is missing and one of Q
// withheld, one that ends with ~ is partial, one that ends with B the first after a
// break. Each is made known by the changeset of its place.
func figures(words ...string) []Figure {
	var all []Figure
	for n, word := range words {
		when, value, _ := strings.Cut(word, " ")
		f := Figure{Period: period(when), Status: "A", Since: n + 1, Partial: strings.HasSuffix(value, "~")}
		switch value = strings.TrimSuffix(value, "~"); {
		case WithoutValue(value):
			f.Status = value
		case strings.HasSuffix(value, "B"):
			f.Status, f.Value = "B", decimal(strings.TrimSuffix(value, "B"))
		default:
			f.Value = decimal(value)
		}
		all = append(all, f)
	}
	slices.SortFunc(all, func(a, b Figure) int { return int(a.Period) - int(b.Period) })
	return all
}

// totals makes the series of totals, by indicator.
func totals(series map[string][]Figure) map[SeriesKey][]Figure {
	all := map[SeriesKey][]Figure{}
	for code, figures := range series {
		all[SeriesKey{Indicator: code}] = figures
	}
	return all
}

// changesets makes as many as there are days, each at noon.
func changesets(days ...string) []Changeset {
	all := make([]Changeset, len(days))
	for n, text := range days {
		all[n] = Changeset{Number: n + 1, At: day(text).Time().Add(12 * time.Hour)}
	}
	return all
}

// ordinary is an indicator X, a yearly level to increase where it says nothing else.
func ordinary(i Indicator) Indicator {
	i.Code = "X"
	i.Frequency = cmp.Or(i.Frequency, Yearly)
	i.Accumulation = cmp.Or(i.Accumulation, Level)
	i.Direction = cmp.Or(i.Direction, Increase)
	return i
}
