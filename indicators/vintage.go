package indicators

import (
	"slices"

	"jalon/indicators/progress"
)

// A Version is a figure as it was known from one changeset, its Since, to another.
type Version struct {
	Figure
	Until int `db:"until" json:"until"` // changeset from which on it was known no more; 0: it still is
}

// knownAt appends the figures that were known at a changeset, by period, of versions
// sorted by period.
func knownAt(versions []Version, changeset int, to []Figure) []Figure {
	for n := range versions {
		if v := &versions[n]; v.Since <= changeset && (v.Until == 0 || v.Until > changeset) {
			to = append(to, v.Figure)
		}
	}
	return to
}

// changedBy lists the changesets, up to one, that changed a series.
func changedBy(versions []Version, upTo int) []int {
	all := make([]int, 0, 2*len(versions))
	for n := range versions {
		all = append(all, versions[n].Since, versions[n].Until)
	}
	slices.Sort(all)
	return slices.DeleteFunc(slices.Compact(all), func(number int) bool { return number == 0 || number > upTo })
}

// vintages are what a report after each changeset of the series would have extended,
// by the target, the definition and the rules of the assessment, and what came of it.
// A changeset that leaves those values as they were makes none.
func (a *Assessment) vintages(versions []Version, target *Target, o progress.ProjectionOptions) []progress.Vintage {
	i, ds := a.goal.indicator, a.lazy.ds
	j := newJudge(ds, a.AsOf)
	later, came := j.whole(a.goal, target), map[season]progress.Past{}
	j.book.breaks = true
	today := j.month
	var all []progress.Vintage
	var figures []Figure
	for _, number := range changedBy(versions, a.AsOf.Changeset) {
		j.month = min(today, DateOf(ds.KnownAt(number).In(ds.zone)).monthsOver())
		figures = knownAt(versions, number, figures[:0])
		s := j.knownOf(figures, i, target)
		past := j.past(&s, o.MinPoints)
		if last := len(all) - 1; last >= 0 && slices.Equal(all[last].Points, past.Points) {
			continue
		}
		if _, found := came[past.of]; !found {
			came[past.of] = j.came(&later, past.of)
		}
		all = append(all, progress.Vintage{Known: j.month, Past: past.Past, Came: came[past.of]})
	}
	return all
}

// whole is the figures known by now, those before a break in the series too.
func (j *judge) whole(g *goal, target *Target) series {
	before := *j
	before.book.breaks = false
	return before.known(g, target)
}

// came is the values of a whole series of one season, with all its breaks: what was
// projected within one definition is held against values of the same.
func (j *judge) came(s *series, of season) progress.Past {
	all := progress.Past{Points: j.points(s, of)}
	for n := range s.figures {
		if f := &s.figures[n]; s.breaksAt(f) {
			all.Breaks = append(all.Breaks, f.Period.EndMonth())
		}
	}
	return all
}
