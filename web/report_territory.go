package web

import (
	"slices"

	"jalon/indicators"
	"jalon/indicators/progress"
)

// A territoryReport tells of parts: women and men, other parts with a target, governorates.
type territoryReport struct {
	Gaps     []gapRow
	Parts    []aimedPart
	Places   []placeReport
	Rankings []drawn // chart J
}

// A gapRow is a value of women and of men in the newest period that has both.
type gapRow struct {
	link
	Period          figure
	Women, Men, Gap figure
}

// An aimedPart is a part of the whole that has a target of its own.
type aimedPart struct {
	indicatorRow
	Part string
}

// A placeReport is a governorate: its actions, and where their indicators stand.
type placeReport struct {
	tally
	Name    phrase
	Actions int
	Blocked int
}

func (c *composer) territory() territoryReport {
	page := territoryReport{Gaps: c.gaps(), Rankings: c.rankings()}
	for _, i := range c.allIndicators() {
		for _, a := range c.p.Of(i.Code) {
			if !a.Breakdown.IsTotal() {
				page.Parts = append(page.Parts, aimedPart{c.row(a), c.breakdown(a.Breakdown)})
			}
		}
	}
	for _, crossing := range c.p.Crossings(indicators.OnGovernorates, "") {
		actions := c.p.Select(indicators.Selection{Governorate: crossing.Code, Status: indicators.Standing})
		row := placeReport{Name: c.governorates(indicators.Codes{crossing.Code})[0], Actions: len(actions)}
		var list []*indicators.Indicator
		for _, a := range actions {
			if !a.Obstacle.Empty() {
				row.Blocked++
			}
			for _, i := range c.p.ActionIndicators(a.Code) {
				if !slices.Contains(list, i) {
					list = append(list, i)
				}
			}
		}
		row.tally = c.tally(c.p.RollUp(c.p.ForIndicators(list)))
		page.Places = append(page.Places, row)
	}
	slices.SortStableFunc(page.Places, func(a, b placeReport) int { return b.Poor - a.Poor })
	return page
}

// How many indicators the report reads the parts of, which memory does not hold: by sex, and
// by governorate.
const gapsRead, rankingsRead = 12, 3

// gaps compares women and men, for key indicators first.
func (c *composer) gaps() (rows []gapRow) {
	if c.parts == nil {
		return nil
	}
	list := slices.DeleteFunc(c.allIndicators(), func(i *indicators.Indicator) bool { return !i.Breakdowns.Has("sex") })
	slices.SortStableFunc(list, func(a, b *indicators.Indicator) int { return keyRank(a) - keyRank(b) })
	for _, i := range list[:min(len(list), gapsRead)] {
		by := c.parts(i).By("sex")
		for _, period := range c.parts(i).Periods("sex") {
			w, m := indicators.At(by["F"], period), indicators.At(by["M"], period)
			if w == nil || m == nil || !w.Value.IsSet() || !m.Value.IsSet() || period.End() > c.p.Day {
				continue
			}
			rows = append(rows, gapRow{
				link: c.linkIndicator(i), Period: c.period(period), Women: c.stored(i, w.Value).Shown, Men: c.stored(i, m.Value).Shown,
				Gap: c.change(i, progress.Number{Valid: true, Value: w.Value.Float() - m.Value.Float()}),
			})
			break
		}
	}
	return rows
}

func keyRank(i *indicators.Indicator) int {
	if i.Key {
		return 0
	}
	return 1
}

// rankings are the governorates, side by side with the country, for the indicators known of
// most of them.
func (c *composer) rankings() (all []drawn) {
	if c.parts == nil || c.byGovernorate == nil {
		return nil
	}
	counts := c.byGovernorate()
	list := slices.DeleteFunc(c.allIndicators(), func(i *indicators.Indicator) bool { return counts[i.Code] == 0 || !i.Breakdowns.Has("governorate") })
	slices.SortStableFunc(list, func(a, b *indicators.Indicator) int { return counts[b.Code] - counts[a.Code] })
	for _, i := range list[:min(len(list), rankingsRead)] {
		if s, err := c.spread(i, c.parts(i), ""); err == nil && s != nil {
			if shown := c.chart(c.rankingPlate(s)); shown.SVG != "" {
				shown.Title = c.linkIndicator(i)
				all = append(all, shown)
			}
		}
	}
	return all
}
